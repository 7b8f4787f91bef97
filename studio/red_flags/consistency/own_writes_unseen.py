"""People who have just changed something look at it next.

## Why it matters
The write went to the primary, the page that follows is read from a replica, a cache or an index that does not have it
yet. To the user the change is lost; they make it again, or call. It happens in the first second after a write, which
is exactly when its author looks.

## What to do
For a few seconds after a write read that person's things from the primary. Or hand the version of the write along and
wait until the copy has it. Or write the copy in the same step, or delete it there. Or show what was entered without
asking.

## When it is fine
Readers other than the author. A cache whose entry the write removes (invalidation), and copies that follow
synchronously. Journeys that read first and write then. What two journeys do to each other cannot be seen here.
"""

from typing import NamedTuple

from studio.edits.mend import mend
from studio.model.behaviour import Journey
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.red_flags.consistency.consistency_mismatch import BEHIND_BY_KIND, follows_another_store
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration
from studio.text import listed, says_something
from studio.units import point


class Later(NamedTuple):
    """A read in a journey that wrote before."""

    read: Connection
    data: frozenset[str]
    """What was written before and may be read now; empty when nobody says what the read carries."""


def check(subject: Journey | Design, facts: Facts) -> Verdict:
    """Warns about a journey that reads what it wrote from a copy that runs behind."""
    if isinstance(subject, Design):
        return not_applicable()
    later = _later(subject, facts)
    for read, data in later:
        callee = facts.design.component[read.target]
        how = _behind(callee, data, facts)
        if how and data:
            return _failed(subject, read, data, how, facts)
    silent = [field for found in later for field in _unsaid(found, facts)]
    if silent:
        return unknown(*silent)
    return passed(reads=[read.id for read, _ in later]) if later else not_applicable()


def _later(journey: Journey, facts: Facts) -> list[Later]:
    written: set[str] = set()
    found = []
    for step in (facts.design.connection[id_] for id_ in dict.fromkeys(journey.steps)):
        if step.mutating or (step.mutating is None and step.traffic == "writes"):
            written |= set(step.data)
        elif written and step.is_synchronous and step.traffic != "writes":
            found.append(Later(step, frozenset(written & set(step.data))))
    return [later for later in found if later.data or not later.read.data]


def _behind(callee: Component, data: frozenset[str], facts: Facts) -> str | None:
    """How the callee runs behind, in words; None when it does not, or when the write reaches it at once."""
    if any(d.store == callee.id for d in facts.design.data if d.id in data) and not callee.read_replicas:
        return None
    at_once = says_something(callee.invalidation) or facts.has_pattern("write-through-cache", on=callee.id)
    how = None if at_once else BEHIND_BY_KIND.get(callee.kind)
    if not at_once and how is None and follows_another_store(callee, facts):
        how = "a copy that another store feeds later"
    mode = callee.replication.mode if callee.replication else None
    return how or ("a replica that follows asynchronously" if callee.read_replicas and mode == "async" else None)


def _unsaid(later: Later, facts: Facts) -> tuple[str, ...]:
    callee = facts.design.component[later.read.target]
    if not later.data:
        return (f"connections.{later.read.id}.data",) if _behind(callee, later.data, facts) else ()
    mode = callee.replication.mode if callee.replication else None
    return (f"components.{callee.id}.replication.mode",) if callee.read_replicas and mode is None else ()


def _failed(journey: Journey, read: Connection, data: frozenset[str], how: str, facts: Facts) -> Verdict:
    callee = facts.design.component[read.target]
    what = listed(id_ for id_ in read.data if id_ in data)
    lag = callee.replication.lag if callee.replication else None
    late = callee.ttl if callee.ttl is not None else lag
    age = f", up to {duration(1000 * point(late))} old" if late is not None else ""
    return failed(
        f"{journey.label} writes {what} and then reads it from {callee.label} ({how}{age})",
        evidence={"data": sorted(data), "read": read.id},
        fix=(
            f"read {what} from where it was written for a few seconds after a write",
            *_kept_up(callee),
            "or show what was entered without reading it again",
        ),
        mends=(mend(f"components.{callee.id}.replication", mode="sync"),) if callee.read_replicas else (),
        field="steps",
    )


def _kept_up(callee: Component) -> tuple[str, ...]:
    """How the copy could have the write at once."""
    if callee.kind in BEHIND_BY_KIND:
        return (f"or invalidation on components.{callee.id}: what removes the old entry with the write",)
    return (f'or replication.mode = "sync" on components.{callee.id}',) if callee.read_replicas else ()


RULE = Rule(
    id="CON006",
    title="Own writes may not be seen",
    severity=Severity.WARNING,
    scope="flows",
    check=check,
    patterns=("write-through-cache", "cache-aside"),
    sources=(
        "Douglas B. Terry and others, Session Guarantees for Weakly Consistent Replicated Data (1994)",
        "Martin Kleppmann, Designing Data-Intensive Applications, chapter 5, Reading Your Own Writes (2017)",
    ),
)

_PROFILE = """
[components.app]
kind = "service"
[components.db]
kind = "database"
[components.cache]
kind = "cache"
{cache}
[data.profile]
store = "db"
[connections.app-db]
from = "app"
to = "db"
mutating = true
data = ["profile"]
[connections.app-cache]
from = "app"
to = "cache"
{carries}
[journeys.rename]
steps = ["app-db", "app-cache"]
"""

FLAGGED = _PROFILE.format(cache='ttl = "10 min"', carries='data = ["profile"]')

FINE = _PROFILE.format(cache='invalidation = "the write deletes the key"', carries='data = ["profile"]')

UNKNOWN = _PROFILE.format(cache='ttl = "10 min"', carries="")
