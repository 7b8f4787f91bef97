"""Step 10, along the flow: where layers, frame borders, tracks and labels lie.

Between two layers there are, in this order: cells at the upper ends of lines (arrowheads against the flow, labels),
borders of frames that end, tracks, borders of frames that begin, and cells at the lower ends of lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from studio.diagrams.channels import Channel
from studio.diagrams.measure import columns_of
from studio.diagrams.shapes import Shape, label_lines
from studio.diagrams.style import Style
from studio.diagrams.weave import Path, Thread, Weave


@dataclass(slots=True)
class Along:
    """Places along the flow."""

    layers: list[tuple[int, int]] = field(default_factory=list)
    """First and last cell of each layer."""
    approaches: list[int] = field(default_factory=list)
    """Where the cells for the lower ends of lines begin, above each layer."""
    first_tracks: list[int] = field(default_factory=list)
    """The place of track 0 in the channel below each layer."""
    frames: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """First and last border of each frame."""
    clear: frozenset[int] = frozenset()
    """Layers after which nothing runs across a flow to the right: there a label may lie anywhere on its line."""


class Crowded(NamedTuple):
    """Layers that want a blank row below or above, lest a line runs right along a box."""

    below: frozenset[int] = frozenset()
    above: frozenset[int] = frozenset()


_NOWHERE = Crowded()


@dataclass(frozen=True, slots=True)
class _Ends:
    """How many cells the ends of lines need, above and below each layer."""

    below: list[int]
    above: list[int]
    between: list[int]
    """What the lines of a clear gap need in all, from a layer to the next."""


def along_of(
    weave: Weave,
    shapes: Sequence[Shape],
    channels: Sequence[Channel],
    straight: Sequence[bool],
    style: Style,
    lead: Mapping[int, int],
    crowded: Crowded = _NOWHERE,
) -> Along:
    """Places for everything.

    Before: `straight` tells for each strand whether it needs no track; `lead` asks for further cells before a
    layer, `crowded` ones get a blank row. After: layers, borders and tracks follow each other without
    overlap; every label has its cells.
    """
    starts, ends = _nesting(weave.spans, at_start=True), _nesting(weave.spans, at_start=False)
    along = Along(clear=_clear_gaps(channels, starts, ends, style))
    needs = _line_ends(weave, straight, style, along.clear)
    for layer in crowded.below:
        needs.below[layer] = max(needs.below[layer], 1)
    for layer in crowded.above:
        needs.above[layer] = max(needs.above[layer], 1)
    border_pitch = 1 if style.downwards else 2
    first: dict[Path, int] = {}
    last: dict[Path, int] = {}
    cursor = 0
    for layer, items in enumerate(weave.layers):
        deepest = max((depth for (at, _), depth in starts.items() if at == layer), default=0)
        for (at, path), height in starts.items():
            if at == layer:
                first[path] = cursor + (deepest - height) * border_pitch
        cursor += deepest * border_pitch
        along.approaches.append(cursor)
        cursor += needs.above[layer] + lead.get(layer, 0)
        thickness = max((_length(shapes[item], style) for item in items), default=1)
        along.layers.append((cursor, cursor + thickness - 1))
        cursor += thickness + needs.below[layer]
        deepest = max((depth for (at, _), depth in ends.items() if at == layer), default=0)
        for (at, path), height in ends.items():
            if at == layer:
                last[path] = cursor + (height - 1) * border_pitch
        cursor += deepest * border_pitch
        if layer < len(channels):
            along.first_tracks.append(cursor)
            cursor += channels[layer].tracks * style.track_pitch
            cursor = max(cursor, along.layers[layer][1] + 1 + needs.between[layer] - needs.above[layer + 1])
    along.frames = {path: (first[path], last[path]) for path in weave.spans}
    return along


def _length(shape: Shape, style: Style) -> int:
    return shape.along + (0 if style.downwards else shape.reach)


def _nesting(spans: Mapping[Path, tuple[int, int]], *, at_start: bool) -> dict[tuple[int, Path], int]:
    """For each (layer, frame) that begins or ends there: 1, and 1 more for each frame nested in it that does too."""
    edge = {path: span[0 if at_start else 1] for path, span in spans.items()}
    heights: dict[tuple[int, Path], int] = {}
    for path in sorted(spans, key=lambda each: -len(each)):
        inner = [
            height for (layer, other), height in heights.items() if layer == edge[path] and other[: len(path)] == path
        ]
        heights[edge[path], path] = 1 + max(inner, default=0)
    return heights


def _clear_gaps(
    channels: Sequence[Channel],
    starts: Mapping[tuple[int, Path], int],
    ends: Mapping[tuple[int, Path], int],
    style: Style,
) -> frozenset[int]:
    if style.downwards:
        return frozenset()
    framed = {layer for layer, _ in ends} | {layer - 1 for layer, _ in starts}
    return frozenset(layer for layer, channel in enumerate(channels) if not channel.tracks and layer not in framed)


def _line_ends(weave: Weave, straight: Sequence[bool], style: Style, clear: frozenset[int]) -> _Ends:
    count = len(weave.layers)
    needs = _Ends([0] * count, [0] * count, [0] * count)
    for thread in weave.threads:
        layer = weave.items[thread.course.upper].layer
        if layer in clear and len(thread.strands) == 1:
            room = 1 + _room(thread, style, has_head=True, has_label=True)
            needs.between[layer] = max(needs.between[layer], room)
        else:
            _need_for_thread(weave, thread, needs, style)
    for strand, is_straight in zip(weave.strands, straight, strict=True):
        layer = weave.items[strand.upper].layer
        plain = not style.downwards or (is_straight and _is_asynchronous(weave, strand.net))
        needs.below[layer] = max(needs.below[layer], int(plain))
    _keep_apart(weave, needs, style)
    return needs


def _is_asynchronous(weave: Weave, net: int) -> bool:
    return any(thread.net == net and thread.course.asynchronous for thread in weave.threads)


def _need_for_thread(weave: Weave, thread: Thread, needs: _Ends, style: Style) -> None:
    """Room for the arrowhead and, at the end where it stands, for the label."""
    head = "upper" if thread.course.reversed else "lower"
    for end, box, needed in (
        ("upper", thread.course.upper, needs.below),
        ("lower", thread.course.lower, needs.above),
    ):
        layer = weave.items[box].layer
        room = _room(thread, style, has_head=end == head, has_label=end == thread.label_place)
        needed[layer] = max(needed[layer], room)


def _room(thread: Thread, style: Style, *, has_head: bool, has_label: bool) -> int:
    label = label_lines(thread, style) if has_label and thread.course.label else ()
    if style.downwards:
        return max(int(has_head), len(label))
    dashes = 1 + (0 if style.compact else 2)
    if label:
        return columns_of(label[0]) + 4 + dashes
    return 1 + dashes if has_head else dashes


def _keep_apart(weave: Weave, needs: _Ends, style: Style) -> None:
    """At least a blank between layers, and in LR between a box and the border of its frame."""
    for layer in range(len(weave.layers) - 1):
        if needs.below[layer] + needs.above[layer + 1] == 0:
            needs.below[layer] = 1 if style.downwards else 3
        needs.below[layer] += style.air
    if not style.downwards and weave.spans:
        needs.above[:] = [max(room, 1) for room in needs.above]
        needs.below[:] = [max(room, 1) for room in needs.below]
