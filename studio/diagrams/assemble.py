"""Step 11, assembly: places across and along the flow become cells, and nets become the routes of links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.diagrams.along import Along
from studio.diagrams.channels import Channel
from studio.diagrams.columns import Across
from studio.diagrams.measure import columns_of
from studio.diagrams.outline import Box, Link
from studio.diagrams.scene import Frame, PlacedBox, Point, Rectangle, Route
from studio.diagrams.shapes import Shape, label_lines
from studio.diagrams.style import Style
from studio.diagrams.weave import Path, Thread, Weave


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the steps before have found out."""

    weave: Weave
    shapes: Sequence[Shape]
    channels: Sequence[Channel]
    across: Across
    along: Along
    style: Style

    def cell(self, across: int, along: int) -> Point:
        """A place as a cell of the drawing."""
        return (across, along) if self.style.downwards else (along, across)

    def box_span(self, item: int) -> tuple[int, int]:
        """First and last cell of a box along the flow: it is centred in its layer."""
        first, last = self.along.layers[self.weave.items[item].layer]
        shape = self.shapes[item]
        length = shape.along + (0 if self.style.downwards else shape.reach)
        start = first + (last - first + 1 - length) // 2
        return start, start + shape.along - 1

    def port(self, item: int, net: int, *, below: bool) -> int:
        """Where a net meets an item, across the flow."""
        side = self.shapes[item].below if below else self.shapes[item].above
        return self.across.anchors[item] + side.places.get(net, 0)


def placed_box(plan: Plan, item: int, box: Box) -> PlacedBox:
    """The box as a rectangle of cells."""
    shape = plan.shapes[item]
    column, row = plan.cell(plan.across.anchors[item] + shape.shift, plan.box_span(item)[0])
    width, height = plan.cell(shape.across, shape.along)
    return PlacedBox(box.id, box.kind, Rectangle(column, row, width, height), shape.lines)


def placed_frame(plan: Plan, path: Path) -> Frame:
    """The frame as a rectangle of cells, its title at the left."""
    left, right = plan.across.frames[path]
    top, bottom = plan.along.frames[path]
    column, row = plan.cell(left, top)
    last_column, last_row = plan.cell(right, bottom)
    rectangle = Rectangle(column, row, last_column - column + 1, last_row - row + 1)
    return Frame(path, path[-1], rectangle, column + 3)


def routed(plan: Plan, thread: Thread, link: Link) -> Route:
    """The line and the label of a link between two boxes."""
    course = thread.course
    first = (plan.port(course.upper, thread.net, below=True), plan.box_span(course.upper)[1])
    last = (plan.port(course.lower, thread.net, below=False), plan.box_span(course.lower)[0])
    places = [first, *_bends(plan, thread), last]
    if course.reversed:
        places.reverse()
        places[-1] = (first[0], first[1] + 1)
    else:
        places[-1] = (last[0], last[1] - 1)
    points = corners([plan.cell(*place) for place in places])
    lines = label_lines(thread, plan.style) if course.label else ()
    at = _label_at(plan, thread, lines) if lines else None
    return Route(link.id, link.source, link.target, points, thread.net, course.label, lines, at, course.asynchronous)


def corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points at which the line changes its way, and its ends."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) >= 2 and _in_line(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _in_line(one: Point, two: Point, three: Point) -> bool:
    return one[0] == two[0] == three[0] or one[1] == two[1] == three[1]


def _bends(plan: Plan, thread: Thread) -> list[tuple[int, int]]:
    bends: list[tuple[int, int]] = []
    for index in thread.strands:
        strand = plan.weave.strands[index]
        layer = plan.weave.items[strand.upper].layer
        upper = plan.port(strand.upper, strand.net, below=True)
        lower = plan.port(strand.lower, strand.net, below=False)
        for place, track in plan.channels[layer].way(strand.net, upper, lower):
            bends.append((place, plan.along.first_tracks[layer] + track * plan.style.track_pitch))
    return bends


def _label_at(plan: Plan, thread: Thread, lines: tuple[str, ...]) -> Point:
    course = thread.course
    if thread.label_item is not None:
        first, last = plan.along.layers[plan.weave.items[thread.label_item].layer]
        return plan.across.anchors[thread.label_item] + 2, (first + last + 1 - len(lines)) // 2
    upper = thread.label_place == "upper"
    box = course.upper if upper else course.lower
    port = plan.port(box, thread.net, below=upper)
    start, end = plan.box_span(box)
    if plan.style.downwards:
        return port + 2, (end + 1 if upper else start - len(lines))
    return _label_column(plan, thread, box, columns_of(lines[0])), port


def _label_column(plan: Plan, thread: Thread, box: int, width: int) -> int:
    """The first column of a label that lies on its line: in the middle of the cells kept for line ends."""
    layer = plan.weave.items[thread.course.upper].layer
    if layer in plan.along.clear and len(thread.strands) == 1:
        tail, head = plan.box_span(thread.course.upper)[1] + 1, plan.box_span(thread.course.lower)[0] - 1
        reversed_arrow = int(thread.course.reversed)
        return (tail + reversed_arrow + head + reversed_arrow - width) // 2
    start, end = plan.box_span(box)
    if thread.label_place == "upper":
        return end + 4
    arrow = start - 1
    room = plan.along.approaches[plan.weave.items[box].layer]
    return room + (arrow - room - width) // 2


def self_loop(plan: Plan, item: int, link: Link, index: int, label: str, net: int) -> Route:
    """A loop on the right side of a box: out in one row, back in the next, its label on the way back."""
    box = placed_box(plan, item, Box(link.source, "")).rectangle
    offset, columns = plan.shapes[item].loops[index]
    row, border = box.row + offset, box.right
    points = (
        (border, row),
        (border + columns, row),
        (border + columns, row + 1),
        (border + 1, row + 1),
    )
    at = (border + 4, row + 1) if label else None
    lines = (label,) if label else ()
    return Route(link.id, link.source, link.target, points, net, label, lines, at, link.asynchronous)
