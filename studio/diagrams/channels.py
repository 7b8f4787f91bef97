"""Step 9, channels: between two layers, a track for every piece of line across the flow.

Two nets never share a cell but where one crosses the other straight: above its track a net owns the places of its
upper ends, below it those of its lower ends, and tracks are ordered accordingly. Where that order contradicts itself
a net changes place half-way. Among the orders left, the one with few crossings is taken (after Sander 2003).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from studio.diagrams.style import GRAIN

Pair = tuple[int, int]


@dataclass(slots=True)
class Piece:
    """A part of a net on one track, from its least to its greatest place, with its legs up and down."""

    net: int
    ups: frozenset[int]
    downs: frozenset[int]
    track: int = 0

    @property
    def low(self) -> int:
        """The first place."""
        return min(self.ups | self.downs)

    @property
    def high(self) -> int:
        """The last place."""
        return max(self.ups | self.downs)


class Reach(NamedTuple):
    """The places of a box beside a channel, from corner to corner, and the nets that end there."""

    left: int
    right: int
    nets: Collection[int]


@dataclass(slots=True)
class Channel:
    """The pieces of all nets between two layers, and how many tracks they take."""

    pieces: list[Piece] = field(default_factory=list)
    tracks: int = 0

    def way(self, net: int, upper: int, lower: int) -> list[tuple[int, int]]:
        """The corners of a net on its way from an upper to a lower place: (place, track)."""
        if upper == lower:
            return []
        mine = [piece for piece in self.pieces if piece.net == net]
        for piece in mine:
            if upper in piece.ups and lower in piece.downs:
                return [(upper, piece.track), (lower, piece.track)]
        first = next(piece for piece in mine if upper in piece.ups)
        second = next(piece for piece in mine if lower in piece.downs)
        (turn,) = first.downs
        return [(upper, first.track), (turn, first.track), (turn, second.track), (lower, second.track)]

    def crowds(self, boxes: Iterable[Reach], *, above: bool) -> bool:
        """Whether the nearest track runs right along a box that is not its own, or bends right at a corner.

        The boxes lie above the channel, or below it.
        """
        nearest = [piece for piece in self.pieces if piece.track == (0 if above else self.tracks - 1)]
        return any(_too_near(piece, box) for piece in nearest for box in boxes)


def _too_near(piece: Piece, box: Reach) -> bool:
    if piece.net in box.nets:
        return not {box.left, box.right}.isdisjoint(piece.ups | piece.downs)
    return piece.low <= box.right + 1 and piece.high >= box.left - 1


def channel_of(ends: dict[int, list[Pair]], distance: int, barred: Collection[int] = ()) -> Channel:
    """Tracks for nets whose strands lead from an upper to a lower place each.

    Before: no two nets share an upper place or a lower place; a net has one upper or one lower place; places
    are even. `distance` is the least number of tracks between the legs of two nets that meet at one place. No net
    turns at a `barred` place: a frame's border lies there.
    After: pieces that share a track are apart; in any cell at most two nets meet, crossing straight.
    """
    pieces = [piece for net, pairs in ends.items() for piece in _pieces(net, pairs)]
    taken = {place for pairs in ends.values() for pair in pairs for place in pair}.union(barred)
    pieces = _without_contradictions(pieces, taken)
    rules = _rules(pieces)
    _add_preferences(pieces, rules)
    return _packed(pieces, rules, distance)


def _pieces(net: int, pairs: Sequence[Pair]) -> list[Piece]:
    ups, downs = frozenset(u for u, _ in pairs), frozenset(d for _, d in pairs)
    if ups == downs:
        return []
    (hub,) = ups if len(ups) == 1 else downs
    before = {place for place in ups | downs if place < hub}
    after = {place for place in ups | downs if place > hub}
    if hub not in ups & downs or not before or not after:
        return [Piece(net, ups, downs)]
    return [Piece(net, ups & (part | {hub}), downs & (part | {hub})) for part in (before, after)]


def _rules(pieces: Sequence[Piece]) -> list[set[int]]:
    """For each piece those that must lie below it because a leg up of it meets their leg down."""
    below: list[set[int]] = [set() for _ in pieces]
    downs: dict[int, list[int]] = {}
    for index, piece in enumerate(pieces):
        for place in piece.downs:
            downs.setdefault(place, []).append(index)
    for index, piece in enumerate(pieces):
        for place in piece.ups:
            for other in downs.get(place, []):
                if pieces[other].net != piece.net:
                    below[index].add(other)
    for index, piece in enumerate(pieces):
        _turn_rule(pieces, index, piece, below)
    return below


def _turn_rule(pieces: Sequence[Piece], index: int, piece: Piece, below: list[set[int]]) -> None:
    """A net that changes place half-way has its first piece above its second."""
    for other, second in enumerate(pieces):
        if other != index and second.net == piece.net and piece.downs == second.ups and len(piece.downs) == 1:
            below[index].add(other)


def _without_contradictions(pieces: list[Piece], taken: set[int]) -> list[Piece]:
    used = set(taken)
    while True:
        circle = _circle(_rules(pieces))
        if not circle:
            return pieces
        index = min(circle, key=lambda each: (pieces[each].high - pieces[each].low, each))
        piece = pieces[index]
        turn = _free_place(piece, used)
        used.add(turn)
        pieces[index : index + 1] = [
            Piece(piece.net, piece.ups, frozenset([turn])),
            Piece(piece.net, frozenset([turn]), piece.downs),
        ]


def _free_place(piece: Piece, used: set[int]) -> int:
    """An even place that no net ends at: within the piece if there is one, otherwise near it."""
    middle = (piece.low + piece.high) // 2
    middle -= middle % GRAIN
    span = piece.high - piece.low + GRAIN * (len(used) + 2)
    candidates = (middle + sign * step for step in range(0, span + GRAIN, GRAIN) for sign in (1, -1))
    return next(place for place in candidates if place not in used and place >= 0)


def _circle(below: Sequence[set[int]]) -> list[int]:
    """Pieces that are, through others, below themselves; empty when there is no contradiction."""
    above_count = [0] * len(below)
    for others in below:
        for other in others:
            above_count[other] += 1
    ready = [index for index, count in enumerate(above_count) if not count]
    for index in ready:
        for other in sorted(below[index]):
            above_count[other] -= 1
            if not above_count[other]:
                ready.append(other)
    left = set(range(len(below))) - set(ready)
    return sorted(index for index in left if _reaches(below, index, index))


def _reaches(below: Sequence[set[int]], start: int, goal: int) -> bool:
    """Whether one piece lies, through others, below another."""
    stack = list(below[start])
    seen = set(stack)
    while stack:
        current = stack.pop()
        if current == goal:
            return True
        fresh = below[current] - seen
        seen |= fresh
        stack.extend(fresh)
    return False


def _add_preferences(pieces: Sequence[Piece], below: list[set[int]]) -> None:
    """Order overlapping pieces so that their legs cross little, the strongest wishes first."""
    wishes: list[tuple[int, int, int]] = []
    for one in range(len(pieces)):
        for other in range(one + 1, len(pieces)):
            saved = _crossings(pieces[other], pieces[one]) - _crossings(pieces[one], pieces[other])
            if saved and pieces[one].net != pieces[other].net:
                wishes.append((-abs(saved), *((one, other) if saved > 0 else (other, one))))
    for _, upper, lower in sorted(wishes):
        if lower not in below[upper] and not _reaches(below, lower, upper):
            below[upper].add(lower)


def _crossings(upper: Piece, lower: Piece) -> int:
    """Crossings of two pieces when the first lies above the second."""
    low, high = upper.low, upper.high
    crossed = sum(low < place < high for place in lower.ups)
    low, high = lower.low, lower.high
    return crossed + sum(low < place < high for place in upper.downs)


def _packed(pieces: list[Piece], below: Sequence[set[int]], distance: int) -> Channel:
    rows: list[list[Piece]] = []
    earliest = [0] * len(pieces)
    waits = [0] * len(pieces)
    for others in below:
        for other in others:
            waits[other] += 1
    ready = sorted(index for index, count in enumerate(waits) if not count)
    while ready:
        index = min(ready, key=lambda each: (earliest[each], pieces[each].low, each))
        ready.remove(index)
        piece = pieces[index]
        piece.track = _first_free_row(rows, piece, earliest[index])
        for other in sorted(below[index]):
            earliest[other] = max(earliest[other], piece.track + _needed(piece, pieces[other], distance))
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    return Channel(pieces, len(rows))


def _needed(upper: Piece, lower: Piece, distance: int) -> int:
    return distance if upper.net != lower.net and upper.ups & lower.downs else 1


def _first_free_row(rows: list[list[Piece]], piece: Piece, earliest: int) -> int:
    for index in range(earliest, len(rows)):
        if all(piece.high < other.low or other.high < piece.low for other in rows[index]):
            rows[index].append(piece)
            return index
    rows.extend([] for _ in range(max(earliest - len(rows), 0) + 1))
    rows[-1].append(piece)
    return len(rows) - 1
