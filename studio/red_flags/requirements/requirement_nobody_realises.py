"""What must be there must be somewhere in the design.

## Why it matters
A must that no journey, component or decision takes up is found by the customer. It is usually not forgotten by
everybody: each of two teams thought that the other one had it.

## What to do
Draw the journey that does it and name it in realised_by, or the component or decision that carries it. If nobody wants
to build it, lower its priority, and write down who agreed.

## When it is fine
What should, could or will not be done may wait. While nothing is drawn yet, nothing is missing.
"""

from studio.model.requirements import FunctionalRequirement
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

GONE = ("superseded", "rejected")


def check(requirement: FunctionalRequirement, facts: Facts) -> Verdict:
    """Fails a must that nothing in the design realises: no component, no decision that stands, no journey."""
    if not facts.design.components or requirement.priority not in ("must", None):
        return not_applicable()
    journeys = [journey for journey in facts.design.journeys if journey.id in requirement.realised_by]
    standing = [d.id for d in facts.design.decisions if d.id in requirement.realised_by and d.status not in GONE]
    carrying = [id_ for id_ in requirement.realised_by if id_ in facts.design.component]
    realised = [*(journey.id for journey in journeys if journey.steps), *carrying, *standing]
    if realised:
        return passed(realised_by=realised)
    if requirement.priority is None:
        return unknown(f"requirements.functional.{requirement.id}.priority")
    if journeys:
        return unknown(*(f"journeys.{journey.id}.steps" for journey in journeys))
    given_up = listed(id_ for id_ in requirement.realised_by)
    why = f"only {given_up} realises it, which no longer stands" if given_up else "nothing in the design realises it"
    return failed(
        f"{requirement.id} must be done, and {why}",
        evidence={"realised_by": list(requirement.realised_by)},
        fix=(
            f"realised_by on requirements.functional.{requirement.id}: the journey that does it",
            "or a lower priority, agreed with whoever asked for it",
        ),
        field="realised_by",
    )


RULE = Rule(
    id="REQ003",
    title="Requirement nobody realises",
    severity=Severity.ERROR,
    scope="functional",
    check=check,
    sources=(
        "ISO/IEC/IEEE 29148, Requirements engineering, 6.6 on traceability (2018)",
        "Orlena Gotel and Anthony Finkelstein, An Analysis of the Requirements Traceability Problem, ICRE (1994)",
    ),
)

_SHOP = """
[requirements.functional.refund]
text = "A buyer gets the money back within 14 days"
{said}
[components.orders]
kind = "service"
"""

FLAGGED = _SHOP.format(said='priority = "must"')

FINE = _SHOP.format(said='priority = "must"\nrealised_by = ["orders"]')

UNKNOWN = _SHOP.format(said="")
