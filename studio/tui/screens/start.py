"""Where one begins without a file: recent files, the samples, a file, a new design, a drawing."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen

from studio.text import one_line, shortened, width
from studio.tui.bars import Bar
from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row, words

_WIDE = 26


class Offer(NamedTuple):
    """Something to begin with."""

    answer: str
    """What the screen answers when it is taken: `sample:url_shortener`, `recent:/home/ada/shop.toml`."""
    name: str
    about: str
    is_there: bool = True


class Start(Screen[str]):
    """The result is the answer of an offer, `forget:PATH`, `open`, `new`, `guided`, `import` or `quit`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("o", "answer('open')", "Open", "start.open", "Open a file"),
        key("n", "answer('new')", "New", "start.new", "Begin a new design"),
        key("a", "answer('guided')", "Guided", "start.guided", "Begin a new design with guided questions"),
        key("i", "answer('import')", "Import", "start.import", "Begin from a text drawing or another tool's file"),
        key("d,delete", "forget", "Forget", "start.forget", "Take a recent file off the list; the file stays"),
        key("q,ctrl+q", "answer('quit')", "Quit", "start.quit", "Quit"),
    ]

    def __init__(self, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._offers = tuple(offers)

    def compose(self) -> ComposeResult:
        """The list."""
        yield Bar(identifier="title")
        with Vertical(classes="full"):
            yield LineList()
        yield Bar(identifier="keys")

    def on_mount(self) -> None:
        """Shows it."""
        self.query_one("#title", Bar).show((Span("tenfold", "strong"), Span("  a studio for system design", "dim")))
        keys = (
            ("Enter", "begins"), ("o", "opens"), ("n", "new"), ("a", "asks"), ("i", "imports"), ("d", "forgets"),
            ("q", "quits"),
        )  # fmt: skip
        self.query_one("#keys", Bar).show([s for k, w in keys for s in (Span(k, "key"), Span(f" {w}   ", "dim"))])
        self.query_one(LineList).show(list(self._rows()))
        self.query_one(LineList).focus()

    def _rows(self) -> Iterator[Row]:
        yield from self._group("unsaved", "Never saved")
        yield from self._group("recent", "Go on with")
        yield from self._group("sample", "Begin with a copy of a sample")
        yield words("own", Span("Or with your own", "title"))
        yield row("open", "Open a file", right=(Span("o", "key"),))
        yield row("new", "New design", right=(Span("n", "key"),))
        yield row("guided", "New design from questions", right=(Span("a", "key"),))
        yield row("import", "Import a drawing or a compose file", right=(Span("i", "key"),))

    def _group(self, sort: str, heading: str) -> Iterator[Row]:
        found = [offer for offer in self._offers if offer.answer.startswith(f"{sort}:")]
        if found:
            yield words(sort, Span(heading, "title"))
        for offer in found:
            yield _row(offer)
        if found:
            yield words(f"{sort}-gap", "")

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Enter takes the row, if it is still there."""
        message.stop()
        offer = next((offer for offer in self._offers if offer.answer == message.key), None)
        if offer is not None and not offer.is_there:
            text = (Span(f"{offer.name} is gone", "warning"), Span("   d takes it off the list", "dim"))
            self.query_one("#keys", Bar).show(text)
        else:
            self.dismiss(message.key)

    def action_answer(self, answer: str) -> None:
        """Gives an answer."""
        self.dismiss(answer)

    def action_forget(self) -> None:
        """Takes the file under the cursor off the list."""
        sort, _, path = (self.query_one(LineList).cursor or "").partition(":")
        if sort == "recent":
            self.dismiss(f"forget:{path}")


def _row(offer: Offer) -> Row:
    name = shortened(one_line(offer.name), _WIDE)
    gap = " " * (_WIDE + 1 - width(name))
    about = one_line(offer.about) if offer.is_there else f"gone   {one_line(offer.about)}"
    return row(offer.answer, Span(name, "" if offer.is_there else "faint"), gap, Span(about, "dim"))
