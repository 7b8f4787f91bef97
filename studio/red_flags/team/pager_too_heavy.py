"""A promise that must be kept at night is kept by people who have to sleep.

## Why it matters
Three nines leave 43 minutes a month: nobody finds out in the morning. With four people each is on call every fourth
week, every holiday is a negotiation, and one who leaves makes it a third. Tired people take longer, and the pager is
what good ones leave for.

## What to do
Six people or more to a pager, eight where all sit in one time zone. Or a promise for business hours with a page that
says so. Or let a vendor run what wakes people, and a partner take the first call.

## When it is fine
Below 99.9 %. A design of which nothing is the team's own to run. A prototype.
"""

from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.promises import strictest_promise
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import ratio
from studio.units import grouped, point


def check(design: Design, facts: Facts) -> Verdict:
    """Warns about a promise around the clock that too few people share a pager for."""
    own = [c for c in design.components if c.kind != "client" and not facts.is_managed(c)]
    if facts.stage == "prototype" or not own:
        return not_applicable()
    target, people = strictest_promise(facts), design.constraints.on_call
    if target is None:
        return unknown("requirements.availability.target")
    if target < facts.thresholds.on_call_availability:
        return not_applicable()
    if people is None:
        return unknown("constraints.on_call")
    sharing, enough = point(people), facts.thresholds.on_call
    evidence = {"availability_target": target, "on_call": sharing}
    if sharing >= enough:
        return passed(**evidence)
    week = f"somebody is on call every {grouped(max(sharing, 1))} weeks" if sharing > 1 else "one is on call every week"
    return failed(
        f"{ratio(target)} around the clock with {grouped(sharing)} on call: {week if sharing else 'nobody comes'}",
        evidence=evidence,
        fix=(
            f"{enough} people to the pager, eight where all are in one time zone",
            "or a promise for business hours",
            f"or less to be woken for: a vendor runs what the team runs itself, {len(own)} components now",
        ),
        field="constraints.on_call",
    )


RULE = Rule(
    id="TEA004",
    title="On-call not sustainable",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=("slo-error-budget", "graceful-degradation"),
    sources=(
        "Google, Site Reliability Engineering, chapter 11, Being On-Call (2016)",
        "Google, The Site Reliability Workbook, chapter 8, On-Call (2018)",
    ),
)

_TEAM = """
[requirements.availability]
target = 0.999
[constraints]
{people}
[components.api]
kind = "service"
"""

FLAGGED = _TEAM.format(people="on_call = 3")

FINE = _TEAM.format(people="on_call = 6")

UNKNOWN = _TEAM.format(people="")
