"""Estimates and flags: targets, what breaks first, every component's figures; and what is wrong, worst first."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.messages import AcceptanceWanted, ExplanationWanted, FixesWanted, PageWanted, SelectionWanted
from studio.tui.panes.flag_rows import flag_rows
from studio.tui.panes.number_rows import number_rows
from studio.tui.panes.pane import Pane
from studio.tui.view import View


class EstimatesPane(Pane):
    """The board on the left, the flags on the right; Tab goes between them."""

    number = 5
    called = "Estimates and flags"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("f", "fixes", "fix", "estimates.fix", "What would mend this flag", hint=True),
        key("A", "accept", "accept", "estimates.accept", "Accept the flag, with a reason", hint=True),
        key("question_mark", "page", "about", "estimates.page", "The page of this rule", hint=True),
        key("tab,right,l", "other", "other half", "estimates.other", "Between figures and flags", hint=True),
        key("shift+tab,left,h", "other", "Other half", "estimates.other-back", "Between figures and flags"),
    ]

    def __init__(self, *, identifier: str) -> None:
        super().__init__(identifier=identifier)
        self._view: View | None = None

    def compose(self) -> ComposeResult:
        """Two lists side by side."""
        with Horizontal(id="halves"):
            numbers = LineList(identifier="numbers", empty="…")
            numbers.choosing = "explain, go"
            yield numbers
            flags = LineList(identifier="flags", empty="…")
            flags.choosing = "go to the box"
            flags.stays_at_top = True
            yield flags

    @property
    def numbers(self) -> LineList:
        """The list of figures."""
        return self.query_one("#numbers", LineList)

    @property
    def flags(self) -> LineList:
        """The list of flags."""
        return self.query_one("#flags", LineList)

    def show(self, view: View) -> None:
        """Shows figures and flags."""
        self._view = view
        self.numbers.show(number_rows(view, self.numbers.columns))
        self.flags.empty = "no flags"
        self.flags.show(flag_rows(view))

    def on_resize(self) -> None:
        """Sets the columns anew."""
        if self._view is not None:
            self.call_after_refresh(self.show, self._view)

    def take_focus(self) -> None:
        """To the flags: they are what is acted on."""
        self.screen.set_focus(self.flags if self.flags.rows else self.numbers)

    def action_other(self) -> None:
        """To the other half."""
        self.screen.set_focus(self.numbers if self.flags.has_focus else self.flags)

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

    @on(LineList.Chosen, "#numbers")
    def _number_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        sort, _, rest = event.key.partition(":")
        if sort == "component":
            self.post_message(SelectionWanted(("components", rest), go=True))
        elif sort == "figure":
            self.post_message(ExplanationWanted(rest))

    def _finding(self, fingerprint: str) -> tuple[str, ...] | None:
        report = self._view.analysis.report if self._view else None
        found = next((f for f in report.findings if f.fingerprint == fingerprint), None) if report else None
        return found.address if found else None

    def action_fixes(self) -> None:
        """Shows what would mend the flag under the cursor."""
        if self.flags.cursor:
            self.post_message(FixesWanted(self.flags.cursor))

    def action_accept(self) -> None:
        """Accepts the flag under the cursor."""
        if self.flags.cursor:
            self.post_message(AcceptanceWanted(self.flags.cursor))

    def action_page(self) -> None:
        """Shows the page of the rule."""
        report = self._view.analysis.report if self._view else None
        found = next((f for f in report.findings if f.fingerprint == self.flags.cursor), None) if report else None
        if found is not None:
            self.post_message(PageWanted(f"rule:{found.rule.id}"))
