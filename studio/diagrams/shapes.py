"""Step 7, ports: a place on a box side for every line that ends there; a box grows to hold them.

Places across the flow are relative to an item's anchor, which stands on an even place; so do all ports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from studio.diagrams.measure import columns_of, evenly_wrapped
from studio.diagrams.style import GRAIN, Style
from studio.diagrams.weave import Thread, Weave

BARE_LOOP = 4
"""Columns a self loop without a label sticks out."""


@dataclass(slots=True)
class Side:
    """The ports on one side of a box, in order: their nets, the distances they need, and where they are."""

    nets: list[int] = field(default_factory=list)
    distances: list[int] = field(default_factory=list)
    """From each port to the next, even."""
    places: dict[int, int] = field(default_factory=dict)
    overhang: dict[int, int] = field(default_factory=dict)
    """Cells that a port's label takes on the far side of its line, with the blank before it."""

    @property
    def span(self) -> int:
        """From the first port to the last."""
        return sum(self.distances)


@dataclass(slots=True)
class Shape:
    """The size of a box and what surrounds it, or of a bend (a lone line)."""

    lines: tuple[str, ...] = ()
    sides: int = 4
    """Columns wider than the text."""
    across: int = 1
    along: int = 1
    port_extent: int = 1
    """The cells across the flow on which ports may lie; the rest belongs to self loops."""
    shift: int = 0
    """From the anchor to the first border: 0 or 1, so that the ports can be centred."""
    above: Side = field(default_factory=Side)
    below: Side = field(default_factory=Side)
    left: int = 0
    right: int = 0
    """The extent across the flow from the anchor, labels and loops included."""
    loops: list[tuple[int, int]] = field(default_factory=list)
    """For each self loop the row of its start, from the box's top, and how many columns it sticks out."""

    beside: int = 0
    """Columns taken by a satellite."""

    @property
    def reach(self) -> int:
        """Columns taken by self loops or a satellite."""
        return max((columns + 1 for _, columns in self.loops), default=self.beside)


@dataclass(frozen=True, slots=True)
class Content:
    """What is written in and at one box."""

    lines: tuple[str, ...]
    sides: int = 4
    """Columns that the box is wider than its text."""
    loop_labels: tuple[str, ...] = ()
    beside: int = 0
    """Columns that a satellite takes on the right."""


def label_lines(thread: Thread, style: Style) -> tuple[str, ...]:
    """The label as it will be drawn."""
    return evenly_wrapped(thread.course.label, style.label_limit if style.downwards else None)


def shapes_of(weave: Weave, place: Sequence[int], contents: Sequence[Content], style: Style) -> list[Shape]:
    """The shape of every item.

    Before: `place` is each item's place in its layer; labels are placed. After: ports keep their distances and
    margins, are sorted by the other end of their line, and lie on even places.
    """
    shapes = [Shape(left=0, right=0) for _ in weave.items]
    for index, content in enumerate(contents):
        shapes[index].lines, shapes[index].sides = content.lines, content.sides
    _collect_ports(weave, place, shapes)
    if style.downwards:
        _hang_labels(weave, shapes, style)
    _set_distances(weave, shapes, style)
    for index, content in enumerate(contents):
        _build(shapes[index], content, style)
    return shapes


def _collect_ports(weave: Weave, place: Sequence[int], shapes: list[Shape]) -> None:
    ends: dict[tuple[int, bool], dict[int, list[int]]] = {}
    for strand in weave.strands:
        ends.setdefault((strand.upper, True), {}).setdefault(strand.net, []).append(place[strand.lower])
        ends.setdefault((strand.lower, False), {}).setdefault(strand.net, []).append(place[strand.upper])
    for (item, below), nets in ends.items():
        if weave.items[item].box is not None:
            side = shapes[item].below if below else shapes[item].above
            side.nets = sorted(nets, key=lambda net: (sum(nets[net]) / len(nets[net]), net))


