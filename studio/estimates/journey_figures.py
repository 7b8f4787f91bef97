"""The figures of every journey, and of the design as a whole: its worst journey that must work."""

from collections.abc import Mapping, MutableMapping
from typing import NamedTuple

from studio.estimates.component_figures import PERCENTILES
from studio.estimates.journeys import way
from studio.estimates.load import steps_of
from studio.estimates.numbers import known
from studio.estimates.on_demand import Rows
from studio.estimates.reliability import deciding_journeys
from studio.estimates.results import Figure, JourneyFigures
from studio.estimates.working import Working
from studio.model.behaviour import Journey

Unknown = MutableMapping[str, str]


class Whole(NamedTuple):
    """The worst of the journeys that must work, and which they are."""

    availability: Figure
    p50_ms: Figure
    p99_ms: Figure
    least_available: str | None
    slowest: str | None


class Worst(NamedTuple):
    """A figure of the worst journey that must work, and which that is; of one that is unknown, when one is."""

    figure: Figure
    journey: str | None


def journey_figures(working: Working, unknown: Unknown) -> Mapping[str, JourneyFigures]:
    """All journeys in file order; reasons for what is unknown go to ``unknown``."""
    journeys: dict[str, Journey] = {journey.id: journey for journey in working.basis.design.journeys}
    return Rows(journeys, lambda name: _one(working, journeys[name], unknown))


def _one(working: Working, journey: Journey, unknown: Unknown) -> JourneyFigures:
    path = f"journeys.{journey.id}"
    rate, down = _rate(working, journey), working.failing[journey.id]
    if isinstance(rate, str):
        unknown[f"{path}.peak_rps"] = rate
    if isinstance(down, str):
        unknown[f"{path}.availability"] = down
    times: dict[str, float | None] = dict.fromkeys(("mean_ms", *PERCENTILES))
    whole = working.times[journey.id]
    if isinstance(whole, str):
        unknown.update({f"{path}.{name}": whole for name in times})
    else:
        times = {"mean_ms": whole.mean * 1000}
        times.update({name: _milliseconds(working.percentile(journey.id, q)) for name, q in PERCENTILES.items()})
    return JourneyFigures(
        peak_rps=None if isinstance(rate, str) else rate,
        **times,
        availability=None if isinstance(down, str) else 1.0 - down,
    )


def _milliseconds(seconds: float | str) -> float | None:
    return None if isinstance(seconds, str) else seconds * 1000


def _rate(working: Working, journey: Journey) -> float | str:
    """Requests/s that set out on the journey: its share of the peak, or what its first component makes by itself."""
    share, steps = known(journey.share), steps_of(working.basis, journey)
    if share is None:
        makes = working.basis.numbers[steps[0].source].generates if steps else 0.0
        return makes if makes > 0 else f"share of {journey.id} is not given"
    if working.peak is None:
        return working.missing_peak or ""
    return share * working.peak * working.basis.load


def least_available(working: Working, unknown: Unknown) -> Worst:
    """The availability of the worst journey; unknown as long as one of the journeys' is."""
    least: tuple[float, str | None] = (-1.0, None)
    for journey in _deciding(working):
        down = working.failing[journey.id]
        if isinstance(down, str):
            unknown["availability"] = down
            return Worst(None, journey.id)
        least = max(least, (down, journey.id), key=lambda pair: pair[0])
    if least[1] is None:
        unknown["availability"] = "no journey is given"
        return Worst(None, None)
    return Worst(1.0 - least[0], least[1])


def slowest(working: Working, figure: str, unknown: Unknown) -> Worst:
    """A percentile, such as `p99_ms`, of the slowest journey; unknown as long as one of the journeys' is."""
    found: tuple[float, str | None] = (-1.0, None)
    for journey in _deciding(working):
        seconds = working.percentile(journey.id, PERCENTILES[figure])
        if isinstance(seconds, str):
            if journey.steps and not way(working.basis, journey).calls:
                continue  # nobody waits for it
            unknown[figure] = seconds
            return Worst(None, journey.id)
        found = max(found, (seconds, journey.id), key=lambda pair: pair[0])
    if found[1] is None:
        unknown[figure] = "no journey is given that a user waits for"
        return Worst(None, None)
    return Worst(found[0] * 1000, found[1])


def _deciding(working: Working) -> list[Journey]:
    """The journeys whose worst figures are the whole design's."""
    names = set(deciding_journeys(working.basis))
    return [journey for journey in working.basis.design.journeys if journey.id in names]
