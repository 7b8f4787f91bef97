"""What is wrong with a value and what to do about it, in words for the person who wrote it."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final, NamedTuple

from studio.model.address import Address, type_at
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part
from studio.model.references import KEYED_SECTIONS
from studio.text import listed, nearest, one_line, shortened
from studio.units import Dimension

_SINGULAR: Final = {
    "components": "component", "connections": "connection", "data": "data", "journeys": "journey",
    "patterns": "applied pattern", "decisions": "decision",
}  # fmt: skip
_LONGEST_MATCHED: Final = 64
"""Longer words are no misspelt key or id, and matching them takes long."""
_EXAMPLES: Final = {"kind": '"service"', "flag": '"REL001"', "from": '"…"', "to": '"…"', "until": "2027-01-31"}
_QUANTITIES: Final = {
    Dimension.DURATION: '"20 ms"',
    Dimension.SIZE: '"500 B"',
    Dimension.RATIO: '0.999 or "99.9%"',
}
_ID_RULE: Final = "use lower-case letters, digits, - and _ (at most 64, the first a letter or digit)"


class Wording(NamedTuple):
    """What is wrong, and what to do: two sentences without a full stop."""

    what: str
    advice: str


class _Place(NamedTuple):
    """The key an error is about."""

    path: Address
    table: type[Part] | None
    shape: FieldShape | None
    value: Any

    @property
    def key(self) -> str:
        return key_path(self.path)


def key_path(path: Iterable[str]) -> str:
    """A path as a person writes it, keys quoted where they must be, short enough for a line."""
    return shortened(".".join(_written(key) for key in path), 160)


def _written(key: str) -> str:
    shown = shortened(one_line(key), 80)
    return shown if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{shown}"'


def quoted(value: Any) -> str:
    """A value for a message: a short text in quotes, a number as it is, anything else by its kind."""
    if isinstance(value, str):
        return f"“{shortened(one_line(value), 60)}”"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return shortened(str(value), 40)
    return kind_of_value(value)


def kind_of_value(value: Any) -> str:
    """What sort of value it is, with its article."""
    if isinstance(value, bool):
        return "true" if value else "false"
    names = {str: "a text", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return names.get(type(value), "a date")


def worded(error: Mapping[str, Any], path: Address, value: Any) -> Wording:
    """The words for one error of the model at `path`, where `value` is in the file."""
    table = _table(path[:-1])
    shape = shapes(table).get(path[-1]) if table is not None else None
    place = _Place(path, table, shape, value)
    kind = "date" if error["type"].startswith("date") else error["type"]
    known = _WORDINGS.get(kind)
    if known is None:
        return Wording(f"{place.key}: {quoted(value)} cannot be read", f"it is: {shape.description if shape else '?'}")
    return known(place, error)


def _table(address: Address) -> type[Part] | None:
    try:
        return type_at(address)
    except LookupError:
        return None


def no_such_id(path: Address, named: str, sections: tuple[str, ...], known: Collection[str]) -> Wording:
    """The words for an id that no part has: both ends, and the id that was perhaps meant."""
    kinds = "part" if sections == KEYED_SECTIONS else listed((_SINGULAR.get(s, s) for s in sections), "or")
    what = f"{key_path(path)} names {quoted(named)}, and no {kinds} has that id"
    near = _near(named, known)
    if near is not None:
        return Wording(what, f"did you mean “{near}”?")
    some = f"the ids are {listed(list(known)[:12])}" if 0 < len(known) <= 12 else "correct it"
    return Wording(what, f"{some}, or add [{sections[0]}.{_written(named)}]")


def no_such_pattern(path: Address, named: str, known: Collection[str]) -> Wording:
    """The words for a pattern that the catalogue does not have."""
    near = _near(named, known)
    advice = f"did you mean “{near}”?" if near is not None else "“tenfold catalogue” lists them"
    return Wording(f"{key_path(path)}: the catalogue has no pattern {quoted(named)}", advice)


def _near(word: str, known: Iterable[str]) -> str | None:
    return nearest(word, known) if len(word) <= _LONGEST_MATCHED else None


def _missing(place: _Place, _: Mapping[str, Any]) -> Wording:
    if place.path == ("format",):
        return Wording("the file does not say its format", "write format = 1 as its first line")
    if place.path == ("design",):
        return Wording("the table [design] is missing", 'write [design] and name = "…" below it')
    key, shape = place.path[-1], place.shape
    example = _EXAMPLES.get(key, '"…"')
    meaning = f"one of {listed(map(str, shape.choices), 'or')}" if shape and shape.choices else ""
    said = meaning or (shape.description[:1].lower() + shape.description[1:] if shape else "")
    return Wording(f"{key_path(place.path[:-1])} has no “{key}”, which is required", f"add {key} = {example} ({said})")


def _unknown(place: _Place, _: Mapping[str, Any]) -> Wording:
    table, key = key_path(place.path[:-1]), shortened(one_line(place.path[-1]), 60)
    what = f"{table} has an unknown key “{key}”" if table else f"“{key}” is unknown at the top of a design"
    known = shapes(place.table or Design)
    in_python = {shape.name: shape.key for shape in known.values()}
    near = in_python.get(place.path[-1]) or _near(place.path[-1], known)
    return Wording(what, f"did you mean “{near}”?" if near else f"the keys here are {listed(known)}")


def _choice(place: _Place, _: Mapping[str, Any]) -> Wording:
    choices = [str(choice) for choice in place.shape.choices] if place.shape else []
    near = _near(place.value, choices) if isinstance(place.value, str) else None
    all_of_them = listed(choices, "or")
    advice = f"did you mean “{near}”? It is one of {all_of_them}" if near else f"write one of {all_of_them}"
    return Wording(f"{place.key}: {quoted(place.value)} is not possible here", advice)


def _quantity(place: _Place, error: Mapping[str, Any]) -> Wording:
    what, _, advice = str(error["msg"]).partition("; ")
    if not advice.startswith(("write ", "a percentage ")):
        what, advice = str(error["msg"]).replace("; ", ", "), ""
    return Wording(f"{place.key}: {one_line(shortened(what, 240))}", advice or _example(place.shape))


def _example(shape: FieldShape | None) -> str:
    """How a quantity of this field is written, and what it means."""
    if shape is None or shape.measure is None:
        return "correct the value"
    written = _QUANTITIES.get(shape.measure.dimension, "a plain number, such as 100")
    return f"write {written} ({shape.description[:1].lower()}{shape.description[1:]})"


def _bounds(place: _Place, error: Mapping[str, Any]) -> Wording:
    return Wording(f"{place.key}: {_shown(place.value)} is out of bounds", str(error["msg"]))


def _shown(value: Any) -> str:
    return f"[{', '.join(map(quoted, value))}]" if isinstance(value, list) and len(value) == 2 else quoted(value)


def _words(place: _Place, _: Mapping[str, Any]) -> Wording:
    if isinstance(place.value, list) and place.shape is not None and place.shape.listed:
        odd = next((item for item in place.value if not isinstance(item, str)), None)
        return Wording(f"{place.key}: the list holds {kind_of_value(odd)}, and texts are wanted", "put each in quotes")
    return Wording(f"{place.key}: a text is wanted here, not {kind_of_value(place.value)}", "put it in quotes")


def _control(place: _Place, error: Mapping[str, Any]) -> Wording:
    code = error["ctx"]["code"]
    if code in ("000A", "0009"):
        name = "a line break" if code == "000A" else "a tab"
        return Wording(f"{place.key}: the text holds {name}, and one line is wanted here", "write it on one line")
    return Wording(f"{place.key}: the text holds the control character U+{code}", "remove it")


def _identifier(place: _Place, _: Mapping[str, Any]) -> Wording:
    if place.path[-1] == "id" and place.shape is None:
        section = key_path(place.path[:-2])
        return Wording(f"{quoted(place.path[-2])} in [{section}] is no id", _ID_RULE)
    odd = place.value
    while isinstance(odd, list):
        odd = next((item for item in odd if not _is_id(item)), None)
    if isinstance(odd, str):
        return Wording(f"{place.key}: {quoted(odd)} is no id", _ID_RULE)
    return Wording(f"{place.key}: an id is wanted here, not {kind_of_value(odd)}", "write the id in quotes")


def _is_id(value: Any) -> bool:
    from studio.model.values import ID_PATTERN

    return isinstance(value, str) and ID_PATTERN.fullmatch(value) is not None


def _yes_no(place: _Place, _: Mapping[str, Any]) -> Wording:
    return Wording(f"{place.key}: true or false is wanted here, not {quoted(place.value)}", "write it without quotes")


def _whole(place: _Place, _: Mapping[str, Any]) -> Wording:
    what = f"{place.key}: a whole number is wanted here, not {quoted(place.value)}"
    if place.path[-1] == "instances" and isinstance(place.value, list):
        return Wording(what, "write the fewest copies here and the most as autoscale = { max = … }")
    return Wording(what, "write it without quotes, fraction or range")


def _listed(place: _Place, _: Mapping[str, Any]) -> Wording:
    what = f"{place.key}: a list is wanted here, not {kind_of_value(place.value)}"
    return Wording(what, 'write it in square brackets, such as ["…"]')


def _cells(place: _Place, _: Mapping[str, Any]) -> Wording:
    return Wording(f"{place.key}: a column and a row are wanted here", "write two whole numbers, such as [12, 4]")


def _date(place: _Place, _: Mapping[str, Any]) -> Wording:
    return Wording(f"{place.key}: {quoted(place.value)} is no date", "write it as 2027-01-31, without quotes")


def _setting(place: _Place, error: Mapping[str, Any]) -> Wording:
    what, _, advice = str(error["msg"]).rpartition("; ")
    return Wording(f"{place.key}: {what or advice}", advice if what else "correct the line")


_WORDINGS: Final[dict[str, Callable[[_Place, Mapping[str, Any]], Wording]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _choice,
    "quantity": _quantity,
    "bounds": _bounds,
    "words": _words,
    "control_character": _control,
    "identifier": _identifier,
    "yes_no": _yes_no,
    "whole": _whole,
    "listed": _listed,
    "cells": _cells,
    "date": _date,
    "setting": _setting,
}
