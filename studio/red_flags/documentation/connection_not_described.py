"""An arrow says that two things know each other; what they say to each other is the design.

## Why it matters
Whether somebody waits, what travels and in which protocol decide about latency, failure and privacy. Where the arrow
does not say it, each of the two teams assumes something, and the rules that look after it can only ask.

## What to do
Three words for each: protocol, data, and for queues and streams the mode. What it carries, in data, is what most rules
about privacy and consistency need.

## When it is fine
Connections of a prototype. A mode that is not given is synchronous, which only surprises where a queue or stream is at
one end. Data are asked for once the design describes any.
"""

from studio.model.connection import Connection
from studio.model.kinds import MESSAGING
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed

WORDS = {
    "mode": "whether the caller waits",
    "protocol": "what protocol it speaks",
    "data": "which data it carries",
}


def check(connection: Connection, facts: Facts) -> Verdict:
    """Warns about a connection that leaves protocol, data or, at a queue or stream, mode empty."""
    if facts.stage == "prototype":
        return not_applicable()
    ends = {facts.design.component[end].kind for end in (connection.source, connection.target)}
    wanted = (*(["mode"] if ends & MESSAGING else []), "protocol", *(["data"] if facts.design.data else []))
    lacking = [name for name in wanted if not getattr(connection, name)]
    if not lacking:
        return passed()
    source, target = (facts.design.component[end].label for end in (connection.source, connection.target))
    return failed(
        f"the connection from {source} to {target} does not say {listed(WORDS[name] for name in lacking)}",
        evidence={"lacking": lacking},
        fix=tuple(f"connections.{connection.id}.{name}" for name in lacking),
        field=lacking[0],
    )


RULE = Rule(
    id="DOC002",
    title="Connection not described",
    severity=Severity.WARNING,
    scope="connections",
    check=check,
    sources=(
        "Simon Brown, The C4 model for visualising software architecture (2018)",
        "Threagile, rule incomplete-model (2020)",
    ),
)

_CALL = """
[components.api]
kind = "service"
[components.db]
kind = "database"
[connections.api-db]
from = "api"
to = "db"
{protocol}
"""

FLAGGED = _CALL.format(protocol="")

FINE = _CALL.format(protocol='protocol = "SQL"')
