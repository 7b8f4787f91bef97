"""Step 1, cycles: which links to draw against the flow.

The greedy order of Eades, Lin and Smyth (1993), with ties in favour of the declared order: sinks go to the
end, sources to the front, then whichever box gives most more than it takes.
"""

from __future__ import annotations

from collections.abc import Sequence

Arc = tuple[int, int]


def against_the_flow(count: int, arcs: Sequence[Arc]) -> frozenset[int]:
    """Indices of the arcs to reverse.

    Before: arcs join nodes 0 … count-1; self loops are allowed and never in the answer.
    After: with the answer reversed and self loops left out, no cycle remains; an acyclic graph reverses nothing.
    """
    place = {node: index for index, node in enumerate(_flow_order(count, arcs))}
    return frozenset(i for i, (source, target) in enumerate(arcs) if place[source] > place[target])


def against_the_distance(count: int, arcs: Sequence[Arc]) -> frozenset[int]:
    """Indices of the arcs to reverse so that few layers are needed: those that lead nearer to where all begins.

    Before and after as for `against_the_flow`, but acyclic graphs may reverse arcs too: a way out and back again
    («command … event bus … read model») folds into two ways out, half as long.
    """
    order = _flow_order(count, arcs)
    hops = _hops(count, arcs, order)
    place = {node: (hops[node], index) for index, node in enumerate(order)}
    return frozenset(i for i, (source, target) in enumerate(arcs) if place[source] > place[target])


def _hops(count: int, arcs: Sequence[Arc], order: Sequence[int]) -> list[int]:
    """Links from each node to the nearest one that nothing leads to, whichever way the links point."""
    beside: list[list[int]] = [[] for _ in range(count)]
    entered = set()
    for source, target in arcs:
        if source != target:
            beside[source].append(target)
            beside[target].append(source)
            entered.add(target)
    hops = {node: 0 for node in range(count) if node not in entered}
    _spread(hops, list(hops), beside)
    for start in order:
        if start not in hops:
            hops[start] = 0
            _spread(hops, [start], beside)
    return [hops[node] for node in range(count)]


def _spread(hops: dict[int, int], reached: list[int], beside: Sequence[Sequence[int]]) -> None:
    for node in reached:
        for other in beside[node]:
            if other not in hops:
                hops[other] = hops[node] + 1
                reached.append(other)


def _flow_order(count: int, arcs: Sequence[Arc]) -> list[int]:
    gives: list[list[int]] = [[] for _ in range(count)]
    takes: list[list[int]] = [[] for _ in range(count)]
    for source, target in arcs:
        if source != target:
            gives[source].append(target)
            takes[target].append(source)
    remaining = dict.fromkeys(range(count))
    front: list[int] = []
    back: list[int] = []
    while remaining:
        _peel(remaining, gives, takes, back)
        _peel(remaining, takes, gives, front)
        if remaining:
            chosen = max(remaining, key=lambda node: (len(gives[node]) - len(takes[node]), -node))
            _take(chosen, remaining, gives, takes)
            front.append(chosen)
    return front + back[::-1]


def _peel(remaining: dict[int, None], gives: list[list[int]], takes: list[list[int]], into: list[int]) -> None:
    """Move every node without anything in `gives`, and those that become so, into the list."""
    ready = [node for node in remaining if not gives[node]]
    while ready:
        node = ready.pop(0)
        before = list(dict.fromkeys(takes[node]))
        _take(node, remaining, gives, takes)
        into.append(node)
        ready.extend(other for other in before if not gives[other])


def _take(node: int, remaining: dict[int, None], gives: list[list[int]], takes: list[list[int]]) -> None:
    del remaining[node]
    for other in dict.fromkeys(gives[node]):
        takes[other] = [each for each in takes[other] if each != node]
    for other in dict.fromkeys(takes[node]):
        gives[other] = [each for each in gives[other] if each != node]
    gives[node], takes[node] = [], []
