"""What a person does to a drawing, as edits: connect, place, group, and new ids that are free."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studio.edits.edit import Add, Change, Edit, Rename, Several
from studio.edits.following import without_lost
from studio.model import references
from studio.model.address import Address, dotted, part_at, with_part
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.references import dangling
from studio.model.values import ComponentId, ConnectionId


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """`wanted` made a valid id, and numbered (`api-2`) when it is taken."""
    return references.free_id(_as_id(wanted) or "new", taken)


def _as_id(wanted: str) -> str:
    return re.sub(r"[^a-z0-9_-]+", "-", wanted.lower()).strip("-_")


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


def add_connected(design: Design, box: str, kind: str, *, calls: bool) -> Several:
    """A new component without a name, and its connection: `box` calls it, or is called by it."""
    add = add_component(design, kind, kind)
    ends = (box, add.address[1]) if calls else (add.address[1], box)
    return Several(f"add {add.address[1]} to {box}", (add, connect(design, *ends)))


def name_new(design: Design, component: str, name: str) -> tuple[str, tuple[Edit, ...]]:
    """A component that has just been added gets its name, an id made from it (the first of the answer), and
    connections called so too."""
    wanted = _as_id(name)
    taken = (id_ for id_ in references.ids(design, ("components",)) if id_ != component)
    id_ = free_id(name, taken) if wanted else component
    edits: list[Edit] = [Change(("components", component), "name", None if name == id_ else name)]
    edits.append(Rename(("components", component), id_))
    known = list(references.ids(design, ("connections",)))
    for found in (*design.calls_of.get(component, ()), *design.callers_of.get(component, ())):
        ends = [id_ if end == component else end for end in (found.source, found.target)]
        known.append(free_id("-".join(ends), (other for other in known if other != found.id)))
        edits.append(Rename(("connections", found.id), known[-1]))
    return id_, tuple(edits)


def place(component: str, at: tuple[int, int] | None) -> Change:
    """A component's box put at a column and row by hand; None gives it back to the layout."""
    return Change(("components", component), "at", at)


def places(places: Iterable[tuple[str, tuple[int, int]]]) -> Several:
    """Boxes put at columns and rows by hand."""
    put = tuple(place(component, at) for component, at in places)
    return Several(f"move {some([edit.address[1] for edit in put])}", put)


def give_back(components: Iterable[str]) -> Several:
    """Boxes put by hand given back to the layout."""
    back = tuple(components)
    return Several(f"give back {some(back)}", tuple(place(component, None) for component in back))


@dataclass(frozen=True, slots=True)
class RemoveAll:
    """Takes parts away together, and with them what cannot be without them: mentions are looked for once."""

    addresses: tuple[Address, ...]

    @property
    def label(self) -> str:
        """`delete api`, `delete 3 boxes`."""
        return f"delete {some([address[-1] for address in self.addresses])}"

    def apply(self, design: Design) -> Design:
        """The design without these parts and without any mention of them."""
        before = dangling(design)
        for address in self.addresses:
            if part_at(design, address) is None:
                raise LookupError(f"{dotted(address)} does not exist")
            design = with_part(design, address, None)
        return without_lost(design, before)


def some(ids: Sequence[str]) -> str:
    """Ids as a few words: one is named, several are counted."""
    return ids[0] if len(ids) == 1 else f"{len(ids)} boxes"


def group(components: Iterable[str], path: str | None) -> Edit:
    """Components put into the frame `path` (nested by `/`); None takes them out of all frames."""
    chosen = tuple(components)
    label = f"group {len(chosen)} into {path}" if path else "ungroup"
    return Several(label, tuple(Change(("components", component), "group", path or None) for component in chosen))
