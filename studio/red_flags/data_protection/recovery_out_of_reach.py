"""What is promised after a disaster and what the mechanism can do are two numbers; compare them before the day.

## Why it matters
An hourly backup loses an hour, whatever the requirement says. A restore of four hours is an outage of four hours, and
nobody makes it shorter while it runs. The gap is found by the auditor in the good case.

## What to do
For the recovery point: backups more often, a log that is shipped as it is written, or a copy that follows. For the
recovery time: a standby that is warm, a smaller store to restore, or the important tables first. Or a promise the
mechanism can keep.

## When it is fine
A copy that follows bounds what a lost machine costs, so it counts for the recovery point. What a mistake costs is
bounded by the backup alone: keep both.
"""

from studio.edits.mend import Mend, mend
from studio.estimates.recovery import data_loss, restore_time, systems_of_record
from studio.model.component import Component
from studio.model.kinds import DURABLE_STORES
from studio.red_flags.facts import Facts
from studio.red_flags.once import once_per_design
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import duration
from studio.text import listed
from studio.units import Dimension, Quantity, as_written, point


def check(store: Component, facts: Facts) -> Verdict:
    """Fails a system of record that loses more, or takes longer to come back, than is promised."""
    if store.kind not in DURABLE_STORES or store.id not in _records(facts):
        return not_applicable()
    wanted = facts.design.requirements.availability
    lost, back = data_loss(store), restore_time(store)
    sides = [
        (_seconds(wanted.recovery_point), lost, "loses", "backup.every"),
        (_seconds(wanted.recovery_time), back, "takes", "backup.restore_time"),
    ]
    late = [side for side in sides if side[0] is not None and side[1] is not None and side[1] > side[0]]
    if late:
        return _failed(store, late)
    asked = [(most, got, field) for most, got, _, field in sides if most is not None]
    if not asked:
        return unknown("requirements.availability.recovery_point", "requirements.availability.recovery_time")
    silent = tuple(f"components.{store.id}.{field}" for _, got, field in asked if got is None)
    return unknown(*silent) if silent else passed(recovery_point_s=lost, recovery_time_s=back)


@once_per_design
def _records(facts: Facts) -> frozenset[str]:
    return frozenset(store.id for store in systems_of_record(facts.estimates.working.basis))


def _seconds(quantity: Quantity | None) -> float | None:
    return None if quantity is None else point(quantity)


def _failed(store: Component, late: list[tuple[float | None, float | None, str, str]]) -> Verdict:
    words, fixes, evidence = [], [], {}
    for most, got, verb, field in late:
        allowed, time = duration(1000 * (most or 0)), duration(1000 * (got or 0))
        what = f"up to {time} of writes" if verb == "loses" else f"{time} to restore"
        words.append(f"{verb} {what} where {allowed} {'are' if verb == 'loses' else 'is'} allowed")
        evidence[field] = got
        fixes.append(_fix(store, field, allowed))
    promise = "recovery_point" if late[0][2] == "loses" else "recovery_time"
    return failed(
        f"{store.label} {listed(words)}",
        evidence=evidence,
        fix=(*fixes, f"or requirements.availability.{promise} = “{duration(1000 * (late[0][1] or 0))}”, by decision"),
        mends=_mends(store, late),
        field=late[0][3],
    )


def _mends(store: Component, late: list[tuple[float | None, float | None, str, str]]) -> tuple[Mend, ...]:
    """What loses less; how long a restore takes is a fact and no choice."""
    place, most = f"components.{store.id}", late[0][0]
    if len(late) > 1 or late[0][2] != "loses" or most is None:
        return ()
    if store.replication is not None and store.replication.lag is not None:
        return (mend(f"{place}.replication", "a copy that confirms each write is never behind", mode="sync"),)
    every = as_written(most, Dimension.DURATION)
    return (mend(f"{place}.backup", f"no more than {every} of writes may be lost", every=every),) if most > 0 else ()


def _fix(store: Component, field: str, allowed: str) -> str:
    place = f"components.{store.id}"
    if field == "backup.restore_time":
        return f"a restore within {allowed}: a warm standby, or less to restore, then {field} of {place}"
    if store.replication is not None and store.replication.lag is not None:
        return f"replication.lag of at most {allowed} on {place}, or replication.mode = “sync”"
    return f"{field} = “{allowed}” or a replica that follows within it, on {place}"


RULE = Rule(
    id="DAT003",
    title="Recovery promise out of reach",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("backup-and-restore", "active-passive-failover", "read-replicas"),
    sources=(
        "AWS Well-Architected, Reliability Pillar, REL13-BP01 and REL13-BP02 (2024)",
        "NIST SP 800-34 Revision 1, Contingency Planning Guide, section 3.2 (2010)",
    ),
)

_STORE = """
[requirements.availability]
recovery_point = "15 min"
recovery_time = "1 h"
[components.db]
kind = "database"
backup = {{ {backup} }}
"""

FLAGGED = _STORE.format(backup='every = "1 h", restore_time = "4 h"')

FINE = _STORE.format(backup='every = "15 min", restore_time = "40 min"')

UNKNOWN = _STORE.format(backup='every = "15 min"')
