"""The edits: each a small frozen value with `apply(design)`, refused in words when the result would be no design."""

from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import ValidationError

from studio.edits.following import removed, renamed
from studio.errors import EditRefused
from studio.model.address import Address, dotted, part_at, type_at, with_part
from studio.model.complaints import complaint
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.part import Named, Part
from studio.model.references import Reference, dangling, ids
from studio.text import listed, nearest


class Edit(Protocol):
    """Something that makes another design of one."""

    @property
    def label(self) -> str:
        """What the edit does, for the undo line: `delete api`."""

    def apply(self, design: Design) -> Design:
        """The changed design. May raise LookupError or `pydantic.ValidationError`; `applied` turns them into words."""


@dataclass(frozen=True, slots=True)
class Add:
    """Puts a new part at an address: last in its section, or at `index`."""

    address: Address
    part: Part
    index: int | None = None

    @property
    def label(self) -> str:
        """`add api`."""
        return f"add {self.address[-1]}"

    def apply(self, design: Design) -> Design:
        """The design with the part; refuses an id that is taken."""
        if part_at(design, self.address) is not None:
            raise EditRefused(f"{dotted(self.address)} exists already; choose another id")
        return with_part(design, self.address, self.part, index=self.index)


@dataclass(frozen=True, slots=True)
class Change:
    """Sets one field, named as in the file, to a value; None unsets it."""

    address: Address
    key: str
    value: Any

    @property
    def label(self) -> str:
        """`instances of api`."""
        return f"{self.key} of {self.address[-1]}"

    def apply(self, design: Design) -> Design:
        """The design with the field set; an enclosing table that is not there yet is made."""
        shape = self._shape()
        part = part_at(design, self.address)
        if part is None and issubclass(type_at(self.address), Named):
            raise LookupError(f"{dotted(self.address)} does not exist")
        changed = type_at(self.address)() if part is None else part
        return with_part(design, self.address, changed.changed(**{shape.name: self.value}))

    def _shape(self) -> FieldShape:
        known = shapes(type_at(self.address))
        if self.key not in known:
            raise EditRefused(f"{dotted(self.address)} has no {self.key}; did you mean {nearest(self.key, known)}?")
        return known[self.key]


@dataclass(frozen=True, slots=True)
class Remove:
    """Takes a part away, and with it what cannot be without it: the connections of a component, steps, mentions."""

    address: Address

    @property
    def label(self) -> str:
        """`delete api`."""
        return f"delete {self.address[-1]}"

    def apply(self, design: Design) -> Design:
        """The design without the part and without any mention of it."""
        if part_at(design, self.address) is None:
            raise LookupError(f"{dotted(self.address)} does not exist")
        return removed(design, self.address)


@dataclass(frozen=True, slots=True)
class Rename:
    """Gives a part another id; everything that names it follows."""

    address: Address
    id: str

    @property
    def label(self) -> str:
        """`rename api to web`."""
        return f"rename {self.address[-1]} to {self.id}"

    def apply(self, design: Design) -> Design:
        """The design with the new id everywhere; refuses an id that is taken."""
        if part_at(design, self.address) is None:
            raise LookupError(f"{dotted(self.address)} does not exist")
        if self.id == self.address[-1]:
            return design
        if part_at(design, (*self.address[:-1], self.id)) is not None:
            raise EditRefused(f"{dotted((*self.address[:-1], self.id))} exists already; choose another id")
        return renamed(design, self.address, self.id)


@dataclass(frozen=True, slots=True)
class Several:
    """Edits that are done and undone together."""

    label: str
    edits: tuple[Edit, ...]

    def apply(self, design: Design) -> Design:
        """The design after all of them, in order."""
        for edit in self.edits:
            design = edit.apply(design)
        return design


def applied(edit: Edit, design: Design) -> Design:
    """The design after an edit. Raises `EditRefused` in words when the edit cannot be done; `design` is unchanged."""
    try:
        changed = edit.apply(design)
    except ValidationError as error:
        raise EditRefused(complaint(error)) from None
    except LookupError as error:
        raise EditRefused(str(error.args[0]) if error.args else "that is no part of this design") from None
    after = dangling(changed)
    before = set(dangling(design)) if after else set()
    lost = [reference for reference in after if reference not in before]
    if lost:
        raise EditRefused(_names_nothing(changed, lost[0]))
    return changed


def _names_nothing(design: Design, lost: Reference) -> str:
    near = nearest(lost.id, ids(design, lost.sections))
    places = listed((section.rstrip("s") for section in lost.sections), "or") if len(lost.sections) < 4 else "part"
    advice = f"did you mean {near}?" if near else f"add it first, or name a {places} that exists"
    return f"{dotted(lost.address)}.{lost.key} names {lost.id}, which does not exist; {advice}"
