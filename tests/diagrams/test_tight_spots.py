"""Small drawings in which something once had too little room."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.scene import Scene
from tests.diagrams.architectures import ARCHITECTURES, outline_of

Prove = Callable[[Outline, Scene], None]


def test_a_line_that_changes_place_half_way_keeps_off_a_frames_border(prove: Prove) -> None:
    outline = outline_of("""
        b0: b0 @ K; b1: b1 @ K; b2: b2 @ K; b4: b4; b5: b5 @ K; b6: b6
        b0 > b1; b2 > b6; b4 > b6; b4 > b5
    """)
    prove(outline, lay_out(outline, direction="LR"))


def test_a_label_of_many_lines_on_its_way_has_its_rows(prove: Prove) -> None:
    outline = outline_of("""
        b0: b0; b2: b2; b3: b3 @ G; b4: b4 @ G
        b2 > b4: x; b3 > b4: x; b4 > b3: x; b3 > b0; b3 > b4: x
        b3 > b4: retry with exponential backoff and some jitter
    """)
    prove(outline, lay_out(outline, width=30))


def test_a_group_gathers_round_its_box_that_was_put_by_hand(prove: Prove) -> None:
    boxes = (Box("a", "A", group=("K",)), Box("b", "B", group=("K",), at=(83, 26)), Box("c", "C"))
    outline = Outline(boxes, (Link("ab", "a", "b"), Link("ca", "c", "a")))
    scene = lay_out(outline)
    assert (scene.bounds("b").column, scene.bounds("b").row) == (83, 26)
    assert not scene.frames[0].rectangle.overlaps(scene.bounds("c"))
    prove(outline, scene)


def test_a_group_in_the_way_moves_as_a_whole(prove: Prove) -> None:
    boxes = (Box("a", "A", at=(4, 3)), Box("b", "B", group=("K",)), Box("c", "C", group=("K",)))
    outline = Outline(boxes, (Link("bc", "b", "c"),))
    before = lay_out(Outline(tuple(Box(box.id, box.name, group=box.group) for box in boxes), outline.links))
    after = lay_out(outline)
    moves = {after.bounds(box).row - before.bounds(box).row for box in "bc"}
    assert len(moves) == 1
    prove(outline, after)


def test_a_stranger_put_into_a_frame_is_put_out_of_it(prove: Prove) -> None:
    boxes = (Box("a", "A", group=("K",), at=(5, 5)), Box("b", "B", group=("K",), at=(50, 5)), Box("c", "C", at=(25, 5)))
    outline = Outline(boxes)
    scene = lay_out(outline)
    assert scene.bounds("b").column - scene.bounds("a").column == 45
    assert not scene.frames[0].rectangle.overlaps(scene.bounds("c"))
    prove(outline, scene)


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_no_line_runs_right_along_a_box_that_it_has_nothing_to_do_with(name: str) -> None:
    outline, direction = ARCHITECTURES[name]
    scene = lay_out(outline, direction=direction)
    beside_its_hub = {
        r.target for r in scene.routes.values() if direction == "TB" and r.points[0][1] == r.points[-1][1]
    }
    in_layers = {id_: box.rectangle for id_, box in scene.boxes.items() if id_ not in beside_its_hub}
    for route in scene.routes.values():
        foreign = [area for id_, area in in_layers.items() if id_ not in (route.source, route.target)]
        for (column, row), (other_column, other_row) in pairwise(route.points):
            low, high = sorted((column, other_column))
            for area in foreign if row == other_row else ():
                assert row not in (area.row - 1, area.bottom + 1) or high < area.column or low > area.right
