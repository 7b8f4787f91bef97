"""Shards share the load only as evenly as their key spreads it.

## Why it matters
Adding shards divides what is spread; it does nothing for the shard that one key fills. A key that grows with time is
the worst: every write of today goes to the newest shard and all others watch. It is found late, because averages
over the shards look fine, and mended late, because a partition key is the one thing that cannot be changed in place.

## What to do
A key of many values that requests ask for evenly: the person, the order, never the day. A hot key gets a suffix that
spreads it over several shards, or a cache in front. Where order by time is wanted, put time behind the person.

## When it is fine
One shard. A number that grows and that every record has for itself, once it is hashed: hash(order_id), or the pattern
consistent-hashing. A stream whose partitions only order what belongs together, as long as the busiest keeps up.
"""

import re

from studio.model.behaviour import Data
from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import percent
from studio.text import listed
from studio.units import grouped, point

GROWS = re.compile(
    r"(created|updated|inserted|sent)[_ -]?(at|on)|(time|date)([_ -]?stamp)?|day|hour|month|year|week|now|"
    r"sequence|serial|auto[_ -]?increment(ed)?([_ -]?id)?|snowflake([_ -]?id)?|ulid",
    re.IGNORECASE,
)
"""Keys whose next value is always at the end."""
COARSE = re.compile(r"date|day|hour|month|year|week", re.IGNORECASE)
"""Those that many records of one time have in common: a hash of one is one shard all the same."""


def check(component: Component, facts: Facts) -> Verdict:
    """Fails shards of which one is full while the others are not; warns where the key makes that likely."""
    shards = component.shards or 1
    if shards == 1:
        return not_applicable()
    hottest = facts.numbers(component).hottest_share
    utilisation = facts.estimates.components[component.id].utilisation
    evidence: dict[str, object] = {"shards": shards, "hottest_share": hottest, "utilisation": utilisation}
    if utilisation is not None and utilisation >= 1 and utilisation / (hottest * shards) < 1:
        return _full(component, shards, hottest, utilisation, evidence)
    grown = [d for d in facts.design.data if d.store == component.id and _grows(d, component, facts)]
    if grown:
        return _monotonic(component, [f"{d.id} by {d.partition_key}" for d in grown], grown[0].id)
    keys = None if component.keys is None else point(component.keys)
    fewest = facts.thresholds_for(component).keys_per_shard * shards
    if keys is not None and keys < fewest:
        return _few(component, keys, fewest, evidence)
    if hottest > facts.thresholds_for(component).hot_shard_factor / shards:
        return _uneven(component, shards, hottest, evidence)
    silent = _unsaid(component, facts)
    return unknown(*silent) if silent else passed(**evidence)


def _grows(data: Data, component: Component, facts: Facts) -> bool:
    """Whether all new records of the data go to one shard: their key grows, and no hash spreads it."""
    key = (data.partition_key or "").strip()
    grows = COARSE if facts.has_pattern("consistent-hashing", on=component.id) else GROWS
    return grows.fullmatch(key) is not None


def _unsaid(component: Component, facts: Facts) -> tuple[str, ...]:
    spread = component.hot_share is not None or component.keys is not None
    held = (d for d in facts.design.data if d.store == component.id and d.partition_key is None)
    return (
        *(() if spread else (f"components.{component.id}.hot_share",)),
        *(f"data.{d.id}.partition_key" for d in held),
    )


def _full(
    component: Component, shards: int, hottest: float, utilisation: float, evidence: dict[str, object]
) -> Verdict:
    wanted = max(hottest / utilisation * 0.7, 1 / shards)
    return failed(
        f"one of {shards} shards of {component.label} takes {percent(hottest)} of the load and runs at "
        f"{percent(utilisation)} of its capacity; spread evenly it were {percent(utilisation / (hottest * shards))}",
        evidence=evidence,
        fix=(
            f"a partition key that puts at most {wanted * 100:.3g} % of the load on one shard",
            "or a suffix that splits the hottest keys over several shards, or a cache for them",
        ),
        severity=Severity.ERROR,
        field="hot_share",
    )


def _monotonic(component: Component, keys: list[str], first: str) -> Verdict:
    return failed(
        f"{component.label} spreads {listed(keys)}, which only grows: all new records go to one shard",
        evidence={"keys": keys},
        fix=(
            f"data.{first}.partition_key that begins with whose record it is, and time behind it",
            "or a hash of a number that every record has for itself, where nobody reads a range of them",
        ),
        field="shards",
    )


def _few(component: Component, keys: float, fewest: float, evidence: dict[str, object]) -> Verdict:
    return failed(
        f"{grouped(keys)} keys over {component.shards} shards of {component.label} cannot be even",
        evidence={**evidence, "keys": keys},
        fix=(f"a finer key, of {grouped(fewest)} values or more", "or fewer shards"),
        field="keys",
    )


def _uneven(component: Component, shards: int, hottest: float, evidence: dict[str, object]) -> Verdict:
    return failed(
        f"one of {shards} shards of {component.label} takes {percent(hottest)} of the load, "
        f"{grouped(hottest * shards)} times its part",
        evidence=evidence,
        fix=(
            f"a finer partition key, so that hot_share is near {percent(1 / shards)}",
            "or a suffix that splits the hottest keys, or a cache for them",
        ),
        field="hot_share",
    )


RULE = Rule(
    id="CAP006",
    title="Hot shard",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("hot-key-splitting", "consistent-hashing", "sharding", "cache-aside"),
    sources=(
        "Amazon DynamoDB Developer Guide, Designing partition keys to distribute your workload (2024)",
        "Martin Kleppmann, Designing Data-Intensive Applications, chapter 6 (2017)",
    ),
)

_STORE = """
[components.db]
kind = "database"
shards = 16
{hot}
[data.event]
store = "db"
partition_key = "{key}"
"""

FLAGGED = _STORE.format(hot="hot_share = 0.07", key="created_at")

FINE = _STORE.format(hot="hot_share = 0.07", key="person, created_at")

UNKNOWN = _STORE.format(hot="", key="person")
