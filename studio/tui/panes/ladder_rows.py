"""What folds out below the table: what breaks first and what next, what growth costs, what else runs out, what a loss
takes along."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from studio.estimates.results import Figure
from studio.estimates.wording import worded
from studio.text import listed
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.panes.component_rows import limit_row
from studio.tui.panes.signs import Signs
from studio.tui.view import View

if TYPE_CHECKING:
    from studio.estimates.engine import Estimates
    from studio.estimates.what_breaks.growth import Growth
    from studio.estimates.what_breaks.ladder import Rung

SECTIONS: Final[Mapping[str, str]] = {"ladder": "ladder", "growth": "growth", "limits": "limits"}
"""Sections that fold, and the figures of the engine that each needs."""
WORKING: Final = "being worked out …"


def section_rows(view: View, unfolded: frozenset[str], signs: Signs) -> Iterator[Row]:
    """The headings of all sections, and the rows of those that are unfolded."""
    estimates = view.analysis.estimates
    yield from _losses(estimates, signs)
    yield _heading("ladder", unfolded, signs, Span("breaks first ", "dim"), _first(estimates))
    if "ladder" in unfolded:
        yield from _ladder(estimates, signs)
    yield _heading("growth", unfolded, signs, Span("growth", "dim"))
    if "growth" in unfolded:
        yield from _growth(estimates, signs)
    if "limits" in unfolded or estimates.limits:
        fullest = max((limit.share or 0.0 for limit in estimates.limits), default=0.0)
        text = f"{len(estimates.limits)}, the fullest at {fullest * 100:.0f} %"
        yield _heading("limits", unfolded, signs, Span("other limits ", "dim"), text)
        if "limits" in unfolded:
            yield from _limits(estimates, signs)


def is_worked_out(estimates: "Estimates", figure: str) -> bool:
    """Whether a section of figures has been asked for before: showing it costs nothing then."""
    return figure in vars(estimates)


def _heading(section: str, unfolded: frozenset[str], signs: Signs, *spans: Span | str) -> Row:
    sign = signs.unfolded if section in unfolded else signs.folded
    return row(f"section:{section}", Span(f"{sign} ", "accent"), *spans)


# What breaks ---------------------------------------------------------------------------------------------------------


def _first(estimates: "Estimates") -> Span:
    """What breaks first: the lowest rung as soon as the ladder is known, until then what is full first."""
    lowest = estimates.ladder[0] if is_worked_out(estimates, "ladder") and estimates.ladder else None
    full = estimates.breaks_first
    if lowest is None and full is None:
        return Span("not known", "faint")
    name, at = (lowest.subject, lowest.at) if lowest is not None else (full.component, full.at) if full else ("", 0.0)
    role = "bad" if at < 1 else "warning" if at < 2 else ""
    return Span(f"{name} at {worded('breaks_at', at)} today's peak", role)


def _ladder(estimates: "Estimates", signs: Signs) -> Iterator[Row]:
    if not is_worked_out(estimates, "ladder"):
        yield words("ladder", Span(f"  {WORKING}", "faint"))
        return
    for number, rung in enumerate(estimates.ladder):
        yield from _rung(number, rung, signs)
    if not estimates.ladder:
        yield words("ladder", Span("  nothing up to a hundred times today's peak", "good"))


def _rung(number: int, rung: "Rung", signs: Signs) -> Iterator[Row]:
    role = "bad" if rung.at < 1 else "warning" if rung.at < 2 else "strong"
    at = Span(f"  {worded('at', rung.at):>6} ", role)
    yield row(f"figure:ladder.{number}", at, rung.why, wraps=True, indent=9)
    holds = "" if rung.holds_until is None else f", holds until {worded('at', rung.holds_until)}"
    cost = "" if rung.cost_per_month is None else f", {worded('cost_per_month', rung.cost_per_month)} a month"
    fix = Span(f"{rung.fix}{holds}{cost}", "faint")
    yield words(f"mends:{number}", Span(f"         {signs.becomes} ", "accent"), fix, wraps=True, indent=11)


# Growth --------------------------------------------------------------------------------------------------------------


def _growth(estimates: "Estimates", signs: Signs) -> Iterator[Row]:
    if not is_worked_out(estimates, "growth"):
        yield words("growth", Span(f"  {WORKING}", "faint"))
    elif estimates.growth is None:
        yield words("growth", Span("  unknown: today's peak is not given (3 Requirements, scale)", "faint"))
    else:
        yield from _grown(estimates.growth, signs)


def _grown(growth: "Growth", signs: Signs) -> Iterator[Row]:
    yield row("figure:growth.multiple", Span(f"  at {worded('growth', growth.multiple)} ", "strong"), growth.origin)
    yield _grown_row("frozen.p99_ms", "as it is: p99", growth.frozen.p99_ms)
    over = listed(f"{name} {worded('utilisation', full)}" for name, full in growth.frozen.over.items())
    if over:
        yield words("growth-over", Span(f"    {signs.missed} ", "bad"), f"too full: {over}", wraps=True, indent=6)
    yield _grown_row("sized.p99_ms", "sized for it: p99", growth.sized.p99_ms)
    yield _grown_row("sized.cost_per_month", "sized for it: cost", growth.sized.cost_per_month)
    yield _grown_row("sized.cost_factor", "cost then ÷ today's", growth.sized.cost_factor)
    more = listed(f"{count} {name}" for name, count in growth.sized.instances.items())
    if more:
        yield words("growth-more", Span(f"    {signs.becomes} ", "accent"), f"instances: {more}", wraps=True, indent=6)


def _grown_row(path: str, caption: str, value: Figure) -> Row:
    text = f"{value:.1f}" if path.endswith("factor") and value is not None else worded(path, value)
    return row(f"figure:growth.{path}", Span(f"    {caption:<22} ", "dim"), text)


# Limits and losses ---------------------------------------------------------------------------------------------------


def _limits(estimates: "Estimates", signs: Signs) -> Iterator[Row]:
    for limit in sorted(estimates.limits, key=lambda limit: -(limit.share or 0.0)):
        yield limit_row(limit.path, limit.path.removeprefix("components.").replace("_", " "), limit.share, signs)


def _losses(estimates: "Estimates", signs: Signs) -> Iterator[Row]:
    """What is lost with what is down, as far as it has been worked out."""
    for number, text in enumerate(losses(estimates)):
        yield words(f"loss:{number}", Span(f"{signs.missed} ", "bad"), text, wraps=True, indent=2)


def losses(estimates: "Estimates") -> Iterator[str]:
    """What the loss of what is down takes along, in sentences; nothing as long as it is not worked out."""
    if not is_worked_out(estimates, "blast_radius"):
        return
    lost = estimates.blast_radius
    if lost.stopped:
        names = listed(stopped.journey for stopped in lost.stopped)
        yield f"stops: {names}{_of_all(lost.stopped_share)}"
    if lost.degraded:
        names = listed(f"{one.journey} without {listed(one.lost)}" for one in lost.degraded)
        yield f"goes on with less: {names}{_of_all(lost.degraded_share)}"
    if is_worked_out(estimates, "cascade"):
        for fallen in estimates.cascade:
            full = "" if fallen.utilisation is None else f" at {worded('utilisation', fallen.utilisation)}"
            stops = f"; stops {listed(fallen.stopped)}" if fallen.stopped else ""
            yield f"then falls: {fallen.component}{full}{stops}"


def _of_all(share: Figure) -> str:
    return "" if share is None else f" ({worded('stopped_share', share)} of requests)"
