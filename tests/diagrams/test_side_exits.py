from __future__ import annotations

from studio.diagrams.layout import lay_out
from studio.diagrams.scene import PlacedBox, Rectangle, Route
from studio.diagrams.side_exits import rows_left_empty, with_side_exits
from studio.diagrams.text import render_text
from tests.diagrams.architectures import outline_of

HUB = PlacedBox("hub", "service", Rectangle(10, 0, 9, 3), ("Hub",))
LEFT = Route("left", "hub", "a", ((12, 2), (12, 3), (4, 3), (4, 5)), 0)
RIGHT = Route("right", "hub", "b", ((16, 2), (16, 3), (24, 3), (24, 5)), 1)


def box(name: str, column: int, row: int) -> PlacedBox:
    return PlacedBox(name, "service", Rectangle(column, row, 5, 3), (name,))


A, B = box("a", 2, 6), box("b", 22, 6)


def exits(*others: PlacedBox, routes: tuple[Route, ...] = (LEFT, RIGHT)) -> set[str]:
    """The links that leave their box by a side."""
    boxes = {each.id: each for each in (HUB, A, B, *others)}
    return {route.id for route in with_side_exits(boxes, [], routes) if route.points[0][1] == 1}


def test_lines_to_both_sides_leave_by_the_sides() -> None:
    boxes = {each.id: each for each in (HUB, A, B)}
    left, right = with_side_exits(boxes, [], [LEFT, RIGHT])
    assert left.points == ((10, 1), (4, 1), (4, 5))
    assert right.points == ((18, 1), (24, 1), (24, 5))


def test_a_box_in_the_way_of_one_keeps_both() -> None:
    assert exits(box("c", 20, 0)) == set()


def test_a_line_that_joins_another_stays() -> None:
    joined = Route("joined", "hub", "c", ((16, 2), (16, 3), (30, 3), (30, 5)), 1)
    assert exits(box("c", 28, 6), routes=(LEFT, RIGHT, joined)) == set()


def test_a_label_at_the_tail_keeps_its_line() -> None:
    labelled = Route("left", "hub", "a", ((12, 2), (12, 4), (4, 4), (4, 5)), 0, "job", ("job",), (14, 3))
    assert exits(routes=(labelled,)) == set()


def test_a_line_to_below_its_box_goes_down() -> None:
    below = Route("below", "hub", "a", ((12, 2), (12, 3), (18, 3), (18, 5)), 0)
    assert exits(box("d", 16, 6), routes=(below,)) == set()


def test_a_line_beside_is_left_a_blank() -> None:
    beside = Route("beside", "d", "e", ((5, -4), (5, 5)), 2)
    assert exits(box("d", 3, -7), box("e", 30, 6), routes=(LEFT, beside)) == set()


def test_only_rows_that_lost_their_line_are_left_empty() -> None:
    after = with_side_exits({each.id: each for each in (HUB, A, B)}, [], [LEFT, RIGHT])
    assert rows_left_empty([HUB, A, B], [], [LEFT, RIGHT], after) == [3]
    assert rows_left_empty([HUB, A, B], [], [LEFT, RIGHT], [LEFT, RIGHT]) == []


def test_a_fan_of_two_is_symmetrical() -> None:
    scene = lay_out(outline_of("hub: Hub; a: One; b: Two; hub > a; hub > b: put"))
    drawn = """\
     ┌─────┐
   ╭─┤ Hub ├─╮
   │ └─────┘ │
   ▼         ▼ put
┌─────┐   ┌─────┐
│ One │   │ Two │
└─────┘   └─────┘
"""
    assert render_text(scene) == drawn
