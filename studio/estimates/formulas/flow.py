"""Where load goes: the traffic equations λ = γ + Pᵀλ over a sparse graph.

Without cycles, rates are passed on in topological order. What is left in cycles is solved by eliminating one node
after the other (Gaussian elimination of I − Pᵀ, which needs no pivoting for an M-matrix): removing node v joins
every way into it with every way out of it. A node whose loop back to itself has a gain of 1 or more shows a spectral
radius ≥ 1: no finite traffic, so the answer is the loop.

Sources: Jackson 1957; Bolch et al., Queueing Networks and Markov Chains, 2006; Berman and Plemmons, Nonnegative
Matrices, 1994, chapter 6 (M-matrices).
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_FULL_GAIN = 1 - 1e-12


class Edge(NamedTuple):
    """Each request/s at ``source`` makes ``gain`` ≥ 0 requests/s at ``target``. ``name`` is the connection's id."""

    name: str
    source: str
    target: str
    gain: float


class Loop(NamedTuple):
    """A cycle that multiplies traffic: the connections it runs over, in the order they are walked."""

    connections: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        way = " → ".join(self.connections)
        return (
            f"the loop {way} multiplies traffic (gain of 1 or more): nothing ever leaves it; "
            "lower calls_per_request on one of its connections or remove one"
        )


def node_rates(external: Mapping[str, float], edges: Sequence[Edge]) -> dict[str, float] | Loop:
    """Requests/s at every node that has any, from what enters from outside; or the loop that forbids an answer.

    Time grows linearly with nodes and edges where there are no cycles.
    """
    outgoing: dict[str, list[Edge]] = {}
    waiting: dict[str, int] = {}
    for edge in edges:
        if edge.gain > 0:
            outgoing.setdefault(edge.source, []).append(edge)
            waiting[edge.target] = waiting.get(edge.target, 0) + 1
    rates = dict(external)
    ready = deque(node for node in _nodes(external, outgoing) if not waiting.get(node))
    while ready:
        node = ready.popleft()
        rate = rates.setdefault(node, 0.0)
        for edge in outgoing.get(node, ()):
            rates[edge.target] = rates.get(edge.target, 0.0) + rate * edge.gain
            waiting[edge.target] -= 1
            if not waiting[edge.target]:
                ready.append(edge.target)
    knotted = {node for node, count in waiting.items() if count}
    return _untangled(rates, outgoing, knotted) if knotted else rates


def _nodes(external: Mapping[str, float], outgoing: Mapping[str, list[Edge]]) -> Iterable[str]:
    yield from external
    for node in outgoing:
        if node not in external:
            yield node


def _untangled(
    rates: dict[str, float], outgoing: Mapping[str, list[Edge]], knotted: set[str]
) -> dict[str, float] | Loop:
    """Rates of the nodes in or behind cycles; ``rates`` already holds what reaches them from elsewhere.

    Components come callers first, so each finds all that enters it already in ``rates``.
    """
    for component in strongly_connected(knotted, outgoing):
        members = set(component)
        inside = {node: [edge for edge in outgoing.get(node, ()) if edge.target in members] for node in component}
        if any(inside.values()):
            solved = _solve_component(component, {node: rates.get(node, 0.0) for node in component}, inside)
            if isinstance(solved, Loop):
                return solved
            rates.update(solved)
        for node in component:
            for edge in outgoing.get(node, ()):
                if edge.target not in members:
                    rates[edge.target] = rates.get(edge.target, 0.0) + rates.get(node, 0.0) * edge.gain
    return rates


