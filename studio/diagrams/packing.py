"""Parts that have nothing to do with each other, side by side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from studio.diagrams.outline import Box, Link
from studio.diagrams.scene import Frame, PlacedBox, Point, Rectangle, Route, Scene, around

_COLUMN_GAP = 3
_ROW_GAP = 1


def parts_of(boxes: Sequence[Box], links: Sequence[Link]) -> list[tuple[list[Box], list[Link]]]:
    """Boxes that hang together by links or by an outermost group, in order of their first box."""
    leader = {box.id: box.id for box in boxes}
    first_of_group: dict[str, str] = {}
    for box in boxes:
        if box.group:
            _unite(leader, box.id, first_of_group.setdefault(box.group[0], box.id))
    for link in links:
        _unite(leader, link.source, link.target)
    parts: dict[str, tuple[list[Box], list[Link]]] = {}
    for box in boxes:
        parts.setdefault(_leader(leader, box.id), ([], []))[0].append(box)
    for link in links:
        parts[_leader(leader, link.source)][1].append(link)
    return list(parts.values())


def _leader(leader: dict[str, str], member: str) -> str:
    while leader[member] != member:
        leader[member] = leader[leader[member]]
        member = leader[member]
    return member


def _unite(leader: dict[str, str], one: str, other: str) -> None:
    leader[_leader(leader, other)] = _leader(leader, one)


def packed(scenes: Sequence[Scene], width: int) -> Scene:
    """One scene of all, in rows from left to right, each row no wider than `width` where a part allows it."""
    column = row = next_row = 0
    nets = 0
    together = Scene()
    for scene in map(at_origin, scenes):
        if column and column + scene.width > width:
            column, row = 0, next_row + _ROW_GAP
        moved = shifted(scene, column, row, nets)
        nets += len(scene.routes)
        together = Scene(
            max(together.width, column + scene.width),
            max(together.height, row + scene.height),
            {**together.boxes, **moved.boxes},
            together.frames + moved.frames,
            {**together.routes, **moved.routes},
        )
        column += scene.width + _COLUMN_GAP
        next_row = max(next_row, row + scene.height)
    return together


def at_origin(scene: Scene) -> Scene:
    """The scene moved so that its first column and row are 0, with its true extent."""
    rectangles = [scene.bounds(box) for box in scene.boxes]
    rectangles += [frame.rectangle for frame in scene.frames]
    rectangles += map(around, scene.routes.values())
    if not rectangles:
        return Scene()
    left, top = min(each.column for each in rectangles), min(each.row for each in rectangles)
    moved = shifted(scene, -left, -top, 0)
    width = max(each.right for each in rectangles) - left + 1
    height = max(each.bottom for each in rectangles) - top + 1
    return replace(moved, width=width, height=height)


def shifted(scene: Scene, columns: int, rows: int, nets: int) -> Scene:
    """The scene moved right and down, its nets renumbered upwards."""
    return _moved(scene, lambda old: (old[0] + columns, old[1] + rows), nets)


def without_rows(scene: Scene, gone: Sequence[int]) -> Scene:
    """The scene with what lies below the given rows moved up; `gone` is sorted."""
    return _moved(scene, lambda old: (old[0], old[1] - bisect_left(gone, old[1])), 0)


def _moved(scene: Scene, point: Callable[[Point], Point], nets: int) -> Scene:
    """The scene with every cell where `point` puts it."""

    def rectangle(old: Rectangle) -> Rectangle:
        (left, top), (right, bottom) = point((old.column, old.row)), point((old.right, old.bottom))
        return Rectangle(left, top, right - left + 1, bottom - top + 1)

    def box(old: PlacedBox) -> PlacedBox:
        return replace(old, rectangle=rectangle(old.rectangle))

    def frame(old: Frame) -> Frame:
        title_column, _ = point((old.title_column, old.rectangle.row))
        return replace(old, rectangle=rectangle(old.rectangle), title_column=title_column)

    def route(old: Route) -> Route:
        at = point(old.label_at) if old.label_at else None
        return replace(old, points=tuple(map(point, old.points)), label_at=at, net=old.net + nets)

    return replace(
        scene,
        boxes={key: box(each) for key, each in scene.boxes.items()},
        frames=tuple(map(frame, scene.frames)),
        routes={key: route(each) for key, each in scene.routes.items()},
    )
