"""A budget is a requirement like any other: it is met or it is renegotiated, before the invoice.

## Why it matters
The running cost of a design is mostly decided when it is drawn: how many copies, which vendor, how many tokens. What
is over the budget on paper is over it by more in production, where nobody counts the forgotten copies.

## What to do
Begin with the dearest line. Fewer or smaller copies where there is headroom to spare, a cache before what is billed by
the request, commitments for what runs all year. Or raise the budget, with the number in hand.

## When it is fine
When the sum and, with ranges, the sum that nine of ten cases stay below are within the budget. That range takes the
components' costs as independent of each other.
"""

from math import hypot

from studio.edits.mend import Mend
from studio.model.component import Component
from studio.model.design import Design
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted, money
from studio.units import Interval, point

NINE_OF_TEN = 1.2815516 / 1.6448536
"""From the 95th percentile, where a range ends, to the 90th: distances from the median of a normal distribution."""
LEVERS = 3


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a design that costs more than its budget; warns when that is likely enough."""
    if not design.components:
        return not_applicable()
    if facts.budget is None:
        return unknown("requirements.cost.budget_per_month")
    known, spread = _known(facts), _spread(facts)
    evidence = {"cost_per_month": known, "p90": known + spread, "budget_per_month": facts.budget}
    if known > facts.budget:
        message = f"it costs {money(known)} a month, {money(known - facts.budget)} more than the budget"
        return failed(
            message,
            evidence=evidence,
            fix=_levers(facts, known),
            mends=() if spread else _spared(facts),
            field="requirements.cost.budget_per_month",
        )
    silent = missing.of_cost(facts)
    if silent:
        return unknown(*silent)
    if known + spread <= facts.budget:
        return passed(**evidence)
    return failed(
        f"it costs {money(known)} a month, but one case in ten is above {money(known + spread)}, and "
        f"{money(facts.budget)} is the budget",
        evidence=evidence,
        fix=("narrow the ranges of the dearest parts by a quote or a measurement", *_levers(facts, known)),
        severity=Severity.WARNING,
        field="requirements.cost.budget_per_month",
    )


def _known(facts: Facts) -> float:
    """What is known to be spent a month: components, language models, support."""
    figures = facts.estimates
    if figures.cost_per_month is not None:
        return figures.cost_per_month
    components = sum(c.cost_per_month or 0.0 for c in figures.components.values())
    return components + ((figures.ai.cost_per_month or 0.0) if figures.ai else 0.0) + _support(facts)


def _support(facts: Facts) -> float:
    support = facts.design.operations.support_cost_per_month
    return 0.0 if support is None else point(support)


def _spread(facts: Facts) -> float:
    """From the median up to the 90th percentile of the sum, of independent costs."""
    costs = ((c.cost_per_month, c.copies) for c in facts.design.components)
    ends = ((cost.high - cost.median) * copies for cost, copies in costs if isinstance(cost, Interval))
    return NINE_OF_TEN * hypot(*ends)


def _levers(facts: Facts, total: float) -> tuple[str, ...]:
    """The dearest lines, each with what can be had."""
    figures = facts.estimates
    lines = [(figures.components[c.id].cost_per_month or 0.0, _lever(c, facts)) for c in facts.design.components]
    if figures.ai and figures.ai.cost_per_month:
        ai = figures.ai.cost_per_month
        lines.append((ai, f"language models cost {money(ai)}: shorter prompts, a smaller model, a semantic cache"))
    dearest = sorted((line for line in lines if line[0] > 0), key=lambda line: -line[0])[:LEVERS]
    return (*(words for _, words in dearest), f"or a budget of {money(total)}, by decision")


def _spared(facts: Facts) -> tuple[Mend, ...]:
    """Instances beyond those recommended, given up as far as the budget asks for."""
    return next((target.mends for target in facts.estimates.targets if target.target == "cost_per_month"), ())


def _lever(component: Component, facts: Facts) -> str:
    figures = facts.estimates.components[component.id]
    cost = figures.cost_per_month or 0.0
    running, enough = component.instances or 1, figures.instances_recommended
    words = f"{component.label} costs {money(cost)}"
    if enough is not None and enough < running:
        saved = cost * (running - enough) / running
        return f"{words}: {counted(enough, 'instance')} would do instead of {running}, {money(saved)} less"
    return words if component.copies == 1 else f"{words} for {component.copies} copies"


RULE = Rule(
    id="CST001",
    title="Over budget",
    severity=Severity.ERROR,
    scope="design",
    check=check,
    patterns=("semantic-cache", "autoscaling", "retention-and-tiering"),
    sources=(
        "AWS Well-Architected, Cost Optimization Pillar, COST05-BP06 (2024)",
        "J. R. Storment and Mike Fuller, Cloud FinOps, 2nd edition (2023)",
    ),
)

_SERVICE = """
[requirements.cost]
budget_per_month = 1000
[components.api]
kind = "service"
instances = 4
{cost}
"""

FLAGGED = _SERVICE.format(cost="cost_per_month = 300")

FINE = _SERVICE.format(cost="cost_per_month = 200")

UNKNOWN = _SERVICE.format(cost="")
