"""Ranges by sampling: what the 90 % intervals of a design's inputs make of its figures.

NumPy is imported only when an input is a range.
"""

from studio.estimates.conditions import TODAY, Conditions
from studio.estimates.ranges.inputs import inputs
from studio.estimates.ranges.results import Influence, Ranges, Spread, as_data
from studio.estimates.technologies import Technologies
from studio.model.design import Design

__all__ = ["SAMPLES", "Influence", "Ranges", "Spread", "as_data", "ranges"]

SAMPLES = 10_000


def ranges(
    design: Design,
    conditions: Conditions = TODAY,
    *,
    technologies: Technologies | None = None,
    samples: int = SAMPLES,
) -> Ranges:
    """How far each figure of ``design`` may lie from its point; empty when no input is a range.

    The draws of an input depend on its path alone, so two conditions, or two states of a design, are compared on the
    same draws. Never raises for anything a valid design can say.
    """
    found = inputs(design, technologies or {})
    if not found:
        return Ranges()
    from studio.estimates.ranges.sampling import sampled_ranges

    return sampled_ranges(design, conditions, technologies or {}, found, samples)
