"""Calls that are given up and tried again: what a timeout does to a time."""

from collections.abc import Callable

from studio.estimates.composition import Matched, Time, gamma_of
from studio.estimates.distributions import gamma_lower
from studio.estimates.waiting import Fixed

_MOST_RETRIES = 100


def cut_off(part: Time, timeout: float, attempts: int, pause: Callable[[int], float], longest: float) -> Time:
    """A call that is given up after `timeout` seconds, then tried again after a pause, `attempts` times in all.

    First and second moment of Tₙ = min(T, τ) + [T > τ](pause + Tₙ₋₁), T by its gamma match. A timeout that cuts off
    less than a billionth changes nothing. ``pause`` gives the seconds before each retry (from 1), ``longest`` is what
    the call takes when every try is given up.
    """
    law = gamma_of(part)
    if law is None:
        return part if part.mean <= timeout else Fixed(longest)
    shift, random = law.shift, law.mean - law.shift
    late = law.tail(timeout)
    if late < 1e-9:
        return part
    x = (timeout - shift) / law.scale
    below = max(0.0, random * gamma_lower(law.shape + 1, x))
    below_square = law.shape * (law.shape + 1) * law.scale**2 * gamma_lower(law.shape + 2, x)
    in_time = 1 - late
    first = shift * in_time + below + timeout * late
    square = shift**2 * in_time + 2 * shift * below + below_square + timeout**2 * late
    mean, second = first, square
    # Later tries than these are made too rarely, or too surely, to change the moments of a call.
    for retry in range(min(attempts - 1, _MOST_RETRIES), 0, -1):
        wait = pause(retry)
        again, again_square = wait + mean, wait**2 + 2 * wait * mean + second
        mean, second = first + late * again, square + late * (2 * timeout * again + again_square)
    return Matched(mean, max(second - mean**2, 0.0), longest)
