"""A queue evens out peaks; it does not make a consumer faster.

## Why it matters
While more comes than is taken, the queue grows by the difference, every second, whatever its length. Nobody sees an
error. What is taken is older and older, until it is thrown away, or the broker runs out of memory and takes everybody
else's messages with it. Behind a peak that is a delay; behind an average that is too high it is for ever.

## What to do
Enough consumers for the peak, and half as many again to catch up after one. As many partitions as consumers, or the
later ones get nothing. Batches where each message costs a transaction. Or less to do: drop what nobody will read.

## When it is fine
A backlog at peak that is gone before the next one, for work that may wait: it is a warning with the time it takes. With
autoscaling the most copies count.
"""

from studio.estimates.sides.results import Backlog
from studio.model.component import Component
from studio.model.kinds import MESSAGING
from studio.red_flags import missing
from studio.red_flags.facts import Facts
from studio.red_flags.headroom import more_consumers, most_instances
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration
from studio.units import grouped


def check(queue: Component, facts: Facts) -> Verdict:
    """Fails a queue or stream that never drains; warns when it grows during the peak."""
    backlog = facts.estimates.backlogs.get(queue.id) if queue.kind in MESSAGING else None
    if backlog is None:
        return not_applicable()
    if backlog.growth_rps is None:
        return _cannot_tell(queue, facts)
    slow = facts.design.component[backlog.waits_for or queue.id]
    arrival, drain = backlog.arrival_rps or 0.0, backlog.drain_rps
    evidence: dict[str, object] = {"arrival_rps": arrival, "drain_rps": drain, "drain_minutes": backlog.drain_minutes}
    most = drain if drain is None else _at_most(drain, slow, queue)
    if backlog.growth_rps <= 0 or most is None or most >= arrival:
        return passed(**evidence)
    return _behind(queue, slow, backlog, most, evidence)


def _cannot_tell(queue: Component, facts: Facts) -> Verdict:
    consumers = (facts.design.component[call.target] for call in facts.design.calls_of[queue.id])
    silent = [field for consumer in consumers for field in missing.of_utilisation(consumer, facts)]
    return unknown(*silent) if silent else not_applicable()


def _at_most(drain: float, consumer: Component, queue: Component) -> float:
    """What the consumer takes with all the instances it may have and that get a partition."""
    now, most = consumer.instances or 1, most_instances(consumer)
    fed = most if queue.shards is None else min(most, queue.shards)
    return drain * max(1.0, fed / (now if queue.shards is None else min(now, queue.shards)))


def _behind(queue: Component, slow: Component, backlog: Backlog, most: float, evidence: dict[str, object]) -> Verdict:
    arrival = backlog.arrival_rps or 0.0
    for_ever = backlog.drain_minutes is None
    after = "never drains" if for_ever else f"drains {duration((backlog.drain_minutes or 0) * 60_000)} after the peak"
    has_copies = slow.id != queue.id and most > 0
    by_copies = _copies_for(queue, slow, arrival / most) if has_copies else None
    fix = by_copies or f"{slow.label} that takes {grouped(arrival)} messages/s instead of {grouped(most)}"
    return failed(
        f"{grouped(arrival)} messages/s come to {queue.label} at peak and {slow.label} takes {grouped(most)}: it "
        f"grows by {grouped(arrival - most)} a second and {after}",
        evidence=evidence,
        fix=(fix, "or batches, so that each message costs less", "or fewer messages: drop or merge what nobody reads"),
        mends=(more_consumers(queue, slow, arrival / most),) if has_copies else (),
        severity=Severity.ERROR if for_ever else None,
    )


def _copies_for(queue: Component, slow: Component, factor: float) -> str:
    from studio.estimates.formulas.sizing import whole

    copies = most_instances(slow)
    wanted = whole(copies * factor)
    tied = queue.shards is not None and queue.shards < wanted
    partitions = f", and {wanted} partitions of {queue.label} instead of {queue.shards}" if tied else ""
    return f"{wanted} instances of {slow.label} instead of {copies}{partitions}"


RULE = Rule(
    id="CAP011",
    title="Consumer slower than its producer",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("horizontal-scaling", "batching", "backpressure", "load-shedding"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL05-BP04 (2024)",
        "Amazon Builders' Library, Avoiding insurmountable queue backlogs (2019)",
    ),
)

_MAIL = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 3
[components.web]
kind = "client"
[components.mail]
kind = "queue"
managed = true
[components.sender]
kind = "worker"
instances = 2
{capacity}
[connections.web-mail]
from = "web"
to = "mail"
mode = "async"
[connections.mail-sender]
from = "mail"
to = "sender"
mode = "async"
"""

FLAGGED = _MAIL.format(capacity="capacity_rps = 40")

FINE = _MAIL.format(capacity="capacity_rps = 200")

UNKNOWN = _MAIL.format(capacity="")
