"""Data that must be read fresh must not be read from a copy that runs behind.

## Why it matters
A cache, a search index and a replica that follows asynchronously all answer with yesterday, where yesterday is
milliseconds or, on the bad day, minutes. Where the requirement says strong, that is not slow but wrong: the same seat
sold twice, a balance that was already spent.

## What to do
Read this data from the primary or from a quorum, and leave the copies to what may be stale. Or keep the copy and check
a version when it matters, at the write. Or relax the requirement, by decision, for the data that can bear it.

## When it is fine
Feeding a copy is; reading strong data from it is the flag. Asynchronous calls are taken for feeding, and a store that
another store feeds so for a copy. Replicas that follow synchronously, or by quorum, are no such copies. Data that say
mixed are held to nothing: split them.
"""

from typing import NamedTuple

from studio.model.behaviour import Data
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.kinds import DURABLE_STORES
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

BEHIND_BY_KIND = {"cache": "a cache", "cdn": "a CDN", "search": "a search index"}


class StaleRead(NamedTuple):
    """A read that may answer with the past."""

    connection: Connection
    copy: Component
    how: str


def check(subject: Data | Design, facts: Facts) -> Verdict:
    """Fails data that must be strongly consistent and are read from something that runs behind."""
    need = _need(subject, facts)
    if need == "eventual" or (isinstance(subject, Data) and subject.consistency == "mixed"):
        return not_applicable()
    reads = _reads(subject, facts)
    stale = [read for read in (_stale(call, subject, facts) for call in reads) if read]
    silent = _replication_unsaid(reads, facts)
    if need is None:
        return unknown(_field(subject)) if stale or silent else not_applicable()
    if stale:
        return _failed(subject, stale, facts)
    if silent:
        return unknown(*silent)
    return passed(reads=[call.id for call in reads])


def _need(subject: Data | Design, facts: Facts) -> str | None:
    """strong, eventual, or None when nobody said which of the two."""
    said = subject.consistency if isinstance(subject, Data) else None
    need = said or facts.design.requirements.consistency.need
    return None if need == "mixed" else need


def _field(subject: Data | Design) -> str:
    """The field that would say what is needed: a design of mixed needs must name its data."""
    mixed = isinstance(subject, Design) and subject.requirements.consistency.need == "mixed"
    return "data" if mixed else _place(subject)


def _place(subject: Data | Design) -> str:
    return f"data.{subject.id}.consistency" if isinstance(subject, Data) else "requirements.consistency.need"


def _reads(subject: Data | Design, facts: Facts) -> tuple[Connection, ...]:
    """The calls that wait for this data: not those that only write it, and not those nobody waits for."""
    reading = (c for c in facts.design.connections if c.is_synchronous and c.traffic != "writes" and not c.mutating)
    if isinstance(subject, Design):
        return tuple(reading)
    behind = {c.on_miss_of for c in facts.design.connections if c.on_miss_of and _carries(c, subject)}
    return tuple(c for c in reading if _carries(c, subject) or (c.target in behind and not c.data))


def _carries(connection: Connection, data: Data) -> bool:
    return data.id in connection.data


def _stale(call: Connection, subject: Data | Design, facts: Facts) -> StaleRead | None:
    callee = facts.design.component[call.target]
    owns = isinstance(subject, Data) and subject.store == callee.id
    how = None if owns else BEHIND_BY_KIND.get(callee.kind)
    mode = callee.replication.mode if callee.replication else None
    if how is None and callee.read_replicas and mode == "async":
        how = "a replica that follows asynchronously"
    if how is None and not owns and follows_another_store(callee, facts):
        how = "a copy that another store feeds later"
    technology = facts.technologies.get(callee.technology or "")
    if how is None and mode is None and getattr(technology, "cap", None) == "ap":
        how = "a store that prefers to answer over being right"
    return StaleRead(call, callee, how) if how else None


def follows_another_store(component: Component, facts: Facts) -> bool:
    """Whether it is a store drawn as a copy of another one, which feeds it and does not wait for it."""
    feeding = (call for call in facts.design.callers_of[component.id] if not call.is_synchronous)
    sources = (facts.design.component[call.source].kind for call in feeding)
    return component.kind in DURABLE_STORES and any(kind in DURABLE_STORES for kind in sources)


def _replication_unsaid(reads: tuple[Connection, ...], facts: Facts) -> tuple[str, ...]:
    callees = dict.fromkeys(call.target for call in reads)
    found = (facts.design.component[id_] for id_ in callees)
    return tuple(
        f"components.{c.id}.replication.mode"
        for c in found
        if c.read_replicas and (c.replication is None or c.replication.mode is None)
    )


def _failed(subject: Data | Design, stale: list[StaleRead], facts: Facts) -> Verdict:
    what = subject.id if isinstance(subject, Data) else "all data"
    where = listed(f"{read.copy.label} ({read.how})" for read in stale)
    store = subject.store if isinstance(subject, Data) else None
    primary = facts.design.component[store].label if store else "the primary"
    return failed(
        f"{what} must be strongly consistent and {'are' if what == 'all data' else 'is'} read from {where}",
        evidence={"need": "strong", "stale_reads": [read.connection.id for read in stale]},
        fix=(
            f"read from {primary} or a quorum where it must be fresh",
            "or check a version at the write, so that a stale read cannot do harm",
            f'or relax {_place(subject)} to "eventual", by decision',
        ),
        field="consistency",
    )


RULE = Rule(
    id="CON001",
    title="Consistency mismatch",
    severity=Severity.ERROR,
    scope="holdings",
    check=check,
    patterns=("relational-store", "write-through-cache"),
    sources=(
        "Martin Kleppmann, Designing Data-Intensive Applications, chapters 5 and 9 (2017)",
        "Werner Vogels, Eventually Consistent, Communications of the ACM (2009)",
    ),
)

_SEATS = """
[components.booking]
kind = "service"
[components.db]
kind = "database"
read_replicas = 2
{replication}
[data.seat]
store = "db"
consistency = "strong"
[connections.booking-db]
from = "booking"
to = "db"
data = ["seat"]
"""

FLAGGED = _SEATS.format(replication='replication = { mode = "async", lag = "1 s" }')

FINE = _SEATS.format(replication='replication = { mode = "sync" }')

UNKNOWN = _SEATS.format(replication="")
