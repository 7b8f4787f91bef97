"""What can delete everything must be harder to do than what deletes one thing.

## Why it matters
The wrong host name in a terminal, a clean-up job with a filter that matches all, a terraform plan nobody read: the
largest losses are typed by somebody tired who has every right to type them. Replicas follow within milliseconds. A
backup brings the data back after hours; a guard would have cost a second question.

## What to do
Say in guard what stands between a person or a script and the loss of everything: deletion protection on the store, two
people for what cannot be undone, a soft delete that is emptied days later, a limit on how much one job may remove,
rights to delete that nobody has by default, backups that the same account cannot touch.

## When it is fine
Stores that hold only what can be made again from a system of record. What a vendor runs for others.
"""

from studio.model.component import Component
from studio.model.kinds import DURABLE_STORES
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

NOTHING = frozenset({"none", "no", "nothing", "nobody", "no guard", "not guarded", "-", "n/a"})


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a system of record of which it is said that nothing guards it against being destroyed."""
    records = [data.id for data in facts.design.data if data.store == component.id]
    if component.kind not in DURABLE_STORES or (facts.design.data and not records):
        return not_applicable()
    if component.guard is None:
        return unknown(f"components.{component.id}.guard")
    if component.guard.strip(" .").casefold() not in NOTHING:
        return passed(guard=component.guard)
    backup = component.backup
    alone = backup is None or not backup.offsite
    what = f"{listed(records)} in" if records else "everything in"
    return failed(
        f"nothing stands between one mistaken command and the loss of {what} {component.label}"
        f"{', and no copy lies elsewhere' if alone else ''}",
        evidence={"guard": component.guard, "offsite": None if backup is None else backup.offsite},
        fix=(
            f"deletion protection and a second pair of eyes for {component.label}, named in its guard",
            "or a soft delete that is emptied days later, and a limit on what one job may remove",
        ),
        severity=Severity.ERROR if alone else None,
        field="guard",
    )


RULE = Rule(
    id="OUT009",
    title="Destruction without a guard",
    severity=Severity.WARNING,
    scope="components",
    check=check,
    patterns=("backup-and-restore", "audit-log", "object-level-authorization"),
    sources=(
        "AWS, Summary of the Amazon S3 Service Disruption in the Northern Virginia Region (2017)",
        "Atlassian, Post-Incident Review on the Atlassian April 2022 outage (2022)",
        "GitLab, Postmortem of database outage of January 31 (2017)",
    ),
)

_STORE = """
[components.store]
kind = "database"
{said}
"""

FLAGGED = _STORE.format(said='guard = "none"')

FINE = _STORE.format(said='guard = "deletion protection; dropping a table takes two people"')

UNKNOWN = _STORE.format(said="")
