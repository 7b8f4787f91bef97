"""What nobody checks before it is used is right until the day it is not, and then it is wrong everywhere.

## Why it matters
A file with twice the rows, a policy with blank fields, a rule with one parameter too many: made by a program everybody
trusts, taken by programs that expect nothing else. The reader has a limit, a null it never met, a loop without an end.
It stops, restarts, reads the same thing again and stops again, in every copy that got it. Code is reviewed and staged;
what it reads often is not.

## What to do
Check it where it is published, against what readers can take (size, number of entries, every field), and again where it
is read: what is refused is dropped, and the last good one stays in use. Then validated = true. Treat what your own
programs make as you treat what users send, and let it pass through stages like code (OUT003).

## When it is fine
What no must journey needs. Answers of language models are another flag (AIX008). Of ordinary data nobody has to say it;
of configuration, rules and keys that many copies take at once somebody has to.
"""

from studio.edits.mend import mend
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.kinds import DATA_HOLDERS
from studio.red_flags.facts import Facts
from studio.red_flags.rollouts import fed_by, goes_everywhere, is_governing, says_configuration
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

ANSWERS = frozenset({"llm", "agent"})


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a connection whose content is said to be unchecked, when a must journey works with it."""
    source, target = (facts.design.component[end] for end in (connection.source, connection.target))
    if source.kind in ANSWERS or target.kind in ANSWERS:
        return not_applicable()
    if connection.validated:
        return passed(validated=True)
    pushed = not connection.is_synchronous and source.kind != "client"
    if connection.validated is None and not (pushed and is_governing(connection, facts)):
        return not_applicable()
    users = _users(connection, source, target, facts)
    if not users:
        return not_applicable()
    if connection.validated is None:
        return unknown(f"connections.{connection.id}.validated")
    return _unchecked(connection, source, target, users)


def _users(connection: Connection, source: Component, target: Component, facts: Facts) -> tuple[Component, ...]:
    """What a must journey needs and works with what arrives: the caller that reads, the callee, or what that feeds."""
    if _is_read(connection, target):
        return (source,) if source.id in facts.hard_path else ()
    if target.kind == "client" or (target.id in facts.hard_path and target.kind not in DATA_HOLDERS):
        return (target,)
    passed_on = tuple(part for part in fed_by(target, facts) if part is not source)
    return passed_on or ((target,) if target.id in facts.hard_path else ())


def _is_read(connection: Connection, target: Component) -> bool:
    """Whether what arrives is what the caller gets back: it says that it reads, or asks something for configuration."""
    if connection.traffic == "reads":
        return True
    writes = connection.mutating or connection.traffic == "writes" or not connection.is_synchronous
    asks = target.kind in DATA_HOLDERS and connection.mutating is False
    return not writes and (asks or says_configuration(target.label, target.purpose))


def _unchecked(connection: Connection, source: Component, target: Component, users: tuple[Component, ...]) -> Verdict:
    reads = users == (source,)
    what = connection.carries or (f"what {target.label} answers" if reads else f"what {source.label} sends")
    readers = listed(user.label for user in users[:2])
    everywhere = any(goes_everywhere(part.deploy) for part in (source, target))
    place = f"connections.{connection.id}"
    return failed(
        f"nobody checks {what} before it is used by {readers}{', everywhere at once' if everywhere else ''}",
        evidence={"validated": False, "used_by": [user.id for user in users]},
        fix=(
            f"a check of size, number and every field, then validated = true on {place}",
            "and the last good one kept in use when the check fails",
        ),
        mends=(mend(place, validated=True),),
        severity=Severity.ERROR if everywhere else None,
        field="validated",
    )


RULE = Rule(
    id="OUT014",
    title="Unchecked before it is used",
    severity=Severity.WARNING,
    scope="connections",
    check=check,
    patterns=("canary", "feature-flags", "fallback"),
    sources=(
        "Cloudflare, Cloudflare outage on November 18, 2025 (2025)",
        "CrowdStrike, External Technical Root Cause Analysis: Channel File 291 (2024)",
        "Google Cloud, Incident Report: multiple products, June 12, 2025 (2025)",
    ),
)

_EDGE = """
[components.web]
kind = "client"
[components.edge]
kind = "gateway"
instances = 40
[components.builder]
kind = "batch"
[connections.web-edge]
from = "web"
to = "edge"
[connections.rules]
from = "builder"
to = "edge"
mode = "async"
carries = "rules"
{said}
"""

FLAGGED = _EDGE.format(said="validated = false")

FINE = _EDGE.format(said="validated = true")

UNKNOWN = _EDGE.format(said="")
