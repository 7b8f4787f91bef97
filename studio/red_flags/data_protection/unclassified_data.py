"""Data nobody classified are treated as harmless by everybody, the rules here included.

## Why it matters
Whether a link must be encrypted, a copy may leave the region, a prompt may hold a name: all of that hangs on one word,
how much harm a leak does. Without it nobody asks. Classified later, in a running system, the answer comes with a
migration.

## What to do
One word for each kind of data: public, internal, confidential, personal, health, payment or secret. In doubt the worse
one. What mixes two classes is two kinds of data.

## When it is fine
Never for long; it takes a minute. A prototype with invented data may wait, and is not asked.
"""

from studio.model.behaviour import Data
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed


def check(data: Data, facts: Facts) -> Verdict:
    """Warns about a kind of data without a classification."""
    if facts.stage == "prototype":
        return not_applicable()
    if data.classification is not None:
        return passed(classification=data.classification)
    return failed(
        f"nobody says how much harm a leak of {data.id} does",
        evidence={"classification": None},
        fix=(f"data.{data.id}.classification: public, internal, confidential, personal, health, payment or secret",),
        field="classification",
    )


RULE = Rule(
    id="DAT010",
    title="Unclassified data",
    severity=Severity.WARNING,
    scope="data",
    check=check,
    sources=(
        "AWS Well-Architected, Security Pillar, SEC07-BP01 (2024)",
        "ISO/IEC 27002, control 5.12, Classification of information (2022)",
    ),
)

FLAGGED = """
[data.address]
retention = "2 years"
"""

FINE = """
[data.address]
retention = "2 years"
classification = "personal"
"""
