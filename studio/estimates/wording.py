"""Figures for a person's eye: the unit is known from the figure's name."""

from collections.abc import Callable
from typing import Final

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
    return next(words for names, words in _WORDS if names(name))(value)


def _availability(value: float) -> str:
    """A percentage; what fails at times is never rounded up to always."""
    words = shown(value, Dimension.RATIO)
    return "> 99.9999 %" if words == "100 %" and value < 1 else words


def _chance(value: float) -> str:
    """A small share of all calls; what hardly ever happens is not shown to fifteen digits."""
    return "0 %" if value < 1e-12 else f"{value * 100:.2g} %" if value >= 1e-6 else "< 0.0001 %"


def _money(value: float) -> str:
    if abs(value) >= 10:
        return f"{value:,.0f}"
    return grouped(value) if abs(value) < 0.1 else f"{value:,.2f}"


def _ends(*endings: str) -> Callable[[str], bool]:
    return lambda name: name.endswith(endings)


def _time(seconds: float) -> Callable[[float], str]:
    return lambda value: shown(value * seconds, Dimension.DURATION)


_WORDS: Final[tuple[tuple[Callable[[str], bool], Callable[[float], str]], ...]] = (
    (lambda name: name.endswith("_ms") or name in ("p50", "p95", "p99", "mean"), _time(0.001)),
    (lambda name: "rps" in name, lambda value: f"{grouped(value)}/s"),
    (lambda name: name == "utilisation" or name.endswith(("_ratio", "_share")), lambda value: f"{value * 100:.0f} %"),
    (lambda name: name in ("too_late", "gives_up"), _chance),
    (lambda name: "cost" in name or "budget" in name, _money),
    (_ends("_bytes_per_s"), lambda value: f"{shown(value, Dimension.SIZE)}/s"),
    (lambda name: "bytes" in name or name == "bandwidth", lambda value: shown(value, Dimension.SIZE)),
    (_ends("availability"), _availability),
    (lambda name: name in ("breaks_at", "at", "load", "growth"), lambda value: f"{grouped(value)}×"),
    (lambda name: name == "complexity", lambda value: f"{value:.0f} points"),
    (lambda name: "minutes" in name, _time(60)),
    (lambda name: name.startswith("hours_"), _time(3600)),
    (lambda name: name.startswith("days_"), _time(86_400)),
    (lambda _: True, grouped),
)
"""What a figure of each name looks like; the first that fits."""


def titled(name: str) -> str:
    """A figure's path as words, its unit left to the value: `journeys.follow.p99_ms` → `follow: p99`."""
    *place, last = name.split(".")
    words = last.removesuffix("_ms").removesuffix("_minutes").replace("_", " ")
    return f"{place[-1]}: {words}" if place else words
