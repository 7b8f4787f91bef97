"""A question with a few answers."""

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Static

from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Span, row
from studio.tui.screens.dialog import Dialog


class Question(Dialog[str]):
    """Asks; the result is the letter of the answer, or None."""

    keys: tuple[tuple[str, str], ...] = (("Enter", "take the answer"), ("Esc", "go back"))

    def __init__(self, heading: str, text: str, answers: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.heading = heading
        self._text = text
        self._answers = tuple(answers)

    def content(self) -> ComposeResult:
        """The question and its answers, each with its letter."""
        yield Static(self._text, markup=False, classes="words")
        yield LineList()

    def on_mount(self) -> None:
        """Shows the answers."""
        super().on_mount()
        self.query_one(LineList).show([row(letter, Span(f"{letter}  ", "key"), text) for letter, text in self._answers])

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.answer(event.key)

    def answer(self, letter: str) -> None:
        """Gives an answer."""
        self.dismiss(letter)

    def on_key(self, event: events.Key) -> None:
        """An answer's letter gives it."""
        if event.character and event.character in {letter for letter, _ in self._answers}:
            event.stop()
            event.prevent_default()
            self.answer(event.character)
