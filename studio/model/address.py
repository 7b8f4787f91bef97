"""Where a part of a design lies, and a design with one part put, replaced or taken away.

An address is the path of a table in the file, as a tuple of keys: `("design",)`, `("requirements", "scale")`,
`("components", "api")`, `("components", "api", "endpoints", "create")`, `("components", "api", "deploy")`.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias, cast

from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.part import Named, Part

Address: TypeAlias = tuple[str, ...]


def dotted(address: Address) -> str:
    """The address as one word: `components.api`."""
    return ".".join(address)


def part_at(design: Design, address: Address) -> Part | None:
    """The part at an address, or None when there is none. Raises LookupError for an address no design can have."""
    return _find(design, address)


def _find(part: Part, address: Address) -> Part | None:
    if not address:
        return part
    shape = _inner(part, address[0])
    inside: Any = getattr(part, shape.name)
    if not shape.keyed:
        return _find(inside, address[1:]) if inside is not None else None
    if len(address) == 1:
        raise LookupError(f"{address[0]} needs an id")
    named = next((item for item in inside if item.id == address[1]), None)
    return _find(named, address[2:]) if named is not None else None


def _inner(part: Part, key: str) -> FieldShape:
    shape = shapes(type(part)).get(key)
    if shape is None or shape.part is None:
        raise LookupError(f"{key} is no table of {type(part).__name__}")
    return shape


def type_at(address: Address) -> type[Part]:
    """The type of the part an address leads to. Raises LookupError for an address no design can have."""
    part: type[Part] = Design
    rest = list(address)
    while rest:
        shape = shapes(part).get(rest.pop(0))
        if shape is None or shape.part is None or (shape.keyed and not rest):
            raise LookupError(f"{dotted(address)} is no table of a design")
        part = shape.part
        if shape.keyed:
            rest.pop(0)
    return part


def with_part(design: Design, address: Address, part: Part | None, *, index: int | None = None) -> Design:
    """The design with `part` at `address`: replaced in place, or added (at `index`, else at the end); None removes.

    A keyed part may carry another id than its address: then it is renamed in place. Enclosing tables that are not
    there yet are created when they need no fields. Raises `pydantic.ValidationError` when the result is not valid.
    """
    return cast("Design", _put(design, address, part, index))


def _put(part: Part, address: Address, value: Part | None, index: int | None) -> Part:
    shape = _inner(part, address[0])
    inside: Any = getattr(part, shape.name)
    if not shape.keyed:
        new = value if len(address) == 1 else _put(inside or _empty(shape), address[1:], value, index)
        return part.changed(**{shape.name: new})
    items: list[Named] = list(inside)
    place = next((i for i, item in enumerate(items) if item.id == address[1]), None)
    new_item = value if len(address) == 2 else _put(items[place or 0], address[2:], value, index)
    if place is None:
        items.insert(len(items) if index is None else index, new_item)  # type: ignore[arg-type] # pydantic validates it
    else:
        items[place : place + 1] = [new_item] if new_item is not None else []  # type: ignore[list-item] # as above
    return part.changed(**{shape.name: tuple(items)})


def _empty(shape: FieldShape) -> Part:
    return cast("type[Part]", shape.part)()


def walk(design: Design) -> Iterator[tuple[Address, Part]]:
    """All parts of a design with their addresses, the design itself excluded, in the order of the model."""
    yield from _walk(design, ())


def _walk(part: Part, address: Address) -> Iterator[tuple[Address, Part]]:
    for key, shape in shapes(type(part)).items():
        if shape.part is None:
            continue
        inside = getattr(part, shape.name)
        found = [((*address, key, item.id), item) for item in inside] if shape.keyed else [((*address, key), inside)]
        for place, inner in found:
            if inner is not None:
                yield place, inner
                yield from _walk(inner, place)
