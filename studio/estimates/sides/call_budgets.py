"""The budget table of the call tree: who waits how long for what, and what retries would do to it.

For every call somebody waits for: the deadline above it, its own worst case, the worst case of what its callee waits
for in turn, how often it is tried and given up, and whether its retries can take the callee down for good.

Regimes (Bronson et al., «Metastable Failures in Distributed Systems», HotOS 2021): safe when even every call tried as
often as it may be stays within what the callee serves; metastable when the healthy state exists but a spike can push
the callee into one it does not leave by itself; collapsed when no healthy state exists.
"""

from collections.abc import Iterable, Mapping, MutableMapping
from math import ceil, fsum
from typing import Literal, NamedTuple, TypeAlias

from studio.estimates.answering import ONCE
from studio.estimates.basis import Basis
from studio.estimates.calling import amplifications, worst_case
from studio.estimates.numbers import known
from studio.estimates.results import Figure
from studio.estimates.settling import tries_of
from studio.estimates.working import Working
from studio.model.connection import Connection
from studio.model.design import Design

Regime: TypeAlias = Literal["safe", "metastable", "collapsed"]


class CallBudget(NamedTuple):
    """One call somebody waits for: `call_budgets.CONNECTION`. Milliseconds, and shares of one."""

    deadline_ms: Figure
    """The shortest timeout among this call and those that lead to it: how long anybody waits for its answer."""
    worst_case_ms: Figure
    """Its own tries and pauses."""
    below_ms: Figure
    """The worst case of the calls its callee makes for it, one after the other; 0 when there are none."""
    is_inverted: bool | None
    """Whether the callee may go on for longer than the caller waits for one try."""
    too_late: Figure
    """The chance that one try is given up at its timeout, at the load asked for."""
    expected_attempts: Figure
    """Mean number of tries, the first included."""
    gives_up: Figure
    """The chance that the call fails after all its tries."""
    regime: Regime | None
    """None when the call is not retried, or the callee's capacity or load is unknown."""


def call_budgets(working: Working, unknown: MutableMapping[str, str]) -> Mapping[str, CallBudget]:
    """The budgets of all synchronous connections, in file order; reasons for what is unknown go to ``unknown``."""
    basis = working.basis
    deadlines, amplified = _deadlines(basis), amplifications(basis)
    worst: dict[str, float | None] = {connection.id: worst_case(connection) for connection in basis.connections}
    found: dict[str, CallBudget] = {}
    for connection in basis.connections:
        if not connection.is_synchronous:
            continue
        below = _below(basis, connection, worst)
        budget = CallBudget(
            _milliseconds(deadlines[connection.id]),
            _milliseconds(worst[connection.id]),
            None if isinstance(below, str) else below * 1000,
            _is_inverted(connection, below),
            *_tries(working, connection),
            _regime(working, connection, amplified),
        )
        _reasons(working, connection, budget, below, unknown)
        found[connection.id] = budget
    return found


def serial_worst_case(design: Design, calls: Iterable[Connection], worst: Mapping[str, float | None]) -> float:
    """The longest these calls take one after the other on one journey; those that run at once count by the longest.

    ``worst`` is the worst case of one call by connection, in any unit of time; the answer is in the same.
    """
    calls = tuple(calls)
    if not design.journeys:
        return fsum(_all_of(call, worst) for call in calls)
    journeys = {journey.id: journey for call in calls for journey in design.journeys_over.get(call.id, ())}
    return max((_on(journey.steps, journey.at_once, calls, worst) for journey in journeys.values()), default=0.0)


def _on(
    steps: tuple[str, ...],
    at_once: tuple[tuple[str, ...], ...],
    calls: tuple[Connection, ...],
    worst: Mapping[str, float | None],
) -> float:
    times: dict[str, float] = {call.id: _all_of(call, worst) for call in calls if call.id in steps}
    together = [[times.pop(step) for step in group if step in times] for group in at_once]
    return fsum((*times.values(), *(max(group) for group in together if group)))


