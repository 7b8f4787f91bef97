"""Laws of time: the gamma law, mixtures, maxima and order statistics, and percentiles of any of them.

The regularised incomplete gamma function is computed by its series and its continued fraction (Abramowitz and
Stegun 6.5.29 and 6.5.31; Press et al., Numerical Recipes, 6.2); relative error about 1e-14.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

_TINY = 1e-300
# Shapes above this are so nearly normal that Wilson and Hilferty's cube root is good to a millionth.
_NARROW = 10_000.0


def gamma_lower(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function P(shape, x), in [0, 1]."""
    if x <= 0:
        return 0.0
    if shape > _NARROW:
        return 0.5 * math.erfc(-_wilson_hilferty(shape, x) / math.sqrt(2))
    return _series(shape, x) if x < shape + 1 else 1.0 - _fraction(shape, x)


def gamma_upper(shape: float, x: float) -> float:
    """The regularised upper incomplete gamma function Q(shape, x) = 1 − P, precise when it is small."""
    if x <= 0:
        return 1.0
    if shape > _NARROW:
        return 0.5 * math.erfc(_wilson_hilferty(shape, x) / math.sqrt(2))
    return 1.0 - _series(shape, x) if x < shape + 1 else _fraction(shape, x)


def gamma_cdf(t: float, shape: float, scale: float) -> float:
    """P(T ≤ t) of a gamma law with mean shape × scale."""
    return gamma_lower(shape, t / scale)


def gamma_percentile(probability: float, shape: float, scale: float) -> float:
    """The value a share ``probability`` in [0, 1) stays within; start by Wilson and Hilferty 1931, then a root."""
    if probability <= 0:
        return 0.0
    start = shape * max(1 - 1 / (9 * shape), 0.1) ** 3
    return scale * percentile_of_tail(lambda x: gamma_upper(shape, x), probability, start)


class Gamma(NamedTuple):
    """A gamma law moved right by ``shift``: the two-moment match of a sum. Seconds throughout."""

    shape: float
    scale: float
    shift: float = 0.0

    @property
    def mean(self) -> float:
        """Seconds."""
        return self.shift + self.shape * self.scale

    @property
    def variance(self) -> float:
        """Seconds squared."""
        return self.shape * self.scale**2

    def tail(self, t: float) -> float:
        """P(T > t)."""
        return gamma_upper(self.shape, (t - self.shift) / self.scale)

    def transforms(self, points: Sequence[complex]) -> list[complex]:
        """The Laplace transform E e^(−sT) at each s, without the shift."""
        return [(1.0 + s * self.scale) ** -self.shape for s in points]

    def percentile(self, probability: float) -> float:
        """Seconds within which a share ``probability`` in [0, 1) falls."""
        return self.shift + gamma_percentile(probability, self.shape, self.scale)


def gamma_match(mean: float, variance: float, shift: float = 0.0) -> Gamma:
    """The gamma law with this mean and variance (both of the part beyond ``shift``).

    The closed form for the percentile of a sum of independent times: 0 to 4 % low at p99 for sums of
    exponentials, where a log-normal match is 4 to 8 % high.
    """
    variance = max(variance, 1e-24 * mean * mean)  # narrower than floating point tells apart
    return Gamma(mean * mean / variance, variance / mean, shift)


def percentile_of_tail(tail: Callable[[float], float], probability: float, start: float) -> float:
    """The t ≥ 0 with tail(t) = 1 − probability, for a continuous tail that falls from 1 to 0.

    ``start`` is any positive guess of the right size. Bracketing, then the Illinois rule on ln tail; 1e-12 relative.
    """
    wanted = math.log1p(-probability)

    def surplus(t: float) -> float:
        return math.log(max(tail(t), _TINY)) - wanted

    low, high = 0.0, max(start, _TINY)
    above, below = -wanted, surplus(high)
    while below > 0:
        low, above, high = high, below, high * 2
        below = surplus(high)
    return _illinois(surplus, low, high, above, below)


def _illinois(surplus: Callable[[float], float], low: float, high: float, above: float, below: float) -> float:
    """The root between low (surplus ``above`` ≥ 0) and high (surplus ``below`` ≤ 0), by regula falsi."""
    side = 0
    for _ in range(200):
        if high - low <= 1e-12 * high or above == 0:
            break
        t = (low * below - high * above) / (below - above)
        if not low < t < high:
            t = 0.5 * (low + high)
        value = surplus(t)
        if value > 0:
            low, above = t, value
            below, side = (below / 2 if side > 0 else below), 1
        else:
            high, below = t, value
            above, side = (above / 2 if side < 0 else above), -1
        if abs(value) < 1e-13:
            return t
    return low if above == 0 else 0.5 * (low + high)


def mixture_tail(branches: Sequence[tuple[float, Callable[[float], float]]], t: float) -> float:
    """P(T > t) when each branch (share, tail) is taken with its share."""
    return math.fsum(share * tail(t) for share, tail in branches)


def mixture_percentile(
    branches: Sequence[tuple[float, Callable[[float], float]]], probability: float, start: float
) -> float:
    """The percentile of a choice between branches (share, tail): hits and misses of a cache."""
    return percentile_of_tail(lambda t: mixture_tail(branches, t), probability, start)


def maximum_tail(tails: Sequence[Callable[[float], float]], t: float) -> float:
    """P(max > t) of independent branches that are all waited for: 1 − Π(1 − tail), without losing small tails."""
    logs = 0.0
    for tail in tails:
        late = tail(t)
        if late >= 1:
            return 1.0
        logs += math.log1p(-late)
    return -math.expm1(logs)


def maximum_percentile(tails: Sequence[Callable[[float], float]], probability: float, start: float) -> float:
    """The percentile of the slowest of independent branches. Dean and Barroso, The Tail at Scale, 2013."""
    return percentile_of_tail(lambda t: maximum_tail(tails, t), probability, start)


def order_statistic_tail(wanted: int, of: int, late: float) -> float:
    """P(the ``wanted``-th fastest of ``of`` equal branches is late) when each is late with chance ``late``.

    Binomial: fewer than ``wanted`` are in time. The latency of a quorum.
    """
    if late >= 1:
        return 1.0
    early = 1.0 - late
    return math.fsum(math.comb(of, i) * early**i * late ** (of - i) for i in range(wanted))


def _wilson_hilferty(shape: float, x: float) -> float:
    """The standard normal deviate of a gamma variate of large shape. Wilson and Hilferty 1931."""
    return 3 * math.sqrt(shape) * (math.cbrt(x / shape) - 1 + 1 / (9 * shape))


def _series(shape: float, x: float) -> float:
    term = total = 1.0 / shape
    denominator = shape
    while term > total * 1e-17:
        denominator += 1
        term *= x / denominator
        total += term
    return total * math.exp(shape * math.log(x) - x - math.lgamma(shape))


def _fraction(shape: float, x: float) -> float:
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / b
    value = d
    for i in range(1, 10_000):
        step = -i * (i - shape)
        b += 2
        d = step * d + b
        c = b + step / c
        d = 1 / (d if abs(d) > _TINY else _TINY)
        c = c if abs(c) > _TINY else _TINY
        value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value * math.exp(shape * math.log(x) - x - math.lgamma(shape))
