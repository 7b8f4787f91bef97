"""What a must journey cannot do without must not stand or fall as one.

## Why it matters
One copy fails a few times a year, is restarted at every release, and dies with its machine. Copies that are all needed
at peak are one copy too: three replicas of 99.5 % of which the load needs all three are up 98.5 % of the time, less
than one alone. Copies in one zone share its power, its network and its bad day.

## What to do
Run one copy more than the peak needs, in two zones or more. For a store: a replica that takes over by itself. Or take
the component out of the way: make the call asynchronous, give it a fallback, or buy it from somebody whose promise is
at least yours.

## When it is fine
When no must journey waits for it, or when alike copies drawn as boxes of their own share the calls (shares that add up
to one). One zone is enough for a promise below 99.9 %. A managed service is judged by its stated availability, a
client never. The promise is that of the must journeys it lies on, else of the design.
"""

from studio.edits.mend import Mend, mend, together
from studio.model.component import Component
from studio.model.kinds import DURABLE_STORES
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.promises import promise_of
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted, ratio

STRICT = 0.999
"""The promise from which a single zone, and a single copy, is an error."""


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a component whose loss alone stops a must journey, unless copies or a vendor's promise stand behind it."""
    if component.kind == "client" or component.id not in facts.hard_path:
        return not_applicable()
    if component.id not in facts.indispensable:
        return passed(stand_ins=True)
    if facts.is_managed(component):
        return _bought(component, facts)
    return _replicated(component, facts) if component.read_replicas else _copied(component, facts)


def _bought(component: Component, facts: Facts) -> Verdict:
    promised, target = facts.numbers(component).availability, promise_of(component, facts)
    spread = (component.zones or 1) > 1
    if promised is None:
        return passed(zones=component.zones) if spread else unknown(f"components.{component.id}.availability")
    if target is None or promised >= target:
        return passed(availability=promised)
    return _failed(
        component,
        facts,
        f"{component.label} is promised for {ratio(promised)} of the time, less than the {ratio(target)} wanted",
        ("a fallback on the calls to it, or a second provider", f"a plan of the vendor that promises {ratio(target)}"),
        field="availability",
    )


def _replicated(component: Component, facts: Facts) -> Verdict:
    mode = component.failover.mode if component.failover else None
    if mode is None:
        return unknown(f"components.{component.id}.failover.mode")
    if mode == "manual":
        return _failed(
            component,
            facts,
            f"{component.label} has {counted(component.read_replicas or 0, 'replica')}, "
            "and a person must make one of them the primary",
            ('failover.mode = "automatic", with a fence against two primaries',),
            mends=(_automatic(component, facts),),
            field="failover",
        )
    return _spread(component, facts, 1 + (component.read_replicas or 0), needed=1)


def _copied(component: Component, facts: Facts) -> Verdict:
    copies = component.instances or 1
    if component.instances is None and (component.zones or 1) > 1:
        return unknown(f"components.{component.id}.instances")
    if copies == 1:
        unsaid = "" if component.instances else " (instances is not given)"
        message, enough = f"{_what(component)} runs as a single copy{unsaid}", _enough(component, facts)
        return _failed(component, facts, message, _more(component, enough), _copies(component, enough), copies=1)
    needed = facts.estimates.components[component.id].instances_needed
    if needed is None and component.zones == 1 and (promise_of(component, facts) or 0.0) >= STRICT:
        return _spread(component, facts, copies, needed=1)
    if needed is None:
        return unknown(*missing.of_utilisation(component, facts))
    if copies <= needed:
        message = f"{component.label} runs {counted(copies, 'copy')}, and the peak needs {needed}: none is spare"
        mends = _copies(component, needed + 1)
        return _failed(component, facts, message, _more(component, needed + 1), mends, copies=copies, needed=needed)
    return _spread(component, facts, copies, needed)


def _spread(component: Component, facts: Facts, copies: int, needed: int) -> Verdict:
    target = promise_of(component, facts)
    if (component.zones or 0) >= 2 or (target is not None and target < STRICT):
        return passed(copies=copies, needed=needed, zones=component.zones)
    if component.zones is None:
        return unknown(f"components.{component.id}.zones")
    message = f"all {copies} copies of {component.label} are in one zone"
    mends = (mend(f"components.{component.id}", zones=2),)
    return _failed(component, facts, message, ("zones = 2",), mends, field="zones", copies=copies, zones=1)


def _what(component: Component) -> str:
    shards = component.shards or 1
    return f"each of the {shards} shards of {component.label}" if shards > 1 else component.label


def _more(component: Component, copies: int) -> tuple[str, ...]:
    more = f"{copies} instances in 2 zones instead of {counted(component.instances or 1, 'instance')}"
    replica = ('or a read replica in another zone with failover.mode = "automatic"',)
    away = "or a fallback (or hard = false) on the calls to it, where callers can do without"
    return (more, *(replica if component.kind in DURABLE_STORES else ()), away)


def _automatic(component: Component, facts: Facts) -> Mend:
    """A takeover without a person, by a copy in another zone where one zone is too few."""
    takeover, place = mend(f"components.{component.id}.failover", mode="automatic"), f"components.{component.id}"
    target = promise_of(component, facts)
    is_enough = component.zones != 1 or (target is not None and target < STRICT)
    return takeover if is_enough else together(takeover, mend(place, zones=2))


def _enough(component: Component, facts: Facts) -> int:
    """Two, or one more than the peak needs."""
    return max(2, (facts.estimates.components[component.id].instances_needed or 1) + 1)


def _copies(component: Component, copies: int) -> tuple[Mend, ...]:
    place, because = f"components.{component.id}", "one more than the peak needs"
    if (component.zones or 1) > 1:
        return (mend(place, because, instances=copies),)
    return (mend(place, because, instances=copies, zones=2),)


def _failed(
    component: Component,
    facts: Facts,
    message: str,
    fix: tuple[str, ...],
    mends: tuple[Mend, ...] = (),
    field: str = "instances",
    **evidence: object,
) -> Verdict:
    target = promise_of(component, facts)
    severity = Severity.ERROR if target is not None and target >= STRICT else Severity.WARNING
    evidence["target"] = target
    return failed(message, evidence=evidence, fix=fix, mends=mends, severity=severity, field=field)


RULE = Rule(
    id="REL001",
    title="Single point of failure",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("redundancy-across-zones", "active-passive-failover", "fallback"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL10-BP01 and REL11-BP02 (2024)",
        "Richard E. Barlow and Frank Proschan, Mathematical Theory of Reliability (1965)",
    ),
)

FLAGGED = """
[requirements.availability]
target = 0.999
[components.web]
kind = "client"
[components.api]
kind = "service"
instances = 1
[connections.web-api]
from = "web"
to = "api"
"""

FINE = """
[requirements.availability]
target = 0.999
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 3
[components.web]
kind = "client"
[components.api]
kind = "service"
instances = 3
zones = 3
capacity_rps = 200
[components.mail]
kind = "external"
[connections.web-api]
from = "web"
to = "api"
[connections.api-mail]
from = "api"
to = "mail"
fallback = "the message is sent later"
"""

UNKNOWN = """
[components.web]
kind = "client"
[components.db]
kind = "database"
instances = 1
read_replicas = 1
zones = 2
[connections.web-db]
from = "web"
to = "db"
"""
