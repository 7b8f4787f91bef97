"""Where a figure comes from and how sure it is."""

from collections.abc import Iterator

from textual import work

from studio.estimates.engine import Estimates
from studio.estimates.explaining.explanation import Explanation, in_its_unit
from studio.estimates.ranges.words import sureness
from studio.estimates.wording import worded
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, words
from studio.tui.screens.page import Page


class Explained(Page):
    """A figure explained; how sure it is comes as soon as the samples are drawn."""

    def __init__(self, found: Explanation, estimates: Estimates) -> None:
        self._value, *self._rest = _rows(found)
        super().__init__(found.figure, [self._value, *self._rest])
        self._found, self._estimates = found, estimates

    def on_mount(self) -> None:
        """Shows what is known at once, and has the samples drawn."""
        super().on_mount()
        self._sample()

    @work(thread=True, exclusive=True)
    def _sample(self) -> None:
        rows = list(_sure(self._estimates, self._found.figure))
        if rows:
            self.app.call_from_thread(self._add, rows)

    def _add(self, rows: list[Row]) -> None:
        if self.is_mounted:
            self.query_one(LineList).show([self._value, *rows, *self._rest])


def _sure(estimates: Estimates, figure: str) -> Iterator[Row]:
    """The spread of a figure, and the inputs it hangs on."""
    for number, line in enumerate(sureness(estimates.ranges, figure)):
        yield words(f"sure:{number}", Span(line, "dim" if number else ""), wraps=True, indent=2)


def _rows(found: Explanation) -> Iterator[Row]:
    """Value, formula, inputs with where they come from, assumptions, source."""
    yield words("value", Span(f"{found.figure} = ", "dim"), Span(worded(found.figure, found.value), "strong"))
    if found.reason:
        yield words("reason", Span("? ", "faint"), found.reason, wraps=True, indent=2)
    yield words("gap", "")
    yield words("formula", Span(found.formula, "accent"), wraps=True, indent=2)
    yield words("gap2", "")
    wide = max((len(given.name) for given in found.inputs), default=0)
    for number, given in enumerate(found.inputs):
        caption, value = f"{given.name:<{wide}}  ", f"{in_its_unit(given):<14}  "
        yield words(f"input:{number}", caption, Span(value, "strong"), Span(given.origin, "dim"), wraps=True, indent=4)
    for number, assumed in enumerate(found.assumptions):
        yield words(f"assumed:{number}", Span("assumes ", "dim"), assumed, wraps=True, indent=8)
    if found.source:
        yield words("source", Span(f"source: {found.source}", "faint"), wraps=True, indent=8)
