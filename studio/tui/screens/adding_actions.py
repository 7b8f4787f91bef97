"""Adding boxes: one by name and kind, or one that is connected to the selected box."""

from studio.edits.copies import added
from studio.edits.edit import Several
from studio.edits.gestures import add_component, add_connected, name_new
from studio.model.address import Address
from studio.model.kinds import KINDS
from studio.tui.screens.choosing import Choosing
from studio.tui.screens.entry import Entry, Line
from studio.tui.screens.picker import Choice, Picker


class AddingActions(Choosing):
    """New boxes and their names."""

    _fresh: tuple[Address, Several] | None = None
    """A box that has just been added and has no name yet, and the edit it came with."""

    def action_new_box(self) -> None:
        """Asks for a name and a kind, and adds the box."""
        lines = (Line("name", "What is it called?"), Line("kind", "What is it?", "", KINDS, must_offer=True))
        self.app.push_screen(Entry("New box", lines), self._new_box)

    def _new_box(self, answers: dict[str, str] | None) -> None:
        if answers is not None:
            edit = add_component(self.session.design, answers["name"], answers["kind"])
            if self.do(edit):
                self.select(edit.address)
                self.canvas.take_focus()

    def action_add_called(self, direction: str) -> None:
        """Adds a box that the selected one calls."""
        del direction
        self._ask_kind(calls=True)

    def action_add_caller(self, direction: str) -> None:
        """Adds a box that calls the selected one."""
        del direction
        self._ask_kind(calls=False)

    def _ask_kind(self, *, calls: bool) -> None:
        from studio.tui.canvas.fitting import fitting_kinds, is_usual

        box = self.session.design.component.get(self.selection[1]) if self.selection else None
        if box is None or self.selection is None or self.selection[0] != "components":
            self.tell("select the box the new one belongs to; b adds one on its own")
            return
        offered = [
            Choice(kind, kind, "fits" if is_usual(box.kind, kind, calls=calls) else "")
            for kind in fitting_kinds(box.kind, calls=calls)
        ]
        heading = f"New box that {box.id} calls" if calls else f"New box that calls {box.id}"

        def chosen(kind: str | None) -> None:
            self.canvas.take_focus()
            if kind is not None:
                self._add(box.id, kind, calls=calls)

        self.app.push_screen(Picker(heading, offered, asks="what is it?"), chosen)

    def _add(self, box: str, kind: str, *, calls: bool) -> None:
        edit = add_connected(self.session.design, box, kind, calls=calls)
        address: Address = ("components", added(edit)[0])
        if self.do(edit):
            self.select(address)
            self._fresh = (address, edit)
            self.canvas.edit_label(address, "", near=("components", box))

    def named(self, address: Address, text: str) -> bool:
        """Names a box that has just been added, as a part of adding it; whether it was such a box."""
        fresh, self._fresh = self._fresh, None
        if fresh is None or fresh[0] != address or self.session.undo_label != fresh[1].label:
            return False
        if text:
            id_, edits = name_new(self.session.design, address[1], text)
            if self.do(Several(fresh[1].label, edits), joins=True):
                self.select(("components", id_))
        return True
