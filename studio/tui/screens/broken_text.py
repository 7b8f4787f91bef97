"""A text that came back from the editor and does not load."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from studio.errors import InvalidDesign
from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.screens.dialog import Dialog


class BrokenText(Dialog[str]):
    """Lists the problems; the result is `edit`, or None to drop the text."""

    shape = "-wide"
    keys = (("Enter", "edit again, at this line"), ("Esc", "drop the text"))
    BINDINGS: ClassVar[list[BindingType]] = [
        key("e", "again", "edit again", "dialog.edit-again", "Back into the editor"),
    ]

    def __init__(self, name: str, error: InvalidDesign) -> None:
        super().__init__()
        count = len(error.problems)
        self.heading = f"{name} does not load: {count} problem{'s' if count != 1 else ''}"
        self._error = error

    def content(self) -> ComposeResult:
        """The problems."""
        yield LineList()

    def on_mount(self) -> None:
        """Shows them."""
        super().on_mount()
        self.query_one(LineList).show(list(self._rows()))

    def _rows(self) -> Iterator[Row]:
        for number, problem in enumerate(self._error.problems):
            place = Span(f"line {problem.line}: ", "accent")
            yield row(f"{number}", place, problem.what, Span(f"; {problem.advice}", "dim"), wraps=True, indent=2)
        yield words("safe", Span("The design is as it was; the text is kept while you edit it again.", "faint"))

    @property
    def line(self) -> int:
        """The line of the problem under the cursor."""
        cursor = self.query_one(LineList).cursor
        return self._error.problems[int(cursor)].line if cursor else 1

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.action_again()

    def action_again(self) -> None:
        """Back into the editor."""
        self.dismiss("edit")
