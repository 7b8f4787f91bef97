"""One field between its value and what a person types: shown as written in the file, read by the model itself."""

import re
import tomllib
from typing import Final, Literal, TypeAlias

from studio.edits.edit import Change, applied
from studio.errors import EditRefused
from studio.model.address import Address, part_at
from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import FieldShape
from studio.model.references import ids
from studio.text import one_line
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
        return "checklist" if shape.refers else "list"
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
    if isinstance(value, list):
        inner = ", ".join(written(shape, item) for item in value)
        return inner if shape.listed or shape.key == "at" else f"[{inner}]"
    return one_line(str(value))


def typed(shape: FieldShape, value: object) -> str:
    """The value as text to edit: like `written`, but whole."""
    if isinstance(value, list) and shape.listed:
        return "\n".join(str(item) for item in value)
    if isinstance(value, str):
        return value
    return written(shape, value)


def value_in_file(design: Design, address: Address, key: str) -> object:
    """What the file says in a field, or None."""
    part = part_at(design, address)
    return None if part is None else document(part).get(key)


def read(shape: FieldShape, text: str) -> object:
    """What a typed text means, as TOML would give it; the model judges it. Empty text says nothing: None."""
    if shape.listed:
        return [line.strip() for line in text.splitlines() if line.strip()]
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
    edit = Change(address, shape.key, read(shape, text))
    try:
        applied(edit, design)
    except EditRefused as error:
        raise EditRefused(str(error).removeprefix(f"{shape.key}: ")) from None
    return edit


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
    return {"list": "one on each line", "text": "several lines are welcome"}.get(manner(shape), "")


def offers(design: Design, shape: FieldShape, technologies: tuple[str, ...]) -> tuple[str, ...]:
    """What can be chosen or completed in a field: its choices, ids of the design, technologies of the catalogue."""
    if shape.is_flag:
        return ("yes", "no")
    if shape.choices:
        return tuple(str(choice) for choice in shape.choices)
    if shape.refers:
        return ids(design, shape.refers)
    return technologies if shape.key == "technology" else ()
