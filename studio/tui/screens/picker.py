"""A list one types into: the command palette, and every choice that is too long for a few lines."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.fuzzy import Matcher
from textual.widgets import Input

from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row
from studio.tui.screens.dialog import Dialog


class Choice(NamedTuple):
    """Something that can be picked."""

    id: str
    text: str
    about: str = ""
    """Stands at the right: a key, a sort, a short word."""


class Picker(Dialog[str]):
    """Picks one of many by typing a few of its letters; the result is its id."""

    shape = "-tall"
    keys = (("↑↓", "choose"), ("Enter", "take"), ("Esc", "leave"))
    BINDINGS: ClassVar[list[BindingType]] = [
        key("down", "move(1)", "Down", "picker.down", "The choice below"),
        key("up", "move(-1)", "Up", "picker.up", "The choice above"),
        key("pagedown", "move(10)", "Page down", "picker.page-down", "Ten choices down"),
        key("pageup", "move(-10)", "Page up", "picker.page-up", "Ten choices up"),
    ]

    def __init__(self, heading: str, choices: Sequence[Choice], *, asks: str = "type to search") -> None:
        super().__init__()
        self.heading = heading
        self._choices = tuple(choices)
        self._asks = asks

    def content(self) -> ComposeResult:
        """The line to type in, and the choices."""
        entry = Input(placeholder=self._asks)
        entry.cursor_blink = False
        yield entry
        found = LineList(empty="nothing fits")
        found.is_steered = True
        yield found

    def on_mount(self) -> None:
        """Shows all choices."""
        super().on_mount()
        self._show("")

    def _show(self, asked: str) -> None:
        rows = [_row(choice) for choice in matching(self._choices, asked)]
        self.query_one(LineList).show(rows, cursor=rows[0].key if rows else None)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        chosen = self.query_one(LineList).cursor
        if chosen is not None:
            self.dismiss(chosen)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def action_move(self, by: int) -> None:
        """Moves the cursor of the list while the line keeps the keys."""
        self.query_one(LineList).action_cursor(by)


def _row(choice: Choice) -> Row:
    return row(choice.id, choice.text, right=(Span(choice.about, "dim"),) if choice.about else ())


def matching(choices: Sequence[Choice], asked: str) -> list[Choice]:
    """The choices that fit what was typed, best first; in their own order when nothing was."""
    if not asked.strip():
        return list(choices)
    matcher = Matcher(asked.strip())
    scored = [(matcher.match(choice.text) or matcher.match(choice.about) / 2, choice) for choice in choices]
    fitting = [(score, order, choice) for order, (score, choice) in enumerate(scored) if score > 0]
    return [choice for _, _, choice in sorted(fitting, key=lambda found: (-found[0], found[1]))]
