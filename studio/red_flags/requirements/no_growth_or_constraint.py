"""What it will have to carry, and what may be spent on it, decide more than any technology.

## Why it matters
Without a growth nobody can say what breaks first, or whether that matters. Without a budget, a number of people and a
date, every pattern in the book is a good idea, and the design that comes out is the one for a company ten times the
size.

## What to do
Give the load to survive and when it may come, the budget of a month, the people who build and run it, and the time
until it must run. Ranges are welcome: [4, 8] weeks says more than «soon».

## When it is fine
A prototype owes none of them. Growth of half as much again is no growth worth a date.
"""

from collections.abc import Iterator

from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.owed import owes
from studio.red_flags.rule import Rule, Severity, Verdict

WORDS = {
    "requirements.scale.growth": "the load to survive",
    "requirements.scale.horizon": "when that load may come",
    "requirements.cost.budget_per_month": "the budget",
    "constraints.team_size": "the people who build and run it",
    "constraints.timeline": "the time until it must run",
}
EXAMPLES = {
    "requirements.scale.growth": "10",
    "requirements.scale.horizon": '"24 months"',
    "requirements.cost.budget_per_month": "[3_000, 5_000]",
    "constraints.team_size": "6",
    "constraints.timeline": '"12 weeks"',
}


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a design that does not say what it must grow to, or with what means."""
    return owes(design, _lacking(design, facts), WORDS, EXAMPLES, "nobody has said")


def _lacking(design: Design, facts: Facts) -> Iterator[str]:
    scale = design.requirements.scale
    if scale.growth is None:
        yield "requirements.scale.growth"
    elif scale.horizon is None and facts.growth > facts.thresholds.growth_worth_a_plan:
        yield "requirements.scale.horizon"
    if design.requirements.cost.budget_per_month is None:
        yield "requirements.cost.budget_per_month"
    if design.constraints.team_size is None:
        yield "constraints.team_size"
    if design.constraints.timeline is None:
        yield "constraints.timeline"


RULE = Rule(
    id="REQ005",
    title="No growth or constraint figure",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    sources=(
        "AWS Well-Architected, Cost Optimization Pillar, COST09-BP01 (2024)",
        "Frederick P. Brooks, The Mythical Man-Month, anniversary edition, chapter 2 (1995)",
    ),
)

_SHOP = """
{said}
[components.shop]
kind = "service"
"""

FLAGGED = _SHOP.format(said="[requirements.scale]\ngrowth = 10")

FINE = _SHOP.format(
    said="""
[requirements.scale]
growth = 10
horizon = "24 months"
[requirements.cost]
budget_per_month = 4_000
[constraints]
team_size = 5
timeline = "12 weeks"
"""
)
