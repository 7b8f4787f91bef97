"""The engine: a design in, all of its figures out.

Read in the order of the street: what users make (`demand`), where it goes (`load`), how full that makes everything
(`capacity`), how long it takes (`waiting`, `journeys`, `composition`), how surely it works (`reliability`), what it
costs (`cost`), and whether that is what was asked for (`targets`).
"""

from collections import ChainMap
from collections.abc import Mapping, MutableMapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from studio.estimates.basis import Basis
from studio.estimates.calling import connection_figures
from studio.estimates.component_figures import component_figures
from studio.estimates.conditions import TODAY, Conditions
from studio.estimates.cost import total_cost
from studio.estimates.demand import ai_figures, traffic_figures
from studio.estimates.formulas.availability import downtime_minutes_per_month
from studio.estimates.journey_figures import Whole, Worst, journey_figures, least_available, slowest
from studio.estimates.on_demand import Rows
from studio.estimates.results import (
    AiUse,
    BreaksFirst,
    ComponentFigures,
    ConnectionFigures,
    Figure,
    JourneyFigures,
    Target,
    Traffic,
)
from studio.estimates.settling import worked_out
from studio.estimates.technologies import Technologies
from studio.estimates.working import Working
from studio.model.design import Design

if TYPE_CHECKING:
    from studio.estimates.ranges import Ranges
    from studio.estimates.sides.call_budgets import CallBudget
    from studio.estimates.sides.limits import Limit
    from studio.estimates.sides.results import Backlog, ErrorBudget, UnitCost
    from studio.estimates.what_breaks.cascade import BlastRadius, Fallen
    from studio.estimates.what_breaks.growth import Growth
    from studio.estimates.what_breaks.ladder import Rung


