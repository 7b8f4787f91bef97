"""Drawings as text, each looked at by eye: what a change of the layout changes is seen in the diff."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.diagrams.glyphs import Charset
from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.scene import Scene
from studio.diagrams.style import Direction
from studio.diagrams.text import render_text

GOLDEN = Path(__file__).parent / "golden"

OUTLINES = {
    "url_shortener": """
        client: Client
        cdn: CDN
        balancer: Load Balancer
        shortener: Shortener API
        redirect: Redirect Service
        ids: ID Generator
        cache: Redis Cache
        clicks: Click Events
        urls: URL Store
        analytics: Analytics
        client > cdn
        cdn > balancer
        balancer > shortener: POST /urls
        balancer > redirect: GET /:code
        shortener > ids: next id
        shortener > urls: write
        redirect > cache: lookup
        redirect > clicks: click
        cache > urls: on miss
        clicks > analytics
    """,
    "sharded_db": """
        app: App Server
        router: Query Router
        config: Config Server
        one: Shard 1 Primary @ Shard 1
        one_a: Replica 1a @ Shard 1
        one_b: Replica 1b @ Shard 1
        two: Shard 2 Primary @ Shard 2
        two_a: Replica 2a @ Shard 2
        two_b: Replica 2b @ Shard 2
        three: Shard 3 Primary @ Shard 3
        three_a: Replica 3a @ Shard 3
        three_b: Replica 3b @ Shard 3
        app > router: SQL
        router > config: shard map
        router > one
        router > two
        router > three
        one > one_a: WAL
        one > one_b
        two > two_a
        two > two_b
        three > three_a
        three > three_b
    """,
    "cqrs": """
        ui: UI
        command: Command API @ Write side
        aggregate: Aggregate @ Write side
        events: Event Store @ Write side
        bus: Event Bus
        projector: Projector @ Read side
        views: Read Model @ Read side
        query: Query API @ Read side
        ui > command: command
        command > aggregate: handle
        aggregate > events: append
        events >> bus: publish
        bus >> projector: project
        projector > views: upsert
        ui > query: query
        query > views: select
    """,
    "nested_groups": """
        app: Mobile App
        cdn: CDN @ edge
        waf: WAF @ edge
        gateway: API Gateway @ eu-west
        auth: Auth @ eu-west/private
        orders: Orders @ eu-west/private
        payments: Payments @ eu-west/private
        orders_db: Orders DB @ eu-west/private/data
        cache: Redis @ eu-west/private/data
        bus: Event Bus @ eu-west
        mailer: Mailer @ eu-west
        stripe: Stripe
        app > cdn
        cdn > waf
        waf > gateway
        gateway > auth: verify
        gateway > orders
        orders > orders_db: SQL
        orders > cache: get
        orders > payments: charge
        payments > stripe: HTTPS
        orders >> bus: order placed
        bus >> mailer
        mailer > mailer: retry
    """,
    "cycles_and_loops": """
        a: Client
        b: Server
        c: Worker
        a > b: request
        b > a: reply
        b >> c: job
        c > c: again
        c > c
        c >> b: done
        a > c
        a > c: direct
    """,
    "fan_out_and_in": """
        gateway: Gateway
        a: Users
        b: Orders
        c: Search
        d: Mail
        e: Billing
        log: Log Collector
        gateway > a
        gateway > b: place
        gateway > c
        gateway > d
        gateway > e
        a >> log
        b >> log
        c >> log
        d >> log
        e >> log
    """,
    "wide_characters": """
        a: 用户服务
        b: 🚀 Launch pad
        c: Größe Ω
        a > b: 登录 请求
        b > c: ⚡ schnell
        a >> c: 事件
    """,
    "one_box": """
        only: Only one
    """,
    "nothing": "",
    "apart": """
        a: One
        b: Two
        c: Three
        d: Four with a rather long name that must be wrapped
        e: Five @ lonely
        f: Six @ lonely
        a > b
        c > d: goes
    """,
}

CASES: list[tuple[str, Direction, Charset, int | None]] = [
    *((name, "TB", "unicode", None) for name in OUTLINES),
    ("url_shortener", "LR", "unicode", None),
    ("url_shortener", "TB", "ascii", None),
    ("cqrs", "LR", "ascii", None),
    ("sharded_db", "LR", "unicode", None),
    ("nested_groups", "TB", "ascii", None),
    ("cycles_and_loops", "LR", "unicode", None),
    ("cycles_and_loops", "TB", "ascii", None),
    ("fan_out_and_in", "LR", "ascii", None),
    ("fan_out_and_in", "LR", "unicode", 44),
    ("fan_out_and_in", "TB", "unicode", 40),
    ("wide_characters", "LR", "unicode", None),
]


def outline_of(text: str) -> Outline:
    boxes: list[Box] = []
    links: list[Link] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        head, _, tail = (part.strip() for part in line.partition(": "))
        if " > " in head or " >> " in head:
            source, arrow, target = head.split()
            links.append(Link(f"{source}-{target}-{len(links)}", source, target, tail, arrow == ">>"))
        else:
            name, _, group = (part.strip() for part in tail.partition("@"))
            boxes.append(Box(head, name, group=tuple(filter(None, group.split("/")))))
    return Outline(tuple(boxes), tuple(links))


def golden_path(name: str, direction: Direction, charset: Charset, width: int | None) -> Path:
    parts = [name, direction, charset, *([f"within {width}"] if width else [])]
    return GOLDEN / f"{'.'.join(parts).replace(' ', '_')}.txt"


def drawing(name: str, direction: Direction, charset: Charset, width: int | None) -> str:
    scene = lay_out(outline_of(OUTLINES[name]), direction=direction, width=width)
    return render_text(scene, charset=charset)


@pytest.mark.parametrize(("name", "direction", "charset", "width"), CASES)
def test_the_drawing_is_as_it_was_accepted(
    name: str, direction: Direction, charset: Charset, width: int | None
) -> None:
    accepted = golden_path(name, direction, charset, width).read_text(encoding="utf-8")
    assert drawing(name, direction, charset, width) == accepted


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize("name", OUTLINES)
def test_the_drawing_can_be_read_back(name: str, direction: Direction, prove: Callable[[Outline, Scene], None]) -> None:
    outline = outline_of(OUTLINES[name])
    prove(outline, lay_out(outline, direction=direction))


def test_every_golden_file_is_used() -> None:
    assert sorted(GOLDEN.glob("*.txt")) == sorted(golden_path(*case) for case in CASES)
