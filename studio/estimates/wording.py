"""Figures for a person's eye: the unit is known from the figure's name."""

from studio.units import Dimension, grouped, shown


def worded(name: str, value: float | str | None) -> str:
    """A figure with its unit, rounded for reading: `p99_ms` 20.4 → `20.4 ms`, `availability` 0.9995 → `99.95 %`.

    `name` is the figure's name or its whole path; an unknown value is `?`.
    """
    if value is None:
        return "?"
    if isinstance(value, str):
        return value
    return _number(name.rpartition(".")[2], value)


def _number(name: str, value: float) -> str:
    if name.endswith("_ms") or name in ("p50", "p95", "p99", "mean"):
        return shown(value / 1000, Dimension.DURATION)
    if "rps" in name:
        return f"{grouped(value)}/s"
    if "cost" in name or "budget" in name:
        return f"{value:,.0f}" if abs(value) >= 10 else f"{value:,.2f}"
    if "bytes" in name or name == "bandwidth":
        return f"{shown(value, Dimension.SIZE)}{'/s' if name.endswith('_per_s') else ''}"
    if name in ("availability", "utilisation") or name.endswith(("_ratio", "_share")):
        return _availability(value) if name == "availability" else f"{value * 100:.0f} %"
    if name in ("breaks_at", "at", "load", "growth"):
        return f"{grouped(value)}×"
    if name == "complexity":
        return f"{value:.0f} points"
    if "minutes" in name:
        return shown(value * 60, Dimension.DURATION)
    return grouped(value)


def _availability(value: float) -> str:
    """A percentage; what fails at times is never rounded up to always."""
    words = shown(value, Dimension.RATIO)
    return "> 99.9999 %" if words == "100 %" and value < 1 else words


def titled(name: str) -> str:
    """A figure's path as words, its unit left to the value: `journeys.follow.p99_ms` → `follow: p99`."""
    *place, last = name.split(".")
    words = last.removesuffix("_ms").removesuffix("_minutes").replace("_", " ")
    return f"{place[-1]}: {words}" if place else words
