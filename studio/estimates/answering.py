"""How long and how surely a component answers, the calls it makes included, over all requests that reach it.

A callee is visited as often as the load says. Moments add over visits; where nothing is called the law is exact, else
its tail is that of the gamma law with the same mean and variance. Errors of hard calls are errors of the answer.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from studio.estimates.basis import Basis
from studio.estimates.laws.distributions import gamma_match
from studio.estimates.laws.law import Law
from studio.estimates.load import Load
from studio.model.connection import Connection

_SURELY = 1 - 1e-9
"""Visits from which a call counts as always made: as a quotient of two rates, one is not always exactly one."""


class Visits(NamedTuple):
    """A synchronous call a component makes, and how many of it for each request it gets."""

    connection: Connection
    number: float


class Tries(NamedTuple):
    """What becomes of one call over a connection; shares of one."""

    failing: float
    """The chance that one try fails: too late, or an error."""
    too_late: float
    """The chance that one try is given up at its timeout."""
    expected: float
    """Mean number of tries, the first included; what hedging sends besides counts too."""
    gives_up: float
    """The chance that the call fails after all its tries."""

    @property
    def errors_in_time(self) -> float:
        """The chance that an answer that comes in time is an error."""
        return (self.failing - self.too_late) / (1.0 - self.too_late) if self.too_late < 1 else 0.0


ONCE = Tries(0.0, 0.0, 1.0, 0.0)
"""A call that is tried once and does not fail."""


class Answer(NamedTuple):
    """A component's answer, seconds and shares of one; `law` where it makes no calls of its own."""

    mean: float
    variance: float
    fixed: float
    """Seconds of network in it, which never vary."""
    error: float
    """The chance that it is an error."""
    law: Law | None

    def tail(self, t: float) -> float:
        """P(answer takes longer than t seconds)."""
        if self.law is not None:
            return self.law.tail(t)
        if self.variance <= 0 or self.mean <= self.fixed:
            return 1.0 if t < self.mean else 0.0
        return gamma_match(self.mean - self.fixed, self.variance, self.fixed).tail(t)


def visits_from(basis: Basis, load: Load, tries: Mapping[str, Tries], peak: float | None, name: str) -> list[Visits]:
    """The synchronous calls of a component for each request that reaches it, averaged over all its requests."""
    here = load.of_peak[name].total * (peak or 0.0) + load.generated[name].total
    found = []
    for connection in basis.synchronous_calls.get(name, ()):
        over = load.connection_of_peak[connection.id] * (peak or 0.0) + load.connection_generated[connection.id]
        first = over / tries.get(connection.id, ONCE).expected
        if here > 0 and first > 0:
            found.append(Visits(connection, first / here))
    return found


def answer(
    basis: Basis,
    law: Law | str,
    own_error: float,
    visits: Iterable[Visits],
    answers: Mapping[str, Answer | str],
    tries: Mapping[str, Tries],
) -> Answer | str:
    """The answer of one component, those of its callees given; or why its time is unknown."""
    if isinstance(law, str):
        return law
    mean, variance, fixed, works, leaf = law.mean, law.variance, 0.0, 1.0 - own_error, True
    for connection, number in visits:
        below = answers.get(connection.target, f"{connection.target} calls back")
        if isinstance(below, str):
            return below
        leaf = False
        network = basis.network(connection)
        one = network + below.mean
        mean += number * one
        variance += number * below.variance + max(0.0, 1.0 - number) * number * one * one
        fixed += network if number >= _SURELY else 0.0
        if connection.is_hard and not connection.has_fallback:
            gives_up = tries.get(connection.id, Tries(below.error, 0.0, 1.0, below.error)).gives_up
            works *= 1.0 - min(1.0, number * gives_up) if number < 1 else (1.0 - gives_up) ** number
    return Answer(mean, variance, fixed, 1.0 - works, law if leaf else None)


def time_held(basis: Basis, visits: Iterable[Visits], answers: Mapping[str, Answer | str]) -> float | str:
    """Seconds a worker waits for the calls of one request, or why that is unknown."""
    total = 0.0
    for connection, number in visits:
        below = answers.get(connection.target, f"a call of its own comes back over {connection.id}")
        if isinstance(below, str):
            return below
        total += number * (basis.network(connection) + below.mean)
    return total
