"""What applying a pattern does, while it is being worked out: new parts, and fields of parts that are there."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from studio.catalogue.said import DEFAULTS, said
from studio.comparisons import Value
from studio.errors import EditRefused
from studio.model.address import Address, part_at
from studio.model.complaints import complaint
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import shapes
from studio.model.part import Part
from studio.model.references import free_id


class FieldSet(NamedTuple):
    """One field to be set on a part that is there, where the person said nothing."""

    address: Address
    key: str
    """As in the design file."""
    value: Any
    """As in the design file."""


class FieldChange(NamedTuple):
    """One field of a part that is there, changed whatever the person said."""

    address: Address
    key: str
    """As in the design file."""
    before: Any
    """As in the design file; what the field means when nobody gave it, and None when it means nothing then."""
    after: Any
    """As in the design file."""


class Draft:
    """What is done so far. New parts are fields by id until all of them are known."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.components: dict[str, dict[str, Any]] = {}
        self.connections: dict[str, dict[str, Any]] = {}
        self.sets: dict[tuple[Address, str], FieldSet] = {}
        self.changes: dict[tuple[Address, str], FieldChange] = {}
        self.moved: dict[str, tuple[str, str]] = {}
        """The ends connections of the design have now, by their id."""
        self.notes: list[str] = []

    def free_id(self, wanted: str, also_taken: Iterable[str] = ()) -> str:
        """`wanted`, or the first of `wanted-2`, `wanted-3` … that no component and no connection has."""
        taken = (*self.design.component, *self.design.connection, *self.components, *self.connections, *also_taken)
        return free_id(wanted, taken)

    def between(self, source: str, target: str) -> tuple[str, ...]:
        """The connections that now lead from one component to another, those of the design first."""
        there = (joined.id for joined in self.design.connections if self.ends_of(joined.id) == (source, target))
        new = (id_ for id_ in self.connections if self.ends_of(id_) == (source, target))
        return (*there, *new)

    def ends_of(self, id_: str) -> tuple[str, str]:
        """Where a connection now leads from and to."""
        if id_ in self.connections:
            return self.connections[id_]["from"], self.connections[id_]["to"]
        there = self.design.connection[id_]
        return self.moved.get(id_, (there.source, there.target))

    def fields_of(self, id_: str) -> dict[str, Any]:
        """The fields of a connection as in the design file, before anything is set or changed in it."""
        return dict(self.connections[id_] if id_ in self.connections else document(self.design.connection[id_]))

    def traffic_of(self, id_: str) -> str:
        """Which requests a connection carries with what is set and changed: all, reads or writes."""
        if id_ in self.connections:
            return str(self.connections[id_].get("traffic", "all"))
        place = (("connections", id_), "traffic")
        if place in self.changes:
            return str(self.changes[place].after)
        said_before = self.design.connection[id_].traffic
        return str(self.sets[place].value if place in self.sets else said_before or "all")

    def said(self, name: str) -> Value | None:
        """What a part says, by `components.ID.FIELD` or `connections.ID.FIELD`; None when that is not known."""
        section, _, rest = name.partition(".")
        id_, _, field = rest.partition(".")
        new = (self.components if section == "components" else self.connections).get(id_)
        if new is not None:
            return said(_made(Component if section == "components" else Connection, id_, new), field)
        part = part_at(self.design, (section, id_))
        return None if part is None else said(part, field)

    def connect(self, id_: str, source: str, target: str, fields: Mapping[str, Any]) -> str:
        """Adds a connection and returns its id."""
        free = self.free_id(id_)
        self.connections[free] = {"from": source, "to": target, **fields}
        return free

    def move(self, id_: str, source: str | None, target: str | None) -> None:
        """Re-points an end of a connection of the design."""
        one, other = self.ends_of(id_)
        self.moved[id_] = (source or one, target or other)

    def set_fields(self, section: str, id_: str, fields: Mapping[str, Any]) -> None:
        """Sets fields of a component or connection, each only where nothing is said."""
        new = (self.components if section == "components" else self.connections).get(id_)
        if new is not None:
            new.update({key: value for key, value in fields.items() if key not in new})
        else:
            self._set((section, id_), fields)

    def _set(self, address: Address, fields: Mapping[str, Any]) -> None:
        part = self._part(address)
        for key, value in fields.items():
            shape = shapes(type(part))[key]
            if (address, key) in self.changes:
                self._complete(address, key, value)
            elif not part.gives(shape.name):
                self.sets.setdefault((address, key), FieldSet(address, key, value))
            elif shape.part is not None:
                self._set((*address, key), value)
            elif _differs(part, shape.name, value):
                self.notes.append(f"{key} of {address[1]} was left as it is: the design says so already")

    def _complete(self, address: Address, key: str, value: Any) -> None:
        """Adds to a table that is changed as a whole what the change leaves open."""
        change = self.changes[address, key]
        if isinstance(change.after, dict) and isinstance(value, dict):
            self.changes[address, key] = change._replace(after={**value, **change.after})

    def change_fields(self, section: str, id_: str, fields: Mapping[str, Any]) -> None:
        """Sets fields of a component or connection, whatever was said; to be done before `set_fields`."""
        new = (self.components if section == "components" else self.connections).get(id_)
        if new is not None:
            new.update(fields)
        else:
            self._change((section, id_), fields)

    def _change(self, address: Address, fields: Mapping[str, Any]) -> None:
        part = self._part(address)
        for key, value in fields.items():
            shape = shapes(type(part))[key]
            is_given = part.gives(shape.name)
            if shape.part is not None and is_given:
                self._change((*address, key), value)
            elif not is_given and value == _meaning(key):
                self.sets[address, key] = FieldSet(address, key, value)
            elif not is_given or _differs(part, shape.name, value):
                before = document(part).get(key, _meaning(key))
                self.changes[address, key] = FieldChange(address, key, before, value)

    def _part(self, address: Address) -> Part:
        part = part_at(self.design, address)
        if part is None:
            raise LookupError(f"{'.'.join(address)} does not exist")
        return part

    def added_components(self) -> tuple[Component, ...]:
        """The new components, validated. Raises `EditRefused`."""
        return tuple(_made(Component, id_, fields) for id_, fields in self.components.items())

    def added_connections(self) -> tuple[Connection, ...]:
        """The new connections, validated. Raises `EditRefused`."""
        return tuple(_made(Connection, id_, fields) for id_, fields in self.connections.items())


def _meaning(key: str) -> Any:
    """What a field means when nobody gave it, as in the design file; None when it means nothing."""
    value = DEFAULTS.get(key)
    return int(value) if isinstance(value, float) and value == int(value) else value


def _differs(part: Part, name: str, value: Any) -> bool:
    """Whether the field holds something else than this value would be in the model."""
    try:
        return bool(getattr(part.changed(**{name: value}), name) != getattr(part, name))
    except ValidationError:
        return True


def _made(kind: type[Any], id_: str, fields: Mapping[str, Any]) -> Any:
    try:
        return kind.model_validate({"id": id_, **fields})
    except ValidationError as error:
        raise EditRefused(f"{id_} would not be valid: {complaint(error)}") from None
