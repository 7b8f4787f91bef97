"""A system should become cheaper for each request as it grows, not dearer.

## Why it matters
When ten times the load costs fifteen times the money, success is what ruins the margin. The reasons are few: copies
that must all know of each other, a vendor without discounts, data that are kept for ever, every request asking
everybody. They are structural, so they are cheap now and a rewrite later.

## What to do
Look at which line grows fastest. Tier what is old, cache what repeats, commit to what always runs, and cut what each
request touches. Then ask again what a thousand requests cost at ten times the load.

## When it is fine
Up to a fifth more than the load grew. Load that stays as it is. Fixed prices are taken as they are; negotiated ones at
ten times the volume are usually lower.
"""

from studio.model.design import Design
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import money
from studio.units import grouped


def check(design: Design, facts: Facts) -> Verdict:
    """Warns when the cost at the load to survive is more than the growth of the load, and a fifth, times today's."""
    if not design.components or facts.growth <= facts.thresholds.growth_worth_a_plan or facts.stage == "prototype":
        return not_applicable()
    if design.requirements.scale.growth is None:
        return not_applicable()
    if facts.estimates.cost_per_month is None:
        return unknown(*(missing.of_cost(facts) or missing.of_tokens(facts)))
    growth = facts.estimates.growth
    if growth is None:
        return unknown(*missing.of_load(facts))
    factor, then = growth.sized.cost_factor, growth.sized.cost_per_month
    if factor is None or then is None:
        silent = missing.of_load(facts) or missing.of_cost(facts)
        return unknown(*silent) if silent else not_applicable()
    evidence = {"growth": growth.multiple, "cost_factor": factor, "cost_per_month": then}
    if factor <= facts.thresholds.cost_growth * growth.multiple:
        return passed(**evidence)
    return failed(
        f"at {grouped(growth.multiple)}× the load it costs {money(then)} a month, {grouped(factor)}× today's",
        evidence=evidence,
        fix=(
            f"{money(then * growth.multiple / factor)} a month then, as much as the load grows",
            *_lines(facts, then),
        ),
        field="requirements.scale.growth",
    )


def _lines(facts: Facts, then: float) -> tuple[str, ...]:
    """The parts of which most copies are added."""
    growth = facts.estimates.growth
    added = growth.sized.instances if growth else {}
    most = sorted(added, key=lambda name: -added[name] * (facts.estimates.components[name].cost_per_month or 0.0))
    labels = facts.design.component
    return tuple(f"{labels[name].label} grows to {added[name]} instances" for name in most[:3] if then)


RULE = Rule(
    id="CST003",
    title="Cost grows faster than load",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=("retention-and-tiering", "cache-aside", "batching"),
    sources=(
        "AWS Well-Architected, Cost Optimization Pillar, COST05-BP06 (2024)",
        "Neil J. Gunther, Guerrilla Capacity Planning, chapter 4 (2007)",
    ),
)

_SERVICE = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 1
growth = 10
[components.web]
kind = "client"
[components.api]
kind = "service"
instances = 1
capacity_rps = 150
{said}
[connections.web-api]
from = "web"
to = "api"
"""

FLAGGED = _SERVICE.format(said="cost_per_month = 100\ncontention = 0.05")

FINE = _SERVICE.format(said="cost_per_month = 100")

UNKNOWN = _SERVICE.format(said="")
