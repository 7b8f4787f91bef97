"""What a component or connection says about one field: a number in base units, a word, or yes or no."""

from collections.abc import Mapping
from typing import Any, Final

from studio.comparisons import Value
from studio.model.fields import shapes
from studio.model.part import Part
from studio.units import Interval, point

DEFAULTS: Final[Mapping[str, Value]] = {
    "instances": 1.0,
    "zones": 1.0,
    "shards": 1.0,
    "read_replicas": 0.0,
    "service_variation": 1.0,
    "common_cause": 0.0,
    "mode": "sync",
    "traffic": "all",
    "calls_per_request": 1.0,
    "hard": True,
    "attempts": 1.0,
}
"""What the field of a component or connection means when nobody said it, as the design format has it."""


def said(part: Part, field: str) -> Value | None:
    """The value of a field, named as in the file, dots leading into its tables (`backup.every`).

    Quantities are numbers in base units, ranges their median. A field nobody gave has what it then means (`mode` is
    `sync`); None when it means nothing, and for lists, dates and names that are no field.
    """
    key, _, rest = field.partition(".")
    shape = shapes(type(part)).get(key)
    if shape is None:
        return None
    value = getattr(part, shape.name)
    if isinstance(value, Part):
        return said(value, rest) if rest else None
    if value is None:
        return DEFAULTS.get(key)
    if isinstance(value, Interval | float) or (isinstance(value, int) and not isinstance(value, bool)):
        return float(point(value))
    return value if isinstance(value, str | bool) and not rest else None


def worded(value: Any) -> str:
    """A value as in the design file, short enough for a sentence; `not given` for None."""
    if value is None:
        return "not given"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {worded(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(worded, value))}]"
    return str(value)
