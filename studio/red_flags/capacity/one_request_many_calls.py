"""One request of a user must not become hundreds inside.

## Why it matters
A call for each item of a list works with the ten items of the test and stops with the thousand of the best customer.
Load that is multiplied inside is invisible at the door: the rate of users is flat while a store drowns. And latencies
of calls made one after the other add, so the longest list has the slowest page.

## What to do
Ask for all items in one call: a batch endpoint, a join, a loader that collects ids. What is asked for again and again
belongs into a view that is kept ready. Calls that do not need each other run at once (parallel).

## When it is fine
Loops inside one component over rows it has already read are code, not design. A batch that runs over night may take one
call for each item when nobody waits. More than three calls one after the other are a note: look whether they must be.
"""

from studio.edits.mend import mend
from studio.model.connection import Connection
from studio.model.kinds import MESSAGING, OWN_CODE
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.steps_of_journeys import calls_for_one_request, waited_for_in_turn
from studio.text import listed
from studio.units import grouped

ASKED_EACH = OWN_CODE | {"external", "llm"}
"""Callees of which a list may ask once for each item; stores answer lists."""


def check(connection: Connection, facts: Facts) -> Verdict:
    """Warns about a call for each item of a list, and about too many calls for one request of a user."""
    caller, callee = (facts.design.component[end] for end in (connection.source, connection.target))
    if caller.kind == "client" or not connection.is_synchronous or callee.kind in MESSAGING:
        return not_applicable()
    calls = calls_for_one_request(facts)[connection.id]
    if connection.per_item and caller.kind != "batch" and not _is_batched(connection, facts):
        return _per_item(connection, calls, facts)
    if calls > facts.thresholds_for(connection).calls_for_one_request and caller.kind != "batch":
        return _multiplied(connection, calls, facts)
    turn = waited_for_in_turn(facts).get(connection.id, ())
    if len(turn) > facts.thresholds_for(connection).calls_one_after_another:
        return failed(
            f"{caller.label} waits for {len(turn)} components one after the other: {listed(turn)}",
            evidence={"callees": list(turn)},
            fix=("parallel = true on those that do not need each other's answer", "or one call that answers several"),
            severity=Severity.NOTE,
        )
    lists = any(endpoint.returns_collection for endpoint in caller.endpoints)
    unsaid = connection.per_item is None and connection.calls_per_request is None and connection.traffic != "writes"
    if lists and unsaid and callee.kind in ASKED_EACH and not _is_batched(connection, facts):
        return unknown(f"connections.{connection.id}.per_item")
    return passed(calls_for_one_request=calls)


def _is_batched(connection: Connection, facts: Facts) -> bool:
    return any(facts.has_pattern("batching", on=id_) for id_ in (connection.id, connection.source, connection.target))


def _per_item(connection: Connection, calls: float, facts: Facts) -> Verdict:
    caller, callee = (facts.design.component[end].label for end in (connection.source, connection.target))
    many = f", {grouped(calls)} for one request" if calls > 1 else ""
    is_few = calls <= facts.thresholds_for(connection).calls_for_one_request
    return failed(
        f"{caller} calls {callee} once for each item of a list{many}",
        evidence={"calls_for_one_request": calls},
        fix=(
            f"an endpoint of {callee} that takes a list, and per_item = false",
            "or what is needed kept ready in a view",
        ),
        mends=(mend(f"connections.{connection.id}", per_item=False),) if is_few else (),
        severity=_severity(connection, facts),
        field="per_item",
    )


def _multiplied(connection: Connection, calls: float, facts: Facts) -> Verdict:
    caller, callee = (facts.design.component[end].label for end in (connection.source, connection.target))
    most = facts.thresholds_for(connection).calls_for_one_request
    return failed(
        f"one request of a user becomes {grouped(calls)} calls from {caller} to {callee}",
        evidence={"calls_for_one_request": calls},
        fix=(
            f"calls that ask for {grouped(calls / most)} things at once or more",
            "or what they read kept ready in a view",
        ),
        severity=_severity(connection, facts),
        field="calls_per_request",
    )


def _severity(connection: Connection, facts: Facts) -> Severity | None:
    full = facts.estimates.components[connection.target].utilisation
    return Severity.ERROR if full is not None and full >= 1 else None


RULE = Rule(
    id="CAP007",
    title="One request becomes many calls",
    severity=Severity.WARNING,
    scope="connections",
    check=check,
    patterns=("batching", "materialized-view", "backend-for-frontend", "request-coalescing"),
    sources=(
        "Martin Fowler, Patterns of Enterprise Application Architecture, chapter 15, Remote Facade (2002)",
        "Jeffrey Dean and Luiz André Barroso, The Tail at Scale, Communications of the ACM (2013)",
    ),
)

_LIST = """
[components.shop]
kind = "service"
[components.shop.endpoints.list]
method = "GET"
path = "/orders"
returns_collection = true
[components.prices]
kind = "service"
[connections.shop-prices]
from = "shop"
to = "prices"
{said}
"""

FLAGGED = _LIST.format(said="per_item = true\ncalls_per_request = 50")

FINE = _LIST.format(said="per_item = false")

UNKNOWN = _LIST.format(said="")
