"""Mean and percentiles of components' own times in all samples."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.estimates.laws.general_service import GeneralSojourn
from studio.estimates.ranges.laws import Law
from studio.estimates.ranges.percentiles import figures
from studio.estimates.ranges.queue_tables import PERCENTILES
from studio.estimates.ranges.times import Time, of_law
from studio.estimates.ranges.values import Value, varies

NAMES = ("mean_ms", "p50_ms", "p95_ms", "p99_ms")


def times_of(law: Law, samples: int) -> dict[str, Value]:
    """The figures of a stack in milliseconds by name; infinite where a component is overloaded."""
    found = dict(zip(NAMES, (law.mean, *_percentiles(law, samples)), strict=True))
    return {name: _without_end(value * 1000, law) for name, value in found.items()}


def _without_end(value: Value, law: Law) -> Value:
    return value if law.late is None else np.where(law.late, np.inf, value)


def _percentiles(law: Law, samples: int) -> list[Value]:
    if law.queues is not None:
        return [one * law.service for one in law.queues.percentiles()]
    if not varies(law.chance) and law.chance == 0.0 and not isinstance(law.variation, np.ndarray):
        return [law.service * one for one in _undisturbed(law.variation)]
    rows = max(len(value) for value in law if varies(value))
    each = [_of_one(law.of_one(place, samples), samples) for place in range(rows)]
    return [np.stack([np.broadcast_to(one, (samples,)) for one in times]) for times in zip(*each, strict=True)]


def _of_one(law: Law, samples: int) -> list[Value]:
    if not varies(law.variation) and law.variation <= 0:
        return [_of_fixed_service(law, probability) for probability in PERCENTILES]

    def build(index: NDArray[np.intp]) -> Time:
        return of_law(law.picked(index), exact=True)

    return list(figures(build, of_law(law, exact=False), samples, PERCENTILES).percentiles)


def _of_fixed_service(law: Law, probability: float) -> Value:
    waits = np.log(np.maximum(law.chance, 1e-300) / (1.0 - probability)) / law.rate
    return law.service + np.maximum(waits, 0.0)


@lru_cache(maxsize=64)
def _undisturbed(variation: float) -> tuple[float, ...]:
    """Percentiles ÷ mean of a service nobody waits for."""
    if variation == 1.0:
        return tuple(-math.log1p(-probability) for probability in PERCENTILES)
    law = GeneralSojourn(0.0, 1.0, 1.0, variation)
    return tuple(law.percentile(probability) for probability in PERCENTILES)
