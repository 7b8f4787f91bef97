"""What a pattern can be applied to in a design: the candidates for each role, and the ids given sorted into roles."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from studio.catalogue.entries import Pattern, Target
from studio.errors import EditRefused
from studio.model.design import Design
from studio.model.kinds import KINDS
from studio.text import listed, nearest, one_line, shortened

Roles: TypeAlias = Mapping[str, tuple[str, ...]]
"""Ids of components or connections by role."""


class Candidates(NamedTuple):
    """What may fill one role in a design."""

    target: Target
    ids: tuple[str, ...]
    """The components or connections that fit, in file order."""
    reason: str
    """Why there is none, and what happens then; empty when there is one."""

    @property
    def role(self) -> str:
        """The name of the role."""
        return self.target.role


def targets_for(pattern: Pattern, design: Design) -> tuple[Candidates, ...]:
    """The candidates for each role, in the order in which ids are given to `apply`."""
    return tuple(_candidates(target, design) for target in pattern.targets)


def _candidates(target: Target, design: Design) -> Candidates:
    ids = tuple(id_ for id_ in _known_ids(target, design) if fits(target, design, id_))
    return Candidates(target, ids, "" if ids else _reason(target))


def _reason(target: Target) -> str:
    lacking = f"the design has no {sorts(target)}"
    if target.optional:
        return f"{lacking}; this role may stay empty"
    if target.skeleton is None:
        return f"{lacking}; add one first"
    name = target.skeleton.get("name") or target.skeleton.get("kind")
    return f"{lacking}; one is brought" + (f": {name}" if name else "")


def sorts(target: Target) -> str:
    """What fills a role, in words: `database, search or external`."""
    return "component" if len(target.kinds) == len(KINDS) else listed(target.kinds, "or")


def given_roles(pattern: Pattern, design: Design, on: Mapping[str, Sequence[str]] | Sequence[str]) -> Roles:
    """The ids by role, each of them known, fitting, and in one role only.

    A plain sequence fills the roles in their order; a role of several takes all that fit, but leaves one for each
    role behind it that needs one. Raises `EditRefused` in words otherwise.
    """
    roles = _by_role(pattern, on) if isinstance(on, Mapping) else _in_order(pattern, design, on)
    seen: dict[str, str] = {}
    for role, ids in roles.items():
        for id_ in ids:
            _check_fit(pattern, _target(pattern, role), design, id_)
            if id_ in seen:
                raise EditRefused(f"{id_} is given twice, as {seen[id_]} and as {role}; each role takes its own")
            seen[id_] = role
    return roles


def _target(pattern: Pattern, role: str) -> Target:
    target = pattern.target(role)
    if target is None:
        known = [known.role for known in pattern.targets]
        near = nearest(role, known)
        advice = f"did you mean {near}?" if near else f"it is applied to {listed(known) or 'nothing'}"
        raise EditRefused(f"{pattern.id} has no role {one_line(role)}; {advice}")
    return target


def _by_role(pattern: Pattern, on: Mapping[str, Sequence[str]]) -> Roles:
    for role, ids in on.items():
        target = _target(pattern, role)
        if len(ids) > 1 and not target.several:
            raise EditRefused(
                f"as {role}, {pattern.id} takes one id, not {len(ids)}; choose one of {listed(ids, 'or')}"
            )
    return {target.role: tuple(on[target.role]) for target in pattern.targets if on.get(target.role)}


def _in_order(pattern: Pattern, design: Design, ids: Sequence[str]) -> Roles:
    roles: dict[str, tuple[str, ...]] = {}
    place = 0
    for index, id_ in enumerate(ids):
        place = _next_role(pattern, design, roles, place, id_, left=len(ids) - index)
        if place == len(pattern.targets):
            most = len(pattern.targets)
            takes = f"{most} id{'s' if most > 1 else ''} ({listed(t.role for t in pattern.targets)})"
            raise EditRefused(f"{pattern.id} takes {takes if most else 'no id'}; there is no role for {_shown(id_)}")
        role = pattern.targets[place].role
        roles[role] = (*roles.get(role, ()), id_)
    return roles


def _next_role(pattern: Pattern, design: Design, roles: Roles, place: int, id_: str, *, left: int) -> int:
    """The place of the role the next id goes to; `left` counts the ids not yet placed, this one included."""
    while place < len(pattern.targets):
        target = pattern.targets[place]
        behind = [later for later in pattern.targets[place + 1 :] if not later.optional]
        takes_more = target.several and left > len(behind) and fits(target, design, id_)
        if takes_more if target.role in roles else not _passes_over(target, design, id_):
            break
        place += 1
    return place


def _passes_over(target: Target, design: Design, id_: str) -> bool:
    """Whether an empty role lets an id go by: one that may stay empty, or an id of the other nature."""
    other = design.component if target.is_connection else design.connection
    own = design.connection if target.is_connection else design.component
    return (target.optional and not fits(target, design, id_)) or (id_ in other and id_ not in own)


def fits(target: Target, design: Design, id_: str) -> bool:
    """Whether a component or connection of the design may fill the role."""
    if target.is_connection:
        return id_ in design.connection
    return id_ in design.component and design.component[id_].kind in target.kinds


def _check_fit(pattern: Pattern, target: Target, design: Design, id_: str) -> None:
    if fits(target, design, id_):
        return
    wanted = f"{pattern.id} is applied to {_article(sorts(target))}"
    if len(pattern.targets) > 1:
        wanted = f"as {target.role}, {wanted}"
    if id_ in design.component:
        raise EditRefused(f"{wanted}; {id_} is {_article(design.component[id_].kind)}")
    if id_ in design.connection:
        raise EditRefused(f"{wanted}; {id_} is a connection")
    known = tuple(_known_ids(target, design))
    near = nearest(id_, known)
    advice = f"did you mean {near}?" if near else f"there is {listed(known) or 'none that fits'}"
    raise EditRefused(f"the design has no {_shown(id_)}; {advice}")


def _known_ids(target: Target, design: Design) -> Iterator[str]:
    yield from design.connection if target.is_connection else design.component


def _shown(id_: str) -> str:
    return shortened(one_line(id_), 64)


def _article(words: str) -> str:
    return f"an {words}" if words[:1] in "aeiou" or words.startswith("llm") else f"a {words}"
