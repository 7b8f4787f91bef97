"""Boxes and links in, a scene out: the way through the whole pipeline, and what is tried when it gets too wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from studio.diagrams.by_hand import placed_by_hand
from studio.diagrams.drawing import Part, drawn, relaxed, restyled, sketched
from studio.diagrams.measure import harmless
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.packing import at_origin, packed, parts_of
from studio.diagrams.satellites import satellites_of
from studio.diagrams.scene import Scene
from studio.diagrams.style import Direction, Style

_USUAL_WIDTH = 100
_WORTH_FOLDING = 0.8
"""Links against the flow are harder to read, so a folded drawing must be so much narrower."""
_WORTH_WRAPPING = 0.95
"""What wraps but is too wide all the same must be so much narrower at least."""
_WRAPPED = (
    (20, 20, None),
    (16, 14, None),
    (16, 14, 1.0),
    (14, 10, 0.75),
    (12, 8, 0.6),
    (12, 8, 0.5),
    (12, 8, 0.4),
    (12, 8, 0.33),
)
"""Columns after which names and labels wrap, and the share of the width after which a row of boxes does."""
_MOST_SPLIT = 60
"""Boxes; a larger drawing with its rows split would be thousands of rows long."""
_SPREADS = (2, 3, 4)
"""In halves: as placed, half as far again, twice as far."""


def lay_out(
    outline: Outline,
    *,
    direction: Direction = "TB",
    width: int | None = None,
    compact: bool = True,
    roomy: bool = False,
) -> Scene:
    """A scene in which nothing of the outline is lost and every link can be followed from end to end.

    `width` is a wish in columns: too wide a drawing is folded or turned from LR to TB, then made narrower by wrapping
    and, where boxes are few, by more rows; what still does not fit is drawn wider. Without a wish more than the usual
    width costs names their margin, unless the drawing is roomy. A compact drawing has no notes and less air.
    """
    boxes = tuple(map(_clean_box, outline.boxes))
    ids = {box.id for box in boxes}
    links = tuple(_clean_link(link) for link in outline.links if {link.source, link.target} <= ids)
    if any(box.at is not None for box in boxes):
        unplaced = Outline(tuple(replace(box, at=None) for box in boxes), links)
        scene = lay_out(unplaced, direction=direction, width=width, compact=compact, roomy=roomy)
        return _placed(scene, boxes, links)
    parts = [Part(tuple(inside), tuple(between)) for inside, between in parts_of(boxes, links)]
    style = Style(direction, compact)
    roomy = roomy and width is None
    if not style.downwards:
        scene = _rightwards(parts, style, width or _USUAL_WIDTH, roomy=roomy)
        if width is None or scene.width <= width:
            return scene
        style = replace(style, direction="TB")
    scenes = [_narrow(part, style, width, roomy=roomy) for part in parts]
    return packed(scenes, width or max([_USUAL_WIDTH, *(scene.width for scene in scenes)]))


@lru_cache(maxsize=64)
def laid_out(outline: Outline, *, direction: Direction, width: int | None, compact: bool, roomy: bool) -> Scene:
    """Like `lay_out`; the same outline is laid out once."""
    return lay_out(outline, direction=direction, width=width, compact=compact, roomy=roomy)


def _rightwards(parts: Sequence[Part], style: Style, width: int, *, roomy: bool) -> Scene:
    """All parts from left to right; folded where one is too wide and that spares a good deal."""
    scenes = []
    for part in parts:
        scene = at_origin(drawn(sketched(part, style)))
        if scene.width > width and not roomy:
            folded = at_origin(drawn(sketched(part, replace(style, folded=True))))
            scene = folded if folded.width <= max(width, scene.width * _WORTH_FOLDING) else scene
        scenes.append(scene)
    return packed(scenes, width)


def _placed(scene: Scene, boxes: tuple[Box, ...], links: tuple[Link, ...]) -> Scene:
    """The boxes where they were put, further apart if lines do not fit between them; else the scene as it is."""
    for halves in _SPREADS:
        spread = [box if box.at is None else replace(box, at=_spread(box.at, halves)) for box in boxes]
        placed = placed_by_hand(scene, Part(tuple(spread), links))
        if placed is not None:
            return placed
    return scene


def _spread(at: tuple[int, int], halves: int) -> tuple[int, int]:
    return at[0] * halves // 2, at[1] * halves // 2


def _narrow(part: Part, style: Style, width: int | None, *, roomy: bool) -> Scene:
    best = sketched(part, style)
    with_satellites = replace(style, satellites=True)
    if satellites_of(part.boxes, part.links, with_satellites):
        best = min(best, sketched(part, with_satellites), key=lambda sketch: sketch.least_extent)
    limit = width or _USUAL_WIDTH
    splits = len(part.boxes) <= _MOST_SPLIT
    for narrower in () if roomy else _narrower(best.style, width, splits=splits):
        if best.least_extent > limit:
            sketch = restyled(best, narrower)
            best = sketch if sketch.least_extent <= max(limit, best.least_extent * _WORTH_WRAPPING) else best
    if best.style.tight and width:
        best = relaxed(best, style, limit)
    return at_origin(drawn(best, width))


def _narrower(style: Style, width: int | None, *, splits: bool) -> Iterator[Style]:
    """Styles that take ever less width; only a wish for one breaks names, labels and, if told so, rows."""
    yield (style := replace(style, tight=True))
    for names, labels, share in _WRAPPED if width else ():
        rows = None if share is None else int((width or 0) * share)
        if splits or rows is None:
            yield replace(style, name_limit=names, label_limit=labels, row_limit=rows)


def _clean_box(box: Box) -> Box:
    name = harmless(box.name) or harmless(box.id) or "?"
    group = tuple(harmless(part) or "?" for part in box.group)
    return replace(box, name=name, group=group, note=harmless(box.note))


def _clean_link(link: Link) -> Link:
    return replace(link, label=harmless(link.label))
