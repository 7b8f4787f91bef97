"""What the contract derives from a design: its hash, who touches which data, what nobody has decided yet."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from studio.analysis import Analysis
from studio.catalogue.library import UnknownEntry
from studio.catalogue.reading import InvalidEntry
from studio.exports.agreement.numbers import milliseconds
from studio.model.behaviour import AppliedPattern, Data
from studio.model.component import Component, Endpoint
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.document import document
from studio.model.kinds import MESSAGING, OWN_CODE
from studio.model.records import Decision

_TESTS = ("Tests:", "Test:", "Tests ", "Test ")


def model_hash(design: Design) -> str:
    """A name for what the design says: `sha256:` and 16 digits. Comments, layout and where boxes lie do not matter."""
    said = document(design)
    for component in said.get("components", {}).values():
        component.pop("at", None)
    plain = json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_iso)
    return f"sha256:{hashlib.sha256(plain.encode(errors='surrogatepass')).hexdigest()[:16]}"


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def is_built(component: Component) -> bool:
    """Whether the team writes it: a kind with code of its own that no vendor runs."""
    return component.kind in OWN_CODE and component.managed is not True


def opened_by(design: Design, call: Connection) -> str:
    """The id of the component that opens a connection: the one it comes from, but whoever reads a queue or stream."""
    return call.target if design.component[call.source].kind in MESSAGING else call.source


def touching(design: Design, data: Data) -> tuple[str, ...]:
    """The components that may touch a kind of data, in file order: its store, and the ends of calls that carry it."""
    ends = {end for call in design.connections if data.id in call.data for end in (call.source, call.target)}
    return tuple(c.id for c in design.components if c.id in ends or c.id == data.store)


def is_settled(decision: Decision) -> bool:
    """Whether it was decided and still holds."""
    return decision.chosen is not None and decision.status in (None, "accepted")


def is_open(decision: Decision) -> bool:
    """Whether somebody still has to decide it."""
    return not is_settled(decision) and decision.status not in ("superseded", "rejected")


def undecided_of_call(design: Design, call: Connection) -> tuple[str, ...]:
    """The fields of a call that an agent would otherwise have to choose."""
    wanted = ["delivery", "dead_letter", "idempotent"] if _is_message(design, call) else ["timeout", "attempts"]
    found = [key for key in wanted if getattr(call, key) is None] + _unguarded(design, call)
    found += _unretried(call) if call.tries > 1 else []
    found += [key for key in ("auth", "encrypted", "protocol") if getattr(call, key) is None]
    if design.data and not call.data:
        found.append("data")
    return tuple(dict.fromkeys(found))


def _is_message(design: Design, call: Connection) -> bool:
    """Whether it is handed over and not answered: through a queue or stream, or without anybody waiting."""
    ends = {design.component[call.source].kind, design.component[call.target].kind}
    return call.mode in ("async", "stream") or bool(ends & MESSAGING)


def _unguarded(design: Design, call: Connection) -> list[str]:
    """What to do while the callee is away, where code of the team cannot go on without it."""
    if not call.is_hard or not is_built(design.component[call.source]):
        return []
    said = (call.circuit_breaker, call.fallback, call.bulkhead)
    return ["circuit_breaker", "fallback"] if said == (None, None, None) else []


def _unretried(call: Connection) -> list[str]:
    found = ["backoff"] if call.backoff is None else []
    found += ["jitter"] if call.jitter is None and call.backoff != "none" else []
    return found + (["idempotent"] if call.idempotent is None and call.mutating is not False else [])


def undecided_of_endpoint(endpoint: Endpoint) -> tuple[str, ...]:
    """The fields of an endpoint that an agent would otherwise have to choose."""
    keys = ["method", "path", "request", "response", "auth", "authorization", "errors"]
    if endpoint.method not in (None, "GET", "HEAD"):
        keys.append("idempotent")
    if endpoint.returns_collection:
        keys.append("paginated")
    return tuple(key for key in keys if getattr(endpoint, key) in (None, ()))


def undecided_of_data(design: Design, data: Data) -> tuple[str, ...]:
    """The fields of a kind of data that an agent would otherwise have to choose."""
    keys = ["store", "classification", "retention", "consistency"]
    store = design.component[data.store] if data.store else None
    found = [key for key in keys if getattr(data, key) is None]
    if data.tenant_scoped and store is not None and store.tenancy is None:
        found.append("tenancy of its store")
    return tuple(found)


def undecided(design: Design) -> Iterator[str]:
    """Every such field with its place in the file: those of calls, of endpoints, of data."""
    for call in design.connections:
        yield from (f"connections.{call.id}.{key}" for key in undecided_of_call(design, call))
    for component in design.components:
        for endpoint in component.endpoints:
            place = f"components.{component.id}.endpoints.{endpoint.id}"
            yield from (f"{place}.{key}" for key in undecided_of_endpoint(endpoint))
    for data in design.data:
        yield from (
            f"components.{data.store}.tenancy" if key.startswith("tenancy") else f"data.{data.id}.{key}"
            for key in undecided_of_data(design, data)
        )


def rules_of(analysis: Analysis, applied: AppliedPattern) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The name of an applied pattern, what always holds in it, and the tests it asks for, in the catalogue's words.

    A pattern the catalogue does not have, or whose file is broken, says nothing.
    """
    try:
        pattern = analysis.library.pattern(applied.use)
    except (UnknownEntry, InvalidEntry):
        return applied.use, (), ()
    tests = tuple(line for line in pattern.implementation if line.startswith(_TESTS))
    return pattern.name, tuple(line for line in pattern.implementation if line not in tests), tests


def settings(design: Design) -> Mapping[str, Mapping[str, Any]]:
    """Names for what is configured of each call, by the component that opens it; a value is None where none is known.

    `shortener-db` gives `SHORTENER_DB_URL`, `SHORTENER_DB_TIMEOUT_MS`, `SHORTENER_DB_ATTEMPTS`.
    """
    found: dict[str, dict[str, Any]] = {}
    taken: set[str] = set()
    for call in design.connections:
        opener = opened_by(design, call)
        if design.component[opener].kind == "client":
            continue
        name = _environment_name(call.id, taken)
        own = found.setdefault(opener, {})
        own[f"{name}_URL"] = None
        own[f"{name}_TIMEOUT_MS"] = milliseconds(call.timeout)
        own[f"{name}_ATTEMPTS"] = call.attempts
    return found


def _environment_name(id_: str, taken: set[str]) -> str:
    """The id in capitals, a letter first; `a-b` and `a_b` would be one name, so the second gets a number."""
    plain = id_.upper().replace("-", "_")
    first = plain if plain[0].isalpha() else f"CALL_{plain}"
    name, number = first, 2
    while name in taken:
        name, number = f"{first}_{number}", number + 1
    taken.add(name)
    return name
