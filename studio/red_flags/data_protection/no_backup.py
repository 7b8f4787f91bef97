"""The only place where data are needs a second one that mistakes do not reach.

## Why it matters
Replication copies everything, the wrong delete and the ransomware included, in milliseconds. What brings data back
after a mistake is a copy from before it, in a place the mistake has no key to. Without one, the retention of your
business is the care of whoever types next.

## What to do
Scheduled backups at an interval the recovery point allows, kept longer than a mistake stays unnoticed, off the site
and under other credentials. Then restore one, and write down when, and how long it took.

## When it is fine
Stores that hold only what can be made again from a system of record: caches, indexes, projections. An external system
is backed up by whoever runs it.
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.model.kinds import DURABLE_STORES
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed
from studio.units import Dimension, as_written, point

ORIGINALS = frozenset({"database", "object-store"})
"""Stores taken for a system of record where no data say where they live."""


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a system of record without a backup; replication does not count."""
    if component.kind not in DURABLE_STORES:
        return not_applicable()
    records = [data.id for data in facts.design.data if data.store == component.id]
    if not records and facts.design.data:
        homeless = tuple(f"data.{data.id}.store" for data in facts.data_in(component) if data.store is None)
        return unknown(*homeless) if homeless and component.backup is None else not_applicable()
    if not records and component.kind not in ORIGINALS:
        return not_applicable()
    if component.backup is None:
        home = f" is the only home of {listed(records)} and" if records else ""
        copied = component.read_replicas or component.replication
        every, because = _how_often(facts)
        return failed(
            f"{component.label}{home} has no backup{', and replication copies a mistake too' if copied else ''}",
            evidence={"data": records},
            fix=(f'backup = {{ every = "{every}", keep = "30 days", offsite = true }} on components.{component.id}',),
            mends=(mend(f"components.{component.id}.backup", because, every=every, keep="30 days", offsite=True),),
            field="backup",
        )
    if component.backup.every is None:
        return unknown(f"components.{component.id}.backup.every")
    return passed(every_s=component.backup.every, data=records)


def _how_often(facts: Facts) -> tuple[object, str]:
    """As often as what may be lost asks for; every hour where nobody said, or nothing may be lost."""
    most = facts.design.requirements.availability.recovery_point
    if most is None or point(most) <= 0:
        return "1 h", ""
    every = as_written(point(most), Dimension.DURATION)
    return every, f"no more than {every} of writes may be lost"


RULE = Rule(
    id="DAT001",
    title="System of record without backup",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("backup-and-restore",),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL09-BP01 (2024)",
        "GitLab, Postmortem of database outage of January 31 (2017)",
    ),
)

_STORE = """
[components.db]
kind = "database"
replication = {{ mode = "sync" }}
{backup}
[data.orders]
store = "db"
"""

FLAGGED = _STORE.format(backup="")

FINE = _STORE.format(backup='backup = { every = "1 h", keep = "30 days", offsite = true }')

UNKNOWN = _STORE.format(backup="backup = { offsite = true }")
