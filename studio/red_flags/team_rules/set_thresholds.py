"""`[thresholds]`: the numbers at which rules speak, as a team sets them."""

from studio.catalogue.tables import Table
from studio.model.values import Measure, WholeNumber
from studio.red_flags.settings import Scoped
from studio.red_flags.team_rules.fields import shown
from studio.red_flags.team_rules.measures import DIFFERING, MEASURES
from studio.red_flags.team_rules.scopes import scoped
from studio.red_flags.team_rules.values import quantity
from studio.red_flags.thresholds import DEFAULTS, Thresholds
from studio.text import listed, nearest

_BY_TIER = DIFFERING["components"] | DIFFERING["connections"]
_PAIRS = (
    ("retry_product", "retry_product_error"),
    ("region_round_trip", "continent_round_trip"),
    ("idle_utilisation", "utilisation_warning"),
)
"""Of each pair the first may not be above the second."""


def thresholds(table: Table) -> tuple[Thresholds, Scoped[float]]:
    """The thresholds of the whole design, and those that differ by tier or part."""
    found = scoped(table, DIFFERING, _threshold)
    for low, high in _PAIRS:
        _complain_about_order(table, found, low, high)
    return DEFAULTS.changed(found.everywhere), found._replace(everywhere={})


def _threshold(table: Table, name: str, scope: str) -> float | None:
    measure = MEASURES.get(name)
    if measure is None:
        near = nearest(shown(name), MEASURES)
        advice = f"did you mean {near}?" if near else "docs/team_rules.md lists them"
        table.complain(name, f"there is no threshold {shown(name)}", advice)
        return None
    if scope and name not in (_BY_TIER if scope.startswith("tier-") else DIFFERING[scope]):
        table.complain(name, f"{name} is not looked up for {_called(scope)}", f"set it under {_right_place(name)}")
        return None
    return _read(table, name, measure)


def _called(scope: str) -> str:
    return "a tier" if scope.startswith("tier-") else scope


def _right_place(name: str) -> str:
    sections = [f"[thresholds.{section}.ID]" for section, names in DIFFERING.items() if name in names]
    return listed(("[thresholds]", *sections), "or")


def _read(table: Table, name: str, measure: Measure | WholeNumber) -> float | None:
    value = table.values[name]
    if isinstance(measure, WholeNumber):
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value < 2**31:
            example = f"write {name} = {getattr(DEFAULTS, name)}, without quotes"
            table.complain(name, f"{name} must be a whole number from 1 up", example)
            return None
        return value
    return next(quantity(table, name, value, measure), None)


def _complain_about_order(table: Table, found: Scoped[float], low: str, high: str) -> None:
    scopes = (((), found.everywhere), *(((f"tier-{tier}",), values) for tier, values in found.tiers.items()))
    parts = ((address, values) for address, values in found.parts.items())
    for place, values in (*scopes, *parts):
        holding = {**DEFAULTS._asdict(), **found.everywhere, **values}
        if (low in values or high in values) and holding[low] > holding[high]:
            inner = table
            for key in place:
                inner = inner.inner(key)
            at = low if low in values else high
            inner.complain(at, f"{low} {holding[low]:g} is above {high} {holding[high]:g}", f"set {low} below {high}")
