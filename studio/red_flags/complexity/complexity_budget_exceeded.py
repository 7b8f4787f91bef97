"""Complexity is a budget: the team that runs the system is what it is paid from.

## Why it matters
Every box, every technology and every arrow is something that can fail, must be known, and is between a person and the
cause. A team can hold so much of it in its head; what is above is not understood by anybody, and shows as incidents
that take long and changes that take longer.

## What to do
The points: 2 for a deployable, 3 for each distinct store, broker or language, 1 for a synchronous connection, 2 for an
asynchronous one, 2 for each demanding pattern and 1 for each other: something to size, tune and test. The budget: ten
points for each person, half of it for a prototype. Remove what costs most and gives least; the finding lists what the
points are spent on.

## When it is fine
The weights and the budget are our judgement, to be argued with. Accept the flag with the reason why your team can
carry more.
"""

from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.points import spent
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.units import grouped

SHOWN = 3


def check(design: Design, facts: Facts) -> Verdict:
    """Warns when the points of a design exceed what its team can carry; an error above one and a half times."""
    if not design.components:
        return not_applicable()
    if facts.team_size is None:
        return unknown("constraints.team_size")
    lines = spent(facts)
    score = sum(line.points for line in lines)
    share = facts.thresholds.prototype_complexity if facts.stage == "prototype" else 1.0
    budget = facts.thresholds.complexity_per_engineer * facts.team_size * share
    evidence = {"score": score, "budget": budget, **{line.on: line.points for line in lines}}
    if score <= budget:
        return passed(**evidence)
    dearest = sorted((line for line in lines if line.points), key=lambda line: -line.points)[:SHOWN]
    return failed(
        f"{score} points of complexity are more than the {grouped(budget)} a team of {grouped(facts.team_size)} "
        "can carry",
        evidence=evidence,
        fix=(f"{grouped(score - budget)} points less, or a larger team", *(line.words for line in dearest)),
        severity=Severity.ERROR if score > facts.thresholds.complexity_error * budget else None,
        field="constraints.team_size",
    )


RULE = Rule(
    id="CPX001",
    title="Complexity budget exceeded",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=("modular-monolith", "monolith"),
    sources=(
        "Fred Brooks, No Silver Bullet: Essence and Accident in Software Engineering (1987)",
        "John Ousterhout, A Philosophy of Software Design (2018)",
    ),
)

_DESIGN = """
[constraints]
{team}
[components.api]
kind = "service"
technology = "go-service"
[components.db]
kind = "database"
technology = "postgresql"
[components.cache]
kind = "cache"
technology = "redis"
[connections.api-db]
from = "api"
to = "db"
[connections.api-cache]
from = "api"
to = "cache"
"""

FLAGGED = _DESIGN.format(team="team_size = 1")

FINE = _DESIGN.format(team="team_size = 2")

UNKNOWN = _DESIGN.format(team="")
