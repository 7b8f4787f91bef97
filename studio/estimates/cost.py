"""What a month costs: every copy of every component, what is paid by use, the tokens, the support.

US dollars, list prices as given, a month of 30 days. Use is that of the average load, never of the peak; tiers are
marginal: each price holds for its own part of the quantity. Source: vendors' price lists.
"""

import math
from collections.abc import Iterable, Mapping, MutableMapping
from typing import NamedTuple

from studio.estimates.averages import average_rps
from studio.estimates.basis import Basis
from studio.estimates.defaults import FREE_REQUESTS
from studio.estimates.formulas.traffic import SECONDS_PER_MONTH
from studio.estimates.numbers import Numbers, known
from studio.estimates.results import AiUse, ComponentFigures, Figure
from studio.estimates.working import Working

REQUESTS_PER_PRICE = 1_000_000


class Tier(NamedTuple):
    """A part of a quantity and the price of one of it."""

    up_to: float
    """Where it ends, counted from nothing; infinite for the last."""
    price: float
    """USD for each."""


def tiered_cost(quantity: float, tiers: Iterable[Tier]) -> float:
    """Σ over the tiers, in rising order: the part of the quantity in it × its price."""
    total, start = 0.0, 0.0
    for tier in tiers:
        total += max(0.0, min(quantity, tier.up_to) - start) * tier.price
        start = tier.up_to
    return total


def use_cost(requests: float, price_per_million: float, free: float = 0.0) -> float:
    """USD for that many requests: the first ``free`` for nothing, the others at their price."""
    return tiered_cost(requests, (Tier(free, 0.0), Tier(math.inf, price_per_million / REQUESTS_PER_PRICE)))


def requests_per_month(average: float) -> float:
    """Requests in a month of 2,592,000 s at an average rate in requests/s."""
    return average * SECONDS_PER_MONTH


def price_by_use(basis: Basis, name: str) -> float | None:
    """USD per million requests of a component, of the design or its technology; None when it is not paid by use."""
    return basis.field(basis.design.component[name], "cost_per_million_requests")


def free_requests(basis: Basis, name: str) -> float:
    """Requests in a month before use of a component is paid."""
    given = basis.field(basis.design.component[name], "free_requests_per_month")
    return FREE_REQUESTS.value if given is None else given


def is_paid_by_tokens(basis: Basis, numbers: Numbers) -> bool:
    """Whether the component's bill is the tokens': a language model without a price of its own."""
    return (
        numbers.kind == "llm"
        and numbers.cost is None
        and basis.design.requirements.ai is not None
        and price_by_use(basis, numbers.id) is None
    )


def copies_cost(numbers: Numbers) -> float:
    """USD a month for all copies of a component, used or not: copies × the cost of one."""
    return numbers.copies * (numbers.cost or 0.0)


def component_cost(working: Working, numbers: Numbers) -> float | str:
    """USD a month: copies × the cost of one + use, or what is missing to know it.

    A client costs nothing unless it says so; use alone is a price, without any of the copies.
    """
    basis, price = working.basis, price_by_use(working.basis, numbers.id)
    if price is not None:
        rate = average_rps(working, numbers.id)
        if isinstance(rate, str):
            return rate
        return copies_cost(numbers) + use_cost(requests_per_month(rate), price, free_requests(basis, numbers.id))
    if numbers.cost is not None or numbers.is_client or is_paid_by_tokens(basis, numbers):
        return copies_cost(numbers)
    return not_given(numbers.id)


def not_given(name: str) -> str:
    """What is missing where a component has no price at all."""
    return f"cost_per_month of {name} is not given"


def support_cost(basis: Basis) -> float:
    """USD a month for people and tools that keep it running; nothing unless it is given."""
    return known(basis.design.operations.support_cost_per_month) or 0.0


def token_cost(ai: AiUse | None) -> float | None:
    """USD a month for tokens; None when unknown."""
    return 0.0 if ai is None else ai.cost_per_month


def total_cost(
    basis: Basis, components: Mapping[str, ComponentFigures], ai: AiUse | None, unknown: MutableMapping[str, str]
) -> Figure:
    """USD a month: components + tokens + support; unknown as long as one part is."""
    reasons = {
        name: unknown[f"components.{name}.cost_per_month"]
        for name, figures in components.items()
        if figures.cost_per_month is None
    }
    if reasons:
        unknown["cost_per_month"] = _missing(reasons)
        return None
    tokens = token_cost(ai)
    if tokens is None:
        unknown["cost_per_month"] = unknown["ai.cost_per_month"]
        return None
    return sum(figures.cost_per_month or 0.0 for figures in components.values()) + tokens + support_cost(basis)


def _missing(reasons: Mapping[str, str]) -> str:
    """Prices nobody gave, all in one sentence; else the first reason there is."""
    silent = [name for name, reason in reasons.items() if reason == not_given(name)]
    if not silent:
        return next(iter(reasons.values()))
    return f"cost_per_month of {', '.join(silent)} {'is' if len(silent) == 1 else 'are'} not given"
