"""Integers under difference constraints, drawn towards each other: the solver behind layers and columns.

A problem has positions x[0] … x[n-1], constraints x[v] - x[u] >= d, and pulls of a weight between a point on
one and a point on another: |x[a] + p - x[b] - q| × weight is what is to become small. The search starts from a
feasible answer and moves whole clusters as far as that helps, so the answer is feasible at any moment and never
worse than the start. After Gansner, Koutsofios, North and Vo (1993), whose simplex also moves one cluster at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Constraint = tuple[int, int, int]
"""(u, v, d): x[v] - x[u] >= d."""


@dataclass(frozen=True, slots=True)
class Pull:
    """A wish that a point on one position coincides with a point on another."""

    one: int
    one_offset: int
    other: int
    other_offset: int
    weight: int


def lowest(count: int, constraints: Iterable[Constraint]) -> list[int]:
    """The smallest positions, none below 0, that satisfy all constraints. ValueError when they form a cycle."""
    after: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    waits = [0] * count
    for u, v, distance in constraints:
        after[u].append((v, distance))
        waits[v] += 1
    ready = [node for node in range(count) if not waits[node]]
    positions = [0] * count
    for node in ready:
        for other, distance in after[node]:
            positions[other] = max(positions[other], positions[node] + distance)
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    if len(ready) < count:
        raise ValueError("the constraints contradict each other")
    return positions


def settled(
    start: Sequence[int],
    constraints: Sequence[Constraint],
    pulls: Sequence[Pull],
    *,
    fixed: frozenset[int] = frozenset(),
    grain: int = 1,
    effort: int = 200_000,
) -> list[int]:
    """Positions that satisfy the constraints and give way to the pulls.

    Before: `start` satisfies the constraints; differences and offsets are multiples of `grain`. `fixed` ones stay.
    After: no cluster found by the search would do better elsewhere, unless `effort` (looks at a pull or a
    constraint) ran out first; the same input gives the same answer.
    """
    search = Search(start, constraints, pulls, fixed, grain, effort)
    forwards = True
    while search.effort > 0 and search.improve_all(forwards=forwards):
        forwards = not forwards
    return search.x


_GROWTH = 60
"""How many straight neighbours a cluster may try to take along."""


class Search:
    """Positions on their way to a better answer, always feasible."""

    def __init__(
        self,
        start: Sequence[int],
        constraints: Sequence[Constraint],
        pulls: Sequence[Pull],
        fixed: frozenset[int],
        grain: int,
        effort: int,
    ) -> None:
        self.x = list(start)
        self.fixed, self.grain, self.effort = fixed, grain, effort
        self.bounds: dict[int, list[list[tuple[int, int]]]] = {
            1: [[] for _ in start],
            -1: [[] for _ in start],
        }
        for u, v, distance in constraints:
            self.bounds[1][u].append((v, distance))
            self.bounds[-1][v].append((u, distance))
        self.stirred = [True] * len(self.x)
        """Positions worth another look: they, or what holds or pulls them, moved since the last."""
        self.pulls: list[list[tuple[int, int, int]]] = [[] for _ in start]
        for pull in pulls:
            apart = pull.one_offset - pull.other_offset
            self.pulls[pull.one].append((pull.other, apart, pull.weight))
            self.pulls[pull.other].append((pull.one, -apart, pull.weight))

    def improve_all(self, *, forwards: bool) -> bool:
        """One pass over all positions; whether any moved."""
        moved = False
        order = range(len(self.x))
        for node in order if forwards else reversed(order):
            if not self.stirred[node]:
                continue
            self.stirred[node] = False
            for direction in (1, -1):
                while self.effort > 0 and self._improve(node, direction):
                    moved = True
        return moved

    def shift_with_neighbours(self, node: int, shift: int, loose: frozenset[int]) -> None:
        """Move a position and all that is straight with it, but for the loose ones, if there is room."""
        direction = 1 if shift > 0 else -1
        members: dict[int, None] = {}
        stack = [node]
        while stack:
            added = self._pushed(members, stack.pop(), direction)
            if added is None:
                return
            members.update(added)
            stack = [
                other
                for member in members
                for other, apart, _ in self.pulls[member]
                if other not in members
                and self.x[member] + apart == self.x[other]
                and not (member == node and other in loose)
            ]
        if loose.isdisjoint(members) and self._room(members, direction) >= abs(shift):
            for member in members:
                self.x[member] += shift

    def _room(self, members: dict[int, None], direction: int) -> int:
        reach = [
            (self.x[other] - self.x[member]) * direction - distance
            for member in members
            for other, distance in self.bounds[direction][member]
            if other not in members
        ]
        return min(reach, default=0)

    def _improve(self, node: int, direction: int) -> bool:
        cluster = self._cluster(node, direction)
        if cluster is None:
            return False
        step = self._step(cluster, direction)
        for member in cluster:
            self.x[member] += step * direction
            self._stir(member)
        return True

    def _stir(self, node: int) -> None:
        self.stirred[node] = True
        for side in self.bounds.values():
            for other, _ in side[node]:
                self.stirred[other] = True
        for other, _, _ in self.pulls[node]:
            self.stirred[other] = True

    def _pushed(self, members: dict[int, None], node: int, direction: int) -> dict[int, None] | None:
        """A position and all that it pushes, but for the members; None when something fixed is in the way."""
        x, grain, bounds = self.x, self.grain, self.bounds[direction]
        added: dict[int, None] = {}
        stack = [node]
        while stack:
            current = stack.pop()
            if current in added or current in members:
                continue
            if current in self.fixed:
                return None
            added[current] = None
            here = x[current]
            reach = bounds[current]
            self.effort -= len(reach)
            for other, distance in reach:
                if (x[other] - here) * direction - distance < grain:
                    stack.append(other)
        return added

    def _rate_added(self, members: dict[int, None], added: dict[int, None], direction: int) -> int:
        """By how much the cost per cell of moving the members changes when others move along."""
        rate = 0
        x = self.x
        for member in added:
            here = x[member]
            pulls = self.pulls[member]
            self.effort -= len(pulls)
            for other, apart, weight in pulls:
                ahead = (here + apart - x[other]) * direction
                if other in members:
                    rate += weight if ahead > 0 else -weight
                elif other not in added:
                    rate += -weight if ahead < 0 else weight
        return rate

    def _cluster(self, node: int, direction: int) -> dict[int, None] | None:
        """Positions that gain by moving together with the given one, or None."""
        members = self._pushed({}, node, direction)
        if members is None:
            return None
        rate = self._rate_added({}, members, direction)
        tried: set[int] = set()
        frontier = list(members)
        while rate >= 0:
            candidate = self._straight_neighbour(frontier, members, tried)
            if candidate is None or self.effort <= 0 or len(tried) > _GROWTH:
                return None
            tried.add(candidate)
            added = self._pushed(members, candidate, direction)
            if added is None:
                continue
            change = self._rate_added(members, added, direction)
            if change <= 0:
                members.update(added)
                rate += change
                frontier.extend(added)
        return members

    def _straight_neighbour(self, frontier: list[int], members: dict[int, None], tried: set[int]) -> int | None:
        """A position that a member is straight with, and that was not yet tried."""
        while frontier:
            member = frontier[0]
            for other, apart, _ in self.pulls[member]:
                if other not in members and other not in tried and self.x[member] + apart == self.x[other]:
                    return other
            frontier.pop(0)
        return None

    def _step(self, members: dict[int, None], direction: int) -> int:
        """How far the members may go until something outside is touched or a pull is satisfied."""
        reach: list[int] = []
        for member in members:
            here = self.x[member]
            for other, distance in self.bounds[direction][member]:
                if other not in members:
                    reach.append((self.x[other] - here) * direction - distance)
            for other, apart, _ in self.pulls[member]:
                ahead = (here + apart - self.x[other]) * direction
                if other not in members and ahead < 0:
                    reach.append(-ahead)
        step = min(reach, default=0)
        return step - step % self.grain
