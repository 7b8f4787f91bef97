"""The pipeline for one connected part: from boxes and links to a scene, step after step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.diagrams import titles
from studio.diagrams.along import Crowded, along_of
from studio.diagrams.assemble import Plan, placed_box, placed_frame, routed, self_loop
from studio.diagrams.channels import Channel, Pair, Reach, channel_of
from studio.diagrams.columns import Across, across_of, least_extent
from studio.diagrams.cycles import Arc, against_the_distance, against_the_flow
from studio.diagrams.labels import place_labels
from studio.diagrams.layers import in_rows, layers_of
from studio.diagrams.measure import columns_of, evenly_wrapped
from studio.diagrams.nets import Course, nets_of
from studio.diagrams.order import ordered
from studio.diagrams.outline import Box, Link
from studio.diagrams.packing import without_rows
from studio.diagrams.satellites import Satellite, beside, satellites_of
from studio.diagrams.scene import Route, Scene
from studio.diagrams.shapes import Content, Shape, shapes_of
from studio.diagrams.side_exits import rows_left_empty, with_side_exits
from studio.diagrams.style import Style
from studio.diagrams.weave import Weave, woven

_MOST_RELAXED = 60
"""Boxes; looking at each layer of a larger drawing takes longer than it gains."""


@dataclass(frozen=True, slots=True)
class Part:
    """Boxes and links with clean texts; every link joins boxes of the part."""

    boxes: tuple[Box, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A part with layers, order and shapes, not yet with columns."""

    whole: Part
    part: Part
    """The whole without its satellites."""
    style: Style
    through: tuple[Link, ...]
    loops: tuple[Link, ...]
    weave: Weave
    order: list[list[int]]
    contents: tuple[Content, ...]
    shapes: list[Shape]
    satellites: tuple[Satellite, ...] = ()
    """Boxes that are not in the weave: each is drawn beside its hub."""

    @property
    def least_extent(self) -> int:
        """The cells it needs across the flow at least."""
        return least_extent(self.weave, self.order, self.shapes, self.style)


def sketched(whole: Part, style: Style) -> Sketch:
    """Steps 1 to 7: who stands in which layer, in which order, and how big everything is."""
    satellites = satellites_of(whole.boxes, whole.links, style)
    part = _without(whole, satellites)
    index = {box.id: place for place, box in enumerate(part.boxes)}
    loops = tuple(link for link in part.links if link.source == link.target)
    through = tuple(link for link in part.links if link.source != link.target)
    arcs = [(index[link.source], index[link.target]) for link in through]
    backwards = (against_the_distance if style.folded else against_the_flow)(len(part.boxes), arcs)
    courses = [
        _course(arc, link, against=number in backwards)
        for number, (arc, link) in enumerate(zip(arcs, through, strict=True))
    ]
    contents = tuple(_content(box, loops, satellites, style) for box in part.boxes)
    layers = _layers(part, courses, contents, style)
    weave = woven(layers, [box.group for box in part.boxes], courses, nets_of(courses))
    order = ordered(weave)
    place_labels(weave, style)
    shapes = _shapes(weave, order, contents, style)
    return Sketch(whole, part, style, through, loops, weave, order, contents, shapes, satellites)


def restyled(sketch: Sketch, style: Style) -> Sketch:
    """The sketch in another style; layers and order are kept where the style cannot change them."""
    was = sketch.style
    if style.row_limit != was.row_limit or style.satellites != was.satellites or style.folded != was.folded:
        return sketched(sketch.whole, style)
    contents = tuple(_content(box, sketch.loops, sketch.satellites, style) for box in sketch.part.boxes)
    return _with_contents(sketch, contents, style)


def relaxed(sketch: Sketch, style: Style, limit: int) -> Sketch:
    """The sketch with the boxes of each layer as another style has them, as long as it stays within the limit.

    Only the widest layers need wrapped names. Hubs with satellites stay, since these stand level with them.
    """
    hubs = {satellite.hub for satellite in sketch.satellites}
    for layer in sketch.order if len(sketch.part.boxes) <= _MOST_RELAXED else ():
        contents = list(sketch.contents)
        for item in layer:
            if item < len(contents) and sketch.part.boxes[item].id not in hubs:
                contents[item] = _content(sketch.part.boxes[item], sketch.loops, sketch.satellites, style)
        candidate = _with_contents(sketch, tuple(contents), sketch.style)
        if candidate.least_extent <= max(limit, sketch.least_extent):
            sketch = candidate
    return sketch


def _with_contents(sketch: Sketch, contents: tuple[Content, ...], style: Style) -> Sketch:
    shapes = _shapes(sketch.weave, sketch.order, contents, style)
    return replace(sketch, style=style, contents=contents, shapes=shapes)


def _shapes(weave: Weave, order: Sequence[Sequence[int]], contents: Sequence[Content], style: Style) -> list[Shape]:
    place = {item: place for layer in order for place, item in enumerate(layer)}
    return shapes_of(weave, [place[item] for item in range(len(place))], contents, style)


def _without(part: Part, satellites: Sequence[Satellite]) -> Part:
    boxes = {satellite.box.id for satellite in satellites}
    links = {satellite.link.id for satellite in satellites}
    return Part(
        tuple(box for box in part.boxes if box.id not in boxes),
        tuple(link for link in part.links if link.id not in links),
    )


def _course(arc: Arc, link: Link, *, against: bool) -> Course:
    upper, lower = reversed(arc) if against else arc
    return Course(upper, lower, link.label, link.asynchronous, against)


