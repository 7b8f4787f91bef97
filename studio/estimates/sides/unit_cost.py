"""What the bill buys: the cost of a thousand requests and of one user, what is idle, what is dearest.

US dollars; a month has 30 days. Sources: FinOps Foundation, unit economics; the headroom is the utilisation law,
Lazowska et al. 1984.
"""

import math
from collections.abc import Iterator, Mapping, MutableMapping

from studio.estimates.averages import unknown_load
from studio.estimates.cost import copies_cost, is_paid_by_tokens, not_given, price_by_use, support_cost, token_cost
from studio.estimates.demand import missing_peak, requests_per_month
from studio.estimates.numbers import known
from studio.estimates.results import AiUse, ComponentFigures, Figure
from studio.estimates.sides.results import UnitCost
from studio.estimates.working import Working

TOKENS, SUPPORT = "tokens", "support"
"""Items of the bill that are no component."""


def unit_cost(
    working: Working,
    components: Mapping[str, ComponentFigures],
    ai: AiUse | None,
    cost: Figure,
    unknown: MutableMapping[str, str],
) -> UnitCost:
    """What the bill ``cost`` of a month buys; reasons for what is unknown go to ``unknown`` under `unit_cost.figure`.

    ``unknown`` must hold the reason for `cost_per_month` when that is unknown.
    """
    idle = idle_cost(working)
    if isinstance(idle, str):
        unknown["unit_cost.idle_cost_per_month"] = idle
    found = UnitCost(idle_cost_per_month=None if isinstance(idle, str) else idle)
    if cost is None:
        names = (name for name in UnitCost._fields if name not in ("idle_cost_per_month", "biggest_item"))
        unknown.update({f"unit_cost.{name}": unknown["cost_per_month"] for name in names})
        return found
    return _priced(working, found, cost, dict(items(working, components, ai)), unknown)


def items(
    working: Working, components: Mapping[str, ComponentFigures], ai: AiUse | None
) -> Iterator[tuple[str, float]]:
    """The items of the bill in USD a month, as far as they are known: components by id, tokens, support."""
    for name, figures in components.items():
        if figures.cost_per_month is not None:
            yield name, figures.cost_per_month
    tokens = token_cost(ai)
    if tokens:
        yield TOKENS, tokens
    support = support_cost(working.basis)
    if support:
        yield SUPPORT, support


def idle_cost(working: Working) -> float | str:
    """USD a month for room nobody uses at peak, Σ (1 − utilisation) × the price of all copies; or what is missing.

    Only what has a price for its copies and a capacity to be idle counts: not clients, not a vendor's service without
    a stated capacity, not what is paid by use. What is down is idle altogether.
    """
    total = 0.0
    for name in working.numbers:
        idle = _idle(working, name)
        if isinstance(idle, str):
            return idle
        total += idle
    return total


def _idle(working: Working, name: str) -> float | str:
    """USD a month for the room of one component that nobody uses at peak, or what is missing to know it."""
    numbers = working.numbers[name]
    if numbers.is_client or not numbers.queues:
        return 0.0
    if numbers.cost is None:
        is_priced = price_by_use(working.basis, name) is not None or is_paid_by_tokens(working.basis, numbers)
        return 0.0 if is_priced else not_given(name)
    used = 0.0 if name in working.basis.down else working.full[name].utilisation
    if used is not None or not numbers.cost:
        return max(0.0, 1.0 - (used or 0.0)) * copies_cost(numbers)
    if numbers.capacity is None:
        return f"capacity_rps of {name} is not given"
    return unknown_load(working, name)


def _priced(
    working: Working, found: UnitCost, cost: float, bill: Mapping[str, float], unknown: MutableMapping[str, str]
) -> UnitCost:
    wanted = working.basis.design.requirements
    users, budget = known(wanted.scale.daily_active_users), known(wanted.cost.budget_per_month)
    each = _per(cost, requests_per_month(working.basis))
    dearest = max(bill, key=lambda name: bill[name], default="")
    most = bill.get(dearest) or None
    filled = found._replace(
        cost_per_thousand_requests=None if each is None else each * 1000,
        cost_per_daily_user=_per(cost, users),
        budget_share=_per(cost, budget),
        biggest_item=None if most is None else dearest,
        biggest_cost_per_month=most,
        biggest_share=None if most is None else _per(most, cost),
    )
    reasons = {
        "cost_per_thousand_requests": missing_peak(working.basis) or "there are no requests",
        "cost_per_daily_user": _lacking("requirements.scale.daily_active_users", users),
        "budget_share": _lacking("requirements.cost.budget_per_month", budget),
        "biggest_cost_per_month": "nothing costs anything",
        "biggest_share": "nothing costs anything",
    }
    unknown.update({f"unit_cost.{name}": reason for name, reason in reasons.items() if getattr(filled, name) is None})
    return filled


def _per(amount: float, number: float | None) -> float | None:
    """The amount for each; None where there is nothing to divide by."""
    if not number:
        return None
    each = amount / number
    return each if math.isfinite(each * 1000) else None


def _lacking(field: str, given: float | None) -> str:
    return f"{field} is not given" if given is None else f"{field} is nothing to divide by"
