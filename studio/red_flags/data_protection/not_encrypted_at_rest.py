"""Data whose leak harms somebody must be unreadable on a stolen disk, in a stray snapshot, in a forgotten copy.

## Why it matters
Most leaks of stored data need no clever attack: a snapshot that is public, a disk that is sold, a backup in the wrong
bucket. Encrypted, that is an incident report; in the clear, it is a breach with everybody who must be told.

## What to do
Turn encryption at rest on, with keys of a key service, for every place that holds the data: the cache, the queue and
the backup as well as the database. Encrypt single fields where even the operators should not read them.

## When it is fine
Public and internal data. Encryption at rest does not keep out whoever has an account: authorisation does.
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.red_flags.facts import SENSITIVE, Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed


def check(component: Component, facts: Facts) -> Verdict:
    """Fails whatever holds sensitive data and does not say that it encrypts them at rest."""
    held = facts.data_in(component)
    sensitive = [data for data in held if data.classification in SENSITIVE]
    if component.encrypted_at_rest and sensitive:
        return passed(data=[data.id for data in sensitive])
    if not sensitive:
        unclassified = tuple(f"data.{data.id}.classification" for data in held if data.classification is None)
        return unknown(*unclassified) if unclassified and not component.encrypted_at_rest else not_applicable()
    what = listed(f"{data.id} ({data.classification})" for data in sensitive)
    how = "in the clear" if component.encrypted_at_rest is False else "and does not say that it encrypts at rest"
    return failed(
        f"{component.label} holds {what} {how}",
        evidence={"data": [data.id for data in sensitive], "encrypted_at_rest": component.encrypted_at_rest},
        fix=(f"encrypted_at_rest = true on components.{component.id}, with keys of a key service",),
        mends=(mend(f"components.{component.id}", encrypted_at_rest=True),),
        field="encrypted_at_rest",
    )


RULE = Rule(
    id="DAT004",
    title="Sensitive data not encrypted at rest",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("encryption-at-rest",),
    sources=(
        "AWS Well-Architected, Security Pillar, SEC08-BP02 (2024)",
        "OWASP Top 10, A02: Cryptographic Failures (2021)",
    ),
)

_STORE = """
[components.db]
kind = "database"
{encrypted}
[data.patient]
store = "db"
{classified}
"""

FLAGGED = _STORE.format(encrypted="", classified='classification = "health"')

FINE = _STORE.format(encrypted="encrypted_at_rest = true", classified='classification = "health"')

UNKNOWN = _STORE.format(encrypted="", classified="")
