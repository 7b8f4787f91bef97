"""«It scales» is no plan: say what is added, when, how far, and what it costs to wait.

## Why it matters
A component that today's instances cannot carry through the planned growth needs somebody or something to add to it.
Who, at which figure, up to which limit? Without an answer it is found at the peak. State makes it worse: a store does
not get larger by starting a second one.

## What to do
Autoscaling with a metric and a maximum, or words: the axis (copies, size, shards), the trigger, the limit, the lead
time. For a store: replicas for reads, shards for writes and size.

## When it is fine
When today's instances already carry the planned growth, or growth is at most half as much again. Managed services
without a stated capacity.
"""

from typing import Any

from studio.edits.mend import Mend, mend
from studio.model.component import Component
from studio.model.kinds import DURABLE_STORES
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import has_size, instances_for_growth, is_bought_by_quota
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import percent
from studio.text import says_something
from studio.units import grouped

SIDEWAYS = ("horizontal", "scale out", "scales out", "more instances", "more copies", "add instances")
DIVIDED = ("shard", "partition", "replica", "hash")


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a component that must grow and does not say how, or says what its state does not allow."""
    if facts.growth <= facts.thresholds_for(component).growth_worth_a_plan or not has_size(component, facts):
        return not_applicable()
    if facts.stage == "prototype" and facts.design.requirements.scale.growth is None:
        return not_applicable()
    figures = facts.estimates.components[component.id]
    if figures.peak_rps == 0:
        return not_applicable()
    if figures.breaks_at is not None and figures.breaks_at > facts.growth:
        return passed(breaks_at=figures.breaks_at, growth=facts.growth)
    if figures.peak_rps is None and not (says_something(component.scaling) or component.autoscale):
        return unknown(*missing.of_peak(component, facts))
    return _judged(component, facts)


def _judged(component: Component, facts: Facts) -> Verdict:
    scaled = component.autoscale
    words = (component.scaling or "").casefold() if says_something(component.scaling) else ""
    lacking = [name for name in ("max", "metric") if scaled is not None and getattr(scaled, name) is None]
    if lacking:
        return _failed(component, facts, f"autoscaling of {component.label} has no {' and no '.join(lacking)}",
                       tuple(f"autoscale.{name}" for name in lacking), "autoscale", tuple(lacking))  # fmt: skip
    if scaled is None and not words:
        message = f"nothing says how {component.label} grows"
        return _failed(component, facts, message, (), "scaling", ("max", "metric"))
    keeps_state = component.kind in DURABLE_STORES or component.state in ("memory", "disk")
    sideways = any(word in words for word in SIDEWAYS) or scaled is not None
    divided = (component.shards or 1) > 1 or bool(component.read_replicas) or any(word in words for word in DIVIDED)
    if keeps_state and sideways and not divided:
        message = f"{component.label} keeps state, and more copies of it do not share that"
        return _failed(component, facts, message, ("shards for writes and size, read_replicas for reads",), "scaling")
    return passed(scaling=component.scaling, autoscale=scaled.max if scaled else None)


def _failed(
    component: Component, facts: Facts, message: str, fix: tuple[str, ...], field: str, lacking: tuple[str, ...] = ()
) -> Verdict:
    at = facts.estimates.components[component.id].breaks_at
    limit = "" if at is None else f"; it carries {grouped(at)}× today's peak of the {grouped(facts.growth)}× planned"
    said = f"scaling on components.{component.id}: what is added, at which figure, up to which limit, how fast"
    if is_bought_by_quota(component, facts):
        fix = fix or (f"scaling on components.{component.id}: the next plan or quota of the vendor, and its lead time",)
    return failed(
        message + limit,
        evidence={"breaks_at": at, "growth": facts.growth},
        fix=fix or ("autoscale = { max = …, metric = … }", f"or {said}"),
        mends=_autoscaled(component, lacking, facts),
        field=field,
    )


def _autoscaled(component: Component, lacking: tuple[str, ...], facts: Facts) -> tuple[Mend, ...]:
    """What autoscaling does not say, up to the load to survive; nothing for what keeps state or a vendor sells."""
    most = instances_for_growth(component, facts)
    keeps_state = component.kind in DURABLE_STORES or component.state in ("memory", "disk")
    if most is None or not lacking or keeps_state or is_bought_by_quota(component, facts):
        return ()
    full = f"utilisation {percent(facts.thresholds_for(component).utilisation_warning)}"
    wanted: dict[str, Any] = {"max": most, "metric": full}
    because = f"full only above {grouped(facts.growth)}× today's peak"
    return (mend(f"components.{component.id}.autoscale", because, **{name: wanted[name] for name in lacking}),)


RULE = Rule(
    id="CAP004",
    title="Scaling strategy unclear",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("autoscaling", "horizontal-scaling", "sharding", "read-replicas"),
    sources=(
        "Microsoft Azure Well-Architected Framework, RE:06, scaling strategy (2024)",
        "Martin L. Abbott and Michael T. Fisher, The Art of Scalability, 2nd edition (2015)",
    ),
)

_SERVICE = """
[requirements.scale]
{users}
requests_per_user_per_day = 100
growth = 10
[components.web]
kind = "client"
[components.api]
kind = "service"
instances = 2
capacity_rps = 400
{said}
[connections.web-api]
from = "web"
to = "api"
"""

FLAGGED = _SERVICE.format(users="daily_active_users = 86_400", said="")

FINE = _SERVICE.format(
    users="daily_active_users = 86_400",
    said='scaling = "one instance more for each 200 requests/s, up to 12, in 3 minutes"',
)

UNKNOWN = _SERVICE.format(users="", said="")
