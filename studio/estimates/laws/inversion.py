"""Percentiles of a sum or a choice of independent times, from its Laplace transform.

The transform of a sum is the product of the transforms and that of a choice their weighted sum, so a journey's is
written down at once. The Euler algorithm turns it back into the tail: a Fourier series whose last terms are averaged;
six to seven digits for laws without jumps. Source: Abate and Whitt, «A Unified Framework for Numerically Inverting
Laplace Transforms», INFORMS Journal on Computing 18(4), 2006.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

from studio.estimates.laws.distributions import newton_percentile

Transforms: TypeAlias = Callable[[Sequence[complex]], list[complex]]
"""The Laplace transform E e^(−sT) at several s at once."""

_TERMS = 12
# Terms that are enough to come near a percentile: four digits of it.
_ROUGH_TERMS = 7


@cache
def _nodes(m: int) -> tuple[tuple[complex, float], ...]:
    """The Euler nodes β and weights η for 2m + 1 terms."""
    weights = [0.5] + [1.0] * m + [0.0] * (m - 1) + [2.0**-m]
    for k in range(1, m):
        weights[2 * m - k] = weights[2 * m - k + 1] + 2.0**-m * math.comb(m, k)
    real = m * math.log(10) / 3
    scale = 10 ** (m / 3)
    return tuple((complex(real, math.pi * k), (-1) ** k * weight * scale) for k, weight in enumerate(weights))


def tail_and_density(transforms: Transforms, t: float, terms: int = _TERMS) -> tuple[float, float]:
    """P(T > t) and the density at t > 0, from the transform E e^(−sT); 0.6 digits for each of the ``terms``."""
    tail = density = 0.0
    nodes = _nodes(terms)
    points = [node / t for node, _ in nodes]
    for s, (_, weight), value in zip(points, nodes, transforms(points), strict=True):
        tail += weight * ((1.0 - value) / s).real
        density += weight * value.real
    return tail / t, density / t


def percentile_of_transform(transforms: Transforms, probability: float, start: float) -> float:
    """The t within which a share ``probability`` in (0, 1) falls; ``start`` is a guess of the right size.

    About 1e-6 relative. Less than this share may take no time at all.
    """
    least = 1e-9 * start
    near = newton_percentile(lambda t: tail_and_density(transforms, t, _ROUGH_TERMS), probability, start, 0.06, least)
    if not near:
        return 0.0
    return newton_percentile(lambda t: tail_and_density(transforms, t), probability, near, 1e-3, least)
