"""Every role of a pattern filled: with what was given, with what that implies, with what the pattern brings itself."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from studio.catalogue.draft import Draft
from studio.catalogue.entries import Fields, Pattern, Target
from studio.catalogue.names import filled
from studio.catalogue.targets import Roles, fits, sorts
from studio.errors import EditRefused
from studio.model.values import ID_PATTERN
from studio.text import listed

Brought: TypeAlias = dict[str, tuple[str, ...]]
"""Ids by role, to which what is brought is added."""


class Filled(NamedTuple):
    """The roles with their ids, and which of them nobody named."""

    roles: Brought
    implied: frozenset[str]
    """Roles that follow from others: the ends of a connection, the connection between two ends, those who call."""


def implied_roles(pattern: Pattern, draft: Draft, given: Roles) -> Filled:
    """The given roles with those they imply: a connection names its ends, two ends name what joins them already."""
    roles = dict(given)
    for target in _connection_roles(pattern):
        for connection_id in given.get(target.role, ()):
            connection = draft.design.connection[connection_id]
            for role, end in zip(_ends(target), (connection.source, connection.target), strict=True):
                if pattern.target(role) is not None and role not in given:
                    roles[role] = tuple(dict.fromkeys((*roles.get(role, ()), end)))
        if target.role not in given:
            joined = tuple(_joined(target, draft, given))
            roles |= {target.role: joined if target.several else joined[:1]} if joined else {}
    for role, ids in _callers(pattern, draft, roles):
        roles[role] = ids
    return Filled(roles, frozenset(roles) - frozenset(given))


def _callers(pattern: Pattern, draft: Draft, roles: Brought) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The roles whose connections to a known one are moved: whoever has such a connection.

    Raises `EditRefused` where that leaves a choice, or where what has one does not fit.
    """
    for one, other in (move.place.ends for move in pattern.moves if move.place.ends is not None):
        target = pattern.target(one)
        if target is None or one in roles or other not in roles:
            continue
        known = {id_ for ids in roles.values() for id_ in ids}
        joined = (c.source for c in draft.design.connections if c.target in roles[other] and c.source not in known)
        there = tuple(dict.fromkeys(joined))
        ids = tuple(id_ for id_ in there if fits(target, draft.design, id_))
        if len(ids) > 1 and not target.several:
            raise EditRefused(f"{pattern.id} needs one {one}, and {listed(ids)} call {listed(roles[other])}; name one")
        if there and not ids:
            what = f"{listed(there)} {'calls' if len(there) == 1 else 'call'} {listed(roles[other])}"
            raise EditRefused(f"as {one}, {pattern.id} is applied to a {sorts(target)}, and only {what}; name another")
        if ids:
            yield one, ids


def bring_components(pattern: Pattern, draft: Draft, roles: Brought, names: Mapping[str, Any]) -> None:
    """Adds a component for each role that needs one and has none.

    A role that may stay empty gets one only when the pattern is drawn onto nothing, or when a connection that is
    brought ends there. Where one is enough, the only one the design has is used instead.
    Raises `EditRefused` when the pattern has nothing to bring for a role.
    """
    on_nothing = not roles
    needed = {end for target in _connection_roles(pattern) if _must_be(target, roles) for end in _ends(target)}
    for target in pattern.targets:
        wanted = not target.optional or target.role in needed or (on_nothing and target.skeleton is not None)
        if target.is_connection or target.role in roles or not wanted:
            continue
        if target.skeleton is None:
            raise EditRefused(f"{pattern.id} needs a {target.role}: name a {sorts(target)}, or add one first")
        there = _the_only_one(target, draft, roles)
        if there:
            roles[target.role] = there
            used = f"it is used as {target.role}, and no second one is brought"
            draft.notes.append(f"{there[0]} is there already: {used}")
            continue
        fields = filled(target.skeleton, names)
        id_ = draft.free_id(str(fields.pop("id", "")) or _id_of(target, fields))
        draft.components[id_] = fields
        roles[target.role] = (id_,)


def _the_only_one(target: Target, draft: Draft, roles: Brought) -> tuple[str, ...]:
    """The one component of the kind that would be brought, for a role of which one is enough; empty otherwise."""
    kind = (target.skeleton or {}).get("kind") if target.shared else None
    there = tuple(component.id for component in draft.design.components if component.kind == kind)
    return there if len(there) == 1 and not any(there[0] in ids for ids in roles.values()) else ()


def bring_connections(pattern: Pattern, draft: Draft, roles: Brought, names: Mapping[str, Any]) -> None:
    """Adds a connection for each role that needs one and has none; the components are there by now.

    A role that may stay empty gets one only when one of its ends is new.
    """
    for target in _connection_roles(pattern):
        if target.role in roles:
            continue
        ends = [_first(names[name]) for name in _ends(target)]
        if _must_be(target, roles) or (all(ends) and any(end in draft.components for end in ends)):
            fields = {key: value for key, value in _joining(target).items() if key not in ("id", "from", "to")}
            id_ = draft.connect("-".join(ends), ends[0], ends[1], filled(fields, names))
            roles[target.role] = (id_,)


def _first(ids: Any) -> str:
    """The id, the first of several, or nothing for a role that stays empty."""
    return str(ids if not isinstance(ids, tuple) else ids[0] if ids else "")


def _must_be(target: Target, roles: Brought) -> bool:
    return target.role not in roles and not target.optional


def _connection_roles(pattern: Pattern) -> Iterator[Target]:
    return (target for target in pattern.targets if target.is_connection)


def _ends(target: Target) -> tuple[str, ...]:
    """The names of a connection's two ends: roles or local names."""
    return tuple(str(_joining(target)[key]).removeprefix("$") for key in ("from", "to"))


def _joining(target: Target) -> Fields:
    """What is brought for a role that is a connection; an entry that does not say it is not read."""
    return target.skeleton or {}


def _joined(target: Target, draft: Draft, given: Roles) -> Iterator[str]:
    """The connections of the design between the ends that were given; those for the same requests come first."""
    source, end = _ends(target)
    wanted = str(_joining(target).get("traffic", "all"))
    pairs = ((one, other) for one in given.get(source, ()) for other in given.get(end, ()))
    there = tuple(id_ for pair in pairs for id_ in draft.between(*pair))
    yield from (id_ for id_ in there if draft.traffic_of(id_) == wanted)
    if wanted == "all":
        yield from (id_ for id_ in there if draft.traffic_of(id_) != wanted)
    else:
        yield from (id_ for id_ in there if draft.traffic_of(id_) == "all")


def _id_of(target: Target, fields: Mapping[str, Any]) -> str:
    """The id of a component that is brought: its name in lower case, or the role."""
    words = "-".join(str(fields.get("name", "")).lower().split())
    return words if ID_PATTERN.fullmatch(words) else target.role
