"""A file that cannot be read: what is wrong with it, line by line, and never a hand laid on it."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen

from studio.errors import InvalidDesign
from studio.tui.bars import Bar
from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row, words


class Problems(Screen[str]):
    """Lists the problems; the result is `edit`, `again` or `quit`, and the line that was pointed at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("e,enter", "answer('edit')", "Edit", "problems.edit", "Open the file in $EDITOR"),
        key("r,f5", "answer('again')", "Read again", "problems.again", "Read the file again"),
        key("q,ctrl+q", "answer('quit')", "Quit", "problems.quit", "Quit"),
    ]

    def __init__(self, name: str, error: InvalidDesign) -> None:
        super().__init__()
        self._file = name
        self._error = error

    def compose(self) -> ComposeResult:
        """The list."""
        yield Bar(identifier="title")
        with Vertical(classes="full"):
            yield LineList()
        yield Bar(identifier="keys")

    def on_mount(self) -> None:
        """Shows it."""
        count = len(self._error.problems)
        heading = f"{self._file} cannot be read: {count} problem{'s' if count != 1 else ''}"
        self.query_one("#title", Bar).show((Span(heading, "strong"),))
        keys = (("e", "opens it in $EDITOR"), ("r", "reads again"), ("q", "quits"))
        self.query_one("#keys", Bar).show([s for k, w in keys for s in (Span(k, "key"), Span(f" {w}   ", "dim"))])
        self.query_one(LineList).show(list(self._rows()))
        self.query_one(LineList).focus()

    def _rows(self) -> Iterator[Row]:
        for number, problem in enumerate(self._error.problems):
            place = Span(f"{problem.file}:{problem.line}: ", "accent")
            text = (Span(problem.what), Span(f"; {problem.advice}", "dim"))
            yield row(f"{number}", place, *text, wraps=True, indent=2)
        yield words("", "")
        yield words("safe", Span("The file is as it was; nothing has been written.", "faint"))

    @property
    def line(self) -> int:
        """The line of the problem under the cursor."""
        cursor = self.query_one(LineList).cursor
        return self._error.problems[int(cursor)].line if cursor else 1

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Enter opens the editor at the problem."""
        message.stop()
        self.dismiss("edit")

    def action_answer(self, answer: str) -> None:
        """Gives an answer."""
        self.dismiss(answer)
