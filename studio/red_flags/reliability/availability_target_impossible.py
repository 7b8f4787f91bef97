"""A promise cannot be better than the product of everything it rests on.

## Why it matters
Serial dependencies multiply: 99.99 % · 99.95 % · 99.95 % · 99.9 % is 99.79 %, or 91 minutes a month where 99.9 %
allows 43. No alert and no heroism changes the product; the promise is broken in the design.

## What to do
Shorten the product. A call that may fail without failing the request (a fallback, a queue, a stale answer) drops out
of it. Then make the weakest factor better: one more copy than the peak needs, another zone, a better plan of the
vendor. What remains is a decision: promise less, in writing.

## When it is fine
A journey without a promise: one that realises no must requirement and has no target of its own. The design's target
holds for the must journeys, a journey's own target before it.
"""

from studio.estimates.formulas.availability import downtime_minutes_per_month
from studio.estimates.reliability import hard_parts
from studio.estimates.what_breaks.remedies import Remedy, more_available
from studio.model.behaviour import Journey
from studio.model.design import Design
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted, ratio
from studio.units import grouped, point

ROUNDING = 1e-9


def check(subject: Journey | Design, facts: Facts) -> Verdict:
    """Fails a journey whose availability, as estimated, is below its target."""
    if isinstance(subject, Design):
        wanted = facts.availability_target is not None and bool(subject.connections)
        return unknown("journeys") if wanted else not_applicable()
    target = _target(subject, facts)
    if target is None:
        return unknown("requirements.availability.target") if facts.is_must(subject) else not_applicable()
    if not subject.steps:
        return unknown(f"journeys.{subject.id}.steps")
    if not facts.flow_of(subject).calls:
        return not_applicable()
    got = facts.estimates.journeys[subject.id].availability
    if got is None:
        return unknown(*missing.of_availability(subject, facts))
    if 1 - got <= (1 - target) * (1 + ROUNDING):
        return passed(availability=got, target=target)
    remedy = _remedy(subject, target, facts)
    return failed(
        _message(subject, got, target),
        evidence={"availability": got, "target": target},
        fix=_fixes(subject, got, target, remedy, facts),
        mends=remedy.mends if remedy else (),
        field="availability",
    )


def _target(journey: Journey, facts: Facts) -> float | None:
    if journey.availability is not None:
        return point(journey.availability)
    return facts.availability_target if facts.is_must(journey) else None


def _message(journey: Journey, got: float, target: float) -> str:
    lost, allowed = downtime_minutes_per_month(got), downtime_minutes_per_month(target)
    return (
        f"{journey.label} works {ratio(got)} of the time where {ratio(target)} is promised: "
        f"{grouped(lost)} minutes down a month, {grouped(allowed)} are allowed"
    )


def _hard_parts(journey: Journey, facts: Facts) -> dict[str, float]:
    """The availability of each part the journey cannot do without."""
    parts = hard_parts(facts.estimates.working.basis, journey)
    return {part: facts.estimates.components[part].availability or 0.0 for part in parts}


def _remedy(journey: Journey, target: float, facts: Facts) -> Remedy | None:
    """What would keep the promise; nothing where a vendor runs the weakest part."""
    known = _hard_parts(journey, facts)
    weakest = facts.design.component[min(known, key=lambda part: known[part])]
    managed = facts.numbers(weakest).managed
    return None if managed else more_available(facts.estimates.working, journey.id, target)


def _fixes(journey: Journey, got: float, target: float, remedy: Remedy | None, facts: Facts) -> tuple[str, ...]:
    known = _hard_parts(journey, facts)
    weakest = min(known, key=lambda part: known[part])
    name, own = facts.design.component[weakest].label, known[weakest]
    needed = target * own / got if got else 1.0
    reach = f"must reach {ratio(needed)}" if needed < 1 else "cannot mend it alone"
    without = f": without it {ratio(got / own)} remain" if own else ""
    return (
        f"{name}, the weakest of its {counted(len(known), 'hard part')} at {ratio(own)}, {reach}",
        *((f"that is: {remedy.words}",) if remedy else ()),
        f"a fallback, or hard = false, on the calls to {name}{without}",
        f"or promise at most {ratio(got)}, by decision",
    )


RULE = Rule(
    id="REL002",
    title="Availability target impossible",
    severity=Severity.ERROR,
    scope="flows",
    check=check,
    patterns=("fallback", "async-processing", "redundancy-across-zones"),
    sources=(
        "Ben Treynor, Mike Dahlin, Vivek Rau and Betsy Beyer, The Calculus of Service Availability, ACM Queue (2017)",
        "AWS Well-Architected, Reliability Pillar, REL11-BP07 (2024)",
    ),
)

_CHAIN = """
[requirements.availability]
target = 0.999
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 1
[components.web]
kind = "client"
[components.api]
kind = "service"
managed = true
availability = 0.9999
[components.db]
kind = "database"
managed = true
{db}
[connections.web-api]
from = "web"
to = "api"
[connections.api-db]
from = "api"
to = "db"
[journeys.read]
share = 1
steps = ["web-api", "api-db"]
"""

FLAGGED = _CHAIN.format(db="availability = 0.995")

FINE = _CHAIN.format(db="availability = 0.9995")

UNKNOWN = _CHAIN.format(db="")
