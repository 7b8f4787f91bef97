"""A case for each flag a pattern says it resolves: a design that raises it, and the application that takes it away."""

import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from studio.model.design import Design

SYSTEM = """
format = 1
[design]
name = "Shop"
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 3
reads_per_write = 4
growth = 10
[requirements.availability]
target = 0.999
recovery_time = "1 h"
[components.users]
kind = "client"
[components.api]
kind = "service"
managed = true
availability = 0.9999
latency = "1 ms"
{api}
[components.{other}]
{fields}
[connections.users-api]
from = "users"
to = "api"
[connections.api-{other}]
from = "api"
to = "{other}"
{call}
[journeys.buy]
share = 1
p99 = "200 ms"
availability = 0.999
{journey}
steps = ["users-api", "api-{other}"]
"""
"""A service and one thing it calls, asked for 240 reads/s and 60 writes/s at peak."""


GROWS = 'scaling = "another copy by hand"'
KNOWN_STORE = 'kind = "database"\nscaling = "larger machine"'


class Case(NamedTuple):
    """A design that raises a flag, and the application that takes it away."""

    system: Mapping[str, str]
    on: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Any] = {}

    @property
    def design(self) -> Design:
        """The system with these fields."""
        usual = {"api": GROWS, "call": 'timeout = "300 ms"', "journey": "", "other": "db", "fields": KNOWN_STORE}
        return Design.model_validate(tomllib.loads(SYSTEM.format(**{**usual, **self.system})))


def _store(capacity: int) -> dict[str, str]:
    return {"fields": f'kind = "database"\ncapacity_rps = {capacity}\nscaling = "larger machine"'}


def _callee(kind: str = "service", *, said: str = "", call: str = 'timeout = "300 ms"') -> dict[str, str]:
    return {"other": "stock", "fields": f'kind = "{kind}"\n{said}', "call": call}


def _model(capacity: int = 0, *, call: str = 'timeout = "30 s"') -> dict[str, str]:
    said = f"capacity_rps = {capacity}" if capacity else ""
    return {
        "other": "model",
        "fields": f'kind = "llm"\nmanaged = true\nscaling = "a larger quota"\n{said}',
        "call": call,
    }


def _part(id_: str, kind: str, said: str = "") -> str:
    return f'\n[components.{id_}]\nkind = "{kind}"\n{said}'


def _link(source: str, end: str, said: str = "") -> str:
    return f'\n[connections.{source}-{end}]\nfrom = "{source}"\nto = "{end}"\n{said}'


def _journey(*steps: str) -> str:
    return f"\n[journeys.too]\nshare = 1\nsteps = {list(steps)}"


