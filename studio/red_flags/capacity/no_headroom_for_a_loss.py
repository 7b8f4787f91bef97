"""When one copy is lost at peak, the others must carry what it carried.

## Why it matters
Copies that are all busy turn one loss into a row of them: the load of the lost one overloads the rest, which fail
next. New copies take minutes to start, and a zone that is gone is gone for everybody: the capacity one would buy then
is what all the others want too. Only what already runs is there.

## What to do
Run enough for the peak with one copy gone, or with one zone gone where the copies spread over several (static
stability). Three zones need half as much again, two need double.

## When it is fine
Components with a single copy: that they have none to lose is another flag (REL001). Shards without replicas and
managed services without a stated capacity. With autoscaling, what runs at peak counts, not what it may reach later.
"""

from studio.edits.mend import Mend, mend, together
from studio.estimates.formulas.sizing import instances_per_zone, whole
from studio.model.component import Component
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import (
    Peak,
    after_a_loss,
    at_peak,
    has_size,
    lost_with_a_zone,
    most_instances,
)
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted, percent

MOST_REPLICAS = 100
"""Beyond so many, one more copy is no longer felt."""


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a component whose copies are overloaded at peak after the loss of one, or of one zone."""
    several = most_instances(component) > 1 or bool(component.read_replicas)
    if not several or not has_size(component, facts) or facts.estimates.components[component.id].peak_rps == 0:
        return not_applicable()
    peak = at_peak(component, facts)
    if peak is None:
        return unknown(*missing.of_utilisation(component, facts))
    left = after_a_loss(component, peak, facts)
    if left is None:
        return not_applicable()
    evidence = {"utilisation": peak.utilisation, "utilisation_after_loss": left, "instances": peak.instances}
    if left <= 1:
        return passed(**evidence)
    return failed(
        f"after the loss of {_loss(component, peak)} at peak, what is left of {component.label} runs at "
        f"{percent(left)} of its capacity",
        evidence=evidence,
        fix=_fixes(component, peak, facts),
        mends=_mends(component, peak, facts),
        severity=Severity.ERROR if facts.is_of_tier_one(component) else None,
        field="autoscale" if component.autoscale else "instances",
    )


def _loss(component: Component, peak: Peak) -> str:
    if component.read_replicas:
        return "one copy" if (component.zones or 1) == 1 else "one zone"
    lost = lost_with_a_zone(component, peak.instances)
    return "one instance" if lost == 1 else f"one zone ({counted(lost, 'instance')})"


def _mends(component: Component, peak: Peak, facts: Facts) -> tuple[Mend, ...]:
    place, because = f"components.{component.id}", "the peak is carried by what a loss leaves"
    if component.read_replicas:
        replicas = _enough_replicas(component, peak, facts)
        return () if replicas is None else (mend(place, because, read_replicas=replicas),)
    enough = _enough(component, peak)
    more = mend(place, because, instances=enough)
    if component.autoscale is None or enough <= most_instances(component):
        return (more,)
    return (together(more, mend(f"{place}.autoscale", max=enough), because=because),)


def _enough(component: Component, peak: Peak) -> int:
    """Instances of which enough are left after a loss."""
    zones, needed = component.zones or 1, max(1, whole(peak.utilisation * peak.instances))
    return needed + 1 if zones == 1 else zones * instances_per_zone(needed, zones)


def _enough_replicas(component: Component, peak: Peak, facts: Facts) -> int | None:
    """Read replicas of which enough are left; None where the writes alone fill the primary."""
    now = component.read_replicas or 0
    more = (component.changed(read_replicas=count) for count in range(now + 1, now + MOST_REPLICAS))
    found = (tried for tried in more if (after_a_loss(tried, _with(tried, component, peak, facts), facts) or 2.0) <= 1)
    return next((tried.read_replicas for tried in found), None)


def _with(tried: Component, component: Component, peak: Peak, facts: Facts) -> Peak:
    """The peak with another number of replicas: writes reach each copy, reads are divided."""
    figures = facts.estimates.components[component.id]
    reads, writes = figures.peak_read_rps or 0.0, figures.peak_write_rps or 0.0
    now, then = (1 + (one.read_replicas or 0) for one in (component, tried))
    return peak._replace(utilisation=peak.utilisation * (writes + reads / then) / (writes + reads / now))


def _fixes(component: Component, peak: Peak, facts: Facts) -> tuple[str, ...]:
    if component.read_replicas:
        replicas = _enough_replicas(component, peak, facts)
        if replicas is None:
            return ("shards, so that each primary takes a part of the writes",)
        return (f"{replicas} read replicas instead of {component.read_replicas}",)
    enough = _enough(component, peak)
    fix = f"{enough} instances instead of {peak.instances}"
    scaled = component.autoscale is not None and enough > most_instances(component)
    return (f"{fix}; autoscale.max stops at {most_instances(component)}" if scaled else fix,)


RULE = Rule(
    id="CAP002",
    title="No headroom for a loss",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("redundancy-across-zones", "horizontal-scaling", "load-shedding"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL11-BP05, static stability (2024)",
        "Google, Site Reliability Engineering, chapter 22, Addressing Cascading Failures (2016)",
    ),
)

_SERVICE = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = {requests}
peak_factor = 1
[components.web]
kind = "client"
[components.api]
kind = "service"
instances = 3
{capacity}
[connections.web-api]
from = "web"
to = "api"
"""

FLAGGED = _SERVICE.format(requests=900, capacity="capacity_rps = 400")

FINE = _SERVICE.format(requests=700, capacity="capacity_rps = 400")

UNKNOWN = _SERVICE.format(requests=700, capacity="")
