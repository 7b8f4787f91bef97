"""The gamma law for many shapes at once: its tail, and where a share of it lies.

Series and continued fraction as in `studio.estimates.laws.distributions`; the logarithm of Γ by Stirling's series after
moving the argument above 10 (Abramowitz and Stegun 6.1.41, 6.5.29, 6.5.31).
"""

from functools import lru_cache
from statistics import NormalDist

import numpy as np

from studio.estimates.ranges.values import Array

_LEAST = 0.01
_NARROW = 200.0
_STEPS = 600
_LOG_SHAPES = np.linspace(np.log(_LEAST), np.log(_NARROW), 96)


def log_gamma(x: Array) -> Array:
    """ln Γ(x) for x > 0."""
    lift = np.where(x < 10, np.ceil(10 - x), 0.0)
    product, base = np.ones_like(x), np.array(x, dtype=float)
    for step in range(10):
        product = np.where(step < lift, product * (base + step), product)
    z = base + lift
    series = 1 / (12 * z) - 1 / (360 * z**3) + 1 / (1260 * z**5) - 1 / (1680 * z**7)
    found: Array = (z - 0.5) * np.log(z) - z + 0.5 * np.log(2 * np.pi) + series - np.log(product)
    return found


def upper(shape: Array, x: Array) -> Array:
    """The regularised upper incomplete gamma function Q(shape, x), shape and x alike in form."""
    with np.errstate(all="ignore"):
        found = np.where(x <= 0, 1.0, _normal_tail(shape, np.maximum(x, 1e-300)))
    exact = (x > 0) & (shape <= _NARROW)
    low = exact & (x < shape + 1)
    high = exact & ~low
    if low.any():
        found[low] = 1.0 - _series(shape[low], x[low])
    if high.any():
        found[high] = _fraction(shape[high], x[high])
    return found


def _normal_tail(shape: Array, x: Array) -> Array:
    """The tail of nearly normal gamma laws: the cube root of Wilson and Hilferty 1931."""
    return normal_tail(3 * np.sqrt(shape) * (np.cbrt(x / shape) - 1 + 1 / (9 * shape)))


def normal_tail(z: Array) -> Array:
    """P(normal > z), relative error below 1.2e-7: Press et al., Numerical Recipes, erfcc."""
    a = np.abs(z) / np.sqrt(2)
    t = 1 / (1 + 0.5 * a)
    terms = (0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196,
             1.00002368, -1.26551223)  # fmt: skip
    total = np.zeros_like(t)
    for term in terms:
        total = total * t + term
    half = 0.5 * t * np.exp(-a * a + total)
    found: Array = np.where(z >= 0, half, 1.0 - half)
    return found


def _front(shape: Array, x: Array) -> Array:
    return np.exp(shape * np.log(x) - x - log_gamma(shape))


def _series(shape: Array, x: Array) -> Array:
    term = 1.0 / shape
    total, denominator = term.copy(), shape.copy()
    for _ in range(_STEPS):
        denominator += 1
        term *= x / denominator
        total += term
        if (term <= total * 1e-16).all():
            break
    return total * _front(shape, x)


def _fraction(shape: Array, x: Array) -> Array:
    b = x + 1 - shape
    c, d = np.full_like(x, 1e300), 1 / b
    value = d.copy()
    for i in range(1, _STEPS):
        step = -i * (i - shape)
        b = b + 2
        d = step * d + b
        c = b + step / c
        d = 1 / np.where(np.abs(d) > 1e-300, d, 1e-300)
        c = np.where(np.abs(c) > 1e-300, c, 1e-300)
        value = value * c * d
        if (np.abs(c * d - 1) < 1e-14).all():
            break
    return value * _front(shape, x)


@lru_cache(maxsize=16)
def _table(probability: float) -> Array:
    """The percentile ÷ mean of gamma laws, at `_LOG_SHAPES`."""
    shape = np.exp(_LOG_SHAPES)
    x = np.maximum(_wilson_hilferty(probability, shape), 1e-3 * shape)
    small = np.exp((np.log(probability) + log_gamma(shape + 1)) / shape)
    x = np.where(shape < 0.6, np.maximum(small, x * (probability > 0.9)), x)
    low, high = np.zeros_like(x), np.full_like(x, np.inf)
    for _ in range(60):
        tail = upper(shape, x)
        surplus = np.log(np.maximum(tail, 1e-300)) - np.log1p(-probability)
        low, high = np.where(surplus > 0, x, low), np.where(surplus > 0, high, x)
        step = surplus * tail * x / _front(shape, np.maximum(x, 1e-300))
        following = x + step
        outside = ~((following > low) & (following < high))
        middle = np.where(np.isfinite(high), (low + high) / 2, 2 * x)
        moved = np.where(outside, middle, following)
        x, still = moved, np.abs(moved - x) <= 1e-6 * x
        if still.all():
            break
    return x / shape


def _wilson_hilferty(probability: float, shape: Array) -> Array:
    z = NormalDist().inv_cdf(probability)
    found: Array = shape * np.maximum(1 - 1 / (9 * shape) + z / (3 * np.sqrt(shape)), 0.01) ** 3
    return found


def percentile_over_mean(probability: float, shape: Array) -> Array:
    """The percentile of the gamma law with this shape ÷ its mean: tabulated to a thousandth."""
    shape = np.minimum(np.where(np.isnan(shape), 1.0, shape), 1e12)
    place = (np.log(np.clip(shape, _LEAST, _NARROW)) - _LOG_SHAPES[0]) / (_LOG_SHAPES[1] - _LOG_SHAPES[0])
    index = np.minimum(place.astype(np.intp), len(_LOG_SHAPES) - 2)
    table = _table(probability)
    first = table[index]
    found: Array = first + (place - index) * (table[index + 1] - first)
    is_narrow = shape > _NARROW
    if is_narrow.any():
        found[is_narrow] = _wilson_hilferty(probability, shape[is_narrow]) / shape[is_narrow]
    return found
