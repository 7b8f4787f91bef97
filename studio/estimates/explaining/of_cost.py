"""Explanations of the bill and of what it buys: `cost_per_month`, of the whole and of components, and `unit_cost`."""

from collections.abc import Callable, Mapping
from typing import Final

from studio.estimates.averages import average_rps
from studio.estimates.cost import (
    REQUESTS_PER_PRICE,
    copies_cost,
    free_requests,
    is_paid_by_tokens,
    price_by_use,
    requests_per_month,
    support_cost,
)
from studio.estimates.defaults import FREE_REQUESTS
from studio.estimates.explaining.explanation import FIGURE, IN_DESIGN, Input, Lookup, Rule
from studio.estimates.formulas.traffic import SECONDS_PER_MONTH
from studio.estimates.numbers import known

_FORMAT: Final = "the file format"
_UNIT_ECONOMICS: Final = "unit economics; FinOps Foundation"


def _per_requests(at: Lookup) -> Rule:
    inputs = (at.figure("cost_per_month"), at.figure("traffic.requests_per_day"))
    return Rule("cost a month ÷ (requests a day × 30) × 1,000", _UNIT_ECONOMICS, inputs, ("a month has 30 days",))


def _per_user(at: Lookup) -> Rule:
    inputs = (at.figure("cost_per_month"), at.scale("daily_active_users", "users"))
    return Rule("cost a month ÷ daily active users", _UNIT_ECONOMICS, inputs)


def _budget_share(at: Lookup) -> Rule:
    return Rule("cost a month ÷ budget", _FORMAT, (at.figure("cost_per_month"), _budget(at)))


def _budget(at: Lookup) -> Input:
    given = at.estimates.working.basis.design.requirements.cost.budget_per_month
    path = "requirements.cost.budget_per_month"
    return Input(path, known(given), "USD/month", "not given" if given is None else IN_DESIGN)


def _idle_cost(at: Lookup) -> Rule:
    working = at.estimates.working
    inputs = []
    for name, numbers in working.numbers.items():
        if numbers.cost and numbers.queues and not numbers.is_client:
            inputs.append(at.figure(f"components.{name}.utilisation"))
            origin = f"copies × cost_per_month: {working.basis.origin(name, 'cost_per_month')}"
            inputs.append(Input(f"price of all copies of {name}", copies_cost(numbers), "USD/month", origin))
    assumptions = ("headroom for a lost instance or zone is counted as idle", "use paid by request is never idle")
    formula = "Σ (1 − utilisation at peak) × price of all copies"
    return Rule(formula, "utilisation law; Lazowska et al. 1984", tuple(inputs), assumptions)


def _biggest(formula: str) -> Callable[[Lookup], Rule]:
    def rule(at: Lookup) -> Rule:
        return Rule(formula, _FORMAT, _bill(at))

    return rule


def _bill(at: Lookup) -> tuple[Input, ...]:
    estimates = at.estimates
    inputs = [at.figure(f"components.{name}.cost_per_month") for name in estimates.components]
    if estimates.ai is not None:
        inputs.append(at.figure("ai.cost_per_month"))
    support = support_cost(estimates.working.basis)
    inputs.append(Input("operations.support_cost_per_month", support, "USD/month", f"{IN_DESIGN}; 0 when not given"))
    return tuple(inputs)


def total_cost_rule(at: Lookup) -> Rule:
    """Of `cost_per_month`, the whole bill."""
    assumptions = ("list prices", "no traffic between zones", "a higher peak does not make the month dearer")
    return Rule("Σ components + tokens + support", _FORMAT, _bill(at), assumptions)


def component_cost_rule(at: Lookup, name: str) -> Rule:
    """Of `components.ID.cost_per_month`."""
    working = at.estimates.working
    basis, numbers = working.basis, working.numbers[name]
    if is_paid_by_tokens(basis, numbers):
        return Rule("paid by tokens: see ai.cost_per_month", _FORMAT)
    copies = Input("copies", numbers.copies, "", "instances × shards × (1 + read_replicas)")
    fixed = (copies, at.component(name, "cost_per_month", "USD/month"))
    price = price_by_use(basis, name)
    if price is None:
        return Rule("copies × the cost of one", _FORMAT, fixed, ("list price, on demand",))
    average = average_rps(working, name)
    rate = None if isinstance(average, str) else average
    free = at.component(name, "free_requests_per_month", "requests/month", FREE_REQUESTS)
    inputs = (
        *(fixed if numbers.cost is not None else ()),
        Input("average load", rate, "requests/s", "load of users ÷ peak factor + what it makes or gets by itself"),
        Input("requests", None if rate is None else requests_per_month(rate), "requests/month", FIGURE),
        free._replace(value=free_requests(basis, name)),
        at.component(name, "cost_per_million_requests", "USD per million requests"),
    )
    formula = f"(average requests/s × {SECONDS_PER_MONTH:,} s − free requests) × price ÷ {REQUESTS_PER_PRICE:,}"
    if numbers.cost is not None:
        formula = f"copies × the cost of one + {formula}"
    return Rule(formula, "vendors' price lists; tiers are marginal", inputs, ("list price, on demand", "never below 0"))


UNIT_COST_RULES: Final[Mapping[str, Callable[[Lookup], Rule]]] = {
    "cost_per_thousand_requests": _per_requests,
    "cost_per_daily_user": _per_user,
    "budget_share": _budget_share,
    "idle_cost_per_month": _idle_cost,
    "biggest_cost_per_month": _biggest("the dearest of components, tokens and support"),
    "biggest_share": _biggest("the dearest of components, tokens and support ÷ cost a month"),
}
