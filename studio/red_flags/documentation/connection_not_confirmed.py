"""An import draws arrows it is not sure of; until somebody looks at them, figures and rules rest on a guess.

## Why it matters
That one thing starts after another does not say that it calls it, and a published port does not say who comes. Load,
availability and half of the rules follow the arrows: one arrow too many makes an innocent component the bottleneck.

## What to do
Look at each arrow the import was not certain of. Delete what is no call; where it is one, take the confidence away or
write `confidence = "certain"`.

## When it is fine
On the day of the import. What is likely is asked for, what is a guess is told.
"""

from studio.model.connection import Connection
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown


def check(connection: Connection, facts: Facts) -> Verdict:
    """Notes a connection that an import guessed; cannot tell of one it found likely."""
    if connection.confidence is None:
        return not_applicable()
    if connection.confidence == "certain":
        return passed()
    if connection.confidence == "likely":
        return unknown(f"connections.{connection.id}.confidence")
    source, target = (facts.design.component[end].label for end in (connection.source, connection.target))
    return failed(
        f"the connection from {source} to {target} is a guess of an import that nobody confirmed",
        evidence={"confidence": connection.confidence},
        fix=(f"delete connections.{connection.id}, or write connections.{connection.id}.confidence = \"certain\"",),
        field="confidence",
    )  # fmt: skip


RULE = Rule(
    id="DOC009",
    title="Connection not confirmed",
    severity=Severity.NOTE,
    scope="connections",
    check=check,
    sources=("Compose Specification, depends_on: order of start-up and shutdown (2024)",),
)

_CALL = """
[components.api]
kind = "service"
[components.db]
kind = "database"
[connections.api-db]
from = "api"
to = "db"
confidence = "{confidence}"
"""

FLAGGED = _CALL.format(confidence="guess")

FINE = _CALL.format(confidence="certain")

UNKNOWN = _CALL.format(confidence="likely")
