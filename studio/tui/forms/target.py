"""What is being edited: a whole field, or one item of a list. Says how, reads and judges what is typed."""

from typing import NamedTuple

from studio.edits.edit import Change
from studio.model.address import Address, part_at, type_at
from studio.model.behaviour import Journey
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.tui.forms.field_text import Manner, change, guidance, manner, typed, value_in_file
from studio.tui.forms.items import item_at, items, with_item
from studio.tui.forms.known import Known
from studio.tui.forms.offers import next_steps, offers
from studio.tui.forms.sheet import words_of


class Target(NamedTuple):
    """A field, or the item at a place of its list; a place behind the last is a new item."""

    address: Address
    shape: FieldShape
    place: int | None = None

    @property
    def path(self) -> str:
        """The key of the field's row."""
        return f"{'.'.join(self.address)}.{self.shape.key}"

    def caption(self, design: Design) -> str:
        """What is edited, and what it means."""
        name = words_of(self.shape.key)
        if self.place is not None:
            name += f" {self.place + 1} of {max(len(items(design, self.address, self.shape)), self.place + 1)}"
        return f"{name}: {self.shape.description}"

    def manner(self, design: Design) -> Manner:
        """How it is edited."""
        if self.place is None:
            return manner(self.shape)
        return "text" if "\n" in self.text(design) else "line"

    def text(self, design: Design) -> str:
        """What it says now, as text to edit."""
        if self.place is None:
            return typed(self.shape, value_in_file(design, self.address, self.shape.key))
        return item_at(design, self.address, self.shape, self.place)

    def judged(self, design: Design, text: str) -> Change:
        """The edit for a text. Raises `EditRefused` in words when the model does not take it."""
        if self.place is None:
            return change(design, self.address, self.shape, text)
        return with_item(design, self.address, self.shape, self.place, text)

    def offers(self, design: Design, known: Known) -> tuple[str, ...]:
        """What can be chosen or completed."""
        found = offers(design, self.address, self.shape, known)
        if self.shape.listed and self.shape.key == "steps":
            return next_steps(design, self._step_before(design), found)
        return found

    def _step_before(self, design: Design) -> str | None:
        part = part_at(design, self.address)
        taken = part.steps if isinstance(part, Journey) else ()
        before = taken[: self.place] if self.place is not None else taken
        return before[-1] if before else None

    def guidance(self, design: Design, known: Known) -> str:
        """What may be written, and what applies while nothing is."""
        said = guidance(self.shape) if self.place is None else ""
        default = known.applies(design, self.address, self.shape) if self.place is None else None
        return "\n".join(part for part in (said, default.words if default else "") if part)


def field(address: Address, key: str, place: int | None = None) -> Target:
    """The target for a field named as in the file."""
    return Target(address, shapes(type_at(address))[key], place)
