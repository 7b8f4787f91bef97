"""The types of single values: ids and what they refer to, quantities with bounds, words of a person."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, NamedTuple, NewType, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from studio.text import control_character, listed
from studio.units import Dimension, Interval, Quantity, UnitError, parse_quantity

LONGEST_ID: Final = 64
"""Characters."""
ID_PATTERN: Final = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{LONGEST_ID - 1}}}")

ComponentId = NewType("ComponentId", str)
ConnectionId = NewType("ConnectionId", str)
DataId = NewType("DataId", str)
JourneyId = NewType("JourneyId", str)
RequirementId = NewType("RequirementId", str)
DecisionId = NewType("DecisionId", str)


class _Plain:
    """An annotation that checks a value with its own `check`, and describes itself to a JSON schema."""

    check: Callable[[Any], object]

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return self.json_schema()


class Words(_Plain):
    """Words of a person: `lines` allows more than one line. Control characters are refused, not stored."""

    def __init__(self, *, lines: bool = False) -> None:
        self.lines = lines

    def check(self, value: object) -> object:
        """The text itself, or None when nothing is said; refuses what is no text or holds control characters."""
        if value is None:
            return None
        if not isinstance(value, str):
            raise PydanticCustomError("words", "a text in quotes is wanted here")
        found = control_character(value, lines=self.lines)
        if found is not None:
            raise PydanticCustomError(
                "control_character",
                "the text holds the control character U+{code}; remove it",
                {"code": f"{ord(found):04X}"},
            )
        return value


class Identifier(_Plain):
    """An id: lower-case letters, digits, `_` and `-`, at most 64, the first a letter or digit."""

    def check(self, value: object) -> object:
        """The id itself, or None when nothing is said; refuses any other shape."""
        if value is None:
            return None
        if not isinstance(value, str) or ID_PATTERN.fullmatch(value) is None:
            raise PydanticCustomError(
                "identifier",
                "an id has lower-case letters, digits, - and _ (at most 64, the first a letter or digit)",
            )
        return value

    def json_schema(self) -> dict[str, Any]:
        """The pattern, for a JSON schema."""
        return {"type": "string", "pattern": f"^{ID_PATTERN.pattern}$"}


@dataclass(frozen=True)
class Measure(_Plain):
    """A quantity or a range of it: its dimension, and its bounds in base units."""

    dimension: Dimension
    least: float = 0.0
    most: float = math.inf
    above: bool = False
    """Whether `least` itself is excluded."""

    def check(self, value: object) -> object:
        """The quantity in base units, or None; refuses other dimensions and values out of bounds."""
        if value is None:
            return None
        try:
            quantity = parse_quantity(value, self.dimension)
        except UnitError as error:
            raise PydanticCustomError("quantity", "{reason}", {"reason": str(error)}) from None
        low, high = (quantity.low, quantity.high) if isinstance(quantity, Interval) else (quantity, quantity)
        if low < self.least or high > self.most or (self.above and low == self.least):
            raise PydanticCustomError("bounds", "{reason}", {"reason": self.bounds()})
        return quantity

    def bounds(self) -> str:
        """The bounds in words."""
        lower = f"it must be {'above' if self.above else 'at least'} {self.least:g}"
        return lower if math.isinf(self.most) else f"{lower} and at most {self.most:g}"

    def json_schema(self) -> dict[str, Any]:
        """A number or text with a unit, or a list of two of them."""
        texts = {
            Dimension.DURATION: r"^\s*[0-9._]+ *\D+$",
            Dimension.SIZE: r"^\s*[0-9._]+ *\D+$",
            Dimension.RATIO: r"^[0-9.]+ ?%$",
        }
        number: dict[str, Any] = {"type": "number", "minimum": self.least}
        if not math.isinf(self.most):
            number["maximum"] = self.most
        pattern = texts.get(self.dimension)
        kinds = [number] if self.dimension not in (Dimension.DURATION, Dimension.SIZE) else []
        one = [*kinds, {"type": "string", "pattern": pattern}] if pattern else kinds
        return {"anyOf": [*one, {"type": "array", "items": {"anyOf": one}, "minItems": 2, "maxItems": 2}]}


class YesNo(_Plain):
    """True or false, and nothing that merely looks like it."""

    def check(self, value: object) -> object:
        """The truth value itself, or None when nothing is said."""
        if value is None or isinstance(value, bool):
            return value
        raise PydanticCustomError("yes_no", "true or false is wanted here, without quotes")

    def json_schema(self) -> dict[str, Any]:
        """A boolean, for a JSON schema."""
        return {"type": "boolean"}


class WholeNumber(_Plain):
    """A whole number from `least` up, to `most` where one is given; never a range."""

    def __init__(self, least: int, most: int | None = None) -> None:
        self.least = least
        self.most = most

    def check(self, value: object) -> object:
        """The number itself, or None when nothing is said."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise PydanticCustomError("whole", "a whole number is wanted here, without quotes, and no range")
        if value < self.least or (self.most is not None and value > self.most):
            raise PydanticCustomError("bounds", "{reason}", {"reason": f"it must be {self.bounds()}"})
        return value

    def bounds(self) -> str:
        """The bounds in words."""
        if self.most is None:
            return f"at least {self.least}"
        return listed((str(number) for number in range(self.least, self.most + 1)), "or")

    def json_schema(self) -> dict[str, Any]:
        """An integer with its bound, for a JSON schema."""
        return {"type": "integer", "minimum": self.least}