def _hang_labels(weave: Weave, shapes: list[Shape], style: Style) -> None:
    for thread in weave.threads:
        if not thread.course.label:
            continue
        lines = label_lines(thread, style)
        width = 1 + max(map(columns_of, lines))
        if thread.label_item is not None:
            shapes[thread.label_item].right = width + 1
            shapes[thread.label_item].along = len(lines)
        elif thread.label_place == "lower":
            shapes[thread.course.lower].above.overhang[thread.net] = width
        else:
            shapes[thread.course.upper].below.overhang[thread.net] = width


def _set_distances(weave: Weave, shapes: list[Shape], style: Style) -> None:
    """Distances of ports; two lines that run side by side between two boxes get the same at both ends."""
    shared: dict[tuple[int, int], int] = {}
    sides = [
        (shape, side)
        for shape, item in zip(shapes, weave.items, strict=True)
        if item.box is not None
        for side in (shape.above, shape.below)
    ]
    for shape, side in sides:
        pitch = _pitch(shape, side, style)
        for one, other in pairwise(side.nets):
            wanted = max(pitch, side.overhang.get(one, -GRAIN) + GRAIN + 1)
            wanted += -wanted % GRAIN
            shared[one, other] = max(shared.get((one, other), 0), wanted)
    for _, side in sides:
        side.distances = [shared[pair] for pair in pairwise(side.nets)]


def _pitch(shape: Shape, side: Side, style: Style) -> int:
    if not style.downwards:
        return style.port_distance
    room = _text_width(shape.lines) + shape.sides - 1 - 2 * style.port_margin
    return style.port_distance if room >= style.port_distance * (len(side.nets) - 1) else GRAIN


def _text_width(lines: Sequence[str]) -> int:
    return max((columns_of(line) for line in lines), default=0)


def _build(shape: Shape, content: Content, style: Style) -> None:
    wide, high = _text_width(shape.lines) + shape.sides, len(shape.lines) + 2
    shape.across, shape.along = (wide, high) if style.downwards else (high, wide)
    needed = max(shape.above.span, shape.below.span) + 2 * style.port_margin + 1
    shape.across = max(shape.across, needed)
    while not _centre_ports(shape, style):
        shape.across += 1
    shape.port_extent = shape.across
    _add_loops(shape, content, style)
    shape.left = shape.shift
    shape.right = max(shape.shift + shape.across - 1 + (shape.reach if style.downwards else 0), _overhang(shape))


def _overhang(shape: Shape) -> int:
    """How far labels reach, with a blank more than a line would need."""
    return max(
        (side.places[net] + width + 1 for side in (shape.above, shape.below) for net, width in side.overhang.items()),
        default=0,
    )


def _centre_ports(shape: Shape, style: Style) -> bool:
    """Put the ports in the middle of their sides; whether they fit with a margin at both ends.

    Where two shifts serve equally, the box gets the odd one: so it fits tightly into a frame, whose borders are odd.
    """
    fewer, more = sorted((shape.above, shape.below), key=lambda side: len(side.nets) or 99)
    room = shape.across - 1 - fewer.span
    shape.shift = 1 if room % GRAIN else room // 2 % GRAIN
    return all(_put_ports(shape, side, style) for side in (fewer, more))


def _put_ports(shape: Shape, side: Side, style: Style) -> bool:
    start = shape.shift + (shape.across - 1 - side.span) // 2
    latest = shape.shift + shape.across - 1 - style.port_margin - side.span
    if start % GRAIN:
        start += 1 if start + 1 <= latest else -1
    if not side.nets:
        return True
    place = start
    for net, distance in zip(side.nets, [*side.distances, 0], strict=True):
        side.places[net] = place
        place += distance
    return shape.shift + style.port_margin <= start <= latest


def _add_loops(shape: Shape, content: Content, style: Style) -> None:
    shape.beside = content.beside
    if not content.loop_labels:
        return
    count = len(content.loop_labels)
    first = 1 if style.downwards else shape.across
    for index, label in enumerate(content.loop_labels):
        shape.loops.append((first + 3 * index, columns_of(label) + 6 if label else BARE_LOOP))
    if style.downwards:
        shape.along = max(shape.along, 3 * count + 1)
    else:
        shape.across += 3 * count
