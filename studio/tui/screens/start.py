"""Where one begins without a file: the samples, a file, a new design."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen

from studio.text import one_line
from studio.tui.bars import Bar
from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row, words


class Start(Screen[str]):
    """The result is `sample:ID`, `open`, `new` or `quit`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("o", "answer('open')", "Open", "start.open", "Open a file"),
        key("n", "answer('new')", "New", "start.new", "Begin a new design"),
        key("q,ctrl+q", "answer('quit')", "Quit", "start.quit", "Quit"),
    ]

    def __init__(self, samples: dict[str, tuple[str, str]]) -> None:
        super().__init__()
        self._samples = samples

    def compose(self) -> ComposeResult:
        """The list."""
        yield Bar(identifier="title")
        with Vertical(classes="full"):
            yield LineList()
        yield Bar(identifier="keys")

    def on_mount(self) -> None:
        """Shows it."""
        self.query_one("#title", Bar).show((Span("tenfold", "strong"), Span("  a studio for system design", "dim")))
        keys = (("Enter", "begins"), ("o", "opens a file"), ("n", "new design"), ("q", "quits"))
        self.query_one("#keys", Bar).show([s for k, w in keys for s in (Span(k, "key"), Span(f" {w}   ", "dim"))])
        self.query_one(LineList).show(list(self._rows()))
        self.query_one(LineList).focus()

    def _rows(self) -> Iterator[Row]:
        yield words("samples", Span("Begin with a copy of a sample", "title"))
        for id_, (name, overview) in self._samples.items():
            yield row(f"sample:{id_}", f"{one_line(name):<24} ", Span(one_line(overview), "dim"))
        yield words("gap", "")
        yield words("own", Span("Or with your own", "title"))
        yield row("open", "Open a file", right=(Span("o", "key"),))
        yield row("new", "New design", right=(Span("n", "key"),))

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Enter takes the row."""
        message.stop()
        self.dismiss(message.key)

    def action_answer(self, answer: str) -> None:
        """Gives an answer."""
        self.dismiss(answer)
