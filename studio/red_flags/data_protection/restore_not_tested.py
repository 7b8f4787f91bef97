"""A backup is a hope until somebody has restored it.

## Why it matters
Backups fail silently: the job that runs as the wrong user, the disk that was full, the key nobody kept, the dump that
takes three days to load. All of that is found by restoring, and by nothing else.

## What to do
Restore into an empty place every quarter, by the runbook, by somebody who did not write it. Note the day and how long
it took: that is the recovery time, whatever the requirement says. Look at the data too, not only at the exit code.

## When it is fine
Within half a year of the last restore; a day still to come is a plan. A prototype. Copies of what can be made again
need no backup, and so no drill.
"""

from studio.model.component import Component
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.red_flags.words import counted


def check(component: Component, facts: Facts) -> Verdict:
    """Warns about a backup that was never restored, or not for half a year."""
    if component.backup is None or facts.stage == "prototype":
        return not_applicable()
    tested, latest = component.backup.restore_tested, facts.thresholds_for(component).drill_days
    days = None if tested is None else (facts.today - tested).days
    if days is not None and 0 <= days <= latest:
        return passed(days_since=days)
    return failed(
        f"{component.label} has backups, {_when(days)}",
        evidence={"days_since": days},
        fix=(
            f"restore one into an empty place, and note the day in backup.restore_tested of components.{component.id}",
        ),
        field="backup.restore_tested",
    )


def _when(days: int | None) -> str:
    if days is None:
        return "and nobody says that one was ever restored"
    return (
        f"the last one restored {counted(days, 'day')} ago"
        if days > 0
        else f"and the first restore is {counted(-days, 'day')} ahead"
    )


RULE = Rule(
    id="DAT002",
    title="Restore not tested",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("backup-and-restore", "chaos-experiment"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL09-BP04 and REL13-BP03 (2024)",
        "GitLab, Postmortem of database outage of January 31 (2017): five methods, none of which worked",
    ),
)

_STORE = """
[components.db]
kind = "database"
backup = {{ every = "1 h"{tested} }}
"""

FLAGGED = _STORE.format(tested="")

FINE = _STORE.format(tested=", restore_tested = 2026-11-04")
