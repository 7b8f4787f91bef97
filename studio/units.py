"""Quantities: numbers with a dimension, ranges of them, and how a person writes them.

Inside the program every quantity is a plain float in its base unit: seconds, bytes, requests per second,
US dollars, a ratio between 0 and 1. A range is an `Interval`. Units exist only where people read and write.
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias


class Dimension(StrEnum):
    """What a number measures; two of different dimension are never added."""

    COUNT = "count"
    RATE = "requests/s"
    RATIO = "ratio"
    FACTOR = "factor"
    DURATION = "duration"
    SIZE = "size"
    MONEY = "money"


class UnitError(ValueError):
    """A value that is no quantity of the wanted dimension; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A range a person gave: a 90 % interval, its 5th and 95th percentile, in base units.

    `proportion` marks ratios, whose distribution is logit-normal. Everything else is log-normal when positive
    and at least twofold, and normal otherwise.
    """

    low: float
    high: float
    proportion: bool = False

    @property
    def median(self) -> float:
        """The point value: the median of the interval's shape ([100, 300] gives 173.2)."""
        if self.proportion and self.low > 0 and self.high < 1:
            middle = (_logit(self.low) + _logit(self.high)) / 2
            return 1 / (1 + math.exp(-middle))
        if not self.proportion and self.is_log_normal:
            return math.sqrt(self.low * self.high)
        return (self.low + self.high) / 2

    @property
    def is_log_normal(self) -> bool:
        """Whether the shape is log-normal: positive, no ratio, and high at least twice low."""
        return not self.proportion and self.low > 0 and self.high / self.low >= 2


class Seconds(float):
    """A duration in base units. A plain number is refused where a unit must be given; this one has had its unit."""

    __slots__ = ()


class Bytes(float):
    """A size in base units; as `Seconds` is for durations."""

    __slots__ = ()


Quantity: TypeAlias = float | Interval


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def point(quantity: Quantity) -> float:
    """The one number a quantity stands for: itself, or the median of its interval."""
    return quantity.median if isinstance(quantity, Interval) else quantity


DURATIONS: Final = {
    "ns": Decimal("1e-9"), "us": Decimal("1e-6"), "µs": Decimal("1e-6"), "ms": Decimal("1e-3"), "s": Decimal(1),
    "min": Decimal(60), "h": Decimal(3600), "day": Decimal(86_400), "week": Decimal(604_800),
    "month": Decimal(2_592_000), "year": Decimal(31_536_000),
}  # fmt: skip
"""Seconds in each unit; a month is 30 days, a year 365."""

SIZES: Final = {
    "B": Decimal(1), "KB": Decimal(10**3), "MB": Decimal(10**6), "GB": Decimal(10**9), "TB": Decimal(10**12),
    "PB": Decimal(10**15), "KiB": Decimal(2**10), "MiB": Decimal(2**20), "GiB": Decimal(2**30),
    "TiB": Decimal(2**40), "PiB": Decimal(2**50),
}  # fmt: skip
"""Bytes in each unit."""

_BASE: Final[dict[Dimension, type[float]]] = {Dimension.DURATION: Seconds, Dimension.SIZE: Bytes}
_OTHER_NAMES: Final = {
    "d": "day", "days": "day", "weeks": "week", "w": "week", "months": "month", "years": "year", "y": "year",
    "hour": "h", "hours": "h", "minute": "min", "minutes": "min", "mins": "min", "sec": "s", "secs": "s",
    "second": "s", "seconds": "s", "μs": "us", "kB": "KB", "bytes": "B", "byte": "B",
}  # fmt: skip
_LARGEST: Final = 305
"""Powers of ten: beyond it a float has no room."""
_NUMBER_AND_UNIT: Final = re.compile(r"\s*([+-]?(?:\d[\d_]*)?(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*([^\W\d_]+|%)?\s*")
_EXAMPLES: Final = {
    Dimension.DURATION: '"20 ms"',
    Dimension.SIZE: '"500 B"',
    Dimension.RATIO: '0.999 or "99.9%"',
}


def parse_quantity(value: object, dimension: Dimension, *, interval: bool = True) -> Quantity:
    """The quantity a person wrote, in base units.

    `value` is what TOML gives: a number, a text with a unit, or a list of two of these (a range, unless `interval`
    is false). Raises `UnitError`, with the way to write it, for anything else.
    """
    if isinstance(value, Interval | _BASE.get(dimension, Interval)):
        return value
    if not isinstance(value, list | tuple):
        return _single(value, dimension)
    if not interval:
        raise UnitError("a single value is wanted here, not a range")
    if len(value) != 2:
        raise UnitError(f"a range has two ends, [low, high]; this one has {len(value)}")
    low, high = (_single(end, dimension) for end in value)
    if low > high:
        raise UnitError("the range runs from high to low; write [low, high]")
    return low if low == high else Interval(low, high, proportion=dimension is Dimension.RATIO)


