"""Scope, time and people make one equation; two of them can be chosen.

## Why it matters
A plan that needs more weeks than there are is not ambitious, it is a decision somebody else will take later: to leave
out the tests, the drill or the sleep. It is known on the first day, by adding.

## What to do
Add up what each part takes to build and compare it with people × weeks × six tenths: the rest of a week is meetings,
support, holidays and illness. Then cut by priority, buy what is not yours, or move the date, and say which.

## When it is fine
When the sum fits, and with ranges when eight of ten cases do. What a vendor runs counts with the effort of connecting
it. Phases are taken one after the other.
"""

from math import hypot

from studio.model.component import Component
from studio.model.design import Design
from studio.model.kinds import OWN_CODE
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed
from studio.units import Interval, grouped, point

WEEK = 604_800.0
"""Seconds."""
EIGHT_OF_TEN = 0.8416212 / 1.6448536
"""From the 95th percentile, where a range ends, to the 80th: distances from the median of a normal distribution."""
DEAREST = 3


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a plan whose effort exceeds what the team can build in the time; warns when that is likely enough."""
    parts = [component for component in design.components if component.effort is not None]
    timeline = design.constraints.timeline
    if not facts.deployables and not parts:
        return not_applicable()
    if timeline is None or facts.team_size is None:
        fields = {"timeline": timeline, "team_size": facts.team_size}
        return unknown(*(f"constraints.{name}" for name, value in fields.items() if value is None))
    weeks, effort = point(timeline) / WEEK, sum(point(c.effort) for c in parts if c.effort is not None) / WEEK
    room = facts.team_size * weeks * facts.thresholds.focus
    likely = effort + _spread(parts)
    evidence: dict[str, object] = {"effort_weeks": effort, "effort_weeks_p80": likely, "room_weeks": room}
    if effort > room or likely > room:
        return _too_much(parts, effort, likely, room, weeks, facts, evidence)
    phases = sum(point(phase.duration) for phase in design.plan if phase.duration is not None) / WEEK
    if phases > weeks * 1.001:
        return _too_long(phases, weeks)
    silent = [f"components.{c.id}.effort" for c in design.components if c.effort is None and _is_built(c, facts)]
    return unknown(*silent) if silent else passed(**evidence)


def _is_built(component: Component, facts: Facts) -> bool:
    return component.kind in OWN_CODE and not facts.is_managed(component)


def _spread(parts: list[Component]) -> float:
    """Weeks from the median up to the 80th percentile of the sum, of independent efforts."""
    ends = ((c.effort.high - c.effort.median) / WEEK for c in parts if isinstance(c.effort, Interval))
    return EIGHT_OF_TEN * hypot(*ends)


def _too_much(
    parts: list[Component],
    effort: float,
    likely: float,
    room: float,
    weeks: float,
    facts: Facts,
    evidence: dict[str, object],
) -> Verdict:
    sure = effort > room
    most = effort if sure else likely
    team, focus = facts.team_size or 0.0, facts.thresholds.focus
    dearest = sorted(parts, key=lambda c: -point(c.effort or 0.0))[:DEAREST]
    what = f"{grouped(effort)} person-weeks" if sure else f"in two of ten cases {grouped(likely)} person-weeks"
    names = listed(f"{c.label} ({grouped(point(c.effort or 0.0) / WEEK)} weeks)" for c in dearest)
    more_people = f", or {grouped(most / weeks / focus)} people" if weeks > 0 else ""
    more_time = f"{grouped(most / team / focus)} weeks instead of {grouped(weeks)}" if team > 0 else "a team"
    return failed(
        f"{what} of work do not fit into {grouped(room)}, what {grouped(team)} people have in {grouped(weeks)} weeks",
        evidence=evidence,
        fix=(f"{grouped(most - room)} weeks of work less; most is in {names}", f"or {more_time}{more_people}"),
        severity=None if sure else Severity.WARNING,
        field="constraints.timeline",
    )


def _too_long(phases: float, weeks: float) -> Verdict:
    return failed(
        f"the phases of the plan take {grouped(phases)} weeks, and {grouped(weeks)} are there",
        evidence={"phases_weeks": phases, "timeline_weeks": weeks},
        fix=(f"{grouped(phases - weeks)} weeks less in the plan", "or a later date"),
        severity=Severity.WARNING,
        field="plan",
    )


RULE = Rule(
    id="TEA003",
    title="Plan does not fit the time",
    severity=Severity.ERROR,
    scope="design",
    check=check,
    patterns=("modular-monolith", "serverless"),
    sources=(
        "Fred Brooks, The Mythical Man-Month, chapter 2 (1975)",
        "Steve McConnell, Software Estimation: Demystifying the Black Art, chapter 10 (2006)",
    ),
)

_TEAM = """
[constraints]
team_size = 3
timeline = "10 weeks"
[components.api]
kind = "service"
{effort}
[components.db]
kind = "database"
effort = "2 weeks"
"""

FLAGGED = _TEAM.format(effort='effort = "20 weeks"')

FINE = _TEAM.format(effort='effort = "12 weeks"')

UNKNOWN = _TEAM.format(effort="")
