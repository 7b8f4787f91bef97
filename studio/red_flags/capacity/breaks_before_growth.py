"""The first component to saturate on the way to the load that is planned for should be known before it does.

## Why it matters
Load that grows finds the narrowest place. Known in advance, it is a task in a plan with months to spare; unknown, it
is an incident on the best day of the year. What breaks first is also what every other improvement waits for.

## What to do
Name the first limit and its factor. Then either lift it (more instances, an autoscaling maximum that is high enough,
replicas, shards) or decide to live with it until a figure says otherwise: a decision about that component with
revisit_when.

## When it is fine
A prototype that says nothing about growth. A limit with such a decision stays as a note. Managed services without a
stated capacity grow with their vendor, up to their quota.
"""

from typing import NamedTuple

from studio.edits.mend import Mend, mend, together
from studio.estimates.formulas.sizing import whole
from studio.model.component import Component
from studio.model.design import Design
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import has_size, instances_for_growth, is_bought_by_quota, most_instances
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.units import grouped

SHOWN = 3
"""Limits a finding names at most."""


class Limit(NamedTuple):
    """Where a component saturates, with all the instances it may have."""

    at: float
    """× today's peak."""
    component: Component


def check(design: Design, facts: Facts) -> Verdict:
    """Warns when a component saturates before the load has grown as planned."""
    if facts.stage == "prototype" and design.requirements.scale.growth is None:
        return not_applicable()
    sized = [c for c in design.components if has_size(c, facts) and facts.estimates.components[c.id].peak_rps != 0]
    limits = sorted((limit for limit in (_limit(c, facts) for c in sized) if limit), key=lambda limit: limit.at)
    reached = [limit for limit in limits if limit.at <= facts.growth]
    if reached:
        return _breaking(reached, facts)
    silent = [field for component in sized for field in missing.of_utilisation(component, facts)]
    if silent:
        return unknown(*dict.fromkeys(silent))
    return passed(breaks_first=limits[0].component.id, at=limits[0].at) if limits else not_applicable()


def _limit(component: Component, facts: Facts) -> Limit | None:
    at = facts.estimates.components[component.id].breaks_at
    return None if at is None else Limit(at * most_instances(component) / (component.instances or 1), component)


def _breaking(reached: list[Limit], facts: Facts) -> Verdict:
    first = reached[0]
    others = f", then {len(reached) - 1} more" if len(reached) > 1 else ""
    decided = _is_decided(first.component, facts)
    return failed(
        f"{first.component.label} breaks first, at {grouped(first.at)}× today's peak of the "
        f"{grouped(facts.growth)}× planned{others}",
        evidence={"growth": facts.growth, "breaks_at": {limit.component.id: limit.at for limit in reached}},
        fix=(*(_lifted(limit, facts) for limit in reached[:SHOWN]), *(() if decided else (_recorded(first),))),
        mends=_mends([limit.component for limit in reached], facts),
        severity=Severity.NOTE if decided else None,
        field="requirements.scale.growth",
    )


def _mends(full: list[Component], facts: Facts) -> tuple[Mend, ...]:
    """All that is full gets more copies; nothing where that is not the team's to decide, or not enough."""
    wanted = [None if is_bought_by_quota(c, facts) else instances_for_growth(c, facts) for c in full]
    if None in wanted:
        return ()
    more = (
        mend(f"components.{c.id}.autoscale", max=count) if c.autoscale else mend(f"components.{c.id}", instances=count)
        for c, count in zip(full, wanted, strict=True)
    )
    return (together(*more, because=f"full only above {grouped(facts.growth)}× today's peak"),)


def _lifted(limit: Limit, facts: Facts) -> str:
    component, factor = limit.component, facts.growth / limit.at
    most = most_instances(component)
    if is_bought_by_quota(component, facts):
        return f"{component.label}: a plan or quota of the vendor for {grouped(factor)}× as much"
    if component.autoscale:
        enough = instances_for_growth(component, facts) or whole(most * factor)
        return f"{component.label}: autoscale.max of at least {enough} instead of {most}"
    if component.read_replicas or (component.shards or 1) > 1:
        return f"{component.label}: {grouped(factor)}× its capacity, by shards for writes and replicas for reads"
    enough = instances_for_growth(component, facts) or whole(most * factor)
    return f"{component.label}: {enough} instances instead of {most}, or autoscaling up to that"


def _recorded(first: Limit) -> str:
    return f'or a decision about {first.component.id} with revisit_when = "peak_rps > …" well below its limit'


def _is_decided(component: Component, facts: Facts) -> bool:
    return any(decision.revisit_when for decision in facts.decisions_about(component.id))


RULE = Rule(
    id="CAP003",
    title="Breaks before the planned growth",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=("autoscaling", "horizontal-scaling", "sharding", "read-replicas"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL07-BP04 (2024)",
        "Eliyahu M. Goldratt, The Goal (1984)",
    ),
)

_SERVICE = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 3
growth = 10
[components.web]
kind = "client"
[components.api]
kind = "service"
instances = 2
{said}
[connections.web-api]
from = "web"
to = "api"
"""

FLAGGED = _SERVICE.format(said="capacity_rps = 400")

FINE = _SERVICE.format(said='capacity_rps = 400\nautoscale = { max = 12, metric = "CPU 60 %" }')

UNKNOWN = _SERVICE.format(said="")
