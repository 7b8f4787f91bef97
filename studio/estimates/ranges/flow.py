"""The traffic equations λ = γ + Pᵀλ in all samples at once: as `studio.estimates.formulas.flow` solves them for one.

What is the same in all samples stays one number. In samples where a loop multiplies traffic the rates are infinite.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from studio.estimates.formulas.flow import Edge, strongly_connected
from studio.estimates.ranges.values import Value, varies

_FULL_GAIN = 1 - 1e-12


class Way(NamedTuple):
    """Each request/s at ``source`` makes ``gain`` requests/s at ``target``; ``name`` is the connection's id."""

    name: str
    source: str
    target: str
    gain: Value


def node_rates(entering: Mapping[str, Value], ways: Sequence[Way]) -> dict[str, Value]:
    """Requests/s at every node that has any, from what enters from outside."""
    outgoing: dict[str, list[Way]] = {}
    waiting: dict[str, int] = {}
    for way in ways:
        outgoing.setdefault(way.source, []).append(way)
        waiting[way.target] = waiting.get(way.target, 0) + 1
    rates = dict(entering)
    ready = deque(node for node in dict.fromkeys((*entering, *outgoing)) if not waiting.get(node))
    while ready:
        node = ready.popleft()
        rate = rates.setdefault(node, 0.0)
        for way in outgoing.get(node, ()):
            rates[way.target] = rates.get(way.target, 0.0) + rate * way.gain
            waiting[way.target] -= 1
            if not waiting[way.target]:
                ready.append(way.target)
    knotted = [node for node, count in waiting.items() if count]
    return _untangled(rates, outgoing, knotted) if knotted else rates


def _untangled(
    rates: dict[str, Value], outgoing: Mapping[str, Sequence[Way]], knotted: Sequence[str]
) -> dict[str, Value]:
    """Rates in and behind cycles; ``rates`` already holds what reaches them from elsewhere."""
    ahead = {node: [Edge(way.name, node, way.target, 1.0) for way in ways] for node, ways in outgoing.items()}
    for component in strongly_connected(knotted, ahead):
        members = set(component)
        inside = {node: [way for way in outgoing.get(node, ()) if way.target in members] for node in component}
        if any(inside.values()):
            rates.update(_solved(component, {node: rates.get(node, 0.0) for node in component}, inside))
        for node in component:
            for way in outgoing.get(node, ()):
                if way.target not in members:
                    rates[way.target] = rates.get(way.target, 0.0) + rates.get(node, 0.0) * way.gain
    return rates


def _solved(
    component: Sequence[str], entering: dict[str, Value], inside: Mapping[str, Sequence[Way]]
) -> dict[str, Value]:
    """Rates inside one strongly connected component, by eliminating its nodes, those with few ways first."""
    ahead: dict[str, dict[str, Value]] = {node: {} for node in component}
    behind: dict[str, dict[str, Value]] = {node: {} for node in component}
    for node in component:
        for way in inside[node]:
            gain = ahead[node].get(way.target, 0.0) + way.gain
            ahead[node][way.target] = behind[way.target][node] = gain
    removed: list[tuple[str, Value, dict[str, Value]]] = []
    for node in sorted(component, key=lambda node: len(ahead[node]) * len(behind[node])):
        factor = _around(ahead[node].pop(node, 0.0))
        behind[node].pop(node, None)
        removed.append((node, factor, behind[node]))
        _join(node, factor, ahead, behind)
        for target, gain in ahead[node].items():
            entering[target] = entering[target] + entering[node] * factor * gain
    for node, factor, callers in reversed(removed):
        through: Value = 0.0
        for caller, gain in callers.items():
            through = through + entering[caller] * gain
        entering[node] = factor * (entering[node] + through)
    return entering


def _around(own: Value) -> Value:
    """How often a request passes a node that calls itself with gain ``own``: 1/(1 − own)."""
    if varies(own):
        return np.where(own < _FULL_GAIN, 1.0 / (1.0 - own), np.inf)
    return 1.0 / (1.0 - own) if own < _FULL_GAIN else np.inf


def _join(node: str, factor: Value, ahead: dict[str, dict[str, Value]], behind: dict[str, dict[str, Value]]) -> None:
    """Take ``node`` out of the graph: every way into it becomes a way to each of its targets."""
    for target in ahead[node]:
        del behind[target][node]
    for caller, gain_in in behind[node].items():
        del ahead[caller][node]
        for target, gain_out in ahead[node].items():
            gain = ahead[caller].get(target, 0.0) + gain_in * factor * gain_out
            ahead[caller][target] = behind[target][caller] = gain
