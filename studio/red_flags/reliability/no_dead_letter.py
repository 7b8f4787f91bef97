"""One message that can never be handled must not stop all that come after it.

## Why it matters
At least once means: again, until somebody says done. A message that makes its consumer fail comes back for ever. In a
stream it holds up its partition, in a queue it takes each consumer down in turn, and the backlog behind it grows until
somebody deletes it by hand at night, often with others.

## What to do
Set a message aside after a few tries (three is a good start), into a place of its own. An alert on that place that is
not empty, because it fills silently; and a tool that puts a message back once the fault is mended, because somebody
will need it for ten thousand of them.

## When it is fine
Messages that may be lost (at most once), and calls somebody waits for: there the caller is told. Into a queue nothing
is set aside; it is on the way out of it that handling fails.
"""

from studio.edits.mend import mend
from studio.model.connection import Connection
from studio.red_flags.deliveries import ends_of, is_delivery, queue_edges
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a delivery that is repeated until it succeeds, with no place for what never will."""
    if not is_delivery(connection, facts):
        return not_applicable()
    if connection.delivery == "at-most-once":
        return not_applicable()
    if connection.dead_letter or _set_aside_elsewhere(connection, facts):
        return passed(delivery=connection.delivery)
    if connection.delivery is None:
        return unknown(f"connections.{connection.id}.delivery")
    if connection.dead_letter is None:
        return unknown(f"connections.{connection.id}.dead_letter")
    source, consumer = (facts.design.component[end].label for end in ends_of(connection, facts))
    return failed(
        f"a message from {source} that {consumer} cannot handle comes back for ever: nothing sets it aside",
        evidence={"delivery": connection.delivery, "dead_letter": False},
        fix=(
            "a dead-letter queue after three tries, with an alert when it is not empty",
            f"then dead_letter = true on connections.{connection.id}",
            'or delivery = "at-most-once", where a lost message does no harm',
        ),
        mends=(mend(f"connections.{connection.id}", dead_letter=True),),
        field="dead_letter",
    )


def _set_aside_elsewhere(connection: Connection, facts: Facts) -> bool:
    ends = (connection.source, connection.target, connection.id)
    if any(facts.has_pattern("dead-letter-queue", on=end) for end in ends):
        return True
    return connection.dead_letter is None and any(edge.dead_letter for edge in queue_edges(connection, facts))


RULE = Rule(
    id="REL012",
    title="No dead-letter path",
    severity=Severity.ERROR,
    scope="connections",
    check=check,
    patterns=("dead-letter-queue",),
    sources=(
        "Gregor Hohpe and Bobby Woolf, Enterprise Integration Patterns, Dead Letter Channel (2003)",
        "incident.io, Intermittent downtime from repeated crashes (2022)",
    ),
)

_MAIL = """
[components.outbox]
kind = "queue"
[components.mailer]
kind = "worker"
[connections.outbox-mailer]
from = "outbox"
to = "mailer"
mode = "async"
delivery = "at-least-once"
{said}
"""

FLAGGED = _MAIL.format(said="dead_letter = false")

FINE = _MAIL.format(said="dead_letter = true")

UNKNOWN = _MAIL.format(said="")
