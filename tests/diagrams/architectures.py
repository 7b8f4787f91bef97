"""Architectures written by hand, as people draw them on a whiteboard, and a small notation to write them in.

A line holds statements divided by semicolons: `id: Name @ outer/inner` is a box in its frames, `a > b: label` a call,
`a >> b: label` an asynchronous one.
"""

from __future__ import annotations

from typing import NamedTuple

from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.style import Direction


class Architecture(NamedTuple):
    """An outline, and the direction in which people draw it."""

    outline: Outline
    direction: Direction


def outline_of(text: str) -> Outline:
    """The outline written in the notation above; statements keep their order."""
    boxes: list[Box] = []
    links: list[Link] = []
    for statement in filter(None, (part.strip() for line in text.splitlines() for part in line.split(";"))):
        head, _, tail = (part.strip() for part in statement.partition(": "))
        if " > " in head or " >> " in head:
            source, arrow, target = head.split()
            links.append(Link(f"{source}-{target}-{len(links)}", source, target, tail, arrow == ">>"))
        else:
            name, _, group = (part.strip() for part in tail.partition("@"))
            boxes.append(Box(head, name, group=tuple(filter(None, group.split("/")))))
    return Outline(tuple(boxes), tuple(links))


_DOWNWARDS = {
    "url_shortener": """
        client: Client; cdn: CDN; balancer: Load Balancer; shortener: Shortener API; redirect: Redirect Service
        ids: ID Generator; cache: Redis Cache; clicks: Click Events; urls: URL Store; analytics: Analytics
        client > cdn; cdn > balancer
        balancer > shortener: POST /urls; balancer > redirect: GET /:code
        shortener > ids: next id; shortener > urls: write
        redirect > cache: lookup; redirect > clicks: click; cache > urls: on miss; clicks > analytics
    """,
    "sharded_db": """
        app: App Server; router: Query Router; config: Config Server
        one: Shard 1 Primary @ Shard 1; one_a: Replica 1a @ Shard 1; one_b: Replica 1b @ Shard 1
        two: Shard 2 Primary @ Shard 2; two_a: Replica 2a @ Shard 2; two_b: Replica 2b @ Shard 2
        three: Shard 3 Primary @ Shard 3; three_a: Replica 3a @ Shard 3; three_b: Replica 3b @ Shard 3
        app > router: SQL; router > config: shard map; router > one; router > two; router > three
        one > one_a: WAL; one > one_b; two > two_a; two > two_b; three > three_a; three > three_b
    """,
    "nested_groups": """
        app: Mobile App; cdn: CDN @ edge; waf: WAF @ edge; gateway: API Gateway @ eu-west
        auth: Auth @ eu-west/private; orders: Orders @ eu-west/private; payments: Payments @ eu-west/private
        orders_db: Orders DB @ eu-west/private/data; cache: Redis @ eu-west/private/data
        bus: Event Bus @ eu-west; mailer: Mailer @ eu-west; stripe: Stripe
        app > cdn; cdn > waf; waf > gateway; gateway > auth: verify; gateway > orders
        orders > orders_db: SQL; orders > cache: get; orders > payments: charge; payments > stripe: HTTPS
        orders >> bus: order placed; bus >> mailer; mailer > mailer: retry
    """,
    "wide_characters": """
        a: 用户服务; b: 🚀 Launch pad; c: Größe Ω
        a > b: 登录 请求; b > c: ⚡ schnell; a >> c: 事件
    """,
    "apart": """
        a: One; b: Two; c: Three; d: Four with a rather long name that must be wrapped
        e: Five @ lonely; f: Six @ lonely; a > b; c > d: goes
    """,
    "chat": """
        phone: Phone; browser: Browser; edge: Connection Gateway; presence: Presence; chat: Chat Service
        sessions: Session Store; messages: Message Store; queue: Fan-out Queue
        push: Push Worker; apns: Apple and Google
        phone > edge: WebSocket; browser > edge: WebSocket; edge > presence: heartbeat; edge > chat: send
        presence > sessions: touch; chat > sessions: who is where; chat > messages: append; chat >> queue: fan out
        queue >> edge: deliver; queue >> push: offline; push > apns: notify
    """,
    "multi_region": """
        users: Users; dns: Geo DNS
        eu_lb: Balancer EU @ eu-west; eu_app: App EU @ eu-west
        eu_cache: Cache EU @ eu-west; eu_db: Database EU @ eu-west
        us_lb: Balancer US @ us-east; us_app: App US @ us-east
        us_cache: Cache US @ us-east; us_db: Database US @ us-east
        users > dns: resolve; dns > eu_lb; dns > us_lb
        eu_lb > eu_app; eu_app > eu_cache: get; eu_app > eu_db: SQL
        us_lb > us_app; us_app > us_cache: get; us_app > us_db: SQL
        eu_db >> us_db: replicate; us_db >> eu_db: replicate
    """,
    "dense_mesh": """
        a: Node A; b: Node B; c: Node C; d: Node D; e: Node E; f: Node F
        a > b; a > c; a > d; a > e; b > c; b > d; b > f; c > d; c > e; c > f; d > e; d > f; e > f; f > a
    """,
    "self_loop": """
        scheduler: Scheduler; worker: Worker; store: Job Store
        scheduler > worker: start; worker > worker: retry; worker > store: result; scheduler > scheduler: tick
    """,
    "long_labels": """
        web: Web Front End; orders: Order Service; ledger: Ledger; mail: Mail Service
        web > orders: POST /v1/orders with an idempotency key; orders > ledger: append a balanced double entry
        orders >> mail: order confirmed, at least once; ledger > orders: acknowledged after two replicas have it
    """,
    "cyclic_calls": """
        a: Accounts; b: Billing; c: Catalogue; d: Delivery; e: Events
        a > b: invoice; b > c: prices; c > d: stock; d > a: address; b >> e: billed; e >> a: update; d >> e: sent
    """,
    "microservices": """
        web: Web; app: Mobile; gateway: API Gateway; auth: Auth; users: Users; catalogue: Catalogue; cart: Cart
        orders: Orders; payments: Payments; shipping: Shipping; users_db: Users DB; catalogue_db: Catalogue DB
        cart_db: Cart Cache; orders_db: Orders DB; bus: Event Bus; mail: Mail
        web > gateway; app > gateway; gateway > auth: verify; gateway > users; gateway > catalogue; gateway > cart
        gateway > orders; users > users_db; auth > users_db; catalogue > catalogue_db; cart > cart_db
        cart > catalogue: price; orders > orders_db; orders > payments: charge; orders > cart: take
        orders >> bus: placed; payments >> bus: paid; bus >> shipping; bus >> mail; shipping > orders: status
    """,
    "pairs": """
        client: Client; server: Server; primary: Primary; standby: Standby
        client > server: request; server > client: response; server > primary: read; server > primary: write
        server >> primary: stream; primary >> standby: log; standby > primary: acknowledge
    """,
    "fan_out": """
        bff: Storefront; a: Accounts; b: Basket; c: Catalogue; d: Delivery; e: Email; f: Fraud; g: Gifts; h: Help
        i: Images; j: Journal; k: Coupons; l: Loyalty
        bff > a; bff > b; bff > c; bff > d; bff > e; bff > f; bff > g; bff > h; bff > i; bff > j; bff > k; bff > l
    """,
    "rate_limiter": """
        client: Client; gateway: Gateway; limiter: Rate Limiter; counters: Counters; rules: Rules; config: Rules Admin
        api: API Servers; audit: Audit Log
        client > gateway: request; gateway > limiter: allowed?; limiter > counters: take a token
        limiter > rules: limits; config > rules: edit; gateway > api: pass; gateway > client: 429
        limiter >> audit: refused
    """,
    "monolith": """
        browser: Browser; cdn: CDN; balancer: Load Balancer; one: App 1 @ Application; two: App 2 @ Application
        worker: Worker @ Application; cache: Redis; database: PostgreSQL; replica: Read Replica; files: Object Store
        browser > cdn: assets; browser > balancer: HTTPS; cdn > files: origin; balancer > one; balancer > two
        one > cache; two > cache; one > database; two > database; one >> worker: job; two >> worker: job
        worker > database; worker > files: upload; database >> replica: WAL; one > replica: reports
    """,
}

