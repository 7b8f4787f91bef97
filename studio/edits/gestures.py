"""What a person does to a drawing, as edits: connect, place, group, and new ids that are free."""

import re
from collections.abc import Iterable

from studio.edits.edit import Add, Change, Edit, Several
from studio.model import references
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.values import ComponentId, ConnectionId


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """`wanted` made a valid id, and numbered (`api-2`) when it is taken."""
    return references.free_id(re.sub(r"[^a-z0-9_-]+", "-", wanted.lower()).strip("-_") or "new", taken)


def add_component(design: Design, name: str, kind: str, **fields: object) -> Add:
    """A new component with a free id made from its name."""
    id_ = ComponentId(free_id(name, references.ids(design, ("components",))))
    named = {"name": name} if name and name != id_ else {}
    component = Component.model_validate({"id": id_, "kind": kind, **named, **fields})
    return Add(("components", id_), component)


def connect(design: Design, source: str, target: str, **fields: object) -> Add:
    """A new connection with a free id made from its ends; parallel connections get a number."""
    id_ = ConnectionId(free_id(f"{source}-{target}", references.ids(design, ("connections",))))
    connection = Connection.model_validate({"id": id_, "from": source, "to": target, **fields})
    return Add(("connections", id_), connection)


def place(component: str, at: tuple[int, int] | None) -> Change:
    """A component's box put at a column and row by hand; None gives it back to the layout."""
    return Change(("components", component), "at", at)


def group(components: Iterable[str], path: str | None) -> Edit:
    """Components put into the frame `path` (nested by `/`); None takes them out of all frames."""
    chosen = tuple(components)
    label = f"group {len(chosen)} into {path}" if path else "ungroup"
    return Several(label, tuple(Change(("components", component), "group", path or None) for component in chosen))
