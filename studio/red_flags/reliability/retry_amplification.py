"""Retries on several layers multiply, and they do so when capacity is short.

## Why it matters
Three tries at the edge, three in the service, three in its client library: one click becomes 27 queries, at the very
moment the database answers slowly. That load keeps it slow after the cause is gone, so the outage lasts until somebody
switches the retries off, if there is a switch.

## What to do
Retry at one layer, the one nearest to what fails, and let the others pass the error on. Where two must retry, give
each a budget (retry_budget = 0.1: at most one retry for ten requests) or a circuit breaker: in a full outage it stops
after the first failures.

## When it is fine
One layer that retries is another matter (REL007). A call with a budget counts as 1 + that budget, one behind a circuit
breaker once. Calls that no single request runs over do not multiply.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from math import exp, log, prod

from studio.edits.mend import Mend, mend
from studio.edits.mend import together as joined
from studio.model.connection import Connection
from studio.red_flags.facts import Facts
from studio.red_flags.once import once_per_design
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.red_flags.shape_of_calls import longest_ways
from studio.text import listed
from studio.units import grouped, point

ROUNDING = 1e-9
BUDGET = 0.1
"""Retries as a share of requests: ten of a hundred, as in Site Reliability Engineering, chapter 21 (2016)."""


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails the lowest of several retried calls on one way, when together they multiply too far."""
    if not connection.is_synchronous or connection.tries == 1:
        return not_applicable()
    layers = [call for call in _worst_ways(facts).get(connection.id, ()) if calls_made(call) > 1]
    together = prod(calls_made(call) for call in layers)
    limits, next_above = facts.thresholds_for(connection), any(call.target == connection.source for call in layers)
    most = limits.retry_product
    if len(layers) < 2 or together < most or (together == most and not next_above):
        return passed(calls=together)
    callee = facts.design.component[connection.target]
    others = listed(f"connections.{call.id}" for call in layers if call is not connection)
    return failed(
        f"while {callee.label} fails, one request becomes {grouped(together)} calls to it: "
        f"{listed(f'{call.id} tries {call.tries} times' for call in layers)}",
        evidence={"calls": together, "layers": [call.id for call in layers]},
        fix=(
            f"attempts = 1 on {others}: one layer that tries again is enough",
            f"or circuit_breaker = true, or retry_budget = {BUDGET}, on connections.{connection.id}",
        ),
        mends=tuple(_mends(connection, layers, most, facts)),
        severity=Severity.ERROR if together > limits.retry_product_error else None,
        field="attempts",
    )


def _mends(connection: Connection, layers: list[Connection], most: float, facts: Facts) -> Iterator[Mend]:
    """A share of the requests that may be tried again, on the lowest layer where that is enough, else on each; or one
    layer that tries again."""
    loose = [call for call in layers if call.retry_budget is None or point(call.retry_budget) > BUDGET]
    for some in (loose[-1:], loose):
        if some and _at_most(connection, {call.id: 1 + BUDGET for call in some}, facts) < most:
            safe = all(call.retry_budget is None for call in some)
            yield joined(*(mend(f"connections.{call.id}", is_safe=safe, retry_budget=BUDGET) for call in some))
            break
    others = [call for call in layers if call is not connection]
    if _at_most(connection, {call.id: 1.0 for call in others}, facts) < most:
        yield joined(*(mend(f"connections.{call.id}", attempts=1) for call in others))
    yield mend(f"connections.{connection.id}", attempts=1)


def _at_most(connection: Connection, changed: Mapping[str, float], facts: Facts) -> float:
    """The calls one request becomes at its callee when some calls are made another number of times."""

    def length(call: Connection) -> float:
        return log(changed.get(call.id) or calls_made(call))

    through = [requests for requests in facts.requests if any(call is connection for call in requests.calls)]
    above = (longest_ways(requests, length).length.get(connection.source, 0.0) for requests in through)
    return exp(max(above, default=0.0) + length(connection)) * (1 + ROUNDING)


def calls_made(connection: Connection) -> float:
    """Calls made for one that is wanted while everything fails."""
    if connection.circuit_breaker:
        return 1.0
    more = connection.tries - 1.0
    return 1.0 + (more if connection.retry_budget is None else min(more, point(connection.retry_budget)))


@once_per_design
def _worst_ways(facts: Facts) -> dict[str, tuple[Connection, ...]]:
    """The way to each retried call that has no other below it, itself included, on which a request multiplies most."""
    found: dict[str, tuple[Connection, ...]] = {}
    most: dict[str, float] = {}
    length = cache(lambda call_id: log(calls_made(facts.design.connection[call_id])))
    for requests in facts.requests:
        if sum(call.tries > 1 for call in requests.calls) < 2:
            continue
        ways = longest_ways(requests, lambda call: length(call.id))
        for call in requests.calls:
            total = ways.length.get(call.source, 0.0) + length(call.id)
            if calls_made(call) > 1 and total > most.get(call.id, 0.0):
                most[call.id] = total
                found[call.id] = (*ways.to(call.source), call)
    above = {call.id for way in found.values() for call in way[:-1]}
    return {name: way for name, way in found.items() if name not in above}


RULE = Rule(
    id="REL008",
    title="Retries multiply across layers",
    severity=Severity.WARNING,
    scope="connections",
    check=check,
    patterns=("retry-with-backoff", "circuit-breaker", "load-shedding"),
    sources=(
        "Marc Brooker, Timeouts, retries and backoff with jitter, Amazon Builders' Library (2019)",
        "Nathan Bronson and others, Metastable Failures in Distributed Systems, HotOS (2021)",
    ),
)

_CHAIN = """
[components.web]
kind = "client"
[components.shop]
kind = "service"
[components.stock]
kind = "service"
[connections.web-shop]
from = "web"
to = "shop"
attempts = {outer}
[connections.shop-stock]
from = "shop"
to = "stock"
attempts = 3
"""

FLAGGED = _CHAIN.format(outer=3)

FINE = _CHAIN.format(outer=1)
