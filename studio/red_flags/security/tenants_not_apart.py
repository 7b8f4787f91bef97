"""Where tenants share a store, one forgotten condition shows each the other's data.

## Why it matters
Isolation that lives in every query is as good as the query written on Friday. The leak shows nowhere: no error, no
alert, a page that loads. It is found by the customer who sees another's invoice, and told to all others.

## What to do
Let something below the code keep them apart: row policies that know the tenant of the session, a schema or a database
for each, the tenant first in every key of cache and queue. Then a test that asks with the wrong tenant.

## When it is fine
Data that belong to no tenant: tenant_scoped = false. One installation for each tenant, said in tenancy.
"""

from studio.model.component import Component
from studio.model.kinds import DATA_HOLDERS
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed, says_something

HOW = {
    "cache": "key prefix: the tenant comes first in every key",
    "queue": "the tenant in every message, checked by the consumer",
    "stream": "the tenant in every message, checked by the consumer",
    "object-store": "a prefix for each tenant, and policies on it",
    "search": "an index for each tenant, or a filter the caller cannot leave out",
    "vector-store": "a namespace for each tenant",
}


def check(component: Component, facts: Facts) -> Verdict:
    """Fails whatever holds data of several tenants and does not say how they are kept apart."""
    if component.kind not in DATA_HOLDERS:
        return not_applicable()
    held = facts.data_in(component)
    shared = [data.id for data in held if data.tenant_scoped]
    if not shared:
        tenants = any(data.tenant_scoped for data in facts.design.data)
        silent = [data.id for data in held if data.tenant_scoped is None]
        asked = tenants and silent and not says_something(component.tenancy)
        return unknown(*(f"data.{id_}.tenant_scoped" for id_ in silent)) if asked else not_applicable()
    if says_something(component.tenancy) or facts.has_pattern("tenant-isolation", on=component.id):
        return passed(tenancy=component.tenancy, data=shared)
    how = HOW.get(component.kind, "row policies, a schema or a database for each tenant")
    return failed(
        f"{component.label} holds {listed(shared)} of all tenants and does not say what keeps them apart",
        evidence={"data": shared},
        fix=(f"tenancy on components.{component.id}: {how}",),
        field="tenancy",
    )


RULE = Rule(
    id="SEC006",
    title="Tenants not kept apart",
    severity=Severity.ERROR,
    scope="components",
    check=check,
    patterns=("tenant-isolation", "object-level-authorization"),
    sources=(
        "AWS, SaaS Tenant Isolation Strategies (2020)",
        "Frederick Chong, Gianpaolo Carraro and Roger Wolter, Multi-Tenant Data Architecture, Microsoft (2006)",
    ),
)

_STORE = """
[components.db]
kind = "database"
{tenancy}
[components.cache]
kind = "cache"
[data.invoice]
store = "db"
tenant_scoped = true
[data.theme]
store = "cache"
{scoped}
"""

FLAGGED = _STORE.format(tenancy="", scoped="tenant_scoped = false")

FINE = _STORE.format(tenancy='tenancy = "row policies"', scoped="tenant_scoped = false")

UNKNOWN = _STORE.format(tenancy='tenancy = "row policies"', scoped="")