_RIGHTWARDS = {
    "cqrs": """
        ui: UI; command: Command API @ Write side; aggregate: Aggregate @ Write side; events: Event Store @ Write side
        bus: Event Bus; projector: Projector @ Read side; views: Read Model @ Read side; query: Query API @ Read side
        ui > command: command; command > aggregate: handle; aggregate > events: append; events >> bus: publish
        bus >> projector: project; projector > views: upsert; ui > query: query; query > views: select
    """,
    "pipeline": """
        sources: Sources; collector: Collector; raw: Raw Topic; parse: Parser; enrich: Enricher; places: Places
        clean: Clean Topic; lake: Lake; warehouse: Warehouse; dead: Dead Letters
        sources > collector: HTTP; collector >> raw; raw >> parse; parse > enrich; enrich > places: lookup
        enrich >> clean; clean >> lake: hourly; clean >> warehouse; parse >> dead: broken
    """,
    "event_bus": """
        orders: Orders; payments: Payments; stock: Stock; bus: Event Bus; billing: Billing; search: Search Index
        mail: Mail; metrics: Metrics; archive: Archive
        orders >> bus: order placed; payments >> bus: paid; stock >> bus: reserved
        bus >> billing; bus >> search; bus >> mail; bus >> metrics; bus >> archive; billing >> bus: invoiced
    """,
    "video_streaming": """
        creator: Creator; upload: Upload API; originals: Originals @ Ingest; queue: Jobs @ Ingest
        transcoder: Transcoders @ Ingest; renditions: Renditions; cdn: CDN; viewer: Viewer; playback: Playback API
        metadata: Metadata; rights: Rights
        creator > upload: chunks; upload > originals: put; upload >> queue: job; queue >> transcoder
        transcoder > originals: get; transcoder > renditions: segments; transcoder > metadata: ready
        viewer > playback: play; playback > metadata: manifest; playback > rights: may view; viewer > cdn: segments
        cdn > renditions: on miss
    """,
    "rag_support": """
        user: Customer; chat: Chat API; guard: Guard; retriever: Retriever @ Answering; reranker: Reranker @ Answering
        model: Language Model @ Answering; vectors: Vector Index; docs: Help Pages; ingest: Ingester; agent: Human Agent
        embed: Embedder
        user > chat: question; chat > guard: check; chat > retriever: find; retriever > embed: query
        retriever > vectors: nearest 50; retriever > reranker: passages; reranker > model: best 5
        model > chat: answer; chat >> agent: not sure; docs >> ingest: changed; ingest > embed: chunks
        ingest > vectors: upsert
    """,
}

_ODD = {
    "cycles_and_loops": """
        a: Client; b: Server; c: Worker
        a > b: request; b > a: reply; b >> c: job; c > c: again; c > c; c >> b: done; a > c; a > c: direct
    """,
    "fan_out_and_in": """
        gateway: Gateway; a: Users; b: Orders; c: Search; d: Mail; e: Billing; log: Log Collector
        gateway > a; gateway > b: place; gateway > c; gateway > d; gateway > e
        a >> log; b >> log; c >> log; d >> log; e >> log
    """,
    "one_box": "only: Only one",
    "nothing": "",
}

ARCHITECTURES = {
    **{name: Architecture(outline_of(text), "TB") for name, text in _DOWNWARDS.items()},
    **{name: Architecture(outline_of(text), "LR") for name, text in _RIGHTWARDS.items()},
}
ODD_OUTLINES = {name: outline_of(text) for name, text in _ODD.items()}
"""Shapes that no one would call an architecture, and that must be drawn all the same."""
