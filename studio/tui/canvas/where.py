"""Who lies where on a drawing: what is under a cell, and which box comes next in a direction."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

from studio.diagrams.measure import columns_of
from studio.diagrams.scene import PlacedBox, Point, Rectangle, Route, Scene, around
from studio.model.address import Address

Direction: TypeAlias = Literal["left", "right", "up", "down"]
STEPS: Final[dict[Direction, Point]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
ROW_HEIGHT: Final = 2
"""A cell is about twice as high as it is wide; distances count rows double."""
SIDEWAYS: Final = 2
"""How much worse a cell to the side is than one straight ahead."""


def component(id_: str) -> Address:
    """The address of a component."""
    return ("components", id_)


def connection(id_: str) -> Address:
    """The address of a connection."""
    return ("connections", id_)


def is_drawn(scene: Scene, address: Address | None) -> bool:
    """Whether the drawing has this component or connection."""
    if address is None or len(address) != 2:
        return False
    return address[1] in (scene.boxes if address[0] == "components" else scene.routes)


def under(scene: Scene, point: Point) -> Address | None:
    """The component or connection that is drawn at a cell; boxes lie over lines."""
    for box in scene.boxes.values():
        if box.rectangle.contains(point):
            return component(box.id)
    for route in scene.routes.values():
        if any(_on_segment(point, a, b) for a, b in zip(route.points, route.points[1:], strict=False)):
            return connection(route.id)
        if _on_label(route, point):
            return connection(route.id)
    return None


def _on_segment(point: Point, a: Point, b: Point) -> bool:
    (left, right), (top, bottom) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return left <= point[0] <= right and top <= point[1] <= bottom


def _on_label(route: Route, point: Point) -> bool:
    if route.label_at is None:
        return False
    column, row = route.label_at
    line = point[1] - row
    return 0 <= line < len(route.label_lines) and 0 <= point[0] - column < columns_of(route.label_lines[line])


def bounds_of(scene: Scene, address: Address) -> Rectangle:
    """The cells of a component or connection that is drawn, whose ids may be the same."""
    return scene.boxes[address[1]].rectangle if address[0] == "components" else around(scene.routes[address[1]])


def is_edge(rectangle: Rectangle, point: Point) -> bool:
    """Whether a cell lies on the border of a box: pulling there makes a connection."""
    inside_columns = rectangle.column < point[0] < rectangle.right
    return rectangle.contains(point) and not (inside_columns and rectangle.row < point[1] < rectangle.bottom)


def middle(rectangle: Rectangle) -> Point:
    """The middle cell."""
    return rectangle.column + rectangle.width // 2, rectangle.row + rectangle.height // 2


def middle_of(scene: Scene, address: Address) -> Point:
    """The middle of a box, or of the line of a connection."""
    if address[0] == "components":
        return middle(scene.boxes[address[1]].rectangle)
    points = scene.routes[address[1]].points
    return points[len(points) // 2]


def in_reading_order(scene: Scene) -> tuple[str, ...]:
    """The ids of all boxes, row by row from the upper left."""
    boxes = sorted(scene.boxes.values(), key=lambda box: (box.rectangle.row, box.rectangle.column))
    return tuple(box.id for box in boxes)


def nearest(scene: Scene, start: Address | None, direction: Direction) -> str | None:
    """The nearest box that way, straight ahead before sideways; the first of all when nothing is selected."""
    if start is None or not is_drawn(scene, start):
        return next(iter(in_reading_order(scene)), None)
    if start[0] == "connections":
        route = scene.routes[start[1]]
        ends = [scene.boxes[end] for end in dict.fromkeys((route.source, route.target)) if end in scene.boxes]
        return _nearest(ends, middle_of(scene, start), direction) or _nearest(
            scene.boxes.values(), middle_of(scene, start), direction
        )
    others = (box for box in scene.boxes.values() if box.id != start[1])
    return _nearest(others, middle_of(scene, start), direction)


def _nearest(boxes: Iterable[PlacedBox], start: Point, direction: Direction) -> str | None:
    across, along = STEPS[direction]
    found: list[tuple[int, int, str]] = []
    for order, box in enumerate(boxes):
        centre = middle(box.rectangle)
        right, down = centre[0] - start[0], (centre[1] - start[1]) * ROW_HEIGHT
        ahead = right * across + down * along
        aside = abs(right * along) + abs(down * across)
        if ahead > 0 and aside <= ahead * 4:
            found.append((ahead + aside * SIDEWAYS, order, box.id))
    return min(found)[2] if found else None


def after(ids: tuple[str, ...], here: str | None, by: int) -> str | None:
    """The id after `here`, round the corner; the first (or last) when `here` is none of them."""
    if not ids:
        return None
    if here not in ids:
        return ids[0] if by > 0 else ids[-1]
    return ids[(ids.index(here) + by) % len(ids)]
