"""Step 8, columns: where every item stands across the flow.

Long links are pulled straight hardest (weights 1, 2 and 8 after Gansner et al. 1993); order, gaps and frames are
constraints, so no box, line or frame can come too near to another. Afterwards ports slide along their sides where
that makes a line straight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from studio.diagrams.balance import balanced
from studio.diagrams.measure import columns_of
from studio.diagrams.settle import Constraint, Pull, lowest, settled
from studio.diagrams.shapes import Shape, Side
from studio.diagrams.style import GRAIN, Style
from studio.diagrams.weave import Path, Strand, Weave

_LINE_GAP = 2
_TITLE_BORDER = 6
_EFFORT = 250_000
_ROUNDS = 2


@dataclass(slots=True)
class Across:
    """Places across the flow: anchors of items, and first and last border of each frame."""

    anchors: list[int] = field(default_factory=list)
    frames: dict[Path, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A border met on the way through a layer: its variable, its offset from it, and what it belongs to."""

    variable: int
    offset: int
    kind: str


def across_of(
    weave: Weave,
    order: Sequence[Sequence[int]],
    shapes: list[Shape],
    style: Style,
    width: int | None = None,
    beyond_title: Sequence[tuple[Path, int]] = (),
) -> Across:
    """Places for everything, ports slid.

    Before: the order is that of step 5. After: all gaps of the style hold; the extent is at most `width`, or
    the least that the gaps allow. `beyond_title` names lines (frame, item) that must stand right of a frame's title.
    """
    frames = {path: len(weave.items) + 2 * index for index, path in enumerate(weave.spans)}
    constraints = _constraints(weave, order, shapes, style, frames)
    constraints += [
        _at_least(frames[path], item, columns_of(path[-1]) + _TITLE_BORDER - 1) for path, item in beyond_title
    ]
    x = _start(weave, shapes, frames, constraints, width)
    left, right = len(x) - 2, len(x) - 1
    constraints += [(item, right, shapes[item].right) for item in range(len(weave.items))]
    constraints += [(left, position, 0) for position in range(left)]
    constraints = [(u, v, d + -d % GRAIN) for u, v, d in constraints]
    fixed = frozenset([left, right])
    for _ in range(_ROUNDS):
        pulls = _pulls(weave, shapes, frames)
        x = settled(x, constraints, pulls, fixed=fixed, grain=GRAIN, effort=_EFFORT)
        if style.downwards:
            x = balanced(weave, shapes, x, constraints, pulls, fixed)
        slide_ports(weave, x, shapes, style)
    beyond = style.border_offset
    borders = {path: (x[first] - beyond, x[first + 1] + beyond) for path, first in frames.items()}
    return Across(x[: len(weave.items)], borders)


def least_extent(weave: Weave, order: Sequence[Sequence[int]], shapes: list[Shape], style: Style) -> int:
    """The cells that the gaps and shapes need across the flow at least."""
    frames = {path: len(weave.items) + 2 * index for index, path in enumerate(weave.spans)}
    x = lowest(len(weave.items) + 2 * len(frames), _constraints(weave, order, shapes, style, frames))
    rights = [x[item] + shape.right for item, shape in enumerate(shapes)]
    return max([*rights, *(x[first + 1] + 1 for first in frames.values())], default=-1) + 1


def _start(
    weave: Weave,
    shapes: Sequence[Shape],
    frames: dict[Path, int],
    constraints: Sequence[Constraint],
    width: int | None,
) -> list[int]:
    """Everything as far to the left as it goes, and last the walls on the left and on the right."""
    x = lowest(len(weave.items) + 2 * len(frames), constraints)
    rights = [x[item] + shapes[item].right for item in range(len(weave.items))]
    wall = max([*rights, *(x[first + 1] + 1 for first in frames.values()), width or 0])
    if width is None:
        wall += 2 * wall
    return [*x, 0, wall + wall % GRAIN]


def _constraints(
    weave: Weave,
    order: Sequence[Sequence[int]],
    shapes: Sequence[Shape],
    style: Style,
    frames: dict[Path, int],
) -> list[Constraint]:
    constraints: list[Constraint] = []
    for layer in order:
        for one, other in _neighbouring_edges(weave, layer, shapes, frames, style.border_offset):
            needed = _gap(one.kind, other.kind, style) + one.offset - other.offset
            constraints.append(_at_least(one.variable, other.variable, needed))
    for path, first in frames.items():
        title = columns_of(path[-1]) + _TITLE_BORDER - 3 if style.downwards else GRAIN
        constraints.append(_at_least(first, first + 1, title))
    return constraints


