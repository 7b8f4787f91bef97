"""Which part names which other: dangling ids, and ids that follow a rename or a removal."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from studio.model.address import Address, part_at, walk
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.option_settings import parsed
from studio.model.records import Acceptance, Option
from studio.model.values import LONGEST_ID


class Reference(NamedTuple):
    """One id named in one field."""

    address: Address
    """The part that names it."""
    key: str
    """The field, as in the file."""
    id: str
    sections: tuple[str, ...]
    """Sections of the design in which it may lie."""


def references(design: Design) -> Iterator[Reference]:
    """All references of a design, in the order of the model."""
    for address, part in walk(design):
        for key, shape in shapes(type(part)).items():
            if shape.refers:
                for named in _flat(getattr(part, shape.name)):
                    yield Reference(address, key, named, shape.refers)
        if isinstance(part, Acceptance) and part.on is not None:
            yield accepted_subject(address, part.on)
        if isinstance(part, Option):
            yield from _set_by(address, part.settings)


def _set_by(address: Address, lines: Iterable[str]) -> Iterator[Reference]:
    """The parts whose fields an option would set; a line that cannot be read is told elsewhere."""
    for line in lines:
        try:
            section, *rest = parsed(line).address
        except ValueError:
            continue
        if rest:
            yield Reference(address, "set", rest[0], (section,))


def names_part(line: str, section: str, id_: str) -> bool:
    """Whether a line of an option sets a field of this part."""
    return parsed(line).address[:2] == (section, id_)


def accepted_subject(address: Address, on: str) -> Reference:
    """What an acceptance is about: a bare id of any section, or `section.id`."""
    section, dot, rest = on.partition(".")
    if dot and section in KEYED_SECTIONS:
        return Reference(address, "on", rest.split(".")[0], (section,))
    return Reference(address, "on", on, KEYED_SECTIONS)


KEYED_SECTIONS = tuple(key for key, shape in shapes(Design).items() if shape.keyed)
"""The sections of a design that hold parts by id, in order."""


def ids(design: Design, sections: Iterable[str]) -> tuple[str, ...]:
    """The ids in these sections, in file order."""
    return tuple(item.id for section in sections for item in getattr(design, shapes(Design)[section].name))


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3` … that is not taken; never longer than an id may be."""
    known = frozenset(taken)
    candidate, number = wanted[:LONGEST_ID].rstrip("-_"), 2
    while candidate in known:
        ending = f"-{number}"
        candidate, number = wanted[: LONGEST_ID - len(ending)].rstrip("-_") + ending, number + 1
    return candidate


def dangling(design: Design) -> tuple[Reference, ...]:
    """The references to ids that are nowhere in the sections they may lie in."""
    known = {section: frozenset(ids(design, (section,))) for section in KEYED_SECTIONS}
    return tuple(
        found
        for found in references(design)
        if not any(found.id in known[section] for section in found.sections) and not _is_a_table(design, found)
    )


def _is_a_table(design: Design, reference: Reference) -> bool:
    """Whether an acceptance is about a table without an id of its own: `design`, `requirements.cost`."""
    if reference.key != "on" or reference.address[0] != "accepted":
        return False
    try:
        return part_at(design, tuple(reference.id.split("."))) is not None
    except LookupError:
        return False


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _flat(item)
    elif value is not None:
        yield value


def replaced(value: Any, old: str, new: str | None) -> Any:
    """A field's value with one id replaced in it, however deep; `new` None takes it out."""
    if isinstance(value, tuple):
        items = (replaced(item, old, new) for item in value)
        return tuple(item for item in items if item is not None)
    return new if value == old else value


def renamed_in_words(text: str, section: str, old: str, new: str) -> str:
    """A comparison or address in words (`components.api.utilisation > 0.7`) after a rename."""
    return re.sub(rf"\b{re.escape(section)}\.{re.escape(old)}(?![a-z0-9_-])", f"{section}.{new}", text)