def _single(value: object, dimension: Dimension) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise UnitError(f"a {_name(dimension)} is wanted here, such as {_EXAMPLES.get(dimension, '100')}")
    if isinstance(value, str):
        return _from_text(value, dimension)
    if dimension in _BASE and value != 0:
        raise UnitError(f"a {dimension} needs a unit; write {_EXAMPLES[dimension]}")
    if 10**_LARGEST < abs(value) != math.inf:
        raise UnitError("that is too large for anything that exists")
    return _checked(float(value), dimension)


def _from_text(text: str, dimension: Dimension) -> float:
    match = _NUMBER_AND_UNIT.fullmatch(text)
    if match is None or not any(character.isdigit() for character in match[1]):
        raise UnitError(f"“{text}” is no {_name(dimension)}; write {_EXAMPLES.get(dimension, 'a plain number')}")
    number, unit = Decimal(match[1].replace("_", "")), _OTHER_NAMES.get(match[2] or "", match[2] or "")
    if number.adjusted() > _LARGEST:
        raise UnitError(f"“{text[:20]}…” is too large for anything that exists")
    if dimension is Dimension.RATIO and unit in ("%", ""):
        return _checked(float(number / 100 if unit else number), dimension)
    scale = {Dimension.DURATION: DURATIONS, Dimension.SIZE: SIZES}.get(dimension)
    if scale is None:
        raise UnitError(f"a {_name(dimension)} is written as a plain number, without quotes or unit")
    if unit not in scale:
        raise UnitError(f"“{text}” has no unit of {dimension} ({', '.join(scale)}); write {_EXAMPLES[dimension]}")
    return _checked(float(number * scale[unit]), dimension)


def _checked(number: float, dimension: Dimension) -> float:
    if not math.isfinite(number):
        raise UnitError("infinite and undefined numbers mean nothing here")
    if dimension is Dimension.RATIO and not 0 <= number <= 1:
        shown = f"{number:g}"
        raise UnitError(f'{shown} is no ratio between 0 and 1; a percentage is written "{shown}%"')
    return _BASE.get(dimension, float)(number)


def _name(dimension: Dimension) -> str:
    return {
        Dimension.COUNT: "number",
        Dimension.RATE: "rate (requests/s)",
        Dimension.MONEY: "sum of money",
    }.get(dimension, str(dimension))


def as_written(quantity: Quantity, dimension: Dimension) -> object:
    """The quantity as a value for TOML: a number, a text with the largest unit that divides it, or a list of two."""
    if isinstance(quantity, Interval):
        return [as_written(quantity.low, dimension), as_written(quantity.high, dimension)]
    if dimension is Dimension.DURATION:
        return _in_units(quantity, DURATIONS)
    if dimension is Dimension.SIZE:
        return _in_units(quantity, SIZES)
    return int(quantity) if quantity == int(quantity) and abs(quantity) < 1e15 else quantity


def _in_units(number: float, scale: dict[str, Decimal]) -> str:
    exact = Decimal(repr(float(number)))
    units = [(unit, size) for unit, size in scale.items() if unit != "µs"]
    best = next(((u, s) for u, s in sorted(units, key=lambda pair: -pair[1]) if exact and exact % s == 0), units[0])
    if best[1] < 1:  # below a second: the unit that leaves a number from 1 up
        best = next(((u, s) for u, s in sorted(units, key=lambda pair: -pair[1]) if abs(exact) >= s), best)
    if not exact:
        best = ("s", Decimal(1)) if "s" in scale else ("B", Decimal(1))
    count = (exact / best[1]).normalize()
    name = best[0] + ("s" if best[0] in ("day", "week", "month", "year") and count != 1 else "")
    return f"{count:f} {name}"


def shown(quantity: Quantity | None, dimension: Dimension) -> str:
    """The quantity for a person's eye, rounded to three figures; an unknown one is `?`."""
    if quantity is None:
        return "?"
    if isinstance(quantity, Interval):
        return f"{shown(quantity.low, dimension)} – {shown(quantity.high, dimension)}"
    if dimension is Dimension.RATIO:
        return f"{_figures(quantity * 100, 6)} %"
    if dimension is Dimension.DURATION:
        return _rounded(quantity, DURATIONS, ("us", "ms", "s", "min", "h", "day", "year"))
    if dimension is Dimension.SIZE:
        return _rounded(quantity, SIZES, ("B", "KB", "MB", "GB", "TB", "PB"))
    return grouped(quantity)


def grouped(number: float) -> str:
    """A plain number to three figures with thousands apart: 694.4 → `694`, 12345.6 → `12,346`, 0.0123 → `0.0123`."""
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return _figures(number, 3)


def _figures(number: float, figures: int) -> str:
    text = f"{number:.{figures}g}"
    return f"{float(text):,.0f}" if "e+" in text else text


def _rounded(number: float, scale: dict[str, Decimal], units: tuple[str, ...]) -> str:
    if not number:
        return f"0 {units[1] if 'ms' in units else units[0]}"
    unit = next((u for u in reversed(units) if abs(number) >= float(scale[u])), units[0])
    count = number / float(scale[unit])
    plural = "s" if unit in ("day", "year") and round(count, 2) != 1 else ""
    return f"{grouped(count)} {unit}{plural}"
