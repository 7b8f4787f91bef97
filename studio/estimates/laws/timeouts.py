"""Calls that are given up or fail and are tried again: what timeouts, errors and retries do to a time."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from studio.estimates.laws.composition import Time
from studio.estimates.laws.distributions import percentile_of_tail
from studio.estimates.laws.inversion import tail_and_density
from studio.estimates.laws.law import Fixed
from studio.estimates.laws.one_try import OneTry, one_try

_MOST_RETRIES = 100
_NEVER = 1e-9
"""A chance that changes nothing."""
_MOST_WAYS = 40
"""Ways to fail whose tails are worked out one by one."""


def cut_off(
    part: Time,
    timeout: float,
    attempts: int,
    pause: Callable[[int], float],
    longest: float,
    errors: float = 0.0,
) -> Time:
    """A call that is given up after `timeout` seconds, or ends in an error, and is tried `attempts` times in all.

    ``timeout`` is infinite without one; ``errors`` is the chance that an answer in time is an error. ``pause`` gives
    the seconds before each retry (from 1), ``longest`` is what the call takes when every try is given up. The whole
    time is what the caller waits, whether it has an answer in the end or not. What cuts off and fails with less than
    a billionth changes nothing.
    """
    if part.variance <= 0 and part.mean > timeout:
        return Fixed(longest)
    one = one_try(part, timeout, errors)
    if one.late < _NEVER and (errors < _NEVER or attempts == 1):
        return part
    # Later tries than these are made too rarely, or too surely, to change the moments of a call.
    retries = min(attempts - 1, _MOST_RETRIES)
    return Tried(one, tuple(pause(retry) for retry in range(1, retries + 1)), longest)


@dataclass(frozen=True, eq=False, repr=False)
class Tried:
    """A call that is tried again, Tₙ = min(T, τ) + [late or error](pause + Tₙ₋₁).

    Its tail is the sum over how many tries came late and how many ended in an error: exact up to that of one try.
    """

    one: OneTry
    pauses: tuple[float, ...]
    """Seconds before each try but the first."""
    longest: float

    @property
    def ceiling(self) -> float:
        """Seconds nothing exceeds: infinite without a timeout."""
        return self.longest if self.one.timeout < math.inf else math.inf

    @cached_property
    def _moments(self) -> tuple[float, float]:
        one = self.one
        late_first, late_second = one.late * one.cut, one.late * one.cut**2
        every, every_square = one.first + late_first, one.second + late_second
        again, again_first = one.failing, one.error * one.first + late_first
        mean, second = every, every_square
        for wait in reversed(self.pauses):
            later, later_square = wait + mean, wait**2 + 2 * wait * mean + second
            mean, second = every + again * later, every_square + 2 * again_first * later + again * later_square
        return mean, second

    @property
    def mean(self) -> float:
        """Seconds."""
        return self._moments[0]

    @property
    def variance(self) -> float:
        """Seconds squared."""
        mean, second = self._moments
        return max(0.0, second - mean**2)

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """E e^(−sT) at each s, from the last try back to the first."""
        one = self.one
        in_time, too_late = one.in_time(points), one.too_late(points)
        failed = [one.error * answer + late for answer, late in zip(in_time, too_late, strict=True)]
        done = [answer + late for answer, late in zip(in_time, too_late, strict=True)]
        right = [(1.0 - one.error) * answer for answer in in_time]
        for wait in reversed(self.pauses):
            between = Fixed(wait).transforms(points)
            done = [
                fine + again * rest * later
                for fine, again, rest, later in zip(right, failed, between, done, strict=True)
            ]
        return done

    @cached_property
    def _ways(self) -> tuple[tuple[float, float, int], ...]:
        """Ways to end: chance, seconds of timeouts and pauses in it, and the answers that came in time."""
        return tuple(self._each_way())

    def _each_way(self) -> Iterator[tuple[float, float, int]]:
        one, waited, tries = self.one, 0.0, len(self.pauses) + 1
        for failures in range(tries + 1):
            if one.failing**failures < _NEVER:
                return
            for late in range(failures + 1):
                chance = math.comb(failures, late) * one.late**late * one.error ** (failures - late)
                answers, offset = failures - late, waited + (late * one.cut if late else 0.0)
                if failures == tries:
                    yield chance, offset, answers
                elif chance > 0:
                    yield chance * (1.0 - one.error), offset, answers + 1
            waited += self.pauses[failures] if failures < tries - 1 else 0.0

    def tail(self, t: float) -> float:
        """P(T > t)."""
        if t >= self.ceiling:
            return 0.0
        one = self.one
        if len(self._ways) > _MOST_WAYS:
            return min(1.0, max(0.0, tail_and_density(self.transforms, t)[0])) if t > 0 else 1.0
        found = math.fsum(
            chance * one.tail_of_answers(answers, t - offset) for chance, offset, answers in self._ways if chance > 0
        )
        return min(1.0, found)

    def percentile(self, probability: float) -> float:
        """Seconds within which the caller has an answer, or has given up."""
        if self.ceiling < math.inf and self.tail(self.ceiling * (1 - 1e-12)) >= 1.0 - probability:
            return self.ceiling
        return percentile_of_tail(self.tail, probability, max(self.mean, 1e-12))
