"""A message that is delivered at least once is some day delivered twice.

## Why it matters
A consumer that dies between doing and acknowledging, a rebalance, a visibility timeout shorter than the work: each
hands the same message out again, in a healthy system, every week. If handling it charges a card or adds to a counter,
the second time does it again, and nothing in the logs looks wrong.

## What to do
Let the consumer remember what it has done, in the same transaction that does it: the message id in a table with a
unique key, an upsert by natural key, a version that must match. Then say idempotent = true.

## When it is fine
Messages that change nothing, may be lost (at most once), or are said to come exactly once. A consumer whose writes are
all idempotent is so itself.
"""

from studio.edits.mend import mend
from studio.model.connection import Connection
from studio.red_flags.deliveries import ends_of, is_delivery
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown

ONCE = ("at-most-once", "exactly-once")


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a delivery that may come twice to a consumer of which it is said that twice does more than once."""
    if not is_delivery(connection, facts) or connection.delivery in ONCE or connection.mutating is False:
        return not_applicable()
    if connection.idempotent or (connection.idempotent is None and _writes_only_once(connection, facts)):
        return passed(delivery=connection.delivery)
    lacking = [name for name in ("delivery", "mutating", "idempotent") if getattr(connection, name) is None]
    if lacking:
        return unknown(*(f"connections.{connection.id}.{name}" for name in lacking))
    source, consumer = (facts.design.component[end].label for end in ends_of(connection, facts))
    return failed(
        f"{source} delivers to {consumer} at least once, and a message that comes twice is done twice",
        evidence={"delivery": connection.delivery, "idempotent": False},
        fix=(
            f"{consumer} stores the message id with a unique key, in the transaction that does the work",
            "or writes by an upsert with a natural key, or only when a version matches",
            f"then idempotent = true on connections.{connection.id}",
        ),
        mends=(mend(f"connections.{connection.id}", idempotent=True),),
        field="idempotent",
    )


def _writes_only_once(connection: Connection, facts: Facts) -> bool:
    """Whether all writes of the consumer may be repeated."""
    writes = [call for call in facts.design.calls_of[ends_of(connection, facts)[1]] if call.mutating]
    return bool(writes) and all(call.idempotent for call in writes)


RULE = Rule(
    id="REL013",
    title="Consumer not idempotent",
    severity=Severity.ERROR,
    scope="connections",
    check=check,
    patterns=("idempotency-key",),
    sources=(
        "Gregor Hohpe and Bobby Woolf, Enterprise Integration Patterns, Idempotent Receiver (2003)",
        "AWS Well-Architected, Reliability Pillar, REL04-BP04 (2024)",
    ),
)

_PAYMENTS = """
[components.orders]
kind = "queue"
[components.payments]
kind = "worker"
[connections.orders-payments]
from = "orders"
to = "payments"
mode = "async"
delivery = "at-least-once"
mutating = true
{said}
"""

FLAGGED = _PAYMENTS.format(said="idempotent = false")

FINE = _PAYMENTS.format(said="idempotent = true")

UNKNOWN = _PAYMENTS.format(said="")
