"""The options of a decision side by side: what speaks for each, what against, and which one is chosen."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from studio.comparing.weighing import CRITERIA, Matrix
from studio.comparing.weighing import Row as FigureRow
from studio.comparing.words import cell as figure_words
from studio.comparing.words import heading, turned, verdict
from studio.model.records import Decision, Option
from studio.text import one_line
from studio.tui.lines.rows import Row, Span, columns_of, fallen, words

NARROWEST: Final = 22
"""Columns one option needs to be read."""
CHOSEN: Final = "✓ chosen"
_GAP: Final = 2


def trade_off_rows(decision: Decision, columns: int, at: int = 0, matrix: Matrix | None = None) -> list[Row]:
    """The table in so many columns; the option number `at` is marked, and always in sight.

    The figures stand in it once the `matrix` of them is known.
    """
    if not decision.options:
        return [words("none", Span("no options are written down; n in the form makes one", "faint"))]
    shown = window(len(decision.options), columns, at)
    options = [decision.options[place] for place in shown]
    wide = (columns - _GAP * (len(options) - 1)) // len(options)
    rows = list(_around(decision, shown))
    for name, part in (*_parts(decision, options, at - shown.start), *_figures(matrix, shown)):
        cells = [_lines(cell, wide) for cell in part]
        rows += (_joined(f"{name}:{n}", line, wide) for n, line in enumerate(zip_longest(*cells, fillvalue=())))
        rows.append(words(f"{name}:end", " "))
    return [*rows, *_verdict(matrix)]


def window(count: int, columns: int, at: int) -> range:
    """The options that fit, with the one at `at` among them."""
    fit = min(max((columns + _GAP) // (NARROWEST + _GAP), 1), count)
    first = min(max(at - fit + 1, 0), count - fit)
    return range(first, first + fit)


def _around(decision: Decision, shown: range) -> Iterator[Row]:
    """What the table is about, and how many options stand beside it."""
    if decision.context:
        yield words("context", Span(decision.context, "dim"), wraps=True)
        yield words("context:end", " ")
    before, after = shown.start, len(decision.options) - shown.stop
    if before or after:
        more = " · ".join(f"{n} more to the {side}" for n, side in ((before, "left"), (after, "right")) if n)
        yield words("more", Span(more, "accent"), wraps=True)


def _parts(decision: Decision, options: list[Option], at: int) -> Iterator[tuple[str, list[list[Row]]]]:
    yield "name", [_heading(decision, option, is_here=place == at) for place, option in enumerate(options)]
    yield "pros", [_points(option.pros, "For", "+", "good") for option in options]
    yield "cons", [_points(option.cons, "Against", "−", "bad") for option in options]
    if decision.why:
        yield "why", [_why(decision, option) for option in options]


def _figures(matrix: Matrix | None, shown: range) -> Iterator[tuple[str, list[list[Row]]]]:
    """What each option costs and gives, and its flags beside the chosen one."""
    if matrix is not None:
        yield "figures", [_column(matrix, matrix.rows[place]) for place in shown]


def _column(matrix: Matrix, row: FigureRow) -> list[Row]:
    title = words("title", Span("Costs and gives", "title"))
    if row.variant.analysis is None:
        return [title, words("unknown", Span(row.variant.why_not, "faint"), wraps=True)]
    found = [words(name, Span(f"{heading(name)} ", "dim"), figure_words(name, row.figures[name])) for name in CRITERIA]
    score = matrix.scores.get(row.variant.id)
    if score is not None:
        found.append(words("score", Span("score ", "dim"), Span(f"{score:.2f}", "strong")))
    found += [words(f"new {flag}", Span("! ", "bad"), flag, wraps=True, indent=2) for flag in row.new]
    found += [words(f"gone {flag}", Span("✓ ", "good"), flag, wraps=True, indent=2) for flag in row.resolved]
    return [title, *found]


def _verdict(matrix: Matrix | None) -> Iterator[Row]:
    """Who wins by weight, and at which weight another one does."""
    if matrix is None:
        return
    said = (*verdict(matrix), *(turned(turn) for turn in matrix.turns), *matrix.notes)
    for number, text in enumerate(said):
        yield words(f"verdict:{number}", one_line(text), wraps=True)


def _heading(decision: Decision, option: Option, *, is_here: bool) -> list[Row]:
    name = one_line(option.name or option.id)
    pointer = Span("› " if is_here else "  ", "accent")
    rows = [words("name", pointer, Span(name, "selected" if is_here else "strong"), wraps=True, indent=2)]
    mark = Span(f"  {CHOSEN}", "good") if decision.chosen == option.id else Span(f"  {option.id}", "faint")
    return [*rows, words("chosen", mark)]


def _points(points: Iterable[str], title: str, sign: str, role: str) -> list[Row]:
    start = Span(f"{sign} ", role)
    rows = [words(str(n), start, one_line(said), wraps=True, indent=2) for n, said in enumerate(points)]
    return [words("title", Span(title, "title")), *(rows or [words("nothing", Span("nothing is said", "faint"))])]


def _why(decision: Decision, option: Option) -> list[Row]:
    if decision.chosen != option.id or not decision.why:
        return []
    return [words("title", Span("Why this one", "title")), words("why", one_line(decision.why), wraps=True)]


def _lines(cell: list[Row], columns: int) -> list[tuple[Span, ...]]:
    return [line.spans for line in fallen(cell, columns)]


def _joined(key: str, cells: Iterable[tuple[Span, ...]], wide: int) -> Row:
    """One line of all options, each in its own columns."""
    spans: list[Span] = []
    for cell in cells:
        if spans:
            spans.append(Span(" " * _GAP))
        spans += [*cell, Span(" " * max(wide - columns_of(cell), 0))]
    return words(key, *spans)
