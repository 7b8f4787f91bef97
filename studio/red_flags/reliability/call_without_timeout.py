"""A call that waits for an answer needs a moment at which it stops waiting.

## Why it matters
A callee that hangs does not fail: it holds a thread, a connection and a place in the queue of every caller, until the
callers hang too. Most libraries wait for ever, or for minutes, when nobody says otherwise.

## What to do
Give each synchronous call a timeout a little above the callee's p99, and smaller than the timeout of whoever calls
you. Pass the remaining time on as a deadline, so that work nobody waits for any more is not done.

## When it is fine
Asynchronous messages, streams and batches: nobody holds a request open for them. What a client or a vendor calls: its
own patience is the timeout, and it is not ours to set.
"""

from studio.model.connection import Connection
from studio.red_flags.facts import Facts
from studio.red_flags.patience import timeout_of
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed

OTHERS = frozenset({"client", "external"})
"""Kinds that wait by their own rules."""


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a synchronous call between components of the system that has no timeout."""
    caller = facts.design.component[connection.source]
    if not connection.is_synchronous or caller.kind in OTHERS:
        return not_applicable()
    if connection.timeout is not None:
        return passed(timeout_s=connection.timeout)
    callee = facts.design.component[connection.target]
    return failed(
        f"{caller.label} waits for {callee.label} without a timeout",
        fix=(f"set timeout on connections.{connection.id}: a little above the p99 of {callee.label}",),
        mends=(timeout_of(connection, facts),),
        field="timeout",
    )


RULE = Rule(
    id="REL004",
    title="Remote call without timeout",
    severity=Severity.ERROR,
    scope="connections",
    check=check,
    patterns=("circuit-breaker", "retry-with-backoff"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL05-BP05 (2024)",
        "Michael T. Nygard, Release It!, 2nd edition, chapter 5 (2018)",
    ),
)

FLAGGED = """
[components.api]
kind = "service"
[components.db]
kind = "database"
[connections.api-db]
from = "api"
to = "db"
"""

FINE = """
[components.api]
kind = "service"
[components.db]
kind = "database"
[connections.api-db]
from = "api"
to = "db"
timeout = "500 ms"
"""
