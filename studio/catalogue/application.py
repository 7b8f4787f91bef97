"""Applying a pattern: what it would add to a design and change in it, worked out and doing nothing yet.

What a pattern adds never overwrites: fields are set only where the person said nothing; what they said is left and
noted. What a pattern means may change what is there, and is told apart: connections it stands between lead to it (the
moves), journeys follow them, and values chosen by applying it replace those that were (the changes).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from studio.catalogue.draft import FieldChange, FieldSet
from studio.catalogue.effects import Effects
from studio.catalogue.entries import Pattern
from studio.catalogue.parameters import settled
from studio.catalogue.targets import Roles, given_roles
from studio.errors import EditRefused
from studio.model.address import Address, dotted, part_at, type_at, with_part
from studio.model.behaviour import AppliedPattern
from studio.model.complaints import complaint
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.part import Part
from studio.model.references import dangling, free_id
from studio.text import listed


class Application(NamedTuple):
    """What applying a pattern does: all a caller needs to make one edit of it."""

    pattern: str
    components: tuple[Component, ...]
    connections: tuple[Connection, ...]
    sets: tuple[FieldSet, ...]
    moves: tuple[FieldChange, ...]
    """Ends of connections that are there, re-pointed: `from` or `to` of each."""
    changes: tuple[FieldChange, ...]
    """Fields that get another value than they had."""
    journeys: tuple[FieldChange, ...]
    """`steps`, `notes` and `at_once` of the journeys that follow."""
    record: AppliedPattern
    targets: Roles
    """The ids in each role, those that were brought or implied included; no entry for a role that stays empty."""
    notes: tuple[str, ...]
    """Sentences without a full stop: what was left alone, and what is still to do."""

    @property
    def parts(self) -> tuple[tuple[Address, Part], ...]:
        """The new parts with their addresses, in an order in which nothing names what is not there yet."""
        components = ((("components", part.id), part) for part in self.components)
        connections = ((("connections", part.id), part) for part in self.connections)
        return (*components, *connections, (("patterns", self.record.id), self.record))

    @property
    def fields(self) -> tuple[FieldSet, ...]:
        """Every field of the design that gets a value, in an order in which nothing names what is not there yet."""
        changed = (*self.moves, *self.changes, *self.journeys)
        return (*self.sets, *(FieldSet(change.address, change.key, change.after) for change in changed))

    def applied_to(self, design: Design) -> Design:
        """The design with all of it; `design` must be the one it was worked out for."""
        for address, part in self.parts:
            design = with_part(design, address, part)
        for field in self.fields:
            kind = type_at(field.address)
            there = part_at(design, field.address) or kind()
            changed = there.changed(**{shapes(kind)[field.key].name: field.value})
            design = with_part(design, field.address, changed)
        return design


def apply(
    pattern: Pattern,
    design: Design,
    on: Mapping[str, Sequence[str]] | Sequence[str] = (),
    parameters: Mapping[str, object] | None = None,
) -> Application:
    """What the pattern would do to the design, applied to the ids in `on` (by role, or in the order of the roles).

    A role nobody names is filled by what the others imply, else by the pattern's own skeleton. Parameters are written
    as in a design file (`"10 min"`, `0.9`); those not given have their defaults. Raises `EditRefused` in words.
    """
    given = given_roles(pattern, design, on)
    _refuse_twice(pattern, design, given)
    effects = Effects(pattern, design, settled(pattern, parameters or {}), given)
    application = _application(effects)
    _check(application, design)
    return application


def _application(effects: Effects) -> Application:
    """All of it, validated part by part."""
    draft, pattern = effects.draft, effects.pattern
    record = free_id(pattern.id, (record.id for record in draft.design.patterns))
    return Application(
        pattern=pattern.id,
        components=draft.added_components(),
        connections=draft.added_connections(),
        sets=tuple(draft.sets.values()),
        moves=tuple(change for moved in effects.moves for change in moved.changes),
        changes=tuple(draft.changes.values()),
        journeys=effects.journeys,
        record=AppliedPattern(id=record, use=pattern.id, on=effects.named),
        targets=effects.roles,
        notes=(*draft.notes, *effects.still_to_do()),
    )


def _refuse_twice(pattern: Pattern, design: Design, given: Roles) -> None:
    ids = tuple(id_ for role in given.values() for id_ in role)
    for record in design.patterns:
        if ids and record.use == pattern.id and record.on == ids:
            raise EditRefused(f"{pattern.id} is applied to {listed(ids)} already, as patterns.{record.id}")


def _check(application: Application, design: Design) -> None:
    """Refuses what would not be a valid design; entries of a person's own may ask for it."""
    try:
        result = application.applied_to(design)
    except ValidationError as error:
        raise EditRefused(f"{application.pattern} cannot be applied: {complaint(error)}") from None
    before = dangling(design)
    lost = next((reference for reference in dangling(result) if reference not in before), None)
    if lost is not None:
        where = f"{dotted(lost.address)}.{lost.key}"
        raise EditRefused(
            f"{application.pattern} cannot be applied: {where} would name {lost.id}, which does not exist"
        )
