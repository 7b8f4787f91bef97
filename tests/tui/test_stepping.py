"""A journey walked call by call."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.files.loading import parse
from studio.tui.stepping import hop_of, walk_rows, walks

Opened = Callable[..., Any]
Test = Callable[..., Coroutine[Any, Any, None]]

JOURNEYS = """
[journeys.buy]
name = "Buy"
share = 0.6
steps = ["client-api", "api-db", "api-mail"]
p99 = "300 ms"

[journeys.look]
share = 0.4
steps = ["client-api", "api-db"]
"""


def driven(test: Test) -> Callable[..., None]:
    @wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


def analysed(text: str) -> Analysis:
    return Analysis(parse(text, "shop.toml"), shipped())


def words_on(analysis: Analysis, at: int) -> str:
    walk = walks(analysis.design)[0].moved(at)
    rows = walk_rows(analysis, walk, hop_of(analysis, walk))
    return "\n".join("".join(span.text for span in row.spans) for row in rows)


def test_without_journeys_all_calls_are_walked_from_the_client_on(shop: Path) -> None:
    found = walks(analysed(shop.read_text()).design)
    assert [(walk.name, walk.steps) for walk in found] == [("all calls", ("client-api", "api-db", "api-mail"))]


def test_a_walk_stays_within_its_calls(shop: Path) -> None:
    walk = walks(analysed(shop.read_text() + JOURNEYS).design)[0]
    assert [walk.moved(by).at for by in (-1, 1, 5)] == [0, 1, 2]
    assert walk.moved(5).moved(-1).here == "api-db"


def test_the_time_so_far_grows_to_that_of_the_whole_journey(shop: Path) -> None:
    analysis = analysed(shop.read_text() + JOURNEYS)
    walk = walks(analysis.design)[0]
    hops = [hop_of(analysis, walk.moved(at)) for at in range(3)]
    times = [hop.until_ms or 0.0 for hop in hops]
    assert times == sorted(times)
    assert times[-1] == pytest.approx(analysis.estimates.journeys["buy"].p99_ms)
    assert hops[-1].left_ms == pytest.approx(300 - times[-1])


def test_calls_at_once_are_taken_as_such_as_soon_as_both_are_walked(shop: Path) -> None:
    text = shop.read_text() + JOURNEYS.replace('p99 = "300 ms"', 'at_once = [["api-db", "api-mail"]]')
    analysis = analysed(text)
    walk = walks(analysis.design)[0].moved(2)
    assert hop_of(analysis, walk).until_ms == pytest.approx(analysis.estimates.journeys["buy"].p99_ms)
    assert "at once with api-db" in words_on(analysis, 2)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (0, "Buy: call 1 of 3  client → API"),
        (1, "call 2 of 3  API → Orders · orders"),
        (1, "timeout none   tries 1"),
        (1, "without Orders  stops: buy and look (100 % of requests)"),
        (2, "without Mail sender  stops: buy (60 % of requests)"),
        (2, "the caller fails too"),
        (0, "of 300 ms left"),
    ],
)
def test_each_call_says_what_it_is_and_what_its_loss_means(shop: Path, at: int, said: str) -> None:
    assert said in words_on(analysed(shop.read_text() + JOURNEYS), at)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("hard = false", "the caller goes on without"),
        ('fallback = "a queue"', "falls back: a queue"),
        ('mode = "async"', "the work waits"),
    ],
)
def test_what_happens_when_a_call_fails_follows_from_its_fields(shop: Path, field: str, said: str) -> None:
    text = shop.read_text().replace('to = "mail"', f'to = "mail"\n{field}') + JOURNEYS
    assert said in words_on(analysed(text), 2)


@driven
async def test_a_journey_is_walked_on_the_canvas(opened: Opened, shop: Path) -> None:
    shop.write_text(shop.read_text() + JOURNEYS)
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        await studio.press("s", "enter")
        assert "Buy: call 1 of 3" in studio.text
        assert studio.selected == "connections.client-api"
        await studio.press("right", "enter")
        assert studio.selected == "connections.api-mail"
        assert "call 3 of 3" in studio.text
        assert "without Mail sender" in studio.text
        await studio.press("left")
        assert studio.selected == "connections.api-db"
        await studio.press("escape")
        assert studio.screen.walk is None
        assert studio.selected == "components.mail"
        assert not studio.screen.session.is_unsaved
        assert "call 2 of 3" not in studio.text


@driven
async def test_the_only_journey_is_walked_at_once(opened: Opened, shop: Path) -> None:
    async with opened(shop, (80, 24)) as studio:
        await studio.press("s")
        assert "all calls: call 1 of 3" in studio.text
        lit = studio.screen.drawing._over
        assert any(paint.role == "target" for paint in lit.values())
        await studio.press("w")
        assert studio.screen.walk is None
        assert "nothing is supposed" in studio.text
        assert not any(paint.role == "target" for paint in studio.screen.drawing._over.values())
