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
Stores that hold only what can be made again from a system of record. What a vendor runs for others. Of services and
tools nobody has to say it, but where it is said that nothing guards them it counts. A job that deletes, by its own
words, needs a guard, unless what it takes from has one.
"""

import re
from collections.abc import Sequence

from studio.model.component import Component
from studio.model.kinds import DATA_HOLDERS, DURABLE_STORES, OWN_CODE
from studio.model.values import ComponentId
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed, says_something

UNGUARDED = re.compile(
    r"\s*((there is )?no (upper )?(limit|guard|check|confirmation|dry run|undo|protection|review|approval)s?\b|"
    r"not (guarded|protected)\b|unguarded\b|unprotected\b)",
    re.IGNORECASE,
)
"""How words begin that say that there is no guard, besides `none`: `no limit on how many hosts`."""
DESTROYS = re.compile(
    r"\b(delet|remov(e|es|al|ing)\b|purg|prun|wip(e|es|ing)\b|drop(s|ping)?\b|destroy|decommission|deprovision|"
    r"clean(s|ing)?[ -]?up|deschedul|terminat)",
    re.IGNORECASE,
)
LOST = DURABLE_STORES | {"secrets", "identity"}
"""Kinds that hold what is gone when it is deleted: records, keys, accounts."""
JOBS = frozenset({"batch", "scheduler", "worker", "function"})


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a system of record, or what acts on many others, of which it is said that nothing guards against a mistake;
    and a job that by its own words destroys what lies in such a store, when neither says what guards it."""
    if component.kind not in DURABLE_STORES:
        return _what_acts(component, facts)
    records = [data.id for data in facts.design.data if data.store == component.id]
    if facts.design.data and not records:
        return not_applicable()
    if component.guard is None:
        return unknown(f"components.{component.id}.guard")
    if is_a_guard(component.guard):
        return passed(guard=component.guard)
    return _record(component, records)


def is_a_guard(words: str) -> bool:
    """Whether the words of a guard name one."""
    return says_something(words) and UNGUARDED.match(words) is None


def _what_acts(component: Component, facts: Facts) -> Verdict:
    """Judges a tool, a job or a subsystem by what is said of it; silence is a fault only of a job that destroys."""
    if component.kind in DATA_HOLDERS or component.kind in ("client", "external"):
        return not_applicable()
    if component.guard is not None and is_a_guard(component.guard):
        return passed(guard=component.guard)
    emptied = _emptied_by(component, facts)
    if component.guard is None and not emptied:
        return not_applicable()
    where = f" in {listed(part.label for part in emptied)}" if emptied else ""
    said = "nothing limits" if component.guard is not None else "nobody says what limits"
    return failed(
        f"{said} how much one mistaken run or command of {component.label} takes away{where}",
        evidence={"guard": component.guard, "takes_from": [part.id for part in emptied]},
        fix=(
            f"small steps with a floor that is never crossed, and a dry run first, in guard of {component.label}",
            "or a second pair of eyes on what it is given, and a soft delete that is emptied days later",
        ),
        field="guard",
    )


def _emptied_by(job: Component, facts: Facts) -> tuple[Component, ...]:
    """What a job destroys things in, as its words say: durable stores and what a must journey needs, where these have
    no guard of their own."""
    calls = facts.design.calls_of[job.id] if job.kind in JOBS else ()
    own = " ".join((job.label, job.purpose or "", *job.responsibilities))
    found = (
        facts.design.component[call.target]
        for call in calls
        if call.mutating is not False and call.traffic != "reads" and DESTROYS.search(f"{own} {call.carries or ''}")
    )
    held = dict.fromkeys(
        part.id for part in found if part.kind in LOST or (part.id in facts.hard_path and part.kind in OWN_CODE)
    )
    records = {data.store for data in facts.design.data}
    parts = (facts.design.component[name] for name in held if not _is_made_again(name, records, facts))
    return tuple(part for part in parts if part.guard is None or not is_a_guard(part.guard))


def _is_made_again(name: str, records: set[ComponentId | None], facts: Facts) -> bool:
    """Whether it is a store of no data of its own, in a design that says which store holds what."""
    kind = facts.design.component[name].kind
    return kind in DURABLE_STORES and bool(records) and name not in records


def _record(component: Component, records: Sequence[str]) -> Verdict:
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
