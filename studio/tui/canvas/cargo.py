"""Where a pattern fits on a design, and why it does not fit elsewhere."""

from collections.abc import Iterator, Mapping

from studio.catalogue.entries import Pattern, Target
from studio.catalogue.targets import fits, sorts
from studio.model.address import Address
from studio.model.design import Design
from studio.text import listed
from studio.tui.canvas.words import Cargo


def cargo_of(pattern: Pattern, design: Design) -> Cargo:
    """The pattern ready to be carried over this design."""
    places = tuple(_places(pattern, design))
    return Cargo(pattern.id, pattern.name, places, _reasons(pattern, design, frozenset(places)))


def role_for(pattern: Pattern, design: Design, on: Address) -> str | None:
    """The first role a component or connection can fill, or None.

    Optional roles that the ends of a connection fill are left to that connection.
    """
    ends = filled_by_ends(pattern)
    for target in pattern.targets:
        is_left = target.optional and target.role in ends
        if not is_left and target.is_connection == (on[0] == "connections") and fits(target, design, on[1]):
            return target.role
    return None


def filled_by_ends(pattern: Pattern) -> frozenset[str]:
    """The roles that the ends of a connection fill, when the pattern is applied to one."""
    joining = (target for target in pattern.targets if target.is_connection)
    return frozenset(str(end) for target in joining for end in (_end(target, "from"), _end(target, "to")) if end)


def _end(target: Target, key: str) -> str:
    return str((target.skeleton or {}).get(key, ""))


def asked_of(pattern: Pattern, given: Mapping[str, str]) -> tuple[Target, ...]:
    """The roles a person is asked for when some are given: not those that follow from a connection or its ends."""
    by_connection = any((target := pattern.target(role)) is not None and target.is_connection for role in given)
    ends = filled_by_ends(pattern)
    first = pattern.targets[:1]
    if by_connection or any(target.is_connection for target in first):
        return tuple(
            t for t in pattern.targets if t.role in given or (t.role not in ends and not t.is_connection) or t in first
        )
    return tuple(target for target in pattern.targets if not target.is_connection)


def roles_for(pattern: Pattern, design: Design, on: Address | None) -> dict[str, str]:
    """The roles that applying a pattern here gives: the one that is meant, and neighbours that fit another best.

    A box gives its first connection where a connection is wanted.
    """
    if on is None:
        return {}
    role = role_for(pattern, design, on)
    if role is None:
        wanted = next((target.role for target in pattern.targets if target.is_connection), None)
        around = (*design.calls_of.get(on[1], ()), *design.callers_of.get(on[1], ()))
        return {wanted: around[0].id} if wanted and around else {}
    given = {role: on[1]}
    if on[0] == "components":
        given |= _neighbours(pattern, design, on[1], role)
    return given


def _neighbours(pattern: Pattern, design: Design, component: str, taken: str) -> dict[str, str]:
    """For each other required role, the neighbour that fits it best, when there is exactly one: a pattern names the
    kinds of a role in the order in which it is meant for them."""
    called = [connection.target for connection in design.calls_of.get(component, ())]
    near = dict.fromkeys([*called, *(connection.source for connection in design.callers_of.get(component, ()))])
    found: dict[str, str] = {}
    for target in pattern.targets:
        if target.role == taken or target.is_connection or target.optional:
            continue
        fitting = [id_ for id_ in near if fits(target, design, id_) and id_ != component]
        ranks = {id_: target.kinds.index(design.component[id_].kind) for id_ in fitting}
        best = [id_ for id_, rank in ranks.items() if rank == min(ranks.values())]
        if len(best) == 1:
            found[target.role] = best[0]
    return found


def _places(pattern: Pattern, design: Design) -> Iterator[Address]:
    for component in design.components:
        if role_for(pattern, design, ("components", component.id)):
            yield ("components", component.id)
    for connection in design.connections:
        if role_for(pattern, design, ("connections", connection.id)):
            yield ("connections", connection.id)


def _reasons(pattern: Pattern, design: Design, fitting: frozenset[Address]) -> dict[Address, str]:
    wanted = listed((sorts(target) for target in pattern.targets), "or") or "nothing"
    reasons: dict[Address, str] = {}
    for component in design.components:
        reasons["components", component.id] = f"{component.label} is {component.kind}; {pattern.name} wants {wanted}"
    for connection in design.connections:
        reasons["connections", connection.id] = f"that is a connection; {pattern.name} wants {wanted}"
    return {address: reason for address, reason in reasons.items() if address not in fitting}
