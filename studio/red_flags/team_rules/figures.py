"""Figures of the estimates as a rule of a team names them: of the design, or of the part it looks at."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from studio.comparisons import Comparison, ComparisonError, parse
from studio.estimates.figures import UnknownFigure, figure, full_path
from studio.estimates.results import AiUse, ComponentFigures, ConnectionFigures, JourneyFigures, Traffic
from studio.estimates.sides.call_budgets import CallBudget
from studio.estimates.sides.results import Backlog, ErrorBudget, UnitCost
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Scope
from studio.text import nearest, one_line

_OF_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "components": ComponentFigures._fields,
    "connections": ConnectionFigures._fields,
    "call_budgets": CallBudget._fields,
    "backlogs": Backlog._fields,
    "journeys": JourneyFigures._fields,
}
_WHOLE: Final[Mapping[str, tuple[str, ...]]] = {
    "traffic": Traffic._fields,
    "ai": AiUse._fields,
    "unit_cost": UnitCost._fields,
    "error_budget": ErrorBudget._fields,
}
_TOP: Final = ("availability", "downtime_minutes_per_month", "p50_ms", "p99_ms", "cost_per_month", "breaks_first")
_NO_NUMBERS: Final = frozenset({"is_inverted", "regime", "waits_for", "biggest_item"})
SECTIONS_WITH_FIGURES: Final[tuple[Scope, ...]] = ("design", "components", "connections", "journeys")


class NoFigure(ValueError):
    """A name that stands for no figure; the text is a sentence, `what; advice`."""


def comparison_in(text: str, section: Scope) -> Comparison:
    """The comparison a text says about a section's figures. Raises `NoFigure` when it is none, or names none."""
    try:
        comparison = parse(text)
    except ComparisonError as error:
        raise NoFigure(str(error).replace("; ", ", ") + "; write it like utilisation <= 0.6") from None
    for name in comparison.names:
        if not _exists(name, section):
            near = nearest(name, _names(section))
            advice = f"did you mean {near}?" if near else "“tenfold estimate FILE --format json” has them all"
            raise NoFigure(f"there is no figure {one_line(name)} for {section}; {advice}")
    return comparison


def _exists(name: str, section: Scope) -> bool:
    if name in _names(section):
        return True
    inside, *rest = full_path(name).split(".")
    known = (*_OF_PARTS.get(inside, ()), *_WHOLE.get(inside, ()))
    parts = 2 if inside in _OF_PARTS else 1
    return inside == "limits" or (len(rest) == parts and rest[-1] in known and rest[-1] not in _NO_NUMBERS)


@cache
def _names(section: Scope) -> tuple[str, ...]:
    """The names that stand for themselves: those of the part first, then those of the whole design."""
    own = _OF_PARTS.get(section, ()) + (CallBudget._fields if section == "connections" else ())
    return tuple(name for name in (*own, *_TOP, *Traffic._fields, "breaks_first.at") if name not in _NO_NUMBERS)


def path_of(name: str, section: Scope, id_: str) -> str:
    """The full path of a figure named for one part: `utilisation` → `components.api.utilisation`."""
    if name in _OF_PARTS.get(section, ()):
        return f"{section}.{id_}.{name}"
    if section == "connections" and name in CallBudget._fields:
        return f"call_budgets.{id_}.{name}"
    return full_path(name)


def value_at(path: str, facts: Facts) -> float | None:
    """The figure; None when its value is unknown. Raises `LookupError` when this design has none there."""
    try:
        return figure(facts.estimates, path)
    except UnknownFigure as error:
        raise LookupError(str(error)) from None
