"""Calls given up or failing and tried again, in many samples: as `studio.estimates.laws.timeouts`.

What comes later than the timeout is a sum of exponentials: exactly so for a queue with exponential service, by the
mean of what is cut off for any other law.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from studio.estimates.ranges.incomplete_gamma import normal_tail
from studio.estimates.ranges.percentiles import tail_and_density
from studio.estimates.ranges.times import Complexes, Tail, Time, column, fixed, gamma_match
from studio.estimates.ranges.values import Array, Value, varies

_NEVER = 1e-9
_RARELY = 1e-6
_MOST_RETRIES = 100


class _OneTry(NamedTuple):
    """A call of which some come too late."""

    part: Time
    timeout: Value
    error: float
    late: Value
    """The chance to be too late."""
    beyond: tuple[tuple[Value, Value], ...]
    """What comes too late, counted from the timeout: pairs of mass and rate."""

    @property
    def moments(self) -> tuple[Value, Value]:
        """E[T; in time] and E[T²; in time]."""
        part, timeout = self.part, self.timeout
        first, second = part.mean, part.variance + part.mean**2
        for mass, rate in self.beyond:
            first = first - mass * (timeout + 1 / rate)
            second = second - mass * (timeout**2 + 2 * timeout / rate + 2 / rate**2)
        return np.maximum(first, 0.0), np.maximum(second, 0.0)


def cut_off(part: Time, timeout: Value, pauses: Sequence[float], longest: Value, error: float = 0.0) -> Time:
    """A call given up after ``timeout`` seconds, or that ends in an error, and is tried again after each pause.

    ``timeout`` is infinite without one, ``longest`` what it takes when every try is given up. What fails with less
    than a billionth changes nothing.
    """
    if not varies(part.variance) and part.variance == 0.0 and error < _NEVER:
        return _fixed_cut_off(part, timeout, longest)
    is_endless = not varies(timeout) and timeout == np.inf
    one = _OneTry(part, 0.0, error, 0.0, ()) if is_endless else _one_try(part, timeout, error)
    is_sure = error < _NEVER or not pauses
    if bool(np.max(one.late) < _NEVER) and is_sure:
        return part
    if part.transform is None and bool(np.max(one.late) < _RARELY) and is_sure:
        return part
    mean, variance = _moments(one, pauses)
    shape, scale = gamma_match(mean - part.least, variance)
    found = Time(mean, variance, 2 * shape * scale**3, np.minimum(part.least, timeout), longest, part.late)
    if part.transform is None:
        return found
    return _exactly(found, one, pauses)


def _fixed_cut_off(part: Time, timeout: Value, longest: Value) -> Time:
    if not varies(part.mean) and not varies(timeout):
        return part if part.mean <= timeout else fixed(longest)
    return fixed(np.where(part.mean <= timeout, part.mean, longest))


def _one_try(part: Time, timeout: Value, error: float) -> _OneTry:
    if part.queue is not None:
        beyond = _exponentials(part.queue, np.maximum(timeout - part.least, 0.0))
        late: Value = beyond[0][0] + beyond[1][0]
        return _OneTry(part, timeout, error, np.clip(late, 0.0, 1.0), beyond)
    late = _late(part, timeout)
    return _OneTry(part, timeout, error, late, ((late, _rate_beyond(part, timeout)),))


def _late(part: Time, timeout: Value) -> Value:
    """P(T > timeout): by inversion where the transform is known, else of the gamma match."""
    after = np.atleast_1d(np.asarray(timeout - part.least, dtype=float))
    if part.transform is None:
        return _gamma_tail(part, after)
    after = np.broadcast_to(after, np.broadcast_shapes(after.shape, np.shape(part.mean)))
    found = tail_and_density(part.transform, np.maximum(after, 1e-9 * part.mean))[0]
    found = np.where(_gamma_tail(part, after) < 1e-11, 0.0, np.clip(found, 0.0, 1.0))
    return np.where(after > 0, found, 1.0)


def _gamma_tail(part: Time, after: Array, more: float = 0.0) -> Array:
    """The tail of the part's gamma match with a shape greater by ``more``, by the cube-root normal law."""
    shape, scale = gamma_match(part.mean - part.least, part.variance)
    k, x = shape + more, np.maximum(after, 0.0) / scale
    return normal_tail(np.atleast_1d(3 * np.sqrt(k) * (np.cbrt(x / k) - 1 + 1 / (9 * k))))


def _rate_beyond(part: Time, timeout: Value) -> Value:
    """1 ÷ the mean time beyond the timeout of what comes later, of the gamma match."""
    random, after = part.mean - part.least, np.atleast_1d(np.asarray(timeout - part.least, dtype=float))
    late = _gamma_tail(part, after)
    excess = random * _gamma_tail(part, after, 1.0) / np.maximum(late, 1e-300) - after
    certain = np.maximum(part.mean - timeout, 1e-12 * part.mean)
    return 1.0 / np.where(after > 0, np.maximum(excess, 1e-3 * random), certain)


def _exponentials(queue: tuple[Value, Value, Value], after: Value) -> tuple[tuple[Value, Value], ...]:
    """What of a queue's time comes later than ``after`` seconds: two exponentials, exactly."""
    waiting, theta, mu = queue
    apart = np.where(np.abs(theta - mu) < 1e-6 * mu, mu * (1 + 1e-6), theta)
    theta = apart if apart.ndim else float(apart)
    late = waiting * mu / (mu - theta)
    return ((1.0 - late) * np.exp(-mu * after), mu), (late * np.exp(-theta * after), theta)


def _moments(one: _OneTry, pauses: Sequence[float]) -> tuple[Value, Value]:
    """Mean and variance of all tries together."""
    first, second = one.moments
    late_first, late_second = one.late * one.timeout, one.late * one.timeout**2
    every, every_square = first + late_first, second + late_second
    again, again_first = one.late + one.error * (1.0 - one.late), one.error * first + late_first
    mean, square = every, every_square
    for wait in reversed(pauses):
        later, later_square = wait + mean, wait**2 + 2 * wait * mean + square
        mean, square = every + again * later, every_square + 2 * again_first * later + again * later_square
    return mean, np.maximum(square - mean**2, 0.0)


def _exactly(found: Time, one: _OneTry, pauses: Sequence[float]) -> Time:
    """With its transform, from the last try back to the first, and its tail."""
    inner, least = one.part.transform, column(one.part.least)
    after, late = column(np.maximum(one.timeout - one.part.least, 0.0)), column(one.late)
    beyond = [(column(mass), column(rate)) for mass, rate in one.beyond]

    def transform(s: Complexes) -> Complexes:
        given_up = np.exp(-s * after)
        in_time = np.ones_like(s) if inner is None else inner(s)
        for mass, rate in beyond:
            in_time = in_time - given_up * (mass * rate / (rate + s))
        too_late = late * given_up
        done: Complexes = in_time + too_late
        failed, right = one.error * in_time + too_late, (1.0 - one.error) * in_time
        for wait in reversed(pauses):
            done = right + failed * np.exp(-s * (wait + least)) * done
        return done

    return found._replace(transform=transform, tail=_tail(one, pauses))


def _tail(one: _OneTry, pauses: Sequence[float]) -> Tail | None:
    """P(T > t) where only the first two tries matter; None where the gamma match must do."""
    first = one.part.tail
    if first is None or one.error > _NEVER:
        return None
    timeout, late = column(one.timeout), column(one.late)

    def tail(t: Array) -> Array:
        again = late * first(np.maximum(t - timeout - pauses[0], 0.0)) if pauses else 0.0
        found: Array = np.where(t < timeout, first(t), again)
        return found

    return tail
