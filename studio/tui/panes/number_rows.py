"""Figures as rows: the targets, what breaks first, and one line for each component with a bar of its load."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from studio.estimates.results import Target
from studio.estimates.wording import worded
from studio.text import shortened, width
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.view import View

MARKS: Final = {True: ("✓", "good"), False: ("✗", "bad"), None: ("?", "faint")}
BAR: Final = 8
"""Cells of a full load bar."""
NEARLY_FULL: Final = 0.7


class Column(NamedTuple):
    """One column of the table of components."""

    figure: str
    title: str
    wide: int


COLUMNS: Final = (
    Column("p99_ms", "p99", 8),
    Column("cost_per_month", "cost", 8),
    Column("availability", "avail", 10),
    Column("breaks_at", "breaks", 7),
    Column("peak_rps", "load", 9),
)
"""In the order in which they are given up when there is no room."""


def number_rows(view: View, columns: int) -> list[Row]:
    """The rows of the board, for a list of so many columns."""
    rows = list(_targets(view))
    rows += _headline(view)
    rows += _breaks(view)
    rows += _components(view, columns)
    return rows


def _targets(view: View) -> Iterator[Row]:
    yield words("targets", Span("targets" if view.is_current else "targets …", "title"))
    found = view.analysis.estimates.targets
    if not found:
        yield words("none", Span("none set: 3 Requirements", "faint"))
    got = {target.target: worded(target.target, target.got) for target in found}
    wide = max((len(text) for text in got.values()), default=0)
    wanted = {target.target: _wanted(target) for target in found}
    wider = max((len(text) for text in wanted.values()), default=0)
    for target in found:
        sign, role = MARKS[target.met]
        right = (
            Span(f"{got[target.target]:>{wide}}", "strong" if target.met is False else ""),
            Span(f" {wanted[target.target]:<{wider}}", "faint"),
        )
        yield row(f"figure:{target.target}", Span(f"{sign} ", role), Span(_name(target.target), "dim"), right=right)
        if target.met is False and target.to_meet:
            yield words(f"meet:{target.target}", Span(f"  {target.to_meet}", "faint"), wraps=True, indent=2)
    for error in view.analysis.estimates.errors:
        yield words(f"error:{error}", Span("x ", "bad"), str(error), wraps=True, indent=2)


def _headline(view: View) -> Iterator[Row]:
    """The figures a design is judged by that no target stands for, and what each pattern adds to: the complexity."""
    estimates = view.analysis.estimates
    judged = {target.target for target in estimates.targets}
    for name in ("p99_ms", "availability", "cost_per_month"):
        if name not in judged:
            right = (Span(worded(name, getattr(estimates, name))),)
            yield row(f"figure:{name}", "  ", Span(_name(name), "dim"), right=right)
    text = worded("complexity", view.analysis.complexity)
    yield row("figure:complexity", "  ", Span("complexity", "dim"), right=(Span(text),))


def _wanted(target: Target) -> str:
    limit = "≥" if target.target.endswith("availability") else "≤"
    return f"{limit} {worded(target.target, target.wanted)}"


def _name(target: str) -> str:
    """`journeys.create.p99_ms` → `create p99`, `recovery_time_minutes` → `recovery time`."""
    known = {"recovery_time_minutes": "RTO", "recovery_point_minutes": "RPO", "availability": "available"}
    if target in known:
        return known[target]
    if target.startswith("journeys."):
        target = target.removeprefix("journeys.").replace(".availability", " avail")
    return (
        target.replace(".", " ")
        .replace("_", " ")
        .removesuffix(" ms")
        .removesuffix(" minutes")
        .replace(" per month", "")
    )


def _breaks(view: View) -> Iterator[Row]:
    first = view.analysis.estimates.breaks_first
    if first is not None:
        role = "bad" if first.at < 1 else "warning" if first.at < 2 else ""
        text = Span(f"{first.component} at {worded('breaks_at', first.at)} today's peak", role)
        yield row(f"component:{first.component}", Span("breaks first ", "dim"), text)


def _components(view: View, columns: int) -> Iterator[Row]:
    figures = view.analysis.estimates.components
    if not view.design.components:
        return
    shown = _that_fit(columns)
    name = _name_width(columns, shown)
    heads = "".join(f"{column.title:>{column.wide}}" for column in shown)
    yield words("components", Span(f"{'component':<{name}} {'utilised':<{BAR + 5}}", "title"), Span(heads, "title"))
    for component in view.design.components:
        found = figures.get(component.id)
        label = shortened(component.label, name)
        caption = f"{label}{' ' * (name - width(label))} "
        cells = (f"{worded(c.figure, getattr(found, c.figure, None)):>{c.wide}}" for c in shown)
        bar, role = _bar(getattr(found, "utilisation", None))
        yield row(f"component:{component.id}", caption, Span(bar, role), Span("".join(cells), "dim"))


def _that_fit(columns: int) -> tuple[Column, ...]:
    room = columns - 12 - 1 - BAR - 5
    kept: list[Column] = []
    for column in COLUMNS:
        if column.wide > room:
            break
        room -= column.wide
        kept.append(column)
    return tuple(kept)


def _name_width(columns: int, shown: tuple[Column, ...]) -> int:
    return min(max(columns - 1 - BAR - 5 - sum(column.wide for column in shown), 8), 24)


def _bar(utilisation: float | None) -> tuple[str, str]:
    if utilisation is None:
        return f"{'':<{BAR}} {'?':>4}", "faint"
    full = min(round(utilisation * BAR), BAR)
    text = "▇" * full + "·" * (BAR - full)
    percent = f"{utilisation * 100:.0f}%" if utilisation < 9.995 else ">999%"
    role = "bad" if utilisation >= 1 else "warning" if utilisation > NEARLY_FULL else "good"
    return f"{text} {percent:>4}", role