def _solve_component(
    component: Sequence[str], entering: dict[str, float], inside: Mapping[str, list[Edge]]
) -> dict[str, float] | Loop:
    """Rates inside one strongly connected component, by eliminating its nodes, those with few edges first."""
    ahead: dict[str, dict[str, float]] = {node: {} for node in component}
    behind: dict[str, dict[str, float]] = {node: {} for node in component}
    for node in component:
        for edge in inside[node]:
            gain = ahead[node].get(edge.target, 0.0) + edge.gain
            ahead[node][edge.target] = behind[edge.target][node] = gain
    order = sorted(component, key=lambda node: len(ahead[node]) * len(behind[node]))
    removed: list[tuple[str, float, dict[str, float]]] = []
    for node in order:
        own = ahead[node].pop(node, 0.0)
        behind[node].pop(node, None)
        if own >= _FULL_GAIN:
            return _loop_through(node, inside)
        factor = 1.0 / (1.0 - own)
        removed.append((node, factor, behind[node]))
        _join(node, factor, ahead, behind)
        for target, gain in ahead[node].items():
            entering[target] += entering[node] * factor * gain
    for node, factor, callers in reversed(removed):
        entering[node] = factor * (entering[node] + sum(entering[caller] * gain for caller, gain in callers.items()))
    return entering


def _join(node: str, factor: float, ahead: dict[str, dict[str, float]], behind: dict[str, dict[str, float]]) -> None:
    """Take ``node`` out of the graph: every way into it becomes a way to each of its targets."""
    for target in ahead[node]:
        del behind[target][node]
    for caller, gain_in in behind[node].items():
        del ahead[caller][node]
        for target, gain_out in ahead[node].items():
            gain = ahead[caller].get(target, 0.0) + gain_in * factor * gain_out
            ahead[caller][target] = behind[target][caller] = gain


def _loop_through(node: str, inside: Mapping[str, list[Edge]]) -> Loop:
    """The shortest way from ``node`` back to itself if that alone has gain ≥ 1, else all connections involved."""
    way = shortest_loop(node, inside)
    gain = 1.0
    for edge in way:
        gain *= edge.gain
    if gain >= _FULL_GAIN:
        return Loop(tuple(edge.name for edge in way))
    return Loop(tuple(edge.name for edges in inside.values() for edge in edges))


def shortest_loop(node: str, outgoing: Mapping[str, Sequence[Edge]]) -> tuple[Edge, ...]:
    """The fewest edges from ``node`` back to it; empty when there is no way back."""
    came: dict[str, Edge] = {}
    queue = deque([node])
    while queue:
        here = queue.popleft()
        for edge in outgoing.get(here, ()):
            if edge.target not in came:
                came[edge.target] = edge
                queue.append(edge.target)
        if node in came:
            break
    if node not in came:
        return ()
    way = [came[node]]
    while way[-1].source != node:
        way.append(came[way[-1].source])
    return tuple(reversed(way))


def strongly_connected(nodes: Iterable[str], outgoing: Mapping[str, Sequence[Edge]]) -> list[tuple[str, ...]]:
    """The strongly connected components among ``nodes``, callers before callees (Tarjan 1972, without recursion)."""
    wanted = sorted(nodes)
    allowed = set(wanted)
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    stacked: set[str] = set()
    found: list[tuple[str, ...]] = []
    for root in wanted:
        if root in index:
            continue
        work = [(root, iter(outgoing.get(root, ())))]
        index[root] = low[root] = len(index)
        stack.append(root)
        stacked.add(root)
        while work:
            node, edges = work[-1]
            child = next(
                (e.target for e in edges if e.target in allowed and _new(e.target, node, index, low, stacked)),
                None,
            )
            if child is not None:
                index[child] = low[child] = len(index)
                stack.append(child)
                stacked.add(child)
                work.append((child, iter(outgoing.get(child, ()))))
                continue
            work.pop()
            if work:
                parent = work[-1][0]
                low[parent] = min(low[parent], low[node])
            if low[node] == index[node]:
                found.append(_popped(node, stack, stacked))
    found.reverse()
    return found


def _new(target: str, node: str, index: Mapping[str, int], low: dict[str, int], stacked: set[str]) -> bool:
    """True when ``target`` was never seen; else notes how far back it lets ``node`` reach."""
    if target not in index:
        return True
    if target in stacked:
        low[node] = min(low[node], index[target])
    return False


def _popped(root: str, stack: list[str], stacked: set[str]) -> tuple[str, ...]:
    component: list[str] = []
    while True:
        node = stack.pop()
        stacked.remove(node)
        component.append(node)
        if node == root:
            return tuple(reversed(component))