class Estimates:
    """All figures of one design under some conditions; each section is worked out when it is first asked for."""

    def __init__(self, working: Working) -> None:
        self.working = working
        """What the figures are worked out from; explanations read it."""
        self._reasons: dict[str, dict[str, str]] = {}

    @property
    def design(self) -> str:
        """The design's name."""
        return self._basis.design.design.name

    @property
    def load(self) -> float:
        """× today's peak."""
        return self._basis.load

    @property
    def down(self) -> tuple[str, ...]:
        """Components that are gone, in file order."""
        return tuple(name for name in self._basis.numbers if name in self._basis.down)

    @property
    def cold(self) -> tuple[str, ...]:
        """Caches that are empty, in file order."""
        return tuple(name for name in self._basis.numbers if name in self._basis.conditions.cold)

    @property
    def zone_lost(self) -> bool:
        """Whether one availability zone is gone."""
        return self._basis.conditions.zone_lost

    @cached_property
    def traffic(self) -> Traffic:
        """What users make."""
        return traffic_figures(self._basis, self.working.load.unassigned, self._why("traffic"))

    @cached_property
    def ai(self) -> AiUse | None:
        """What language models are asked; None when the design calls none."""
        return ai_figures(self._basis, self._why("ai"))

    @cached_property
    def components(self) -> Mapping[str, ComponentFigures]:
        """By id, in file order."""
        return component_figures(self.working, self._why("components"))

    @cached_property
    def connections(self) -> Mapping[str, ConnectionFigures]:
        """By id, in file order."""
        return connection_figures(self.working, self._why("connections"))

    @cached_property
    def call_budgets(self) -> Mapping[str, "CallBudget"]:
        """Deadlines and retries of every call somebody waits for, by connection."""
        from studio.estimates.sides.call_budgets import call_budgets

        return call_budgets(self.working, self._why("call_budgets"))

    @cached_property
    def limits(self) -> tuple["Limit", ...]:
        """What runs out besides capacity."""
        from studio.estimates.sides.limits import limits

        found = limits(self.working)
        missing = {f"limits.{limit.path}": limit.reason or "" for limit in found if limit.used is None}
        self._why("limits").update(missing)
        return found

    @cached_property
    def backlogs(self) -> Mapping[str, "Backlog"]:
        """What piles up at peak before consumers and before what is overloaded, by component."""
        from studio.estimates.sides.backlog import backlogs

        return backlogs(self.working, self._why("backlogs"))

    @cached_property
    def journeys(self) -> Mapping[str, JourneyFigures]:
        """By id, in file order."""
        return journey_figures(self.working, self._why("journeys"))

    @property
    def availability(self) -> Figure:
        """Of the worst journey that must work."""
        return self._least_available.figure

    @cached_property
    def downtime_minutes_per_month(self) -> Figure:
        """What that availability leaves out of a month of 30 days."""
        if self.availability is None:
            self._why("downtime")["downtime_minutes_per_month"] = self._why("availability")["availability"]
            return None
        return downtime_minutes_per_month(self.availability)

    @property
    def p50_ms(self) -> Figure:
        """Of the slowest journey that must work."""
        return self._slow_median.figure

    @property
    def p99_ms(self) -> Figure:
        """Of the slowest journey that must work."""
        return self._slowest.figure

    @cached_property
    def cost_per_month(self) -> Figure:
        """Components, tokens and support, in US dollars unless the design names another currency."""
        reasons = self._why("cost", "components", "ai")
        return total_cost(self._basis, self.components, self.ai, reasons)

    @cached_property
    def unit_cost(self) -> "UnitCost":
        """What the bill buys."""
        from studio.estimates.sides.unit_cost import unit_cost

        cost = self.cost_per_month
        return unit_cost(self.working, self.components, self.ai, cost, self._why("unit_cost", "cost"))

    @cached_property
    def error_budget(self) -> "ErrorBudget | None":
        """What may fail; None when no availability is asked for."""
        from studio.estimates.sides.error_budget import error_budget

        availability = self.availability
        return error_budget(self.working, availability, self._why("error_budget", "availability"))

    @cached_property
    def breaks_first(self) -> BreaksFirst | None:
        """The component that is full at the smallest multiple of today's peak; the first in the file of several."""
        up = (name for name in self._basis.numbers if name not in self._basis.down)
        known = [(at, name) for name in up if (at := self.working.full[name].breaks_at) is not None]
        if not known:
            reason = "no component has both a known load of users and a capacity_rps"
            self._why("breaks_first")["breaks_first"] = reason
            return None
        at, name = min(known, key=lambda pair: pair[0])
        return BreaksFirst(name, at)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Every number asked for beside what the design gives."""
        from studio.estimates.targets import targets

        least, median, slow = self._least_available, self._slow_median, self._slowest
        whole = Whole(least.figure, median.figure, slow.figure, least.journey, slow.journey)
        return targets(self.working, self.journeys, whole, self.cost_per_month)

    @cached_property
    def ranges(self) -> "Ranges":
        """How far figures may lie from their points, by sampling; empty when no input is a range."""
        from studio.estimates.ranges import ranges

        return ranges(self._basis.design, self._basis.conditions, technologies=self._basis.technologies)

    @cached_property
    def ladder(self) -> "tuple[Rung, ...]":
        """What breaks between today's peak and a hundred times as much, and the cheapest cure each time."""
        from studio.estimates.what_breaks.ladder import ladder

        return ladder(self.working)

    @cached_property
    def growth(self) -> "Growth | None":
        """The design at the load it is to survive; None when today's is unknown."""
        from studio.estimates.what_breaks.growth import growth

        return growth(self.working)

    @cached_property
    def blast_radius(self) -> "BlastRadius":
        """The journeys that stop, and those that go on with less, without what is down."""
        from studio.estimates.what_breaks.cascade import blast_radius

        return blast_radius(self.working)

    @cached_property
    def cascade(self) -> "tuple[Fallen, ...]":
        """Who falls after what is down, in the order of the rounds."""
        from studio.estimates.what_breaks.cascade import cascade

        return cascade(self.working)

    @cached_property
    def unknown(self) -> Mapping[str, str]:
        """Why a figure is None, by the figure's path, in the order of the sections."""
        found: dict[str, str] = {}
        for section, figures in _SECTIONS.items():
            value = getattr(self, figures)
            reasons = self._reasons.get(section, {})
            if isinstance(value, Rows):
                place = {name: index for index, name in enumerate(dict(value))}
                reasons = dict(sorted(reasons.items(), key=lambda reason: place[reason[0].split(".")[1]]))
            found.update(reasons)
        return found

    @property
    def errors(self) -> tuple[str, ...]:
        """Why the load has no solution at all: loops that multiply traffic."""
        return tuple(loop.sentence for loop in self.working.load.loops)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know beside the figures: load no journey carries, what is overloaded."""
        from studio.estimates.notes import notes
        from studio.estimates.sides.backlog import backlog_notes

        return (*notes(self.working, self.traffic), *backlog_notes(self.working, self.backlogs))

    @property
    def _basis(self) -> Basis:
        return self.working.basis

    @cached_property
    def _least_available(self) -> Worst:
        return least_available(self.working, self._why("availability"))

    @cached_property
    def _slow_median(self) -> Worst:
        return slowest(self.working, "p50_ms", self._why("p50_ms"))

    @cached_property
    def _slowest(self) -> Worst:
        return slowest(self.working, "p99_ms", self._why("p99_ms"))

    def _why(self, section: str, *others: str) -> MutableMapping[str, str]:
        """Where a section's reasons are kept; those of ``others`` can be read too."""
        own, *readable = (self._reasons.setdefault(name, {}) for name in (section, *others))
        return ChainMap(own, *readable) if readable else own


_SECTIONS: Final = {
    "traffic": "traffic", "ai": "ai", "components": "components", "connections": "connections",
    "call_budgets": "call_budgets", "limits": "limits", "journeys": "journeys", "availability": "availability",
    "downtime": "downtime_minutes_per_month", "p99_ms": "p99_ms", "p50_ms": "p50_ms", "cost": "cost_per_month",
    "backlogs": "backlogs", "breaks_first": "breaks_first", "unit_cost": "unit_cost", "error_budget": "error_budget",
}  # fmt: skip
"""Sections of reasons in their order, and the figure that fills each."""


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
    return Estimates(worked_out(Basis(design, technologies or {}, known)))
