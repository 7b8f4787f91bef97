"""The share of requests that take longer than a given time: the inverse of `composition.percentile`.

One evaluation of the transform instead of the handful a percentile takes: what a search over many loads or instances
asks of a journey.
"""

from studio.estimates.laws.composition import (
    EVEN_SHAPE,
    InTurn,
    Time,
    ceiling_of,
    gamma_of,
    in_turn,
    no_time,
    single_law,
)
from studio.estimates.laws.inversion import tail_and_density
from studio.estimates.laws.law import Fixed


def late_share(whole: Time, seconds: float) -> float:
    """P(T > seconds), by the same law from which `composition.percentile` takes its percentiles."""
    simple = single_law(whole)
    if simple is not None:
        return simple[1].tail(seconds - simple[0])
    if isinstance(whole, InTurn) and isinstance(whole.parts[0], Fixed):
        return late_share(in_turn(whole.parts[1:]), seconds - whole.parts[0].seconds)
    match = gamma_of(whole)
    if match is None:
        return 1.0 if whole.mean > seconds else 0.0
    if seconds >= ceiling_of(whole):
        return 0.0
    if seconds <= 0:
        return 1.0 - no_time(whole) if seconds == 0 else 1.0
    if match.shape > EVEN_SHAPE:
        return match.tail(seconds)
    return min(1.0, max(0.0, tail_and_density(whole.transforms, seconds)[0]))
