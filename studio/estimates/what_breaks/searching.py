"""Where a measure of load crosses one, for what does not grow in proportion."""

import math
from collections.abc import Callable
from functools import cache

MOST = 100.0
"""The multiple of today's peak at which the ladder ends."""
CALM = 1e-3
"""The multiple of today's peak at which nothing waits for users' load."""
_STEPS = 40
_NEAR = 1e-6
_ZERO = 1e-5
"""A measure this close to 0 has crossed it."""
_EDGE = 1e-9


def last_within(measure: Callable[[float], float], low: float, high: float) -> float:
    """The last multiple in [low, high] at which a rising measure stays below 0; infinite when all do.

    To a hundred-thousandth, from below. Regula falsi with the Illinois rule on the logarithm of the load; a measure
    that is infinite halves the interval. ``low`` itself when the measure is not below 0 there.
    """
    at_high = measure(high)
    if at_high < 0:
        return math.inf
    at_low = measure(low)
    if at_low >= 0:
        return low
    a, b, side = math.log(low), math.log(high), 0
    for _ in range(_STEPS):
        if b - a <= _NEAR:
            break
        middle = (a * at_high - b * at_low) / (at_high - at_low) if math.isfinite(at_high) else (a + b) / 2
        middle = min(max(middle, a + 0.4 * _NEAR), b - 0.4 * _NEAR)
        found = measure(math.exp(middle))
        if abs(found) < _ZERO:
            return max(low, math.exp(middle - _ZERO))
        if found < 0:
            a, at_low = middle, found
            at_high = at_high / 2 if side == -1 else at_high
            side = -1
        else:
            b, at_high = middle, found
            at_low = at_low / 2 if side == 1 else at_low
            side = 1
    return math.exp(a)


def first_over(measure: Callable[[float], float], limit: float, since: float = 0.0, until: float = math.inf) -> float:
    """The multiple from which a rising measure is no longer below 0; ``until`` when that is not before.

    0 when it is not even without load; infinite when it never is within the ladder, or is unknown at any load.
    ``limit`` where it has no end from there on, because something it waits for is full. It is below 0 before ``since``.
    """
    measure = cache(measure)
    low = max(since, CALM)
    if since <= CALM and (calm := measure(CALM)) >= 0:
        return math.inf if math.isinf(calm) else 0.0
    if limit <= low:
        return limit
    high = min(limit * (1.0 - _EDGE), MOST * (1.0 + _EDGE), until)
    found = last_within(measure, low, high) if high > low else math.inf
    if math.isfinite(found):
        return found
    return min(until, limit) if min(until, limit) <= MOST else math.inf


def smallest(is_enough: Callable[[int], bool], least: int, most: int) -> int | None:
    """The smallest whole number in [least, most] that is enough, by doubling steps and halving; None when none is."""
    low, step = least - 1, 1
    while True:
        high = min(low + step, most)
        if is_enough(high):
            break
        if high == most:
            return None
        low, step = high, step * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def highest(measure: Callable[[float], float], low: float, high: float, evaluations: int = 14) -> float:
    """The highest value of a measure with one peak in [low, high], by golden sections; never above the true one."""
    golden = (math.sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = measure(left), measure(right)
    best = max(at_left, at_right)
    for _ in range(evaluations):
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - golden * (high - low)
            at_left = measure(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + golden * (high - low)
            at_right = measure(right)
        best = max(best, at_left, at_right)
    return best


def smallest_multiple(is_over: Callable[[float], bool], most: float) -> float:
    """The last multiple before something is over, by halving to a millionth; infinite when it is not at ``most``.

    0 when it is over at any load.
    """
    if not is_over(most):
        return math.inf
    if is_over(CALM):
        return 0.0
    low, high = math.log(CALM), math.log(most)
    while high - low > _NEAR:
        middle = (low + high) / 2
        low, high = (low, middle) if is_over(math.exp(middle)) else (middle, high)
    return math.exp(low)
