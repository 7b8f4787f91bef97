"""Step 5, order: who stands left of whom, so that few strands cross.

Barycentre and median sweeps from several starts, then exchanges of neighbours. The members of a group are
contiguous in every layer and groups keep one mutual order in all layers (Forster 2004), so a group can be framed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from studio.diagrams.crossings import crossings_between, crossings_of_neighbours
from studio.diagrams.weave import Path, Weave, prefixes

_STARTS = 24
_SWEEPS = 8
_LOOKS = 30_000
"""Starts × strands × sweeps is kept near this, so that a large drawing makes do with fewer starts."""


def ordered(weave: Weave) -> list[list[int]]:
    """The items of each layer from left to right.

    Before: strands join neighbouring layers. After: the same items in each layer; groups as said above; never more
    crossings than the declared order has.
    """
    ordering = _Ordering(weave)
    best, fewest = ordering.layers_now(), ordering.crossings()
    starts = min(_STARTS, max(2, _LOOKS // (_SWEEPS * max(len(weave.strands), 1))))
    for start in range(starts):
        if not fewest:
            break
        ordering.begin(start)
        candidate, crossings = ordering.swept()
        if crossings < fewest:
            best, fewest = candidate, crossings
    ordering.adopt(best)
    ordering.exchange_neighbours()
    return ordering.layers_now()


@dataclass(slots=True)
class _Blocks:
    """The items of a layer, or of a group in it: those on their own, in order, and those in each inner group."""

    items: list[int] = field(default_factory=list)
    groups: dict[Path, _Blocks] = field(default_factory=dict)


def _blocks(layer: Sequence[int], paths: Sequence[Path]) -> _Blocks:
    blocks = _Blocks()
    for item in layer:
        block = blocks
        for group in prefixes(paths[item]):
            block = block.groups.setdefault(group, _Blocks())
        block.items.append(item)
    return blocks


class _Ordering:
    def __init__(self, weave: Weave) -> None:
        self.paths = [item.path for item in weave.items]
        self.up: list[list[int]] = [[] for _ in weave.items]
        self.down: list[list[int]] = [[] for _ in weave.items]
        for strand in weave.strands:
            self.down[strand.upper].append(strand.lower)
            self.up[strand.lower].append(strand.upper)
        self.layers = [list(layer) for layer in weave.layers]
        self.place = [0] * len(weave.items)
        self.group_rank: dict[Path, float] = {}
        self.around: dict[Path, list[int]] = {}
        """The members of each group and their neighbours, as often as they are."""
        for item, path in enumerate(self.paths):
            for group in prefixes(path):
                self.around.setdefault(group, []).extend([*self.up[item], *self.down[item], item])
        self.blocks = [_blocks(layer, self.paths) for layer in self.layers]
        self.rank_groups_as_declared()
        self.adopt([self.arranged(layer, float) for layer in self.blocks])

    def rank_groups_as_declared(self) -> None:
        """Groups in the order in which their first member was declared."""
        self.group_rank = {}
        for item, path in enumerate(self.paths):
            for depth in range(1, len(path) + 1):
                self.group_rank.setdefault(path[:depth], float(item))

    def layers_now(self) -> list[list[int]]:
        return [list(layer) for layer in self.layers]

    def adopt(self, layers: Sequence[Sequence[int]]) -> None:
        self.layers = [list(layer) for layer in layers]
        for layer in self.layers:
            self._number(layer)

    def _number(self, layer: Sequence[int]) -> None:
        for place, item in enumerate(layer):
            self.place[item] = place

    def begin(self, start: int) -> None:
        """An order to sweep from: as declared, reversed, then shuffled differently for every start."""
        self.rank_groups_as_declared()
        keys = _shuffled_keys(start, len(self.paths))
        self.group_rank = {group: keys[int(rank)] for group, rank in self.group_rank.items()}
        self.adopt([self.arranged(layer, keys.__getitem__) for layer in self.blocks])

    def swept(self) -> tuple[list[list[int]], int]:
        """The best order seen while sweeping down and up, and its crossings."""
        best, fewest = self.layers_now(), self.crossings()
        for sweep in range(_SWEEPS):
            median = sweep % 4 >= 2
            down = sweep % 2 == 0
            self._sweep(down=down, median=median)
            crossings = self.crossings()
            if crossings < fewest:
                best, fewest = self.layers_now(), crossings
            if not fewest:
                break
        return best, fewest

    def _sweep(self, *, down: bool, median: bool) -> None:
        if self.group_rank:
            self._rank_groups()
        neighbours = self.up if down else self.down
        mean = _median if median else _barycentre
        numbers = range(len(self.layers))
        for number in numbers if down else reversed(numbers):
            layer = self.layers[number]
            keys = {item: self._key(item, neighbours[item], mean) for item in layer}
            layer[:] = self.arranged(self.blocks[number], keys.__getitem__)
            self._number(layer)

    def _key(self, item: int, neighbours: Sequence[int], mean: Callable[[list[int]], float]) -> float:
        place = self.place
        return mean([place[other] for other in neighbours]) if neighbours else float(place[item])

    def _rank_groups(self) -> None:
        """Rank groups by where their members' neighbours and the members themselves stand on average."""
        place = self.place.__getitem__
        self.group_rank = {group: sum(map(place, around)) / len(around) for group, around in self.around.items()}

    def arranged(self, blocks: _Blocks, key: Callable[[int], float]) -> list[int]:
        """The items sorted by key, the members of a group together, groups in the order of their rank.

        Items of equal key stay in the order of the last time: the blocks are sorted too.
        """
        blocks.items.sort(key=key)
        if not blocks.groups:
            return list(blocks.items)
        entries: list[tuple[float, Path | None, list[int]]] = [(key(item), None, [item]) for item in blocks.items]
        for path, inner in blocks.groups.items():
            members = self.arranged(inner, key)
            entries.append((sum(map(key, members)) / len(members), path, members))
        entries.sort(key=itemgetter(0))
        if len(blocks.groups) > 1:
            entries = self._groups_in_rank(entries)
        return [item for _, _, members in entries for item in members]

    def _groups_in_rank(
        self, entries: list[tuple[float, Path | None, list[int]]]
    ) -> list[tuple[float, Path | None, list[int]]]:
        groups = [entry for entry in entries if entry[1] is not None]
        groups.sort(key=lambda entry: (self.group_rank[entry[1] or ()], entry[1]))
        ranked = iter(groups)
        return [entry if entry[1] is None else next(ranked) for entry in entries]

    def crossings(self) -> int:
        place = self.place
        total = 0
        for layer in self.layers[:-1]:
            ends = [(place[item], place[other]) for item in layer for other in self.down[item]]
            total += crossings_between(ends)
        return total

    def exchange_neighbours(self) -> None:
        """Exchange neighbours of one group as long as that removes crossings."""
        improved = True
        while improved:
            improved = False
            for layer in self.layers:
                for place in range(len(layer) - 1):
                    improved |= self._exchange(layer, place)

    def _exchange(self, layer: list[int], place: int) -> bool:
        left, right = layer[place], layer[place + 1]
        if self.paths[left] != self.paths[right] or self._between(left, right) <= self._between(right, left):
            return False
        layer[place], layer[place + 1] = right, left
        self.place[left], self.place[right] = place + 1, place
        return True

    def _between(self, left: int, right: int) -> int:
        crossings = 0
        for side in (self.up, self.down):
            ends = [sorted(self.place[other] for other in side[item]) for item in (left, right)]
            crossings += crossings_of_neighbours(ends[0], ends[1])
        return crossings


def _barycentre(places: list[int]) -> float:
    return sum(places) / len(places)


def _median(middle: list[int]) -> float:
    middle.sort()
    half = len(middle) // 2
    return float(middle[half]) if len(middle) % 2 else (middle[half - 1] + middle[half]) / 2


def _shuffled_keys(start: int, count: int) -> list[float]:
    """As declared for start 0, reversed for 1, then pseudo-random: a linear congruential generator."""
    if start < 2:
        return [float(-index if start else index) for index in range(count)]
    state = start
    keys = []
    for _ in range(count):
        state = (state * 1103515245 + 12345) % 2**31
        keys.append(float(state >> 8))
    return keys
