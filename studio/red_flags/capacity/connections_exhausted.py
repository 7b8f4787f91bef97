"""A store that accepts a thousand connections does not care that each caller opens only twenty.

## Why it matters
Pools are sized for one instance and multiplied by all of them. Autoscaling adds instances when the load is highest, and
the one that is too many gets no connection: the service that was to be saved by more copies is stopped by them. From
the other side, a pool that is smaller than the calls in flight makes requests queue for a connection while the
store idles.

## What to do
Work it out at the most instances there may be. A pool of the size of what is in flight (rate × time, usually a handful)
instead of the framework's default; a pooler between; a lower maximum of the autoscaling. For a pool that is too small,
first look for what holds the connections so long.

## When it is fine
Stores without connections to count: say no max_connections and that a vendor runs them. Asynchronous callers.
"""

from math import ceil
from typing import NamedTuple

from studio.edits.mend import mend
from studio.estimates.sides.limits import Limit
from studio.model.component import Component
from studio.model.kinds import DATA_HOLDERS, OWN_CODE
from studio.red_flags import missing
from studio.red_flags.countable import connections_at_most, limit_at
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import most_instances
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted, percent
from studio.text import listed
from studio.units import grouped


class Pool(NamedTuple):
    """The pool of one caller, and how full it is at peak; None when unknown."""

    caller: Component
    limit: Limit | None


def check(store: Component, facts: Facts) -> Verdict:
    """Fails a store whose callers may open more connections than it accepts, or whose callers' pools are too small."""
    callers = _callers(store, facts)
    most = limit_at(f"components.{store.id}.max_connections", facts)
    pools = [Pool(c, limit_at(f"components.{c.id}.pool_size → {store.id}", facts)) for c in callers if c.pool_size]
    said = most is not None or bool(pools)
    if store.kind not in DATA_HOLDERS or not callers:
        return not_applicable()
    if not said:
        asked = store.kind == "database" and not facts.is_managed(store)
        return unknown(*_unsaid(store, callers, facts)) if asked else not_applicable()
    opened = connections_at_most(store, facts)
    if most is not None and opened is not None and opened > facts.thresholds_for(store).pool_share * most.most:
        return _too_many(store, callers, opened, most.most, facts)
    full = next((p for p in pools if p.limit and p.limit.used is not None and p.limit.used > p.limit.most), None)
    if full and full.limit:
        return _too_small(store, full.caller, full.limit.used or 0.0, full.limit.most)
    silent = (*_unsaid(store, callers, facts), *(_load_unsaid(store, facts) if _is_open(most, pools) else ()))
    return unknown(*silent) if silent else passed(connections_at_most=opened)


def _callers(store: Component, facts: Facts) -> tuple[Component, ...]:
    waiting = (call.source for call in facts.design.callers_of[store.id] if call.is_synchronous)
    found = (facts.design.component[name] for name in dict.fromkeys(waiting))
    return tuple(caller for caller in found if caller.kind in OWN_CODE)


def _unsaid(store: Component, callers: tuple[Component, ...], facts: Facts) -> tuple[str, ...]:
    """What nobody said of pools and of what the store accepts: a database of their own always has a ceiling."""
    counts = limit_at(f"components.{store.id}.max_connections", facts) is not None
    asked = store.kind == "database" and not counts and not facts.is_managed(store)
    ceiling = (f"components.{store.id}.max_connections",) if asked else ()
    return (*ceiling, *(f"components.{caller.id}.pool_size" for caller in callers if caller.pool_size is None))


def _is_open(most: Limit | None, pools: list[Pool]) -> bool:
    return (most is not None and most.used is None) or any(pool.limit and pool.limit.used is None for pool in pools)


def _load_unsaid(store: Component, facts: Facts) -> tuple[str, ...]:
    return missing.of_peak(store, facts) if facts.estimates.components[store.id].peak_rps is None else ()


def _too_many(store: Component, callers: tuple[Component, ...], opened: float, most: float, facts: Facts) -> Verdict:
    share = facts.thresholds_for(store).pool_share
    pooled = [caller for caller in callers if caller.pool_size]
    who = listed(f"{counted(most_instances(c), 'instance')} of {c.label} with {c.pool_size} each" for c in pooled)
    largest = max(pooled, key=lambda c: most_instances(c) * (c.pool_size or 0), default=None)
    others = opened - (most_instances(largest) * (largest.pool_size or 0) if largest else 0)
    room = int((share * most - others) // most_instances(largest)) if largest else 0
    smaller = f"pool_size of at most {room} on components.{largest.id}" if largest and room >= 1 else "smaller pools"
    return failed(
        f"the callers of {store.label} may open {grouped(opened)} of its {grouped(most)} connections"
        + (f": {who}" if who else ""),
        evidence={"connections_at_most": opened, "max_connections": most},
        fix=(
            smaller,
            f"or a pooler between them and {store.label}",
            f"or max_connections of {grouped(opened / share)}, which costs the store memory, not only a setting",
        ),
        mends=(
            *((mend(f"components.{largest.id}", pool_size=room),) if largest and room >= 1 else ()),
            mend(f"components.{store.id}", max_connections=ceil(opened / share)),
        ),
        field="max_connections",
    )


def _too_small(store: Component, caller: Component, used: float, most: float) -> Verdict:
    enough = int(1.25 * used / most * (caller.pool_size or 1)) + 1
    return failed(
        f"{caller.label} needs {grouped(used)} connections to {store.label} at once at peak and its pools hold "
        f"{grouped(most)}",
        evidence={"in_flight": used, "pooled": most},
        fix=(
            f"pool_size of {enough} instead of {caller.pool_size} on components.{caller.id}",
            f"or calls of {store.label} that take {percent(1 - most / used)} less time",
        ),
        mends=(mend(f"components.{caller.id}", "its calls at peak and a quarter more", pool_size=enough),),
        field="max_connections",
    )


RULE = Rule(
    id="CAP005",
    title="Connections run out",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("connection-pooling", "backpressure"),
    sources=(
        "John D. C. Little, A Proof for the Queuing Formula L = λW, Operations Research (1961)",
        "PostgreSQL 17 documentation, section 19.3, Connections and Authentication (2024)",
    ),
)

_POOLS = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 900
peak_factor = 1
[components.web]
kind = "client"
[components.api]
kind = "service"
{pool}
instances = 12
capacity_rps = 400
latency = "10 ms"
[components.db]
kind = "database"
max_connections = {most}
capacity_rps = 4000
latency = "25 ms"
[connections.web-api]
from = "web"
to = "api"
[connections.api-db]
from = "api"
to = "db"
"""

FLAGGED = _POOLS.format(pool="pool_size = 20", most=100)

FINE = _POOLS.format(pool="pool_size = 5", most=100)

UNKNOWN = _POOLS.format(pool="", most=100)
