"""The figures of journeys and of the whole design in all samples."""

from collections.abc import Iterable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from studio.estimates.calling import pauses_of
from studio.estimates.component_figures import PERCENTILES as NAMES_OF_PERCENTILES
from studio.estimates.formulas.availability import SECONDS_PER_MONTH
from studio.estimates.journeys import TimeUnknown, way
from studio.estimates.journeys import response_time as certain_time
from studio.estimates.laws.composition import percentile
from studio.estimates.load import steps_of
from studio.estimates.ranges.collected import Collected
from studio.estimates.ranges.components import Components
from studio.estimates.ranges.cost import support_cost
from studio.estimates.ranges.demand import ai_figures
from studio.estimates.ranges.journeys import response_time
from studio.estimates.ranges.load import SampledLoad
from studio.estimates.ranges.percentiles import figures
from studio.estimates.ranges.sampled import Sampled
from studio.estimates.ranges.targets import Got
from studio.estimates.ranges.times import Time
from studio.estimates.ranges.values import Value, larger, varies
from studio.estimates.reliability import deciding_journeys
from studio.model.behaviour import Journey

_SHARES = tuple(NAMES_OF_PERCENTILES.values())
Times = dict[str, Value]


def whole_design(sampled: Sampled, load: SampledLoad, components: Components, collected: Collected) -> Got:
    """Adds the figures of components, journeys and the design; answers what targets are held against.

    Components are worked out when a journey asks for their time, so that it need not be kept long.
    """
    times: dict[str, Times | None] = {
        journey.id: journey_times(sampled, components, journey) for journey in sampled.basis.design.journeys
    }
    components.work_out()
    failing: dict[str, Value | None] = {
        journey.id: components.unavailability(journey.id) for journey in sampled.basis.design.journeys
    }
    for journey in sampled.basis.design.journeys:
        _add_journey(sampled, journey, times[journey.id], failing[journey.id], collected)
    _add_connections(sampled, load, collected)
    deciding = deciding_journeys(sampled.basis)
    waited = [journey.id for journey in sampled.basis.design.journeys if _is_waited_for(sampled, journey)]
    slow = [times[name] for name in deciding if name in waited]
    p50, p99 = _worst_time(slow, "p50_ms"), _worst_time(slow, "p99_ms")
    down = _worst(failing[name] for name in deciding)
    collected.add("availability", None if down is None else 1.0 - down)
    collected.add("downtime_minutes_per_month", None if down is None else down * SECONDS_PER_MONTH / 60)
    collected.add("p50_ms", p50)
    collected.add("p99_ms", p99)
    return Got(
        p50=None if p50 is None else p50 / 1000,
        p99=None if p99 is None else p99 / 1000,
        unavailability=down,
        cost=_cost(sampled, components),
        journey_p99={name: None if found is None else found["p99_ms"] / 1000 for name, found in times.items()},
        journey_unavailability=failing,
    )


def _cost(sampled: Sampled, components: Components) -> Value | None:
    """USD a month for components, tokens and support; None as long as one part is unknown."""
    if components.cost is None or sampled.basis.design.requirements.ai is None:
        return None if components.cost is None else components.cost + support_cost(sampled)
    tokens = ai_figures(sampled).get("cost_per_month")
    return None if tokens is None else components.cost + tokens + support_cost(sampled)


def journey_times(sampled: Sampled, components: Components, journey: Journey) -> Times | None:
    """Mean and percentiles of a journey in milliseconds by name; infinite where overloaded, None when unknown."""
    build = partial(response_time, sampled, journey, components.law)
    whole = build()
    if whole is None:
        return None
    if whole.late is not None and whole.late.all():
        return dict.fromkeys(("mean_ms", *NAMES_OF_PERCENTILES), np.inf)
    if not varies(whole.mean) and not varies(whole.variance) and whole.late is None:
        return _certain(sampled, journey)

    def exact(index: NDArray[np.intp]) -> Time:
        return build(index) or whole  # what is known in all samples is known in some

    found = figures(exact, whole, sampled.samples, _SHARES)
    named = zip(NAMES_OF_PERCENTILES, found.percentiles, strict=True)
    return {"mean_ms": found.mean * 1000, **{name: value * 1000 for name, value in named}}


def _certain(sampled: Sampled, journey: Journey) -> Times | None:
    """Of a journey in which nothing varies: the engine's."""
    try:
        whole = certain_time(sampled.basis, journey, sampled.working.laws, sampled.working.tries)
    except TimeUnknown:
        return None
    named = {name: percentile(whole, share) * 1000 for name, share in NAMES_OF_PERCENTILES.items()}
    return {"mean_ms": whole.mean * 1000, **named}


def _add_journey(
    sampled: Sampled, journey: Journey, times: Times | None, down: Value | None, collected: Collected
) -> None:
    path = f"journeys.{journey.id}"
    share = sampled.given(journey, f"journeys.{journey.id}", "share")
    if share is not None:
        collected.add_multiple(f"{path}.peak_rps", share, sampled.peak)
    elif journey.steps:
        collected.add(f"{path}.peak_rps", _made(sampled, journey))
    for name, value in (times or {}).items():
        collected.add(f"{path}.{name}", value)
    collected.add(f"{path}.availability", None if down is None else 1.0 - down)


def _made(sampled: Sampled, journey: Journey) -> Value | None:
    """Requests/s that the first component of a journey without a share makes by itself."""
    steps = steps_of(sampled.basis, journey)
    return sampled.machine(steps[0].source).generates if steps else None


def _is_waited_for(sampled: Sampled, journey: Journey) -> bool:
    return not journey.steps or bool(way(sampled.basis, journey).calls)


def _worst_time(times: Iterable[Times | None], name: str) -> Value | None:
    return _worst(None if found is None else found[name] for found in times)


def _worst(values: Iterable[Value | None]) -> Value | None:
    """The largest, sample by sample; unknown when there is none or one is unknown."""
    worst: Value | None = None
    for value in values:
        if value is None:
            return None
        worst = value if worst is None else larger(worst, value)
    return worst


def _add_connections(sampled: Sampled, load: SampledLoad, collected: Collected) -> None:
    for connection in sampled.basis.connections:
        path = f"connections.{connection.id}"
        if connection.id not in sampled.working.load.unknown_connections:
            _add_rate(sampled, load, connection.id, collected)
        timeout = sampled.timeout(connection)
        if varies(timeout):
            collected.add(f"{path}.worst_case_ms", (timeout * connection.tries + pauses_of(connection)) * 1000)


def _add_rate(sampled: Sampled, load: SampledLoad, connection: str, collected: Collected) -> None:
    path, share = f"connections.{connection}.peak_rps", load.connection_of_peak.get(connection, 0.0)
    made = load.connection_generated.get(connection)
    if made is None:
        collected.add_multiple(path, share, sampled.peak)
    elif sampled.peak is not None:
        collected.add(path, share * sampled.peak + made)
    elif sampled.working.load.connection_of_peak[connection] == 0:
        collected.add(path, made)
