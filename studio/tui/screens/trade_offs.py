"""The options of a decision, side by side."""

from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType

from studio.analysis import Analysis
from studio.comparing.options import has_figures
from studio.comparing.weighing import Matrix, matrix
from studio.model.records import Decision
from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.records.trade_offs import trade_off_rows
from studio.tui.screens.dialog import Dialog


class TradeOffs(Dialog[str]):
    """Shows what speaks for and against each option; the result is the id of the one that is chosen."""

    shape = "-tall -wide"
    keys = (("←→", "option"), ("Enter", "choose it"), ("↑↓", "scroll"), ("Esc", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [
        key("left,h,shift+tab", "option(-1)", "Left", "options.left", "The option to the left"),
        key("right,l,tab", "option(1)", "Right", "options.right", "The option to the right"),
        key("up,k", "scroll(-1)", "Up", "options.up", "A line up"),
        key("down,j", "scroll(1)", "Down", "options.down", "A line down"),
        key("pageup", "scroll(-10)", "Page up", "options.page-up", "Ten lines up"),
        key("pagedown", "scroll(10)", "Page down", "options.page-down", "Ten lines down"),
        key("enter", "choose", "Choose", "options.choose", "Choose this option"),
        key("q,t", "leave", "Close", "options.close", "Close the table"),
    ]

    def __init__(self, decision: Decision, analysis: Analysis) -> None:
        super().__init__()
        self._analysis = analysis
        self._matrix: Matrix | None = None
        self.heading = decision.label
        self._decision = decision
        ids = [option.id for option in decision.options]
        self._at = ids.index(decision.chosen) if decision.chosen in ids else 0

    def content(self) -> ComposeResult:
        """The table."""
        table = LineList()
        table.can_focus = False
        yield table

    def on_mount(self) -> None:
        """Shows the table."""
        super().on_mount()
        self.call_after_refresh(self._show)
        if has_figures(self._decision):
            self._work()

    @work(thread=True, group="matrix")
    def _work(self) -> None:
        """Works the figures of all options out, beside the keys."""
        found = matrix(self._analysis, self._decision)
        self.app.call_from_thread(self._take, found)

    def _take(self, found: Matrix) -> None:
        if self.is_mounted:
            self._matrix = found
            self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Sets the columns anew."""
        del event
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        table = self.query_one(LineList)
        table.show(trade_off_rows(self._decision, table.columns, self._at, self._matrix))

    def action_option(self, by: int) -> None:
        """Goes to another option."""
        if self._decision.options:
            self._at = (self._at + by) % len(self._decision.options)
            self._show()

    def action_scroll(self, by: int) -> None:
        """Scrolls the table."""
        self.query_one(LineList).scroll_relative(y=by, animate=False)

    def action_choose(self) -> None:
        """Takes the option under the mark."""
        if self._decision.options:
            self.dismiss(self._decision.options[self._at].id)
