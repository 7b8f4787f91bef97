"""One field between its value and what a person types: shown as written in the file, read by the model itself."""

import re
import tomllib
from typing import Final, Literal, TypeAlias

from pydantic import ValidationError

from studio.edits.edit import Change, applied
from studio.errors import EditRefused
from studio.model.address import Address, part_at, type_at
from studio.model.complaints import complaint
from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import FieldShape
from studio.text import nearest, one_line
from studio.units import Dimension

Manner: TypeAlias = Literal["choice", "checklist", "line", "text", "list"]
"""How a field is edited: one of a list, several of a list, one line, a text of several lines, one item a line."""

_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(\D|$))")
_UNITS: Final = {
    Dimension.DURATION: "a duration with its unit: 20 ms, 5 min, 2 weeks",
    Dimension.SIZE: "a size with its unit: 500 B, 1 KB, 20 GB",
    Dimension.RATIO: "a share: 0.999 or 99.9%",
    Dimension.RATE: "requests/s",
    Dimension.MONEY: "US dollars",
    Dimension.COUNT: "a number",
    Dimension.FACTOR: "a number",
}


def manner(shape: FieldShape) -> Manner:
    """How a field is edited."""
    if shape.listed:
        return "checklist" if shape.refers and not shape.nested else "list"
    if shape.choices or shape.is_flag:
        return "choice"
    return "text" if shape.words is not None and shape.words.lines else "line"


def written(shape: FieldShape, value: object) -> str:
    """A value of the file on one line, as a person writes it; empty when nothing is said."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and shape.key != "at":
        return f"{value:_}" if abs(value) >= 10_000 else str(value)
    if isinstance(value, list) and shape.nested:
        return "; ".join(", ".join(one_line(str(item)) for item in group) for group in value)
    if isinstance(value, list):
        inner = ", ".join(written(shape, item) for item in value)
        return inner if shape.listed or shape.key == "at" else f"[{inner}]"
    return one_line(str(value))


def typed(shape: FieldShape, value: object) -> str:
    """The value as text to edit: like `written`, but whole; of a list, one item on each line."""
    if isinstance(value, list) and shape.listed:
        return "\n".join(item_text(item) for item in value)
    if isinstance(value, str):
        return value
    return written(shape, value)


def item_text(item: object) -> str:
    """One item of a list as lines: a group of ids on one line, further lines of a text set in by two blanks."""
    if isinstance(item, list):
        return ", ".join(str(id_) for id_ in item)
    return str(item).replace("\n", "\n  ")


def value_in_file(design: Design, address: Address, key: str) -> object:
    """What the file says in a field, or None."""
    part = part_at(design, address)
    return None if part is None else document(part).get(key)


def read(shape: FieldShape, text: str) -> object:
    """What a typed text means, as TOML would give it; the model judges it. Empty text says nothing: None."""
    if shape.listed:
        return [_item(shape, item) for item in _items(text)]
    stripped = text.strip()
    if not stripped:
        return None
    if shape.is_flag:
        return {"yes": True, "true": True, "no": False, "false": False}.get(stripped.lower(), stripped)
    if shape.words is not None:
        return text.rstrip() if shape.words.lines else stripped
    if shape.choices:
        return next((choice for choice in shape.choices if str(choice) == stripped), stripped)
    if shape.key == "at":
        return _several(stripped.strip("[]"), "")
    if stripped.startswith("["):
        return _several(stripped.removeprefix("[").removesuffix("]"), stripped)
    return _plain(stripped)


def _items(text: str) -> list[str]:
    found: list[str] = []
    for line in text.split("\n"):
        if found and line.startswith("  "):
            found[-1] += f"\n{line[2:].rstrip()}"
        elif line.strip():
            found.append(line.strip())
    return found


def _item(shape: FieldShape, text: str) -> object:
    return [id_.strip() for id_ in text.split(",") if id_.strip()] if shape.nested else text


def _several(inside: str, whole: str) -> object:
    ends = [part.strip() for part in inside.split(",")]
    return [_plain(end) for end in ends] if all(ends) else whole


def _plain(text: str) -> object:
    """A number, date, truth value or quoted text of TOML; anything else is the text itself."""
    try:
        return tomllib.loads(f"v = {_THOUSANDS.sub('', text)}")["v"]
    except tomllib.TOMLDecodeError:
        return text


def change(design: Design, address: Address, shape: FieldShape, text: str) -> Change:
    """The edit that sets the field to what was typed. Raises `EditRefused` in words when the model does not take it."""
    if shape.required and not text.strip():
        raise EditRefused(f"{shape.key} is required")
    return judged(design, Change(address, shape.key, read(shape, text)), shape)


def judged(design: Design, edit: Change, shape: FieldShape) -> Change:
    """The edit itself, when the model takes it; else raises `EditRefused` in words.

    Where a field names no other part, its own part is all that has to be looked at.
    """
    try:
        if shape.refers or edit.address[0] == "accepted":
            applied(edit, design)
        else:
            _alone(design, edit, shape)
    except EditRefused as error:
        raise EditRefused(_advised(str(error), shape, edit.value)) from None
    return edit


def _alone(design: Design, edit: Change, shape: FieldShape) -> None:
    part = part_at(design, edit.address)
    try:
        (type_at(edit.address)() if part is None else part).changed(**{shape.name: edit.value})
    except ValidationError as error:
        raise EditRefused(complaint(error)) from None


def _advised(said: str, shape: FieldShape, value: object) -> str:
    """What is wrong, without the name of the field, and with the choice that was nearly written."""
    words = said.removeprefix(f"{shape.key}: ")
    near = nearest(value, map(str, shape.choices)) if isinstance(value, str) and shape.choices else None
    return f"{words}; did you mean {near}?" if near else words


def guidance(shape: FieldShape) -> str:
    """What may be written here: unit, bounds, form."""
    if shape.measure is not None:
        bounds = "" if shape.measure.least == 0 and not shape.measure.above else f"; {shape.measure.bounds()}"
        return f"{_UNITS[shape.measure.dimension]}{bounds}; or a range [low, high]"
    if shape.is_whole:
        return "a whole number, no range"
    if shape.is_date:
        return "a date: 2027-01-31"
    if shape.key == "at":
        return "column, row"
    if shape.nested:
        return "a group on each line: ids with commas between them"
    several = "one on each line; two blanks before a line make it go on the one above"
    return {"list": several, "text": "several lines are welcome"}.get(manner(shape), "")
