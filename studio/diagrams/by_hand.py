"""Boxes where a person put them: the rest makes room, frames follow their members, lines find their way round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from studio.diagrams.drawing import Part
from studio.diagrams.measure import columns_of
from studio.diagrams.outline import Link
from studio.diagrams.packing import at_origin, shifted
from studio.diagrams.placing import grown, is_sound, places_of
from studio.diagrams.scene import Frame, Rectangle, Route, Scene
from studio.diagrams.titles import titled
from studio.diagrams.wires import Board, labelled_way

_MARGIN = 12
_LEAST_DASHES = 2


def placed_by_hand(scene: Scene, part: Part) -> Scene | None:
    """The scene with the boxes that name a place moved there, and their lines drawn anew.

    Where a frame or a line must pass left of or above the first cell, everything moves along. None when a box lies in
    a frame that it does not belong to, when frames run into each other, or when a line or a label finds no way.
    """
    places = places_of(scene, part)
    if not is_sound(places, part.boxes):
        return None
    boxes = {key: replace(box, rectangle=places.boxes[key]) for key, box in scene.boxes.items()}
    frames = sorted(places.frames.values(), key=lambda frame: len(frame.path))
    routes = _routes(scene, part, places.boxes, frames, before=0)
    routes = routes or _routes(scene, part, places.boxes, frames, before=_MARGIN)
    if routes is None:
        return None
    titled_frames = tuple(titled(frame, list(routes.values())) for frame in frames)
    return _from_first_cell(Scene(0, 0, boxes, titled_frames, routes))


def _routes(
    scene: Scene, part: Part, places: Mapping[str, Rectangle], frames: Sequence[Frame], *, before: int
) -> dict[str, Route] | None:
    """A route for every link, or None; a line whose boxes did not move stays if nothing came into its way.

    `before` is how far lines may go left of and above the first cell.
    """
    board = _board(part, places, frames, before)
    moved = {box for box, place in places.items() if place != scene.bounds(box)}
    zones = [grown(places[box], 1) for box in sorted(moved)]
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
