"""A list one types into: the command palette, and every choice that is too long for a few lines."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.screens.dialog import Dialog


class Choice(NamedTuple):
    """Something that can be picked."""

    id: str
    text: str
    about: str = ""
    """Stands at the right: a key, a sort, a short word."""
    group: str = ""
    """The heading it stands under while nothing is typed."""
    why_not: str = ""
    """Why it can do nothing now; it is shown all the same, and says so when it is taken."""
    weight: float = 0.0
    """Added to how well it fits: what was used lately comes before the rest."""


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
        found = matching(self._choices, asked)
        rows = [_row(choice) for choice in found] if asked.strip() else list(_grouped(found))
        first = next((row.key for row in rows if row.can_be_chosen), None)
        self.query_one(LineList).show(rows, cursor=first)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        chosen = self.query_one(LineList).cursor
        if chosen is not None:
            self._take(chosen)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self._take(event.key)

    def _take(self, id_: str) -> None:
        """Takes a choice; one that can do nothing now says why, and the list stays."""
        why = next((choice.why_not for choice in self._choices if choice.id == id_), "")
        if why:
            self.show_keys((("✗", why), *self.keys))
        else:
            self.dismiss(id_)

    def action_move(self, by: int) -> None:
        """Moves the cursor of the list while the line keeps the keys."""
        self.query_one(LineList).action_cursor(by)


def _row(choice: Choice) -> Row:
    if choice.why_not:
        return row(choice.id, Span(choice.text, "faint"), right=(Span(choice.why_not, "faint"),))
    return row(choice.id, choice.text, right=(Span(choice.about, "dim"),) if choice.about else ())


def _grouped(choices: Sequence[Choice]) -> Iterator[Row]:
    """The rows with a heading where another group begins."""
    group = ""
    for choice in choices:
        if choice.group != group:
            group = choice.group
            yield words(f"heading:{choice.id}", Span(group, "title"))
        yield _row(choice)


def matching(choices: Sequence[Choice], asked: str) -> list[Choice]:
    """The choices that fit what was typed, best first; in their own order when nothing was."""
    wanted = asked.strip().lower()
    if not wanted:
        return list(choices)
    scored = [(fit(choice.text, wanted) or fit(choice.about, wanted) / 2, choice) for choice in choices]
    fitting = [
        (score + choice.weight - 25 * bool(choice.why_not), order, choice)
        for order, (score, choice) in enumerate(scored)
        if score > 0
    ]
    return [choice for *_, choice in sorted(fitting, key=lambda found: (-found[0], found[1]))]


def fit(text: str, asked: str) -> float:
    """How well a text fits what was typed, in lower case; 0 when it does not. The whole of it in one piece is best,
    then all of its words, then its letters in their order; beginnings of words count more."""
    low = text.lower()
    at = low.find(asked)
    if at >= 0:
        begins = _begins(low, asked)
        return 100 + 40 * (begins >= 0) - 0.1 * min(begins if begins >= 0 else at, 100)
    words_asked = asked.split()
    if len(words_asked) > 1 and all(word in low for word in words_asked):
        return 60 + 5 * sum(_begins(low, word) >= 0 for word in words_asked)
    return _scattered(low, asked.replace(" ", ""))


def _begins(low: str, asked: str) -> int:
    """Where the text has a word that begins like this; -1 where none does."""
    at = low.find(asked)
    while at > 0 and low[at - 1].isalnum():
        at = low.find(asked, at + 1)
    return at


def _scattered(low: str, asked: str) -> float:
    """How near to each other the letters stand that were typed, the first of them at the beginning of a word."""
    best = 0.0
    if any(letter not in low for letter in asked):
        return best
    for first, letter in enumerate(low):
        if letter == asked[0] and not (first and low[first - 1].isalnum()):
            at = first
            for wanted in asked[1:]:
                at = low.find(wanted, at + 1)
                if at < 0:
                    return best
            spread = at - first + 1 - len(asked)
            if spread < len(asked):
                best = max(best, 30.0 / (1 + spread))
    return best
