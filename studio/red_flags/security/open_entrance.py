"""A door without a lock is a decision; it should be written down as one.

## Why it matters
What clients can call, everybody can call: with a browser, a script, a million addresses. An entrance that does not ask
who is there gives away what it reads, does what it is told, and cannot even count who does it. Added later, a login
changes every client.

## What to do
Say on the connection how callers prove who they are: OAuth 2.0 or OpenID Connect for people, certificates or keys with
scopes for machines. Where everybody may read, say that: auth = «none: public».

## When it is fine
Public content that only is read, said to be so. Where a CDN or load balancer only passes on, auth of every endpoint
behind it counts too.
"""

from studio.model.component import Component, Endpoint
from studio.model.connection import Connection
from studio.red_flags.credentials import asks_nobody
from studio.red_flags.facts import SENSITIVE, Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

PASSING_ON = frozenset({"cdn", "load-balancer", "gateway"})
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def check(connection: Connection, facts: Facts) -> Verdict:
    """Fails a call of a client that asks for no proof of who it is and is not said to be public."""
    caller, door = (facts.design.component[end] for end in (connection.source, connection.target))
    if caller.kind != "client" or door.kind in ("client", "external", "identity"):
        return not_applicable()
    sensitive: list[str] = [data.id for data in facts.data_on(connection) if data.classification in SENSITIVE]
    if connection.auth and not asks_nobody(connection.auth):
        return passed(auth=connection.auth)
    endpoints = [endpoint for component in _behind(door, facts) for endpoint in component.endpoints]
    if endpoints and all(endpoint.auth for endpoint in endpoints) and not _writes_unasked(endpoints):
        return passed(endpoints=[endpoint.id for endpoint in endpoints])
    if connection.auth:
        writes = _writes_unasked(endpoints)
        return _failed(connection, door, sensitive, writes) if sensitive or writes else passed(auth=connection.auth)
    if _all_public(connection, facts) and connection.mutating is not True:
        return passed(data=list(connection.data))
    if facts.design.requirements.security.authentication:
        return unknown(f"connections.{connection.id}.auth")
    return _failed(connection, door, sensitive, [])


def _behind(door: Component, facts: Facts) -> list[Component]:
    """The entrance, or what lies behind it where it only passes on."""
    found, waiting, seen = [], [door.id], {door.id}
    while waiting:
        here = facts.design.component[waiting.pop(0)]
        if here.kind not in PASSING_ON or here.endpoints:
            found.append(here)
            continue
        for call in facts.design.calls_of[here.id]:
            if call.target not in seen:
                seen.add(call.target)
                waiting.append(call.target)
    return found


def _writes_unasked(endpoints: list[Endpoint]) -> list[str]:
    """Endpoints that change something for anybody."""
    return [e.id for e in endpoints if (e.method or "").upper() in WRITING and asks_nobody(e.auth)]


def _all_public(connection: Connection, facts: Facts) -> bool:
    carried = facts.data_on(connection)
    return bool(carried) and all(data.classification == "public" for data in carried)


def _failed(connection: Connection, door: Component, sensitive: list[str], writes: list[str]) -> Verdict:
    what = f" and gets {listed(sensitive)}" if sensitive else f" and may call {listed(writes)}" if writes else ""
    return failed(
        f"anybody reaches {door.label}{what}: nobody is asked who they are",
        evidence={"auth": connection.auth, "data": sensitive},
        fix=(
            f"auth on connections.{connection.id}: OAuth 2.0, a certificate, a key with scopes",
            *(() if sensitive or writes else ("or auth = “none: public”, if everybody may read all of it",)),
        ),
        field="auth",
    )


RULE = Rule(
    id="SEC002",
    title="Entrance without authentication",
    severity=Severity.ERROR,
    scope="connections",
    check=check,
    patterns=("oauth-jwt", "api-gateway", "mutual-tls"),
    sources=(
        "OWASP API Security Top 10, API2: Broken Authentication (2023)",
        "Threagile, rule missing-authentication (2020)",
    ),
)

_DOOR = """
{plan}
[components.web]
kind = "client"
[components.api]
kind = "service"
[connections.web-api]
from = "web"
to = "api"
{auth}
"""

FLAGGED = _DOOR.format(plan="", auth="")

FINE = _DOOR.format(plan="", auth='auth = "OAuth 2.0, tokens of 15 minutes"')

UNKNOWN = _DOOR.format(plan='[requirements.security]\nauthentication = "OAuth 2.0 for people"', auth="")
