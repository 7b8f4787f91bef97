"""A table that two teams write to belongs to nobody.

## Why it matters
Its columns are an interface without a version: whoever changes one breaks the other at night. Rules are enforced by
one writer and not by the other, so the data slowly contradict both. And the two can no longer be deployed, scaled or
restored apart, which was what having two of them was for.

## What to do
One component owns the table and writes it; the others ask it, or follow its events into a copy of their own. On the way
there: a schema for each team, views for the readers, and the owner named in data.

## When it is fine
Components of one owner: they are one thing in several processes. Writers of different data in one server: they share a
machine, not a schema. Any number of readers is fine, through views.
"""

from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.kinds import OWN_CODE
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed


def check(store: Component, facts: Facts) -> Verdict:
    """Warns about a database that components of two owners write to; an error from three owners on."""
    if store.kind != "database":
        return not_applicable()
    calls = [c for c in facts.design.callers_of[store.id] if facts.design.component[c.source].kind in OWN_CODE]
    certain = _writers([c for c in calls if _writes(c)], facts)
    possible = _writers([c for c in calls if _writes(c) is not False], facts)
    if len(possible) < 2:
        return not_applicable()
    shared = _sharing(certain, calls)
    owners = tuple({writer.owner.casefold(): writer.owner for writer in shared if writer.owner}.values())
    if len(owners) > 1:
        return _failed(store, shared, owners)
    silent = _unsaid(possible, calls)
    return unknown(*silent) if silent else passed(writers=[writer.id for writer in certain])


def _writes(call: Connection) -> bool | None:
    if call.mutating is not None:
        return call.mutating
    return {"reads": False, "writes": True}.get(call.traffic or "")


def _writers(calls: list[Connection], facts: Facts) -> tuple[Component, ...]:
    return tuple(facts.design.component[name] for name in dict.fromkeys(call.source for call in calls))


def _sharing(writers: tuple[Component, ...], calls: list[Connection]) -> tuple[Component, ...]:
    """The writers that write what another one writes too, as far as anybody says what they write."""
    written = {w.id: frozenset(d for c in calls if c.source == w.id and _writes(c) for d in c.data) for w in writers}
    return tuple(
        w
        for w in writers
        if any(
            o is not w and (not written[w.id] or not written[o.id] or written[w.id] & written[o.id]) for o in writers
        )
    )


def _unsaid(possible: tuple[Component, ...], calls: list[Connection]) -> tuple[str, ...]:
    owned = {writer.owner.casefold() for writer in possible if writer.owner}
    if len(owned) == 1 and all(writer.owner for writer in possible):
        return ()
    owners = tuple(f"components.{writer.id}.owner" for writer in possible if not writer.owner)
    return (*owners, *(f"connections.{call.id}.mutating" for call in calls if _writes(call) is None))


def _failed(store: Component, shared: tuple[Component, ...], owners: tuple[str, ...]) -> Verdict:
    return failed(
        f"{listed(writer.label for writer in shared)} of {listed(owners)} write to {store.label}",
        evidence={"writers": [writer.id for writer in shared], "owners": list(owners)},
        fix=(
            f"one owner of {store.label} that the others ask, or whose events they follow",
            "or a schema for each, and data on the connections that says who writes what",
        ),
        severity=Severity.ERROR if len(owners) > 2 else None,
    )


RULE = Rule(
    id="CON005",
    title="Shared database",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("publish-subscribe", "change-data-capture", "modular-monolith"),
    sources=(
        "Davide Taibi and Valentina Lenarduzzi, On the Definition of Microservice Bad Smells, IEEE Software (2018)",
        "Sam Newman, Building Microservices, 2nd edition, chapter 4 (2021)",
    ),
)

_SHOP = """
[components.orders]
kind = "service"
owner = "Order team"
[components.billing]
kind = "service"
{owner}
[components.db]
kind = "database"
[connections.orders-db]
from = "orders"
to = "db"
mutating = true
[connections.billing-db]
from = "billing"
to = "db"
mutating = true
"""

FLAGGED = _SHOP.format(owner='owner = "Finance"')

FINE = _SHOP.format(owner='owner = "Order team"')

UNKNOWN = _SHOP.format(owner="")
