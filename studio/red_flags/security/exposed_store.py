"""Between a client and a store there must be something that knows the rules.

## Why it matters
A store knows who is connected, not whether this order may be cancelled. Whoever reaches it from outside is past every
business rule, every limit and every log line that says why. The credentials lie in the client, so they belong to
everybody. And the schema is now a public interface that can never change.

## What to do
A service in front of it that authorises each operation, and a network in which the store has no address outside. For
files: a CDN before the bucket, or signed addresses of short life.

## When it is fine
An object store behind a CDN, or called with signed addresses (auth on the connection), or with public data only. A
store that decides itself, by row policies for each signed-in user, is a warning: then its policies are your service.
What a balancer looks up for itself, such as the hosts it may choose from or how often somebody called.
"""

from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.kinds import DURABLE_STORES
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed

PASSING_ON = frozenset({"cdn", "load-balancer"})
"""Kinds that hand a request on without judging it."""


def check(component: Component, facts: Facts) -> Verdict:
    """Fails a store that requests of clients reach with no service between."""
    if component.kind not in DURABLE_STORES | {"cache"} or not facts.design.callers_of[component.id]:
        return not_applicable()
    doors = [call for call in facts.design.callers_of[component.id] if _is_open(call, component, facts)]
    if not doors:
        return passed(callers=len(facts.design.callers_of[component.id]))
    callers = listed(facts.design.component[call.source].label for call in doors)
    decides_itself = bool(component.tenancy) and all(call.auth for call in doors)
    return failed(
        f"{callers} {'reaches' if len(doors) == 1 else 'reach'} {component.label} with no service between",
        evidence={"connections": [call.id for call in doors]},
        fix=(
            f"a service between {callers} and {component.label} that authorises each operation",
            *(("or a CDN before it, or auth = “signed URL”",) if component.kind == "object-store" else ()),
        ),
        severity=Severity.WARNING if decides_itself else None,
    )


def _is_open(call: Connection, store: Component, facts: Facts) -> bool:
    """Whether requests come over this call straight from a client, perhaps through what only passes them on."""
    if _is_a_lookup_of_its_own(call, store, facts):
        return False
    through: set[str] = {call.source}
    waiting = [call.source]
    while waiting:
        here = facts.design.component[waiting.pop()]
        if here.kind == "client":
            return not _may_be_public(call, store, through, facts)
        if here.kind not in PASSING_ON:
            continue
        for caller in facts.design.callers_of[here.id]:
            if caller.source not in through:
                through.add(caller.source)
                waiting.append(caller.source)
    return False


def _is_a_lookup_of_its_own(call: Connection, store: Component, facts: Facts) -> bool:
    """Whether a balancer asks for itself, as for hosts to choose from or counts of calls: requests go elsewhere."""
    others = [c for c in facts.design.calls_of[call.source] if c.is_synchronous and c.target != store.id]
    counts = store.kind == "cache" or (store.kind == "database" and call.hard is False)
    return facts.design.component[call.source].kind == "load-balancer" and counts and bool(others)


def _may_be_public(call: Connection, store: Component, through: set[str], facts: Facts) -> bool:
    if store.kind != "object-store":
        return False
    held = facts.data_in(store)
    all_public = bool(held) and all(data.classification == "public" for data in held)
    return bool(call.auth) or all_public or any(facts.design.component[id_].kind == "cdn" for id_ in through)


RULE = Rule(
    id="SEC004",
    title="Store reachable from clients",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("api-gateway", "zero-trust"),
    sources=(
        "AWS Well-Architected, Security Pillar, SEC05-BP01 (2024)",
        "Threagile, rule unguarded-direct-datastore-access (2020)",
    ),
)

FLAGGED = """
[components.app]
kind = "client"
[components.db]
kind = "database"
[connections.app-db]
from = "app"
to = "db"
"""

FINE = """
[components.app]
kind = "client"
[components.api]
kind = "service"
[components.db]
kind = "database"
[components.edge]
kind = "cdn"
[components.files]
kind = "object-store"
[connections.app-api]
from = "app"
to = "api"
[connections.api-db]
from = "api"
to = "db"
[connections.app-edge]
from = "app"
to = "edge"
[connections.edge-files]
from = "edge"
to = "files"
"""
