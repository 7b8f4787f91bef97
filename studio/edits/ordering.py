"""The order of keyed parts: one row up or down, and a copy right behind its model."""

from dataclasses import dataclass

from studio.edits.edit import Add
from studio.edits.gestures import free_id
from studio.errors import EditRefused
from studio.model.address import Address, dotted, part_at, with_part
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.part import Named, Part


@dataclass(frozen=True, slots=True)
class Move:
    """Puts a keyed part further up (`by` < 0) or down in its table; file order is the order of display."""

    address: Address
    by: int

    @property
    def label(self) -> str:
        """`move api up`."""
        return f"move {self.address[-1]} {'up' if self.by < 0 else 'down'}"

    def apply(self, design: Design) -> Design:
        """The design in the new order; at the end of the table nothing moves. Every mention stays as it is."""
        part, order = part_at(design, self.address), siblings(design, self.address)
        if part is None:
            raise LookupError(f"{dotted(self.address)} does not exist")
        place = order.index(self.address[-1])
        wanted = min(max(place + self.by, 0), len(order) - 1)
        return with_part(with_part(design, self.address, None), self.address, part, index=wanted)


def siblings(design: Design, address: Address) -> tuple[str, ...]:
    """The ids of the table a keyed part lies in, in file order."""
    holder: Part | None = part_at(design, address[:-2]) if len(address) > 2 else design
    if holder is None:
        return ()
    found: tuple[Named, ...] = getattr(holder, shapes(type(holder))[address[-2]].name)
    return tuple(str(part.id) for part in found)


def duplicate(design: Design, address: Address) -> Add:
    """A copy of a keyed part, right behind it, under a free id (`create` → `create-2`). Nothing mentions the copy.

    Raises `EditRefused` when there is nothing to copy.
    """
    part, order = part_at(design, address), siblings(design, address)
    if part is None:
        raise EditRefused(f"{dotted(address)} does not exist")
    id_ = free_id(address[-1], order)
    return Add((*address[:-1], id_), part.changed(id=id_), order.index(address[-1]) + 1)
