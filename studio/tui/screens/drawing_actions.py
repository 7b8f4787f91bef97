"""What is done to the drawing: boxes, connections, labels, frames."""

from typing import cast

from studio.edits.edit import Change, Remove, Several
from studio.edits.gestures import add_component, connect, group, place
from studio.model.address import part_at
from studio.model.kinds import KINDS
from studio.tui.canvas.words import Connect, Drop, Place, PutBack, Say, Select, Wish
from studio.tui.panes.canvas import label_of
from studio.tui.screens.base import StudioBase
from studio.tui.screens.entry import Entry, Line


class DrawingActions(StudioBase):
    """Actions on the selection and on the canvas."""

    def grant(self, wish: Wish) -> None:
        """Does what the canvas wants."""
        match wish:
            case Select(address):
                self.select(address)
            case Connect(source, target):
                self.connect_boxes(source, target)
            case Place(box, at, joins):
                self.do(Several(f"move {box}", (place(box, at),)), joins=joins)
            case Drop(pattern, on):
                self.offer_pattern(pattern, on)
            case PutBack(pattern):
                self.tell(f"{self.session.library.pattern(pattern).name} is back in the catalogue")
            case Say(text):
                self.tell(text)

    def connect_boxes(self, source: str, target: str) -> None:
        """A new connection, selected."""
        edit = connect(self.session.design, source, target)
        if self.do(edit):
            self.select(edit.address)

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

    def action_label(self) -> None:
        """Edits the label of the selection in its place."""
        if self.selection is None:
            self.tell("select a box or a connection first")
        else:
            self.canvas.edit_label(self.selection, label_of(self.view))

    def action_delete(self) -> None:
        """Deletes the selection, and with it what cannot be without it; the selection goes on nearby."""
        if self.selection is None:
            self.tell("select a box or a connection first")
            return
        kind, id_ = cast("tuple[str, str]", self.selection)
        calls = len(self.session.design.calls_of.get(id_, ())) + len(self.session.design.callers_of.get(id_, ()))
        if self.do(Remove(self.selection)):
            with_it = f" and {calls} connections" if kind == "components" and calls else ""
            self.tell(f"deleted {id_}{with_it}; u takes it back")

    def action_group(self) -> None:
        """Asks for the frame of the selected box."""
        if self.selection is None or self.selection[0] != "components":
            self.tell("select a box first")
            return
        known = tuple(dict.fromkeys(c.group for c in self.session.design.components if c.group))
        now = getattr(part_at(self.session.design, self.selection), "group", None) or ""
        line = Line("group", "Which frame? a/b nests; empty takes it out", now, known, may_be_empty=True)
        self.app.push_screen(Entry("Frame", (line,)), self._grouped)

    def _grouped(self, answers: dict[str, str] | None) -> None:
        if answers is not None and self.selection is not None:
            self.do(group((self.selection[1],), answers["group"] or None))

    def action_release(self) -> None:
        """Gives a box placed by hand back to the layout."""
        if self.selection is not None and self.selection[0] == "components":
            self.do(Change(self.selection, "at", None))

    def action_undo(self) -> None:
        """Takes the last step back."""
        label = self.session.undo()
        self.tell(f"took back: {label}" if label else "nothing to take back")

    def action_redo(self) -> None:
        """Does the last undone step again."""
        label = self.session.redo()
        self.tell(f"did again: {label}" if label else "nothing to do again")
