"""A part of the design as rows of a form: every field the model knows, the given ones first."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from studio.model.address import Address, dotted, part_at, type_at
from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import FieldShape, shapes
from studio.model.part import Named, Part
from studio.text import one_line, shortened, width
from studio.tui.forms.field_text import item_text, written
from studio.tui.forms.groups import GROUPS, Group
from studio.tui.forms.known import Known
from studio.tui.lines.rows import Row, Span, row, words
from studio.units import Dimension

ASKED: Final = "? next question"
"""Stands where the field would have its value, when the answer would settle most rules."""
NOTHING: Final = Known()


class Item(NamedTuple):
    """What a row of a form stands for."""

    what: str
    """field, item (of a list field), add item, table (opens and closes), add (a new keyed part), more (opens and
    closes the fields not given), id (of the part), heading, figure, flag, options, question."""
    address: Address
    """Of the part, for a field and its items; of the table itself, for the others."""
    key: str = ""
    """Of the field; the path of a figure; the fingerprint of a flag."""
    place: int = -1
    """Of an item in its list."""


class Sheet(NamedTuple):
    """The rows of a form, and what each of them stands for."""

    rows: tuple[Row, ...]
    items: dict[str, Item]


Found = Iterator[tuple[Row, Item]]


def sheet(
    design: Design, address: Address, opened: frozenset[str], *, columns: int = 40, known: Known = NOTHING
) -> Sheet:
    """The form of the part at an address.

    `opened` holds the keys of the rows that are open: tables, lists, and «more».
    """
    return gathered(_Rows(design, opened, columns, known).part(address))


def tables(
    design: Design,
    sections: tuple[Address, ...],
    opened: frozenset[str],
    *,
    columns: int = 40,
    known: Known = NOTHING,
) -> Sheet:
    """The forms of several parts, one after the other, each under a heading that opens and closes it."""
    rows = _Rows(design, opened, columns, known)
    return gathered(found for address in sections for found in rows.table(address, 0))


def gathered(found: Iterable[tuple[Row, Item]]) -> Sheet:
    """Rows with their items as a sheet."""
    pairs = list(found)
    return Sheet(tuple(row for row, _ in pairs), {row.key: item for row, item in pairs})


class _Rows:
    """Makes rows, only of what is open."""

    def __init__(self, design: Design, opened: frozenset[str], columns: int, known: Known) -> None:
        self._design = design
        self._opened = opened
        self._columns = columns
        self._known = known

    def part(self, address: Address, depth: int = 0) -> Found:
        """The rows of one part: its id, its fields, and what is not given below «more»."""
        if issubclass(type_at(address), Named):
            name = self._name(depth, "id")
            yield row(f"id:{dotted(address)}", name, right=(Span(address[-1]),)), Item("id", address)
        part = part_at(self._design, address)
        said: dict[str, Any] = document(part) if part is not None else {}
        known = shapes(type_at(address))
        groups = GROUPS.get(address[0], ()) if len(address) == 2 else ()
        if not groups:
            everything = Group("", tuple(known), frozenset(known))
            yield from self._group(address, everything, known, said, depth)
        for group in groups:
            heading = words(f"group:{dotted(address)}:{group.name}", Span(group.name, "title"))
            yield heading, Item("heading", address)
            yield from self._group(address, group, known, said, depth)

    def _group(
        self, address: Address, group: Group, known: dict[str, FieldShape], said: dict[str, Any], depth: int
    ) -> Found:
        """Fields that belong together: what is said and what is usual, then the others below «more»."""
        later = [key for key in group.keys if not self._is_first(address, key, group, said)]
        for key in group.keys:
            if key not in later:
                yield from self._field(address, known[key], said.get(key), depth)
        if not later:
            return
        more = f"more:{dotted(address)}:{group.name}"
        is_open = more in self._opened or f"more:{dotted(address)}" in self._opened
        yield row(more, Span(f"{'▾' if is_open else '▸'} {len(later)} more", "dim")), Item("more", address)
        for key in later if is_open else ():
            yield from self._field(address, known[key], None, depth)

    def _is_first(self, address: Address, key: str, group: Group, said: dict[str, Any]) -> bool:
        return key in said or key in group.usual or self._known.asks(address, key)

    def _field(self, address: Address, shape: FieldShape, value: object, depth: int) -> Found:
        if shape.part is not None:
            yield from self.table((*address, shape.key), depth)
            return
        path = f"{dotted(address)}.{shape.key}"
        listed = f"list:{path}"
        sign = f"{self._sign(listed)} " if shape.listed and value else ""
        name = self._name(depth, f"{sign}{words_of(shape.key)}")
        unit = self._unit(shape) if value is not None else ""
        room = self._columns - min(width(name.text), self._columns // 2) - 2 - width(unit)
        shown = self._value(address, shape, value, room)
        found = row(path, name, right=(shown, Span(unit, "faint")) if unit else (shown,))
        yield found, Item("field", address, shape.key)
        if listed in self._opened:
            yield from self._items(address, shape, value, depth + 1)

    def _unit(self, shape: FieldShape) -> str:
        """The unit of a plain number; durations and sizes carry their own."""
        dimension = shape.measure.dimension if shape.measure is not None else None
        if dimension is Dimension.MONEY:
            return f" {_short(one_line(self._design.requirements.cost.currency or 'USD'), 5)}"
        return " /s" if dimension is Dimension.RATE else ""

    def _name(self, depth: int, text: str) -> Span:
        return Span(f"{'  ' * depth}{text}", "dim")

    def _value(self, address: Address, shape: FieldShape, value: object, room: int) -> Span:
        text = written(shape, value)
        if text:
            return Span(_short(text, room))
        if self._known.asks(address, shape.key):
            return Span(_short(ASKED, room), "accent")
        if shape.required:
            return Span("required", "bad")
        default = self._known.applies(self._design, address, shape)
        return Span(_short(default.words, room) if default else "–", "faint")

    def _items(self, address: Address, shape: FieldShape, value: object, depth: int) -> Found:
        path, indent = f"{dotted(address)}.{shape.key}", "  " * depth
        for place, item in enumerate(value if isinstance(value, list) else []):
            text = _short(one_line(item_text(item)), self._columns - len(indent) - 4)
            named = self._named(shape, item)
            found = row(f"{path}#{place}", indent, Span(f"{place + 1:>2}  ", "faint"), text, right=named)
            yield found, Item("item", address, shape.key, place)
        new = row(f"add:{path}", indent, Span("+ add one", "accent"))
        yield new, Item("add item", address, shape.key)

    def _named(self, shape: FieldShape, item: object) -> tuple[Span, ...]:
        """Whom an id of a connection or component stands for, where there is room to say so."""
        room = self._columns // 2 - 2
        call = self._design.connection.get(str(item)) if "connections" in shape.refers else None
        part = self._design.component.get(str(item)) if "components" in shape.refers else None
        if call is not None:
            return (Span(_short(one_line(f"{self._label(call.source)} → {self._label(call.target)}"), room), "faint"),)
        return (Span(_short(one_line(part.name), room), "faint"),) if part is not None and part.name else ()

    def _label(self, component: str) -> str:
        found = self._design.component.get(component)
        return found.label if found is not None else component

    def table(self, address: Address, depth: int) -> Found:
        """A table with a heading; keyed tables list their parts and offer a new one."""
        name = f"table:{dotted(address)}"
        keyed = is_keyed(address)
        count = self._count(address, keyed=keyed)
        hint = (Span("? ", "accent"),) if self._known.asks_within(address) and name not in self._opened else ()
        heading = row(
            name,
            "  " * depth,
            Span(f"{self._sign(name)} {words_of(address[-1])}", "title" if depth == 0 else ""),
            right=(*hint, Span(self._gist(address, keyed=keyed, count=count), "dim" if count else "faint")),
        )
        yield heading, Item("table", address)
        if name not in self._opened:
            return
        if not keyed:
            yield from self.part(address, depth + 1)
            return
        for part in parts(self._design, address):
            yield from self.table((*address, part.id), depth + 1)
        new = row(f"add:{dotted(address)}", "  " * (depth + 1), Span(f"+ new {singular(address[-1])}", "accent"))
        yield new, Item("add", address)

    def _gist(self, address: Address, *, keyed: bool, count: int) -> str:
        """What stands at the right of a heading: how much is in it; of a keyed part, its first words."""
        if keyed or not count or not issubclass(type_at(address), Named):
            return str(count) if count else "–"
        said = document(part_at(self._design, address) or self._design)
        first = next((value for value in said.values() if isinstance(value, str)), "")
        taken = len(address[-1]) + 2 * len(address)
        return _short(one_line(first), max(self._columns - taken - 4, 0)) or str(count)

    def _count(self, address: Address, *, keyed: bool) -> int:
        if keyed:
            return len(parts(self._design, address))
        part = part_at(self._design, address)
        return len(document(part)) if part is not None else 0

    def _sign(self, name: str) -> str:
        return "▾" if name in self._opened else "▸"


def _short(text: str, columns: int) -> str:
    """A text of any length on so many columns: what cannot show is not even measured."""
    return shortened(text[: max(columns, 0) + 1], columns)


def is_keyed(address: Address) -> bool:
    """Whether an address names a table of parts by id, not a part."""
    try:
        type_at(address)
    except LookupError:
        return True
    return False


def parts(design: Design, address: Address) -> tuple[Named, ...]:
    """The parts of a keyed table, in file order."""
    holder: Part | None = part_at(design, address[:-1]) if len(address) > 1 else design
    if holder is None:
        return ()
    found: tuple[Named, ...] = getattr(holder, shapes(type(holder))[address[-1]].name)
    return found


_SINGULAR: Final = {"expires": "expiry", "data": "kind of data", "accepted": "acceptance", "functional": "requirement"}


def singular(key: str) -> str:
    """What one entry of a table is called: `endpoints` → `endpoint`."""
    return _SINGULAR.get(key, words_of(key).removesuffix("s"))


def words_of(key: str) -> str:
    """A key of the file as words: `daily_active_users` → `daily active users`."""
    return key.replace("_", " ")
