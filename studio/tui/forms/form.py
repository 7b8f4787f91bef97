"""A form: rows of fields, a line about the one under the cursor, and the editor that opens below."""

from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from studio.edits.edit import Edit
from studio.errors import EditRefused
from studio.model.address import Address, dotted
from studio.model.design import Design
from studio.tui.bindings import key
from studio.tui.forms.boxes import ControlsLeftOut, LineBox
from studio.tui.forms.editor import FieldEditor
from studio.tui.forms.entries import (
    Step,
    beginning,
    copied,
    deletion,
    entry_of,
    followed,
    moved,
    renaming,
    table_of,
)
from studio.tui.forms.form_rows import FormRows
from studio.tui.forms.items import items
from studio.tui.forms.sheet import Item
from studio.tui.forms.target import field
from studio.tui.lines.line_list import LineList
from studio.tui.messages import EditWanted, ExplanationWanted, FixesWanted, SelectionWanted, Told

_OF_ROWS: Final = frozenset({"unset", "open", "shut", "edit", "new", "copy", "move", "rename"})


class Form(FormRows):
    """Shows what a builder makes of the design; posts each kept value as one edit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("d,delete,backspace", "unset", "empty", "form.unset", "Empty the field, or delete the entry", hint=True),
        key("space,right,l", "open", "Open", "form.open", "Open or close this table or list"),
        key("left,h", "shut", "Close", "form.close", "Close the table this row belongs to"),
        key("e", "edit", "Edit", "form.edit", "Edit this field"),
        key("n", "new", "new", "form.new", "A new entry in this table, or a new item in this list", hint=True),
        key("D", "copy", "Duplicate", "form.copy", "A copy of this entry, right behind it"),
        key("shift+up,K", "move(-1)", "Move up", "form.up", "Move this entry or item up"),
        key("shift+down,J", "move(1)", "Move down", "form.down", "Move this entry or item down"),
        key("f2", "rename", "rename", "form.rename", "Another id for this entry; all mentions follow", hint=True),
    ]

    class Renamed(Message):
        """A part got another id."""

        def __init__(self, old: Address, new: Address) -> None:
            super().__init__()
            self.old = old
            self.new = new

    class OptionsWanted(Message):
        """The options of a decision are to be shown side by side."""

        def __init__(self, decision: Address) -> None:
            super().__init__()
            self.decision = decision

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is typed, the keys of rows neither work nor stand in the line of keys."""
        del parameters
        return self._design is None or action not in _OF_ROWS or not self.is_typing

    # Choosing --------------------------------------------------------------------------------------------------

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        if event.control is self.rows and self._item() is not None:
            event.stop()
            self.action_edit()

    def action_edit(self) -> None:
        """Edits the field under the cursor, opens the table, or begins a new entry."""
        item = self._item()
        if item is None or self._design is None or self.is_typing:
            return
        if item.what in ("field", "item", "add item"):
            self._edit(item)
        elif item.what == "figure":
            self.post_message(ExplanationWanted(item.key))
        elif item.what == "flag":
            self.post_message(FixesWanted(item.key))
        elif item.what == "question":
            self.post_message(SelectionWanted((*item.address, item.key), go=True))
        elif item.what == "add":
            self._ask_id(new=item.address)
        elif item.what == "id":
            self.action_rename()
        elif item.what == "options":
            self.post_message(self.OptionsWanted(item.address))
        else:
            self.action_open()

    def _edit(self, item: Item) -> None:
        if self._design is None:
            return
        target = field(item.address, item.key)
        place: int | None = item.place if item.what == "item" else None
        if item.what == "add item":
            place = len(items(self._design, item.address, target.shape))
        self.query_one(".hint").display = False
        self.editor.open(self._design, target._replace(place=place), self._known)

    # Whole rows ------------------------------------------------------------------------------------------------

    def action_unset(self) -> None:
        """Takes the value of the field away, the item out of its list, or deletes the entry."""
        item = self._item()
        if item is not None and self._design is not None and not self.is_typing:
            edit = deletion(self._design, item)
            if edit is not None:
                self.post_message(EditWanted(edit))

    def action_move(self, by: int) -> None:
        """Moves the entry or item one row up or down."""
        item = self._item()
        if item is not None and self._design is not None and not self.is_typing:
            self._take(moved(self._design, item, by))

    def action_copy(self) -> None:
        """Copies the entry."""
        item = self._item()
        if item is not None and self._design is not None and not self.is_typing:
            self._take(copied(self._design, item))

    def _take(self, step: Step | None) -> None:
        if step is not None:
            self._next = step.row
            self.post_message(EditWanted(step.edit))

    def action_new(self) -> None:
        """Begins a new item of the list, or a new entry of the table."""
        item = self._item()
        if item is None or self.is_typing:
            return
        if item.key and item.what in ("field", "item", "add item") and field(item.address, item.key).shape.listed:
            self._opened |= {f"list:{dotted(item.address)}.{item.key}"}
            self._again()
            self.rows.point(f"add:{dotted(item.address)}.{item.key}")
            self._edit(Item("add item", item.address, item.key))
            return
        table = table_of(item)
        if table is None:
            self.post_message(Told("n makes a new entry in a table or list; there is none in this row"))
            return
        self._opened |= {f"table:{dotted(table)}"}
        self._ask_id(new=table)

    def action_rename(self) -> None:
        """Asks for another id of the entry the row belongs to."""
        item = self._item()
        entry = entry_of(item) if item is not None else None
        if entry is not None and not self.is_typing:
            self._ask_id(entry=entry)

    # Keeping ---------------------------------------------------------------------------------------------------

    @on(FieldEditor.Kept)
    def _kept(self, event: FieldEditor.Kept) -> None:
        event.stop()
        if event.edit is not None:
            self.post_message(EditWanted(event.edit, joins=event.stays))
        if event.stays:
            return
        self.screen.set_focus(self.rows)
        self._hint()
        if event.step:
            self.rows.action_cursor(event.step)
            item = self._item()
            if item is not None and item.what == "field":
                self.action_edit()

    @on(FieldEditor.Left)
    def _left(self, event: FieldEditor.Left) -> None:
        event.stop()
        self.screen.set_focus(self.rows)
        self._hint()

    # Ids -------------------------------------------------------------------------------------------------------

    def _ask_id(self, *, new: Address | None = None, entry: Address | None = None) -> None:
        self._new, self._renamed = new, entry
        line = self.query_one(".new-id", LineBox)
        line.cursor_blink = False
        line.value = entry[-1] if entry is not None else ""
        line.display = True
        self.screen.set_focus(line)

    @on(ControlsLeftOut)
    def _left_out(self, event: ControlsLeftOut) -> None:
        event.stop()
        self.post_message(Told(f"✗ {event.words}"))

    @on(Input.Submitted, ".new-id")
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        id_ = event.value.strip()
        if not id_ or self._design is None or (self._renamed is not None and id_ == self._renamed[-1]):
            self.end_new()
            return
        try:
            edit = self._id_edit(self._design, id_)
        except EditRefused as error:
            self.post_message(Told(f"✗ {error}"))
            return
        renamed = self._renamed
        self.end_new()
        self.post_message(EditWanted(edit))
        if renamed is not None:
            self.post_message(self.Renamed(renamed, (*renamed[:-1], id_)))

    def _id_edit(self, design: Design, id_: str) -> Edit:
        """The edit an id was typed for; what is open and where the cursor is follow it."""
        if self._renamed is not None:
            edit = renaming(design, self._renamed, id_)
            new = (*self._renamed[:-1], id_)
            self._opened = followed(self._opened, self._renamed, new)
            sort = (self.rows.cursor or "").partition(":")[0]
            self._next = f"{sort if sort in ('table', 'id') else 'id'}:{dotted(new)}"
            return edit
        added = beginning(design, self._new or (), id_)
        self._next = f"table:{dotted(added.address)}"
        self._opened |= {self._next}
        return added

    def end_new(self) -> None:
        """Leaves the line for an id."""
        self._new = self._renamed = None
        self.query_one(".new-id").display = False
        self.screen.set_focus(self.rows)

    def step_out_quietly(self) -> None:
        """Leaves what is being typed without taking the focus."""
        self._new = self._renamed = None
        self.query_one(".new-id").display = False
        self.editor.close()

    def step_out(self) -> bool:
        """Leaves what is being typed; whether there was something."""
        if self._is_naming:
            self.end_new()
            return True
        if self.editor.is_open:
            self.editor.action_leave()
            return True
        return False
