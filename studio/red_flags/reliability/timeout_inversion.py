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
What monitoring asks causes no calls below. Calls that run at the same time count once, by the longest. Calls on other
journeys do not count, nor reads below writes. What callers without a timeout risk is another flag (REL004).
"""

from studio.edits.mend import Mend, mend
from studio.estimates.sides.call_budgets import serial_worst_case
from studio.model.connection import Connection
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.paths_of_calls import is_hard
from studio.red_flags.patience import inner_calls, written
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration, rounded_down, rounded_up
from studio.units import point


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a synchronous call that gives up before what it waits for has given up."""
    inner = inner_calls(connection, facts)
    if not connection.is_synchronous or not inner:
        return not_applicable()
    if connection.timeout is None:
        from_outside = facts.design.component[connection.source].kind in ("client", "external")
        return not_applicable() if from_outside else unknown(f"connections.{connection.id}.timeout")
    patience = 1000 * point(connection.timeout)
    worst: dict[str, float | None] = {call.id: facts.estimates.connections[call.id].worst_case_ms for call in inner}
    longest = max(inner, key=lambda call: worst[call.id] or 0.0)
    if (worst[longest.id] or 0.0) >= patience:
        return _outlasted(connection, longest, patience, worst, facts)
    return _together(connection, inner, patience, worst, facts)


def _outlasted(
    outer: Connection, inner: Connection, patience: float, worst_of: dict[str, float | None], facts: Facts
) -> Verdict:
    worst = worst_of[inner.id] or 0.0
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
        mends=(*_lowered(outer, inner, patience, worst_of, facts), _raised(outer, worst_of, facts)),
        severity=Severity.ERROR if twice else None,
        field="timeout",
    )


def _total(outer: Connection, worst: dict[str, float | None], facts: Facts) -> float:
    """Milliseconds the callee may take: its hard calls one after the other, and its own time."""
    inner = [call for call in inner_calls(outer, facts) if is_hard(call)]
    own = facts.estimates.components[outer.target].p99_ms
    return serial_worst_case(facts.design, inner, worst) + (own or 0.0)


def _raised(outer: Connection, worst: dict[str, float | None], facts: Facts) -> Mend:
    """An outer timeout above all that is waited for below."""
    total = max(1.01 * max(time or 0.0 for time in worst.values()), _total(outer, worst, facts))
    because = f"what lies below it may take {duration(total)}"
    return mend(f"connections.{outer.id}", because, timeout=written(rounded_up(total)))


def _lowered(
    outer: Connection, inner: Connection, patience: float, worst: dict[str, float | None], facts: Facts
) -> tuple[Mend, ...]:
    """The inner timeout that fits, where it alone is what does not."""
    fitting, pauses = _fitting(inner, patience, worst[inner.id] or 0.0)
    then = {**worst, inner.id: fitting * inner.tries + pauses}
    is_enough = _total(outer, then, facts) <= patience and all((time or 0.0) < patience for time in then.values())
    because = f"{outer.id} waits {duration(patience)}"
    is_enough &= fitting >= 1 and fitting > (facts.estimates.components[inner.target].p99_ms or 0.0)
    return (mend(f"connections.{inner.id}", because, timeout=written(fitting)),) if is_enough else ()


def _fitting(inner: Connection, patience: float, worst: float) -> tuple[float, float]:
    """The inner timeout whose worst case fits, and the pauses between its tries."""
    pauses = worst - 1000 * point(inner.timeout or 0.0) * inner.tries
    return rounded_down(0.99 * (patience - pauses) / inner.tries), pauses


def _lower(inner: Connection, patience: float, worst: float) -> str:
    """The inner timeout whose worst case fits; fewer attempts where even none would."""
    fitting, pauses = _fitting(inner, patience, worst)
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
    own, total = facts.estimates.components[outer.target].p99_ms, _total(outer, worst, facts)
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
            mends=(_raised(outer, worst, facts),),
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
