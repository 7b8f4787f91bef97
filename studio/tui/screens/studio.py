"""The studio itself: what goes between the panes, and what they ask for."""

from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widgets import Input, TextArea

from studio.model.address import Address
from studio.tui.bars import Bar, Keys
from studio.tui.canvas.view import CanvasView
from studio.tui.fence import forget_screen
from studio.tui.lines.line_list import LineList
from studio.tui.messages import (
    AcceptanceWanted,
    ApplyWanted,
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
from studio.tui.panes.pane import Pane
from studio.tui.screens.commands import Command, choices, commands, help_choices
from studio.tui.screens.drawing_actions import DrawingActions
from studio.tui.screens.file_actions import FileActions
from studio.tui.screens.flag_actions import FlagActions
from studio.tui.screens.pattern_actions import PatternActions
from studio.tui.screens.picker import Picker
from studio.tui.screens.showing import Showing
from studio.tui.screens.studio_keys import KEYS


class StudioScreen(Showing, FileActions, DrawingActions, PatternActions, FlagActions):
    """Shows a session; the only place where it is changed."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def action_step_out(self) -> None:
        """Steps out: of a field, of a pane, of the zoom, of the selection. Never quits."""
        pane = self.panes[self._pane - 1]
        if pane.step_out():
            return
        if self._is_zoomed:
            self.action_zoom()
        elif self._pane != 2:
            self.show_pane(2)
        elif self.selection is not None:
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
                self.inspector.form.point(address)
                self.show_pane(4)
            else:
                self.show_pane(2)
        elif address[0] in ("requirements", "constraints", "design"):
            self.requirements.form.point(address)
            self.show_pane(3)
        else:
            self.tell(f"{'.'.join(address)} is edited in the file itself")

    # Commands --------------------------------------------------------------------------------------------------

    def action_palette(self) -> None:
        """Everything that can be done, in one list."""
        self.app.push_screen(Picker("Commands", choices(self)), self.obey)

    def action_keys(self) -> None:
        """The keys of the focused pane."""
        found = help_choices(self.active_bindings.values())
        name = self.panes[self._pane - 1].called
        self.app.push_screen(Picker(f"Keys: {name}", found, asks="type to search, Enter does it"), self.obey)

    async def obey(self, command: str | None) -> None:
        """Does what was picked in the palette or in the help."""
        sort, _, what = (command or "").partition(":")
        if sort == "do":
            await self.run_command(what)
        elif sort == "go":
            self.go_to(("components", what))
        elif sort == "apply":
            self.offer_pattern(what, self.selection)
        elif sort == "flag":
            finding = self.finding(what)
            if finding is not None:
                self.go_to(finding.address)

    async def run_command(self, id_: str) -> None:
        """Runs the action of a binding, in its own pane."""
        if id_ == "list.choose" and isinstance(self.focused, LineList):
            self.focused.action_choose()
            return
        found: Command | None = commands(self).get(id_)
        if found is None:
            return
        pane = next((node for node in found.node.ancestors_with_self if isinstance(node, Pane)), None)
        if pane is not None and not pane.has_focus_within:
            self.show_pane(pane.number)
        await self.app.run_action(found.binding.action, found.node)

    async def on_keys_pressed(self, message: Keys.Pressed) -> None:
        """A key of the line at the bottom was clicked."""
        await self.run_command(message.action)

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

    @on(Told)
    def _told(self, message: Told) -> None:
        self.tell(message.text)

    @property
    def drawing(self) -> CanvasView:
        """The drawing."""
        return self.canvas.drawing
