"""The items of a list field as rows of a table: set, added, taken out and moved one at a time."""

from typing import Any

from studio.edits.edit import Change, Edit, Several
from studio.model.address import Address, part_at
from studio.model.behaviour import Journey
from studio.model.design import Design
from studio.model.fields import FieldShape
from studio.tui.forms.field_text import item_text, judged, value_in_file


def items(design: Design, address: Address, shape: FieldShape) -> list[Any]:
    """The items as the file has them."""
    value = value_in_file(design, address, shape.key)
    return list(value) if isinstance(value, list) else []


def item_at(design: Design, address: Address, shape: FieldShape, place: int) -> str:
    """One item as text to edit; empty for a new one (a place behind the last)."""
    found = items(design, address, shape)
    if not 0 <= place < len(found):
        return ""
    return item_text(found[place]) if shape.nested else str(found[place])


def with_item(design: Design, address: Address, shape: FieldShape, place: int, text: str) -> Change:
    """The edit that puts a text in the place of an item, or behind the last; an empty text takes the item out.

    Raises `EditRefused` in words when the model does not take it.
    """
    found = items(design, address, shape)
    stripped = text.strip()
    new: list[Any] = [stripped] if stripped else []
    if shape.nested and new:
        new = [[id_.strip() for id_ in stripped.split(",") if id_.strip()]]
    place = min(place, len(found))
    return judged(design, Change(address, shape.key, [*found[:place], *new, *found[place + 1 :]]), shape)


def without_item(design: Design, address: Address, shape: FieldShape, place: int) -> Edit:
    """The edit that takes an item out; a journey's step takes the note on it along."""
    kept = [number for number in range(len(items(design, address, shape))) if number != place]
    return _arranged(design, address, shape, kept)


def moved_item(design: Design, address: Address, shape: FieldShape, place: int, by: int) -> tuple[Edit, int]:
    """The edit that moves an item up or down, and where it then stands; a journey's step takes its note along."""
    order = list(range(len(items(design, address, shape))))
    wanted = min(max(place + by, 0), len(order) - 1)
    order.insert(wanted, order.pop(place))
    return _arranged(design, address, shape, order), wanted


def _arranged(design: Design, address: Address, shape: FieldShape, order: list[int]) -> Edit:
    """The items in another order, or some of them."""
    found = items(design, address, shape)
    edit = Change(address, shape.key, [found[place] for place in order])
    part = part_at(design, address)
    if shape.key != "steps" or not isinstance(part, Journey) or len(part.notes) != len(found):
        return edit
    return Several(edit.label, (edit, Change(address, "notes", [part.notes[place] for place in order])))
