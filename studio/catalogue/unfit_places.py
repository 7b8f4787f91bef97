"""Whether moves and steps of a pattern name connections there can be, and whether what a move opens is closed again."""

from collections.abc import Iterator

from studio.catalogue.entries import CONNECTION, AddedConnection, Move, Pattern, Place
from studio.catalogue.tables import Complaint
from studio.model.connection import Connection
from studio.model.fields import shapes
from studio.text import listed, nearest


def unfit_places(pattern: Pattern) -> Iterator[Complaint]:
    """Everything wrong with the moves, and with `step`, `like` and `copies` of connections that are brought."""
    for move in pattern.moves:
        key = "between" if move.place.name is None else "connection"
        found = tuple(_unfit_place(pattern, move.place, ("moves", move.id, key), brought=False))
        yield from found or _unfit_move(pattern, move, ("moves", move.id))
    for joined in pattern.connections:
        keys = ("adds", "connections", joined.local_name)
        if joined.step is not None:
            yield from _unfit_place(pattern, joined.step.place, (*keys, "step"), brought=True)
        if joined.like is not None:
            yield from _unfit_place(pattern, joined.like, (*keys, "like"), brought=False)
        yield from _unfit_copies(joined, keys)


def _unfit_place(pattern: Pattern, place: Place, keys: tuple[str, ...], *, brought: bool) -> Iterator[Complaint]:
    """`brought` says whether a connection the pattern itself brings may be named."""
    if place.name is None:
        for end in place.ends or ():
            target = pattern.target(end)
            if target is not None and target.is_connection:
                yield Complaint(keys, f"“{end}” is a connection, not an end of one", "name roles that are components")
        return
    known = [target.role for target in pattern.targets if target.is_connection]
    known += [joined.local_name for joined in pattern.connections] if brought else []
    if place.name not in known:
        near = nearest(place.name, known)
        advice = f"did you mean {near}?" if near else f"write one of {listed(known, 'or') or 'its roles'}"
        yield Complaint(keys, f"“{place.name}” is no {CONNECTION} here", advice)


def _unfit_move(pattern: Pattern, move: Move, keys: tuple[str, ...]) -> Iterator[Complaint]:
    """The new end must be a component, and connections that are brought must lead on from it, or up to it."""
    components = [target.role for target in pattern.targets if not target.is_connection]
    components += [added.local_name for added in pattern.components]
    key, new = ("from", move.source) if move.source is not None else ("to", move.target or "")
    if new not in components:
        near = nearest(new, components)
        advice = f"did you mean {near}?" if near else f"write one of {listed(components, 'or') or 'its roles'}"
        yield Complaint((*keys, key), f"“{new}” is no component of this pattern", advice)
        return
    ends = _ends(pattern, move.place)
    if ends is None:
        return
    start, goal = (ends[0], new) if key == "from" else (new, ends[1])
    if goal not in _reached(pattern, start):
        what = f"no connection that is brought leads from {start} to {goal}"
        yield Complaint((*keys, key), what, 'add it as [adds.connections.NAME] with from = "$…" and to = "$…"')


def _ends(pattern: Pattern, place: Place) -> tuple[str, str] | None:
    """The names at the two ends of a place, where the entry says them."""
    if place.name is None:
        return place.ends
    target = pattern.target(place.name)
    skeleton = target.skeleton if target is not None else None
    if skeleton is None or "from" not in skeleton or "to" not in skeleton:
        return None
    return str(skeleton["from"]).removeprefix("$"), str(skeleton["to"]).removeprefix("$")


def _reached(pattern: Pattern, start: str) -> frozenset[str]:
    """The components that connections the pattern brings lead to, one after the other."""
    reached = {start}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        ahead = {joined.target for joined in pattern.connections if joined.source == here} - reached
        reached |= ahead
        waiting.extend(sorted(ahead))
    return frozenset(reached)


def _unfit_copies(joined: AddedConnection, keys: tuple[str, ...]) -> Iterator[Complaint]:
    if joined.copies and joined.like is None:
        yield Complaint((*keys, "copies"), "copies says which fields, and nothing says of what", "add like")
    for name in joined.copies:
        if name not in shapes(Connection) or name in ("from", "to"):
            near = nearest(name, shapes(Connection))
            advice = f"did you mean {near}?" if near else "write a field of a connection"
            yield Complaint((*keys, "copies"), f"{name} cannot be copied", advice)
