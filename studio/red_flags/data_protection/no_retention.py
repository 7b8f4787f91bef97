"""Data about people must have an end, and somebody must know which.

## Why it matters
Most laws on personal data ask for a period and for deletion when it is over or when the person asks. What has no end is
kept for ever, in every copy: that is what is stolen one day, and what is searched by hand on the day of a request. It
also only ever grows, and with it the bill, the restore and the index.

## What to do
A period for each kind of data, from why it is kept. A job that deletes, and that reaches backups, indexes, streams and
vendors too: partitions by time make it cheap. Long periods for a reason, such as tax law, belong to a cheaper tier.

## When it is fine
Data nobody stores, passed on only. Confidential or internal data that name nobody, unless they grow by more than a
tenth a month (size and growth_per_month): then it is a warning. Secrets are rotated, not retained.
"""

from studio.model.behaviour import Data
from studio.model.kinds import DATA_HOLDERS
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.red_flags.words import percent
from studio.units import Dimension, point, shown

ABOUT_PEOPLE = frozenset({"personal", "health", "payment"})


def check(data: Data, facts: Facts) -> Verdict:
    """Fails stored data about people for which nobody says how long they are kept."""
    if not _is_stored(data, facts):
        return not_applicable()
    if data.retention is not None:
        return passed(retention_s=point(data.retention))
    if _outgrows(data, facts):
        return _growing(data)
    if data.classification is None:
        return unknown(f"data.{data.id}.classification")
    if data.classification not in ABOUT_PEOPLE:
        return not_applicable()
    return failed(
        f"{data.id} is {data.classification} data and nobody says how long it is kept",
        evidence={"classification": data.classification},
        fix=(f"data.{data.id}.retention: the period, and a job that deletes what is older, backups and indexes too",),
        field="retention",
    )


def _outgrows(data: Data, facts: Facts) -> bool:
    """Whether data that name nobody grow by so much a month that they must end somewhere."""
    if data.size is None or data.growth_per_month is None or data.classification in ABOUT_PEOPLE:
        return False
    return point(data.growth_per_month) > facts.thresholds.data_growth * point(data.size)


def _growing(data: Data) -> Verdict:
    size, growth = point(data.size or 0.0), point(data.growth_per_month or 0.0)
    share = f" ({percent(growth / size)} of what there is)" if size else ""
    return failed(
        f"{data.id} grows by {shown(growth, Dimension.SIZE)} a month{share}, and nobody says when it ends",
        evidence={"size_bytes": size, "growth_bytes_per_month": growth},
        fix=(f"data.{data.id}.retention: the period, or a cheaper tier for what is older",),
        severity=Severity.WARNING,
        field="retention",
    )


def _is_stored(data: Data, facts: Facts) -> bool:
    held = (call for call in facts.carrying[data.id] if facts.design.component[call.target].kind in DATA_HOLDERS)
    return data.store is not None or any(held)


RULE = Rule(
    id="DAT006",
    title="No retention period",
    severity=Severity.ERROR,
    scope="data",
    check=check,
    patterns=("retention-and-tiering",),
    sources=(
        "Regulation (EU) 2016/679, articles 5(1)(e) and 17 (2016)",
        "AWS Well-Architected, Security Pillar, SEC07-BP04 (2024)",
    ),
)

_DATA = """
[components.db]
kind = "database"
[data.address]
store = "db"
{said}
"""

FLAGGED = _DATA.format(said='classification = "personal"')

FINE = _DATA.format(said='classification = "personal"\nretention = "2 years"')

UNKNOWN = _DATA.format(said="")
