"""What an availability target leaves to fail, and how fast the design spends it.

A month has 30 days. Sources: Beyer et al., Site Reliability Engineering, 2016, and its workbook, 2018 (error budgets,
burn rates); Treynor, Dahlin, Rau and Beyer, The Calculus of Service Availability, 2017 (the rule of the extra nine).
"""

from collections.abc import MutableMapping

from studio.estimates.defaults import DEPENDENCY_SHARE, FAST_BURN_RATE
from studio.estimates.demand import missing_peak, requests_per_month
from studio.estimates.formulas.availability import (
    dependency_allowance,
    downtime_minutes_per_month,
    error_budget_requests,
    hours_to_exhaust_budget,
    nines,
)
from studio.estimates.numbers import known
from studio.estimates.reliability import deciding_journeys, hard_parts
from studio.estimates.results import Figure
from studio.estimates.sides.results import ErrorBudget
from studio.estimates.working import Working


def error_budget(working: Working, availability: Figure, unknown: MutableMapping[str, str]) -> ErrorBudget | None:
    """The budget of the design's availability target, which ``availability`` is held against; None without a target.

    Reasons for what is unknown go to ``unknown`` under `error_budget.figure`; it must hold the reason for
    `availability` when that is unknown.
    """
    target = known(working.basis.design.requirements.availability.target)
    if target is None:
        reason = "requirements.availability.target is not given"
        unknown.update({f"error_budget.{name}": reason for name in ErrorBudget._fields})
        return None
    requests = requests_per_month(working.basis)
    used, spent = _used(target, availability), None
    if used:
        spent = hours_to_exhaust_budget(used) / 24
    found = ErrorBudget(
        minutes_per_month=downtime_minutes_per_month(target),
        requests_per_month=None if requests is None else error_budget_requests(target, requests),
        used_share=used,
        days_until_spent=spent,
        hours_at_fast_burn=hours_to_exhaust_budget(FAST_BURN_RATE.value) if target < 1 else None,
        target_nines=_nines(target),
        nines=None if availability is None else _nines(availability),
        dependency_availability=dependency_allowance(target, DEPENDENCY_SHARE.value),
    )
    _explain_missing(working, found, target, availability, unknown)
    return found


def dependencies_below(working: Working) -> tuple[str, ...]:
    """The vendors' services a must journey cannot do without that promise less than a tenth of the budget allows.

    Each once, in the order they are met; those without a known availability are left out; none without a target.
    """
    target = known(working.basis.design.requirements.availability.target)
    if target is None:
        return ()
    allowance = dependency_allowance(target, DEPENDENCY_SHARE.value)
    deciding = set(deciding_journeys(working.basis))
    journeys = [journey for journey in working.basis.design.journeys if journey.id in deciding]
    parts = dict.fromkeys(part for journey in journeys for part in hard_parts(working.basis, journey))
    return tuple(name for name in parts if _promises_less(working, name, allowance))


def _promises_less(working: Working, name: str, allowance: float) -> bool:
    numbers = working.numbers[name]
    is_vendors = numbers.managed or numbers.kind == "external"
    return is_vendors and numbers.availability is not None and 1 - numbers.availability > (1 - allowance) * (1 + 1e-9)


def _nines(availability: float) -> Figure:
    """−log₁₀(1 − availability), from 0 up; None for what never fails."""
    return abs(nines(availability)) if availability < 1 else None


def _used(target: float, availability: Figure) -> Figure:
    """The share of the budget that is used; None when it has no meaning or is unknown."""
    return None if availability is None or target >= 1 else (1 - availability) / (1 - target)


def _explain_missing(
    working: Working, found: ErrorBudget, target: float, availability: Figure, unknown: MutableMapping[str, str]
) -> None:
    nothing = "a target of 100 % leaves nothing to fail"
    used = nothing if target >= 1 else unknown.get("availability", "")
    always = "nothing ever fails by the numbers given"
    reasons = {
        "requests_per_month": missing_peak(working.basis) or "",
        "used_share": used,
        "days_until_spent": used if found.used_share is None else always,
        "hours_at_fast_burn": nothing,
        "target_nines": nothing,
        "nines": unknown.get("availability", "") if availability is None else always,
    }
    for name, reason in reasons.items():
        if getattr(found, name) is None:
            unknown[f"error_budget.{name}"] = reason
