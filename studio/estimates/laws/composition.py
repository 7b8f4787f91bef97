"""Times put together: one after the other, by chance, several times.

Means add. Percentiles never do: a whole is a tree of parts, each with mean, variance and Laplace transform; the
slowest of several has that of its tabulated tail, a call that is cut off and tried again that of its tries. Parts are
independent of each other.

What every request takes at least, what none exceeds and the chance of no time at all are worked out as a tree is
built, for they are asked for at every level of it.
"""

import math
from collections.abc import Sequence
from typing import Protocol

from studio.estimates.laws.distributions import Gamma, gamma_match
from studio.estimates.laws.inversion import percentile_of_transform
from studio.estimates.laws.law import Fixed, Law
from studio.estimates.laws.queueing import Sojourn

# A sum whose gamma match has a greater shape, mean² ÷ variance, is so even that the match is as good as exact, and the
# Fourier series of the inversion would ring.
EVEN_SHAPE = 50.0
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


class InTurn:
    """Parts one after the other."""

    __slots__ = ("ceiling", "idle", "mean", "parts", "shift", "variance")

    def __init__(self, parts: tuple[Time, ...]) -> None:
        self.parts = parts
        mean = variance = shift = ceiling = 0.0
        idle = 1.0
        for part in parts:
            mean += part.mean
            variance += part.variance
            shift += fixed_part(part)
            ceiling += ceiling_of(part)
            idle *= no_time(part)
        self.mean, self.variance, self.shift, self.ceiling, self.idle = mean, variance, shift, ceiling, idle

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """The product of the parts'."""
        values = self.parts[0].transforms(points)
        for part in self.parts[1:]:
            if isinstance(part, Sojourn):
                values = part.multiplied(values, points)
            else:
                values = [value * more for value, more in zip(values, part.transforms(points), strict=True)]
        return values


class Repeated:
    """The same part several times, one after the other."""

    __slots__ = ("ceiling", "idle", "mean", "part", "shift", "times", "variance")

    def __init__(self, part: Time, times: int) -> None:
        self.part, self.times = part, times
        self.mean, self.variance = times * part.mean, times * part.variance
        self.shift, self.ceiling = times * fixed_part(part), times * ceiling_of(part)
        self.idle = no_time(part) ** times

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """A power of the part's."""
        return [value**self.times for value in self.part.transforms(points)]


class Choice:
    """One of several parts, each with its chance; chances add up to 1. A cache: hit or miss."""

    __slots__ = ("at_once", "branches", "ceiling", "idle", "mean", "shift", "taken", "variance")

    def __init__(self, branches: tuple[tuple[float, Time], ...]) -> None:
        self.branches = branches
        mean = square = ceiling = idle = 0.0
        shift = math.inf
        for chance, part in branches:
            middle = part.mean
            mean += chance * middle
            square += chance * (part.variance + middle * middle)
            shift = min(shift, fixed_part(part))
            ceiling = max(ceiling, ceiling_of(part))
            idle += chance * no_time(part)
        self.mean, self.variance = mean, max(0.0, square - mean * mean)
        self.shift, self.ceiling, self.idle = shift, ceiling, idle
        self.at_once = math.fsum(chance for chance, part in branches if part == _NOTHING)
        self.taken = [(chance, part) for chance, part in branches if part != _NOTHING]

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """The weighted sum of the branches'."""
        at_once = self.at_once
        if not self.taken:
            return [complex(at_once)] * len(points)
        (chance, part), *others = self.taken
        values = [at_once + chance * value for value in part.transforms(points)]
        for chance, part in others:
            values = [value + chance * one for value, one in zip(values, part.transforms(points), strict=True)]
        return values


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
    if isinstance(whole, InTurn) and isinstance(whole.parts[0], Fixed):
        return whole.parts[0].seconds + percentile(in_turn(whole.parts[1:]), probability)
    match = gamma_of(whole)
    if match is None:
        return whole.mean
    if no_time(whole) >= probability:
        return 0.0
    ceiling = ceiling_of(whole)
    if match.shape > EVEN_SHAPE:
        return min(ceiling, match.percentile(probability))
    start = max(match.near(probability), 1e-3 * whole.mean)
    return min(ceiling, percentile_of_transform(whole.transforms, probability, start))


def gamma_of(part: Time) -> Gamma | None:
    """The gamma law, moved by what every request takes at least, with the part's mean and variance; None when fixed."""
    shift, mean, variance = fixed_part(part), part.mean, part.variance
    if variance <= 0 or mean <= shift:
        return None
    return gamma_match(mean - shift, variance, shift)


def single_law(whole: Time) -> tuple[float, Law] | None:
    """The fixed seconds and the one random law a time consists of; None when there are several."""
    if isinstance(whole, Choice | Repeated):
        return None
    if not isinstance(whole, InTurn):
        return (0.0, whole)  # type: ignore[return-value] # what is no composition is a law
    fixed, law = 0.0, None
    for part in whole.parts:
        inner = single_law(part)
        if inner is None or (law is not None and not isinstance(inner[1], Fixed)):
            return None
        fixed += inner[0]
        if isinstance(inner[1], Fixed):
            fixed += inner[1].seconds
        else:
            law = inner[1]
    return (fixed, law or Fixed(0.0))


def fixed_part(whole: Time) -> float:
    """Seconds that every request takes at least: the fixed times it consists of."""
    if isinstance(whole, InTurn | Choice | Repeated):
        return whole.shift
    return whole.seconds if isinstance(whole, Fixed) else 0.0


def ceiling_of(whole: Time) -> float:
    """Seconds nothing exceeds, thanks to timeouts; infinite without."""
    if isinstance(whole, Fixed):
        return whole.seconds
    ceiling: float = getattr(whole, "ceiling", math.inf)  # compositions and calls that are cut off have one
    return ceiling


def no_time(whole: Time) -> float:
    """The chance that it takes no time at all."""
    if isinstance(whole, InTurn | Choice | Repeated):
        return whole.idle
    return 1.0 if isinstance(whole, Fixed) and not whole.seconds else 0.0
