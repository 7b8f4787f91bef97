"""Estimates and flags: targets, every component's figures, what breaks first; and what is wrong, worst first."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from studio.diagrams.glyphs import Charset
from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.messages import (
    AcceptanceWanted,
    ExplanationWanted,
    FiguresWanted,
    FixesWanted,
    PageWanted,
    RungWanted,
    SelectionWanted,
    TargetMendWanted,
    Told,
)
from studio.tui.panes.flag_rows import FlagBoard, flag_rows
from studio.tui.panes.number_rows import Board, judged_rows, number_rows, part_rows
from studio.tui.panes.pane import Pane
from studio.tui.panes.signs import signs_of
from studio.tui.view import View

ROOM_FOR_THREE = 104
"""Columns from which the targets have a list of their own."""


class FlagList(LineList):
    """The list of flags."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("g", "group", "group", "estimates.group", "By severity and family, or by what they are on", hint=True),
    ]

    class Grouped(Message):
        """They are to be put in another order."""

    def action_group(self) -> None:
        """Puts them in the other order."""
        self.post_message(self.Grouped())


class EstimatesPane(Pane):
    """The board on the left, the flags on the right; Tab goes between them."""

    number = 5
    called = "Estimates and flags"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f", "fixes", "fix", "estimates.fix", "What would mend this flag, rung or target", hint=True),
        key("A", "accept", "accept", "estimates.accept", "Accept the flag, with a reason", hint=True),
        key("question_mark", "page", "about", "estimates.page", "The page of this rule", hint=True),
        key("tab,right,l", "other(1)", "other half", "estimates.other", "Between figures and flags", hint=True),
        key("shift+tab,left,h", "other(-1)", "Other half", "estimates.other-back", "Between figures and flags"),
        key("s", "sort", "sort", "estimates.sort", "The table as in the file, or the fullest first"),
        key("o", "go", "go", "estimates.go", "Go to the box of this row"),
        key("slash", "filter", "filter", "estimates.filter", "Only the flags with these words", hint=True),
        key("n", "notes", "Notes", "estimates.notes", "Show or hide the flags that are notes"),
        key("a", "accepted", "Accepted", "estimates.accepted", "Show or hide the flags somebody accepted"),
    ]

    def __init__(self, *, identifier: str, charset: Charset = "unicode") -> None:
        super().__init__(identifier=identifier)
        self._view: View | None = None
        self._board = Board(signs=signs_of(charset))
        self._flags = FlagBoard(signs=signs_of(charset))

    def compose(self) -> ComposeResult:
        """Lists side by side, and the line in which flags are filtered."""
        with Horizontal(id="halves"):
            for name in ("judged", "numbers"):
                found = LineList(identifier=name, empty="…")
                found.choosing = "explain, unfold"
                found.display = name == "numbers"
                yield found
            with Vertical(id="flag-half"):
                flags = FlagList(identifier="flags", empty="…")
                flags.choosing = "go to the box"
                flags.stays_at_top = True
                yield flags
                entry = Input(id="flag-filter", placeholder="words of a rule, a family, a box")
                entry.cursor_blink = False
                entry.display = False
                yield entry

    @property
    def judged(self) -> LineList:
        """The list of targets, where there is room for one of its own."""
        return self.query_one("#judged", LineList)

    @property
    def numbers(self) -> LineList:
        """The list of figures."""
        return self.query_one("#numbers", LineList)

    @property
    def flags(self) -> LineList:
        """The list of flags."""
        return self.query_one("#flags", LineList)

    @property
    def board(self) -> Board:
        """How the figures are shown."""
        return self._board

    # Showing ---------------------------------------------------------------------------------------------------

    def show(self, view: View) -> None:
        """Shows figures and flags."""
        self._view = view
        self._show_numbers(view)
        self.flags.empty = "no flags"
        self.flags.show(flag_rows(view, self._flags))

    def _show_numbers(self, view: View) -> None:
        is_apart = self.size.width >= ROOM_FOR_THREE
        if self.judged.display != is_apart:
            self.judged.display = is_apart
            self.call_after_refresh(self._again)
        if is_apart:
            self.judged.show(judged_rows(view, self.judged.columns, self._board))
            self.numbers.show(part_rows(view, self.numbers.columns, self._board))
        else:
            self.numbers.show(number_rows(view, self.numbers.columns, self._board))

    def _again(self) -> None:
        if self._view is not None:
            self._show_numbers(self._view)

    def _with_board(self, board: Board) -> None:
        self._board = board
        if self._view is not None:
            self._show_numbers(self._view)
            if board.missing(self._view):
                self.post_message(FiguresWanted())

    def _with_flags(self, flags: FlagBoard) -> None:
        self._flags = flags
        if self._view is not None:
            self.flags.show(flag_rows(self._view, flags))

    def on_resize(self) -> None:
        """Sets the columns anew."""
        if self._view is not None:
            self.call_after_refresh(self.show, self._view)

    # Going about -----------------------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """To the flags: they are what is acted on."""
        self.screen.set_focus(self.flags if self.flags.cursor else self.numbers)

    def action_other(self, by: int) -> None:
        """To the next list, or the one before."""
        lists = [found for found in (self.judged, self.numbers, self.flags) if found.display]
        here = next((place for place, found in enumerate(lists) if found.has_focus), 0)
        self.screen.set_focus(lists[(here + by) % len(lists)])

    def action_sort(self) -> None:
        """Puts the fullest component first, or the table back into the order of the file."""
        self._with_board(self._board._replace(by_load=not self._board.by_load))
        self.post_message(Told("the fullest component first" if self._board.by_load else "components as in the file"))

    def action_go(self) -> None:
        """Goes to the box of the component under the cursor, or of the flag."""
        if self.flags.has_focus:
            self.flags.action_choose()
            return
        sort, _, rest = (self.numbers.cursor or "").partition(":")
        if sort == "figure":
            sort, rest = ("component", rest.split(".")[1]) if rest.startswith("components.") else ("", "")
        if sort == "component":
            self.post_message(SelectionWanted(("components", rest), go=True))

    def step_out(self) -> bool:
        """Leaves the line of the filter, and with it the filter."""
        if not self.query_one("#flag-filter").display:
            return False
        self._close_filter()
        self._with_flags(self._flags._replace(wanted=""))
        return True

    # Choosing --------------------------------------------------------------------------------------------------

    @on(LineList.Chosen, "#flags")
    def _flag_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        finding = self._finding(event.key)
        if finding is not None:
            self.post_message(SelectionWanted(finding, go=True))
        elif event.key == "question" and self._view is not None:
            self._go_to_question()

    def _go_to_question(self) -> None:
        question = self._view.analysis.report.next_question if self._view else None
        if question is not None:
            self.post_message(SelectionWanted(tuple(question.field.split(".")), go=True))

    @on(LineList.Chosen, "#numbers,#judged")
    def _number_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        sort, _, rest = event.key.partition(":")
        if sort in ("component", "section"):
            self._with_board(self._board.toggled(event.key))
        elif sort == "figure":
            self.post_message(ExplanationWanted(rest))
        elif sort == "meet":
            self.post_message(TargetMendWanted(rest))
        if sort == "component":
            self.post_message(SelectionWanted(("components", rest)))

    def _finding(self, fingerprint: str) -> tuple[str, ...] | None:
        report = self._view.analysis.report if self._view else None
        found = next((f for f in report.findings if f.fingerprint == fingerprint), None) if report else None
        return found.address if found else None

    # Flags -----------------------------------------------------------------------------------------------------

    def action_fixes(self) -> None:
        """Shows what would mend the flag under the cursor, or the rung of the ladder."""
        rung = (self.numbers.cursor or "").removeprefix("figure:ladder.")
        here = self.judged if self.judged.has_focus else self.numbers
        target = (here.cursor or "").partition("meet:")[2]
        if self.numbers.has_focus and rung.isdecimal():
            self.post_message(RungWanted(int(rung)))
        elif here.has_focus and target:
            self.post_message(TargetMendWanted(target))
        elif self.numbers.has_focus or self.judged.has_focus:
            self.post_message(Told("f mends a flag, a missed target, or a rung below «breaks first»"))
        elif flag := self._flag_here():
            self.post_message(FixesWanted(flag))

    def action_accept(self) -> None:
        """Accepts the flag under the cursor."""
        if flag := self._flag_here():
            self.post_message(AcceptanceWanted(flag))

    def _flag_here(self) -> str:
        """The fingerprint of the flag under the cursor; nothing when it is not on one."""
        here = self.flags.cursor
        if here is None or self._finding(here) is None:
            self.post_message(Told("go to a flag first: 5, then the arrows"))
            return ""
        return here

    def action_page(self) -> None:
        """Shows the page of the rule."""
        report = self._view.analysis.report if self._view else None
        found = next((f for f in report.findings if f.fingerprint == self.flags.cursor), None) if report else None
        if found is not None:
            self.post_message(PageWanted(f"rule:{found.rule.id}"))

    @on(FlagList.Grouped)
    def _group(self, event: FlagList.Grouped) -> None:
        event.stop()
        self._with_flags(self._flags._replace(by_subject=not self._flags.by_subject))

    def action_notes(self) -> None:
        """Shows or hides notes."""
        self._with_flags(self._flags._replace(with_notes=not self._flags.with_notes))

    def action_accepted(self) -> None:
        """Shows or hides what somebody accepted."""
        self._with_flags(self._flags._replace(with_accepted=not self._flags.with_accepted))

    # The filter ------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Opens the line in which words are typed; Enter keeps them, Escape takes them back."""
        entry = self.query_one("#flag-filter", Input)
        entry.display = True
        self.screen.set_focus(entry)

    @on(Input.Changed, "#flag-filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        event.stop()
        self._with_flags(self._flags._replace(wanted=event.value.strip()))

    @on(Input.Submitted, "#flag-filter")
    def _filter_kept(self, event: Input.Submitted) -> None:
        event.stop()
        if not event.value.strip():
            self._close_filter()
        self.screen.set_focus(self.flags)

    def _close_filter(self) -> None:
        entry = self.query_one("#flag-filter", Input)
        with entry.prevent(Input.Changed):
            entry.value = ""
        entry.display = False
        self.screen.set_focus(self.flags)
