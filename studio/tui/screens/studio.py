"""The studio itself: what goes between the panes, and what they ask for."""

from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widgets import Input, TextArea

from studio.model.address import Address
from studio.tui.bars import Bar
from studio.tui.canvas.view import CanvasView
from studio.tui.fence import forget_screen
from studio.tui.messages import (
    AcceptanceWanted,
    ApplyWanted,
    CameToRest,
    CanvasWish,
    CarriedByMouse,
    CarryWanted,
    EditWanted,
    ExplanationWanted,
    FixesWanted,
    PageWanted,
    SelectionWanted,
    Told,
)
from studio.tui.screens.command_actions import CommandActions
from studio.tui.screens.drawing_actions import DrawingActions
from studio.tui.screens.export_actions import ExportActions
from studio.tui.screens.file_actions import FileActions
from studio.tui.screens.flag_actions import FlagActions
from studio.tui.screens.jump_actions import JumpActions
from studio.tui.screens.mending_actions import MendingActions
from studio.tui.screens.menu_actions import MenuActions
from studio.tui.screens.mode_keys import MODES
from studio.tui.screens.pattern_actions import PatternActions
from studio.tui.screens.record_actions import RecordActions
from studio.tui.screens.review_actions import ReviewActions
from studio.tui.screens.showing import Showing
from studio.tui.screens.studio_keys import KEYS
from studio.tui.screens.text_actions import TextActions
from studio.tui.screens.tour_actions import TourActions
from studio.tui.screens.walk_actions import WalkActions
from studio.tui.screens.what_if_actions import WhatIfActions


class StudioScreen(
    TourActions,
    Showing,
    MenuActions,
    JumpActions,
    ReviewActions,
    CommandActions,
    FileActions,
    TextActions,
    ExportActions,
    DrawingActions,
    PatternActions,
    FlagActions,
    MendingActions,
    WhatIfActions,
    WalkActions,
    RecordActions,
):
    """Shows a session; the only place where it is changed."""

    BINDINGS: ClassVar[list[BindingType]] = [*KEYS, *MODES]

    def action_step_out(self) -> None:
        """Steps out: of a field, of a pane, of the zoom, of the selection. Never quits."""
        pane = self.panes[self._pane - 1]
        if pane.step_out():
            return
        if self._is_zoomed:
            self.action_zoom()
        elif self._pane != 2:
            self.show_pane(2)
        elif not self.skip_tour() and self.selection is not None:
            self.select(None)

    def action_search(self) -> None:
        """Searches the catalogue from anywhere."""
        self.show_pane(1)
        self.catalogue.action_search()

    def action_inspect(self) -> None:
        """Goes to the fields of the selection."""
        self.show_pane(4)

    def action_redraw(self) -> None:
        """Paints everything again."""
        forget_screen(self.app)

    def go_to(self, address: Address) -> None:
        """Selects what an address is about and goes to it; a requirement is gone to in its form."""
        if address[0] in ("components", "connections"):
            self.select(address[:2])
            if len(address) > 2:
                self.show_rest()
                self.inspector.form.point(address)
                self.show_pane(4)
            else:
                self.show_pane(2)
        elif address[0] in ("requirements", "constraints", "design"):
            self.requirements.form.point(address)
            self.show_pane(3)
        else:
            self.show_records(address)

    def on_key(self, event: events.Key) -> None:
        """Ctrl+C quits nothing: it says how to."""
        if event.key == "ctrl+c" and not isinstance(self.focused, Input | TextArea):
            event.stop()
            self.tell("q quits, and asks when something is not saved")

    def on_click(self, event: events.Click) -> None:
        """The names of the panes in the title lead to them."""
        if event.widget is not None and event.widget.id == "title" and self.has_class("-narrow"):
            span = self.query_one("#title", Bar).span_at(event.x)
            number = next((int(c) for c in span.text if c.isdigit()), 0) if span else 0
            if 1 <= number <= 5:
                self.show_pane(number)

    # What panes ask for ----------------------------------------------------------------------------------------

    @on(EditWanted)
    def _edit(self, message: EditWanted) -> None:
        self.do(message.edit, joins=message.joins)

    @on(SelectionWanted)
    def _select(self, message: SelectionWanted) -> None:
        if message.go and message.address is not None:
            self.go_to(message.address)
        else:
            self.select(message.address)

    @on(CanvasWish)
    def _wish(self, message: CanvasWish) -> None:
        self.grant(message.wish)

    @on(ApplyWanted)
    def _apply(self, message: ApplyWanted) -> None:
        self.apply_entry(message.pattern)

    @on(CarryWanted)
    def _carry(self, message: CarryWanted) -> None:
        self.carry(message.pattern, message.at)

    @on(CarriedByMouse)
    def _carried(self, message: CarriedByMouse) -> None:
        if message.let_go:
            self.carry_ends(message.at, cancelled=message.cancelled)
        else:
            self.carry_to(message.at)

    @on(PageWanted)
    def _page(self, message: PageWanted) -> None:
        self.show_page(message.id)

    @on(FixesWanted)
    def _fixes(self, message: FixesWanted) -> None:
        self.show_fixes(message.fingerprint)

    @on(AcceptanceWanted)
    def _accept(self, message: AcceptanceWanted) -> None:
        self.accept(message.fingerprint)

    @on(ExplanationWanted)
    def _explain(self, message: ExplanationWanted) -> None:
        self.explain(message.figure)

    @on(CameToRest)
    def _rested(self) -> None:
        self.show_rest()

    @on(Told)
    def _told(self, message: Told) -> None:
        self.tell(message.text)

    @property
    def drawing(self) -> CanvasView:
        """The drawing."""
        return self.canvas.drawing
