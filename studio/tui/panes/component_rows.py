"""The table of components: a bar of the load, and as many figures as there is room for; one may be unfolded."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from studio.estimates.results import ComponentFigures
from studio.estimates.wording import titled, worded
from studio.model.component import Component
from studio.text import shortened, width
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.panes.signs import Signs
from studio.tui.view import View

BAR: Final = 8
"""Cells of a full load bar."""
BESIDE: Final = 1 + BAR + 5
"""Columns of the bar, its percentage and the blanks around them."""
NEARLY_FULL: Final = 0.7


class Column(NamedTuple):
    """One column of the table."""

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


def component_rows(
    view: View, columns: int, signs: Signs, *, by_load: bool = False, unfolded: frozenset[str] = frozenset()
) -> Iterator[Row]:
    """One row for each component, in the order of the file or the fullest first; under an unfolded one its figures."""
    if not view.design.components:
        return
    shown = _that_fit(columns)
    name = _name_width(columns, shown)
    heads = "".join(f"{column.title:>{column.wide}}" for column in shown)
    title = "by load" if by_load else "component"
    yield words("components", Span(f"{title:<{name}} {'utilised':<{BAR + 5}}", "title"), Span(heads, "title"))
    for component in _in_order(view, by_load=by_load):
        yield _row(view, component, name, shown, signs)
        if component.id in unfolded:
            yield from _figures_of(view, component.id, signs)


def _in_order(view: View, *, by_load: bool) -> list[Component]:
    figures = view.analysis.estimates.components
    if not by_load:
        return list(view.design.components)
    return sorted(view.design.components, key=lambda c: -_fullness(figures.get(c.id)))


def _fullness(figures: ComponentFigures | None) -> float:
    return -1.0 if figures is None or figures.utilisation is None else figures.utilisation


def _row(view: View, component: Component, name: int, shown: tuple[Column, ...], signs: Signs) -> Row:
    estimates = view.analysis.estimates
    found = estimates.components.get(component.id)
    label = shortened(component.label, name)
    caption = f"{label}{' ' * (name - width(label))} "
    cells = (f"{worded(c.figure, getattr(found, c.figure, None)):>{c.wide}}" for c in shown)
    if component.id in estimates.down:
        bar, role = f"{signs.missed} {'down':<{BAR + 3}}", "bad"
    else:
        limit = view.analysis.facts.thresholds_for(component).utilisation_warning
        bar, role = load_bar(getattr(found, "utilisation", None), signs, limit)
    return row(f"component:{component.id}", caption, Span(bar, role), Span("".join(cells), "dim"))


def _figures_of(view: View, component: str, signs: Signs) -> Iterator[Row]:
    """Every figure of a component, each of which explains itself."""
    estimates = view.analysis.estimates
    found = estimates.components.get(component)
    for name in ComponentFigures._fields if found is not None else ():
        path = f"components.{component}.{name}"
        yield row(f"figure:{path}", Span(f"    {titled(name):<22} ", "dim"), worded(path, getattr(found, name)))
    for limit in estimates.limits:
        place = f"components.{component}."
        if limit.path.startswith(place):
            yield limit_row(limit.path, limit.path.removeprefix(place).replace("_", " "), limit.share, signs)


def limit_row(path: str, caption: str, share: float | None, signs: Signs) -> Row:
    """Something countable and how much of it is used."""
    bar, role = load_bar(share, signs)
    return row(f"figure:limits.{path}", Span(f"    {shortened(caption, 22):<22} ", "dim"), Span(bar, role))


def _that_fit(columns: int) -> tuple[Column, ...]:
    room = columns - 12 - BESIDE
    kept: list[Column] = []
    for column in COLUMNS:
        if column.wide > room:
            break
        room -= column.wide
        kept.append(column)
    return tuple(kept)


def _name_width(columns: int, shown: tuple[Column, ...]) -> int:
    return min(max(columns - BESIDE - sum(column.wide for column in shown), 8), 24)


def load_bar(utilisation: float | None, signs: Signs, limit: float = NEARLY_FULL) -> tuple[str, str]:
    """A bar with its percentage, and its role: nearly full above the limit, full from 100 %."""
    if utilisation is None:
        return f"{'':<{BAR}} {'?':>4}", "faint"
    full = min(round(utilisation * BAR), BAR)
    text = signs.full * full + signs.empty * (BAR - full)
    percent = f"{utilisation * 100:.0f}%" if utilisation < 9.995 else ">999%"
    role = "bad" if utilisation >= 1 else "warning" if utilisation > limit else "good"
    return f"{text} {percent:>4}", role
