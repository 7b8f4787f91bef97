"""Values a rule of a team compares a field with: globs for words, numbers with units, yes or no."""

from collections.abc import Iterator
from math import isclose
from typing import Any, Final, NamedTuple

from studio.catalogue.tables import Table
from studio.comparisons import Value
from studio.model.fields import FieldShape
from studio.model.values import Measure
from studio.red_flags.team_rules.fields import shown
from studio.red_flags.team_rules.globs import complaint, fits
from studio.text import control_character, listed, nearest
from studio.units import Dimension, Interval, point

_MOST: Final = 200
"""Values in one list; whoever has more means something else."""


class Wanted(NamedTuple):
    """The values a field is compared with, of which one must fit."""

    values: tuple[Value, ...]
    written: tuple[str, ...]
    """As a person reads them."""

    def fits(self, value: Any) -> bool:
        """Whether a value, as the model holds it, is one of them; of a list, one item is enough."""
        items = value if isinstance(value, tuple) else (value,)
        return any(_is(wanted, item) for item in items for wanted in self.values)

    def unfit(self, value: Any) -> tuple[str, ...]:
        """The items of the value that are none of them."""
        items = value if isinstance(value, tuple) else (value,)
        return tuple(shown(worded(item)) for item in items if not self.fits(item))

    @property
    def words(self) -> str:
        """`a`, `b` or `c`."""
        return listed(self.written, "or")


def _is(wanted: Value, value: Any) -> bool:
    if isinstance(wanted, bool) or isinstance(value, bool):
        return wanted is value
    if isinstance(wanted, str):
        return isinstance(value, str) and fits(wanted, value)
    return isinstance(value, int | float | Interval) and isclose(point(value), wanted, rel_tol=1e-9)


def worded(value: Any) -> str:
    """A value of the model for a sentence."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{point(value):g}" if isinstance(value, int | float | Interval) else str(value)


def globs_in(table: Table, key: str) -> Wanted:
    """The patterns at `key`, one or a list of them."""
    if not table.has(key):
        table.complain(None, f"{key} is missing", f'add {key} = ["…"]')
        return Wanted((), ())
    found = tuple(item for item in _items(table, key) if _is_glob(table, key, item))
    return Wanted(found, tuple(f"“{shown(item)}”" for item in found))


def wanted_in(table: Table, key: str, shape: FieldShape) -> Wanted:
    """The values at `key`, one or a list of them, that a field of this shape is compared with."""
    found = [value for item in _items(table, key) for value in _read(table, key, item, shape)]
    return Wanted(tuple(found), tuple(f"“{shown(v)}”" if isinstance(v, str) else worded(v) for v in found))


def _items(table: Table, key: str) -> list[Any]:
    value = table.values[key]
    items = value if isinstance(value, list) else [value]
    if not items or len(items) > _MOST:
        table.complain(key, f"{key} has {len(items) or 'no'} values", f"write one value, or a list of up to {_MOST}")
        return []
    return items


def _read(table: Table, key: str, item: Any, shape: FieldShape) -> Iterator[Value]:
    """The value, or nothing and a complaint."""
    if shape.part is not None or shape.is_date or shape.nested or _is_place(shape):
        table.complain(key, f"{key} cannot be compared", "name a field that holds words, a number, or true and false")
    elif shape.is_flag:
        if isinstance(item, bool):
            yield item
        else:
            table.complain(key, f"{key} is true or false", f"write {key} = true, without quotes")
    elif shape.measure is not None:
        yield from quantity(table, key, item, shape.measure)
    elif shape.is_whole:
        yield from _whole(table, key, item, shape.choices)
    elif _is_glob(table, key, item) and _is_possible(table, key, item, shape):
        yield item


def _is_place(shape: FieldShape) -> bool:
    return shape.words is None and not (shape.choices or shape.is_flag or shape.measure or shape.is_whole)


def quantity(table: Table, key: str, item: Any, measure: Measure) -> Iterator[float]:
    """The number a person wrote for a field of this measure, in base units; nothing and a complaint otherwise."""
    try:
        found = measure.check(item) if not isinstance(item, list) else None
    except (ValueError, ArithmeticError) as error:
        what, _, advice = str(error).partition("; ")
        table.complain(key, f"{key}: {shown(what)}", shown(advice) or _example(measure))
        return
    if isinstance(found, float | int):
        yield float(found)
    else:
        table.complain(key, f"{key} must be one number", _example(measure))


def _example(measure: Measure) -> str:
    example = {Dimension.DURATION: '"20 ms"', Dimension.SIZE: '"500 B"', Dimension.RATIO: '0.999 or "99.9%"'}
    return f"write {example.get(measure.dimension, 'a plain number, such as 100')}"


def _whole(table: Table, key: str, item: Any, choices: tuple[str | int, ...]) -> Iterator[float]:
    if not isinstance(item, int) or isinstance(item, bool) or abs(item) >= 2**63:
        table.complain(key, f"{key} must be a whole number", f"write {key} = 1, without quotes")
    elif choices and item not in choices:
        table.complain(key, f"{key} is never {item}", f"it is one of {listed(map(str, choices), 'or')}")
    else:
        yield float(item)


def _is_glob(table: Table, key: str, item: Any) -> bool:
    if not isinstance(item, str) or not item.strip():
        table.complain(key, f"{key} must be a text that says something", f'write {key} = "…"')
        return False
    odd = control_character(item, lines=False)
    if odd is not None:
        table.complain(key, f"{key} holds the control character U+{ord(odd):04X}", "remove it")
        return False
    wrong = complaint(item)
    if wrong is not None:
        table.complain(key, f"{key}: {wrong[0]}", wrong[1])
    return wrong is None


def _is_possible(table: Table, key: str, item: str, shape: FieldShape) -> bool:
    """Whether any value the field may have fits; always for free words."""
    choices = tuple(str(choice) for choice in shape.choices)
    if not choices or any(fits(item, choice) for choice in choices):
        return True
    near = nearest(item, choices)
    advice = f"did you mean {near}?" if near else f"it is one of {listed(choices, 'or')}"
    table.complain(key, f"{key} is never “{shown(item)}”", advice)
    return False
