"""A hard limit that fills up on its own is an outage with a date nobody has looked up.

## Why it matters
Addresses of a subnet, file handles, disks, partitions, certificates a vendor issues in a week: they grow with the
fleet, with the data or simply with time, show no slowness at 99 %, and fail for everybody at 100 %. What grows with the
fleet fails while you scale out, which is when you are already in trouble.

## What to do
Find the number and its ceiling, and put an alert where there is still time to change it: at 80 % for what takes days
to mend, earlier for what needs a migration or a vendor. Take the fleet at its largest, not as it is today.

## When it is fine
Below 80 % at the largest fleet, or at the load to survive, or today for what grows with data and time. A fleet without
a maximum grows with the load, where somebody says how much that grows. A limit that only such growth fills, and that
has a decision about its component, is a known one: a note.
"""

from typing import NamedTuple

from studio.edits.mend import Mend, mend
from studio.model.component import Component, Limit
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import most_instances
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import percent, rounded_up
from studio.units import grouped, point


class Reached(NamedTuple):
    """How full a limit is where it matters."""

    limit: Limit
    share: float
    at: str
    """When: `with all 24 instances`."""
    by_load: bool = False
    """Whether it is filled only by the load to survive: then there is time, and it may be a known limit."""


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a component with a stated limit that is nearly used up, or will be by its fleet or its load."""
    if not component.limits:
        return not_applicable()
    place = f"components.{component.id}.limits"
    silent = [
        f"{place}.{limit.id}.{name}"
        for limit in component.limits
        for name in ("now", "max", "grows_with")
        if getattr(limit, name) is None
    ]
    reached = [_reached(limit, component, facts) for limit in component.limits]
    known = [found for found in reached if found is not None]
    worst = max(known, key=lambda found: found.share, default=None)
    if worst is None or worst.share <= facts.thresholds_for(component).limit_share:
        return unknown(*silent) if silent else passed(**{found.limit.id: found.share for found in known})
    return _failed(component, worst, facts)


def _reached(limit: Limit, component: Component, facts: Facts) -> Reached | None:
    if limit.now is None or limit.max is None:
        return None
    now, most = point(limit.now), point(limit.max)
    today = 1.0 if now >= most else now / most
    copies, fleet = component.instances or 1, most_instances(component)
    match limit.grows_with:
        case "fleet" if fleet > copies:
            return Reached(limit, _share(now * fleet / copies, most), f"with all {fleet} instances")
        case "fleet" if today < 1 and facts.design.requirements.scale.growth is not None and not component.autoscale:
            ahead = f"with the instances of {grouped(facts.growth)}× today's load"
            return Reached(limit, _share(now * _later(component, facts) / copies, most), ahead, by_load=True)
        case "load" if today < 1:
            ahead = f"at {grouped(facts.growth)}× today's load"
            return Reached(limit, _share(now * facts.growth, most), ahead, by_load=True)
    return Reached(limit, _share(now, most), "today")


def _later(component: Component, facts: Facts) -> float:
    """Instances it will have to run at the load to survive."""
    copies = component.instances or 1
    return max(copies, facts.growth * (facts.estimates.components[component.id].instances_needed or copies))


def _share(used: float, most: float) -> float:
    return used / most if most > 0 else float(used > 0)


def _failed(component: Component, worst: Reached, facts: Facts) -> Verdict:
    limit, full = worst.limit, worst.share >= 1
    later = worst.at != "today"
    used, most = point(limit.now or 0.0) * 1.0, point(limit.max or 0.0)
    known = worst.by_load and facts.decisions_about(component.id)
    error = full and not worst.by_load
    wanted = rounded_up(worst.share * most / facts.thresholds_for(component).limit_share)
    return failed(
        f"{limit.id} of {component.label} {'is' if not later else 'would be'} {percent(worst.share)} used {worst.at}: "
        f"{grouped(used)} of {grouped(most)}{' today' if later else ''}",
        evidence={"limit": limit.id, "now": used, "max": most, "share": worst.share, "grows_with": limit.grows_with},
        fix=(
            f"a limit of {grouped(wanted)} instead of {grouped(most)}",
            _instead(limit, component, most, facts),
        ),
        mends=_smaller_fleet(limit, component, most, facts),
        severity=Severity.NOTE if known else Severity.ERROR if error else None,
        field="limits",
    )


def _smaller_fleet(limit: Limit, component: Component, most: float, facts: Facts) -> tuple[Mend, ...]:
    """The most instances for which the limit is enough, where they are the team's choice and more than run now."""
    each, running = point(limit.now or 0.0) / (component.instances or 1), component.instances or 1
    if limit.grows_with != "fleet" or each <= 0:
        return ()
    fitting = int(facts.thresholds_for(component).limit_share * most / each)
    because = f"{limit.id} allows {fitting} instances with {grouped(each)} of it each"
    return (mend(f"components.{component.id}.autoscale", because, max=fitting),) if fitting >= running else ()


def _instead(limit: Limit, component: Component, most: float, facts: Facts) -> str:
    each = point(limit.now or 0.0) / (component.instances or 1)
    if limit.grows_with == "fleet" and each > 0:
        fitting = int(facts.thresholds_for(component).limit_share * most / each)
        return f"or at most {max(1, fitting)} instances in autoscale.max of components.{component.id}"
    if limit.grows_with == "load":
        return f"or a decision about {component.id} that says when {limit.id} is looked at again"
    return f"and an alert on {limit.id} long before it is full, with what to do then"


RULE = Rule(
    id="OUT007",
    title="A hard limit runs out",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("retention-and-tiering", "connection-pooling", "sharding"),
    sources=(
        "AWS, Summary of the Amazon Kinesis Event in the Northern Virginia Region (2020)",
        "AWS Well-Architected, Reliability Pillar, REL01-BP01 to REL01-BP06 (2024)",
    ),
)

_FRONT = """
[components.front]
kind = "service"
instances = 100
autoscale = {{ max = 400 }}
[components.front.limits.threads]
now = 20_000
max = {most}
{grows}
"""

FLAGGED = _FRONT.format(most="65_536", grows='grows_with = "fleet"')

FINE = _FRONT.format(most="131_072", grows='grows_with = "fleet"')

UNKNOWN = _FRONT.format(most="131_072", grows="")
