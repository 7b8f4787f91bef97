"""The small map of a large drawing, as text."""

import pytest

from studio.diagrams.glyphs import Charset
from studio.diagrams.scene import PlacedBox, Rectangle, Scene
from studio.tui.canvas.overview import OverviewMap, overview

BOXES = {
    "a": PlacedBox("a", "service", Rectangle(0, 0, 8, 3), ("a",)),
    "b": PlacedBox("b", "service", Rectangle(70, 0, 8, 3), ("b",)),
    "c": PlacedBox("c", "database", Rectangle(40, 36, 8, 3), ("c",)),
}
SCENE = Scene(78, 40, BOXES)


def shown(found: OverviewMap) -> list[str]:
    return ["".join(paint.glyph for paint in found.row(row)) for row in range(found.height)]


def the_map(charset: Charset = "unicode", selected: str = "c", marked: tuple[str, ...] = ()) -> OverviewMap:
    found = overview(SCENE, Rectangle(0, 0, 39, 20), ("components", selected), marked, charset)
    assert found is not None
    return found


def test_a_map_shows_boxes_what_is_in_view_and_what_is_selected() -> None:
    assert shown(the_map()) == [
        "┌──────────────────────────┐",
        "│┌▪──────────┐           ▪ │",
        "││           │             │",
        "││           │             │",
        "││           │             │",
        "│└───────────┘             │",
        "│                          │",
        "│                          │",
        "│                          │",
        "│                          │",
        "│              ◆           │",
        "└──────────────────────────┘",
    ]


def test_a_map_in_ascii_tells_the_same() -> None:
    text = "\n".join(shown(the_map("ascii", marked=("a",))))
    assert text.isascii()
    assert (text.count("@"), text.count("o"), text.count("#")) == (1, 1, 1)


def test_a_drawing_that_is_in_view_has_no_map() -> None:
    assert overview(SCENE, Rectangle(0, 0, 78, 40), None) is None
    assert overview(Scene(), Rectangle(0, 0, 5, 5), None) is None


@pytest.mark.parametrize("box", ["a", "b", "c"])
def test_pressing_a_box_on_the_map_leads_to_it(box: str) -> None:
    found = the_map(selected=box)
    at = next(place for place, paint in found.painted.items() if paint.glyph == "◆")
    column, row = found.place(at)
    rectangle = BOXES[box].rectangle
    assert abs(column - (rectangle.column + 4)) <= found.across
    assert abs(row - (rectangle.row + 1)) <= found.down


def test_what_is_beyond_the_drawing_does_not_leave_the_map() -> None:
    found = overview(SCENE, Rectangle(-3, -2, 500, 20), ("components", "gone"))
    assert found is not None
    assert all(0 <= column < found.width and 0 <= row < found.height for column, row in found.painted)
