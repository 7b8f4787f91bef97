"""A box that does not say what it does, why it is there and who answers for it cannot be questioned.

## Why it matters
Nobody removes what nobody understands. Nobody mends at night what nobody owns. The reasons are known on the day the
box is drawn, cost a sentence each, and cannot be had afterwards at any price.

## What to do
Four short fields: purpose (what it does), why (what would be worse without it), owner (a team, not a person who may
leave), technology. A decision about the component says why as well.

## When it is fine
A client needs no owner and no reason. An external system has its vendor for an owner and its own technology.
"""

from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed

FIELDS = {
    "purpose": "what it does",
    "why": "why it is there",
    "owner": "who answers for it",
    "technology": "what it is made of",
}
OF_A_VENDOR = ("purpose", "why")


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a component that leaves any of purpose, why, owner and technology empty; names all that are."""
    if component.kind == "client":
        return not_applicable()
    wanted = OF_A_VENDOR if component.kind == "external" else tuple(FIELDS)
    lacking = [name for name in wanted if not getattr(component, name)]
    if "why" in lacking and facts.decisions_about(component.id):
        lacking.remove("why")
    if not lacking:
        return passed()
    return failed(
        f"{component.label} does not say {listed(FIELDS[name] for name in lacking)}",
        evidence={"lacking": lacking},
        fix=tuple(f"components.{component.id}.{name}" for name in lacking),
        field=lacking[0],
    )


RULE = Rule(
    id="DOC001",
    title="Component without purpose, owner or why",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    sources=(
        "AWS Well-Architected, Operational Excellence Pillar, OPS02-BP01 (2024)",
        "Simon Brown, The C4 model for visualising software architecture (2018)",
    ),
)

FLAGGED = """
[components.api]
kind = "service"
technology = "fastapi"
purpose = "Turns long links into short ones"
"""

FINE = """
[components.api]
kind = "service"
technology = "fastapi"
purpose = "Turns long links into short ones"
why = "The rules of links live in one place"
owner = "links team"
"""
