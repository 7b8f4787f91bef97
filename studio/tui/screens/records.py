"""Everything that is written down beside boxes and arrows, in one place: what is done to it."""

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from studio.edits.edit import Change, Edit, Remove, Rename
from studio.edits.ordering import Move, duplicate
from studio.errors import EditRefused
from studio.model.address import Address, part_at
from studio.model.records import Decision
from studio.tui.bars import Keys
from studio.tui.bindings import key
from studio.tui.fence import forget_screen
from studio.tui.forms.form import Form
from studio.tui.forms.known import known_of
from studio.tui.messages import EditWanted, ExplanationWanted, FixesWanted, SelectionWanted, Told
from studio.tui.records.sections import ALONE, is_record
from studio.tui.screens.commands import help_choices
from studio.tui.screens.new_record import adding, asking, asking_id
from studio.tui.screens.picker import Picker
from studio.tui.screens.records_showing import RecordsShowing
from studio.tui.screens.trade_offs import TradeOffs


class RecordsScreen(RecordsShowing):
    """Sections, records and fields of one record; every change is one step of the same session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "new", "new", "records.new", "A new record in this section", hint=True),
        key("t", "trade_offs", "trade-offs", "records.trade-offs", "The options of a decision side by side"),
        key("escape,ctrl+g", "back", "back", "records.back", "Back a column, then to the canvas", hint=True),
        key("f4,q", "leave", "Leave", "records.leave", "Back to the canvas"),
        key("tab,f6", "column(1)", "Next column", "records.next-column", "Sections, records, fields"),
        key("shift+tab,shift+f6", "column(-1)", "Previous column", "records.previous-column", "A column back"),
        key("question_mark,f1", "keys", "keys", "records.keys", "The keys of this place", hint=True),
        key("u,ctrl+z", "undo", "undo", "records.undo", "Take the last step back"),
        key("U,ctrl+y", "redo", "Redo", "records.redo", "Do the last undone step again"),
        key("ctrl+s", "save", "Save", "records.save", "Save the design"),
        key("ctrl+l", "redraw", "Redraw", "records.redraw", "Paint everything again"),
        key("ctrl+q", "quit_studio", "Quit", "records.quit", "Quit; asks when something is not saved"),
    ]

    # Records ---------------------------------------------------------------------------------------------------

    def do(self, edit: Edit, *, record: str | None = None, joins: bool = False) -> bool:
        """Makes an edit and shows it; says in words why not when it is refused."""
        try:
            self._studio.session.do(edit, join=joins)
        except EditRefused as error:
            self.tell(f"✗ {error}")
            return False
        self._said = ""
        self.show(record=record)
        return True

    def action_new(self) -> None:
        """Asks for what a new record must have."""
        if self._section == ALONE:
            self.tell("operations are one table: its fields are there already")
            return
        section = self._section
        view = self._studio.view
        entry = asking(self.design, section, known_of(view), view.analysis.today)
        self.app.push_screen(entry, lambda answers: self._begin(section, answers))

    def _begin(self, section: str, answers: dict[str, str] | None) -> None:
        if answers is not None and self.do(adding(self.design, section, answers), record=answers["id"]):
            self._go(2)

    def action_delete(self) -> None:
        """Deletes the record, and with it every mention of it."""
        address = self.record
        if address is not None and len(address) > 1 and self.do(Remove(address)):
            self.tell(f"deleted {address[-1]} · u takes it back")

    def action_copy(self) -> None:
        """Copies the record."""
        address = self.record
        if address is not None and len(address) > 1:
            edit = duplicate(self.design, address)
            self.do(edit, record=edit.address[-1])

    def action_move(self, by: int) -> None:
        """Moves the record one row up or down."""
        address = self.record
        if address is not None and len(address) > 1:
            self.do(Move(address, by), record=address[-1])

    def action_rename(self) -> None:
        """Asks for another id of the record."""
        address = self.record
        if address is not None and len(address) > 1:
            self.app.push_screen(asking_id(self.design, address), lambda answers: self._rename(address, answers))

    def _rename(self, address: Address, answers: dict[str, str] | None) -> None:
        if answers is not None:
            self.do(Rename(address, answers["id"]), record=answers["id"])

    def action_trade_offs(self) -> None:
        """Shows the options of the decision side by side."""
        address = self.record
        decision = part_at(self.design, address) if address is not None else None
        if address is None or not isinstance(decision, Decision):
            self.tell("t shows the options of a decision side by side; this is none")
            return
        table = TradeOffs(decision, self._studio.view.analysis)
        self.app.push_screen(table, lambda chosen: self._choose(address, decision, chosen))

    def _choose(self, address: Address, decision: Decision, chosen: str | None) -> None:
        if chosen is not None and chosen != decision.chosen:
            self.do(Change(address, "chosen", chosen))

    @on(Form.OptionsWanted)
    def _compare(self, message: Form.OptionsWanted) -> None:
        message.stop()
        self.action_trade_offs()

    # The session -----------------------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Takes the last step back."""
        label = self._studio.session.undo()
        self.show()
        self.tell(f"took back: {label}" if label else "nothing to take back")

    def action_redo(self) -> None:
        """Does the last undone step again."""
        label = self._studio.session.redo()
        self.show()
        self.tell(f"did again: {label}" if label else "nothing to do again")

    async def action_save(self) -> None:
        """Saves as the studio does; it asks when somebody else changed the file."""
        await self.app.run_action("save", self._studio)
        if not self._studio.session.is_unsaved:
            self.tell(f"saved {self._studio.session.path.name}")

    async def action_quit_studio(self) -> None:
        """Quits as the studio does."""
        await self.app.run_action("leave_studio", self._studio)

    def action_redraw(self) -> None:
        """Paints everything again."""
        forget_screen(self.app)

    def action_keys(self) -> None:
        """The keys of this place."""
        found = help_choices(self.active_bindings.values())
        self.app.push_screen(Picker("Keys: Records", found, asks="type to search, Enter does it"), self._obey)

    async def _obey(self, command: str | None) -> None:
        await self._run((command or "").removeprefix("do:"))

    async def on_keys_pressed(self, message: Keys.Pressed) -> None:
        """A key of the line at the bottom was clicked."""
        await self._run(message.action)

    async def _run(self, id_: str) -> None:
        """Runs the action of a binding that works here."""
        found = next((bound for bound in self.active_bindings.values() if bound.binding.id == id_), None)
        if found is not None:
            await self.app.run_action(found.binding.action, found.node)

    # What the form asks for ------------------------------------------------------------------------------------

    @on(EditWanted)
    def _edit(self, message: EditWanted) -> None:
        message.stop()
        self.do(message.edit, joins=message.joins)

    @on(Form.Renamed)
    def _renamed(self, message: Form.Renamed) -> None:
        message.stop()
        if len(message.new) == 2:
            self.show(record=message.new[-1])

    @on(Told)
    def _told(self, message: Told) -> None:
        message.stop()
        self.tell(message.text)

    @on(ExplanationWanted)
    def _explain(self, message: ExplanationWanted) -> None:
        message.stop()
        self._studio.post_message(message)

    @on(FixesWanted)
    def _fixes(self, message: FixesWanted) -> None:
        message.stop()
        self._studio.post_message(message)

    @on(SelectionWanted)
    def _select(self, message: SelectionWanted) -> None:
        message.stop()
        if message.address is not None and is_record(self.design, message.address):
            self.point(message.address)
        elif message.address is not None:
            self.dismiss()
            self._studio.go_to(message.address)
