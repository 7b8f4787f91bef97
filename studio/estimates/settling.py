"""Where a design comes to rest: retries add load, load makes calls late, late calls are tried again.

From the healthy side: every call is tried once, then as often as its failures at that load ask for, until nothing
changes any more. A callee that its retries push beyond what it serves has no healthy state: it collapses. Source:
Bronson et al., «Metastable Failures in Distributed Systems», HotOS 2021.
"""

from collections.abc import Mapping

from studio.estimates.answering import ONCE, Tries
from studio.estimates.basis import Basis
from studio.estimates.formulas.retries import expected_attempts, gives_up_probability
from studio.estimates.load import load_of
from studio.estimates.numbers import Numbers, known
from studio.estimates.working import Working
from studio.model.connection import Connection
from studio.units import grouped

_MOST_ROUNDS = 500
_STILL = 1e-11
"""A change of a mean number of tries that counts as none."""


def worked_out(basis: Basis, numbers: Mapping[str, Numbers] | None = None) -> Working:
    """The inner state of the estimate of one design, at rest."""
    numbers = basis.numbers if numbers is None else numbers
    calm = Working(basis, numbers, load_of(basis))
    again = [c for c in basis.connections if may_be_repeated(basis, c)]
    return _settled(calm, again) if again else calm


def with_instances(working: Working, instances: Mapping[str, int]) -> Working:
    """The same design with other numbers of instances: for the question how many would do."""
    numbers = dict(working.numbers)
    for name, count in instances.items():
        numbers[name] = numbers[name]._replace(instances=count)
    if working.tries:
        return worked_out(working.basis, numbers)
    return Working(working.basis, numbers, working.load)


def at_load(working: Working, load: float) -> Working:
    """The same design, with the same numbers of instances, at another multiple of today's peak."""
    basis = working.basis.at_load(load)
    if working.tries:
        return worked_out(basis, working.numbers)
    return Working(basis, working.numbers, working.load)


def may_be_repeated(basis: Basis, connection: Connection) -> bool:
    """Whether a call may be sent more than once: tried again after a timeout or an error, or hedged."""
    if connection.target in basis.down or not connection.is_synchronous:
        return False
    fails = connection.timeout is not None or basis.may_err
    return (connection.tries > 1 and fails) or connection.hedge_after is not None


def _settled(calm: Working, again: list[Connection]) -> Working:
    collapsed: dict[str, str] = {}
    at_rest = calm
    for _ in range(_MOST_ROUNDS):
        tries: dict[str, Tries] = {c.id: ONCE if c.target in collapsed else tries_of(at_rest, c) for c in again}
        moved = max(abs(tries[c.id].expected - at_rest.tries.get(c.id, ONCE).expected) for c in again)
        attempts: dict[str, float] = {name: found.expected for name, found in tries.items()}
        load = load_of(calm.basis, attempts) if moved > _STILL else at_rest.load
        following = Working(calm.basis, calm.numbers, load, tries, collapsed)
        if moved <= _STILL:
            return following
        fallen = _fallen(calm, following, again)
        at_rest = following
        if fallen:
            collapsed = {**collapsed, **fallen}
            at_rest = Working(calm.basis, calm.numbers, calm.load, {}, collapsed)
    return at_rest


def _fallen(calm: Working, now: Working, again: list[Connection]) -> dict[str, str]:
    """Callees that carry the load of every call tried once, but not what their retries make of it."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(connection.target for connection in again):
        if name not in now.collapsed and now.is_overloaded(name) and not calm.is_overloaded(name):
            found[name] = _collapse(name, calm)
    return found


def _collapse(name: str, calm: Working) -> str:
    full = calm.full[name]
    return (
        f"{name} collapses under retries: of {grouped(full.peak or 0.0)} requests/s so many are late that their "
        f"retries exceed the {grouped(full.capacity or 0.0)} it serves"
    )


def tries_of(working: Working, connection: Connection) -> Tries:
    """What becomes of a call at the load of ``working``.

    A callee that is overloaded without any retry, or whose time is unknown, is counted as if it answered in time:
    its own figures say what is wrong with it.
    """
    answer = working.answers[connection.target]
    hedge, timeout = known(connection.hedge_after), known(connection.timeout)
    if isinstance(answer, str):
        error = working.numbers[connection.target].error_ratio
        return _tries(connection, error, 0.0, 0.0)
    network = working.basis.network(connection)
    late = 0.0 if timeout is None else answer.tail(timeout - network)
    hedged = 0.0 if hedge is None else answer.tail(hedge - network)
    if hedge is not None and timeout is not None and hedge < timeout:
        late *= answer.tail(timeout - hedge - network)  # both tries are late
    return _tries(connection, answer.error, late, hedged)


def _tries(connection: Connection, error: float, late: float, hedged: float) -> Tries:
    failing = 1.0 - (1.0 - error) * (1.0 - late)
    tries, budget = connection.tries, known(connection.retry_budget)
    expected = expected_attempts(failing, tries, budget) * (1.0 + hedged)
    return Tries(failing, late, expected, gives_up_probability(failing, tries))
