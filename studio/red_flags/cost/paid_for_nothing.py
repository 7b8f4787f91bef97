"""Copies nobody needs and regions nobody asked for are paid every month.

## Why it matters
Spare copies look like care. Beyond the one that may fail they add no availability, only machines to patch and a bill;
and a second region that no requirement asks for doubles everything, and brings a question of consistency on top.

## What to do
The fewest copies that carry the peak, one more, and as many zones as were chosen. A smaller machine where even that
idles. One region until a requirement, a law or a latency names the second.

## When it is fine
One copy in each zone, and the three of a quorum, are never too many. Copies that cost nothing. A promise above 99 %,
or a region in constraints, explains a second region.
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import has_size
from studio.red_flags.promises import strictest_promise
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted, money, percent, ratio
from studio.text import listed

QUORUM = 3


def check(component: Component, facts: Facts) -> Verdict:
    """Notes copies beyond those that peak, loss and zones need; warns about a region that no requirement asks for."""
    far = _region_unasked(component, facts)
    if far is not None:
        return far
    stated = component.instances or 1
    if stated <= 2 or not has_size(component, facts):
        return not_applicable()
    figures = facts.estimates.components[component.id]
    if figures.utilisation is None or figures.instances_needed is None:
        silent = missing.of_utilisation(component, facts)
        return unknown(*silent) if silent else not_applicable()
    fewest = _fewest(component, figures.instances_needed)
    evidence = {"utilisation": figures.utilisation, "instances": stated, "enough": fewest}
    free = figures.cost_per_month == 0
    if free or figures.utilisation >= facts.thresholds_for(component).idle_utilisation or stated <= fewest:
        return passed(**evidence)
    cost = figures.cost_per_month
    saved = f", {money(cost * (stated - fewest) / stated)} a month less" if cost else ""
    return failed(
        f"{component.label} runs {counted(stated, 'instance')} at peak at {percent(figures.utilisation)} of capacity",
        evidence=evidence,
        fix=(f"{counted(fewest, 'instance')} would do{saved}", "or smaller ones"),
        mends=(mend(f"components.{component.id}", f"the peak, a loss and the zones need {fewest}", instances=fewest),),
        field="instances",
    )


def _fewest(component: Component, needed: int) -> int:
    """One more than the peak needs, one in each zone, three where a quorum must agree."""
    mode = component.replication.mode if component.replication else None
    return max(needed + 1, component.zones or 1, QUORUM if mode == "quorum" else 1)


def _region_unasked(component: Component, facts: Facts) -> Verdict | None:
    asked = facts.design.constraints.regions
    bought = component.kind in ("cdn", "external", "llm", "client", "monitoring")
    if len(component.regions) < 2 or len(asked) > 1 or bought:
        return None
    target = strictest_promise(facts)
    if target is None:
        return unknown("requirements.availability.target")
    if target > facts.thresholds_for(component).availability_without_regions:
        return None
    return failed(
        f"{component.label} runs in {listed(component.regions)} for a promise of {ratio(target)}, and no constraint "
        "names a second region",
        evidence={"regions": list(component.regions), "availability_target": target},
        fix=(f"one region for components.{component.id}", "or constraints.regions, if a law or a latency wants more"),
        severity=Severity.WARNING,
        field="regions",
    )


RULE = Rule(
    id="CST004",
    title="Redundancy or size without need",
    severity=Severity.NOTE,
    scope="components",
    check=check,
    patterns=("autoscaling", "vertical-scaling"),
    sources=(
        "AWS Well-Architected, Cost Optimization Pillar, COST06-BP02 (2024)",
        "Luiz André Barroso and Urs Hölzle, The Case for Energy-Proportional Computing, IEEE Computer (2007)",
    ),
)

_SERVICE = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 1
[components.web]
kind = "client"
[components.api]
kind = "service"
instances = {instances}
cost_per_month = 70
{capacity}
[connections.web-api]
from = "web"
to = "api"
"""

FLAGGED = _SERVICE.format(instances=8, capacity="capacity_rps = 400")

FINE = _SERVICE.format(instances=3, capacity="capacity_rps = 100")

UNKNOWN = _SERVICE.format(instances=8, capacity="")
