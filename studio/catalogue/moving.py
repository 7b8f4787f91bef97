"""Moves: connections that lead to what is put between, and the connections that close the path again.

The load at the far end stays what it was. A moved connection keeps what multiplies load: `traffic`,
`calls_per_request`, `on_miss_of`. Where it now leads to something new, what leads on from there carries all that
arrives. Where it now comes from something new, what leads up to there carries the classes of requests that go on.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from studio.catalogue.draft import Draft, FieldChange
from studio.catalogue.entries import Move

LOAD_FACTORS: Final = ("traffic", "calls_per_request", "on_miss_of")
"""Fields of a connection that say how much of what its source gets runs over it."""


class Moved(NamedTuple):
    """One connection with its ends before and after."""

    id: str
    before: tuple[str, str]
    after: tuple[str, str]
    bridge: tuple[str, ...] = ()
    """The connections that restore its path, in order: behind it when its target moved, before it when its source."""

    @property
    def is_led_away(self) -> bool:
        """Whether its target moved, not its source."""
        return self.before[0] == self.after[0]

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """The end that moved."""
        ends = zip(("from", "to"), self.before, self.after, strict=True)
        address = ("connections", self.id)
        return tuple(FieldChange(address, key, before, after) for key, before, after in ends if before != after)


def moved(
    draft: Draft, move: Move, ids: Iterable[str], names: Mapping[str, Any], changes: Mapping[str, Any]
) -> tuple[Moved, ...]:
    """Re-points those of the connections that are in the design; one that has the new end already stays."""
    place = names[move.source or move.target or ""]
    new = place[0] if isinstance(place, tuple) and place else place
    found = []
    for id_ in ids:
        before = draft.ends_of(id_)
        if not new or id_ not in draft.design.connection or new in before:
            continue
        draft.move(id_, new if move.source else None, new if move.target else None)
        draft.change_fields("connections", id_, changes)
        found.append(Moved(id_, before, draft.ends_of(id_)))
    return tuple(found)


def bridged(draft: Draft, moves: Sequence[Moved], brought: Sequence[str]) -> tuple[Moved, ...]:
    """The moves with what restores their paths among the connections that were brought; those carry the same load."""
    found = tuple(each._replace(bridge=_path(draft, _gap(each), brought)) for each in moves)
    for id_ in dict.fromkeys(id_ for each in found for id_ in each.bridge if id_ in draft.connections):
        over = [each for each in found if id_ in each.bridge]
        _carry(draft, draft.connections[id_], over)
    return found


def _gap(each: Moved) -> tuple[str, str]:
    """The two components between which the path is open."""
    return (each.after[1], each.before[1]) if each.is_led_away else (each.before[0], each.after[0])


def _path(draft: Draft, gap: tuple[str, str], brought: Sequence[str]) -> tuple[str, ...]:
    """The shortest way over the connections that were brought; empty when there is none."""
    start, goal = gap
    ways: dict[str, tuple[str, ...]] = {start: ()}
    queue = deque([start])
    while queue and goal not in ways:
        here = queue.popleft()
        for id_ in brought:
            source, target = draft.ends_of(id_)
            if source == here and target not in ways:
                ways[target] = (*ways[here], id_)
                queue.append(target)
    return ways.get(goal, ())


def _carry(draft: Draft, fields: dict[str, Any], over: Sequence[Moved]) -> None:
    """Lets a connection carry the requests, and name the data, of the moved ones whose path it restores."""
    classes = {"all" if each.is_led_away else draft.traffic_of(each.id) for each in over}
    fields.pop("traffic", None)
    if len(classes) == 1 and classes != {"all"}:
        fields["traffic"] = classes.pop()
    _carry_misses(draft, fields, over)
    carried = [name for each in over for name in draft.design.connection[each.id].data]
    if carried:
        fields["data"] = list(dict.fromkeys([*fields.get("data", ()), *carried]))


def _carry_misses(draft: Draft, fields: dict[str, Any], over: Sequence[Moved]) -> None:
    """A connection that waits for the miss of its own source does so before it gets to what is put between."""
    waits_for = {draft.design.connection[each.id].on_miss_of for each in over}
    if waits_for == {each.before[0] for each in over if not each.is_led_away} and len(waits_for) == 1:
        fields["on_miss_of"] = waits_for.pop()
        for each in over:
            draft.change_fields("connections", each.id, {"on_miss_of": None})
