"""Percentiles of composed times in all samples.

First the gamma law with each sample's mean and variance. Then some of the samples, spread from the fastest to the
slowest, are worked out exactly from their Laplace transforms, and what the gamma law missed there is carried over to
all: as a smooth function of what shapes a law (variation, skewness, and what of it is fixed). Where that leaves more
than a fraction of a per cent, more samples are worked out: all of them, or as many as are worth their time.

The inversion is the Euler algorithm of `studio.estimates.laws.inversion`, with fewer terms: five digits.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.estimates.ranges.incomplete_gamma import percentile_over_mean
from studio.estimates.ranges.times import Time, Transform, gamma_match
from studio.estimates.ranges.values import Array, Value, varies

_TERMS = 8
_EVEN = 0.02
"""Squared coefficient of variation below which the gamma match is as good as exact."""
_CLOSE = 0.004
"""The error, as a share, that a carried-over correction may have."""
_EXACT_ONES = (65, 193, 577)
"""How many samples are worked out at first, and when these do not tell enough."""
_MOST_EXACT = 1024
"""Samples up to which all are worked out when nothing less will do; of more, the last correction is taken as it is."""
_FAR = 5.0
"""Standard deviations beyond which a sample is as odd as can be: a nearly overloaded one must not bend the rest."""
_CHUNK = 1024

Build = Callable[[NDArray[np.intp]], Time]
"""The time in the samples with these numbers, exactly."""


class Figures(NamedTuple):
    """Mean and percentiles of a time in seconds; infinite where something in it is overloaded."""

    mean: Value
    percentiles: list[Array]


def figures(build: Build, whole: Time, samples: int, probabilities: Sequence[float]) -> Figures:
    """Mean and percentiles of a time in every sample; ``whole`` is the time in all samples, by moments."""
    fine = np.arange(samples) if whole.late is None else np.flatnonzero(~np.broadcast_to(whole.late, (samples,)))
    found = [np.full(samples, np.inf) for _ in probabilities]
    if not len(fine):
        return Figures(np.inf, found)
    rough = dict(zip(probabilities, _by_gamma(whole, probabilities), strict=True))
    guesses = [_spread_over(guess, samples)[fine] for guess in rough.values()]
    shapes = _features(whole, samples, rough, fine)
    means, corrected = _corrected(build, _spread_over(whole.mean, samples)[fine], guesses, shapes, fine, probabilities)
    for values, right in zip(found, corrected, strict=True):
        values[fine] = right
    mean = np.full(samples, np.inf)
    mean[fine] = means
    return Figures(mean, found)


def _spread_over(value: Value, samples: int) -> Array:
    return np.array(value) if varies(value) and len(value) == samples else np.full(samples, value, dtype=float)


def _by_gamma(whole: Time, probabilities: Sequence[float]) -> list[Value]:
    """Percentiles of the gamma law, moved by the fixed part, that has the mean and the variance; never beyond most."""
    shape, scale = gamma_match(whole.mean - whole.least, whole.variance)
    k = np.atleast_1d(shape)
    return [
        np.minimum(whole.least + k * scale * percentile_over_mean(probability, k), whole.most)
        for probability in probabilities
    ]


def _features(whole: Time, samples: int, rough: Mapping[float, Value], fine: NDArray[np.intp]) -> list[Array]:
    """What shapes a law, by sample: its variation, its fixed share, and what its skewness does to each percentile.

    ``rough`` are the percentiles by the gamma law, by probability.
    """
    random = whole.mean - whole.least
    variation = whole.variance / (random * random + 1e-300)
    skewness = whole.third * random / (2 * whole.variance * whole.variance + 1e-300)
    raw = [np.log(variation + 1e-6), np.arcsinh(skewness), whole.least / (whole.mean + 1e-300)]
    kept = [column for value in raw if (column := _scaled(_spread_over(value, samples)[fine])).any()]
    shared = [np.ones(len(fine)), *kept, *_products(kept)]
    found = []
    for probability, guess in rough.items():
        bent = _scaled(_spread_over(_by_skewness(whole, probability, guess), samples)[fine])
        more = [bent, bent * bent, *(bent * column for column in kept)] if bent.any() else []
        found.append(np.stack([*shared, *more]))
    return found


def _products(columns: Sequence[Array]) -> list[Array]:
    return [columns[i] * columns[j] for i in range(len(columns)) for j in range(i, len(columns))]


def _by_skewness(whole: Time, probability: float, guess: Value) -> Value:
    """ln of how much greater the percentile of the gamma law is that has the third moment too, wherever it begins."""
    shape = np.clip(4 * whole.variance**3 / (np.maximum(whole.third, 1e-300) ** 2 + 1e-300), 0.05, 1e4)
    deviation = np.sqrt(whole.variance)
    k = np.atleast_1d(shape)
    three = whole.mean + deviation * np.sqrt(k) * (percentile_over_mean(probability, k) - 1.0)
    bent: Value = np.log(np.clip(three / (guess + 1e-300), 0.5, 2.0))
    return bent


def _scaled(values: Array) -> Array:
    off = np.where(np.isfinite(values), values, 0.0)
    off -= off.mean()
    width = math.sqrt(off @ off / len(off))
    return np.clip(off / width, -_FAR, _FAR) if width > 1e-9 else np.zeros_like(values)


def _corrected(
    build: Build,
    mean: Array,
    guesses: list[Array],
    shapes: list[Array],
    fine: NDArray[np.intp],
    probabilities: Sequence[float],
) -> tuple[Array, list[Array]]:
    """Means and percentiles, from as few exact ones as will do."""
    order = np.argsort(guesses[-1], kind="stable")
    for count in _EXACT_ONES:
        if count >= len(fine):
            break
        chosen = order[_spread_out(guesses[-1][order], count)]
        time = build(fine[chosen])
        exact = _inverted(time, np.stack([guess[chosen] for guess in guesses]), probabilities)
        carried = [_carried(*each, chosen) for each in zip(shapes, guesses, exact, strict=True)]
        is_last = count == _EXACT_ONES[-1] and len(fine) > _MOST_EXACT
        if is_last or all(error <= _CLOSE for _, error in carried):
            return _right_mean(mean, time, shapes[0], chosen), [values for values, _ in carried]
        guesses = [values if error < 0.2 else guess for guess, (values, error) in zip(guesses, carried, strict=True)]
    return _all_inverted(build, guesses, fine, probabilities)


def _spread_out(ordered: Array, count: int) -> NDArray[np.intp]:
    """Places from the first to the last, evenly by rank and by the logarithm of the value: dense where it is steep."""
    logarithms = np.log(ordered + 1e-300)
    far = max(float(logarithms[-1] - logarithms[0]), 1e-9)
    along = np.linspace(0.0, 1.0, len(ordered)) + (logarithms - logarithms[0]) / far
    found: NDArray[np.intp] = np.unique(np.searchsorted(along, np.linspace(0.0, 2.0, count)).clip(0, len(ordered) - 1))
    return found


def _right_mean(mean: Array, exact: Time, shapes: Array, chosen: NDArray[np.intp]) -> Array:
    """The mean; where the moments of calls at once or given up were rough, with what the exact ones tell."""
    right = np.broadcast_to(exact.mean, (len(chosen),))
    if (np.abs(right - mean[chosen]) <= 1e-10 * right).all():
        return mean
    return _carried(shapes, mean, np.array(right), chosen)[0]


def _carried(shapes: Array, guess: Array, exact: Array, chosen: NDArray[np.intp]) -> tuple[Array, float]:
    """The guess with its correction for all samples, and the error left where it is known, as a share.

    Every other exact sample takes no part in a first fit, which tells how far a fit goes wrong elsewhere, and whether
    it is better with what it leaves over interpolated from the fastest to the slowest.
    """
    ratio, along = np.log(np.maximum(exact, 1e-300) / np.maximum(guess[chosen], 1e-300)), np.log(guess + 1e-300)
    is_seen = np.arange(len(chosen)) % 2 == 0
    is_seen[-1] = True
    seen, unseen = chosen[is_seen], chosen[~is_seen]
    if not len(unseen):
        return guess, np.inf
    trial = _fitted(shapes[:, seen].T, ratio[is_seen])
    missed = ratio[~is_seen] - shapes[:, unseen].T @ trial
    between = np.interp(along[unseen], along[seen], ratio[is_seen] - shapes[:, seen].T @ trial)
    errors = [float(np.sqrt(np.mean(left**2))) for left in (missed, missed - between)]
    fit = _fitted(shapes[:, chosen].T, ratio)
    correction = fit @ shapes
    if errors[1] < errors[0]:
        correction = correction + np.interp(along, along[chosen], ratio - shapes[:, chosen].T @ fit)
    corrected = guess * np.exp(np.clip(correction, -5.0, 5.0))
    corrected[chosen] = exact
    return corrected, min(errors)


def _fitted(shapes: Array, ratio: Array) -> Array:
    """Least squares with a breath of damping."""
    square = shapes.T @ shapes + 1e-6 * len(shapes) * np.eye(shapes.shape[1])
    return np.asarray(np.linalg.solve(square, shapes.T @ ratio), dtype=float)


def _all_inverted(
    build: Build, guesses: list[Array], fine: NDArray[np.intp], probabilities: Sequence[float]
) -> tuple[Array, list[Array]]:
    means, found = np.empty(len(fine)), [np.empty(len(fine)) for _ in probabilities]
    for start in range(0, len(fine), _CHUNK):
        part = slice(start, start + _CHUNK)
        time = build(fine[part])
        means[part] = time.mean
        exact = _inverted(time, np.stack([guess[part] for guess in guesses]), probabilities)
        for values, right in zip(found, exact, strict=True):
            values[part] = right
    return means, found


@cache
def _nodes() -> tuple[NDArray[np.complex128], Array]:
    """The Euler nodes β and weights η."""
    m = _TERMS
    weights = [0.5] + [1.0] * m + [0.0] * (m - 1) + [2.0**-m]
    for k in range(1, m):
        weights[2 * m - k] = weights[2 * m - k + 1] + 2.0**-m * math.comb(m, k)
    real, scale = m * math.log(10) / 3, 10 ** (m / 3)
    nodes = np.array([complex(real, math.pi * k) for k in range(2 * m + 1)])
    return nodes, np.array([(-1) ** k * weight * scale for k, weight in enumerate(weights)])


def tail_and_density(transform: Transform, t: Array) -> tuple[Array, Array]:
    """P(T > t) and the density at each t > 0, from the transform."""
    nodes, weights = _nodes()
    s = nodes / t[..., None]
    value = transform(s)
    tail = (((1.0 - value) / s).real @ weights) / t
    return tail, (value.real @ weights) / t


def _inverted(exact: Time, starts: Array, probabilities: Sequence[float]) -> Array:
    """Percentiles by Newton on the logarithm of the tail, one row for each probability."""
    if exact.transform is None or (not varies(exact.variance) and exact.variance == 0.0):
        return starts
    least = np.broadcast_to(exact.least, starts.shape[1:])
    most = np.broadcast_to(exact.most, starts.shape[1:])
    wanted = np.log1p(-np.array(probabilities))[:, None]
    begin = np.maximum(starts - least, 1e-6 * (exact.mean - least) + 1e-300)
    found = least + _newton(exact.transform, begin, wanted)
    variation = exact.variance / (exact.mean - least) ** 2
    within: Array = np.minimum(np.where(variation < _EVEN, starts, found), most)
    return within


def _newton(transform: Transform, start: Array, wanted: Array) -> Array:
    low, high, t = np.zeros_like(start), np.full_like(start, np.inf), start
    for _ in range(40):
        tail, density = tail_and_density(transform, t)
        surplus = np.log(np.maximum(tail, 1e-300)) - wanted
        low, high = np.where(surplus > 0, t, low), np.where(surplus > 0, high, t)
        step = np.where((density > 0) & (tail > 0), surplus * tail / density, np.inf)
        following = t + step
        inside = (following > low) & (following < high) & np.isfinite(following)
        middle = np.where(np.isfinite(high), 0.5 * (low + high), 2 * t)
        moved = np.where(inside | (np.abs(step) <= 1e-6 * t), following, middle)
        vanished = moved < 1e-12 * start
        still = np.abs(moved - t) <= 2e-3 * t  # the next step would be its square
        t = np.where(vanished, 0.0, moved)
        if (still | vanished).all():
            break
        t = np.where(vanished, 1e-13 * start, t)
    return t