DB, CALL = {"store": ("db",)}, {"call": ("api-stock",)}
BUSY = {"api": "capacity_rps = 200\ninstances = 2"}
SILENT = {"fields": 'kind = "database"\ncapacity_rps = 1000'}
SLOW = _callee(said='latency = "100 ms"\nmanaged = true\navailability = 0.9999')
WEAK = _callee(said="managed = true\navailability = 0.99")
UNTIMED = _callee(call="")
VENDOR = _callee("external")
READ = {"read": ("api-db",)}
READS_OF_A_SLOW_STORE = {
    "fields": 'kind = "database"\nlatency = "60 ms"\ncapacity_rps = 5000',
    "journey": 'traffic = "reads"',
    "call": 'timeout = "5 s"',
}
QUEUED, HANDED_OVER = {"producer": ("api",), "consumer": ("stock",)}, {"caller": ("api",), "callee": ("stock",)}
PUBLISHED = {"producer": ("api",), "consumers": ("stock",)}
LISTED = {
    "fields": 'kind = "database"\ncapacity_rps = 1200\nscaling = "larger machine"',
    "call": 'timeout = "300 ms"\nper_item = true\ncalls_per_request = 5',
}
SEVERAL_OF_A_SLOW_STORE = {
    "fields": 'kind = "database"\nlatency = "20 ms"\ncapacity_rps = 5000',
    "journey": 'traffic = "reads"',
    "call": 'timeout = "5 s"\ncalls_per_request = 6',
}
CROWDED = {
    "api": 'instances = 6\npool_size = 20\nscaling = "another copy by hand"',
    "fields": KNOWN_STORE + "\nmax_connections = 100",
}
HOT = {"fields": 'kind = "database"\ncapacity_rps = 300\nshards = 4\nhot_share = 0.8\nscaling = "more shards"'}
QUOTA = {
    "other": "stock",
    "fields": 'kind = "external"\nquota_rps = 200',
    "call": 'timeout = "300 ms"\ncircuit_breaker = true',
}
STAMPEDE = {
    "fields": _store(200)["fields"]
    + _part("cache", "cache", "hit_ratio = 0.9")
    + _link("api", "cache", 'traffic = "reads"\ntimeout = "50 ms"'),
    "call": 'timeout = "300 ms"\ntraffic = "reads"\non_miss_of = "cache"',
    "journey": 'traffic = "reads"',
}
WRITES = 'timeout = "300 ms"\nmutating = true'
TWO_WRITES = _callee(
    "external",
    said=_part("mail", "external") + _link("api", "mail", WRITES) + _journey("users-api", "api-stock", "api-mail"),
    call=WRITES,
)
COPIES, VITAL = _callee(said="instances = 2"), _callee(said="tier = 1")
THREE_HOPS = _callee(
    said=_part("bills", "service")
    + _part("mail", "service")
    + _link("stock", "bills")
    + _link("bills", "mail")
    + _journey("users-api", "api-stock", "stock-bills", "bills-mail")
)
CALL_DB = {"call": ("api-db",)}
QUERIES = {"queries": ("api-db",)}
THROUGH = {"caller": ("api",), "store": ("db",)}
EDGE = {"origin": ("api",), "clients": ("users",)}
PROCESS = {"initiator": ("api",), "participants": ("stock",)}
AGENT_AND_MODEL = {
    "other": "agent",
    "fields": 'kind = "agent"' + _part("model", "llm") + _link("agent", "model"),
    "call": "",
}
AGENT_UNTIMED = {**AGENT_AND_MODEL, "call": 'timeout = "60 s"'}
CLOSED_AGENT = {"other": "agent", "fields": 'kind = "agent"', "call": 'timeout = "60 s"'}
PROMPT = {
    "other": "model",
    "fields": 'kind = "llm"\nmanaged = true\n[data.ticket]\nclassification = "personal"',
    "call": 'timeout = "30 s"\ndata = ["ticket"]',
}
PATIENTS = {"fields": 'kind = "database"\n[data.patient]\nstore = "db"\nclassification = "health"'}
OPEN_LINK = {
    "fields": 'kind = "database"\n[data.card]\nstore = "db"\nclassification = "payment"',
    "call": 'timeout = "300 ms"\nencrypted = false\ndata = ["card"]',
}
SHARED = {"fields": 'kind = "database"\n[data.order]\nstore = "db"\ntenant_scoped = true'}
ASK = {"call": ("api-model",)}
ASYNC = 'mode = "async"\ndelivery = "at-least-once"\nmutating = true\nidempotent = false\ndead_letter = false'
SIZED = _callee(said="capacity_rps = 200\ninstances = 2\nzones = 1")
QUEUE_AND_WORKER = _callee("queue", call=ASYNC + _part("packer", "worker") + _link("stock", "packer", ASYNC))
SLOW_PACKER = _callee(
    "queue",
    call='mode = "async"'
    + _part("packer", "worker", "capacity_rps = 330")
    + _link("stock", "packer", 'mode = "async"')
    + _journey("users-api", "api-stock", "stock-packer"),
)
DUAL_WRITE = {
    "call": WRITES
    + _part("events", "queue")
    + _link("api", "events", "mutating = true")
    + _journey("users-api", "api-db", "api-events")
}
OUTLASTED = _callee(
    call='timeout = "300 ms"'
    + _part("bank", "external")
    + _link("stock", "bank", 'timeout = "2 s"')
    + _journey("users-api", "api-stock", "stock-bank")
)
EXTRAS, GATHERED = {"extras": ("api-stock",)}, {"reads": ("api-stock",)}
CALLED_BACK = {"source": ("api",), "receivers": ("stock",)}
SUBSCRIBED = {"publisher": ("api",), "subscribers": ("stock",)}

