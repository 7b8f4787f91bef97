"""Explanations of what an availability target leaves to fail: `error_budget`."""

from collections.abc import Callable, Mapping
from typing import Final

from studio.estimates.defaults import DEPENDENCY_SHARE, FAST_BURN_RATE
from studio.estimates.explaining.explanation import IN_DESIGN, Input, Lookup, Rule
from studio.estimates.formulas.traffic import SECONDS_PER_MONTH
from studio.estimates.numbers import known

_SRE: Final = "error budgets; Beyer et al., The Site Reliability Workbook, 2018"


def _target(at: Lookup) -> Input:
    given = at.estimates.working.basis.design.requirements.availability.target
    return Input("requirements.availability.target", known(given), "", "not given" if given is None else IN_DESIGN)


def _budget_minutes(at: Lookup) -> Rule:
    formula = f"(1 − target) × {SECONDS_PER_MONTH // 60:,} min"
    return Rule(formula, _SRE, (_target(at),), ("a month has 30 days",))


def _budget_requests(at: Lookup) -> Rule:
    inputs = (_target(at), at.figure("traffic.requests_per_day"))
    return Rule("(1 − target) × requests a day × 30", _SRE, inputs, ("a month has 30 days",))


def _used_share(at: Lookup) -> Rule:
    return Rule("(1 − availability) ÷ (1 − target)", _SRE, (at.figure("availability"), _target(at)))


def _days_until_spent(at: Lookup) -> Rule:
    formula = "30 days ÷ ((1 − availability) ÷ (1 − target))"
    return Rule(formula, _SRE, (at.figure("availability"), _target(at)), ("failures come evenly",))


def _hours_at_fast_burn(at: Lookup) -> Rule:
    rate = Input("burn rate", FAST_BURN_RATE.value, FAST_BURN_RATE.unit, FAST_BURN_RATE.origin)
    return Rule("30 × 24 h ÷ burn rate", _SRE, (rate, _target(at)))


def _nines_of(given: Callable[[Lookup], Input]) -> Callable[[Lookup], Rule]:
    def rule(at: Lookup) -> Rule:
        return Rule("−log₁₀(1 − availability)", _SRE, (given(at),))

    return rule


def _dependency(at: Lookup) -> Rule:
    share = Input("share of a dependency", DEPENDENCY_SHARE.value, "", DEPENDENCY_SHARE.origin)
    formula = "1 − share × (1 − target): a nine more than the target"
    return Rule(formula, "The Calculus of Service Availability, 2017", (_target(at), share))


ERROR_BUDGET_RULES: Final[Mapping[str, Callable[[Lookup], Rule]]] = {
    "minutes_per_month": _budget_minutes,
    "requests_per_month": _budget_requests,
    "used_share": _used_share,
    "days_until_spent": _days_until_spent,
    "hours_at_fast_burn": _hours_at_fast_burn,
    "target_nines": _nines_of(_target),
    "nines": _nines_of(lambda at: at.figure("availability")),
    "dependency_availability": _dependency,
}
