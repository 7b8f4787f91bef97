"""A response time that the hops of a journey do not allow will not be met by hoping.

## Why it matters
A journey's p99 follows from its hops: their own times, their queues at peak, the network between them. Percentiles do
not add: the sum of five p99 is twice the p99 of the sum. So neither the optimist's mean nor the pessimist's sum tells;
the distribution does, and when it is over the budget on paper, nothing in production makes it faster.

## What to do
Look at the hop that takes most: serve it from a cache, do it at the same time as another, do it later, or do it less
often. Where a queue takes most, add instances before touching code. Else renegotiate the budget with the number.

## When it is fine
A journey without a budget: one that realises no must requirement and has no p99 of its own.
"""

from math import fsum

from studio.estimates.journeys import way
from studio.estimates.what_breaks.remedies import Remedy, more_speed
from studio.model.behaviour import Journey
from studio.model.design import Design
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration, percent
from studio.text import listed
from studio.units import point

ROUNDING = 1e-9


def check(subject: Journey | Design, facts: Facts) -> Verdict:
    """Warns when a journey's estimated p99 is above its budget; an error above 1.2 times of it."""
    if isinstance(subject, Design):
        wanted = subject.requirements.performance.p99 is not None and bool(subject.connections)
        return unknown("journeys") if wanted else not_applicable()
    budget = _budget(subject, facts)
    if budget is None:
        return unknown("requirements.performance.p99") if facts.is_must(subject) else not_applicable()
    if not subject.steps:
        return unknown(f"journeys.{subject.id}.steps")
    if not way(facts.estimates.working.basis, subject).calls:
        return not_applicable()
    got = facts.estimates.journeys[subject.id].p99_ms
    if got is None:
        return _without_an_end(subject, budget, facts)
    if got <= budget * (1 + ROUNDING):
        return passed(p99_ms=got, budget_ms=budget)
    remedy = more_speed(facts.estimates.working, subject.id, "p99_ms", budget / 1000)
    return failed(
        f"{subject.label} takes {duration(got)} at p99 where {duration(budget)} are allowed",
        evidence={"p99_ms": got, "budget_ms": budget},
        fix=_fixes(subject, got, budget, remedy, facts),
        mends=remedy.mends if remedy else (),
        severity=Severity.ERROR if got > facts.thresholds_for(subject).latency_error * budget else None,
        field="p99",
    )


def _budget(journey: Journey, facts: Facts) -> float | None:
    wanted = journey.p99 or (facts.design.requirements.performance.p99 if facts.is_must(journey) else None)
    return None if wanted is None else 1000 * point(wanted)


def _without_an_end(journey: Journey, budget: float, facts: Facts) -> Verdict:
    reached = way(facts.estimates.working.basis, journey).reached
    drowned = [id_ for id_ in sorted(reached) if (facts.estimates.components[id_].utilisation or 0.0) >= 1]
    if not drowned:
        return unknown(*missing.of_response_time(journey, facts))
    names = listed(facts.design.component[id_].label for id_ in drowned)
    return failed(
        f"{journey.label} has no p99 to hold against {duration(budget)}: {names} cannot keep up, so waiting has no end",
        evidence={"budget_ms": budget, "overloaded": drowned},
        fix=(f"bring {names} below 70 % of the capacity first (CAP001)",),
        severity=Severity.ERROR,
        field="p99",
    )


def _fixes(journey: Journey, got: float, budget: float, remedy: Remedy | None, facts: Facts) -> tuple[str, ...]:
    times = _mean_times(journey, facts)
    slowest = max(times, key=lambda id_: times[id_])
    component = facts.design.component[slowest]
    share = times[slowest] / (fsum(times.values()) or 1.0)
    first = (
        f"take {duration(got - budget)} off the p99: {component.label} makes {percent(share)} of the time "
        f"({duration(times[slowest])} of the mean)"
    )
    later = "or do at the same time (at_once), later (async) or from a cache what need not be done in a row"
    return (*((remedy.words,) if remedy else ()), first, later, f"or allow {duration(got)}, by decision")


def _mean_times(journey: Journey, facts: Facts) -> dict[str, float]:
    """The mean milliseconds each component takes of one request, its own time in all its synchronous calls."""
    times: dict[str, float] = {}
    for connection in (facts.design.connection[step] for step in journey.steps):
        calls = 1.0 if connection.calls_per_request is None else point(connection.calls_per_request)
        own = (facts.estimates.components[connection.target].mean_ms or 0.0) * connection.is_synchronous
        times[connection.target] = times.get(connection.target, 0.0) + calls * own
    return times


RULE = Rule(
    id="CAP010",
    title="Latency budget exceeded",
    severity=Severity.WARNING,
    scope="flows",
    check=check,
    patterns=("cache-aside", "async-processing", "materialized-view"),
    sources=(
        "Jeffrey Dean and Luiz André Barroso, The Tail at Scale, Communications of the ACM (2013)",
        "Leonard Kleinrock, Queueing Systems, volume 1 (1975)",
    ),
)

_JOURNEY = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 1
[requirements.performance]
p99 = "200 ms"
[components.web]
kind = "client"
[components.api]
kind = "service"
instances = 4
capacity_rps = 100
{latency}
[connections.web-api]
from = "web"
to = "api"
network = "1 ms"
[journeys.read]
share = 1
steps = ["web-api"]
"""

FLAGGED = _JOURNEY.format(latency='latency = "80 ms"')

FINE = _JOURNEY.format(latency='latency = "20 ms"')

UNKNOWN = _JOURNEY.format(latency="")
