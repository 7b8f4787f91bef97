"""Four questions decide how safe a design is, and all four are cheap only before it is built.

## Why it matters
Who is it, what may they do, how is it kept from others, and who would attack it? A design that does not answer them is
answered by its code, endpoint by endpoint, differently each time. Adding an identity to a system that has none touches
every part of it.

## What to do
A sentence each, in requirements.security: how callers prove who they are; who may do what to which object; encryption
in transit and at rest, and who holds the keys; who attacks, what for, and what stops them. For the last one, an hour
with a diagram is enough to begin.

## When it is fine
Nothing a client calls, and no sensitive data. An answer may be none where it says why: «none: all of it is public». A
prototype is not excused: its data are real.
"""

from studio.model.design import Design
from studio.red_flags.facts import SENSITIVE, Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed, says_something

PARTS = ("authentication", "authorization", "data_protection", "threat_model")


def check(design: Design, facts: Facts) -> Verdict:
    """Fails a design with an entrance or sensitive data that leaves one of the four questions open."""
    sensitive = [data.id for data in design.data if data.classification in SENSITIVE]
    if not facts.entrances and not sensitive:
        return not_applicable()
    plan = design.requirements.security
    lacking = [part for part in PARTS if not _is_answered(getattr(plan, part))]
    if not lacking:
        return passed(entrances=[component.id for component in facts.entrances], sensitive=sensitive)
    doors = f"clients call {listed(c.label for c in facts.entrances)}" if facts.entrances else ""
    held = f"it keeps {listed(sensitive)}" if sensitive else ""
    words = listed(part.replace("_", " ") for part in lacking)
    return failed(
        f"{' and '.join(part for part in (doors, held) if part)}, and nothing is said about {words}",
        evidence={"lacking": lacking},
        fix=tuple(f"requirements.security.{part}" for part in lacking),
        field="requirements.security",
    )


def _is_answered(words: str | None) -> bool:
    """Whether something is said; `none` only where a reason follows: `none: all of it is public`."""
    return words is not None and (says_something(words) or bool(words.partition(":")[2].strip()))


RULE = Rule(
    id="SEC001",
    title="No security plan",
    severity=Severity.ERROR,
    scope="design",
    check=check,
    patterns=("oauth-jwt", "zero-trust", "object-level-authorization", "encryption-at-rest"),
    sources=(
        "AWS Well-Architected, Security Pillar, SEC01-BP07 (2024)",
        "Adam Shostack, Threat Modeling: Designing for Security (2014)",
    ),
)

_ENTRY = """
{plan}
[components.web]
kind = "client"
[components.api]
kind = "service"
[connections.web-api]
from = "web"
to = "api"
"""

FLAGGED = _ENTRY.format(plan='[requirements.security]\nauthentication = "OAuth 2.0"')

FINE = _ENTRY.format(
    plan="""
[requirements.security]
authentication = "OAuth 2.0, tokens of 15 minutes"
authorization = "a user may change only their own links"
data_protection = "TLS 1.3, AES-256 at rest, keys in the key service"
threat_model = "spammers who hide targets: a block list, reports, a limit for each user"
"""
)
