"""Calls at once: the slowest decides.

The maximum of independent times has the product of their distribution functions; its transform comes from its tail,
tabulated once.
"""

import cmath
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from studio.estimates.composition import Choice, Repeated, Time, by_chance, gamma_of, in_turn, single_law
from studio.estimates.distributions import mixture_tail, percentile_of_tail
from studio.estimates.waiting import Fixed

_PANELS = 48
# Five-point Gauss–Legendre nodes and weights on [−1, 1] (Abramowitz and Stegun, table 25.4).
_GAUSS = (
    (-0.9061798459386640, 0.2369268850561891),
    (-0.5384693101056831, 0.4786286704993665),
    (0.0, 0.5688888888888889),
    (0.5384693101056831, 0.4786286704993665),
    (0.9061798459386640, 0.2369268850561891),
)


def calls(part: Time, number: float, *, at_once: bool) -> Time:
    """`number` calls: the whole ones in turn or at once, a fraction as the chance of one more."""
    whole = math.floor(number + 1e-9)
    rest = max(0.0, number - whole)
    parts: list[Time] = [] if rest <= 1e-9 else [by_chance(rest, part)]
    if at_once and number > 1:
        return slowest([(part, whole), *((more, 1) for more in parts)])
    if whole == 1:
        parts.insert(0, part)
    elif whole:
        parts.insert(0, Repeated(part, whole))
    return in_turn(parts)


def slowest(parts: Sequence[tuple[Time, int]]) -> Time:
    """All parts are waited for at once, each so many times. Independent: F = Π Fᵢ; Dean and Barroso 2013."""
    if len(parts) == 1 and parts[0][1] == 1:
        return parts[0][0]
    if all(part.variance <= 0 for part, _ in parts):
        return Fixed(max(part.mean for part, _ in parts))
    return Slowest(tuple((tail_of(part), times) for part, times in parts), max(part.mean for part, _ in parts))


@dataclass(frozen=True, eq=False, repr=False)
class Slowest:
    """The maximum of independent parts, each given by its tail and how many of it there are."""

    tails: tuple[tuple[Callable[[float], float], int], ...]
    start: float
    """A guess of the right size, in seconds."""

    def tail(self, t: float) -> float:
        """P(T > t): 1 − Π(1 − tail)ⁿ."""
        logs = 0.0
        for tail, times in self.tails:
            late = tail(t)
            if late >= 1:
                return 1.0
            logs += times * math.log1p(-late)
        return -math.expm1(logs)

    def percentile(self, probability: float) -> float:
        """Seconds within which a share ``probability`` is answered."""
        return percentile_of_tail(self.tail, probability, self.start)

    @cached_property
    def _table(self) -> tuple[tuple[float, float], ...]:
        """Points t and weighted tails, for integrals over the tail."""
        half = percentile_of_tail(self.tail, 1 - 1e-8, self.start) / _PANELS / 2
        points = [
            ((2 * panel + 1) * half + half * node, weight * half) for panel in range(_PANELS) for node, weight in _GAUSS
        ]
        return tuple((t, weight * self.tail(t)) for t, weight in points)

    @cached_property
    def mean(self) -> float:
        """Seconds: ∫ tail."""
        return math.fsum(late for _, late in self._table)

    @cached_property
    def variance(self) -> float:
        """Seconds squared: ∫ 2t·tail − mean²."""
        return max(0.0, 2 * math.fsum(t * late for t, late in self._table) - self.mean**2)

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """1 − s ∫ e^(−st)·tail at each s."""
        return [1.0 - s * sum(late * cmath.exp(-s * t) for t, late in self._table) for s in points]


def tail_of(part: Time) -> Callable[[float], float]:
    """P(T > t) of a part, as a function of t in seconds: its own where it has one, else its gamma match's."""
    simple = single_law(part)
    if simple is not None:
        shift, law = simple
        return law.tail if not shift else lambda t: law.tail(t - shift)
    if isinstance(part, Choice):
        branches = [(chance, tail_of(branch)) for chance, branch in part.branches]
        return lambda t: mixture_tail(branches, t)
    match = gamma_of(part)
    return Fixed(part.mean).tail if match is None else match.tail
