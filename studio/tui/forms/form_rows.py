"""The rows of a form: shown, opened and closed, with a line about the one under the cursor."""

from collections.abc import Callable
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from studio.model.address import Address, dotted
from studio.model.design import Design
from studio.tui.forms.boxes import LineBox
from studio.tui.forms.editor import FieldEditor
from studio.tui.forms.hints import hint
from studio.tui.forms.known import Known
from studio.tui.forms.sheet import NOTHING, Item, Sheet
from studio.tui.forms.target import field
from studio.tui.lines.line_list import LineList

Builder = Callable[[Design, frozenset[str], int], Sheet]
"""Makes the rows of a form from the design, what is open, and the columns there are."""


SOON: Final = 0.4
"""Seconds."""


class FormRows(Vertical):
    """Shows what a builder makes of the design, as far as it is open."""

    def __init__(self, builder: Builder, *, opened: frozenset[str] = frozenset(), empty: str = "") -> None:
        super().__init__()
        self._builder = builder
        self._opened = opened
        self._empty = empty
        self._design: Design | None = None
        self._known = NOTHING
        self._sheet = Sheet((), {})
        self._new: Address | None = None
        """The table a new entry goes into, while its id is typed."""
        self._renamed: Address | None = None
        """The entry that gets another id, while that is typed."""
        self._next: str | None = None
        self._is_prepared = False

    def compose(self) -> ComposeResult:
        """Rows, hint, editor, and the line for the id of something new."""
        rows = LineList(empty=self._empty)
        rows.choosing = "edit, open"
        rows.follower = self._hint
        yield rows
        yield Static(classes="hint", markup=False)
        yield FieldEditor()
        new = LineBox(placeholder="id: lower-case letters, digits, - and _", classes="new-id", select_on_focus=True)
        new.display = False
        yield new

    @property
    def rows(self) -> LineList:
        """The list of fields."""
        return self.query_one(LineList)

    @property
    def editor(self) -> FieldEditor:
        """Where a field is typed."""
        return self.query_one(FieldEditor)

    def show(self, design: Design, known: Known) -> None:
        """Shows the design; what is being typed stays."""
        self._design, self._known = design, known
        self._sheet = self._builder(design, self._opened, self.rows.columns)
        self.rows.show(self._sheet.rows, cursor=self._next)
        if self._next in self._sheet.items:
            self._next = None
        if self.editor.is_open:
            self.editor.follow(design)
        self._hint()

    def on_descendant_focus(self) -> None:
        """Makes ready what takes long, once somebody is here and no key is waiting."""
        if not self._is_prepared:
            self._is_prepared = True
            self.set_timer(SOON, self.editor.prepared)

    def _again(self) -> None:
        if self._design is not None:
            self.show(self._design, self._known)

    def on_resize(self) -> None:
        """Sets the columns anew."""
        self._again()

    def _item(self) -> Item | None:
        return self._sheet.items.get(self.rows.cursor or "")

    def _hint(self) -> None:
        item = self._item()
        shown = self.query_one(".hint", Static)
        free = not self.editor.is_open
        if shown.display != free:
            shown.display = free
        words = hint(self._design, item, self._known) if item is not None and self._design is not None else ""
        shown.update(words, layout=False)

    def unfold(self, *rows: str) -> None:
        """Opens tables and lists, by the keys of their rows (`list:` before that of a field)."""
        self._opened |= set(rows)

    def point(self, address: Address) -> None:
        """Opens what hides a field and brings the cursor to it; the address ends in the key of the field."""
        above = [dotted(address[:end]) for end in range(1, len(address) + 1)]
        self._opened |= {f"{sort}:{name}" for sort in ("table", "more") for name in above}
        self._again()
        self.rows.point(dotted(address))
        self.rows.point(f"table:{dotted(address)}")

    # Opening and closing ---------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Opens or closes what is below the row under the cursor."""
        item, row = self._item(), self.rows.cursor
        if item is None or row is None or self.is_typing:
            return
        if item.what == "more" and f"more:{dotted(item.address)}" in self._opened:
            self._opened -= {f"more:{dotted(item.address)}"}
        elif item.what in ("table", "more"):
            self._opened = self._opened ^ {row}
        elif item.what == "field" and field(item.address, item.key).shape.listed:
            self._opened = self._opened ^ {f"list:{row}"}
        self._again()

    def action_shut(self) -> None:
        """Closes the table or list the row belongs to."""
        item, row = self._item(), self.rows.cursor
        if item is None or row is None or self.is_typing:
            return
        own = f"list:{row}"
        if {row, own} & self._opened:
            self._opened -= {row, own}
        elif item.what in ("item", "add item"):
            field_row = f"{dotted(item.address)}.{item.key}"
            self._opened -= {f"list:{field_row}"}
            self.rows.point(field_row)
        else:
            self._shut_above(item)
        self._again()

    def _shut_above(self, item: Item) -> None:
        above = item.address[:-1] if item.what == "table" else item.address
        names = [f"table:{dotted(above[:end])}" for end in range(len(above), 0, -1)]
        found = next((name for name in names if name in self._opened and name in self._sheet.items), None)
        if found is not None:
            self._opened -= {found}
            self.rows.point(found)

    @property
    def is_typing(self) -> bool:
        """Whether something is being typed."""
        return self.editor.is_open or self._is_naming

    @property
    def _is_naming(self) -> bool:
        return self._new is not None or self._renamed is not None
