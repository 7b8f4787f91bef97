"""What can be chosen or completed in a field: choices, ids of the design, the catalogue, words used elsewhere."""

from collections.abc import Iterator
from typing import Final

from studio.model.address import Address, part_at, type_at, walk
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.records import Decision
from studio.model.references import KEYED_SECTIONS, ids
from studio.text import nearest
from studio.tui.forms.known import Known

_METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
_EXPECTED: Final = ("availability >= 99.9%", "p99_ms <= 400", "cost_per_month <= 5000")


def offers(design: Design, address: Address, shape: FieldShape, known: Known) -> tuple[str, ...]:
    """What a field offers, each once; nothing for numbers, dates and long texts."""
    if shape.is_flag:
        return ("yes", "no")
    if shape.choices:
        return tuple(str(choice) for choice in shape.choices)
    if shape.refers:
        return ids(design, shape.refers)
    if shape.words is None or (shape.words.lines and not shape.listed):
        return ()
    return tuple(dict.fromkeys(_words(design, address, shape, known)))


def _words(design: Design, address: Address, shape: FieldShape, known: Known) -> Iterator[str]:
    """For a field of words: what is known by that name, then what other parts say in the same field."""
    place = (address[0] if address else "", shape.key)
    library = known.library
    if library is not None and shape.key in ("technology", "skills"):
        yield from library.technology_ids()
    if library is not None and place == ("patterns", "use"):
        yield from library.pattern_ids()
    if place == ("accepted", "flag"):
        yield from known.flags or _shipped_flags()
    if place == ("accepted", "on"):
        yield from (f"{section}.{id_}" for section in KEYED_SECTIONS[:4] for id_ in ids(design, (section,)))
    if shape.key == "chosen":
        yield from _options(design, address)
    if shape.key == "method":
        yield from _METHODS
    if place == ("scenarios", "expect"):
        yield from _EXPECTED
    if shape.key not in ("name", "title", "text"):
        yield from _said_elsewhere(design, address, shape.key)


def _shipped_flags() -> Iterator[str]:
    from studio.red_flags.library import rules

    return (rule.id for rule in rules())


def _options(design: Design, address: Address) -> Iterator[str]:
    decision = part_at(design, address)
    if isinstance(decision, Decision):
        yield from (option.id for option in decision.options)


def _said_elsewhere(design: Design, address: Address, key: str) -> Iterator[str]:
    """What other parts of the same type say in the same field."""
    own = type_at(address)
    for place, part in walk(design):
        if place != address and isinstance(part, own):
            value = getattr(part, shapes(own)[key].name)
            found = value if isinstance(value, tuple) else (value,)
            yield from (item for item in found if isinstance(item, str) and "\n" not in item)


def fitting(found: tuple[str, ...], begun: str) -> tuple[str, ...]:
    """The offers that hold what was begun, those that start with it first; else the nearest one."""
    asked = begun.strip().lower()
    holding = [offer for offer in found if asked in offer.lower()]
    if holding:
        return tuple(sorted(holding, key=lambda offer: not offer.lower().startswith(asked)))
    near = nearest(asked, found) if asked else None
    return (near,) if near else ()


def next_steps(design: Design, before: str | None, found: tuple[str, ...]) -> tuple[str, ...]:
    """Connections as a journey's next step: those that start where the step before ended come first."""
    last = design.connection.get(before or "")
    if last is None:
        return found
    return tuple(sorted(found, key=lambda id_: _distance(design.connection.get(id_), last)))


def _distance(step: Connection | None, last: Connection) -> int:
    """0 where it goes on, 1 where it starts again at the same caller, 2 anywhere else."""
    if step is None:
        return 2
    return 0 if step.source == last.target else 1 if step.source == last.source else 2
