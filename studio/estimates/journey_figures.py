"""The figures of every journey, and of the design as a whole: its worst journey that must work."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from studio.estimates.basis import known
from studio.estimates.component_figures import PERCENTILES
from studio.estimates.composition import percentile
from studio.estimates.journeys import TimeUnknown, response_time, way
from studio.estimates.load import steps_of
from studio.estimates.reliability import deciding_journeys, journey_unavailability
from studio.estimates.results import Figure, JourneyFigures
from studio.estimates.working import Working
from studio.model.behaviour import Journey


class Whole(NamedTuple):
    """The worst of the journeys that must work, and which they are."""

    availability: Figure
    p50_ms: Figure
    p99_ms: Figure
    least_available: str | None
    slowest: str | None


def journey_figures(working: Working, unknown: dict[str, str]) -> Mapping[str, JourneyFigures]:
    """All journeys in file order; reasons for what is unknown go to ``unknown``."""
    return {journey.id: _one(working, journey, unknown) for journey in working.basis.design.journeys}


def _one(working: Working, journey: Journey, unknown: dict[str, str]) -> JourneyFigures:
    path = f"journeys.{journey.id}"
    rate, down = _rate(working, journey), journey_unavailability(working.basis, journey, working.unavailable)
    if isinstance(rate, str):
        unknown[f"{path}.peak_rps"] = rate
    if isinstance(down, str):
        unknown[f"{path}.availability"] = down
    times: dict[str, float | None] = dict.fromkeys(("mean_ms", *PERCENTILES))
    try:
        whole = response_time(working.basis, journey, working.laws)
    except TimeUnknown as reason:
        unknown.update({f"{path}.{name}": str(reason) for name in times})
    else:
        times = {"mean_ms": whole.mean * 1000}
        times.update({name: percentile(whole, share) * 1000 for name, share in PERCENTILES.items()})
    return JourneyFigures(
        peak_rps=None if isinstance(rate, str) else rate,
        **times,
        availability=None if isinstance(down, str) else 1.0 - down,
    )


def _rate(working: Working, journey: Journey) -> float | str:
    """Requests/s that set out on the journey: its share of the peak, or what its first component makes by itself."""
    share, steps = known(journey.share), steps_of(working.basis, journey)
    if share is None:
        makes = working.basis.numbers[steps[0].source].generates if steps else 0.0
        return makes if makes > 0 else f"share of {journey.id} is not given"
    if working.peak is None:
        return working.missing_peak or ""
    return share * working.peak * working.basis.load


def whole_design(working: Working, journeys: Mapping[str, JourneyFigures], unknown: dict[str, str]) -> Whole:
    """Availability and response time of the worst journey; unknown as long as one of the journeys' is."""
    deciding = {name: journeys[name] for name in deciding_journeys(working.basis)}
    waited = {name: figures for name, figures in deciding.items() if _is_waited_for(working, name)}
    least, by = _worst(deciding, "availability", min, unknown)
    slow, slowest = _worst(waited, "p99_ms", max, unknown)
    median, _ = _worst(waited, "p50_ms", max, unknown)
    return Whole(least, median, slow, by, slowest)


def _is_waited_for(working: Working, name: str) -> bool:
    """Whether a user waits for the journey at all."""
    journey = next(journey for journey in working.basis.design.journeys if journey.id == name)
    return not journey.steps or bool(way(working.basis, journey).calls)


def _worst(
    journeys: Mapping[str, JourneyFigures],
    figure: str,
    worse: Callable[..., tuple[float, str]],
    unknown: dict[str, str],
) -> tuple[float | None, str | None]:
    values = {name: getattr(figures, figure) for name, figures in journeys.items()}
    blind = next((name for name, value in values.items() if value is None), None)
    if blind is not None:
        unknown[figure] = unknown[f"journeys.{blind}.{figure}"]
        return None, blind
    if not values:
        unknown[figure] = (
            "no journey is given that a user waits for" if figure != "availability" else "no journey is given"
        )
        return None, None
    value, name = worse(((value, name) for name, value in values.items()), key=lambda pair: pair[0])
    return value, name