def _all_of(call: Connection, worst: Mapping[str, float | None]) -> float:
    number = known(call.calls_per_request)
    count = 1 if call.parallel or number is None else max(1, ceil(number))
    return count * (worst[call.id] or 0.0)


def _below(basis: Basis, connection: Connection, worst: Mapping[str, float | None]) -> float | str:
    """Seconds the callee may spend on its own calls, or why nobody can say."""
    inner = [
        call
        for call in basis.synchronous_calls.get(connection.target, ())
        if call.target != connection.target and _may_meet(connection, call)
    ]
    silent = next((call.id for call in inner if worst[call.id] is None), None)
    if silent is not None:
        return f"timeout of {silent} is not given"
    return serial_worst_case(basis.design, inner, worst)


def _may_meet(one: Connection, other: Connection) -> bool:
    return {one.traffic or "all", other.traffic or "all"} != {"reads", "writes"}


def _deadlines(basis: Basis) -> dict[str, float | None]:
    """Seconds anybody waits at most for each connection's answer; callers before callees, a cycle counts once."""
    patience: dict[str, float] = {}
    found: dict[str, float | None] = {}
    for name in reversed(basis.callees_first):
        for call in basis.synchronous_calls.get(name, ()):
            given = [wait for wait in (known(call.timeout), patience.get(name)) if wait is not None]
            found[call.id] = min(given, default=None)
            if given:
                patience[call.target] = min([patience[call.target], *given] if call.target in patience else given)
    return found


def _is_inverted(connection: Connection, below: float | str) -> bool | None:
    timeout = known(connection.timeout)
    if below == 0.0:
        return False
    return None if timeout is None or isinstance(below, str) else below > timeout


def _tries(working: Working, connection: Connection) -> tuple[Figure, Figure, Figure]:
    """Too late, expected tries, gives up."""
    if isinstance(working.answers[connection.target], str) or connection.target in working.collapsed:
        return (None, None, None)
    tries = working.tries.get(connection.id) or tries_of(working, connection)
    return (tries.too_late, tries.expected, tries.gives_up)


def _regime(working: Working, connection: Connection, amplified: Mapping[str, int]) -> Regime | None:
    name = connection.target
    full = working.full[name]
    if connection.tries == 1 or full.capacity is None or full.peak is None or name in working.basis.down:
        return None
    if working.is_overloaded(name):
        return "collapsed"
    storm = full.peak
    for call in working.basis.design.callers_of[name]:
        rate, expected = working.rate_over(call.id), working.tries.get(call.id, ONCE).expected
        storm += rate / expected * _most_tries(call, amplified) - rate
    return "safe" if storm < full.capacity else "metastable"


def _most_tries(call: Connection, amplified: Mapping[str, int]) -> float:
    """Tries of one call when everything fails, those of the layers above included."""
    above = amplified.get(call.id, 1) / call.tries
    if call.circuit_breaker:
        return above
    budget = known(call.retry_budget)
    return above * (call.tries if budget is None else min(call.tries, 1.0 + budget))


def _reasons(
    working: Working, connection: Connection, budget: CallBudget, below: float | str, unknown: MutableMapping[str, str]
) -> None:
    path = f"call_budgets.{connection.id}"
    no_timeout = f"timeout of {connection.id} is not given"
    reasons: dict[str, str] = {}
    if budget.deadline_ms is None:
        reasons["deadline_ms"] = f"{no_timeout}, nor that of any call that leads to it"
    if budget.worst_case_ms is None:
        reasons["worst_case_ms"] = no_timeout
    if isinstance(below, str):
        reasons["below_ms"] = below
    if budget.too_late is None:
        answer = working.answers[connection.target]
        why = answer if isinstance(answer, str) else working.collapsed.get(connection.target, "")
        reasons.update(dict.fromkeys(("too_late", "expected_attempts", "gives_up"), why))
    unknown.update({f"{path}.{name}": reason for name, reason in reasons.items()})


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000
