"""A part of the design as rows of a form: every field the model knows, the given ones first."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from studio.model.address import Address, dotted, part_at, type_at
from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import FieldShape, shapes
from studio.model.part import Named, Part
from studio.text import shortened
from studio.tui.forms.field_text import written
from studio.tui.lines.rows import Row, Span, row

USUAL: Final = {
    "components": frozenset({
        "name", "kind", "technology", "group", "instances", "zones", "capacity_rps", "latency", "availability",
        "cost_per_month",
    }),
    "connections": frozenset({
        "from", "to", "carries", "mode", "traffic", "timeout", "attempts", "circuit_breaker", "bulkhead", "fallback",
    }),
}  # fmt: skip
"""Fields that stand in the form even when nothing is said; the others of these sections wait below «more»."""


class Item(NamedTuple):
    """What a row of a form stands for."""

    what: str
    """field, table (opens and closes), add (a new keyed part), more (opens and closes the fields not given), figure,
    flag."""
    address: Address
    """Of the part, for a field; of the table itself, for the others."""
    key: str = ""
    """Of the field; the path of a figure; the fingerprint of a flag."""


class Sheet(NamedTuple):
    """The rows of a form, and what each of them stands for."""

    rows: tuple[Row, ...]
    items: dict[str, Item]


def sheet(design: Design, address: Address, opened: frozenset[str], *, columns: int = 40) -> Sheet:
    """The form of the part at an address. `opened` holds the keys of the tables and «more» rows that are open."""
    return gathered(_fields(design, address, opened, 0, columns))


def tables(design: Design, sections: tuple[Address, ...], opened: frozenset[str], *, columns: int = 40) -> Sheet:
    """The forms of several parts, one after the other, each under a heading that opens and closes it."""
    return gathered(found for address in sections for found in _table(design, address, opened, 0, columns))


def gathered(found: Iterator[tuple[Row, Item]]) -> Sheet:
    """Rows with their items as a sheet."""
    pairs = list(found)
    return Sheet(tuple(row for row, _ in pairs), {row.key: item for row, item in pairs})


def _fields(
    design: Design, address: Address, opened: frozenset[str], depth: int, columns: int
) -> Iterator[tuple[Row, Item]]:
    part = part_at(design, address)
    said: dict[str, Any] = document(part) if part is not None else {}
    known = shapes(type_at(address))
    usual = USUAL.get(address[0], frozenset(known)) if len(address) == 2 else frozenset(known)
    later = []
    for key, shape in known.items():
        if key not in said and key not in usual:
            later.append(key)
        else:
            yield from _field(design, address, shape, said.get(key), opened, depth, columns)
    if later:
        more = f"more:{dotted(address)}"
        sign = "▾" if more in opened else "▸"
        text = row(more, "  " * depth, Span(f"{sign} {len(later)} more fields", "dim"))
        yield text, Item("more", address)
        if more in opened:
            for key in later:
                yield from _field(design, address, known[key], None, opened, depth, columns)


def _field(
    design: Design, address: Address, shape: FieldShape, value: object, opened: frozenset[str], depth: int, columns: int
) -> Iterator[tuple[Row, Item]]:
    if shape.part is not None:
        yield from _table(design, (*address, shape.key), opened, depth, columns)
        return
    text = written(shape, value)
    name = f"{'  ' * depth}{words_of(shape.key)}"
    missing = Span("required", "bad") if shape.required else Span("–", "faint")
    room = columns - min(len(name), columns // 2) - 2
    value_span = Span(shortened(text, room)) if text else missing
    found = row(f"{dotted(address)}.{shape.key}", Span(name, "dim"), right=(value_span,))
    yield found, Item("field", address, shape.key)


def _table(
    design: Design, address: Address, opened: frozenset[str], depth: int, columns: int
) -> Iterator[tuple[Row, Item]]:
    """A table with a heading; keyed tables list their parts and offer a new one."""
    name = f"table:{dotted(address)}"
    is_open = name in opened
    keyed = _is_keyed(address)
    count = _count(design, address, keyed=keyed)
    heading = row(
        name,
        "  " * depth,
        Span(f"{'▾' if is_open else '▸'} {words_of(address[-1])}", "title" if depth == 0 else ""),
        right=(Span(str(count) if count else "–", "dim" if count else "faint"),),
    )
    yield heading, Item("table", address)
    if not is_open:
        return
    if not keyed:
        yield from _fields(design, address, opened, depth + 1, columns)
        return
    for part in _parts(design, address):
        yield from _table(design, (*address, part.id), opened, depth + 1, columns)
    singular = words_of(address[-1]).removesuffix("s")
    yield (
        row(f"add:{dotted(address)}", "  " * (depth + 1), Span(f"+ new {singular}", "accent")),
        Item("add", address),
    )


def _is_keyed(address: Address) -> bool:
    """Whether an address names a table of parts by id, not a part."""
    try:
        type_at(address)
    except LookupError:
        return True
    return False


def _parts(design: Design, address: Address) -> tuple[Named, ...]:
    holder: Part | None = part_at(design, address[:-1]) if len(address) > 1 else design
    if holder is None:
        return ()
    found: tuple[Named, ...] = getattr(holder, shapes(type(holder))[address[-1]].name)
    return found


def _count(design: Design, address: Address, *, keyed: bool) -> int:
    if keyed:
        return len(_parts(design, address))
    part = part_at(design, address)
    return len(document(part)) if part is not None else 0


def words_of(key: str) -> str:
    """A key of the file as words: `daily_active_users` → `daily active users`."""
    return key.replace("_", " ")
