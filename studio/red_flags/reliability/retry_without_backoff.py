"""Retries without a growing, random pause hit a weak service in waves.

## Why it matters
Callers that failed together try again together. Without a pause they triple the load at the moment of weakness; with a
fixed one they come back in step, wave after wave, and keep down what would have recovered.

## What to do
Wait exponentially longer before each attempt, and a random share of that (full jitter). Add a budget: retries for at
most a tenth of the requests.

## When it is fine
One attempt. What a vendor tries, it tries by its own rules. A pause does not lower the load of an outage that lasts; a
circuit breaker does.
"""

from typing import Any

from studio.edits.mend import literal, mend
from studio.model.connection import Connection
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed

SET: dict[str, Any] = {"backoff": "exponential", "jitter": True}


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a call that is tried again without exponential backoff or without jitter."""
    if connection.tries == 1 or facts.design.component[connection.source].kind == "external":
        return not_applicable()
    lacking = [
        *(["backoff"] if connection.backoff != "exponential" else []),
        *(["jitter"] if not connection.jitter else []),
    ]
    if not lacking:
        return passed(attempts=connection.tries)
    caller, callee = (facts.design.component[end].label for end in (connection.source, connection.target))
    words = {"backoff": "exponential backoff", "jitter": "jitter"}
    place, is_unsaid = f"connections.{connection.id}", all(getattr(connection, key) is None for key in lacking)
    return failed(
        f"{caller} tries {callee} up to {connection.tries} times without {listed(words[key] for key in lacking)}",
        evidence={"attempts": connection.tries, "backoff": connection.backoff, "jitter": connection.jitter},
        fix=(f"{listed(f'{key} = {literal(SET[key])}' for key in lacking)} on {place}",),
        mends=(mend(place, is_safe=is_unsaid, **{key: SET[key] for key in lacking}),),
        field=lacking[0],
    )


RULE = Rule(
    id="REL007",
    title="Retry without backoff and jitter",
    severity=Severity.WARNING,
    scope="connections",
    check=check,
    patterns=("retry-with-backoff",),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL05-BP03 (2024)",
        "Marc Brooker, Timeouts, Retries, and Backoff with Jitter, Amazon Builders' Library (2019)",
    ),
)

_CALL = """
[components.api]
kind = "service"
[components.search]
kind = "search"
[connections.api-search]
from = "api"
to = "search"
timeout = "200 ms"
attempts = 3
{said}
"""

FLAGGED = _CALL.format(said='backoff = "fixed"')

FINE = _CALL.format(said='backoff = "exponential"\njitter = true')
