"""How messages reach those who handle them."""

from studio.model.connection import Connection
from studio.model.kinds import DATA_HOLDERS, MESSAGING
from studio.red_flags.facts import Facts

LISTENING = frozenset({"client", "monitoring"}) | DATA_HOLDERS
"""Kinds that do not handle a message: they show it, count it or keep it."""


def is_delivery(connection: Connection, facts: Facts) -> bool:
    """Whether the connection hands messages to code that handles them, later than they were sent."""
    handler = facts.design.component[connection.target]
    return connection.mode in ("async", "stream") and handler.kind not in LISTENING


def queue_edges(connection: Connection, facts: Facts) -> tuple[Connection, ...]:
    """The connections into the queue or stream a delivery comes from: what is said of them is said of the queue."""
    source = facts.design.component[connection.source]
    return facts.design.callers_of[source.id] if source.kind in MESSAGING else ()
