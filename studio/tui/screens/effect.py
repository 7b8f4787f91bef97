"""A form beside what it would do: the effect of what is typed is worked out beside the keys, and shown before it is
done."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from studio.errors import EditRefused
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, words
from studio.tui.screens.entry import Entry, Line

Effect = TypeVar("Effect")
Answers = dict[str, str]


class WithEffect(Entry, Generic[Effect]):
    """A form; what it would do stands beside it. `effect` is that of the answers that were taken."""

    AUTO_FOCUS = "Input"
    shape = "-tall -wide"
    keys = (("Enter", "do it"), ("Tab", "next, complete"), ("Esc", "leave"))

    def __init__(self, heading: str, lines: Sequence[Line], about: str) -> None:
        super().__init__(heading, lines, judge=self._judged)
        self._about = about
        self._known: tuple[Answers, Effect | str] | None = None
        self._is_working = False

    # For those who know what it does ---------------------------------------------------------------------------

    def attempt(self, answers: Answers) -> Effect:
        """Works the effect out. Not on the event loop. Raises `EditRefused` in words when there is none."""
        raise NotImplementedError

    def rows_of(self, effect: Effect) -> Iterable[Row]:
        """The effect as rows."""
        raise NotImplementedError

    def lacking(self, answers: Answers) -> str:
        """What is still to be answered before there can be an effect; nothing when all is there."""
        del answers
        return ""

    @property
    def effect(self) -> Effect | None:
        """What the answers would do; None while that is unknown or refused."""
        known = self._known[1] if self._known is not None else None
        return None if isinstance(known, str) else known

    def action_move(self, by: int) -> None:
        """Moves in what is offered; without a form the effect scrolls."""
        if self.lines:
            super().action_move(by)
        else:
            self.query_one("#effect", LineList).action_cursor(by)

    # The form --------------------------------------------------------------------------------------------------

    def content(self) -> ComposeResult:
        """The form, and beside it what it would do."""
        yield Static(self._about, markup=False, classes="words")
        with Horizontal(classes="sides"):
            with Vertical(classes="side") as side:
                side.display = bool(self.lines)
                yield from self.form()
            effect = LineList(identifier="effect")
            effect.can_focus = bool(self.lines)  # else Enter would be its own, and not take the answers
            yield effect

    def on_mount(self) -> None:
        """Shows the effect."""
        super().on_mount()
        if not self.lines:
            self.show_keys((self.keys[0], ("↑↓", "scroll"), self.keys[-1]))
        self.changed()

    def changed(self) -> None:
        """Has the effect of what is typed now worked out; what is overtaken is dropped."""
        self._said("")
        answers = self.answers()
        lacking = self.lacking(answers)
        if lacking:
            self._known = answers, lacking
        if self._known is not None and self._known[0] == answers:
            self._show_effect()
        elif not self._is_working:
            self._is_working = True
            self._work(answers)

    @work(thread=True, group="effect")
    def _work(self, answers: Answers) -> None:
        self.app.call_from_thread(self._take, answers, self._tried(answers))

    def _tried(self, answers: Answers) -> Effect | str:
        try:
            return self.attempt(answers)
        except EditRefused as error:
            return str(error)

    def _take(self, answers: Answers, found: Effect | str) -> None:
        self._is_working = False
        if not self.is_mounted:
            return
        if answers == self.answers():
            self._known = answers, found
            self._show_effect()
        else:
            self.changed()

    def _show_effect(self) -> None:
        self.query_one("#effect", LineList).show(list(self._rows()))

    def _rows(self) -> Iterator[Row]:
        found = self._known[1] if self._known is not None else ""
        if isinstance(found, str):
            yield words("refused", Span("✗ ", "bad"), found, wraps=True, indent=2)
        else:
            yield from self.rows_of(found)

    def _judged(self, answers: Answers) -> str:
        """Whether the answers can be taken: for this the effect is waited for."""
        lacking = self.lacking(answers)
        if lacking:
            return lacking
        if self._known is None or self._known[0] != answers:
            self._known = answers, self._tried(answers)
        found = self._known[1]
        return found if isinstance(found, str) else ""
