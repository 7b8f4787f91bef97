"""An endpoint that takes an id must check whose thing it is, not only who asks.

## Why it matters
Change the number in the address and read another customer's invoice: broken object-level authorisation is the first
entry of the list of API risks, and the gap that generated code leaves most often. The caller is signed in, the token
is valid, the log shows nothing unusual.

## What to do
One rule for each kind of object (owner, member of the tenant, role), checked where the object is loaded, denied by
default, and a test for each endpoint with somebody else's id. Say the rule in authorization of the endpoint.

## When it is fine
Objects that belong to nobody: user_owned = false, tenant_scoped = false. A public read says authorization = "none";
a write of what users own never may.
"""

import re
from collections.abc import Iterable

from studio.edits.mend import mend
from studio.model.behaviour import Data
from studio.model.component import Component, Endpoint
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed, unknown
from studio.text import listed

WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def check(endpoint: Endpoint, facts: Facts) -> Verdict:
    """Fails an endpoint that takes the id of something somebody owns and names no rule about whose it is."""
    owner = facts.owner_of(endpoint)
    handled = _handled(owner, facts)
    owned = [data for data in handled if data.user_owned or data.tenant_scoped]
    if endpoint.path is None:
        silent = bool(owned) and not endpoint.authorization
        return unknown(f"components.{owner.id}.endpoints.{endpoint.id}.path") if silent else not_applicable()
    if not _takes_an_id(endpoint.path):
        return not_applicable()
    meant = _named_in(endpoint.path, handled) or handled
    owned = [data for data in meant if data.user_owned or data.tenant_scoped]
    rule = (endpoint.authorization or "").strip()
    if owned:
        return _judged(endpoint, owner, owned, rule)
    return not_applicable() if rule else _unsaid(owner, meant, facts)


def _handled(owner: Component, facts: Facts) -> tuple[Data, ...]:
    """The data a component works on: those its connections carry, and those of the stores it calls."""
    calls = facts.design.calls_of[owner.id]
    ids = {id_ for c in (*calls, *facts.design.callers_of[owner.id]) for id_ in c.data}
    silent = {c.target for c in calls if not c.data}
    return tuple(d for d in facts.design.data if d.id in ids or d.store in silent or d.store == owner.id)


def _takes_an_id(path: str) -> bool:
    return re.search(r"\{[^}]+\}|<[^>]+>|/:\w|[?&][\w-]*id=", path) is not None


def _named_in(path: str, data: Iterable[Data]) -> tuple[Data, ...]:
    words = {word for word in re.split(r"[^a-z0-9]+", path.casefold()) if word}
    return tuple(d for d in data if {d.id, f"{d.id}s", f"{d.id}es", f"{d.id[:-1]}ies", d.id.removesuffix("s")} & words)


def _judged(endpoint: Endpoint, owner: Component, owned: list[Data], rule: str) -> Verdict:
    writes = (endpoint.method or "").upper() in WRITING
    open_ = re.match(r"none\b", rule.casefold()) is not None
    if rule and not (open_ and writes):
        return passed(authorization=rule)
    tenants = any(data.tenant_scoped for data in owned)
    whose, who = ("a tenant's", "tenant") if tenants else ("a user's", "owner")
    place = f"components.{owner.id}.endpoints.{endpoint.id}"
    what = listed(data.id for data in owned)
    says = "lets anybody change it" if open_ else "names no rule about whose it is"
    return failed(
        f"{(endpoint.method or '').upper() or 'endpoint'} {endpoint.path} of {owner.label} takes the id of {whose} "
        f"{what} and {says}",
        evidence={"data": [data.id for data in owned], "authorization": endpoint.authorization},
        fix=(f'authorization = "{who}" (or a role) on {place}',),
        mends=(mend(place, authorization=who),),
        field="authorization",
    )


def _unsaid(owner: Component, meant: Iterable[Data], facts: Facts) -> Verdict:
    """Nobody says whether what the id names belongs to somebody; public data do not."""
    known = tuple(meant)
    if known:
        silent = (d for d in known if d.user_owned is None and d.tenant_scoped is None and d.classification != "public")
        fields = tuple(f"data.{data.id}.user_owned" for data in silent)
    else:
        stores = {store.id for store in facts.stores}
        fields = tuple(f"connections.{c.id}.data" for c in facts.design.calls_of[owner.id] if c.target in stores)
    return unknown(*fields) if fields else not_applicable()


RULE = Rule(
    id="SEC003",
    title="Missing object-level authorisation",
    severity=Severity.ERROR,
    scope="endpoints",
    check=check,
    patterns=("object-level-authorization", "tenant-isolation"),
    sources=(
        "OWASP API Security Top 10, API1: Broken Object Level Authorization (2023)",
        "AWS Well-Architected, Security Pillar, SEC03-BP02 (2024)",
    ),
)

_INVOICES = """
[components.api]
kind = "service"
[components.api.endpoints.show]
method = "GET"
path = "/invoices/{{id}}"
auth = "bearer"
{rule}
[components.db]
kind = "database"
[connections.api-db]
from = "api"
to = "db"
data = ["invoice"]
[data.invoice]
store = "db"
{owned}
"""

FLAGGED = _INVOICES.format(rule="", owned="user_owned = true")

FINE = _INVOICES.format(rule='authorization = "owner"', owned="user_owned = true")

UNKNOWN = _INVOICES.format(rule="", owned="")
