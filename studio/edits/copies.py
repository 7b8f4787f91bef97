"""Copies of components and connections: with ids of their own, and with nothing named that is not there."""

from collections.abc import Iterable, Mapping
from typing import cast

from studio.edits.edit import Add, Edit, Several
from studio.edits.following import without_lost
from studio.edits.gestures import free_id, some
from studio.model.address import Address, part_at, with_part
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.part import Named
from studio.model.references import dangling, ids, references, replaced


def between(design: Design, components: Iterable[str]) -> tuple[Connection, ...]:
    """The connections that begin and end at these components."""
    chosen = frozenset(components)
    return tuple(c for c in design.connections if c.source in chosen and c.target in chosen)


def touching(design: Design, components: Iterable[str]) -> tuple[Connection, ...]:
    """The connections that begin or end at one of these components."""
    chosen = frozenset(components)
    return tuple(c for c in design.connections if c.source in chosen or c.target in chosen)


def pasted(design: Design, components: Iterable[Component], connections: Iterable[Connection], verb: str) -> Several:
    """Components and connections put into a design as new ones, in one edit called `verb` and their names.

    Ids that are taken are numbered, and what the copies say of each other follows. What they say of parts that are
    neither among them nor in the design goes, and so does a connection that would have no end. The layout places them.
    """
    parts = _renumbered(design, tuple(components), tuple(connections))
    names = {component.label for component in design.components}
    new_components = tuple(_unplaced(part, names) for part in parts if isinstance(part, Component))
    new_connections = tuple(part for part in parts if isinstance(part, Connection))
    whole = design.changed(
        components=(*design.components, *new_components), connections=(*design.connections, *new_connections)
    )
    whole = without_lost(whole, dangling(design))
    adds = tuple(
        Add((section, part.id), part)
        for section, known, parts in (
            ("components", design.component, whole.components),
            ("connections", design.connection, whole.connections),
        )
        for part in cast("tuple[Named, ...]", parts)
        if part.id not in known
    )
    return Several(f"{verb} {some([add.address[1] for add in adds if add.address[0] == 'components'])}", adds)


def added(edit: Edit) -> tuple[str, ...]:
    """The ids of the components an edit of several adds, in order."""
    edits = edit.edits if isinstance(edit, Several) else (edit,)
    return tuple(each.address[1] for each in edits if isinstance(each, Add) and each.address[0] == "components")


def _renumbered(
    design: Design, components: tuple[Component, ...], connections: tuple[Connection, ...]
) -> tuple[Named, ...]:
    """The parts with ids that are free in the design, and naming each other by these."""
    taken = [*ids(design, ("components",)), *(c.id for c in components)]
    new: dict[Address, str] = {}
    for component in components:
        id_ = _free(component.id, taken) if component.id in design.component else component.id
        new["components", component.id] = id_
    taken = [*ids(design, ("connections",)), *(c.id for c in connections)]
    for connection in connections:
        ends = (new.get(("components", end), end) for end in (connection.source, connection.target))
        is_made = connection.id.startswith(f"{connection.source}-{connection.target}")
        wanted = "-".join(ends) if is_made else connection.id
        id_ = _free(wanted, taken) if connection.id in design.connection else connection.id
        new["connections", connection.id] = id_
    empty = design.changed(**dict.fromkeys(_lists(design), ()))
    return (
        *(_retold(empty.changed(components=(part,)), ("components", part.id), new) for part in components),
        *(_retold(empty.changed(connections=(part,)), ("connections", part.id), new) for part in connections),
    )


def _lists(design: Design) -> tuple[str, ...]:
    """Everything of which a design has several."""
    return tuple(name for name in type(design).model_fields if isinstance(getattr(design, name), tuple))


def _free(wanted: str, taken: list[str]) -> str:
    found = free_id(wanted, taken)
    taken.append(found)
    return found


def _retold(alone: Design, address: Address, new: Mapping[Address, str]) -> Named:
    """The one part of a design under its new id, and naming others by theirs. New ids are none of the old ones."""
    for found in list(references(alone)):
        told = next((new[section, found.id] for section in found.sections if (section, found.id) in new), found.id)
        part = part_at(alone, found.address)
        if part is not None and told != found.id:
            name = shapes(type(part))[found.key].name
            changed = part.changed(**{name: replaced(getattr(part, name), found.id, told)})
            alone = with_part(alone, found.address, changed)
    return cast("Named", part_at(alone, address)).changed(id=new[address])


def _unplaced(component: Component, names: set[str]) -> Component:
    """Without the place of the original, and with a name that tells it from the others."""
    if component.name is None or component.name not in names:
        return component.changed(at=None)
    name = next(called for n in range(2, len(names) + 3) if (called := f"{component.name} {n}") not in names)
    names.add(name)
    return component.changed(at=None, name=name)
