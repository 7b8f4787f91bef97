"""Between two machines there is a wire, and on it everything is readable unless it is encrypted.

## Why it matters
Networks that are called internal are shared with other tenants, with the next intruder, with a mirror port somebody
forgot. Without encryption whoever listens reads; without authentication whoever connects is believed. One open link in
the middle undoes the care on both sides of it.

## What to do
TLS everywhere, also inside; with certificates on both sides (mutual TLS) or an identity the platform issues, so that
the callee knows who calls. A link to a store is a link.

## When it is fine
Public data between own components in the clear. Clients without an account who only see public things: say auth =
«none: public» and let no sensitive data travel there. A protocol that is encrypted by its name (HTTPS, TLS, WSS, SSH)
need not say it again in encrypted.
"""

from studio.edits.mend import mend
from studio.model.connection import Connection
from studio.red_flags.credentials import asks_nobody, is_encrypted
from studio.red_flags.facts import SENSITIVE, Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

OUTSIDE = frozenset({"client", "external"})
"""Ends that lie beyond the own network."""
SHOWN = 3


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a link in the clear, or without authentication, that carries sensitive data or leaves the own network."""
    sensitive: list[str] = [data.id for data in facts.data_on(connection) if data.classification in SENSITIVE]
    ends = tuple(facts.design.component[end] for end in (connection.source, connection.target))
    crosses = any(end.kind in OUTSIDE for end in ends)
    encrypted = is_encrypted(connection)
    closed = encrypted and (bool(connection.auth) or not sensitive)
    if not sensitive and not crosses:
        silent = () if closed else _unclassified(connection, facts)
        return unknown(*silent) if silent else not_applicable()
    nobody_asked = bool(sensitive) and asks_nobody(connection.auth) and ends[0].kind != "client"
    faults = [*(["in the clear"] if encrypted is False else []), *(["to anybody"] if nobody_asked else [])]
    if faults:
        return _failed(connection, sensitive, faults, facts)
    place = f"connections.{connection.id}"
    unsaid = (*([f"{place}.encrypted"] if encrypted is None else []),
              *([f"{place}.auth"] if sensitive and not connection.auth else []))  # fmt: skip
    return unknown(*unsaid) if unsaid else passed(auth=connection.auth, data=sensitive)


def _unclassified(connection: Connection, facts: Facts) -> tuple[str, ...]:
    """What may be sensitive: data nobody classified, or a link that does not say what it carries."""
    silent = tuple(
        f"data.{data.id}.classification" for data in facts.data_on(connection) if data.classification is None
    )
    somewhere = any(data.classification in SENSITIVE for data in facts.design.data)
    return silent or ((f"connections.{connection.id}.data",) if somewhere and not connection.data else ())


def _failed(connection: Connection, sensitive: list[str], faults: list[str], facts: Facts) -> Verdict:
    caller, callee = (facts.design.component[end].label for end in (connection.source, connection.target))
    shown = sensitive[:SHOWN] + ([f"{len(sensitive) - SHOWN} more"] if len(sensitive) > SHOWN else [])
    what = listed(shown) if sensitive else "everything, out of the own network,"
    place = f"connections.{connection.id}"
    return failed(
        f"{caller} and {callee} exchange {what} {listed(faults)}",
        evidence={"data": sensitive, "encrypted": connection.encrypted, "auth": connection.auth},
        fix=(
            *([f"encrypted = true on {place}: TLS"] if "in the clear" in faults else []),
            *([f"auth on {place}: mTLS, or an identity the platform issues"] if "to anybody" in faults else []),
        ),
        mends=(mend(place, encrypted=True),) if faults == ["in the clear"] else (),
        field="encrypted" if "in the clear" in faults else "auth",
    )


RULE = Rule(
    id="DAT005",
    title="Sensitive data on an open link",
    severity=Severity.ERROR,
    scope="connections",
    check=check,
    patterns=("mutual-tls", "zero-trust"),
    sources=(
        "AWS Well-Architected, Security Pillar, SEC09-BP02 (2024)",
        "NIST SP 800-207, Zero Trust Architecture, section 2.1 (2020)",
    ),
)

_LINK = """
[components.api]
kind = "service"
[components.db]
kind = "database"
[data.patient]
store = "db"
classification = "health"
[connections.api-db]
from = "api"
to = "db"
data = ["patient"]
{said}
"""

FLAGGED = _LINK.format(said='encrypted = false\nauth = "password"')

FINE = _LINK.format(said='encrypted = true\nauth = "workload identity"')

UNKNOWN = _LINK.format(said='auth = "workload identity"')
