"""Step 2, layers: one row of the flow for every box."""

from __future__ import annotations

from collections.abc import Sequence

from studio.diagrams.cycles import Arc
from studio.diagrams.settle import Constraint, Pull, lowest, settled

_LINK_PULL = 2
_GROUP_PULL = 1


def layers_of(count: int, arcs: Sequence[Arc], groups: Sequence[tuple[str, ...]]) -> list[int]:
    """The layer of each node, from 0, none skipped over by all.

    Before: the arcs are acyclic but for self loops, which do not count.
    After: every arc leads at least one layer down; links are short and groups are flat as far as they agree.
    """
    steps = [(source, target, 1) for source, target in arcs if source != target]
    start = lowest(count, steps)
    pulls = [Pull(source, 0, target, 0, _LINK_PULL) for source, target, _ in steps]
    spans, span_pulls, positions = _group_spans(count, groups, start)
    settled_at = settled(start + positions, [*steps, *spans], [*pulls, *span_pulls])[:count]
    return _without_gaps(settled_at)


def _group_spans(
    count: int, groups: Sequence[tuple[str, ...]], start: Sequence[int]
) -> tuple[list[Constraint], list[Pull], list[int]]:
    """A first and a last layer for each group, with its members between them and a pull on its height."""
    members: dict[tuple[str, ...], list[int]] = {}
    for node, path in enumerate(groups):
        for depth in range(1, len(path) + 1):
            members.setdefault(path[:depth], []).append(node)
    constraints: list[Constraint] = []
    pulls: list[Pull] = []
    positions: list[int] = []
    for nodes in members.values():
        first = count + len(positions)
        positions += [min(start[node] for node in nodes), max(start[node] for node in nodes)]
        for node in nodes:
            constraints += [(first, node, 0), (node, first + 1, 0)]
        pulls.append(Pull(first, 0, first + 1, 0, _GROUP_PULL))
    return constraints, pulls, positions


def _without_gaps(layers: Sequence[int]) -> list[int]:
    rank = {layer: index for index, layer in enumerate(sorted(set(layers)))}
    return [rank[layer] for layer in layers]


def in_rows(layers: Sequence[int], widths: Sequence[int], limit: int) -> list[int]:
    """The layers, each one wider than `limit` split into as many rows as it needs.

    `widths` are the columns a node takes with its share of blanks. Every arc still leads downwards.
    """
    rows: dict[int, int] = {}
    next_row = 0
    for layer in range(max(layers, default=-1) + 1):
        used = 0
        for node in (node for node, at in enumerate(layers) if at == layer):
            if used and used + widths[node] > limit:
                next_row, used = next_row + 1, 0
            used += widths[node]
            rows[node] = next_row
        next_row += 1
    return [rows[node] for node in range(len(layers))]
