"""What sampling answers: how far each figure may lie from its point, and which input to measure first."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from studio.estimates.results import Traffic


class Spread(NamedTuple):
    """The 5th, 50th and 95th percentile of a figure over all samples; None is infinite: overloaded."""

    p5: float | None
    p50: float | None
    p95: float | None


class Influence(NamedTuple):
    """How closely a figure follows an input: Spearman's rank correlation, from −1 to 1."""

    input: str
    """Its path in the design: `components.api.capacity_rps`."""
    figure: str
    correlation: float


_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class Ranges(NamedTuple):
    """What the ranges of a design's inputs make of its figures; empty when no input is a range."""

    samples: int = 0
    figures: Mapping[str, Spread] = _NOTHING
    """By the path of the figure; only those that vary. What is unknown is not there."""
    probability_met: Mapping[str, float] = _NOTHING
    """The share of samples that meet each target, by its name; unknown ones are not there."""
    overloaded: Mapping[str, float] = _NOTHING
    """The share of samples in which a component is full, by its id; only those that sometimes are."""
    measure_first: tuple[Influence, ...] = ()
    """Inputs worth measuring, the strongest first."""


def as_data(ranges: Ranges) -> dict[str, Any]:
    """The ranges as plain dictionaries, lists and numbers for the JSON; `{}` when nothing is a range.

    Traffic figures go by their short names (`peak_rps`), all others by their paths.
    """
    if not ranges.samples:
        return {}
    return {
        **{_short(path): dict(spread._asdict()) for path, spread in ranges.figures.items()},
        "probability_met": dict(ranges.probability_met),
        "overloaded": dict(ranges.overloaded),
        "measure_first": [dict(influence._asdict()) for influence in ranges.measure_first],
    }


def _short(path: str) -> str:
    section, _, name = path.partition(".")
    return name if section == "traffic" and name in Traffic._fields else path
