"""A few lines to fill in: a new box, a reason for accepting a flag, where to write a file."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import row
from studio.tui.screens.dialog import Dialog


class Line(NamedTuple):
    """One line to fill in."""

    id: str
    ask: str
    value: str = ""
    offers: tuple[str, ...] = ()
    """What can be completed; the list below narrows as one types."""
    must_offer: bool = False
    """Whether only what is offered may be entered."""
    may_be_empty: bool = False


Judge = Callable[[dict[str, str]], str]
"""Says what is wrong with the answers, or nothing."""


class Entry(Dialog[dict[str, str]]):
    """Lines to fill in; the result is what was typed by the id of its line."""

    keys = (("Tab", "next, complete"), ("Enter", "done"), ("Esc", "leave"))
    BINDINGS: ClassVar[list[BindingType]] = [
        key("tab", "next(1)", "Next", "entry.next", "The next line; completes what is offered"),
        key("shift+tab", "next(-1)", "Previous", "entry.previous", "The line before"),
        key("down", "move(1)", "Down", "entry.down", "The offer below"),
        key("up", "move(-1)", "Up", "entry.up", "The offer above"),
        key("enter", "done", "Done", "entry.done", "Take these answers"),
    ]

    def __init__(self, heading: str, lines: Sequence[Line], judge: Judge | None = None, text: str = "") -> None:
        super().__init__()
        self.heading = heading
        self.lines = tuple(lines)
        self._judge = judge
        self._text = text

    def content(self) -> ComposeResult:
        """The lines, what is offered for the one being typed, and what is wrong."""
        if self._text:
            yield Static(self._text, markup=False, classes="words")
        yield from self.form()

    def form(self) -> ComposeResult:
        """The lines, what is offered for the one being typed, and what is wrong."""
        with VerticalScroll(classes="form-lines", can_focus=False):
            for line in self.lines:
                yield Static(line.ask, markup=False, classes="ask")
                entry = Input(line.value, id=f"line-{line.id}", select_on_focus=True)
                entry.cursor_blink = False
                yield entry
        offers = LineList(classes="offers")
        offers.is_steered = True
        yield offers
        yield Static("", markup=False, classes="message")

    def on_mount(self) -> None:
        """Shows the offers of the first line."""
        super().on_mount()
        self.query_one(".message").display = False
        self._show_offers()

    # The line being typed --------------------------------------------------------------------------------------

    def _here(self) -> int:
        focused = self.focused
        return next((i for i, line in enumerate(self.lines) if focused and focused.id == f"line-{line.id}"), 0)

    def _input(self, place: int) -> Input:
        return self.query_one(f"#line-{self.lines[place].id}", Input)

    def _show_offers(self) -> None:
        if not self.lines:
            self.query_one(".offers").display = False
            return
        line, begun = self.lines[self._here()], self._input(self._here()).value.strip().lower()
        fitting = [offer for offer in line.offers if begun in offer.lower()] or list(line.offers)
        is_whole = begun in {offer.lower() for offer in line.offers}
        offered = list(line.offers) if is_whole else fitting
        shown = self.query_one(".offers", LineList)
        shown.display = bool(line.offers)
        shown.show(
            [row(offer, offer) for offer in offered], cursor=next((o for o in offered if o.lower() == begun), None)
        )

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show_offers()
        self.changed()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Offers what fits the line that has the keys."""
        if isinstance(event.widget, Input):
            self._show_offers()

    def changed(self) -> None:
        """Judges what is there; the message goes as soon as it is right."""
        if self.query_one(".message").display:
            self._said(self._wrong())

    def answers(self) -> dict[str, str]:
        """What is typed, by the id of its line."""
        return {line.id: self._input(place).value.strip() for place, line in enumerate(self.lines)}

    def _wrong(self) -> str:
        answers = self.answers()
        for line in self.lines:
            said = answers[line.id]
            if not said and not line.may_be_empty:
                return f"{line.ask}: something is wanted here"
            if said and line.must_offer and said not in line.offers:
                return f"{line.ask}: choose one of the list"
        return self._judge(answers) if self._judge else ""

    def _said(self, text: str) -> None:
        message = self.query_one(".message", Static)
        message.update(f"✗ {text}")
        message.display = bool(text)

    # Keys ------------------------------------------------------------------------------------------------------

    def _complete(self) -> None:
        line, entry = self.lines[self._here()], self._input(self._here())
        offered = self.query_one(".offers", LineList).cursor
        if line.offers and offered and entry.value.strip() not in line.offers and (line.must_offer or entry.value):
            entry.value = offered
            entry.cursor_position = len(offered)

    def action_next(self, by: int) -> None:
        """Goes to another line."""
        if self.lines:
            if by > 0:
                self._complete()
            self.set_focus(self._input((self._here() + by) % len(self.lines)))

    def action_move(self, by: int) -> None:
        """Moves in what is offered and takes it over."""
        if not self.lines:
            return
        offered = self.query_one(".offers", LineList)
        if not offered.display:
            self.action_next(by)
            return
        offered.action_cursor(by)
        if offered.cursor is not None:
            entry = self._input(self._here())
            with entry.prevent(Input.Changed):
                entry.value = offered.cursor
            self.changed()

    @on(LineList.Chosen)
    def _offer_taken(self, event: LineList.Chosen) -> None:
        event.stop()
        self._input(self._here()).value = event.key

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_done()

    def action_done(self) -> None:
        """Takes the answers; goes to the first line that lacks one."""
        if self.lines:
            self._complete()
        empty = next(
            (i for i, line in enumerate(self.lines) if not line.may_be_empty and not self._input(i).value.strip()), None
        )
        if empty is not None and empty != self._here():
            self.set_focus(self._input(empty))
            return
        wrong = self._wrong()
        if wrong:
            self._said(wrong)
        else:
            self.dismiss(self.answers())
