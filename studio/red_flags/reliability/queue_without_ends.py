"""A queue has somebody who puts in and somebody who takes out, or it is a place where messages go to be forgotten.

## Why it matters
A queue nobody reads fills until it is full, and then whoever writes to it fails: months later, in a part that has
nothing to do with it. A queue nobody feeds is usually what is left of a feature, with a worker that costs money and is
paged for.

## What to do
Draw who consumes it, and what a message causes. If nobody does, take the queue out, and the call that feeds it.

## When it is fine
A consumer may be drawn towards the queue it reads from: its consumes says so, or traffic = "reads" on the connection.
"""

from studio.model.component import Component
from studio.model.kinds import MESSAGING
from studio.red_flags.deliveries import is_pulled, takes_out
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a queue or stream without a consumer (an error) or without a producer (a warning)."""
    if component.kind not in MESSAGING:
        return not_applicable()
    into, out = facts.design.callers_of[component.id], facts.design.calls_of[component.id]
    readers = [call for call in into if takes_out(call, facts)]
    writers = [call for call in into if not is_pulled(call, facts)]
    if not out and not readers:
        return failed(
            f"nobody takes messages out of {component.label}",
            evidence={"producers": [call.source for call in writers], "consumers": []},
            fix=(f"the connection from {component.id} to what handles its messages", f"or no {component.label} at all"),
        )
    if not writers:
        return failed(
            f"nobody puts messages into {component.label}",
            evidence={"producers": [], "consumers": [call.target for call in out]},
            fix=(f"the connection to {component.id} from what produces messages", "or neither queue nor consumer"),
            severity=Severity.WARNING,
        )
    return passed(producers=len(writers), consumers=len(out) + len(readers))


RULE = Rule(
    id="REL014",
    title="Queue without consumer or producer",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("message-queue", "event-stream"),
    sources=("Gregor Hohpe and Bobby Woolf, Enterprise Integration Patterns, Message Channel (2003)",),
)

_SHOP = """
[components.shop]
kind = "service"
[components.orders]
kind = "queue"
[components.packing]
kind = "worker"
[connections.shop-orders]
from = "shop"
to = "orders"
mode = "async"
{said}
"""

FLAGGED = _SHOP.format(said="")

FINE = _SHOP.format(said='[connections.orders-packing]\nfrom = "orders"\nto = "packing"\nmode = "async"')
