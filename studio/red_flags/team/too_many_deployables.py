"""Every deployable wants a pipeline, an owner, an upgrade and a place on somebody's pager.

## Why it matters
The work of keeping a deployable alive does not shrink with its size. Beyond two for each engineer the upgrades alone
fill the week, and a change that crosses three of them needs three releases. Boundaries between services pay off where
they are boundaries between teams.

## What to do
Merge what changes together and what one person owns anyway: a modular monolith keeps the boundaries and drops the
network between them. Split again when a second team takes a part over.

## When it is fine
What a vendor runs is not counted. Functions that are deployed together are one deployable: draw them as one.
"""

from math import ceil, floor

from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.units import grouped


def check(_: Design, facts: Facts) -> Verdict:
    """Warns above two deployables for each engineer, and about microservices in a team too small to divide."""
    count = len(facts.deployables)
    if not count:
        return not_applicable()
    if facts.team_size is None:
        return unknown("constraints.team_size")
    limit, smallest = facts.thresholds.deployables_per_engineer, facts.thresholds.smallest_microservice_team
    evidence = {"deployables": count, "team_size": facts.team_size}
    most = floor(limit * facts.team_size)
    if count > most:
        each = count / facts.team_size if facts.team_size else float(count)
        return failed(
            f"{count} deployables for a team of {grouped(facts.team_size)} are {grouped(each)} for each engineer",
            evidence=evidence,
            fix=(f"{most} deployables instead of {count}, by merging what changes together",
                 f"or a team of {ceil(count / limit)}, or managed services"),
            field="constraints.team_size",
        )  # fmt: skip
    if facts.has_pattern("microservices") and facts.team_size < smallest and count > 1:
        return failed(
            f"microservices in a team of {grouped(facts.team_size)}: below {smallest} people every boundary runs "
            "through one team",
            evidence=evidence,
            fix=("a modular monolith: the same boundaries, one deployable", f"or a team of {smallest} or more"),
            field="patterns",
        )
    return passed(**evidence)


RULE = Rule(
    id="TEA002",
    title="Too many deployables for the team",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    patterns=("modular-monolith",),
    sources=(
        "Matthew Skelton and Manuel Pais, Team Topologies (2019)",
        "Melvin E. Conway, How Do Committees Invent? (1968)",
    ),
)

_SERVICES = """
[constraints]
{team}
[components.orders]
kind = "service"
[components.stock]
kind = "service"
[components.mail]
kind = "worker"
"""

FLAGGED = _SERVICES.format(team="team_size = 1")

FINE = _SERVICES.format(team="team_size = 2")

UNKNOWN = _SERVICES.format(team="")
