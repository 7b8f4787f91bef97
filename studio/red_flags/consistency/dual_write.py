"""Two writes to two places are not one: between them the process can stop.

## Why it matters
The order is in the database and the event was never sent, or the event is out and the order was rolled back. Neither
side sees an error, retries make it worse, and the difference stays until a customer finds it. It happens at every
deploy that stops a process at the wrong moment: rarely enough to pass all tests, often enough to fill a support queue.

## What to do
Write to one place, and let the other follow from it: the event in an outbox table of the same transaction, or read
from the log of the database (change data capture). For steps of several services a saga with its compensations.

## When it is fine
Work that is taken from a queue which hands it out again until both writes are done, when both are idempotent. A copy
that may be lost: hard = false, with what makes up for it as fallback. A file that is stored before the row that points
to it: sweep those nobody points to. Caches are another flag's matter.
"""

from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.kinds import DURABLE_STORES, MESSAGING, OWN_CODE
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

KEPT_TOGETHER = ("transactional-outbox", "change-data-capture", "saga", "event-sourcing")
"""Patterns by which two places follow from one."""
PLACES = (DURABLE_STORES - {"object-store"}) | MESSAGING | {"external"}
"""Kinds that contradict each other when one of them was not written; an object nobody points to is only waste."""


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a component that changes two stores, brokers or vendors for one request with nothing that joins them."""
    if component.kind not in OWN_CODE:
        return not_applicable()
    calls = [call for call in facts.design.calls_of[component.id] if _may_matter(call, facts)]
    writes = [call for call in calls if _writes(call, facts)]
    certain = _pair(writes, writes, facts)
    if certain is None:
        unsaid = [call for call in calls if _writes(call, facts) is None]
        possible = _pair(unsaid, [*writes, *unsaid], facts)
        if possible:
            return unknown(*(f"connections.{c.id}.mutating" for c in possible if _writes(c, facts) is None))
        return passed(writes=[call.id for call in writes]) if writes else not_applicable()
    if _joined(component, certain, facts) or _handed_out_again(component, certain, facts):
        return passed(writes=[call.id for call in writes])
    first, second = certain
    places = listed(facts.design.component[call.target].label for call in certain)
    return failed(
        f"{component.label} changes {places} for one request, and nothing joins the two",
        evidence={"connections": [first.id, second.id]},
        fix=(
            f'the pattern transactional-outbox on "{component.id}": the second write is a row beside the first',
            "or change data capture: the second place follows the log of the first",
            f"or, if it may be lost, hard = false on connections.{second.id}, with what makes up for it as fallback",
        ),
    )


def _may_matter(call: Connection, facts: Facts) -> bool:
    """Calls of places that keep something, except those that may be lost because something makes up for them."""
    spare = call.hard is False and call.has_fallback
    return facts.design.component[call.target].kind in PLACES and not spare


def _writes(call: Connection, facts: Facts) -> bool | None:
    """Whether it changes something; None when nobody said. What is handed to a queue or stream changes it."""
    if call.mutating is not None:
        return call.mutating
    if call.traffic == "reads":
        return False
    return True if facts.design.component[call.target].kind in MESSAGING or call.traffic == "writes" else None


def _pair(some: list[Connection], others: list[Connection], facts: Facts) -> tuple[Connection, Connection] | None:
    """Two calls of different places that one request can make."""
    pairs = ((a, b) for a in some for b in others if a.target != b.target and facts.may_meet(a, b))
    return next(pairs, None)


def _joined(component: Component, pair: tuple[Connection, Connection], facts: Facts) -> bool:
    around = (component.id, *(call.id for call in pair), *(call.target for call in pair))
    return any(facts.has_pattern(*KEPT_TOGETHER, on=id_) for id_ in around)


def _handed_out_again(component: Component, pair: tuple[Connection, Connection], facts: Facts) -> bool:
    """Whether what made it write comes again until both writes are done, which then do no harm twice."""
    feeding = [call for call in facts.design.callers_of[component.id] if any(facts.may_meet(call, w) for w in pair)]
    again = bool(feeding) and all(not c.is_synchronous and c.delivery != "at-most-once" for c in feeding)
    return again and all(call.idempotent for call in pair)


RULE = Rule(
    id="CON004",
    title="Dual write",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=KEPT_TOGETHER,
    sources=(
        "Chris Richardson, Microservices Patterns, chapters 3 and 4 (2018)",
        "Martin Kleppmann, Designing Data-Intensive Applications, chapter 11, Keeping Systems in Sync (2017)",
    ),
)

_SHOP = """
[components.shop]
kind = "service"
[components.db]
kind = "database"
[components.events]
kind = "stream"
[connections.shop-db]
from = "shop"
to = "db"
{mutating}
[connections.shop-events]
from = "shop"
to = "events"
mode = "async"
{outbox}
"""

FLAGGED = _SHOP.format(mutating="mutating = true", outbox="")

FINE = _SHOP.format(mutating="mutating = true", outbox='[patterns.out]\nuse = "transactional-outbox"\non = ["shop"]')

UNKNOWN = _SHOP.format(mutating="", outbox="")
