"""What was asked for beside what the design gives, with how far inside it lies and what would make it pass."""

from collections.abc import Iterator

from studio.estimates.results import Figure, Target
from studio.estimates.wording import worded
from studio.text import width
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.panes.signs import Signs
from studio.tui.view import View

HEADLINE = ("p99_ms", "availability", "cost_per_month")
"""The figures a design is judged by, whether or not a number is asked for."""
ROOM_FOR_MARGINS = 44
"""Columns from which the margins have a column of their own."""
SHOWN_MARGIN = 9.99
"""Above this many times what is allowed a margin is no longer told exactly."""


def target_rows(view: View, columns: int, signs: Signs) -> Iterator[Row]:
    """The board of targets, and the figures no target stands for."""
    title = "targets" if view.is_current and not view.is_pending else "targets …"
    found = view.analysis.estimates.targets
    right = (Span(f"{sum(t.met is True for t in found)} of {len(found)} met", "faint"),) if found else ()
    yield words("targets", Span(title, "title"), right=right)
    if not found:
        yield words("none", Span("none set: 3 Requirements", "faint"))
    yield from _targets(view, columns, signs)
    for error in view.analysis.estimates.errors:
        yield words(f"error:{error}", Span(f"{signs.missed} ", "bad"), error, wraps=True, indent=2)
    yield from _others(view, signs)


def _targets(view: View, columns: int, signs: Signs) -> Iterator[Row]:
    found = view.analysis.estimates.targets
    before = {target.target: target for target in view.today.estimates.targets} if view.today else {}
    got = {
        t.target: changed(t.target, before.get(t.target, t).got, t.got, signs, is_missed=t.met is False) for t in found
    }
    wanted = {target.target: _wanted(target, signs) for target in found}
    wide = max((width(text) for text in got.values()), default=0)
    wider = max((width(text) for text in wanted.values()), default=0)
    for target in found:
        sign, role = signs.mark(target.met)
        margin = f" {margin_of(target.margin):>7}" if columns >= ROOM_FOR_MARGINS else ""
        right = (
            Span(f"{got[target.target]:>{wide}}", "strong" if target.met is False else ""),
            Span(f" {wanted[target.target]:<{wider}}", "faint"),
            Span(margin, "bad" if (target.margin or 0) < 0 else "dim"),
        )
        yield row(f"figure:{target.target}", Span(f"{sign} ", role), Span(name_of(target.target), "dim"), right=right)
        if target.met is False and target.to_meet:
            line = row if target.mends else words
            yield line(f"meet:{target.target}", Span(f"  {target.to_meet}", "faint"), wraps=True, indent=2)


def margin_of(margin: Figure) -> str:
    """How far inside what is allowed: `+42 %`, `-12 %` when missed; nothing when unknown."""
    if margin is None:
        return ""
    if abs(margin) > SHOWN_MARGIN:
        return f"{'>' if margin > 0 else '< -'}{SHOWN_MARGIN * 100:.0f} %"
    return f"{margin * 100:+.0f} %"


def changed(name: str, before: Figure, now: Figure, signs: Signs, *, is_missed: bool = False) -> str:
    """A figure, or what becomes of it: `212 ms → 1.9 s`. A time that is missed and has no figure is one without end."""
    was, is_ = worded(name, before), "overload" if now is None and is_missed else worded(name, now)
    if before is None and now is None:
        return is_
    return is_ if was == is_ else f"{was} {signs.becomes} {is_}"


def _others(view: View, signs: Signs) -> Iterator[Row]:
    """The figures no target stands for, and what each pattern adds to: the complexity."""
    estimates = view.analysis.estimates
    judged = {target.target for target in estimates.targets}
    today = (view.today or view.analysis).estimates
    for name in HEADLINE:
        if name not in judged:
            text = changed(name, getattr(today, name), getattr(estimates, name), signs)
            yield row(f"figure:{name}", "  ", Span(name_of(name), "dim"), right=(Span(text),))
    text = worded("complexity", view.analysis.complexity)
    yield row("figure:complexity", "  ", Span("complexity", "dim"), right=(Span(text),))


def _wanted(target: Target, signs: Signs) -> str:
    limit = signs.at_least if target.target.endswith("availability") else signs.at_most
    return f"{limit} {worded(target.target, target.wanted)}"


def name_of(target: str) -> str:
    """`journeys.create.p99_ms` → `create p99`, `recovery_time_minutes` → `RTO`."""
    known = {"recovery_time_minutes": "RTO", "recovery_point_minutes": "RPO", "availability": "available"}
    if target in known:
        return known[target]
    if target.startswith("journeys."):
        target = target.removeprefix("journeys.").replace(".availability", " avail")
    words_of = target.replace(".", " ").replace("_", " ")
    return words_of.removesuffix(" ms").removesuffix(" minutes").replace(" per month", "")
