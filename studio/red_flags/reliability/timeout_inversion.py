"""A caller must wait longer than the one it calls may take, or it gives up on work that goes on.

## Why it matters
When the outer timeout is the shorter one, the caller gives up, tells its user that it failed, and usually tries again,
while the first attempt still runs below, retries and all. Load doubles just when something is slow, and a write may
happen twice although everybody was told that it did not happen.

## What to do
Treat the outer timeout as a budget. The worst case of an inner call is timeout × attempts + the pauses between them
(800 ms three times with 100 ms and 200 ms between is 2.7 s), and the inner calls one request makes one after the other
must fit into it together. Lower the inner timeout, take attempts away, or pass the deadline on.

## When it is fine
Calls that run at the same time count once, by the longest. Calls on other journeys do not count, nor reads below
writes. What callers without a timeout risk is another flag (REL004).
"""

from studio.estimates.sides.call_budgets import serial_worst_case
from studio.model.connection import Connection
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.paths_of_calls import is_hard
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration, rounded_down, rounded_up
from studio.units import point


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a synchronous call that gives up before what it waits for has given up."""
    inner = _inner(connection, facts)
    if not connection.is_synchronous or not inner:
        return not_applicable()
    if connection.timeout is None:
        called_by_client = facts.design.component[connection.source].kind == "client"
        return not_applicable() if called_by_client else unknown(f"connections.{connection.id}.timeout")
    patience = 1000 * point(connection.timeout)
    worst: dict[str, float | None] = {call.id: facts.estimates.connections[call.id].worst_case_ms for call in inner}
    longest = max(inner, key=lambda call: worst[call.id] or 0.0)
    if (worst[longest.id] or 0.0) >= patience:
        return _outlasted(connection, longest, patience, worst[longest.id] or 0.0, facts)
    return _together(connection, inner, patience, worst, facts)


def _inner(connection: Connection, facts: Facts) -> tuple[Connection, ...]:
    calls = facts.design.calls_of[connection.target]
    return tuple(c for c in calls if c.is_synchronous and c.target != c.source and facts.may_meet(connection, c))


def _outlasted(outer: Connection, inner: Connection, patience: float, worst: float, facts: Facts) -> Verdict:
    caller, callee = (facts.design.component[end].label for end in (outer.source, outer.target))
    below = facts.design.component[inner.target].label
    twice = inner.mutating and not inner.idempotent
    return failed(
        f"{caller} waits {duration(patience)} for {callee}, which may wait {duration(worst)} for {below}",
        evidence={"timeout_ms": patience, "worst_case_ms": worst, "call": inner.id},
        fix=(
            _lower(inner, patience, worst),
            f"or raise timeout on connections.{outer.id} above {duration(rounded_up(worst))}",
        ),
        severity=Severity.ERROR if twice else None,
        field="timeout",
    )


def _lower(inner: Connection, patience: float, worst: float) -> str:
    """The inner timeout whose worst case fits; fewer attempts where even none would."""
    timeout = 1000 * point(inner.timeout or 0.0)
    pauses = worst - timeout * inner.tries
    fitting = rounded_down(0.99 * (patience - pauses) / inner.tries)
    place = f"connections.{inner.id}"
    if fitting >= 1:
        return f"lower timeout on {place} to {duration(fitting)}, or take attempts away"
    return f"take attempts away on {place}: the pauses between {inner.tries} alone take {duration(pauses)}"


def _together(
    outer: Connection,
    inner: tuple[Connection, ...],
    patience: float,
    worst: dict[str, float | None],
    facts: Facts,
) -> Verdict:
    """Judges the sum of the hard calls one request makes, with the callee's own time."""
    serial = serial_worst_case(facts.design, [call for call in inner if is_hard(call)], worst)
    own = facts.estimates.components[outer.target].p99_ms
    total = serial + (own or 0.0)
    callee = facts.design.component[outer.target]
    if total > patience:
        return failed(
            f"{facts.design.component[outer.source].label} waits {duration(patience)} for {callee.label}, whose calls "
            f"may take {duration(total)} one after the other",
            evidence={"timeout_ms": patience, "worst_case_ms": total, "own_p99_ms": own},
            fix=(
                f"raise timeout on connections.{outer.id} above {duration(rounded_up(total))}",
                f"or calls of {callee.label} that together stay below {duration(max(0.0, patience - (own or 0.0)))}",
            ),
            field="timeout",
        )
    silent = tuple(f"connections.{call.id}.timeout" for call in inner if worst[call.id] is None)
    if silent:
        return unknown(*silent)
    if own is None:
        return unknown(*missing.of_own_time(callee, facts)) if missing.of_own_time(callee, facts) else not_applicable()
    return passed(timeout_ms=patience, worst_case_ms=total)


RULE = Rule(
    id="REL005",
    title="Timeout inversion",
    severity=Severity.WARNING,
    scope="connections",
    check=check,
    patterns=("timeout-and-deadline",),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL05-BP05 (2024)",
        "Nathan Bronson and others, Metastable Failures in Distributed Systems, HotOS (2021)",
    ),
)

_CALLS = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 1
[components.web]
kind = "client"
[components.gateway]
kind = "gateway"
[components.orders]
kind = "service"
instances = 2
capacity_rps = 100
latency = "10 ms"
[components.db]
kind = "database"
[connections.web-gateway]
from = "web"
to = "gateway"
[connections.gateway-orders]
from = "gateway"
to = "orders"
timeout = "1 s"
[connections.orders-db]
from = "orders"
to = "db"
{inner}
"""

FLAGGED = _CALLS.format(inner='timeout = "800 ms"\nattempts = 3\nbackoff = "exponential"\nmutating = true')

FINE = _CALLS.format(inner='timeout = "300 ms"\nattempts = 2\nbackoff = "exponential"\nmutating = true')

UNKNOWN = _CALLS.format(inner="")
