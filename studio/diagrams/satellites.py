"""Boxes with a single link, drawn right beside the box they belong to instead of in a layer of their own.

That keeps a wide row of boxes narrower: a hub's lone neighbour needs no place in the row below it.
"""

from __future__ import annotations

from dataclasses import dataclass

from studio.diagrams.measure import columns_of, evenly_wrapped
from studio.diagrams.outline import Box, Link
from studio.diagrams.scene import PlacedBox, Rectangle, Route
from studio.diagrams.style import Style

_HUB_FROM = 4
"""Only boxes with so many links get a satellite: elsewhere a row below is as good."""
_BARE_LINE = 5
_ROUND_LABEL = 7


@dataclass(frozen=True, slots=True)
class Satellite:
    """A box, its only link, and the box that it stands beside."""

    box: Box
    link: Link
    hub: str
    lines: tuple[str, ...]
    sides: int
    """Columns that the box is wider than its text."""

    @property
    def distance(self) -> int:
        """Cells between the two boxes."""
        return columns_of(self.link.label) + _ROUND_LABEL if self.link.label else _BARE_LINE

    @property
    def width(self) -> int:
        """Columns of the box."""
        return max(columns_of(line) for line in self.lines) + self.sides


def satellites_of(boxes: tuple[Box, ...], links: tuple[Link, ...], style: Style) -> tuple[Satellite, ...]:
    """The satellites, in the order of the boxes; none in LR, and none of several that a hub would have."""
    if not style.satellites or not style.downwards:
        return ()
    by_id = {box.id: box for box in boxes}
    of_box: dict[str, list[Link]] = {box.id: [] for box in boxes}
    for link in links:
        of_box[link.source].append(link)
        of_box[link.target].append(link)
    found: dict[str, list[Satellite]] = {}
    for box in boxes:
        if len(of_box[box.id]) != 1 or of_box[box.id][0].target != box.id:
            continue
        first = of_box[box.id][0]
        satellite = Satellite(box, first, first.source, evenly_wrapped(box.name, style.name_limit), style.sides)
        if _fits(satellite, by_id[first.source], of_box[first.source], style):
            found.setdefault(first.source, []).append(satellite)
    return tuple(alike[0] for alike in found.values() if len(alike) == 1)


def _fits(satellite: Satellite, hub: Box, links: list[Link], style: Style) -> bool:
    """Whether the box may stand beside the hub: both in one group, the hub busy, without loops, and no lower."""
    lone = all(link.source != link.target for link in links)
    as_high = len(satellite.lines) <= len(evenly_wrapped(hub.name, style.name_limit))
    whole = style.compact or not satellite.box.note
    return len(links) >= _HUB_FROM and lone and as_high and whole and satellite.box.group == hub.group


def beside(satellite: Satellite, hub: Rectangle, net: int) -> tuple[PlacedBox, Route]:
    """The box beside its hub, and the line between them."""
    height = len(satellite.lines) + 2
    area = Rectangle(hub.right + satellite.distance + 1, hub.row + (hub.height - height) // 2, satellite.width, height)
    row = area.row + height // 2
    link = satellite.link
    points = ((hub.right, row), (area.column - 1, row))
    at = (hub.right + 1 + (satellite.distance - columns_of(link.label)) // 2, row) if link.label else None
    lines = (link.label,) if link.label else ()
    route = Route(link.id, link.source, link.target, points, net, link.label, lines, at, link.asynchronous)
    return PlacedBox(satellite.box.id, satellite.box.kind, area, satellite.lines), route