CASES: dict[tuple[str, str], Case] = {
    ("horizontal-scaling", "CAP001"): Case(BUSY, {"service": ("api",)}),
    ("horizontal-scaling", "CAP002"): Case(BUSY, {"service": ("api",)}),
    ("horizontal-scaling", "CAP003"): Case(BUSY, {"service": ("api",)}, {"most": 20}),
    ("horizontal-scaling", "CAP004"): Case(BUSY, {"service": ("api",)}),
    ("vertical-scaling", "CAP001"): Case(_store(350), {"machine": ("db",)}),
    ("vertical-scaling", "CAP003"): Case(_store(1000), {"machine": ("db",)}),
    ("vertical-scaling", "CAP004"): Case(SILENT, {"machine": ("db",)}),
    ("read-replicas", "CAP001"): Case(_store(350), DB),
    ("read-replicas", "CAP003"): Case(_store(1000), DB, {"replicas": 6}),
    ("read-replicas", "CAP004"): Case(SILENT, DB),
    ("sharding", "CAP001"): Case(_store(350), DB),
    ("sharding", "CAP003"): Case(_store(1000), DB, {"hot_share": 0.3}),
    ("sharding", "CAP004"): Case(SILENT, DB),
    ("cache-aside", "CAP001"): Case(_store(350), READ),
    ("cache-aside", "CAP003"): Case(_store(1500), READ),
    ("cache-aside", "CAP010"): Case(READS_OF_A_SLOW_STORE, READ, {"hit_ratio": 0.97}),
    ("cqrs", "CAP001"): Case(_store(350), {"commands": ("api-db",)}),
    ("cqrs", "CAP003"): Case(_store(700), {"commands": ("api-db",)}),
    ("message-queue", "CAP010"): Case(SLOW, QUEUED),
    ("message-queue", "REL002"): Case(WEAK, QUEUED),
    ("message-queue", "REL004"): Case(UNTIMED, QUEUED),
    ("event-driven", "CAP010"): Case(SLOW, PUBLISHED),
    ("event-driven", "REL002"): Case(WEAK, PUBLISHED),
    ("event-driven", "REL004"): Case(UNTIMED, PUBLISHED),
    ("async-processing", "CAP010"): Case(SLOW, HANDED_OVER),
    ("async-processing", "REL004"): Case(UNTIMED, HANDED_OVER),
    ("async-processing", "REL009"): Case(VENDOR, HANDED_OVER),
    ("api-gateway", "REL018"): Case({}, {"client": ("users",), "services": ("api",)}),
    ("rate-limiting-token-bucket", "REL018"): Case({}, {"entry": ("api",)}),
    ("retry-with-backoff", "REL004"): Case(UNTIMED, CALL),
    ("retry-with-backoff", "REL007"): Case(
        _callee(call='timeout = "300 ms"\nattempts = 4\nbackoff = "fixed"\njitter = false'), CALL
    ),
    ("circuit-breaker", "REL004"): Case(UNTIMED, CALL),
    ("circuit-breaker", "REL009"): Case(VENDOR, CALL),
    ("bulkhead", "REL004"): Case(UNTIMED, CALL),
    ("bulkhead", "REL009"): Case(VENDOR, CALL),
    ("horizontal-scaling", "REL021"): Case(COPIES, {"service": ("stock",)}),
    ("load-balancer-l7", "REL021"): Case(COPIES, {"service": ("stock",), "callers": ("api",)}),
    ("microservices", "REL021"): Case(COPIES, {"service": ("stock",)}),
    ("microservices", "OPS004"): Case(VITAL, {"service": ("stock",)}),
    ("monolith", "OPS004"): Case(VITAL, {"app": ("stock",)}),
    ("api-gateway", "SEC002"): Case({}, {"client": ("users",), "services": ("api",)}),
    ("relational-store", "CAP004"): Case(SILENT, DB),
    ("document-store", "CAP004"): Case(SILENT, DB),
    ("wide-column-store", "CAP004"): Case(SILENT, DB),
    ("key-value-store", "REL017"): Case(
        {"api": 'state = "memory"\ninstances = 2\nscaling = "another copy by hand"'}, {"entry": ("users-api",)}
    ),
    ("index-design", "CAP001"): Case(_store(350), DB),
    ("index-design", "CAP003"): Case(_store(1000), DB),
    ("index-design", "CAP010"): Case(READS_OF_A_SLOW_STORE, DB),
    ("container-orchestration", "REL021"): Case(COPIES, {"services": ("stock",)}),
    ("container-orchestration", "OPS004"): Case(VITAL, {"services": ("stock",)}),
    ("blue-green", "OPS004"): Case(VITAL, {"switch": ("api",), "service": ("stock",)}),
    ("canary", "OPS004"): Case(VITAL, {"service": ("stock",)}),
    ("rolling-update", "OPS004"): Case(VITAL, {"service": ("stock",)}),
    ("rolling-update", "REL021"): Case(COPIES, {"service": ("stock",)}),
    ("metrics", "OPS002"): Case(
        {"api": 'observe = { metrics = ["rate"], alerts = ["errors"], slo = "99.9 %" }'},
        {"services": ("api",), "stores": ("db",)},
    ),
    ("slo-error-budget", "OPS002"): Case(
        {"fields": KNOWN_STORE + '\nobserve = { metrics = ["pool"], alerts = ["full"] }'}, {"service": ("api",)}
    ),
    ("distributed-traces", "OPS003"): Case(THREE_HOPS, {"services": ("stock", "bills", "mail")}),
    ("modular-monolith", "OPS004"): Case(VITAL, {"app": ("stock",)}),
    ("serverless", "CAP004"): Case(_callee("function", said="capacity_rps = 1000"), {"handler": ("stock",)}),
    ("saga", "CON004"): Case(TWO_WRITES, {"initiator": ("api",), "participants": ("stock", "mail")}),
    ("saga", "REL004"): Case(UNTIMED, PROCESS),
    ("saga", "REL009"): Case(VENDOR, PROCESS),
    ("autoscaling", "CAP001"): Case(BUSY, {"service": ("api",)}),
    ("autoscaling", "CAP003"): Case(BUSY, {"service": ("api",)}, {"most": 20}),
    ("autoscaling", "CAP004"): Case(BUSY, {"service": ("api",)}),
    ("load-balancer-l4", "REL021"): Case(COPIES, {"service": ("stock",), "callers": ("api",)}),
    ("read-through-cache", "CAP001"): Case(_store(350), READ),
    ("read-through-cache", "CAP003"): Case(_store(1500), READ),
    ("read-through-cache", "CAP010"): Case(READS_OF_A_SLOW_STORE, READ, {"hit_ratio": 0.97}),
    ("write-through-cache", "CAP001"): Case(_store(350), THROUGH),
    ("write-through-cache", "CAP003"): Case(_store(1500), THROUGH),
    ("write-behind-cache", "CAP001"): Case(_store(350), CALL_DB),
    ("write-behind-cache", "CAP003"): Case(_store(1000), CALL_DB),
    ("cdn", "CAP001"): Case(BUSY, EDGE),
    ("cdn", "CAP003"): Case({"api": GROWS + "\ncapacity_rps = 200\ninstances = 8"}, EDGE),
    ("consistent-hashing", "CAP001"): Case(_store(350), DB),
    ("consistent-hashing", "CAP004"): Case(SILENT, DB),
    ("hot-key-splitting", "CAP001"): Case(HOT, DB),
    ("hot-key-splitting", "CAP006"): Case(HOT, DB),
    ("connection-pooling", "CAP005"): Case(CROWDED, {"callers": ("api",), "store": ("db",)}),
    ("materialized-view", "CAP001"): Case(LISTED, QUERIES),
    ("materialized-view", "CAP007"): Case(LISTED, QUERIES),
    ("materialized-view", "CAP010"): Case(SEVERAL_OF_A_SLOW_STORE, QUERIES),
    ("denormalization", "CAP001"): Case(LISTED, QUERIES),
    ("denormalization", "CAP007"): Case(LISTED, QUERIES),
    ("denormalization", "CAP010"): Case(SEVERAL_OF_A_SLOW_STORE, QUERIES),
    ("request-coalescing", "CAP001"): Case(_store(350), CALL_DB),
    ("request-coalescing", "REL016"): Case(STAMPEDE, CALL_DB),
    ("batching", "CAP001"): Case(_store(350), CALL_DB),
    ("batching", "CAP007"): Case(LISTED, CALL_DB),
    ("batching", "CAP009"): Case(QUOTA, CALL),
    ("llm-gateway", "REL004"): Case(_model(call=""), {"callers": ("api",), "model": ("model",)}),
    ("llm-gateway", "REL009"): Case(_model(), {"callers": ("api",), "model": ("model",)}),
    ("model-routing", "CAP001"): Case(_model(350), ASK),
    ("model-routing", "CAP003"): Case(_model(1500), ASK),
    ("semantic-cache", "CAP001"): Case(_model(350), ASK),
    ("semantic-cache", "CAP003"): Case(_model(2500), ASK),
    ("agent-loop", "AIX003"): Case(CLOSED_AGENT, {"agent": ("agent",)}),
    ("agent-loop", "REL004"): Case(AGENT_UNTIMED, {"agent": ("agent",), "model": ("model",)}),
    ("agent-loop", "REL009"): Case(AGENT_UNTIMED, {"agent": ("agent",), "model": ("model",)}),
    ("multi-agent", "AIX003"): Case(CLOSED_AGENT, {"lead": ("agent",)}),
    ("pii-masking", "AIX002"): Case(PROMPT, ASK),
    ("zero-trust", "SEC004"): Case(
        {"other": "db", "fields": 'kind = "database"\n[connections.users-db]\nfrom = "users"\nto = "db"'},
        {"clients": ("users",), "resources": ("db",)},
    ),
    ("encryption-at-rest", "DAT004"): Case(PATIENTS, {"stores": ("db",)}),
    ("mutual-tls", "DAT005"): Case(OPEN_LINK, {"calls": ("api-db",)}),
    ("oauth-jwt", "SEC002"): Case({}, {"client": ("users",), "service": ("api",)}),
    ("tenant-isolation", "SEC006"): Case(SHARED, {"stores": ("db",)}),
    ("web-application-firewall", "REL018"): Case({}, {"clients": ("users",), "entry": ("api",)}),
    ("timeout-and-deadline", "REL004"): Case(UNTIMED, CALL),
    ("timeout-and-deadline", "REL005"): Case(OUTLASTED, {"call": ("stock-bank",)}),
    ("rate-limiting-sliding-window", "REL018"): Case({}, {"entry": ("api",)}),
    ("fallback", "REL001"): Case(_callee(), CALL),
    ("fallback", "REL002"): Case(WEAK, CALL),
    ("fallback", "REL004"): Case(UNTIMED, CALL),
    ("fallback", "REL009"): Case(VENDOR, CALL),
    ("graceful-degradation", "REL001"): Case(_callee(), EXTRAS),
    ("graceful-degradation", "REL002"): Case(WEAK, EXTRAS),
    ("graceful-degradation", "REL004"): Case(UNTIMED, EXTRAS),
    ("graceful-degradation", "REL009"): Case(VENDOR, EXTRAS),
    ("load-shedding", "REL018"): Case({}, {"service": ("api",)}),
    ("backpressure", "REL015"): Case(
        SLOW_PACKER, {"producer": ("api",), "buffer": ("stock",), "consumer": ("packer",)}
    ),
    ("idempotency-key", "REL006"): Case(_callee(call='timeout = "300 ms"\nattempts = 2\nmutating = true'), CALL),
    ("idempotency-key", "REL013"): Case(QUEUE_AND_WORKER, {"call": ("stock-packer",)}),
    ("dead-letter-queue", "REL012"): Case(QUEUE_AND_WORKER, {"deliver": ("stock-packer",)}),
    ("transactional-outbox", "CON004"): Case(DUAL_WRITE, {"writer": ("api",), "store": ("db",), "broker": ("events",)}),
    ("redundancy-across-zones", "REL001"): Case(SIZED, {"service": ("stock",)}),
    ("redundancy-across-zones", "CAP002"): Case(SIZED, {"service": ("stock",)}),
    ("active-passive-failover", "REL001"): Case(_store(1000), DB),
    ("leader-election", "REL017"): Case({"api": 'state = "memory"\ninstances = 2'}, {"group": ("api",)}),
    ("health-checks", "REL021"): Case(SIZED, {"service": ("stock",)}),
    ("backup-and-restore", "DAT001"): Case({}, DB),
    ("rest", "REL004"): Case(UNTIMED, CALL),
    ("graphql", "REL018"): Case({}, {"clients": ("users",), "services": ("api",)}),
    ("grpc", "REL004"): Case(UNTIMED, CALL),
    ("webhooks", "CAP010"): Case(SLOW, CALLED_BACK),
    ("webhooks", "REL004"): Case(UNTIMED, CALLED_BACK),
    ("webhooks", "REL009"): Case(VENDOR, CALLED_BACK),
    ("publish-subscribe", "CAP010"): Case(SLOW, SUBSCRIBED),
    ("publish-subscribe", "REL002"): Case(WEAK, SUBSCRIBED),
    ("publish-subscribe", "REL004"): Case(UNTIMED, SUBSCRIBED),
    ("event-stream", "CAP010"): Case(SLOW, PUBLISHED),
    ("event-stream", "REL002"): Case(WEAK, PUBLISHED),
    ("event-stream", "REL004"): Case(UNTIMED, PUBLISHED),
    ("change-data-capture", "CON004"): Case(DUAL_WRITE, {"store": ("db",)}),
    ("fan-out-on-write", "CAP001"): Case(_store(350), {"post": ("api-db",)}),
    ("fan-out-on-write", "CAP003"): Case(_store(1500), {"post": ("api-db",)}),
    ("fan-out-on-read", "REL002"): Case(WEAK, GATHERED),
    ("fan-out-on-read", "REL004"): Case(UNTIMED, GATHERED),
    ("fan-out-on-read", "REL009"): Case(VENDOR, GATHERED),
}
