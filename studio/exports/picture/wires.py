"""Wires: one path each, rounded at its bends, open where it passes under another or a label lies on it."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from studio.diagrams.glyphs import DOWN, HORIZONTAL, LEFT, RIGHT, UP
from studio.diagrams.measure import columns_of
from studio.diagrams.raster import line_cells, way_from
from studio.diagrams.scene import Point, Route, Scene
from studio.exports.picture.grid import CELL, place, x, y
from studio.exports.picture.words import spoken, words

BEND: Final = 7
"""Radius of a bend."""
HEAD: Final = (9, 4)
"""Length and half the width of an arrowhead."""
PASSING: Final = 4
"""How far a wire stops from the middle of one that it passes under."""
LABEL_SIZE: Final = 12

_AHEAD: Final = {UP: (0, -1), DOWN: (0, 1), LEFT: (-1, 0), RIGHT: (1, 0)}
_Gap = tuple[int, int]
"""From and to, along a row, in pixels."""


def wires(scene: Scene) -> Iterator[str]:
    """All wires with their arrowheads and labels, a group each."""
    gaps = _crossings(scene)
    for route in scene.routes.values():
        yield wire(scene, route, gaps.get(route.id, {}))


def wire(scene: Scene, route: Route, crossings: Mapping[int, list[_Gap]]) -> str:
    """One wire; `crossings` are the places in each row of cells where it passes under another."""
    names = [" ".join(scene.boxes[end].lines) for end in (route.source, route.target)]
    waits = "nobody waits" if route.asynchronous else "the caller waits"
    about = f"{names[0]} → {names[1]}{f': {route.label}' if route.label else ''} ({waits})"
    drawn = _path(route, crossings)
    kind = "wire later" if route.asynchronous else "wire"
    parts = (spoken(about), f'<path class="{kind}" d="{drawn}"/>', _head(route), *_label(route))
    return f"<g>{''.join(parts)}</g>"


def _crossings(scene: Scene) -> dict[str, dict[int, list[_Gap]]]:
    """For each wire, by row of cells, the gaps where another runs across it from top to bottom."""
    gaps: dict[str, dict[int, list[_Gap]]] = {}
    for (column, row), cell in line_cells(scene).items():
        if len(cell.arms) == 1:
            continue
        across = next(net for net, arms in cell.arms.items() if arms == HORIZONTAL)
        for link in cell.links:
            if scene.routes[link].net == across:
                gap = (x(column) - PASSING, x(column) + PASSING)
                gaps.setdefault(link, {}).setdefault(row, []).append(gap)
    return gaps


def _ends(route: Route) -> list[Point]:
    """The corners in pixels, the last of them where the arrowhead begins."""
    places = [place(point) for point in route.points]
    across, down = _AHEAD[way_from(*route.points[-2:])]
    tip = _tip(route)
    places[-1] = (tip[0] - across * HEAD[0], tip[1] - down * HEAD[0])
    return places


def _tip(route: Route) -> Point:
    """Just before the border of the target, which is the cell after the last."""
    across, down = _AHEAD[way_from(*route.points[-2:])]
    column, row = place(route.points[-1])
    return column + across * (CELL[0] - 1), row + down * (CELL[1] - 1)


def _path(route: Route, crossings: Mapping[int, list[_Gap]]) -> str:
    places = _ends(route)
    radii = [0, *(_radius(*trio) for trio in zip(places, places[1:], places[2:], strict=False)), 0]
    commands = [f"M{places[0][0]} {places[0][1]}"]
    for index, (one, other) in enumerate(pairwise(places)):
        start, stop = _towards(one, other, radii[index]), _towards(other, one, radii[index + 1])
        if index:
            commands.append(f"Q{one[0]} {one[1]} {start[0]} {start[1]}")
        if start[1] == stop[1]:
            row = round(start[1] / CELL[1])
            holes = [*crossings.get(row, ()), *_label_gap(route, row)]
            commands += _broken(start, stop, holes)
        commands.append(f"L{stop[0]} {stop[1]}")
    return "".join(commands)


def _radius(before: Point, here: Point, after: Point) -> int:
    shortest = min(abs(here[0] - end[0]) + abs(here[1] - end[1]) for end in (before, after))
    return min(BEND, shortest // 2)


def _towards(one: Point, other: Point, far: int) -> Point:
    """The place so far from one in the direction of the other."""
    step = [(there > here) - (there < here) for here, there in zip(one, other, strict=True)]
    return one[0] + step[0] * far, one[1] + step[1] * far


def _broken(start: Point, stop: Point, holes: list[_Gap]) -> Iterator[str]:
    """Commands that draw a level piece up to each hole on it and go on behind it."""
    low, high = sorted((start[0], stop[0]))
    inside = sorted((max(left, low), min(right, high)) for left, right in holes if right > low and left < high)
    forwards = start[0] <= stop[0]
    for left, right in inside if forwards else reversed(inside):
        near, far = (left, right) if forwards else (right, left)
        yield f"L{near} {start[1]}M{far} {start[1]}"


def _label_gap(route: Route, row: int) -> list[_Gap]:
    if route.label_at is None or route.label_at[1] != row or not lies_on_line(route):
        return []
    left, right = _label_columns(route)
    return [(x(left - 1), x(right + 1))]


def lies_on_line(route: Route) -> bool:
    """Whether the label lies on a level piece of its line."""
    at = route.label_at
    return at is not None and any(
        one[1] == other[1] == at[1] and min(one[0], other[0]) < at[0] < max(one[0], other[0])
        for one, other in pairwise(route.points)
    )


def _label_columns(route: Route) -> tuple[int, int]:
    """The first and the last column of a label of one line."""
    left = route.label_at[0] if route.label_at else 0
    return left, left + columns_of(route.label_lines[0]) - 1


def _head(route: Route) -> str:
    tip, (across, down) = _tip(route), _AHEAD[way_from(*route.points[-2:])]
    base = (tip[0] - across * HEAD[0], tip[1] - down * HEAD[0])
    corners = [tip, *((base[0] + side * down * HEAD[1], base[1] + side * across * HEAD[1]) for side in (1, -1))]
    return f'<polygon class="head" points="{" ".join(f"{left},{top}" for left, top in corners)}"/>'


def _label(route: Route) -> Iterator[str]:
    if route.label_at is None:
        return
    column, row = route.label_at
    if lies_on_line(route):
        left, right = _label_columns(route)
        middle = ((x(left) + x(right)) // 2, y(row) + 4)
        room = (columns_of(route.label_lines[0]) + 1) * CELL[0]
        yield words(middle, route.label_lines[0], "label", size=LABEL_SIZE, room=room, anchor="middle")
        return
    for index, line in enumerate(route.label_lines):
        room = (columns_of(line) + 1) * CELL[0]
        start = (x(column) - 4, y(row + index) + 4)
        yield words(start, line, "label", size=LABEL_SIZE, room=room)
