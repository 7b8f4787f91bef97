"""Times put together: one after the other, at once, by chance, cut off by a timeout.

Means add. Percentiles never do: a whole is a tree of parts, each with mean, variance and Laplace transform; the
slowest of several has that of its tabulated tail, a call that is cut off that of the gamma law with its mean and
variance. Parts are independent of each other.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from studio.estimates.distributions import Gamma, gamma_match
from studio.estimates.inversion import percentile_of_transform
from studio.estimates.waiting import Fixed, Law

# Below this squared coefficient of variation a sum is so even that its gamma match is as good as exact, and the
# Fourier series of the inversion would ring.
_EVEN = 0.02
_NOTHING = Fixed(0.0)


class Time(Protocol):
    """A time in seconds with the least anything below needs."""

    @property
    def mean(self) -> float:
        """Seconds."""

    @property
    def variance(self) -> float:
        """Seconds squared."""

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """E e^(−sT) at each s."""


@dataclass(frozen=True, eq=False, repr=False)
class InTurn:
    """Parts one after the other."""

    parts: tuple[Time, ...]

    @cached_property
    def mean(self) -> float:
        """Seconds."""
        return math.fsum(part.mean for part in self.parts)

    @cached_property
    def variance(self) -> float:
        """Seconds squared."""
        return math.fsum(part.variance for part in self.parts)

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """The product of the parts'."""
        values = self.parts[0].transforms(points)
        for part in self.parts[1:]:
            values = [value * more for value, more in zip(values, part.transforms(points), strict=True)]
        return values


@dataclass(frozen=True, eq=False, repr=False)
class Repeated:
    """The same part several times, one after the other."""

    part: Time
    times: int

    @property
    def mean(self) -> float:
        """Seconds."""
        return self.times * self.part.mean

    @property
    def variance(self) -> float:
        """Seconds squared."""
        return self.times * self.part.variance

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """A power of the part's."""
        return [value**self.times for value in self.part.transforms(points)]


@dataclass(frozen=True, eq=False, repr=False)
class Choice:
    """One of several parts, each with its chance; chances add up to 1. A cache: hit or miss."""

    branches: tuple[tuple[float, Time], ...]

    @cached_property
    def mean(self) -> float:
        """Seconds."""
        return math.fsum(chance * part.mean for chance, part in self.branches)

    @cached_property
    def variance(self) -> float:
        """Seconds squared."""
        square = math.fsum(chance * (part.variance + part.mean**2) for chance, part in self.branches)
        return max(0.0, square - self.mean**2)

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """The weighted sum of the branches'."""
        values = [0.0 + 0.0j] * len(points)
        for chance, part in self.branches:
            if part == _NOTHING:
                values = [value + chance for value in values]
            else:
                more = part.transforms(points)
                values = [value + chance * one for value, one in zip(values, more, strict=True)]
        return values


@dataclass(frozen=True, eq=False, repr=False)
class Matched:
    """A time of which only mean and variance are known: the gamma law that has them, never beyond `ceiling`."""

    mean: float
    variance: float
    ceiling: float = math.inf

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """Of the gamma law."""
        if self.variance <= 0:
            return Fixed(self.mean).transforms(points)
        return gamma_match(self.mean, self.variance).transforms(points)


def in_turn(parts: Sequence[Time]) -> Time:
    """Parts one after the other, nested ones opened up and fixed times joined."""
    flat: list[Time] = []
    fixed = 0.0
    for part in parts:
        for inner in part.parts if isinstance(part, InTurn) else (part,):
            if isinstance(inner, Fixed):
                fixed += inner.seconds
            else:
                flat.append(inner)
    if fixed or not flat:
        flat.insert(0, Fixed(fixed))
    return flat[0] if len(flat) == 1 else InTurn(tuple(flat))


def by_chance(chance: float, part: Time) -> Time:
    """The part with a chance, else no time at all."""
    return part if chance >= 1 else Choice(((chance, part), (1.0 - chance, Fixed(0.0))))


def percentile(whole: Time, probability: float) -> float:
    """Seconds within which a share ``probability`` in (0, 1) of requests is answered.

    Exact for one queue with fixed times around it; by inversion of the transform for the rest.
    """
    simple = single_law(whole)
    if simple is not None:
        return simple[0] + simple[1].percentile(probability)
    match = gamma_of(whole)
    if match is None:
        return whole.mean
    if isinstance(whole, InTurn) and isinstance(whole.parts[0], Fixed):
        return whole.parts[0].seconds + percentile(in_turn(whole.parts[1:]), probability)
    guess, ceiling = max(match.percentile(probability), 1e-6 * whole.mean), ceiling_of(whole)
    if match.variance / match.mean**2 < _EVEN or isinstance(whole, Matched):
        return min(ceiling, guess)
    return min(ceiling, percentile_of_transform(whole.transforms, probability, guess))


def gamma_of(part: Time) -> Gamma | None:
    """The gamma law, moved by what every request takes at least, with the part's mean and variance; None when fixed."""
    shift = fixed_part(part)
    if part.variance <= 0 or part.mean <= shift:
        return None
    return gamma_match(part.mean - shift, part.variance, shift)


def single_law(whole: Time) -> tuple[float, Law] | None:
    """The fixed seconds and the one random law a time consists of; None when there are several."""
    if isinstance(whole, Choice | Matched | Repeated):
        return None
    if not isinstance(whole, InTurn):
        return (0.0, whole)  # type: ignore[return-value] # what is no composition is a law
    fixed, law = 0.0, None
    for part in whole.parts:
        inner = single_law(part)
        if inner is None:
            return None
        fixed += inner[0]
        if isinstance(inner[1], Fixed):
            fixed += inner[1].seconds
        elif law is None:
            law = inner[1]
        else:
            return None
    return (fixed, law or Fixed(0.0))


def fixed_part(whole: Time) -> float:
    """Seconds that every request takes at least: the fixed times it consists of."""
    if isinstance(whole, Fixed):
        return whole.seconds
    if isinstance(whole, InTurn):
        return math.fsum(fixed_part(part) for part in whole.parts)
    if isinstance(whole, Repeated):
        return whole.times * fixed_part(whole.part)
    if isinstance(whole, Choice):
        return min(fixed_part(part) for _, part in whole.branches)
    return 0.0


def ceiling_of(whole: Time) -> float:
    """Seconds nothing exceeds, thanks to timeouts; infinite without."""
    if isinstance(whole, Fixed):
        return whole.seconds
    if isinstance(whole, Matched):
        return whole.ceiling
    if isinstance(whole, InTurn):
        return math.fsum(ceiling_of(part) for part in whole.parts)
    if isinstance(whole, Repeated):
        return whole.times * ceiling_of(whole.part)
    if isinstance(whole, Choice):
        return max(ceiling_of(part) for _, part in whole.branches)
    return math.inf
