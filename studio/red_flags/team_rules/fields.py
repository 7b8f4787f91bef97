"""Fields of the design as a rule of a team names them: `owner`, `backup.every`, `requirements.cost.currency`."""

from typing import Any, Final, NamedTuple

from studio.catalogue.said import DEFAULTS
from studio.catalogue.tables import Table
from studio.model.address import type_at
from studio.model.component import Component, Endpoint
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.part import Named, Part
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Scope
from studio.red_flags.words import counted
from studio.text import listed, nearest, one_line, shortened

SECTIONS: Final[tuple[Scope, ...]] = (
    "components", "connections", "data", "journeys", "endpoints", "functional", "decisions", "scenarios", "patterns",
    "design",
)  # fmt: skip
"""What a rule of a team may look at, one part at a time; `design` is the design as a whole."""
_IN_THE_FILE: Final = {
    "endpoints": ("components", "ID", "endpoints", "ID"),
    "functional": ("requirements", "functional", "ID"),
    "design": (),
}
_MOST_LISTED: Final = 20
_NOUNS: Final[dict[Scope, str]] = {
    "components": "component", "connections": "connection", "data": "kind of data", "journeys": "journey",
    "endpoints": "endpoint", "functional": "functional requirement", "decisions": "decision",
    "scenarios": "scenario", "patterns": "applied pattern", "design": "design",
}  # fmt: skip


class Field(NamedTuple):
    """A field of a kind of part."""

    path: str
    """As in the design file: `backup.every`."""
    shape: FieldShape


def section_in(table: Table, *, default: Scope = "components") -> Scope:
    """The section a rule looks at, as its table says."""
    if not table.has("section"):
        return default
    named = table.choice("section", SECTIONS)
    return next((section for section in SECTIONS if section == named), default)


def noun(section: Scope, number: int = 1) -> str:
    """One part of a section in words, `3 components`, `2 kinds of data`."""
    word = _NOUNS[section]
    if number == 1:
        return word
    return counted(number, word) if section != "data" else f"{number:,} kinds of data"


def type_of(section: Scope) -> type[Part]:
    """The type of the parts of a section."""
    address = _IN_THE_FILE.get(section, (section, "ID"))
    return type_at(address) if address else Design


def field_in(table: Table, key: str, path: str, part: type[Part]) -> Field | None:
    """The field at a dotted path; when there is none, a complaint about `key` that names the nearest."""
    keys, inside, shape = path.split("."), part, None
    for place, name in enumerate(keys):
        shape = shapes(inside).get(name)
        last = place == len(keys) - 1
        if shape is None or (not last and (shape.part is None or shape.keyed)):
            known = [".".join((*keys[:place], field)) for field in sorted(shapes(inside))]
            near = nearest(shown(".".join(keys[: place + 1])), known)
            some = f"there is {listed(known)}" if len(known) <= _MOST_LISTED else "the format of designs lists them"
            table.complain(key, f"there is no field “{shown(path)}”", f"did you mean {near}?" if near else some)
            return None
        if not last and shape.part is not None:
            inside = shape.part
    return Field(path, shape) if shape is not None else None


def value_of(part: Part, field: Field) -> Any:
    """What the part says in the field, as the model holds it; None when nobody said anything there."""
    value: Any = part
    for key in field.path.split("."):
        if not isinstance(value, Part):
            return None
        value = getattr(value, shapes(type(value))[key].name)
    return value if _is_said(value) else None


def meant(part: Part, field: Field) -> Any:
    """As `value_of`; where nobody said anything, what that means: a call is `sync`, a component has one instance."""
    value = value_of(part, field)
    return DEFAULTS.get(field.path) if value is None else value


def _is_said(value: Any) -> bool:
    if isinstance(value, Part):
        return any(_is_said(getattr(value, name)) for name in type(value).model_fields if name != "id")
    if isinstance(value, str):
        return bool(value.strip())
    return bool(value) if isinstance(value, tuple) else value is not None


def place_of(part: Part, section: Scope, facts: Facts) -> str:
    """Where a part lies in the design file, with a dot behind it: `components.db.`; nothing for the design."""
    if isinstance(part, Endpoint):
        return f"components.{facts.owner_of(part).id}.endpoints.{part.id}."
    if not isinstance(part, Named):
        return ""
    return f"requirements.functional.{part.id}." if section == "functional" else f"{section}.{part.id}."


def label_of(part: Part, facts: Facts) -> str:
    """What to call a part in a sentence."""
    if isinstance(part, Component):
        return one_line(part.label)
    if isinstance(part, Endpoint):
        return f"{one_line(facts.owner_of(part).label)}, {part.id}"
    return str(part.id) if isinstance(part, Named) else "the design"


def shown(words: object) -> str:
    """A word of a person for a sentence: one line, safe, and short."""
    return shortened(one_line(str(words)), 80)
