"""The ids and references of a document that does not validate, so that dangling ids are found among other problems."""

from typing import Any, cast

from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part

_ALSO_NAMED = frozenset({"on", "use"})
"""Keys that name an id without saying where it lies: the subject of an acceptance, the pattern of the catalogue."""
_LINES = frozenset({"set"})
"""Keys whose lines begin with the path of a part."""


def sketch(document: dict[str, Any]) -> Design:
    """A design of ids and references only, validated in nothing: good for the references of the model, no more."""
    return cast("Design", _part(Design, document))


def _part(part: type[Part], table: dict[str, Any], named: str | None = None) -> Part:
    fields: dict[str, Any] = {} if named is None else {"id": named}
    for key, shape in shapes(part).items():
        value = table.get(key)
        if shape.part is not None:
            fields[shape.name] = _inside(part, shape, value)
        elif key in _LINES:
            fields[shape.name] = _named(value) if isinstance(value, list) else ()
        elif shape.refers:
            fields[shape.name] = _named(value)
        else:
            fields[shape.name] = value if isinstance(value, str) and key in _ALSO_NAMED else None
    return part.model_construct(**fields)


def _inside(part: type[Part], shape: FieldShape, value: Any) -> Part | tuple[Part, ...] | None:
    inner = cast("type[Part]", shape.part)
    if shape.keyed:
        return tuple(_part(inner, table, named) for named, table in value.items()) if isinstance(value, dict) else ()
    if isinstance(value, dict):
        return _part(inner, value)
    return _part(inner, {}) if part.model_fields[shape.name].default_factory is not None else None


def _named(value: Any) -> Any:
    """A text as it is, the texts of a list however deep, and None for anything else."""
    if isinstance(value, list):
        return tuple(item for item in map(_named, value) if item is not None)
    return value if isinstance(value, str) else None
