"""The tables of a design and what they say, flat: what two designs are compared by."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from studio.model.address import Address
from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import shapes
from studio.model.part import Part

Values: TypeAlias = Mapping[str, Any]
"""What a table says by dotted key, as the file writes it: `{"instances": 4, "deploy.strategy": "canary"}`."""


def tables(design: Design) -> dict[Address, Values]:
    """Every part by its address with all that is said of it, in the order of the model.

    A component's endpoints and a decision's options belong to it: `endpoints.create.method` is a field of theirs.
    """
    return dict(_tables(Design, document(design)))


def _tables(part: type[Part], tree: Mapping[str, Any]) -> Iterator[tuple[Address, Values]]:
    for key, shape in shapes(part).items():
        if shape.part is None or key not in tree:
            continue
        if shape.keyed:
            yield from (((key, id_), dict(_flat(inner))) for id_, inner in tree[key].items())
            continue
        inside = tree[key]
        inner_tables = {name for name, inner in shapes(shape.part).items() if inner.part is not None}
        own = {name: value for name, value in inside.items() if name not in inner_tables}
        if own:
            yield (key,), dict(_flat(own))
        yield from (((key, *address), values) for address, values in _tables(shape.part, inside))


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Values by dotted key; a table that says nothing stays, so that it is not lost."""
    for key, value in table.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
