"""The engine: a design in, all of its figures out.

Read in the order of the street: what users make (`demand`), where it goes (`load`), how full that makes everything
(`capacity`), how long it takes (`waiting`, `journeys`, `composition`), how surely it works (`reliability`), what it
costs (`cost`), and whether that is what was asked for (`targets`).
"""

from collections.abc import Mapping

from studio.estimates.availability import downtime_minutes_per_month
from studio.estimates.basis import Basis, Technologies
from studio.estimates.calling import connection_figures
from studio.estimates.component_figures import component_figures
from studio.estimates.conditions import TODAY, Conditions
from studio.estimates.cost import total_cost
from studio.estimates.demand import ai_figures, traffic_figures
from studio.estimates.journey_figures import Whole, journey_figures, whole_design
from studio.estimates.load import entering_at_clients
from studio.estimates.results import (
    AiUse,
    BreaksFirst,
    ComponentFigures,
    ConnectionFigures,
    Estimates,
    Figure,
    JourneyFigures,
    Target,
    Traffic,
)
from studio.estimates.targets import targets
from studio.estimates.waiting import overload
from studio.estimates.working import Working, worked_out
from studio.model.design import Design
from studio.units import grouped

__all__ = [
    "AiUse",
    "BreaksFirst",
    "ComponentFigures",
    "ConnectionFigures",
    "Estimates",
    "Figure",
    "JourneyFigures",
    "Target",
    "Traffic",
    "estimate",
]


def estimate(design: Design, conditions: Conditions = TODAY, *, technologies: Technologies | None = None) -> Estimates:
    """All figures of ``design`` under ``conditions``.

    ``technologies`` (by id) fill what components leave out; an id that names no component is ignored.
    Never raises for anything a valid design can say: what has no answer is None with its reason under ``unknown``;
    loops that multiply traffic are named in ``errors`` besides.
    """
    there = design.component
    known = conditions._replace(
        down=frozenset(name for name in conditions.down if name in there),
        cold=frozenset(name for name in conditions.cold if name in there),
    )
    return _figures(worked_out(Basis(design, technologies or {}, known)))


def _figures(working: Working) -> Estimates:
    basis, unknown = working.basis, dict[str, str]()
    traffic = traffic_figures(basis, working.load.unassigned, unknown)
    ai = ai_figures(basis, unknown)
    components = component_figures(working, unknown)
    connections = connection_figures(basis, working.load, working.peak, working.missing_peak, unknown)
    journeys = journey_figures(working, unknown)
    whole = whole_design(working, journeys, unknown)
    cost = total_cost(basis, components, ai, unknown)
    first = _breaks_first(components, unknown)
    return Estimates(
        design=basis.design.design.name,
        load=basis.load,
        cold=tuple(name for name in basis.numbers if name in basis.conditions.cold),
        zone_lost=basis.conditions.zone_lost,
        down=tuple(name for name in basis.numbers if name in basis.down),
        traffic=traffic,
        ai=ai,
        components=components,
        connections=connections,
        journeys=journeys,
        availability=whole.availability,
        downtime_minutes_per_month=_downtime(whole, unknown),
        p50_ms=whole.p50_ms,
        p99_ms=whole.p99_ms,
        cost_per_month=cost,
        breaks_first=first,
        targets=targets(working, journeys, whole, cost),
        unknown=unknown,
        errors=tuple(loop.sentence for loop in working.load.loops),
        notes=tuple(_notes(working, traffic)),
        working=working,
    )


def _downtime(whole: Whole, unknown: dict[str, str]) -> Figure:
    if whole.availability is None:
        unknown["downtime_minutes_per_month"] = unknown["availability"]
        return None
    return downtime_minutes_per_month(whole.availability)


def _breaks_first(components: Mapping[str, ComponentFigures], unknown: dict[str, str]) -> BreaksFirst | None:
    """The smallest multiple of today's peak at which a component is full; the first in the file when several tie."""
    known = [(figures.breaks_at, name) for name, figures in components.items() if figures.breaks_at is not None]
    if not known:
        unknown["breaks_first"] = "no component has both a known load of users and a capacity_rps"
        return None
    at, name = min(known, key=lambda pair: pair[0])
    return BreaksFirst(name, at)


def _notes(working: Working, traffic: Traffic) -> list[str]:
    found = []
    if traffic.unassigned_rps:
        share = working.load.unassigned
        found.append(f"{share * 100:.3g} % of the load ({grouped(traffic.unassigned_rps)} requests/s) is on no journey")
    if working.load.unassigned < 0:
        found.append(f"the shares of the journeys add up to {1 - working.load.unassigned:.4g}, more than all requests")
    entering = entering_at_clients(working.basis)
    if entering is not None and abs(entering - 1) > 1e-9:
        found.append(f"the shares of the clients add up to {entering:.4g} of all requests, and 1 is all of them")
    for name, full in working.full.items():
        if full.utilisation is not None and full.utilisation >= 1 and name not in working.basis.down:
            found.append(overload(working.basis.numbers[name], full))
    return found
