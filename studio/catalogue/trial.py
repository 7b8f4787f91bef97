"""Whether what a pattern brings and sets would be valid in a design: its names fit together, its fields are fields."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from studio.catalogue.entries import Pattern
from studio.catalogue.names import filled, unknown_names
from studio.catalogue.needs import unfit_condition, unfit_needs
from studio.catalogue.parameters import settled
from studio.catalogue.tables import Complaint
from studio.catalogue.unfit_places import unfit_places
from studio.comparisons import Comparison
from studio.model.complaints import words
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.fields import shapes
from studio.model.part import Part
from studio.model.values import ID_PATTERN
from studio.text import listed, nearest

_STAND_IN = "stand-in"
_ENDS = {"from": _STAND_IN, "to": _STAND_IN}


def complaints(pattern: Pattern) -> tuple[Complaint, ...]:
    """Everything that keeps a pattern from being applied; its values are tried with the defaults of its parameters."""
    unfit = (
        *_unfit_names(pattern),
        *_unfit_ends(pattern),
        *_without_ends(pattern),
        *unfit_places(pattern),
        *unfit_needs(pattern),
        *_unfit_conditions(pattern),
    )
    return unfit or tuple(_unfit_parts(pattern))


def _unfit_names(pattern: Pattern) -> Iterator[Complaint]:
    """Roles, parameters and local names share one space, and must be words that can follow a `$`."""
    sections = {
        ("targets",): [target.role for target in pattern.targets],
        ("parameters",): [parameter.id for parameter in pattern.parameters],
        ("adds", "components"): [added.local_name for added in pattern.components],
    }
    taken: dict[str, str] = {}
    for section, names in sections.items():
        for name in names:
            if ID_PATTERN.fullmatch(name) is None or not name[0].isalpha():
                advice = "use lower-case letters, digits, - and _, a letter first"
                yield Complaint((*section, name), f"“{name}” cannot be a name", advice)
            if name in taken:
                yield Complaint((*section, name), f"“{name}” is also a name in {taken[name]}", "choose another")
            taken[name] = ".".join(section)


def _unfit_ends(pattern: Pattern) -> Iterator[Complaint]:
    """Connections join components of the pattern; fields are set on roles it has."""
    roles = [target.role for target in pattern.targets]
    components = [target.role for target in pattern.targets if not target.is_connection]
    components += [added.local_name for added in pattern.components]
    for keys, ends in _ends(pattern):
        for key, name in ends.items():
            if name not in components:
                yield Complaint((*keys, key), f"“{name}” is no component of this pattern", _nearest(name, components))
    for section, settings in (("sets", pattern.sets), ("changes", pattern.changes)):
        for role in settings:
            if role not in roles:
                yield Complaint((section, role), f"“{role}” is no role", _nearest(role, roles))


def _without_ends(pattern: Pattern) -> Iterator[Complaint]:
    """A role that is a connection and does not say between which components it leads."""
    for target in pattern.targets:
        if target.is_connection and target.skeleton is None:
            what = f"“{target.role}” is a connection, and nothing says what it joins"
            yield Complaint(("targets", target.role), what, 'add skeleton = { from = "…", to = "…" }')


def _unfit_conditions(pattern: Pattern) -> Iterator[Complaint]:
    conditions: list[tuple[tuple[str, ...], Comparison | None]] = []
    conditions += [(("adds", "components", added.local_name), added.when) for added in pattern.components]
    conditions += [(("adds", "connections", joined.local_name), joined.when) for joined in pattern.connections]
    conditions += [(("moves", move.id), move.when) for move in pattern.moves]
    conditions += [(("sets", role), setting.when) for role, setting in pattern.sets.items()]
    conditions += [(("changes", role), setting.when) for role, setting in pattern.changes.items()]
    for keys, when in conditions:
        if when is not None:
            yield from unfit_condition(pattern, when, keys)


def _ends(pattern: Pattern) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    """The ends of each connection the pattern may bring, with the place where they are named."""
    for added in pattern.connections:
        yield ("adds", "connections", added.local_name), {"from": added.source, "to": added.target}
    for target in pattern.targets:
        if target.is_connection and target.skeleton is not None:
            ends = {key: str(target.skeleton.get(key, "")).removeprefix("$") for key in ("from", "to")}
            yield ("targets", target.role, "skeleton"), ends


def _nearest(name: str, known: Collection[str]) -> str:
    near = nearest(name, known)
    return f"did you mean {near}?" if near else f"write one of {listed(known, 'or') or 'its roles'}"


class _Trial(NamedTuple):
    """Fields of a component or connection, to be made with these as their base."""

    keys: tuple[str, ...]
    type: type[Part]
    fields: Mapping[str, Any]
    base: Mapping[str, Any]
    sets: bool = False
    """Whether they are set on a part that is there."""


def _unfit_parts(pattern: Pattern) -> Iterator[Complaint]:
    names: dict[str, Any] = settled(pattern, {})
    names |= {target.role: (_STAND_IN,) for target in pattern.targets}
    names |= {added.local_name: _STAND_IN for added in pattern.components}
    for trial in (*_brought(pattern), *_set(pattern)):
        found = _unknown(trial, names) or _unsettable(trial) or _invalid(trial, names)
        if found is not None:
            yield found


def _brought(pattern: Pattern) -> Iterator[_Trial]:
    for added in pattern.components:
        yield _Trial(("adds", "components", added.local_name), Component, added.fields, {"id": added.id})
    for joined in pattern.connections:
        base = {"id": joined.id or "", **_ENDS}
        yield _Trial(("adds", "connections", joined.local_name), Connection, joined.fields, base)
    for target in pattern.targets:
        if target.skeleton is not None:
            part = Connection if target.is_connection else Component
            yield _Trial(("targets", target.role, "skeleton"), part, target.skeleton, {})


def _set(pattern: Pattern) -> Iterator[_Trial]:
    for section, settings in (("sets", pattern.sets), ("changes", pattern.changes)):
        for target in pattern.targets:
            if target.role in settings:
                part, base = (Connection, _ENDS) if target.is_connection else (Component, {"kind": target.kinds[0]})
                yield _Trial((section, target.role), part, settings[target.role].fields, base, sets=True)
    for pair, fields in pattern.sets_between.items():
        yield _Trial(("sets_between", "-".join(pair)), Connection, fields, _ENDS, sets=True)
    for move in pattern.moves:
        yield _Trial(("moves", move.id, "changes"), Connection, move.changes, _ENDS, sets=True)


def _unknown(trial: _Trial, names: Collection[str]) -> Complaint | None:
    """A `$name` that is no role, parameter or component of the pattern."""
    for key, value in {**trial.base, **trial.fields}.items():
        lost = next(unknown_names(value, names), None)
        if lost is not None:
            return Complaint((*trial.keys, key), f"${lost} stands for nothing", _nearest(lost, names))
    return None


def _unsettable(trial: _Trial) -> Complaint | None:
    """A field that is no addition to a part that is there: what it is, and its tables by id."""
    for key in trial.fields if trial.sets else ():
        shape = shapes(trial.type).get(key)
        if shape is not None and (shape.keyed or shape.required):
            return Complaint((*trial.keys, key), f"{key} cannot be set by a pattern", "leave it out")
    return None


def _invalid(trial: _Trial, names: Mapping[str, Any]) -> Complaint | None:
    """What the model says against the part."""
    try:
        trial.type.model_validate({**trial.base, "id": _STAND_IN, **filled(trial.fields, names)})
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)[0]
        place = tuple(str(key) for key in details["loc"] if isinstance(key, str))
        near = nearest(place[-1], shapes(trial.type)) if details["type"] == "extra_forbidden" else None
        said = words(details)
        what = said if not place or place[-1] in said else f"{place[-1]}: {said}"
        return Complaint((*trial.keys, *place), what, f"did you mean {near}?" if near else "write it as in a design")
    return None
