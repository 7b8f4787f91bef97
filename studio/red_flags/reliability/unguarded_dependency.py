"""A hard call to what others run needs something that stops the damage at the border.

## Why it matters
What somebody else runs will be slow or gone on a day you did not choose. A caller that keeps calling fills its
threads and pools with waiting, and then fails for the requests, too, that never needed the dependency. A timeout
bounds one call; it does not bound a thousand at once.

## What to do
One of three, best first: a fallback (a cached answer, a default, «later»), a circuit breaker that fails at once while
the callee is down, a bulkhead that gives these calls a pool of their own.

## When it is fine
Calls inside one team's own components of one tier: they are released and mended together. Soft and asynchronous calls.
What a vendor calls.
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.kinds import OWN_CODE
from studio.red_flags.facts import Facts
from studio.red_flags.paths_of_calls import is_hard
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown

FOREIGN = frozenset({"external", "llm"})
OUTSIDE = frozenset({"client", "external"})
"""Callers that are not ours to guard."""


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a hard call to a vendor, a language model, another team or a lower tier that has no guard at all."""
    caller, callee = (facts.design.component[end] for end in (connection.source, connection.target))
    if caller.kind in OUTSIDE or not connection.is_synchronous or connection.hard is False:
        return not_applicable()
    reason = _why_foreign(caller, callee)
    silent = _owners_unsaid(caller, callee)
    if reason is None and not silent:
        return not_applicable()
    if not is_hard(connection) or connection.circuit_breaker or connection.bulkhead:
        return passed()
    if reason is None:
        return unknown(*silent)
    place = f"connections.{connection.id}"
    return failed(
        f"{caller.label} cannot do without {callee.label}, {reason}, and has neither fallback, circuit breaker nor "
        "bulkhead",
        evidence={"reason": reason},
        fix=(
            f"a fallback on connections.{connection.id}: what to answer while {callee.label} is down",
            "or circuit_breaker = true, so that calls fail at once while it is down",
            "or bulkhead = true, so that waiting for it cannot fill the caller",
        ),
        mends=(
            mend(place, is_safe=connection.circuit_breaker is None, circuit_breaker=True),
            mend(place, is_safe=connection.bulkhead is None, bulkhead=True),
        ),
        severity=Severity.ERROR if facts.is_of_tier_one(caller) else None,
        field="fallback",
    )


def _why_foreign(caller: Component, callee: Component) -> str | None:
    if callee.kind in FOREIGN:
        return "a language model" if callee.kind == "llm" else "which somebody else runs"
    if caller.owner and callee.owner and caller.owner.casefold() != callee.owner.casefold():
        return f"which {callee.owner} runs"
    if caller.tier and callee.tier and callee.tier > caller.tier:
        return f"of tier {callee.tier}, itself of tier {caller.tier}"
    return None


def _owners_unsaid(caller: Component, callee: Component) -> tuple[str, ...]:
    """The owners nobody named, where the callee is code that another team could run."""
    ends = (caller, callee) if callee.kind in OWN_CODE else ()
    return tuple(f"components.{end.id}.owner" for end in ends if not end.owner)


RULE = Rule(
    id="REL009",
    title="Hard dependency without a guard",
    severity=Severity.WARNING,
    scope="connections",
    check=check,
    patterns=("circuit-breaker", "fallback", "bulkhead", "graceful-degradation"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL05-BP01 (2024)",
        "Michael T. Nygard, Release It!, 2nd edition, chapter 5 (2018)",
    ),
)

_CALL = """
[components.shop]
kind = "service"
[components.tax]
kind = "external"
[connections.shop-tax]
from = "shop"
to = "tax"
timeout = "1 s"
{said}
"""

FLAGGED = _CALL.format(said="")

FINE = _CALL.format(said='fallback = "the rate of yesterday"')

UNKNOWN = """
[components.shop]
kind = "service"
owner = "shop team"
[components.prices]
kind = "service"
[connections.shop-prices]
from = "shop"
to = "prices"
timeout = "1 s"
"""
