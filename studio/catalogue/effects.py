"""One application of a pattern, worked out: roles first, then ids, then parts, fields, moves and journeys."""

from collections.abc import Iterator, Mapping
from typing import Any

from studio.catalogue.draft import Draft, FieldChange
from studio.catalogue.entries import AddedComponent, AddedConnection, Fields, Pattern, Place, Setting
from studio.catalogue.journeys import Insertion, journey_changes
from studio.catalogue.moving import LOAD_FACTORS, Moved, bridged, moved
from studio.catalogue.names import AbsentName, filled, filled_id
from studio.catalogue.needs import is_met
from studio.catalogue.skeleton import bring_components, bring_connections, implied_roles
from studio.catalogue.targets import Roles
from studio.comparisons import Comparison
from studio.model.design import Design
from studio.text import listed


class Effects:
    """What applying a pattern to a design does. Raises `EditRefused` in words when it cannot be applied."""

    def __init__(self, pattern: Pattern, design: Design, values: Mapping[str, Any], given: Roles) -> None:
        self.pattern = pattern
        self.draft = Draft(design)
        self.roles: dict[str, tuple[str, ...]] = {}
        self.named: tuple[str, ...] = ()
        """The ids that were given or brought, in the order of the roles."""
        self.moves: tuple[Moved, ...] = ()
        self.journeys: tuple[FieldChange, ...] = ()
        self._names: dict[str, Any] = {**values, **{target.role: () for target in pattern.targets}}
        """What each `$name` stands for; an empty tuple for a role that stays empty and for what is not brought."""
        self._brought: dict[str, tuple[str, ...]] = {}
        """The connections behind each local name: those that were brought, or taken from the design instead."""
        self._fill(given)
        self._change()
        self._join()

    def _fill(self, given: Roles) -> None:
        """Fills the roles and settles the id of every component that is brought."""
        self.roles, implied = implied_roles(self.pattern, self.draft, given)
        bring_components(self.pattern, self.draft, self.roles, self._names)
        self._names.update(self.roles)
        for added in self.pattern.components:
            wanted = self._wanted_id(added)
            is_there = added.shared and self._is_there(wanted, added)
            self._names[added.local_name] = wanted if is_there else self.draft.free_id(wanted)
            if not is_there:
                self.draft.components[self._names[added.local_name]] = {}
        bring_connections(self.pattern, self.draft, self.roles, self._names)
        self._names.update(self.roles)
        order = (target.role for target in self.pattern.targets if target.role in self.roles)
        self.roles = {role: self.roles[role] for role in order}
        self.named = tuple(id_ for role, ids in self.roles.items() if role not in implied for id_ in ids)
        for added in self.pattern.components:
            if not self._holds(added.when):
                self.draft.components.pop(self._names[added.local_name], None)
                self._names[added.local_name] = ()
            elif self._is_used(added.local_name):
                used = self._names[added.local_name]
                self.draft.notes.append(f"{used} is there already: it is used as it is, and no second one is brought")

    def _wanted_id(self, added: AddedComponent) -> str:
        try:
            return filled_id(added.id, self._names)
        except AbsentName:
            return added.local_name

    def _is_there(self, id_: str, added: AddedComponent) -> bool:
        """Whether the design has the component that would be brought, the same id and kind, in no role of its own."""
        there = self.draft.design.component.get(id_)
        in_a_role = any(id_ in ids for ids in self.roles.values())
        is_alike = there is not None and there.kind == added.fields["kind"]
        return is_alike and not in_a_role and self._bears_moves(id_, added.local_name)

    def _bears_moves(self, id_: str, local_name: str) -> bool:
        """Whether a component that is there can be what moved connections come from, with the load they carried.

        It can when nothing enters it yet, or one connection from where they come from, once for each request, in
        their class or in all.
        """
        moves = [move for move in self.pattern.moves if move.source == local_name and move.place.ends is not None]
        if not moves:
            return True
        sources = {id_ for move in moves if move.place.ends for id_ in _ids(self._names[move.place.ends[0]])}
        entries = [c for c in self.draft.design.connections if c.target == id_ and not self._is_quiet(c.source)]
        once = all({entry.source} == sources and (entry.calls_per_request or 1) == 1 for entry in entries)
        classes = {self.draft.traffic_of(entry.id) for entry in entries}
        led = {self.draft.traffic_of(joined) for move in moves for joined in self._at(move.place)}
        return len(sources) == 1 and len(entries) <= 1 and once and (classes <= {"all"} or led <= classes)

    def _is_quiet(self, id_: str) -> bool:
        """Whether a component brings no requests of users: it watches, or nobody calls it and it begins nothing."""
        component = self.draft.design.component[id_]
        is_called = any(joined.target == id_ for joined in self.draft.design.connections)
        begins = component.kind == "client" or component.generates_rps is not None
        return component.kind == "monitoring" or not (is_called or begins)

    def _is_used(self, name: str) -> bool:
        """Whether a local name stands for a component that was there, not for one that is brought."""
        local = any(added.local_name == name for added in self.pattern.components)
        return local and self._names[name] in self.draft.design.component

    def _holds(self, when: Comparison | None, role: str = "", id_: str = "") -> bool:
        """Whether a condition holds for all ids in the roles it names; with `role`, for this one id in it."""
        if when is None:
            return True
        roles = {**self.roles, role: (id_,)} if role else self.roles
        return is_met(self.pattern, when, self.draft.said, roles) is True

    def _change(self) -> None:
        """Fills in the components that are brought, moves connections, and sets fields of what is there."""
        for added in self.pattern.components:
            if self._names[added.local_name] in self.draft.components:
                self.draft.components[self._names[added.local_name]].update(self._present(added.fields))
        for move in self.pattern.moves:
            if self._holds(move.when):
                ids = self._at(move.place)
                self.moves += moved(self.draft, move, ids, self._names, self._present(move.changes))
        for section, id_, fields in tuple(self._chosen(self.pattern.changes)):
            self.draft.change_fields(section, id_, fields)
        for section, id_, fields in tuple(self._chosen(self.pattern.sets)):
            self.draft.set_fields(section, id_, fields)
        for pair, between in self.pattern.sets_between.items():
            self._set_between(*pair, self._present(between))

    def _chosen(self, settings: Mapping[str, Setting]) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Fields with the section and the id of the part they belong to."""
        for role, setting in settings.items():
            for id_ in self.roles.get(role, ()):
                if self._holds(setting.when, role, id_):
                    yield self._section(role), id_, self._present(setting.fields)

    def _section(self, role: str) -> str:
        target = self.pattern.target(role)
        return "connections" if target is not None and target.is_connection else "components"

    def _present(self, fields: Fields) -> dict[str, Any]:
        """The fields, filled in; without those that hang on a role that stays empty."""
        found: dict[str, Any] = {}
        for key, value in fields.items():
            try:
                found[key] = filled(value, self._names)
            except AbsentName:
                continue
        return found

    def _at(self, place: Place) -> tuple[str, ...]:
        """The connections at a place, as they now lead."""
        if place.name is not None:
            return _ids(self._names[place.name]) if place.name in self._names else self._brought.get(place.name, ())
        pairs = self._pairs(*place.ends) if place.ends else ()
        return tuple(id_ for one, other in pairs for id_ in self.draft.between(one, other))

    def _pairs(self, source: str, target: str) -> Iterator[tuple[str, str]]:
        """Every component in one place with every component in the other."""
        for one in _ids(self._names[source]):
            yield from ((one, other) for other in _ids(self._names[target]))

    def _set_between(self, source: str, target: str, fields: dict[str, Any]) -> None:
        is_brought = any((joined.source, joined.target) == (source, target) for joined in self.pattern.connections)
        for one, other in self._pairs(source, target):
            there = self.draft.between(one, other)
            for id_ in there:
                self.draft.set_fields("connections", id_, fields)
                if "on_miss_of" in fields and self._carries_writes(id_):
                    advice = "split it in two, and keep on_miss_of on the reads"
                    self.draft.notes.append(f"{id_} carries writes too, which no cache answers: {advice}")
            if there or is_brought:
                continue
            if one in self.draft.components or other in self.draft.components:
                self.draft.connect(f"{one}-{other}", one, other, fields)
            else:
                note = f"no connection leads from {one} to {other}: {listed(fields)} could not be set"
                self.draft.notes.append(note)

    def _carries_writes(self, id_: str) -> bool:
        return id_ in self.draft.design.connection and self.draft.traffic_of(id_) != "reads"

    def _join(self) -> None:
        """Brings the connections, closes what the moves opened, and lets the journeys follow."""
        for joined in self.pattern.connections:
            self._brought[joined.local_name] = tuple(self._joined(joined)) if self._holds(joined.when) else ()
        brought = tuple(dict.fromkeys(id_ for ids in self._brought.values() for id_ in ids))
        self.moves = bridged(self.draft, self.moves, brought)
        insertions = (
            Insertion(self._brought[joined.local_name], joined.step, self._at(joined.step.place))
            for joined in self.pattern.connections
            if joined.step is not None
        )
        self.journeys = journey_changes(self.draft, self.moves, tuple(insertions))

    def _joined(self, joined: AddedConnection) -> Iterator[str]:
        fields = {**self._copied(joined), **self._present(joined.fields)}
        may_be_there = joined.like is None or self._is_used(joined.source)
        enters = self._is_used(joined.target) and any(move.source == joined.target for move in self.pattern.moves)
        for one, other in self._pairs(joined.source, joined.target):
            there = self.draft.between(one, other)
            led_here = [id_ for id_ in there if enters or id_ in self.draft.moved]
            alike = next((id_ for id_ in there if may_be_there and self._is_alike(id_, fields)), None)
            for id_ in led_here:
                gaps = {key: value for key, value in fields.items() if key not in LOAD_FACTORS}
                self.draft.set_fields("connections", id_, gaps)
            if led_here:
                yield from led_here
            elif alike is not None:
                self.draft.set_fields("connections", alike, fields)
                yield alike
            else:
                id_ = f"{one}-{other}" if joined.id is None else filled_id(joined.id, self._names)
                yield self.draft.connect(id_, one, other, fields)

    def _copied(self, joined: AddedConnection) -> dict[str, Any]:
        """What the connection takes from the one it is like; from a moved one nothing that multiplies load."""
        origin = next(iter(self._origins(joined.like)), None) if joined.like is not None else None
        if origin is None:
            return {}
        left_out = ("from", "to", *(LOAD_FACTORS if origin in self.draft.moved else ()))
        fields = self.draft.fields_of(origin)
        wanted = joined.copies or tuple(fields)
        return {key: value for key, value in fields.items() if key in wanted and key not in left_out}

    def _origins(self, place: Place) -> tuple[str, ...]:
        """The connections at a place, as they led before anything was moved."""
        if place.ends is None:
            return self._at(place)
        pairs = set(self._pairs(*place.ends))
        return tuple(c.id for c in self.draft.design.connections if (c.source, c.target) in pairs)

    def _is_alike(self, id_: str, fields: Fields) -> bool:
        """Whether a connection carries the same requests in the same way as one that would be brought."""
        known = self.draft.fields_of(id_)
        return all(known.get(key, usual) == fields.get(key, usual) for key, usual in _USUAL.items())

    def still_to_do(self) -> Iterator[str]:
        """Sentences about what the person must see to."""
        design, draft = self.draft.design, self.draft
        used = {record.use for record in design.patterns}
        for id_ in self.pattern.requires:
            if id_ not in used:
                yield f"{self.pattern.id} relies on {id_}, which is not applied here"
        for id_ in self.pattern.conflicts_with:
            if id_ in used:
                yield f"{self.pattern.id} does not go well with {id_}, which is applied here"
        walked = {step for change in self.journeys if change.key == "steps" for step in change.after}
        left = [id_ for id_ in draft.connections if id_ not in walked and not self._watches(id_)]
        if left and any(journey.steps for journey in design.journeys):
            yield f"no journey takes {listed(left)} yet; add it to the steps of those that should"

    def _watches(self, id_: str) -> bool:
        """Whether a connection that would be brought is telemetry: no request of a user runs over it."""
        new, design = self.draft.components, self.draft.design
        kinds = (new[end]["kind"] if end in new else design.component[end].kind for end in self.draft.ends_of(id_))
        return "monitoring" in kinds


_USUAL = {"traffic": "all", "mode": "sync"}
"""What a connection is when nobody says it."""


def _ids(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)
