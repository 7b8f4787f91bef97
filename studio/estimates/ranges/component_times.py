"""Mean and percentiles of one component's own time in all samples."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.estimates.laws.general_service import GeneralSojourn
from studio.estimates.ranges.laws import Law
from studio.estimates.ranges.percentiles import figures
from studio.estimates.ranges.queue_tables import PERCENTILES, percentiles
from studio.estimates.ranges.times import Time, of_law
from studio.estimates.ranges.values import Value, varies

NAMES = ("mean_ms", "p50_ms", "p95_ms", "p99_ms")


def times_of(law: Law, samples: int) -> dict[str, Value]:
    """The figures in milliseconds by name; infinite where the component is overloaded."""
    found = dict(zip(NAMES, (law.mean, *_percentiles(law, samples)), strict=True))
    return {name: _without_end(value * 1000, law) for name, value in found.items()}


def _without_end(value: Value, law: Law) -> Value:
    return value if law.late is None else np.where(law.late, np.inf, value)


def _percentiles(law: Law, samples: int) -> list[Value]:
    if law.servers is not None and law.utilisation is not None:
        return _of_queue(law, law.servers, law.utilisation)
    if not varies(law.chance) and law.chance == 0.0 and not isinstance(law.variation, np.ndarray):
        return [law.service * one for one in _undisturbed(law.variation)]
    if not varies(law.variation) and law.variation <= 0:
        return [_of_fixed_service(law, probability) for probability in PERCENTILES]

    def build(index: NDArray[np.intp]) -> Time:
        return of_law(law.picked(index), exact=True)

    return list(figures(build, of_law(law, exact=False), samples, PERCENTILES).percentiles)


def _of_queue(law: Law, servers: Value, utilisation: Value) -> list[Value]:
    found = percentiles(servers, np.atleast_1d(utilisation))
    times = [one * law.service for one in found]
    return [float(one[0]) if len(one) == 1 else one for one in times]


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