def _layers(part: Part, courses: Sequence[Course], contents: Sequence[Content], style: Style) -> list[int]:
    arcs = [(course.upper, course.lower) for course in courses]
    layers = layers_of(len(part.boxes), arcs, [box.group for box in part.boxes])
    if style.row_limit is None:
        return layers
    widths = [
        max(columns_of(line) for line in content.lines) + content.sides + style.box_gap + 2 * len(box.group)
        for content, box in zip(contents, part.boxes, strict=True)
    ]
    return in_rows(layers, widths, style.row_limit)


def _content(box: Box, loops: Sequence[Link], satellites: Sequence[Satellite], style: Style) -> Content:
    lines = evenly_wrapped(box.name, style.name_limit)
    if box.note and not style.compact:
        lines += evenly_wrapped(box.note, style.name_limit)
    beside_it = sum(each.distance + each.width for each in satellites if each.hub == box.id)
    labels = tuple(link.label for link in loops if link.source == box.id)
    return Content(lines, style.sides, labels, beside_it)


def drawn(sketch: Sketch, width: int | None = None) -> Scene:
    """Steps 8 to 12: columns, channels, rows and the cells of it all, with every frame's title in a free place."""
    wishes = titles.Wishes()
    for every in (False, True, True):
        plan, routes = _planned(sketch, width, wishes)
        frames = [placed_frame(plan, path) for path in plan.weave.spans]
        wishes = titles.wishes_of(plan, frames, routes, every=every)
        if not wishes:
            break
    boxes = {box.id: placed_box(plan, item, box) for item, box in enumerate(sketch.part.boxes)}
    for satellite in sketch.satellites:
        placed, route = beside(satellite, boxes[satellite.hub].rectangle, len(routes))
        boxes[placed.id] = placed
        routes.append(route)
    frames.sort(key=lambda frame: len(frame.path))
    shorter = with_side_exits(boxes, frames, routes) if sketch.style.downwards else routes
    titled = tuple(titles.titled(frame, shorter) for frame in frames)
    scene = Scene(0, 0, boxes, titled, {route.id: route for route in shorter})
    return without_rows(scene, rows_left_empty(boxes.values(), frames, routes, shorter))


def _planned(sketch: Sketch, width: int | None, wishes: titles.Wishes) -> tuple[Plan, list[Route]]:
    weave, style = sketch.weave, sketch.style
    across_limit = width if style.downwards else None
    across = across_of(weave, sketch.order, sketch.shapes, style, across_limit, wishes.right_of_title)
    channels, straight = _channels(sketch, across)
    crowded = _crowded(sketch, across, channels) if style.downwards else Crowded()
    along = along_of(weave, sketch.shapes, channels, straight, style, wishes.lead, crowded)
    plan = Plan(weave, sketch.shapes, channels, across, along, style)
    routes = [routed(plan, thread, link) for thread, link in zip(weave.threads, sketch.through, strict=True)]
    return plan, routes + _loop_routes(sketch, plan)


def _channels(sketch: Sketch, across: Across) -> tuple[list[Channel], list[bool]]:
    weave, shapes = sketch.weave, sketch.shapes
    gaps: list[dict[int, list[Pair]]] = [{} for _ in weave.layers[1:]]
    straight: list[bool] = []
    for strand in weave.strands:
        upper = across.anchors[strand.upper] + shapes[strand.upper].below.places.get(strand.net, 0)
        lower = across.anchors[strand.lower] + shapes[strand.lower].above.places.get(strand.net, 0)
        gaps[weave.items[strand.upper].layer].setdefault(strand.net, []).append((upper, lower))
        straight.append(upper == lower)
    borders = [place for frame in across.frames.values() for place in frame]
    return [channel_of(ends, 2 if sketch.style.downwards else 1, borders) for ends in gaps], straight


def _crowded(sketch: Sketch, across: Across, channels: Sequence[Channel]) -> Crowded:
    """Where a line would run right along a box that it has nothing to do with."""
    boxes = [_reaches(sketch, across, layer) for layer in range(len(sketch.weave.layers))]
    below = {
        layer
        for layer, channel in enumerate(channels)
        if channel.crowds([reach for reach, _ in boxes[layer]], above=True)
    }
    above = {
        layer
        for layer, channel in enumerate(channels, start=1)
        if channel.crowds([reach for _, reach in boxes[layer]], above=False)
    }
    return Crowded(frozenset(below), frozenset(above))


def _reaches(sketch: Sketch, across: Across, layer: int) -> list[tuple[Reach, Reach]]:
    """What the channels below and above a layer see of its boxes, those that touch its first and last row at least."""
    items, shapes = sketch.weave.layers[layer], sketch.shapes
    thickness = max(shapes[item].along for item in items)
    found = []
    for item in items:
        if sketch.weave.items[item].box is not None and shapes[item].along >= thickness - 1:
            left = across.anchors[item] + shapes[item].shift
            right = left + shapes[item].across - 1
            found.append((Reach(left, right, shapes[item].below.nets), Reach(left, right, shapes[item].above.nets)))
    return found


def _loop_routes(sketch: Sketch, plan: Plan) -> list[Route]:
    index = {box.id: place for place, box in enumerate(sketch.part.boxes)}
    seen: dict[str, int] = {}
    routes: list[Route] = []
    for link in sketch.loops:
        number = seen.get(link.source, 0)
        seen[link.source] = number + 1
        net = len(sketch.through) + len(routes)
        routes.append(self_loop(plan, index[link.source], link, number, link.label, net))
    return routes
