"""A design in, everything derived from it out: figures, red flags, the drawing. What did not change is remembered."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from studio.estimates.conditions import TODAY, Conditions
from studio.model.design import Design
from studio.units import Quantity, point

if TYPE_CHECKING:
    from studio.catalogue.entries import Technology
    from studio.catalogue.library import Library
    from studio.diagrams.outline import Outline
    from studio.diagrams.scene import Scene
    from studio.diagrams.style import Direction
    from studio.estimates.engine import Estimates
    from studio.red_flags.facts import Facts
    from studio.red_flags.report import Report
    from studio.red_flags.settings import Settings


class Analysis:
    """One design and what follows from it, each part worked out when first asked for.

    `conditions` are a what-if, `today` decides what is expired, `settings` are what its team set; `instead` makes
    an analysis of a changed design, or under other conditions, with all the rest the same.
    """

    def __init__(
        self,
        design: Design,
        library: "Library",
        *,
        today: date | None = None,
        conditions: Conditions = TODAY,
        settings: "Settings | None" = None,
    ) -> None:
        self.design = design
        self.library = library
        self.today = today or datetime.now().astimezone().date()
        self.conditions = conditions
        self._settings = settings

    @property
    def settings(self) -> "Settings":
        """What the design's team set: thresholds, severities, rules of its own."""
        if self._settings is None:
            from studio.red_flags.settings import UNSET

            self._settings = UNSET
        return self._settings

    def instead(self, design: Design | None = None, conditions: Conditions | None = None) -> "Analysis":
        """The analysis of another design, or under other conditions, by the same catalogue, day and settings."""
        return Analysis(
            design or self.design,
            self.library,
            today=self.today,
            conditions=conditions or self.conditions,
            settings=self._settings,
        )

    @cached_property
    def technologies(self) -> Mapping[str, "Technology"]:
        """The catalogue's technologies this design names, by the words it names them with."""
        named = dict.fromkeys(component.technology for component in self.design.components if component.technology)
        found = ((name, self.library.technology_called(name)) for name in named)
        return {name: technology for name, technology in found if technology is not None}

    @cached_property
    def estimates(self) -> "Estimates":
        """All figures."""
        from studio.estimates.engine import estimate

        return estimate(self.design, self.conditions, technologies=self.technologies)

    @cached_property
    def facts(self) -> "Facts":
        """What rules know of the design."""
        from studio.red_flags.facts import Facts

        known, set_ = self.technologies, self.settings
        return Facts(self.design, self.estimates, today=self.today, settings=set_, technologies=known)

    @cached_property
    def report(self) -> "Report":
        """What all rules say."""
        from studio.red_flags.report import report

        return report(self.facts, self.settings.rules())

    @cached_property
    def complexity(self) -> int:
        """What the team must understand, run and keep in step, in points."""
        from studio.red_flags.points import complexity

        return complexity(self.facts)

    @cached_property
    def outline(self) -> "Outline":
        """The boxes and lines of the drawing, without any figure."""
        from studio.diagrams.from_design import outline

        return outline(self.design)

    @cached_property
    def full_outline(self) -> "Outline":
        """The outline with kind and technology noted in each box."""
        from studio.diagrams.from_design import outline

        return outline(self.design, full=True)

    def scene(
        self, *, direction: str = "TB", width: int | None = None, full: bool = False, roomy: bool = True
    ) -> "Scene":
        """The drawing, laid out; the same outline is laid out once.

        Boxes are compact or full; a roomy drawing is as wide as it likes unless a width is asked for.
        """
        from studio.diagrams.layout import laid_out

        outline = self.full_outline if full else self.outline
        way: Direction = "LR" if direction == "LR" else "TB"
        return laid_out(outline, direction=way, width=width, compact=not full, roomy=roomy)


def requirement_figure(analysis: Analysis, name: str) -> float | str | None:
    """A design-wide name of a catalogue need: what the person asked for, and what the estimates say to it.

    None when it is unknown, LookupError when no such name exists.
    """
    known = _requirements(analysis) | _sizes(analysis)
    if name not in known:
        raise LookupError(f"{name} is no figure of a design")
    return known[name]


def _requirements(analysis: Analysis) -> dict[str, float | str | None]:
    wanted, constraints = analysis.design.requirements, analysis.design.constraints
    scale = wanted.scale
    return {
        "reads_per_write": _point(scale.reads_per_write),
        "growth": _point(scale.growth),
        "team_size": _point(constraints.team_size),
        "availability_target": _point(wanted.availability.target),
        "p99_target_ms": _milliseconds(_point(wanted.performance.p99)),
        "budget_per_month": _point(wanted.cost.budget_per_month),
        "stage": analysis.design.design.stage,
        "consistency_need": wanted.consistency.need,
    }


def _sizes(analysis: Analysis) -> dict[str, float | str | None]:
    traffic, facts = analysis.estimates.traffic, analysis.facts
    return {
        "peak_rps": traffic.peak_rps,
        "average_rps": traffic.average_rps,
        "peak_read_rps": traffic.peak_read_rps,
        "peak_write_rps": traffic.peak_write_rps,
        "stored_bytes_total": traffic.stored_bytes_total,
        "ai_requests_per_day": analysis.estimates.ai.requests_per_day if analysis.estimates.ai else None,
        "availability": analysis.estimates.availability,
        "p99_ms": analysis.estimates.p99_ms,
        "cost_per_month": analysis.estimates.cost_per_month,
        "components": float(len(analysis.design.components)),
        "deployables": float(len(facts.deployables)),
        "stores": float(len(facts.stores)),
        "complexity": float(analysis.complexity),
    }


def _point(quantity: Quantity | None) -> float | None:
    return None if quantity is None else point(quantity)


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000