def _at_least(u: int, v: int, distance: int) -> Constraint:
    return (u, v, distance + -distance % GRAIN)


def _neighbouring_edges(
    weave: Weave, layer: Sequence[int], shapes: Sequence[Shape], frames: dict[Path, int], beyond: int
) -> list[tuple[_Edge, _Edge]]:
    """The borders that face each other, from left to right."""
    pairs: list[tuple[_Edge, _Edge]] = []
    path: Path = ()
    before: _Edge | None = None
    for item in layer:
        target = weave.items[item].path
        kind = "line" if weave.items[item].box is None else "box"
        for border in (*_borders_between(path, target, frames, beyond), _Edge(item, shapes[item].left, kind)):
            pairs += [(before, border)] if before else []
            before = border
        before, path = _Edge(item, shapes[item].right, kind), target
    for border in _borders_between(path, (), frames, beyond):
        pairs += [(before, border)] if before else []
        before = border
    return pairs


def _borders_between(path: Path, target: Path, frames: dict[Path, int], beyond: int) -> list[_Edge]:
    common = 0
    while common < min(len(path), len(target)) and path[common] == target[common]:
        common += 1
    leaving = [_Edge(frames[path[:depth]] + 1, beyond, "end") for depth in range(len(path), common, -1)]
    entering = [_Edge(frames[target[:depth]], -beyond, "start") for depth in range(common + 1, len(target) + 1)]
    return leaving + entering


def _gap(one: str, other: str, style: Style) -> int:
    if one == "start" or other == "end":
        return style.frame_margin + 1
    if (one, other) == ("end", "start"):
        return style.frame_gap + 1
    return style.box_gap + 1 if (one, other) == ("box", "box") else _LINE_GAP


def _pulls(weave: Weave, shapes: Sequence[Shape], frames: dict[Path, int]) -> list[Pull]:
    pulls = [
        Pull(
            strand.upper,
            shapes[strand.upper].below.places.get(strand.net, 0),
            strand.lower,
            shapes[strand.lower].above.places.get(strand.net, 0),
            _weight(weave, strand),
        )
        for strand in weave.strands
    ]
    return pulls + [Pull(first, 0, first + 1, 0, 1) for first in frames.values()]


def _weight(weave: Weave, strand: Strand) -> int:
    boxes = sum(weave.items[item].box is not None for item in (strand.upper, strand.lower))
    return (16, 4, 2)[boxes]


def slide_ports(weave: Weave, x: Sequence[int], shapes: Sequence[Shape], style: Style) -> None:
    """Slide ports along their sides to where their lines become straight, keeping order, distances and margins."""
    ends = [
        (
            x[strand.upper] + shapes[strand.upper].below.places.get(strand.net, 0),
            x[strand.lower] + shapes[strand.lower].above.places.get(strand.net, 0),
        )
        for strand in weave.strands
    ]
    straight = {
        (item, strand.net)
        for strand, (upper, lower) in zip(weave.strands, ends, strict=True)
        for item in (strand.upper, strand.lower)
        if upper == lower
    }
    for strand, (upper, lower) in zip(weave.strands, ends, strict=True):
        for item, wanted in ((strand.upper, lower), (strand.lower, upper)):
            if (item, strand.net) in straight or weave.items[item].box is None:
                continue
            side = shapes[item].below if item == strand.upper else shapes[item].above
            if _slide(shapes[item], side, strand.net, wanted - x[item], style):
                straight.update([(strand.upper, strand.net), (strand.lower, strand.net)])
                break


def _slide(shape: Shape, side: Side, net: int, wanted: int, style: Style) -> bool:
    index = side.nets.index(net)
    earliest = shape.shift + style.port_margin
    latest = shape.shift + shape.port_extent - 1 - style.port_margin
    if net in side.overhang:
        latest = min(latest, shape.right - side.overhang[net] - 1)
    if index:
        earliest = max(earliest, side.places[side.nets[index - 1]] + side.distances[index - 1])
    if index + 1 < len(side.nets):
        latest = min(latest, side.places[side.nets[index + 1]] - side.distances[index])
    if earliest <= wanted <= latest:
        side.places[net] = wanted
        return True
    return False
