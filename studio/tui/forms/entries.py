"""What is done to whole rows of a form: deleted, moved, copied, renamed, begun. Plain functions that make edits."""

from typing import NamedTuple

from pydantic import ValidationError

from studio.edits.edit import Add, Change, Edit, Remove, Rename, applied
from studio.edits.ordering import Move, duplicate
from studio.errors import EditRefused
from studio.model.address import Address, dotted, part_at, type_at
from studio.model.complaints import complaint
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.part import Named
from studio.tui.forms.field_text import value_in_file
from studio.tui.forms.items import moved_item, without_item
from studio.tui.forms.sheet import Item, is_keyed


class Step(NamedTuple):
    """An edit, and the row the cursor goes to."""

    edit: Edit
    row: str


def deletion(design: Design, item: Item) -> Edit | None:
    """The edit that empties a field, takes an item out or deletes an entry; None where there is nothing to delete."""
    if item.what == "field":
        given = value_in_file(design, item.address, item.key) is not None
        return Change(item.address, item.key, None) if given else None
    if item.what == "item":
        return without_item(design, item.address, shapes(type_at(item.address))[item.key], item.place)
    if item.what == "table" and not is_keyed(item.address) and _may_go(item.address):
        return Remove(item.address) if part_at(design, item.address) is not None else None
    return None


def _may_go(address: Address) -> bool:
    return len(address) > 2 or address == ("requirements", "ai")


def moved(design: Design, item: Item, by: int) -> Step | None:
    """The item of a list, or the entry of a table, one row up or down."""
    if item.what == "item":
        shape = shapes(type_at(item.address))[item.key]
        edit, place = moved_item(design, item.address, shape, item.place, by)
        return Step(edit, f"{dotted(item.address)}.{item.key}#{place}")
    if item.what == "table" and is_entry(item.address):
        return Step(Move(item.address, by), f"table:{dotted(item.address)}")
    return None


def copied(design: Design, item: Item) -> Step | None:
    """A copy of an entry, right behind it."""
    if item.what != "table" or not is_entry(item.address):
        return None
    edit = duplicate(design, item.address)
    return Step(edit, f"table:{dotted(edit.address)}")


def is_entry(address: Address) -> bool:
    """Whether an address is that of one part of a keyed table."""
    return not is_keyed(address) and issubclass(type_at(address), Named)


def entry_of(item: Item) -> Address | None:
    """The keyed part a row belongs to, the innermost one."""
    address = item.address
    while address and not is_entry(address):
        address = address[:-1]
    return address or None


def table_of(item: Item) -> Address | None:
    """The keyed table a new entry would go into from a row: itself, or the one its part lies in."""
    if item.what in ("table", "add") and is_keyed(item.address):
        return item.address
    entry = entry_of(item)
    return entry[:-1] if entry is not None and len(entry) > 2 else None


def renaming(design: Design, address: Address, id_: str) -> Rename:
    """The edit that gives an entry another id everywhere. Raises `EditRefused` in words."""
    edit = Rename(address, id_)
    applied(edit, design)
    return edit


def beginning(design: Design, table: Address, id_: str) -> Add:
    """The edit that puts an empty entry at the end of a table. Raises `EditRefused` in words."""
    address = (*table, id_)
    try:
        edit = Add(address, type_at(address).model_validate({"id": id_}))
    except ValidationError as error:
        raise EditRefused(complaint(error)) from None
    applied(edit, design)
    return edit


def followed(opened: frozenset[str], old: Address, new: Address) -> frozenset[str]:
    """What is open in a form after an entry got another id."""
    before, after = dotted(old), dotted(new)
    return frozenset(_followed(name, before, after) for name in opened)


def _followed(name: str, old: str, new: str) -> str:
    sort, _, path = name.partition(":")
    same = path == old or path.startswith(f"{old}.")
    return f"{sort}:{new}{path[len(old) :]}" if same else name
