"""One try of a call: answered in time, too late, or with an error; its chances, moments and transforms.

Beyond the timeout the time is a sum of exponentials: exactly so for the queue with exponential service, by the mean
of what is cut off for any other law.
"""

import cmath
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.estimates.laws.composition import EVEN_SHAPE, Time, gamma_of, single_law
from studio.estimates.laws.distributions import Gamma, gamma_upper
from studio.estimates.laws.general_service import GeneralSojourn
from studio.estimates.laws.inversion import tail_and_density
from studio.estimates.laws.law import Fixed, Law
from studio.estimates.laws.quadrature import GAUSS
from studio.estimates.laws.queueing import Sojourn

_PANELS = 8
_NEVER = 1e-9
# What the gamma match puts at less than this beyond a timeout is never cut off.
_FAR_OUT = 1e-11

Exponentials = tuple[tuple[float, float], ...]
"""Pairs (mass, rate)."""


@dataclass(frozen=True, eq=False, repr=False)
class OneTry:
    """A call of which some are cut off; chances, and moments of the times in time."""

    part: Time
    tail: Callable[[float], float]
    timeout: float
    """Seconds; infinite without one."""
    late: float
    error: float
    """The chance that an answer in time is an error."""
    beyond: Exponentials
    """What comes too late, counted from the timeout."""
    first: float
    """E[T; in time], seconds."""
    second: float
    """E[T²; in time], seconds squared."""

    @property
    def cut(self) -> float:
        """The timeout where there is one; else 0, which nothing waits for."""
        return self.timeout if self.timeout < math.inf else 0.0

    @property
    def failing(self) -> float:
        """The chance that the try is too late or ends in an error."""
        return self.late + self.error * (1.0 - self.late)

    def in_time(self, points: Sequence[complex]) -> list[complex]:
        """E[e^(−sT); in time] at each s."""
        values = self.part.transforms(points)
        if not self.late:
            return values
        beyond, timeout = self.beyond, self.timeout
        return [
            value - cmath.exp(-s * timeout) * sum(mass * rate / (rate + s) for mass, rate in beyond)
            for s, value in zip(points, values, strict=True)
        ]

    def too_late(self, points: Sequence[complex]) -> list[complex]:
        """E[e^(−sτ); too late] at each s."""
        if not self.late:
            return [0.0 + 0.0j] * len(points)
        return [self.late * value for value in Fixed(self.timeout).transforms(points)]

    def tail_of_answers(self, answers: int, t: float) -> float:
        """P(so many answers, one after the other, take longer than t seconds, and each comes in time)."""
        mass = (1.0 - self.late) ** answers
        if mass < _NEVER:
            return 0.0
        if t < 0 or not answers:
            return mass if t < 0 else 0.0
        if answers == 1:
            return max(0.0, self.tail(t) - self.late) if t < self.timeout else 0.0
        if t <= 0 or t >= answers * self.timeout:
            return mass if t <= 0 else 0.0

        def together(points: Sequence[complex]) -> list[complex]:
            return [value**answers / mass for value in self.in_time(points)]

        return mass * min(1.0, max(0.0, tail_and_density(together, t)[0]))


def one_try(part: Time, timeout: float, error: float) -> OneTry:
    """One try of a call that takes `part`, cut off after ``timeout`` seconds (infinite: never)."""
    tail = exact_tail(part)
    square = part.variance + part.mean**2
    if timeout == math.inf or part.variance <= 0:
        return OneTry(part, tail, timeout, 0.0, error, (), part.mean, square)
    simple, match = single_law(part), gamma_of(part)
    if match is None or match.tail(timeout) < _FAR_OUT:
        return OneTry(part, tail, timeout, 0.0, error, (), part.mean, square)
    late = tail(timeout)
    if simple is not None and isinstance(simple[1], Sojourn) and timeout > simple[0]:
        beyond = _exponentials(simple[1], timeout - simple[0])
    elif simple is not None and simple[0] < timeout:
        return _integrated(OneTry(part, tail, timeout, late, error, (), 0.0, 0.0), *simple)
    else:
        beyond = ((late, _rate_beyond(match, timeout)),)
    first = part.mean - math.fsum(mass * (timeout + 1 / rate) for mass, rate in beyond)
    second = square - math.fsum(mass * (timeout**2 + 2 * timeout / rate + 2 / rate**2) for mass, rate in beyond)
    return OneTry(part, tail, timeout, late, error, beyond, max(0.0, first), max(0.0, second))


def exact_tail(part: Time) -> Callable[[float], float]:
    """P(T > t) of a part as a function of t in seconds: its law's where it is one, else by inversion."""
    simple = single_law(part)
    if simple is not None:
        shift, law = simple
        return law.tail if not shift else lambda t: law.tail(t - shift)
    match = gamma_of(part)
    if match is None:
        return Fixed(part.mean).tail
    if match.shape > EVEN_SHAPE:
        return match.tail
    return lambda t: min(1.0, max(0.0, tail_and_density(part.transforms, t)[0])) if t > 0 else 1.0


def _exponentials(law: Sojourn, after: float) -> Exponentials:
    """What of a queue's time comes later than ``after`` seconds: two exponentials, exactly."""
    waiting, theta, mu = law
    if abs(theta - mu) < 1e-6 * mu:
        theta = mu * (1 + 1e-6)  # the two forms meet here; the difference is a millionth
    late = waiting * mu / (mu - theta)
    found = ((1.0 - late) * math.exp(-mu * after), mu), (late * math.exp(-theta * after), theta)
    return tuple((mass, rate) for mass, rate in found if mass)


def _rate_beyond(match: Gamma, timeout: float) -> float:
    """1 ÷ the mean time beyond the timeout of what comes later, of a gamma law."""
    if timeout <= match.shift:
        return 1.0 / max(match.mean - timeout, 1e-12 * match.mean)
    x = (timeout - match.shift) / match.scale
    late, mean = gamma_upper(match.shape, x), match.shape * match.scale
    excess = mean * gamma_upper(match.shape + 1, x) / late - (timeout - match.shift) if late > 0 else 0.0
    return 1.0 / max(excess, 1e-9 * mean)


def _integrated(one: OneTry, shift: float, law: Law) -> OneTry:
    """The moments in time by integrals over the tail, E[T; in time] = ∫ tail − τ·late, and the mean of the rest."""
    part, timeout, late = one.part, one.timeout, one.late
    total, moment = shift, shift**2 / 2
    edges = sorted({shift, timeout, *(edge for edge in _edges(shift, law) if shift < edge < timeout)})
    for low, high in pairwise(edges):
        half = (high - low) / 2 / _PANELS
        for panel in range(_PANELS):
            middle = low + (2 * panel + 1) * half
            for node, weight in GAUSS:
                t = middle + half * node
                share = weight * half * one.tail(t)
                total += share
                moment += t * share
    excess = max(part.mean - total, 1e-12 * part.mean)
    first, second = total - timeout * late, 2 * moment - timeout**2 * late
    return replace(one, beyond=((late, late / excess),) if late else (), first=first, second=second)


def _edges(shift: float, law: Law) -> tuple[float, ...]:
    """Where a tail bends sharply, as around a service that hardly varies, or has done most of its fall."""
    edge = shift + 2 * law.mean
    if not isinstance(law, GeneralSojourn):
        return (edge,)
    width = 4 * math.sqrt(law.service_variation)
    middle = shift + law.service_time
    return (middle - width * law.service_time, middle, middle + width * law.service_time, edge)
