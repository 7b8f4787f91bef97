"""The cheapest way up: which levels (instances, copies) of which parts are just enough.

What is enough never stops being enough with more of anything. Small questions are answered exactly, by trying ways in
the order of their price; large ones by raising everything alike and taking away what is not needed.
"""

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import mul, sub
from typing import NamedTuple, TypeAlias

Levels: TypeAlias = Mapping[str, int]


class Question(NamedTuple):
    """What is looked for."""

    enough: Callable[[Levels], bool]
    least: Levels
    """Levels to begin with, by part."""
    most: int
    """The highest level of any part."""
    price: Mapping[str, float]
    """Of one level more of each part; not negative."""
    most_tried: int = 100
    """Ways tried in the order of their price before the search settles for a good one."""

    def cost(self, levels: Levels) -> tuple[float, int, int]:
        """What decides: the price, then how many parts change, then by how much."""
        return self.costs()([levels[name] for name in self.least])

    def costs(self) -> Callable[[Sequence[int]], tuple[float, int, int]]:
        """The same as a function of the levels alone, in the order of `least`: it is asked for thousands of ways."""
        least, prices = tuple(self.least.values()), [self.price[name] for name in self.least]

        def cost(levels: Sequence[int]) -> tuple[float, int, int]:
            more = list(map(sub, levels, least))
            return (math.fsum(map(mul, prices, more)), sum(map(bool, more)), sum(more))

        return cost


def cheapest(question: Question) -> dict[str, int] | None:
    """Levels that are enough at the lowest price, where one level less of any part is not; None when none are."""
    least = dict(question.least)
    if question.enough(least):
        return least
    if not least or not question.enough(dict.fromkeys(least, question.most)):
        return None
    found = [levels for name in least if (levels := _alone(question, name)) is not None]
    if len(least) > 1:
        best = min(found, key=question.cost, default=None)
        exact, is_complete = _in_order_of_price(question, best)
        found += [exact] if exact is not None else []
        if not is_complete:
            found.append(_exchanged(question, _together(question)))
    return min(found, key=question.cost)


def _alone(question: Question, name: str) -> dict[str, int] | None:
    """The lowest level of one part that is enough, the others as they are."""
    highest = {**question.least, name: question.most}
    return _lowered(question, highest, name) if question.enough(highest) else None


def _lowered(question: Question, levels: Levels, name: str) -> dict[str, int]:
    """The same with the lowest level of one part that is still enough: doubling steps, then halving."""
    low, step = question.least[name] - 1, 1
    while low + step < levels[name] and not question.enough({**levels, name: low + step}):
        low, step = low + step, step * 2
    high = min(low + step, levels[name])
    while high - low > 1:
        middle = (low + high) // 2
        if question.enough({**levels, name: middle}):
            high = middle
        else:
            low = middle
    return {**levels, name: high}


def _in_order_of_price(question: Question, best: Levels | None) -> tuple[dict[str, int] | None, bool]:
    """The cheapest way that costs less than ``best``, and whether all such ways were looked at."""
    limit = (math.inf, 0, 0) if best is None else question.cost(best)
    start = dict(question.least)
    waiting: list[tuple[tuple[float, int, int], tuple[int, ...], int]] = []
    cost_of = question.costs()
    heapq.heappush(waiting, (cost_of(tuple(start.values())), tuple(start.values()), 0))
    for _ in range(question.most_tried):
        if not waiting:
            return None, True
        _, levels, last = heapq.heappop(waiting)
        tried = dict(zip(start, levels, strict=True))
        if tried != start and question.enough(tried):
            return tried, True
        for following, index in _raised(levels, last, question.most):
            cost = cost_of(following)
            if cost < limit:
                heapq.heappush(waiting, (cost, following, index))
    return None, not waiting


def _raised(levels: tuple[int, ...], last: int, most: int) -> Iterator[tuple[tuple[int, ...], int]]:
    """One level more of the part raised last, or of a later one: so every way is reached once."""
    for index in range(last, len(levels)):
        if levels[index] < most:
            yield (*levels[:index], levels[index] + 1, *levels[index + 1 :]), index


def _together(question: Question) -> dict[str, int]:
    """Everything raised alike until it is enough, then lowered again part by part, the dearest first."""
    low, high = 0.0, math.log(question.most)
    for _ in range(12):
        middle = (low + high) / 2
        if question.enough(_raised_alike(question, math.exp(middle))):
            high = middle
        else:
            low = middle
    levels = _raised_alike(question, math.exp(high))
    for name in sorted(levels, key=lambda part: -question.price[part]):
        levels = _lowered(question, levels, name)
    return levels


def _exchanged(question: Question, levels: dict[str, int]) -> dict[str, int]:
    """The same with one level more of a part for as many less of another as that allows, as long as it is cheaper."""
    for more, less in [(more, less) for more in levels for less in levels if more != less and levels[less] > 1]:
        if question.price[less] < question.price[more] or levels[less] == question.least[less]:
            continue
        tried = {**levels, more: levels[more] + 1, less: levels[less] - 1}
        while question.cost(tried) < question.cost(levels) and question.enough(tried):
            levels, tried = tried, {**tried, less: tried[less] - 1}
            if levels[less] == question.least[less]:
                break
    return levels


def _raised_alike(question: Question, factor: float) -> dict[str, int]:
    return {name: min(question.most, math.ceil(least * factor)) for name, least in question.least.items()}
