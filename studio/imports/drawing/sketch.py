"""What a drawing says, as a design: components, groups, connections; and what nobody can tell from it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studio.diagrams.page import FoundBox, FoundFrame
from studio.diagrams.reading import Reading, ReadLink
from studio.imports.frame.naming import id_of, kind_said
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.references import free_id
from studio.model.requirements import About
from studio.text import listed, one_line


class Named(NamedTuple):
    """What of a drawing has become which part of the design."""

    components: tuple[Component, ...]
    """One for each box, in the order of the boxes."""
    connections: tuple[Connection, ...]


def named(reading: Reading) -> Named:
    """The parts that a drawing says, in its reading order: rows from the top, in a row from the left."""
    taken: set[str] = set()
    components = tuple(_component(box, reading.frames, taken, n) for n, box in enumerate(reading.boxes, start=1))
    ids: set[str] = set()
    connections = tuple(_connection(link, components, ids) for link in reading.links)
    return Named(components, connections)


def _component(box: FoundBox, frames: Sequence[FoundFrame], taken: set[str], number: int) -> Component:
    name = one_line(" ".join(box.lines))
    id_ = id_of(name, taken, f"box-{number}")
    path = "/".join(groups(box, frames))
    said = {"name": name if name != id_ else None, "group": path or None}
    given = {field: value for field, value in said.items() if value}
    return Component.model_validate({"id": id_, "kind": kind_said(name) or "service", **given})


def groups(box: FoundBox, frames: Sequence[FoundFrame]) -> tuple[str, ...]:
    """The titles of the frames round a box, outermost first. A title may hold no slash: in a path it would nest."""
    corner = (box.rectangle.column, box.rectangle.row)
    around = [frame for frame in frames if frame.rectangle.contains(corner)]
    around.sort(key=lambda frame: frame.rectangle.width * frame.rectangle.height, reverse=True)
    return tuple(one_line(frame.title).replace("/", "-") for frame in around if frame.title)


def _connection(link: ReadLink, components: Sequence[Component], taken: set[str]) -> Connection:
    source, target = components[link.source].id, components[link.target].id
    id_ = free_id(f"{source}-{target}", taken)
    taken.add(id_)
    given: dict[str, object] = {"id": id_, "from": source, "to": target}
    if link.label:
        given["carries"] = one_line(link.label)
    if link.asynchronous:
        given["mode"] = "async"
    return Connection.model_validate(given)


def design_of(parts: Named, title: str) -> Design:
    """The skeleton."""
    about = About.model_validate({"name": title})
    return Design(format=1, design=about, components=parts.components, connections=parts.connections)


def unknown(parts: Named) -> Iterator[str]:
    """What this drawing does not say."""
    guessed = [f"{c.label} ({c.kind})" for c in parts.components if kind_said(c.label)]
    if guessed:
        yield f"whether the kinds are right that the names say: {listed(guessed)}"
    silent = [c.label for c in parts.components if not kind_said(c.label)]
    if silent:
        yield f"the kind of {listed(silent)}: each is a service until you say otherwise (components.ID.kind)"
    bare = [c.id for c in parts.connections if not c.carries]
    if bare:
        yield f"what flows along {listed(bare)} (connections.ID.carries)"
