"""The parts of a first design: which the answers call for, by stated rules, and why each is there."""

import math
from typing import Any, Final, NamedTuple, TypeAlias

from studio.asking.guided import Guided
from studio.estimates.engine import estimate
from studio.model.design import Design
from studio.units import Dimension, grouped, parse_quantity, point, shown

Table: TypeAlias = dict[str, Any]

READS_FOR_A_CACHE: Final = 5.0
"""Reads for each write from which the same is read again often enough."""
LOAD_FOR_A_CACHE: Final = 100.0
"""Reads/s at peak below which a database alone answers everything."""
CAPACITY: Final = (100, 300)
"""Requests/s one copy of a service of its own is taken to serve: two virtual CPUs, a framework, a call of a store."""
FULL: Final = 0.7
"""The share of its capacity at peak a first design plans with."""
SEVERAL_COPIES: Final = 0.99
"""The availability target from which one copy of the service is too few: it works 99 to 99.9 % of the time."""
MANAGED_STORE: Final = 0.999
"""The availability target from which the store runs in two zones with a takeover by itself."""
HITS: Final = (0.7, 0.9)
"""The share of reads a cache is taken to answer."""


class Skeleton(NamedTuple):
    """Parts as tables of the file, and what was taken for true or left out, in words."""

    components: dict[str, Table]
    connections: dict[str, Table]
    assumptions: dict[str, str]
    left_out: tuple[str, ...]
    """A sentence for each part the answers do not call for, with the rule and the numbers."""


class Wanted(NamedTuple):
    """What of the answers decides about parts."""

    peak_rps: float | None
    peak_read_rps: float | None
    reads_per_write: float | None
    availability: float | None
    need: str | None
    later: list[str]
    files: list[str]
    outside: list[str]
    skills: list[str]


def wanted(guided: Guided, requirements: Table) -> Wanted:
    """What of the answers decides about parts; the load is worked out by the engine, as for any design."""
    bare = Design.model_validate({"format": 1, "design": {"name": "x"}, "requirements": requirements})
    traffic = estimate(bare).traffic
    target = guided.value("availability")
    return Wanted(
        traffic.peak_rps,
        traffic.peak_read_rps,
        None if guided.value("reads") is None else point(parse_quantity(guided.value("reads"), Dimension.FACTOR)),
        None if target is None else point(parse_quantity(target, Dimension.RATIO)),
        guided.value("consistency"),
        *(list(guided.value(id_) or ()) for id_ in ("later", "files", "outside", "skills")),
    )


def skeleton(asked: Wanted) -> Skeleton:
    """Client, service and store; a cache, a queue, an object store and others' services where the answers say so."""
    found = Skeleton({}, {}, {}, ())
    found.components["client"] = {
        "name": "Client", "kind": "client", "why": "All load enters here: what people use, a browser or an app",
    }  # fmt: skip
    found.components["service"] = _service(asked, found.assumptions)
    found.components["store"] = _store(asked)
    found.connections["client-service"] = _call("client", "service", "requests", "HTTPS", timeout="5 s")
    reason = _no_cache(asked)
    if reason:
        found.connections["service-store"] = _call("service", "store", "reads and writes", "SQL", timeout="1 s")
    else:
        _add_cache(found, asked)
    for add in (_add_queue, _add_files, _add_outside):
        add(found, asked)
    left_out = (
        reason,
        "" if asked.later else "no queue: nothing was named that may happen after the answer",
        "" if asked.files else "no object store: no files were named",
    )
    return found._replace(left_out=tuple(filter(None, left_out)))


def _call(source: str, target: str, carries: str, protocol: str, **more: object) -> Table:
    return {"from": source, "to": target, "carries": carries, "protocol": protocol, **more}


def _service(asked: Wanted, assumptions: dict[str, str]) -> Table:
    """As many copies as the peak needs, and two where one would miss the availability target."""
    one = math.sqrt(CAPACITY[0] * CAPACITY[1])
    assumptions["service-capacity"] = f"One copy of the service serves {CAPACITY[0]} to {CAPACITY[1]} requests/s"
    assumptions["service-latency"] = "The service works 20 ms on one request, without what it calls"
    assumptions["service-availability"] = "One copy of the service works 99 to 99.9 % of the time"
    for_load = 1 if asked.peak_rps is None else math.ceil(asked.peak_rps / (one * FULL))
    is_one_too_few = asked.availability is not None and asked.availability > SEVERAL_COPIES
    copies = max(for_load + is_one_too_few, 1)
    load = "the peak is not known yet" if asked.peak_rps is None else f"{grouped(asked.peak_rps)} requests/s at peak"
    full = shown(FULL, Dimension.RATIO)
    spare = (
        f", one more as the target of {shown(asked.availability, Dimension.RATIO)} outlives a copy"
        if is_one_too_few
        else ""
    )
    return {
        "name": "Service", "kind": "service",
        "why": f"One service until a boundary has a reason: {load}, {for_load} at {full} of capacity{spare}",
        "instances": copies, **({"zones": min(copies, 3)} if copies > 1 else {}),
        "capacity_rps": list(CAPACITY), "latency": "20 ms", "availability": [0.99, 0.999], "state": "none",
    }  # fmt: skip


