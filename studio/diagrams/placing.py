"""Places for all boxes when a person has put some: those stay, and the others make room without entering a frame."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from studio.diagrams.drawing import Part
from studio.diagrams.measure import columns_of
from studio.diagrams.outline import Box
from studio.diagrams.scene import Frame, Point, Rectangle, Scene
from studio.diagrams.weave import Path, prefixes

_GAP = 3
"""Cells kept between what makes room and what is there, so that a line with its blanks can pass."""


@dataclass(slots=True)
class Places:
    """Where boxes and frames are."""

    boxes: dict[str, Rectangle] = field(default_factory=dict)
    frames: dict[Path, Frame] = field(default_factory=dict)

    def taken(self) -> list[Rectangle]:
        """What is placed by now."""
        return [*self.boxes.values(), *(frame.rectangle for frame in self.frames.values())]


def places_of(scene: Scene, part: Part) -> Places:
    """A place for every box and a frame round every group.

    A box put by hand keeps its place unless an earlier one lies there or touches it: then it takes the nearest free
    one. A group that has such a box gathers its others below it; a lone box put into its frame is put out of it.
    Everything else stays where the layout had it, and makes room only for what has come in its way: other groups as a
    whole, lone boxes one by one.
    """
    places = Places()
    for box in part.boxes:
        if box.at is not None:
            size = scene.bounds(box.id)
            wanted = Rectangle(max(box.at[0], 0), max(box.at[1], 0), size.width, size.height)
            places.boxes[box.id] = _nearest_free(wanted, places.taken(), 1)
    touched = dict.fromkeys(path for box in part.boxes if box.at is not None for path in prefixes(box.group))
    for path in touched:
        if len(path) == 1:
            _gather(places, scene, part, path, touched)
    strangers = _strangers(places, part)
    blocks = [_Block(scene, part, path) for path in _groups_in(part, ()) if path not in touched]
    blocks += [_Block(scene, part, box.id) for box in part.boxes if not box.group and box.id not in places.boxes]
    blocks += [_Block(scene, part, id_, at) for id_, at in strangers.items()]
    intruders = places.taken()
    movers = [block for block in blocks if any(grown(block.area, _GAP - 1).overlaps(each) for each in intruders)]
    for block in blocks:
        if block not in movers:
            block.put(places, block.area)
    for block in movers:
        block.put(places, _nearest_free(block.area, places.taken(), _GAP))
    return Places({box.id: places.boxes[box.id] for box in part.boxes}, places.frames)


def _gather(places: Places, scene: Scene, part: Part, path: Path, touched: Collection[Path]) -> None:
    """Places for what a touched group contains, innermost first, and its frame."""
    groups = _groups_in(part, path)
    for inner in groups:
        if inner in touched:
            _gather(places, scene, part, inner, touched)
    blocks = [_Block(scene, part, inner) for inner in groups if inner not in touched]
    blocks += [_Block(scene, part, box.id) for box in part.boxes if box.group == path and box.id not in places.boxes]
    for block in blocks:
        own = [places.boxes[box.id] for box in part.boxes if box.group[: len(path)] == path and box.id in places.boxes]
        block.put(places, _nearest_free(_below(block.area, own), places.taken(), _GAP))
    inside = [places.boxes[box.id] for box in part.boxes if box.group[: len(path)] == path]
    inside += [frame.rectangle for other, frame in places.frames.items() if other[:-1] == path]
    places.frames[path] = _frame_round(path, inside)


def _strangers(places: Places, part: Part) -> dict[str, Rectangle]:
    """Lone boxes in or too near to a frame; they lose their place."""
    frames = [frame.rectangle for frame in places.frames.values()]
    lone = {box.id: places.boxes[box.id] for box in part.boxes if not box.group and box.id in places.boxes}
    found = {id_: area for id_, area in lone.items() if any(grown(area, 1).overlaps(frame) for frame in frames)}
    for id_ in found:
        del places.boxes[id_]
    return found


def _groups_in(part: Part, path: Path) -> list[Path]:
    deeper = len(path) + 1
    boxes = (box for box in part.boxes if len(box.group) >= deeper and box.group[: len(path)] == path)
    return list(dict.fromkeys(box.group[:deeper] for box in boxes))


class _Block:
    """A lone box, or a group with all in it, that moves as it is."""

    def __init__(self, scene: Scene, part: Part, what: str | Path, at: Rectangle | None = None) -> None:
        if isinstance(what, str):
            self.area = at or scene.bounds(what)
            self.boxes, self.frames = {what: self.area}, list[Frame]()
        else:
            self.frames = [frame for frame in scene.frames if frame.path[: len(what)] == what]
            self.area = self.frames[0].rectangle
            members = [box.id for box in part.boxes if box.group[: len(what)] == what]
            self.boxes = {id_: scene.bounds(id_) for id_ in members}

    def put(self, places: Places, to: Rectangle) -> None:
        columns, rows = to.column - self.area.column, to.row - self.area.row
        for id_, area in self.boxes.items():
            places.boxes[id_] = _shifted(area, columns, rows)
        for frame in self.frames:
            moved = _shifted(frame.rectangle, columns, rows)
            places.frames[frame.path] = Frame(frame.path, frame.title, moved, frame.title_column + columns)


def _below(area: Rectangle, own: Sequence[Rectangle]) -> Rectangle:
    """The area moved right below the others of its group; where it was when there are none."""
    if not own:
        return area
    return Rectangle(own[0].column, max(each.bottom for each in own) + _GAP + 1, area.width, area.height)


def _shifted(area: Rectangle, columns: int, rows: int) -> Rectangle:
    return Rectangle(area.column + columns, area.row + rows, area.width, area.height)


def _frame_round(path: Path, inside: Sequence[Rectangle]) -> Frame:
    left = min(each.column for each in inside) - 3
    top = min(each.row for each in inside) - 2
    right = max(max(each.right for each in inside) + 3, left + columns_of(path[-1]) + 5)
    bottom = max(each.bottom for each in inside) + 2
    return Frame(path, path[-1], Rectangle(left, top, right - left + 1, bottom - top + 1), left + 3)


def is_sound(places: Places, boxes: Sequence[Box]) -> bool:
    """Whether each box lies in the frames of its groups and well out of all others, and frames only nest."""
    frames = list(places.frames.values())
    for box in boxes:
        area = places.boxes[box.id]
        own = set(prefixes(box.group))
        if any(frame.path not in own and grown(area, 1).overlaps(frame.rectangle) for frame in frames):
            return False
    for index, one in enumerate(frames):
        for other in frames[index + 1 :]:
            short, long = sorted((one, other), key=lambda frame: len(frame.path))
            nested = long.path[: len(short.path)] == short.path
            if not nested and grown(one.rectangle, 1).overlaps(other.rectangle):
                return False
    return True


def _nearest_free(wanted: Rectangle, taken: Sequence[Rectangle], margin: int) -> Rectangle:
    for column, row in _around((wanted.column, wanted.row)):
        moved = Rectangle(column, row, wanted.width, wanted.height)
        around = grown(moved, margin)
        if not any(around.overlaps(other) for other in taken):
            return moved
    raise AssertionError("a grid without end has room for every box")


def grown(area: Rectangle, by: int) -> Rectangle:
    """The rectangle with so many cells more on each side."""
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
