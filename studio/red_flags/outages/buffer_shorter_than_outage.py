"""A buffer has to be longer than the outage it is there for.

## Why it matters
The queue is drawn so that nobody notices when its consumer is down. It holds what its length or age allows, and then
it drops the oldest, or refuses the newest, or fills the disk it shares. If that comes before the consumer may be back,
the queue has moved the outage by twenty minutes and added a loss that was acknowledged to somebody.

## What to do
Work out peak rate × the longest outage promised and give it that much room, with some to spare: 500 messages a second
for an hour are 1.8 million. Where that is too much, slow the producers down before it is full, and let them know what
was not taken.

## When it is fine
What may be lost (at most once), and what is worthless when it is old. A queue that is refilled from its source.
"""

from typing import Any

from studio.edits.mend import Mend, mend
from studio.model.component import Component
from studio.model.kinds import MESSAGING
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration, rounded_up
from studio.units import Dimension, as_written, grouped, point

SLOWING = ("backpressure", "load-shedding")


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a queue or stream that loses messages before its consumers may be back."""
    deliveries = facts.design.calls_of[component.id]
    backlog = facts.estimates.backlogs.get(component.id) if component.kind in MESSAGING else None
    lossy = deliveries and all(call.delivery == "at-most-once" for call in deliveries)
    if backlog is None or lossy or (component.max_length is None and component.max_age is None):
        return not_applicable()
    longest = facts.design.requirements.availability.recovery_time
    if longest is None:
        return unknown("requirements.availability.recovery_time")
    held = backlog.holds_outage_minutes
    if held is None:
        silent = missing.of_peak(component, facts) if backlog.arrival_rps is None else ()
        return unknown(*silent) if silent else passed(recovery_time_s=point(longest))
    if 60 * held >= point(longest) or _slows(component, facts):
        return passed(holds_outage_minutes=held, recovery_time_s=point(longest))
    return failed(
        f"{component.label} is full after {duration(60_000 * held)} without consumers at peak, and an outage may last "
        f"{duration(1000 * point(longest))}",
        evidence={"holds_outage_minutes": held, "recovery_time_s": point(longest)},
        fix=_fixes(component, held, point(longest)),
        mends=_mends(component, backlog.arrival_rps or 0.0, point(longest)),
        field="max_length" if component.max_length is not None else "max_age",
    )


def _mends(component: Component, arriving: float, longest: float) -> tuple[Mend, ...]:
    """Both bounds, as far as they are too tight for the longest outage."""
    wanted: dict[str, Any] = {}
    if component.max_age is not None and point(component.max_age) < longest:
        wanted["max_age"] = as_written(longest, Dimension.DURATION)
    if component.max_length is not None and point(component.max_length) < arriving * longest:
        wanted["max_length"] = int(rounded_up(arriving * longest))
    because = f"an outage may last {duration(1000 * longest)}, at {grouped(arriving)} messages/s"
    return (mend(f"components.{component.id}", because, **wanted),) if wanted else ()


def _fixes(component: Component, held: float, longest: float) -> tuple[str, ...]:
    """More room where the length is what ends, more time where the age is; and producers that are told."""
    by_age = component.max_age is not None and point(component.max_age) <= 60 * held * 1.001
    if by_age or component.max_length is None or held <= 0:
        room = f"max_age of {duration(1000 * longest)} or more on components.{component.id}"
    else:
        most = point(component.max_length)
        room = f"max_length of {grouped(rounded_up(most * longest / (60 * held)))} instead of {grouped(most)}"
    return (room, "or producers that are slowed down before it is full: pattern backpressure")


def _slows(component: Component, facts: Facts) -> bool:
    ends = (component.id, *(call.source for call in facts.design.callers_of[component.id]))
    return any(facts.has_pattern(*SLOWING, on=end) for end in ends)


RULE = Rule(
    id="OUT012",
    title="Buffer shorter than the outage",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("backpressure", "load-shedding", "dead-letter-queue"),
    sources=(
        "David Yanacek, Avoiding insurmountable queue backlogs, Amazon Builders' Library (2019)",
        "Google, Site Reliability Engineering, chapter 25, Data Processing Pipelines (2016)",
    ),
)

_ORDERS = """
[requirements.scale]
{users}
requests_per_user_per_day = 100
peak_factor = 5
[requirements.availability]
recovery_time = "1 h"
[components.web]
kind = "client"
[components.orders]
kind = "queue"
max_length = {most}
[components.packing]
kind = "worker"
capacity_rps = 2_000
[connections.web-orders]
from = "web"
to = "orders"
mode = "async"
[connections.orders-packing]
from = "orders"
to = "packing"
mode = "async"
"""

FLAGGED = _ORDERS.format(users="daily_active_users = 86_400", most="500_000")

FINE = _ORDERS.format(users="daily_active_users = 86_400", most="2_000_000")

UNKNOWN = _ORDERS.format(users="", most="2_000_000")
