"""Calls in a circle: what no engine can multiply out until somebody says how often each call is made."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.records import Question

_SURE = ("certain", None)


class Unlooped(NamedTuple):
    """A design whose traffic comes to an end, and the connections that were taken out of it."""

    design: Design
    silenced: tuple[Connection, ...]


def unlooped(design: Design, only: Container[str] | None = None) -> Unlooped:
    """The design with no calls along those connections that close a circle; a question in it says so for each.

    Of two ways to open a circle the one that was only likely is taken, else the one that leads back towards the
    clients. Nothing is known of how often it is called: 0 is what lets the rest be worked out. With `only` no other
    connections than these are changed.
    """
    drawn = [connection for connection in design.connections if connection.calls_per_request != 0]
    starts = [c.id for c in design.components if c.kind == "client"] + [c.id for c in design.components]
    order = _order(starts, drawn)
    if only is None:
        sure = [connection for connection in drawn if connection.confidence in _SURE]
    else:
        sure = [connection for connection in drawn if connection.id not in only]
    walked = _places(_order(order, sure))
    forward = [connection for connection in sure if walked[connection.target] > walked[connection.source]]
    place = _places(_sorted(order, forward))
    circle = _circles(order, drawn)
    back = {
        connection.id
        for connection in drawn
        if (only is None or connection.id in only)
        and circle[connection.source] == circle[connection.target]
        and place[connection.target] <= place[connection.source]
    }
    if not back:
        return Unlooped(design, ())
    connections = tuple(c.changed(calls_per_request=0) if c.id in back else c for c in design.connections)
    silenced = tuple(connection for connection in design.connections if connection.id in back)
    asked = {question.id for question in design.questions}
    questions = tuple(_question(connection, design) for connection in silenced if connection.id not in asked)
    return Unlooped(design.changed(connections=connections, questions=(*design.questions, *questions)), silenced)


def _question(connection: Connection, design: Design) -> Question:
    source, target = (design.component[end].label for end in (connection.source, connection.target))
    text = (
        f"How often does {source} call {target} for one request? They call each other in a circle, and 0 stands there "
        "until somebody says so."
    )
    return Question.model_validate({"id": connection.id, "text": text})


def _order(starts: Iterable[str], connections: Sequence[Connection]) -> list[str]:
    """All components so that a call leads forward, except those that close a circle (reverse postorder)."""
    return list(reversed(_postorder(starts, _next(connections))))


def _next(connections: Iterable[Connection], *, backwards: bool = False) -> Callable[[str], Sequence[str]]:
    found: dict[str, list[str]] = {}
    for connection in connections:
        source, target = connection.source, connection.target
        found.setdefault(target if backwards else source, []).append(source if backwards else target)
    return lambda id_: found.get(id_, ())


def _postorder(starts: Iterable[str], following: Callable[[str], Sequence[str]]) -> list[str]:
    """Components in the order in which a depth-first walk leaves them; the walk keeps no place on Python's stack."""
    found: list[str] = []
    seen: set[str] = set()
    for start in starts:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(following(start)))]
        while stack:
            here, rest = stack[-1]
            there = next((id_ for id_ in rest if id_ not in seen), None)
            if there is None:
                found.append(here)
                stack.pop()
            else:
                seen.add(there)
                stack.append((there, iter(following(there))))
    return found


def _sorted(order: Sequence[str], connections: Sequence[Connection]) -> list[str]:
    """Components so that all these connections lead forward, otherwise as near to `order` as can be (Kahn 1962)."""
    wanted = _places(order)
    following, waiting = _next(connections), dict.fromkeys(order, 0)
    for connection in connections:
        waiting[connection.target] += 1
    ready = [wanted[id_] for id_, count in waiting.items() if count == 0]
    heapify(ready)
    found: list[str] = []
    while ready:
        found.append(order[heappop(ready)])
        for id_ in following(found[-1]):
            waiting[id_] -= 1
            if waiting[id_] == 0:
                heappush(ready, wanted[id_])
    return found


def _circles(order: Iterable[str], connections: Sequence[Connection]) -> Mapping[str, int]:
    """A number for each component, the same for those that reach one another (Kosaraju 1978, Sharir 1981)."""
    back = _next(connections, backwards=True)
    found: dict[str, int] = {}
    for number, start in enumerate(order):
        waiting = [start]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found[here] = number
                waiting += [id_ for id_ in back(here) if id_ not in found]
    return found


def _places(order: Sequence[str]) -> Mapping[str, int]:
    return {id_: place for place, id_ in enumerate(order)}
