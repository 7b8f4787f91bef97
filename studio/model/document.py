"""A design as plain data for TOML: what the person gave and nothing more, in the order of the model."""

from typing import Any

from studio.model.fields import FieldShape, shapes
from studio.model.part import Named, Part
from studio.units import as_written


def document(part: Part) -> dict[str, Any]:
    """The part as nested dictionaries of TOML values (texts with units, lists, dates); ids become keys."""
    return {
        key: _value(shape, getattr(part, shape.name))
        for key, shape in shapes(type(part)).items()
        if part.gives(shape.name)
    }


def _value(shape: FieldShape, value: Any) -> Any:
    if shape.keyed:
        return {item.id: document(item) for item in value if isinstance(item, Named)}
    if isinstance(value, Part):
        return document(value)
    if shape.measure is not None:
        return as_written(value, shape.measure.dimension)
    return _plain(value)


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