def _store(asked: Wanted) -> Table:
    known = " ".join(asked.skills).lower()
    technology = next((name for name in ("postgresql", "mysql", "mongodb") if name in known), "postgresql")
    knows = "the team knows it" if technology in known else "the plainest store that loses nothing"
    found: Table = {"name": "Store", "kind": "database", "technology": technology, "state": "disk"}
    if asked.availability is not None and asked.availability >= MANAGED_STORE:
        found |= {"managed": True, "zones": 2, "availability": 0.9995, "failover": {"mode": "automatic"}}
        target = shown(asked.availability, Dimension.RATIO)
        knows += f"; {target} asks for two zones and a takeover by itself, so a vendor runs it"
    return found | {"why": f"What was written must still be there tomorrow; {knows}"}


def _no_cache(asked: Wanted) -> str:
    """Why there is no cache; nothing where the answers call for one."""
    reads, load = asked.reads_per_write, asked.peak_read_rps
    if reads is None or load is None:
        return "no cache: the load, or reads for each write, is not known yet"
    if asked.need == "strong":
        return "no cache: a reader may never see old data"
    if reads < READS_FOR_A_CACHE:
        return f"no cache: {grouped(reads)} reads for each write are fewer than {READS_FOR_A_CACHE:g}"
    if load < LOAD_FOR_A_CACHE:
        return f"no cache: {grouped(load)} reads/s at peak are fewer than {LOAD_FOR_A_CACHE:g}"
    return ""


def _add_cache(found: Skeleton, asked: Wanted) -> None:
    reads, load = asked.reads_per_write or 0.0, asked.peak_read_rps or 0.0
    why = f"{grouped(reads)} reads for each write, {grouped(load)} reads/s at peak"
    found.components["cache"] = {
        "name": "Cache", "kind": "cache", "technology": "redis", "hit_ratio": list(HITS), "ttl": "1 min",
        "why": f"{why}: the same is read again and again, and a reader may see old data for a while",
    }  # fmt: skip
    found.assumptions["cache-hits"] = (
        f"{HITS[0] * 100:.0f} to {HITS[1] * 100:.0f} % of the reads are found in the cache"
    )
    found.assumptions["cache-age"] = "What is read may be a minute old"
    found.connections["service-cache"] = _call(
        "service", "cache", "lookups", "RESP", traffic="reads", hard=False, timeout="100 ms"
    )
    found.connections["service-store-reads"] = _call(
        "service", "store", "what the cache has not", "SQL", traffic="reads", on_miss_of="cache", timeout="1 s"
    )
    found.connections["service-store"] = _call("service", "store", "writes", "SQL", traffic="writes", timeout="1 s")


def _add_queue(found: Skeleton, asked: Wanted) -> None:
    if not asked.later:
        return
    work = ", ".join(asked.later)
    found.components["jobs"] = {
        "name": "Jobs", "kind": "queue", "why": f"Nobody waits for this, so it must not slow or fail an answer: {work}",
    }  # fmt: skip
    found.components["worker"] = {
        "name": "Worker", "kind": "worker", "state": "none", "why": f"Does what may happen after the answer: {work}",
    }  # fmt: skip
    found.connections["service-jobs"] = _call("service", "jobs", "jobs", "AMQP", mode="async", traffic="writes")
    found.connections["jobs-worker"] = _call("jobs", "worker", "jobs", "AMQP", mode="async", traffic="writes")
    found.assumptions["jobs-rate"] = "Each write makes one job"


def _add_files(found: Skeleton, asked: Wanted) -> None:
    if asked.files:
        found.components["files"] = {
            "name": "Files", "kind": "object-store", "technology": "s3", "managed": True,
            "why": f"Files are large and many, and a database is a dear place for them: {', '.join(asked.files)}",
        }  # fmt: skip
        found.connections["service-files"] = _call(
            "service", "files", "files", "HTTPS", hard=False, calls_per_request=0.1, timeout="2 s"
        )
        found.assumptions["files-rate"] = "One request in ten moves a file"


def _add_outside(found: Skeleton, asked: Wanted) -> None:
    for number, name in enumerate(asked.outside, 1):
        id_ = f"outside-{number}"
        found.components[id_] = {
            "name": name, "kind": "external",
            "why": "The system cannot do this itself; its failures and quotas are felt here",
        }  # fmt: skip
        found.connections[f"service-{id_}"] = _call(
            "service", id_, "calls", "HTTPS", traffic="writes", hard=False, timeout="1 s"
        )
        found.assumptions[f"{id_}-rate"] = f"Each write calls {name} once, and the answer can do without it"
