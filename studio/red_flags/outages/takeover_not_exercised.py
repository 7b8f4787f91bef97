"""A takeover nobody has practised is a hope with a configuration file.

## Why it matters
Between two exercises permissions change, a replica falls behind, a client caches the old address, the runbook names a
host that is gone. All of that is found at the first failover, which is then the one that counts. What is practised
every quarter takes a minute; what is practised never takes the night.

## What to do
Take the primary away on purpose, in working hours, twice a year at least, and write the date into failover.exercised.
Measure how long writes failed and what was lost, and compare that with what is promised.

## When it is fine
Within 180 days of an exercise (the number can be set). What no must journey waits for. Restores from a backup are
another exercise, and another flag (DAT002). A vendor may practise without telling: of what is managed it is asked
only.
"""

from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import counted


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a failover that was never exercised, whose last exercise is too long ago, or still to come."""
    if component.failover is None or component.id not in facts.hard_path:
        return not_applicable()
    exercised = component.failover.exercised
    if exercised is None:
        return _never(component, facts)
    age, most = (facts.today - exercised).days, facts.thresholds_for(component).drill_days
    if 0 <= age <= most:
        return passed(exercised=exercised.isoformat(), days=age)
    when = f"{counted(age, 'day')} ago" if age > 0 else f"only planned, for {exercised.isoformat()}"
    said = f"was last exercised {when}" if age > 0 else f"has not been exercised: it is {when}"
    return failed(
        f"the takeover of {component.label} {said}",
        evidence={"exercised": exercised.isoformat(), "days": age, "most_days": most},
        fix=(f"take the primary of {component.label} away on purpose; then write the date into failover.exercised",),
        field="failover",
    )


def _never(component: Component, facts: Facts) -> Verdict:
    """A day that is not given is the only way to say never; a vendor may practise without telling."""
    if facts.is_managed(component) or facts.stage == "prototype":
        return unknown(f"components.{component.id}.failover.exercised")
    return failed(
        f"{component.label} has a takeover, and nobody says that it was ever exercised",
        evidence={"exercised": None},
        fix=(f"take the primary of {component.label} away on purpose; then write the date into failover.exercised",),
        field="failover",
    )


RULE = Rule(
    id="OUT004",
    title="Takeover not exercised",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("chaos-experiment", "active-passive-failover"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL12-BP05 and REL13-BP03 (2024)",
        "Kripa Krishnan, Weathering the Unexpected, ACM Queue (2012)",
        "GitLab, Postmortem of database outage of January 31 (2017)",
    ),
)

_STORE = """
[components.store]
kind = "database"
tier = 1
read_replicas = 1
{failover}
"""

FLAGGED = _STORE.format(failover='failover = { mode = "automatic", exercised = 2025-02-01 }')

FINE = _STORE.format(failover='failover = { mode = "automatic", exercised = 2026-10-01 }')

UNKNOWN = _STORE.format(failover='managed = true\nfailover = { mode = "automatic" }')
