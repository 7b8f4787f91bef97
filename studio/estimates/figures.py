"""Figures by name: `components.db.utilisation`, or short for the design's own: `peak_rps`, `p99_ms`."""

from collections.abc import Iterator

from studio.errors import TenfoldError
from studio.estimates.as_json import as_data
from studio.estimates.results import Estimates, Traffic
from studio.text import nearest

_PARTS = ("components", "connections", "journeys")
_WHOLE = ("traffic", "ai", "breaks_first")
_TOP = ("availability", "downtime_minutes_per_month", "p50_ms", "p99_ms", "cost_per_month")


class UnknownFigure(TenfoldError, LookupError):
    """No figure has this name; the text is a sentence that names the nearest."""


def figure(estimates: Estimates, name: str) -> float | int | None:
    """The figure with this path or short name; None when its value is unknown.

    Raises `UnknownFigure`, a LookupError, when there is none of that name.
    """
    try:
        return _at(estimates, full_path(name))
    except LookupError:
        near = nearest(name, [*(path for path, _ in all_figures(estimates)), *_short_names()])
        raise UnknownFigure(f"there is no figure {name}" + (f"; did you mean {near}?" if near else "")) from None


def _at(estimates: Estimates, path: str) -> float | int | None:
    """The figure at a full path; LookupError when the path leads nowhere."""
    section, *rest = path.split(".")
    if section in _PARTS and len(rest) == 2:
        return _named(getattr(estimates, section)[rest[0]], rest[1])
    if section in _WHOLE and len(rest) == 1:
        return _named(getattr(estimates, section), rest[0])
    if section in _TOP and not rest:
        found: float | int | None = getattr(estimates, section)
        return found
    raise LookupError(path)


def _named(part: object, name: str) -> float | int | None:
    """A number of one part of the tree; LookupError when it has none of that name."""
    if name not in getattr(part, "_fields", ()):
        raise LookupError(name)
    value = getattr(part, name)
    if value is not None and not isinstance(value, float | int):
        raise LookupError(name)
    return value


def full_path(name: str) -> str:
    """A short name made long: `peak_rps` → `traffic.peak_rps`; any other as it is."""
    return f"traffic.{name}" if name in Traffic._fields else name


def all_figures(estimates: Estimates) -> Iterator[tuple[str, float | int | None]]:
    """Every figure with its path, in the order of the JSON."""
    data = as_data(estimates)
    for section in ("traffic",) if estimates.ai is None else ("traffic", "ai"):
        for name, value in data[section].items():
            yield f"{section}.{name}", value
    for section in ("components", "connections", "journeys"):
        for part, figures in data[section].items():
            for name, value in figures.items():
                yield f"{section}.{part}.{name}", value
    for name in _TOP:
        yield name, data[name]
    if estimates.breaks_first is not None:
        yield "breaks_first.at", estimates.breaks_first.at


def _short_names() -> tuple[str, ...]:
    return (*_TOP, *Traffic._fields)