class CalendarDay(_Plain):
    """A day: a date without a time, or its text as in 2027-01-31."""

    def check(self, value: object) -> object:
        """The date, or None when nothing is said."""
        if value is None or type(value) is date:
            return value
        try:
            if isinstance(value, str) and len(value) == len("2027-01-31"):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise PydanticCustomError("date", "a date is wanted here, such as 2027-01-31")

    def json_schema(self) -> dict[str, Any]:
        """An ISO date, for a JSON schema."""
        return {"type": "string", "format": "date"}


class Listed(_Plain):
    """A list, each item checked by `item`; a tuple in the model."""

    def __init__(self, item: _Plain) -> None:
        self.item = item

    def check(self, value: object) -> object:
        """The items as a tuple; refuses a single value where a list is wanted."""
        if not isinstance(value, list | tuple):
            raise PydanticCustomError("listed", "a list is wanted here; write it in square brackets, [ … ]")
        return tuple(self.item.check(item) for item in value)

    def json_schema(self) -> dict[str, Any]:
        """An array, for a JSON schema."""
        return {"type": "array", "items": self.item.json_schema()}


class Cells(_Plain):
    """A place on the character grid: column and row, whole numbers."""

    def check(self, value: object) -> object:
        """The pair as a tuple, or None when nothing is said."""
        if value is None:
            return None
        pair = tuple(value) if isinstance(value, list | tuple) else ()
        if len(pair) != 2 or any(isinstance(end, bool) or not isinstance(end, int) for end in pair):
            raise PydanticCustomError("cells", "a column and a row are wanted here, such as [12, 4]")
        return pair

    def json_schema(self) -> dict[str, Any]:
        """Two integers, for a JSON schema."""
        return {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}


class Refers(NamedTuple):
    """Says that a text is the id of another part, in one of these sections of the design."""

    sections: tuple[str, ...]


Line: TypeAlias = Annotated[str | None, Words()]
"""One line of words, or nothing said."""
Name: TypeAlias = Annotated[str, Words()]
"""One line of words that must be there."""
Prose: TypeAlias = Annotated[str | None, Words(lines=True)]
"""Words on any number of lines, or nothing said."""
Reason: TypeAlias = Annotated[str, Words(lines=True)]
"""Words on any number of lines that must be there."""
Lines: TypeAlias = Annotated[tuple[str, ...], Listed(Words(lines=True))]
"""A list of points."""
Flag: TypeAlias = Annotated[bool | None, YesNo()]
"""True, false, or nothing said: three different things."""
Whole: TypeAlias = Annotated[int | None, WholeNumber(1)]
"""A whole number from 1 up, never a range; or nothing said."""
WholeOrZero: TypeAlias = Annotated[int | None, WholeNumber(0)]
"""A whole number from 0 up, never a range; or nothing said."""
Id: TypeAlias = Annotated[str, Identifier()]
Day: TypeAlias = Annotated[date | None, CalendarDay()]
"""A day, or nothing said."""

Count: TypeAlias = Annotated[Quantity | None, Measure(Dimension.COUNT)]
Rate: TypeAlias = Annotated[Quantity | None, Measure(Dimension.RATE)]
Capacity: TypeAlias = Annotated[Quantity | None, Measure(Dimension.RATE, above=True)]
Ratio: TypeAlias = Annotated[Quantity | None, Measure(Dimension.RATIO, most=1.0)]
Factor: TypeAlias = Annotated[Quantity | None, Measure(Dimension.FACTOR)]
Multiple: TypeAlias = Annotated[Quantity | None, Measure(Dimension.FACTOR, above=True)]
Duration: TypeAlias = Annotated[Quantity | None, Measure(Dimension.DURATION)]
Size: TypeAlias = Annotated[Quantity | None, Measure(Dimension.SIZE)]
Money: TypeAlias = Annotated[Quantity | None, Measure(Dimension.MONEY)]

Place: TypeAlias = Annotated[tuple[int, int] | None, Cells()]
"""Column and row of a box's upper left corner, in cells."""

ComponentRef: TypeAlias = Annotated[ComponentId, Identifier(), Refers(("components",))]
"""The id of a component that must be there."""
ComponentRefOrNone: TypeAlias = Annotated[ComponentId | None, Identifier(), Refers(("components",))]
"""The id of a component, or nothing said."""
ComponentRefs: TypeAlias = Annotated[tuple[ComponentId, ...], Listed(Identifier()), Refers(("components",))]
ConnectionRefs: TypeAlias = Annotated[tuple[ConnectionId, ...], Listed(Identifier()), Refers(("connections",))]
DataRefs: TypeAlias = Annotated[tuple[DataId, ...], Listed(Identifier()), Refers(("data",))]
