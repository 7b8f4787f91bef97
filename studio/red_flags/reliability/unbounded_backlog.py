"""A backlog must be worked off sooner than anybody is allowed to wait for it.

## Why it matters
An hour without consumers leaves an hour of messages. What works them off is only the room beside the traffic that
keeps coming: at 200 messages a second and consumers for 210, an hour of outage takes twenty hours to go. The outage is
over on the status page and goes on for users, who try again and make it longer.

## What to do
More consumers than the peak needs, or some that can be added quickly: an hour is worked off within an hour when they
take twice what comes. Let old messages expire where nobody wants them any more, take the newest first, or give urgent
ones a queue of their own. And give the queue an end: max_length or max_age, with an answer for the producer.

## When it is fine
When what is older than the longest outage promised is dropped anyway, or producers are slowed down before it piles up
(backpressure). Consumers that do not even keep up with the peak are another flag (CAP011).
"""

from studio.edits.mend import Mend, mend
from studio.estimates.defaults import CONSUMER_OUTAGE
from studio.model.component import Component
from studio.model.kinds import MESSAGING
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import more_consumers, most_instances
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration, rate, rounded_up
from studio.units import Dimension, as_written, point

SLOWING = ("backpressure", "load-shedding")


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a queue whose consumers need longer for an hour's backlog than an outage may last."""
    backlog = facts.estimates.backlogs.get(component.id) if component.kind in MESSAGING else None
    if backlog is None:
        return not_applicable()
    longest = facts.design.requirements.availability.recovery_time
    if backlog.catch_up_minutes is None:
        return _without_figure(component, facts)
    if longest is None:
        return unknown("requirements.availability.recovery_time")
    expires = component.max_age is not None and point(component.max_age) <= point(longest)
    if 60 * backlog.catch_up_minutes > point(longest) and not expires and not _slows(component, facts):
        return _failed(component, facts, backlog.catch_up_minutes, point(longest))
    return _bounded(component, facts) or passed(catch_up_minutes=backlog.catch_up_minutes)


def _failed(component: Component, facts: Facts, minutes: float, longest: float) -> Verdict:
    backlog = facts.estimates.backlogs[component.id]
    arriving = backlog.arrival_rps or 0.0
    consumer = facts.design.component[backlog.waits_for or component.id]
    enough = rounded_up(arriving * (1 + CONSUMER_OUTAGE.value / longest)) if longest > 0 else None
    more = f"{consumer.label} for {rate(enough)} instead of {rate(backlog.drain_rps or 0.0)}" if enough else None
    return failed(
        f"after {duration(1000 * CONSUMER_OUTAGE.value)} without consumers at peak {component.label} needs another "
        f"{duration(60_000 * minutes)} to catch up, and an outage may last {duration(1000 * longest)}",
        evidence={
            "catch_up_minutes": minutes,
            "arrival_rps": arriving,
            "drain_rps": backlog.drain_rps,
            "recovery_time_s": longest,
        },
        fix=(
            *((more,) if more else ()),
            f"or max_age on components.{component.id}: what is too old is dropped, and the producer knows it",
        ),
        mends=_mends(component, consumer, backlog.drain_rps, enough, longest),
        field="max_age",
    )


def _mends(
    queue: Component, consumer: Component, drain: float | None, enough: float | None, longest: float
) -> tuple[Mend, ...]:
    """More consumers, or messages that are dropped when they are too old to matter."""
    older = mend(f"components.{queue.id}", max_age=as_written(longest, Dimension.DURATION))
    may_drop = (older,) if longest > 0 else ()
    if not drain or not enough or consumer.id == queue.id:
        return may_drop
    because = f"{rate(enough)} instead of {rate(drain)}"
    most = most_instances(consumer) / (consumer.instances or 1)
    return (more_consumers(queue, consumer, enough / drain / most)._replace(because=because), *may_drop)


def _without_figure(component: Component, facts: Facts) -> Verdict:
    """What can be said where the time to catch up has no value: consumers that never do are another rule's."""
    backlog = facts.estimates.backlogs[component.id]
    if backlog.arrival_rps is None:
        consumers = (facts.design.component[c.target] for c in facts.design.calls_of[component.id])
        silent = tuple(field for c in consumers for field in missing.of_utilisation(c, facts))
        return unknown(*silent) if silent else not_applicable()
    if backlog.drain_rps is None:
        return _bounded(component, facts) or passed(arrival_rps=backlog.arrival_rps)
    return not_applicable()


def _bounded(component: Component, facts: Facts) -> Verdict | None:
    """Unknown where nobody says how much the queue may hold."""
    if component.max_length is None and component.max_age is None and not _slows(component, facts):
        return unknown(f"components.{component.id}.max_length", f"components.{component.id}.max_age")
    return None


def _slows(component: Component, facts: Facts) -> bool:
    ends = (component.id, *(call.source for call in facts.design.callers_of[component.id]))
    return any(facts.has_pattern(*SLOWING, on=end) for end in ends)


RULE = Rule(
    id="REL015",
    title="Backlog outlasts the outage",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("backpressure", "load-shedding", "horizontal-scaling", "autoscaling"),
    sources=(
        "David Yanacek, Avoiding insurmountable queue backlogs, Amazon Builders' Library (2019)",
        "AWS Well-Architected, Reliability Pillar, REL05-BP04 (2024)",
    ),
)

_ORDERS = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 2
[requirements.availability]
recovery_time = "1 h"
[components.web]
kind = "client"
[components.orders]
kind = "queue"
{bound}
[components.packing]
kind = "worker"
capacity_rps = {capacity}
[connections.web-orders]
from = "web"
to = "orders"
mode = "async"
[connections.orders-packing]
from = "orders"
to = "packing"
mode = "async"
"""

FLAGGED = _ORDERS.format(bound="max_length = 10_000_000", capacity=260)

FINE = _ORDERS.format(bound="max_length = 10_000_000", capacity=500)

UNKNOWN = _ORDERS.format(bound="", capacity=500)
