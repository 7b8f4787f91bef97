"""A write that may be tried twice may happen twice.

## Why it matters
A timeout does not say that nothing happened; it says that nobody knows. A retry of a write whose first attempt did
succeed books the order again, charges the card again, sends the message again. It shows under load, when timeouts
begin, and never in a test.

## What to do
Give each request an idempotency key that the callee stores with the result, or make the write conditional on a
version or a natural key. Then say idempotent = true. Where neither can be had: one attempt, and an answer that says
that the outcome is unknown.

## When it is fine
Reads, and writes that say the same thing however often they are said: setting a value, deleting by id.
"""

from studio.edits.mend import mend
from studio.model.connection import Connection
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a retried write of which nothing says that twice does no more than once."""
    if connection.tries == 1:
        return not_applicable()
    if connection.idempotent:
        return passed(attempts=connection.tries, idempotent=True)
    if connection.mutating is False or (connection.mutating is None and connection.traffic == "reads"):
        return not_applicable()
    if connection.mutating is None and connection.traffic != "writes":
        return unknown(f"connections.{connection.id}.mutating")
    caller, callee = (facts.design.component[end].label for end in (connection.source, connection.target))
    place = f"connections.{connection.id}"
    return failed(
        f"{caller} tries a write to {callee} up to {connection.tries} times, and nothing keeps it from happening twice",
        evidence={"attempts": connection.tries, "idempotent": connection.idempotent},
        fix=(
            f"an idempotency key that {callee} stores; then idempotent = true on connections.{connection.id}",
            "or attempts = 1",
        ),
        mends=(mend(place, idempotent=True), mend(place, attempts=1)),
        field="attempts",
    )


RULE = Rule(
    id="REL006",
    title="Retry without idempotency",
    severity=Severity.ERROR,
    scope="connections",
    check=check,
    patterns=("idempotency-key",),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL04-BP04 and REL05-BP03 (2024)",
        "Pat Helland, Idempotence Is Not a Medical Condition, ACM Queue (2012)",
    ),
)

_CALL = """
[components.api]
kind = "service"
[components.payments]
kind = "external"
[connections.api-payments]
from = "api"
to = "payments"
timeout = "2 s"
attempts = 3
{said}
"""

FLAGGED = _CALL.format(said="mutating = true")

FINE = _CALL.format(said="mutating = true\nidempotent = true")

UNKNOWN = _CALL.format(said="")
