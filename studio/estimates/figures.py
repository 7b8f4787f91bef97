"""Figures by name: `components.db.utilisation`, or short for the design's own: `peak_rps`, `p99_ms`."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from studio.errors import TenfoldError
from studio.estimates.engine import Estimates
from studio.estimates.results import AiUse, BreaksFirst, Traffic
from studio.estimates.sides.results import ErrorBudget, UnitCost
from studio.text import nearest

if TYPE_CHECKING:
    from studio.estimates.sides.limits import Limit

_PARTS = ("components", "connections", "call_budgets", "backlogs", "journeys")
_NO_NUMBERS = ("is_inverted", "regime", "waits_for", "biggest_item")
_WHOLE: Mapping[str, Any] = {
    "traffic": Traffic, "ai": AiUse, "unit_cost": UnitCost, "error_budget": ErrorBudget, "breaks_first": BreaksFirst,
}  # fmt: skip
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
    if section == "limits":
        return _limit(estimates, path.removeprefix("limits.")).used
    if section in _WHOLE and len(rest) == 1:
        whole = getattr(estimates, section)
        if whole is None and rest[0] in _WHOLE[section]._fields:
            return None
        return _named(whole, rest[0])
    if section in _TOP and not rest:
        found: float | int | None = getattr(estimates, section)
        return found
    raise LookupError(path)


def _limit(estimates: Estimates, path: str) -> "Limit":
    """The limit a field sets; LookupError when there is none."""
    found = next((limit for limit in estimates.limits if limit.path == path), None)
    if found is None:
        raise LookupError(path)
    return found


def _named(part: object, name: str) -> float | int | None:
    """A number of one part of the tree; LookupError when it has none of that name."""
    if name in _NO_NUMBERS or name not in getattr(part, "_fields", ()):
        raise LookupError(name)
    value = getattr(part, name)
    if value is not None and not isinstance(value, float | int):
        raise LookupError(name)
    return value


def full_path(name: str) -> str:
    """A short name made long: `peak_rps` → `traffic.peak_rps`; any other as it is."""
    if name == "breaks_first":
        return "breaks_first.at"
    return f"traffic.{name}" if name in Traffic._fields else name


def all_figures(estimates: Estimates) -> Iterator[tuple[str, float | int | None]]:
    """Every figure with its path, in the order of the JSON; the sections a design has not are left out."""
    for section in ("traffic", "ai", "unit_cost", "error_budget"):
        whole = getattr(estimates, section)
        if whole is not None:
            yield from _numbers(section, whole)
    for section in _PARTS:
        for part, figures in getattr(estimates, section).items():
            yield from _numbers(f"{section}.{part}", figures)
    for limit in estimates.limits:
        yield f"limits.{limit.path}", limit.used
    for name in _TOP:
        yield name, getattr(estimates, name)
    if estimates.breaks_first is not None:
        yield "breaks_first.at", estimates.breaks_first.at


def _numbers(path: str, part: Any) -> Iterator[tuple[str, float | int | None]]:
    """The figures of one part of the tree that are numbers."""
    return ((f"{path}.{name}", getattr(part, name)) for name in part._fields if name not in _NO_NUMBERS)


def _short_names() -> tuple[str, ...]:
    return (*_TOP, *Traffic._fields)
