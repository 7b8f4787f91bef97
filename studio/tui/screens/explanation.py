"""Where a figure comes from, how sure it is, and what would make it what was asked for."""

from collections.abc import Iterator

from textual import on, work

from studio.estimates.engine import Estimates
from studio.estimates.explaining.explanation import FIGURE, Explanation, in_its_unit
from studio.estimates.ranges.words import sureness
from studio.estimates.wording import worded
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.panes.target_rows import margin_of
from studio.tui.screens.page import Page


class Explained(Page):
    """A figure explained; how sure it is comes when the samples are drawn. The result is a figure to go on with."""

    keys = (("Enter", "explain the figure under the cursor"), ("q Esc", "close"))

    def __init__(self, found: Explanation, estimates: Estimates) -> None:
        self._value, *self._rest = explanation_rows(found, estimates)
        super().__init__(found.figure, [self._value, *self._rest])
        self._found, self._estimates = found, estimates

    def on_mount(self) -> None:
        """Shows what is known at once, and has the samples drawn."""
        super().on_mount()
        self._sample()

    @on(LineList.Chosen)
    def _go_on(self, event: LineList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key.removeprefix("figure:"))

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


def explanation_rows(found: Explanation, estimates: Estimates) -> Iterator[Row]:
    """Value, what was asked for, formula, inputs with where they come from, assumptions, source.

    Inputs that are figures themselves can be chosen.
    """
    yield words("value", Span(f"{found.figure} = ", "dim"), Span(worded(found.figure, found.value), "strong"))
    if found.reason:
        yield words("reason", Span("? ", "faint"), found.reason, wraps=True, indent=2)
    yield from _asked(found.figure, estimates)
    yield words("gap", "")
    yield words("formula", Span(found.formula, "accent"), wraps=True, indent=2)
    yield words("gap2", "")
    yield from _inputs(found)
    for number, assumed in enumerate(found.assumptions):
        yield words(f"assumed:{number}", Span("assumes ", "dim"), assumed, wraps=True, indent=8)
    if found.source:
        yield words("source", Span(f"source: {found.source}", "faint"), wraps=True, indent=8)


def _asked(figure: str, estimates: Estimates) -> Iterator[Row]:
    """The number somebody asked for, how far inside it lies, and what would make it pass."""
    target = next((target for target in estimates.targets if target.target == figure), None)
    if target is None:
        return
    margin = margin_of(target.margin)
    said = f"{worded(figure, target.wanted)}{f', margin {margin}' if margin else ''}"
    met = {True: ("✓ met  ", "good"), False: ("✗ missed  ", "bad"), None: ("? ", "faint")}[target.met]
    yield words("wanted", Span("wanted ", "dim"), Span(f"{said}  "), Span(*met))
    if target.to_meet:
        yield words("meet", Span("it would pass with ", "accent"), target.to_meet, wraps=True, indent=2)


def _inputs(found: Explanation) -> Iterator[Row]:
    wide = max((len(given.name) for given in found.inputs), default=0)
    for number, given in enumerate(found.inputs):
        spans = Span(f"{given.name:<{wide}}  "), Span(f"{in_its_unit(given):<14}  ", "strong")
        if given.origin == FIGURE and given.name != found.figure:
            yield row(f"figure:{given.name}", *spans, Span(given.origin, "accent"), wraps=True, indent=4)
        else:
            yield words(f"input:{number}", *spans, Span(given.origin, "dim"), wraps=True, indent=4)
