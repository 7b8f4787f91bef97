"""A form: rows of fields, a line about the one under the cursor, and the editor that opens below."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from studio.edits.edit import Add, Change, Remove
from studio.errors import EditRefused
from studio.model.address import Address, part_at, type_at
from studio.model.complaints import complaint
from studio.model.design import Design
from studio.model.fields import shapes
from studio.tui.bindings import key
from studio.tui.forms.editor import FieldEditor
from studio.tui.forms.field_text import guidance, value_in_file
from studio.tui.forms.sheet import Item, Sheet
from studio.tui.lines.line_list import LineList
from studio.tui.messages import EditWanted, ExplanationWanted, FixesWanted, Told

Builder = Callable[[Design, frozenset[str], int], Sheet]
"""Makes the rows of a form from the design, what is open, and the columns there are."""


_HINTS = {
    "add": "Enter makes a new one",
    "more": "Enter shows what is not given",
    "figure": "Enter says where this figure comes from",
    "flag": "Enter shows what would mend it",
}


class Form(Vertical):
    """Shows what a builder makes of the design; posts each kept value as one edit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("d,delete,backspace", "unset", "empty", "form.unset", "Empty the field, or delete the entry", hint=True),
        key("space,right,l", "open", "Open", "form.open", "Open or close this table"),
        key("left,h", "shut", "Close", "form.close", "Close the table this row belongs to"),
        key("f2,e", "edit", "Edit", "form.edit", "Edit this field"),
    ]

    def __init__(self, builder: Builder, *, opened: frozenset[str] = frozenset(), empty: str = "") -> None:
        super().__init__()
        self._builder = builder
        self._opened = opened
        self._empty = empty
        self._design: Design | None = None
        self._technologies: tuple[str, ...] = ()
        self._sheet = Sheet((), {})
        self._new: Address | None = None
        self._next: str | None = None

    def compose(self) -> ComposeResult:
        """Rows, hint, editor, and the line for the id of something new."""
        rows = LineList(empty=self._empty)
        rows.choosing = "edit, open"
        rows.follower = self._hint
        yield rows
        yield Static(classes="hint", markup=False)
        yield FieldEditor()
        new = Input(placeholder="id: lower-case letters, digits, - and _", classes="new-id")
        new.display = False
        yield new

    @property
    def rows(self) -> LineList:
        """The list of fields."""
        return self.query_one(LineList)

    def show(self, design: Design, technologies: tuple[str, ...]) -> None:
        """Shows the design; what is being typed stays."""
        self._design, self._technologies = design, technologies
        self._sheet = self._builder(design, self._opened, self.rows.columns)
        self.rows.show(self._sheet.rows, cursor=self._next)
        self._next = None
        editor = self.query_one(FieldEditor)
        if editor.is_open:
            editor.follow(design)
        self._hint()

    def _again(self) -> None:
        if self._design is not None:
            self.show(self._design, self._technologies)

    def on_resize(self) -> None:
        """Sets the columns anew."""
        self._again()

    def _item(self) -> Item | None:
        return self._sheet.items.get(self.rows.cursor or "")

    def _hint(self) -> None:
        item = self._item()
        hint = self.query_one(".hint", Static)
        shown = not self.query_one(FieldEditor).is_open
        if hint.display != shown:
            hint.display = shown
        hint.update(self._words_about(item) if item else "", layout=False)

    def _words_about(self, item: Item) -> str:
        if item.what == "field":
            shape = shapes(type_at(item.address))[item.key]
            said = guidance(shape)
            return f"{shape.description}{f'. {said[:1].upper()}{said[1:]}' if said else ''}"
        if item.what == "table":
            return f"{self._about(item.address)} · Enter opens and closes"
        return _HINTS[item.what]

    def _about(self, address: Address) -> str:
        try:
            holder = type_at(address[:-1]) if len(address) > 1 else Design
            return shapes(holder)[address[-1]].description
        except (LookupError, KeyError):
            return address[-1]

    def point(self, address: Address) -> None:
        """Opens what hides a field and brings the cursor to it; the address ends in the key of the field."""
        above = [".".join(address[:end]) for end in range(1, len(address) + 1)]
        self._opened |= {f"{sort}:{name}" for sort in ("table", "more") for name in above}
        self._again()
        self.rows.point(".".join(address))
        self.rows.point(f"table:{'.'.join(address)}")

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
        if item.what == "figure":
            self.post_message(ExplanationWanted(item.key))
        elif item.what == "flag":
            self.post_message(FixesWanted(item.key))
        elif item.what == "field":
            self.query_one(".hint").display = False
            self.query_one(FieldEditor).open(self._design, item.address, item.key, self._technologies)
        elif item.what == "add":
            self._begin_new(item.address)
        else:
            self.action_open()

    def action_open(self) -> None:
        """Opens or closes what is below the row under the cursor."""
        item, row = self._item(), self.rows.cursor
        if item is not None and row is not None and not self.is_typing and item.what in ("table", "more"):
            self._opened = self._opened ^ {row}
            self._again()

    def action_shut(self) -> None:
        """Closes the table the row belongs to."""
        item, row = self._item(), self.rows.cursor
        if item is None or row is None or self.is_typing:
            return
        if row in self._opened:
            self._opened -= {row}
        else:
            above = item.address if item.what == "field" else item.address[:-1]
            names = [f"table:{'.'.join(above[:end])}" for end in range(len(above), 0, -1)]
            found = next((name for name in names if name in self._opened), None)
            if found is None:
                return
            self._opened -= {found}
            self.rows.point(found)
        self._again()

    def action_unset(self) -> None:
        """Takes the value of the field away, or deletes the entry."""
        item = self._item()
        if item is None or self._design is None or self.is_typing:
            return
        if item.what == "field":
            if value_in_file(self._design, item.address, item.key) is not None:
                self.post_message(EditWanted(Change(item.address, item.key, None)))
        elif item.what == "table" and self._is_given(item.address):
            self.post_message(EditWanted(Remove(item.address)))

    def _is_given(self, address: Address) -> bool:
        if self._design is None or len(address) < 3:
            return False
        try:
            return part_at(self._design, address) is not None
        except LookupError:
            return False

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

    # New entries -----------------------------------------------------------------------------------------------

    def _begin_new(self, address: Address) -> None:
        self._new = address
        new = self.query_one(".new-id", Input)
        new.cursor_blink = False
        new.value = ""
        new.display = True
        self.screen.set_focus(new)

    @on(Input.Submitted, ".new-id")
    def _named(self, event: Input.Submitted) -> None:
        event.stop()
        if self._new is None or not event.value.strip():
            self.end_new()
            return
        address = (*self._new, event.value.strip())
        try:
            part = type_at(address).model_validate({"id": address[-1]})
        except ValueError as error:
            from pydantic import ValidationError

            said = complaint(error) if isinstance(error, ValidationError) else str(error)
            self.post_message(Told(said))
            return
        except EditRefused as error:
            self.post_message(Told(str(error)))
            return
        self._next = f"table:{'.'.join(address)}"
        self._opened |= {self._next}
        self.end_new()
        self.post_message(EditWanted(Add(address, part)))

    def end_new(self) -> None:
        """Leaves the line for a new id."""
        self._new = None
        self.query_one(".new-id").display = False
        self.screen.set_focus(self.rows)

    @property
    def is_typing(self) -> bool:
        """Whether something is being typed."""
        return self.query_one(FieldEditor).is_open or self._new is not None

    def step_out_quietly(self) -> None:
        """Leaves what is being typed without taking the focus."""
        self._new = None
        self.query_one(".new-id").display = False
        self.query_one(FieldEditor).close()

    def step_out(self) -> bool:
        """Leaves what is being typed; whether there was something."""
        if self._new is not None:
            self.end_new()
            return True
        if self.query_one(FieldEditor).is_open:
            self.query_one(FieldEditor).action_leave()
            return True
        return False
