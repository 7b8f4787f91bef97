"""Draws of the inputs: one for each sample, the same for the same input whatever else changes.

The draws of an input depend on its path and the number of samples alone (common random numbers), so a what-if, or the
same design with another input more, differs by what changed and not by chance. Each input is drawn once from the
middle of every one of as many equally likely strata as there are samples, in an order of its own (latin hypercube:
McKay, Beckman and Conover, Technometrics 21(2), 1979).
"""

import math
from functools import lru_cache
from hashlib import blake2b
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from studio.estimates.ranges.values import Array, Value
from studio.units import Interval, Quantity

_NINETY = 2 * NormalDist().inv_cdf(0.95)
"""Standard deviations between the ends of a 90 % interval: 3.2897."""
_LARGEST = 1e24
"""No input is taken larger, as in the engine."""
_ORDERS = 32
_SEED = 20_260_101


def strata(path: str, samples: int) -> NDArray[np.intp]:
    """The stratum of each sample, from 0: a permutation that depends on nothing but ``path`` and ``samples``.

    Two of a set of random permutations, one after the other, each begun at a place of its own: as mixed as a fresh
    shuffle, at a fraction of its time.
    """
    digest = int.from_bytes(blake2b(path.encode(), digest_size=16).digest(), "big")
    digest, first = divmod(digest, _ORDERS)
    digest, second = divmod(digest, _ORDERS)
    digest, start = divmod(digest, samples)
    shift = digest % samples
    orders = _orders(samples)
    found: NDArray[np.intp] = orders[first][orders[second][start : start + samples] + shift]
    return found


@lru_cache(maxsize=4)
def _orders(samples: int) -> tuple[NDArray[np.intp], ...]:
    """Random permutations, each written twice in a row."""
    generator = np.random.Generator(np.random.PCG64(_SEED))
    return tuple(np.tile(generator.permutation(samples), 2) for _ in range(_ORDERS))


@lru_cache(maxsize=4)
def _deviates(samples: int) -> Array:
    """The standard normal deviate in the middle of each stratum."""
    normal = NormalDist()
    return np.array([normal.inv_cdf((i + 0.5) / samples) for i in range(samples)])


@lru_cache(maxsize=64)
def _sorted_draws(interval: Interval, samples: int) -> Array:
    """The draws of an interval, from the lowest stratum to the highest."""
    with np.errstate(over="ignore"):
        return np.minimum(quantiles(interval, _deviates(samples)), _LARGEST)


def quantiles(interval: Interval, deviates: Array) -> Array:
    """Where an interval's shape has the quantile of each standard normal deviate.

    Logit-normal for proportions inside (0, 1), log-normal when positive and at least twofold, else normal; never
    below zero, and a proportion never above one. The ends are the 5th and 95th percentile.
    """
    low, high = interval.low, interval.high
    if interval.proportion and low > 0 and high < 1:
        centre, width = _spread(math.log(low / (1 - low)), math.log(high / (1 - high)))
        return 1.0 / (1.0 + np.exp(-(centre + width * deviates)))
    if interval.is_log_normal:
        centre, width = _spread(math.log(low), math.log(high))
        return np.exp(centre + width * deviates)
    centre, width = _spread(low, high)
    return np.clip(centre + width * deviates, 0.0, 1.0 if interval.proportion else np.inf)


def _spread(low: float, high: float) -> tuple[float, float]:
    """Mean and standard deviation of the normal law with this 90 % interval."""
    return (low + high) / 2, (high - low) / _NINETY


def drawn(path: str, quantity: Quantity, samples: int) -> Value:
    """An input in every sample; what is no range is certain."""
    if not isinstance(quantity, Interval):
        return min(float(quantity), _LARGEST)
    if quantity.low == quantity.high:
        return quantity.low
    return _sorted_draws(quantity, samples)[strata(path, samples)]
