"""A journey walked call by call: what each call carries, how long it takes, how patient it is, what its loss means."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from studio.analysis import Analysis
from studio.estimates.conditions import Conditions
from studio.estimates.results import Figure
from studio.estimates.wording import worded
from studio.model.behaviour import Journey
from studio.model.connection import Connection
from studio.model.design import Design
from studio.text import listed
from studio.tui.lines.rows import Row, Span, words
from studio.tui.panes.ladder_rows import losses
from studio.units import Dimension, point, shown

if TYPE_CHECKING:
    from studio.estimates.engine import Estimates
    from studio.estimates.working import Working


class Walk(NamedTuple):
    """A journey and where one is on it."""

    journey: str | None
    """None where the design has no journeys: then every connection is gone through."""
    name: str
    steps: tuple[str, ...]
    """Ids of connections in the order in which they are taken."""
    at: int = 0

    @property
    def here(self) -> str:
        """The connection of this call."""
        return self.steps[self.at]

    def moved(self, by: int) -> "Walk":
        """So many calls further, as far as there are any."""
        return self._replace(at=min(max(self.at + by, 0), len(self.steps) - 1))

    def still_in(self, design: Design) -> "Walk | None":
        """The same walk on a design that was changed; None when there is nothing left to walk."""
        found = next((walk for walk in walks(design) if walk.journey == self.journey), None)
        return None if found is None else found.moved(self.at)


def walks(design: Design) -> tuple[Walk, ...]:
    """Every journey that has calls; without any, all connections from the first callers on."""
    known = design.connection
    found = tuple(
        Walk(journey.id, journey.label, steps)
        for journey in design.journeys
        if (steps := tuple(step for step in journey.steps if step in known))
    )
    if found or not design.connections:
        return found
    return (Walk(None, "all calls", tuple(_outward(design))),)


def _outward(design: Design) -> Iterator[str]:
    """Connections from those nobody calls on, each once; what hangs in a loop comes last."""
    starts = [component.id for component in design.components if not design.callers_of.get(component.id)]
    waiting, seen = starts, dict[str, None]()
    while waiting:
        here = waiting.pop(0)
        for call in design.calls_of.get(here, ()):
            if call.id not in seen:
                seen[call.id] = None
                waiting.append(call.target)
    yield from seen
    yield from (connection.id for connection in design.connections if connection.id not in seen)


class Hop(NamedTuple):
    """What is known of one call of a walk. Times in milliseconds."""

    connection: Connection
    p50_ms: Figure
    """Of the callee itself, without what it calls."""
    p99_ms: Figure
    until_ms: Figure
    """The p99 of the journey up to and with this call, its answer included."""
    wanted_ms: Figure
    """The p99 asked for."""
    loss: tuple[str, ...]
    """What stops and what goes on with less when the callee is gone, in sentences."""

    @property
    def left_ms(self) -> Figure:
        """What of the time asked for is left for the rest of the journey."""
        return None if self.wanted_ms is None or self.until_ms is None else self.wanted_ms - self.until_ms


def hop_of(analysis: Analysis, walk: Walk) -> Hop:
    """Works one call out. Costs an estimate of the design without the callee: not for the event loop."""
    connection = analysis.design.connection[walk.here]
    estimates = analysis.estimates
    figures = estimates.components[connection.target]
    journey = next((journey for journey in analysis.design.journeys if journey.id == walk.journey), None)
    until = None if journey is None else until_ms(estimates.working, journey, walk.at + 1)
    wanted = _wanted(analysis.design, journey)
    return Hop(connection, figures.p50_ms, figures.p99_ms, until, wanted, _loss(analysis, connection.target))


def until_ms(working: "Working", journey: Journey, calls: int) -> Figure:
    """The p99 of the first calls of a journey at the load of the whole design; None when it is unknown."""
    from studio.estimates.journeys import TimeUnknown, response_time
    from studio.estimates.laws.composition import percentile

    begun = journey.changed(steps=journey.steps[:calls], at_once=_begun(journey, calls))
    try:
        return percentile(response_time(working.basis, begun, working.laws, working.tries), 0.99) * 1000
    except TimeUnknown:
        return None


def _begun(journey: Journey, calls: int) -> tuple[tuple[str, ...], ...]:
    taken = frozenset(journey.steps[:calls])
    groups = (tuple(step for step in group if step in taken) for group in journey.at_once)
    return tuple(group for group in groups if len(group) > 1)


def _wanted(design: Design, journey: Journey | None) -> Figure:
    asked = journey.p99 if journey is not None and journey.p99 is not None else design.requirements.performance.p99
    return None if asked is None else point(asked) * 1000


def _loss(analysis: Analysis, component: str) -> tuple[str, ...]:
    conditions = analysis.conditions
    gone = Conditions(conditions.load, conditions.down | {component}, conditions.cold, conditions.zone_lost)
    lost = analysis.instead(conditions=gone).estimates
    _ = lost.blast_radius, lost.cascade
    return tuple(losses(lost))


# Rows ----------------------------------------------------------------------------------------------------------------


def walk_rows(analysis: Analysis, walk: Walk, hop: Hop | None) -> list[Row]:
    """The lines that say where one is; what is not worked out yet is left out."""
    return list(_rows(analysis, walk, hop))


def _rows(analysis: Analysis, walk: Walk, hop: Hop | None) -> Iterator[Row]:
    design, estimates = analysis.design, analysis.estimates
    call = design.connection[walk.here]
    ends = f"{design.component[call.source].label} → {design.component[call.target].label}"
    carries = f" · {call.carries}" if call.carries else ""
    rate = worded("peak_rps", estimates.connections[call.id].peak_rps)
    yield words(
        "call", Span(f"{walk.name}: ", "accent"), Span(f"call {walk.at + 1} of {len(walk.steps)}  ", "strong"),
        f"{ends}{carries}", Span(f"  {rate}", "dim"), Span(_beside(design, walk), "faint"),
    )  # fmt: skip
    if hop is not None:
        yield words("time", *_time(call, hop), wraps=True, indent=2)
    yield words("patience", *_patience(estimates, call), wraps=True, indent=2)
    for number, text in enumerate(hop.loss if hop is not None else ()):
        begun = f"without {design.component[call.target].label}  " if number == 0 else "  "
        yield words(f"loss:{number}", Span(begun, "dim"), Span(text, "warning"), wraps=True, indent=2)
    if hop is not None and not hop.loss:
        yield words("loss", Span(f"without {design.component[call.target].label}  ", "dim"), "no journey stops")


def _beside(design: Design, walk: Walk) -> str:
    """The calls that are made at the same time."""
    journey = next((journey for journey in design.journeys if journey.id == walk.journey), None)
    groups = () if journey is None else journey.at_once
    others = [step for group in groups if walk.here in group for step in group if step != walk.here]
    return f"  at once with {listed(others)}" if others else ""


def _time(call: Connection, hop: Hop) -> Iterator[Span]:
    if not call.is_synchronous:
        yield Span("nobody waits for it  ", "dim")
    yield Span("takes ", "dim")
    yield Span(f"{worded('p50_ms', hop.p50_ms)} at p50, {worded('p99_ms', hop.p99_ms)} at p99")
    if hop.until_ms is None:
        return
    yield Span("   so far ", "dim")
    yield Span(f"{worded('p99_ms', hop.until_ms)} at p99", "strong")
    if hop.left_ms is not None and hop.left_ms >= 0:
        yield Span(f", {worded('p99_ms', hop.left_ms)} of {worded('p99_ms', hop.wanted_ms)} left", "good")
    elif hop.left_ms is not None:
        yield Span(f", {worded('p99_ms', -hop.left_ms)} over the {worded('p99_ms', hop.wanted_ms)} wanted", "bad")


def _patience(estimates: "Estimates", call: Connection) -> Iterator[Span]:
    yield Span("timeout ", "dim")
    yield Span("none" if call.timeout is None else shown(point(call.timeout), Dimension.DURATION))
    yield Span("   tries ", "dim")
    yield Span(f"{call.tries}")
    budget = estimates.call_budgets.get(call.id)
    if budget is not None and budget.worst_case_ms is not None:
        yield Span(f"   at worst {worded('worst_case_ms', budget.worst_case_ms)}", "dim")
    if budget is not None and budget.gives_up is not None:
        yield Span(f"   fails {worded('gives_up', budget.gives_up)}", "dim")
    if budget is not None and budget.regime is not None:
        yield Span(f"   retries {budget.regime}", "" if budget.regime == "safe" else "warning")
    yield Span("   when it fails ", "dim")
    yield Span(_when_it_fails(call))


def _when_it_fails(call: Connection) -> str:
    if call.fallback:
        return f"falls back: {call.fallback}"
    if not call.is_synchronous:
        return "the work waits"
    return "the caller fails too" if call.is_hard else "the caller goes on without"
