"""What components answer and send, and what may be done with data."""

from studio.exports.agreement.facts import touching, undecided_of_data, undecided_of_endpoint
from studio.exports.agreement.pieces import ASK, Section, cell, code, literal, row, table, words
from studio.exports.agreement.scope import Scope
from studio.model.behaviour import Data
from studio.model.component import Component, Endpoint
from studio.units import Dimension, shown

_DENIED = "Deny by default: an endpoint whose authorisation is not written down answers nobody."


def endpoints(scope: Scope) -> Section:
    """What is answered, and to whom."""
    rows = tuple(_endpoint(c, e) for c in scope.components for e in c.endpoints)
    if not rows:
        wanted = any(c.kind in ("service", "gateway") for c in scope.components)
        return Section("Endpoints", (f"Endpoints: {ASK}.",) if wanted else ())
    head = table("Endpoint", "Takes → answers", "Errors", "Authentication; authorisation", "Rules")
    return Section("Endpoints", (_DENIED,), head, rows, rank=15, least=4)


def events(scope: Scope) -> Section:
    """Who sends which events, and who takes them."""
    return Section("Events", rows=tuple(line for c in scope.components for line in _events(c)), rank=20, least=4)


def _endpoint(component: Component, endpoint: Endpoint) -> str:
    missing = set(undecided_of_endpoint(endpoint))
    where = literal(" ".join(part for part in (endpoint.method, endpoint.path) if part))

    def asked(*names: str) -> list[str]:
        return [name for name in names if name in missing]

    takes = f"{literal(endpoint.request or '')} → {literal(endpoint.response or '')}".strip(" →")
    return row(
        cell((f"`{component.id}.{endpoint.id}` {where}".rstrip(),), asked("method", "path")),
        cell((takes,), asked("request", "response")),
        cell(map(words, endpoint.errors), asked("errors")),
        cell((words(endpoint.auth or ""), words(endpoint.authorization or "")), asked("auth", "authorization")),
        cell(_promises(endpoint), asked("idempotent", "paginated")),
    )


def _promises(endpoint: Endpoint) -> list[str]:
    said = {True: "idempotent", False: "not idempotent", None: ""}[endpoint.idempotent]
    pages = {True: "in pages", False: "not in pages", None: ""}[
        endpoint.paginated if endpoint.returns_collection else None
    ]
    return [said, pages]


def _events(component: Component) -> list[str]:
    found = []
    for verb, events in (("publishes", component.publishes), ("takes", component.consumes)):
        if events:
            found.append(f"- `{component.id}` {verb} {', '.join(map(words, events))}")
    return found


def data(scope: Scope) -> Section:
    """Where each kind of data lies, how long, how sensitive it is, and who may touch it."""
    rows = tuple(_data(scope, each) for each in scope.data)
    head = table("Data", "Store", "Class", "Kept for", "Consistency", "Belongs to", "Only in", "May be touched by")
    if not rows:
        held = any(c.kind in ("database", "object-store") for c in scope.components) and scope.of is None
        return Section("Data", (f"Kinds of data, their classes and who may touch them: {ASK}.",) if held else ())
    said = "**A component that is not named in the last column must not touch the data**: no reads, writes or copies."
    schemas = [c.id for c in scope.components if c.schema_text]
    more = ("", f"The schema of {code(schemas)} is in contract.json.") if schemas else ()
    return Section("Data", (said,), head, rows, more, rank=12, least=4)


def _data(scope: Scope, each: Data) -> str:
    missing = undecided_of_data(scope.design, each)
    belongs = [word for word, yes in (("a user", each.user_owned), ("a tenant", each.tenant_scoped)) if yes]
    store = scope.design.component[each.store] if each.store else None
    tenancy = f"kept apart by {words(store.tenancy)}" if each.tenant_scoped and store and store.tenancy else ""
    key = f"key {words(each.partition_key)}" if each.partition_key else ""

    def asked(name: str) -> list[str]:
        return [one for one in missing if one.startswith(name)]

    return row(
        f"`{each.id}`",
        cell((f"`{each.store}`" if each.store else "",), asked("store")),
        cell((each.classification or "",), asked("classification")),
        cell((shown(each.retention, Dimension.DURATION) if each.retention is not None else "",), asked("retention")),
        cell((each.consistency or "", key), asked("consistency")),
        cell((*belongs, tenancy), asked("tenancy")),
        ", ".join(map(words, each.residency)),
        code(touching(scope.design, each)) or ASK,
    )
