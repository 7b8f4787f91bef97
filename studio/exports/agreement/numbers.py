"""Quantities as numbers of a contract: their point value, times in milliseconds or seconds."""

from studio.units import Quantity, point


def milliseconds(duration: Quantity | None) -> float | None:
    """A duration in ms, rounded to what a clock can tell; None: nobody said."""
    return None if duration is None else _plain(point(duration) * 1000)


def seconds(duration: Quantity | None) -> float | None:
    """A duration in s; None: nobody said."""
    return None if duration is None else _plain(point(duration))


def number(quantity: Quantity | None) -> float | None:
    """The point value; None: nobody said."""
    return None if quantity is None else _plain(point(quantity))


def _plain(value: float) -> float:
    """Nine figures, and a whole number without a point."""
    rounded = float(f"{value:.9g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded
