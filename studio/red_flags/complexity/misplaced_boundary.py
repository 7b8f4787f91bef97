"""A component that knows everybody and one that only hands on are both boundaries in the wrong place.

## Why it matters
Where ten arrows meet, every change passes and everybody waits for one team; its outage is everybody's. At the other end
is the hop that takes a call and makes one: a network, a deployment and a page at night, for a function call.

## What to do
Split the first by what it decides, not by layers: orders, prices, customers, each with its own data. Fold the second
into its caller or its callee, unless it translates, guards, or belongs to somebody else.

## When it is fine
Load balancers, gateways and brokers are there to be met. A component of one caller and one callee that says what it
alone decides (responsibilities), keeps state, scales by a rule of its own, or has endpoints or a limit of its own.
"""

from studio.model.component import Component
from studio.model.kinds import OWN_CODE
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed

BETWEEN = frozenset({"gateway", "scheduler", "agent"})
"""Own code that is there to connect others."""


def check(component: Component, facts: Facts) -> Verdict:
    """Notes a component with too many connections or kinds of data, and one that only hands calls on."""
    if component.kind not in OWN_CODE - BETWEEN or component.managed:
        return not_applicable()
    calls, callers = facts.design.calls_of[component.id], facts.design.callers_of[component.id]
    neighbours = dict.fromkeys((*(c.source for c in callers), *(c.target for c in calls)))
    owned = _owned(component, facts)
    limits = facts.thresholds_for(component)
    most, kinds = limits.degree, limits.entities
    evidence = {"neighbours": len(neighbours), "data": owned}
    if len(neighbours) > most:
        return failed(
            f"{component.label} is connected with {len(neighbours)} others, and every change of theirs meets there",
            evidence=evidence,
            fix=(f"two components, split by what they decide, each with at most {most} neighbours",),
        )
    if len(owned) > kinds:
        return failed(
            f"{component.label} alone writes {len(owned)} kinds of data: {listed(owned)}",
            evidence=evidence,
            fix=(f"components by what belongs together, each with at most {kinds} kinds of data",),
        )
    if len(callers) == len(calls) == 1 and _only_hands_on(component, facts):
        caller, callee = (facts.design.component[end].label for end in (callers[0].source, calls[0].target))
        return failed(
            f"{component.label} hands calls of {caller} on to {callee} and says nothing it decides itself",
            evidence=evidence,
            fix=(
                f"{caller} calls {callee} itself",
                f"or components.{component.id}.responsibilities: what it alone decides",
            ),
        )
    return passed(**evidence)


def _owned(component: Component, facts: Facts) -> list[str]:
    """The kinds of data it alone writes."""
    written = dict.fromkeys(data for call in facts.design.calls_of[component.id] if call.mutating for data in call.data)
    others = {data: {c.source for c in facts.carrying[data] if c.mutating} for data in written}
    return [data for data in written if others[data] == {component.id}]


def _only_hands_on(component: Component, facts: Facts) -> bool:
    caller, callee = facts.design.callers_of[component.id][0], facts.design.calls_of[component.id][0]
    kinds = {facts.design.component[caller.source].kind, facts.design.component[callee.target].kind}
    own = (
        component.responsibilities or component.endpoints or component.rate_limit or component.autoscale
        or component.state not in (None, "none") or component.publishes or component.consumes
    )  # fmt: skip
    through = caller.is_synchronous and callee.is_hard
    return through and not own and kinds <= OWN_CODE and caller.source != callee.target


RULE = Rule(
    id="CPX003",
    title="Boundary in the wrong place",
    severity=Severity.NOTE,
    scope="components",
    check=check,
    patterns=("modular-monolith", "layered"),
    sources=(
        "Davide Taibi and Valentina Lenarduzzi, On the Definition of Microservice Bad Smells, IEEE Software (2018)",
        "David L. Parnas, On the Criteria To Be Used in Decomposing Systems into Modules (1972)",
    ),
)

_HOP = """
[components.shop]
kind = "service"
[components.between]
kind = "service"
{said}
[components.prices]
kind = "service"
[connections.shop-between]
from = "shop"
to = "between"
[connections.between-prices]
from = "between"
to = "prices"
"""

FLAGGED = _HOP.format(said="")

FINE = _HOP.format(said='responsibilities = ["Which of three price lists holds for a customer"]')
