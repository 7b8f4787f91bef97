"""Components that wait for each other in a circle start, fail and are released only together.

## Why it matters
Under load all workers of one wait for a free worker of the other, and the other way round: neither is busy, nothing
moves. After an outage neither comes up first. And a change of either interface needs both teams on the same evening.

## What to do
Turn one of the calls round: let one publish what the other needs to know, or give the data along in the first call.
Or take what both need into a third part that calls neither. Or admit that they are one thing, and merge them.

## When it is fine
Users and vendors may call back: an answer by webhook is no circle of yours. When no single request can run all the way
round, or one of the calls can be done without, nothing blocks for ever, and this is a warning about releases.
"""

from studio.edits.mend import Mend, mend, together
from studio.model.component import Component
from studio.model.connection import Connection
from studio.red_flags.facts import Facts
from studio.red_flags.once import once_per_design
from studio.red_flags.paths_of_calls import is_hard
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.red_flags.shape_of_calls import circles, way_round

OUTSIDE = frozenset({"client", "external"})


def check(component: Component, facts: Facts) -> Verdict:
    """Fails each circle of calls that are waited for, on the first of its components."""
    if component.kind in OUTSIDE or not any(call.is_synchronous for call in facts.design.calls_of[component.id]):
        return not_applicable()
    members = _circles(facts).get(component.id)
    if not members:
        return passed()
    if component.id != members[0]:
        return not_applicable()
    calls = _inside(facts.design.connections, facts)
    pairs = [(call.source, call.target) for call in calls]
    way = way_round(members, pairs)
    back = next(c for c in calls if c.source == way[-2] and c.target == way[-1])
    blocks = _blocks(members, facts)
    return failed(
        f"{' → '.join(facts.design.component[name].label for name in way)} wait for each other in a circle",
        evidence={"members": list(members), "one_request": blocks},
        fix=(
            f'mode = "async" on connections.{back.id}, with an event instead of a question',
            "or a part of its own for what both need",
        ),
        mends=(_cut(members, calls),),
        severity=None if blocks else Severity.WARNING,
    )


def _cut(members: tuple[str, ...], calls: list[Connection]) -> Mend:
    """Calls that nobody waits for any more, so that no circle is left among these components."""
    left = [call for call in calls if call.source in members and call.target in members]
    backs: list[Connection] = []
    while found := circles((call.source, call.target) for call in left):
        first = [member for member in members if member in found[0]]
        way = way_round(first, [(call.source, call.target) for call in left])
        backs += [call for call in left if (call.source, call.target) == (way[-2], way[-1])]
        left = [call for call in left if call not in backs]
    return together(*(mend(f"connections.{call.id}", mode="async") for call in backs))


def _inside(calls: tuple[Connection, ...], facts: Facts) -> list[Connection]:
    """The calls somebody waits for, between parts of the system itself."""
    there = facts.design.component
    return [
        call
        for call in calls
        if call.is_synchronous and there[call.source].kind not in OUTSIDE and there[call.target].kind not in OUTSIDE
    ]


@once_per_design
def _circles(facts: Facts) -> dict[str, tuple[str, ...]]:
    """The circle each component lies on, its members in file order."""
    calls = _inside(facts.design.connections, facts)
    found = circles((call.source, call.target) for call in calls)
    order: dict[str, int] = {component.id: place for place, component in enumerate(facts.design.components)}
    ordered = [tuple(sorted(members, key=lambda member: order[member])) for members in found]
    return {member: members for members in ordered for member in members}


def _blocks(members: tuple[str, ...], facts: Facts) -> bool:
    """Whether one request can run all the way round over calls that cannot be done without."""
    inside = set(members)
    for requests in facts.requests:
        hard = [call for call in _inside(requests.calls, facts) if is_hard(call)]
        if circles((call.source, call.target) for call in hard if {call.source, call.target} <= inside):
            return True
    return False


RULE = Rule(
    id="REL011",
    title="Synchronous calls in a circle",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("event-driven", "publish-subscribe", "modular-monolith"),
    sources=(
        "Robert C. Martin, Agile Software Development, The Acyclic Dependencies Principle (2002)",
        "Davide Taibi and Valentina Lenarduzzi, On the Definition of Microservice Bad Smells, IEEE Software (2018)",
    ),
)

_PAIR = """
[components.orders]
kind = "service"
[components.stock]
kind = "service"
[connections.orders-stock]
from = "orders"
to = "stock"
[connections.stock-orders]
from = "stock"
to = "orders"
{mode}
"""

FLAGGED = _PAIR.format(mode="")

FINE = _PAIR.format(mode='mode = "async"')
