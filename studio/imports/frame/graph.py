"""Boxes, lines and frames of any drawing language, as a design."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from studio.imports.frame.naming import id_of, kind_of_technology, kind_said
from studio.model.address import Address
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.kinds import Kind
from studio.model.references import free_id
from studio.model.requirements import About
from studio.model.values import ID_PATTERN, LONGEST_ID
from studio.text import listed, one_line

_NUMBERED = re.compile(r"[a-z]\d*|node_?\d+|\d+")
"""Keys that only tell boxes apart: `a`, `n3`, `node_12`."""
_MOST = 8
"""Names in one sentence."""


class Box(NamedTuple):
    """One box."""

    key: str
    """What the text calls it."""
    label: str
    frames: tuple[str, ...] = ()
    """The titles of the frames round it, outermost first."""
    kind: Kind | None = None
    """What its shape or its sort says; None: nothing."""
    fields: Mapping[str, Any] = {}
    """What else the text says of it, by the fields of a component."""


class Line(NamedTuple):
    """One line between two boxes, named by their keys."""

    source: str
    target: str
    label: str = ""
    asynchronous: bool = False
    fields: Mapping[str, Any] = {}


class Drawn(NamedTuple):
    """The parts of a drawing, and where each came from."""

    components: tuple[Component, ...]
    connections: tuple[Connection, ...]
    keys: Mapping[Address, str]
    ids: Mapping[str, str]
    """Ids of components by the keys of boxes."""
    links: tuple[str, ...]
    """The id of the connection each line became, in their order."""
    guessed: tuple[str, ...]
    """Labels that alone say the kind."""
    silent: tuple[str, ...]
    """Labels of boxes whose kind nothing says."""


def drawn(boxes: Sequence[Box], lines: Iterable[Line]) -> Drawn:
    """The parts of a design, in the order of the text."""
    taken: set[str] = set()
    keys: dict[Address, str] = {}
    ids: dict[str, str] = {}
    components: list[Component] = []
    guessed: list[str] = []
    silent: list[str] = []
    for number, box in enumerate(boxes, start=1):
        name = one_line(box.label) or one_line(box.key)
        ids[box.key] = _id(box.key, name, taken, number)
        component = _component(ids[box.key], name, box)
        components.append(component)
        keys["components", component.id] = box.key
        if box.kind is None and kind_of_technology(component.technology) is None:
            (guessed if kind_said(name) else silent).append(f"{component.label} ({component.kind})")
    connections = _connections(lines, ids, keys)
    return Drawn(
        tuple(components), connections, keys, ids, tuple(c.id for c in connections), tuple(guessed), tuple(silent)
    )


def _id(key: str, name: str, taken: set[str], number: int) -> str:
    """The key where it is a word and can be an id, else letters of the name."""
    if ID_PATTERN.fullmatch(key) and key not in taken and (name == key or not _NUMBERED.fullmatch(key)):
        taken.add(key)
        return key
    return id_of(name, taken, f"box-{number}")


def _component(id_: str, name: str, box: Box) -> Component:
    path = "/".join(one_line(frame).replace("/", "-") for frame in box.frames if one_line(frame))
    said = {"name": name if name != id_ else None, "group": path or None, **box.fields}
    given = {field: value for field, value in said.items() if value is not None}
    technology = kind_of_technology(given.get("technology")) if box.kind is None else None
    return Component.model_validate({"id": id_, "kind": _kind(name, box.kind or technology), **given})


def _kind(name: str, shape: Kind | None) -> Kind:
    """The kind a shape says; where a cylinder is called a cache, or a queue a stream, the name knows better."""
    said = kind_said(name)
    if shape in ("database", "queue") and said in (
        "cache",
        "search",
        "object-store",
        "vector-store",
        "stream",
        "queue",
    ):
        return said
    return shape or said or "service"


def _connections(lines: Iterable[Line], ids: Mapping[str, str], keys: dict[Address, str]) -> tuple[Connection, ...]:
    found = []
    used: set[str] = set()
    pairs: dict[tuple[str, str], int] = {}
    for line in lines:
        source, target = ids[line.source], ids[line.target]
        count = pairs[line.source, line.target] = pairs.get((line.source, line.target), 0) + 1
        wanted = f"{source}-{target}-{count}" if count > 1 else f"{source}-{target}"
        id_ = wanted if len(wanted) <= LONGEST_ID and wanted not in used else free_id(wanted, used)
        used.add(id_)
        given: dict[str, Any] = {"id": id_, "from": source, "to": target, **line.fields}
        if one_line(line.label):
            given["carries"] = one_line(line.label)
        if line.asynchronous:
            given["mode"] = "async"
        found.append(Connection.model_validate(given))
        keys["connections", id_] = f"{line.source} -> {line.target}" + (f" #{count}" if count > 1 else "")
    return tuple(found)


def design_of(parts: Drawn, title: str) -> Design:
    """The skeleton."""
    about = About.model_validate({"name": title})
    return Design(format=1, design=about, components=parts.components, connections=parts.connections)


def unknown(parts: Drawn) -> Iterator[str]:
    """What a drawing does not say."""
    if parts.guessed:
        yield f"whether the kinds are right that the names say: {some(parts.guessed)}"
    if parts.silent:
        names = (re.sub(r" \(service\)$", "", label) for label in parts.silent)
        yield f"the kind of {some(names)}: each is a service until you say otherwise (components.ID.kind)"
    bare = [connection.id for connection in parts.connections if not connection.carries]
    if bare:
        yield f"what flows along {some(bare)} (connections.ID.carries)"


def some(words: Iterable[str]) -> str:
    """Names as an enumeration, the first eight of them."""
    known = [one_line(word) for word in dict.fromkeys(words)]
    return listed(known) if len(known) <= _MOST else f"{', '.join(known[:_MOST])} and {len(known) - _MOST} more"
