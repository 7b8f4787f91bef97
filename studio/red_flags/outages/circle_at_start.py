"""What is needed to start or repair a thing must not itself wait for that thing.

## Why it matters
It works for years, because nothing is ever started from nothing. Then everything is down at once, and the identity
service wants its database, the database wants its credentials, the vault wants to know who is asking, and the
dashboard that would show it runs on all three. Such outages last for hours or days: somebody has to build by hand a
path that was never there.

## What to do
Draw needs_to_start, tools of repair included, and cut every circle: a cached credential that works without the vault, a
break-glass account, a start-up that serves without its configuration service, monitoring and pipeline on something else
than what they watch. Then start the whole system from nothing once, in a test account.

## When it is fine
Calls that are waited for in a circle are another matter (REL011), and circles of work that only begins once all is up
are none, as long as no start, identity or secret lies on them. A circle that can be done without on one side is a
warning: at start-up soft dependencies are often harder than anybody thought. Monitoring that collects from everybody
does not depend on everybody, and a queue does not depend on who reads it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from studio.model.design import Design
from studio.model.kinds import DATA_HOLDERS, MESSAGING
from studio.red_flags.facts import Facts
from studio.red_flags.paths_of_calls import is_hard
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.shape_of_calls import circles, way_round
from studio.red_flags.words import counted

OUTSIDE = frozenset({"client", "external"})
TOOLS = frozenset({"identity", "secrets"})
"""Kinds that others need before they do any work at all."""
KEPT_BY = TOOLS | DATA_HOLDERS
"""Kinds monitoring depends on; everything else it only collects from."""


class Need(NamedTuple):
    """One component needs another."""

    source: str
    target: str
    hard: bool
    at_start: bool
    called: bool = False
    """Whether it is a call somebody waits for."""


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a design in which something needs itself to start: over starts, calls of any kind and tools of repair."""
    if sum(component.kind not in OUTSIDE for component in design.components) < 2:
        return not_applicable()
    needs = _needs(design)
    found = _circles(needs, design)
    if not found:
        silent = not any(component.needs_to_start for component in design.components)
        return unknown(*_fields(design, facts)) if silent else passed()
    members, sure = max(found, key=lambda pair: pair[1])
    way = way_round(members, [(n.source, n.target) for n in needs if n.hard or not sure])
    names = [design.component[name].label for name in way]
    more = f"; {counted(len(found) - 1, 'other circle')} besides" if len(found) > 1 else ""
    return failed(
        f"nothing of {' → '.join(names)} comes up first: each needs the next to start or to work{more}",
        evidence={"members": list(members), "hard": sure},
        fix=(
            f"a way for {names[0]} to start without {names[1]}: a cached copy, a default, a break-glass account",
            "and a start of everything from nothing, tried once",
        ),
        severity=None if sure else Severity.WARNING,
        field=f"components.{members[0]}.needs_to_start",
    )


def _needs(design: Design) -> tuple[Need, ...]:
    kinds: dict[str, str] = {component.id: component.kind for component in design.components}
    found = [
        Need(component.id, other, hard=True, at_start=True)
        for component in design.components
        for other in component.needs_to_start
        if other != component.id
    ]
    for call in design.connections:
        delivers = kinds[call.source] in MESSAGING
        source, target = (call.target, call.source) if delivers else (call.source, call.target)
        collects = kinds[source] == "monitoring" and kinds[target] not in KEPT_BY
        if source != target and not collects:
            tool = kinds[source] in TOOLS or kinds[target] in TOOLS
            waits = call.is_synchronous and not delivers
            found.append(Need(source, target, is_hard(call) and waits, tool, waits))
    return tuple(need for need in found if kinds[need.source] not in OUTSIDE and kinds[need.target] not in OUTSIDE)


def _circles(needs: tuple[Need, ...], design: Design) -> list[tuple[tuple[str, ...], bool]]:
    """The circles with a start or a tool on them, in file order; and whether they hold without any soft need."""
    order: dict[str, int] = {component.id: place for place, component in enumerate(design.components)}
    sure = _with_a_start([need for need in needs if need.hard])
    maybe = [m for m in _with_a_start(needs) if not any(set(m) & set(known) for known in sure)]
    found = [(tuple(sorted(m, key=lambda name: order[name])), True) for m in sure]
    found += [(tuple(sorted(m, key=lambda name: order[name])), False) for m in maybe]
    return sorted(found, key=lambda pair: order[pair[0][0]])


def _with_a_start(needs: Sequence[Need]) -> list[tuple[str, ...]]:
    """The circles with a start or a tool on them; those of calls alone are another rule's (REL011)."""
    if not any(need.at_start for need in needs):
        return []
    found = circles((need.source, need.target) for need in needs)
    starts = {(need.source, need.target) for need in needs if need.at_start}
    place = {name: index for index, members in enumerate(found) for name in members}
    marked = {place[a] for a, b in starts if a in place and b in place and place[a] == place[b]}
    told = circles((need.source, need.target) for need in needs if need.called)
    inside = {place[n.source] for n in needs if not n.called and place.get(n.source, -1) == place.get(n.target, -2)}
    return [
        members
        for index, members in enumerate(found)
        if index in marked and (index in inside or not any(set(members) <= set(known) for known in told))
    ]


def _fields(design: Design, facts: Facts) -> tuple[str, ...]:
    """Whose needs would tell: the tools of the system, and what a must journey cannot do without."""
    tools = [c.id for c in design.components if c.kind in TOOLS | {"monitoring"}]
    inside = [c.id for c in design.components if c.kind not in OUTSIDE and not facts.is_managed(c)]
    asked = tools or [name for name in inside if name in facts.indispensable] or inside
    asked = asked or [c.id for c in design.components if c.kind not in OUTSIDE]
    return tuple(f"components.{name}.needs_to_start" for name in asked)


RULE = Rule(
    id="OUT002",
    title="Circle at start or repair",
    severity=Severity.ERROR,
    scope="design",
    check=check,
    patterns=("fallback", "health-checks", "chaos-experiment"),
    sources=(
        "Roblox, Roblox Return to Service 10/28–10/31 2021 (2022)",
        "Meta, More details about the October 4 outage (2021)",
        "AWS, Summary of the Amazon Kinesis Event in the Northern Virginia Region (2020)",
    ),
)

_SYSTEM = """
[components.api]
kind = "service"
[components.vault]
kind = "secrets"
{vault}
[components.store]
kind = "database"
{store}
[connections.api-store]
from = "api"
to = "store"
"""

FLAGGED = _SYSTEM.format(vault='needs_to_start = ["store"]', store='needs_to_start = ["vault"]')

FINE = _SYSTEM.format(vault="", store='needs_to_start = ["vault"]')

UNKNOWN = _SYSTEM.format(vault="", store="")
