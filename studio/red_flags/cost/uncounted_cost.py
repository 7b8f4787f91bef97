"""The sum of a cost sheet is as good as the lines somebody remembered.

## Why it matters
Price calculators add up what one enters. Nobody enters the logs, the people on call, the tokens, the traffic between
zones, the second environment; together they are often a third of the invoice. Over the years running
a system costs more than building it did.

## What to do
A cost for every component, 0 where it is free, said. A component of kind monitoring with its price, and
operations.support_cost_per_month for people and tools. Tokens through requirements.ai. Put traffic between zones,
backup storage and non-production environments into the component that causes them.

## When it is fine
Clients run on somebody else's machine. A prototype owes the cost of its components only.
"""

from studio.model.component import Component
from studio.model.design import Design
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.red_flags.words import counted
from studio.text import listed

SHOWN = 5


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a design in whose total something is missing that will be on the invoice."""
    if all(component.kind == "client" for component in design.components):
        return not_applicable()
    lines = [*_components(facts), *_operations(design, facts), *_tokens(design, facts)]
    if not lines:
        return passed(cost_per_month=facts.estimates.cost_per_month)
    return failed(
        f"the cost leaves out {listed(what for what, _ in lines)}",
        evidence={"uncounted": [what for what, _ in lines]},
        fix=tuple(advice for _, advice in lines),
        field="operations.support_cost_per_month",
    )


def _components(facts: Facts) -> list[tuple[str, str]]:
    """Components without a cost, as one line."""
    tokens = {f"components.{c.id}.cost_per_month" for c in _bought_models(facts)}
    silent = [field for field in missing.of_cost(facts) if field not in tokens]
    if not silent:
        return []
    names = [facts.design.component[field.split(".")[1]].label for field in silent]
    some = listed(names) if len(names) <= SHOWN else f"{', '.join(names[:SHOWN])} and {len(names) - SHOWN} more"
    advice = f"cost_per_month, 0 where it is free, on {listed(field.rpartition('.')[0] for field in silent[:SHOWN])}"
    return [(f"{counted(len(names), 'component')} ({some})", advice)]


def _operations(design: Design, facts: Facts) -> list[tuple[str, str]]:
    if facts.stage == "prototype":
        return []
    found = []
    if not any(component.kind == "monitoring" for component in design.components):
        advice = "a component of kind monitoring with its cost_per_month"
        found.append(("monitoring", advice))
    if design.operations.support_cost_per_month is None:
        advice = "operations.support_cost_per_month: people on call and their tools"
        found.append(("support", advice))
    return found


def _tokens(design: Design, facts: Facts) -> list[tuple[str, str]]:
    """The tokens of the language models; one that runs on own instances is paid for with these."""
    bought = _bought_models(facts)
    figures = facts.estimates.ai
    counted_ = figures is not None and figures.cost_per_month is not None
    if counted_ or not (bought or design.requirements.ai) or any(c.cost_per_month for c in bought):
        return []
    return [("tokens of language models", listed(missing.of_tokens(facts)) or "requirements.ai")]


def _bought_models(facts: Facts) -> list[Component]:
    return [c for c in facts.design.components if c.kind == "llm" and facts.is_managed(c)]


RULE = Rule(
    id="CST002",
    title="Operational cost ignored",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=("metrics",),
    sources=(
        "AWS Well-Architected, Cost Optimization Pillar, COST06-BP01 and COST08-BP01 (2024)",
        "J. R. Storment and Mike Fuller, Cloud FinOps, 2nd edition (2023)",
    ),
)

FLAGGED = """
[components.api]
kind = "service"
instances = 4
cost_per_month = 70
"""

FINE = """
[components.api]
kind = "service"
instances = 4
cost_per_month = 70
[components.watch]
kind = "monitoring"
cost_per_month = 120
[operations]
support_cost_per_month = 800
"""
