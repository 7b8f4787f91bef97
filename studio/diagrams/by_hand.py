"""Boxes where a person put them: the rest makes room, frames follow their members, lines find their way round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from studio.diagrams.drawing import Part
from studio.diagrams.measure import columns_of
from studio.diagrams.outline import Link
from studio.diagrams.packing import at_origin, shifted
from studio.diagrams.scene import Frame, Point, Rectangle, Route, Scene
from studio.diagrams.titles import titled
from studio.diagrams.weave import Path, prefixes
from studio.diagrams.wires import Board, labelled_way

_MARGIN = 12
_LEAST_DASHES = 2


def placed_by_hand(scene: Scene, part: Part) -> Scene | None:
    """The scene with the boxes that name a place moved there, and their lines drawn anew.

    A box keeps its place unless an earlier one lies there: then it takes the nearest free one, as do boxes without
    a place. Where a frame or a line must pass left of or above the first cell, everything moves along. None when a
    line or a label finds no way.
    """
    places = _places(scene, part)
    boxes = {key: replace(box, rectangle=places[key]) for key, box in scene.boxes.items()}
    frames = _frames(scene, part, places)
    routes = _routes(scene, part, places, frames, before=0)
    routes = routes or _routes(scene, part, places, frames, before=_MARGIN)
    if routes is None:
        return None
    titled_frames = tuple(titled(frame, list(routes.values())) for frame in frames)
    return _from_first_cell(Scene(0, 0, boxes, titled_frames, routes))


def _places(scene: Scene, part: Part) -> dict[str, Rectangle]:
    places: dict[str, Rectangle] = {}
    in_turn = sorted(part.boxes, key=lambda box: box.at is None)
    for box in in_turn:
        size = scene.bounds(box.id)
        column, row = box.at or (size.column, size.row)
        wanted = Rectangle(max(column, 0), max(row, 0), size.width, size.height)
        margin = 0 if box.at else 2
        places[box.id] = _nearest_free(wanted, list(places.values()), margin)
    return {box.id: places[box.id] for box in part.boxes}


def _nearest_free(wanted: Rectangle, taken: Sequence[Rectangle], margin: int) -> Rectangle:
    for column, row in _around((wanted.column, wanted.row)):
        moved = Rectangle(column, row, wanted.width, wanted.height)
        grown = _grown(moved, margin)
        if not any(grown.overlaps(other) for other in taken):
            return moved
    raise AssertionError("a grid without end has room for every box")


def _grown(area: Rectangle, by: int) -> Rectangle:
    return Rectangle(area.column - by, area.row - by, area.width + 2 * by, area.height + 2 * by)


def _around(start: Point) -> Iterator[Point]:
    """All places from column 0 and row 0 on, the nearer ones first; a row is as far as two columns."""
    yield start
    distance = 0
    while True:
        distance += 1
        for down in range(-distance, distance + 1):
            across = (distance - abs(down)) * 2
            for column in {start[0] - across: 0, start[0] + across: 0}:
                if column >= 0 and start[1] + down >= 0:
                    yield column, start[1] + down


def _frames(scene: Scene, part: Part, places: Mapping[str, Rectangle]) -> list[Frame]:
    """A frame round the members of each group and the frames in it; as it was where no member moved."""
    members: dict[Path, list[str]] = {}
    for box in part.boxes:
        for path in prefixes(box.group):
            members.setdefault(path, []).append(box.id)
    before = {frame.path: frame for frame in scene.frames}
    frames: dict[Path, Frame] = {}
    for path in sorted(members, key=lambda path: -len(path)):
        inner = [frame.rectangle for other, frame in frames.items() if other[:-1] == path]
        frames[path] = before[path]
        if any(places[box] != scene.bounds(box) for box in members[path]):
            frames[path] = _frame_round(path, [places[box] for box in members[path]] + inner)
    return [frames[path] for path in sorted(frames, key=len)]


def _frame_round(path: Path, inside: Sequence[Rectangle]) -> Frame:
    left = min(each.column for each in inside) - 3
    top = min(each.row for each in inside) - 2
    right = max(max(each.right for each in inside) + 3, left + columns_of(path[-1]) + 5)
    bottom = max(each.bottom for each in inside) + 2
    return Frame(path, path[-1], Rectangle(left, top, right - left + 1, bottom - top + 1), left + 3)


def _routes(
    scene: Scene, part: Part, places: Mapping[str, Rectangle], frames: Sequence[Frame], *, before: int
) -> dict[str, Route] | None:
    """A route for every link, or None; a line whose boxes did not move stays if nothing came into its way.

    `before` is how far lines may go left of and above the first cell.
    """
    board = _board(part, places, frames, before)
    moved = {box for box, place in places.items() if place != scene.bounds(box)}
    zones = [_grown(places[box], 1) for box in sorted(moved)]
    kept = [
        route
        for route in scene.routes.values()
        if moved.isdisjoint((route.source, route.target)) and board.allows(route, zones)
    ]
    found = {route.id: route for route in kept}
    for route in kept:
        board.add_route(route)
    net = max((route.net for route in scene.routes.values()), default=0)
    for link in sorted(part.links, key=lambda link: link.source != link.target):
        if link.id in found:
            continue
        net += 1
        drawn = _route(board, link, places, net)
        if drawn is None:
            return None
        found[link.id] = drawn
        board.add_route(drawn)
    return {link.id: found[link.id] for link in part.links}


def _route(board: Board, link: Link, places: Mapping[str, Rectangle], net: int) -> Route | None:
    least = _LEAST_DASHES if link.asynchronous else 1
    source, target = places[link.source], places[link.target]
    way = labelled_way(board, source, target, least=least, width=columns_of(link.label))
    if way is None:
        return None
    lines = (link.label,) if link.label else ()
    return Route(link.id, link.source, link.target, way[0], net, link.label, lines, way[1], link.asynchronous)


def _board(part: Part, places: Mapping[str, Rectangle], frames: Sequence[Frame], before: int) -> Board:
    things = [*places.values(), *(frame.rectangle for frame in frames)]
    widest = max((columns_of(link.label) for link in part.links), default=0)
    margin = _MARGIN + widest + 2 * len(part.links)
    left = min(0, *(each.column for each in things)) - before
    top = min(0, *(each.row for each in things)) - before
    right = max(each.right for each in things) + margin
    bottom = max(each.bottom for each in things) + margin
    board = Board(Rectangle(left, top, right - left + 1, bottom - top + 1))
    for frame in frames:
        board.add_frame(frame)
    for box in places.values():
        board.add_box(box)
    return board


def _from_first_cell(scene: Scene) -> Scene:
    """The scene with its true extent, moved only if something lies left of or above the first cell."""
    tight = at_origin(scene)
    some_box = next(iter(scene.boxes))
    before, after = scene.bounds(some_box), tight.bounds(some_box)
    columns, rows = before.column - after.column, before.row - after.row
    kept_columns, kept_rows = max(columns, 0), max(rows, 0)
    moved = shifted(tight, kept_columns, kept_rows, 0)
    return replace(moved, width=tight.width + kept_columns, height=tight.height + kept_rows)
