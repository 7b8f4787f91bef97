from __future__ import annotations

from collections.abc import Callable

from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.scene import Scene
from studio.diagrams.text import render_text

Prove = Callable[[Outline, Scene], None]

LINKS = (
    Link("ab", "a", "b", "calls"),
    Link("ac", "a", "c"),
    Link("cb", "c", "b", asynchronous=True),
    Link("cc", "c", "c", "again"),
)


def _outline(a: tuple[int, int] | None, b: tuple[int, int] | None, c: tuple[int, int] | None) -> Outline:
    return Outline((Box("a", "Alpha", at=a), Box("b", "Beta", at=b), Box("c", "Gamma", at=c)), LINKS)


def _corner(scene: Scene, box: str) -> tuple[int, int]:
    return scene.bounds(box).column, scene.bounds(box).row


def test_a_box_stays_where_it_was_put(prove: Prove) -> None:
    outline = _outline((40, 2), (3, 14), (44, 16))
    scene = lay_out(outline)
    assert [_corner(scene, box) for box in "abc"] == [(40, 2), (3, 14), (44, 16)]
    prove(outline, scene)


def test_the_others_make_room(prove: Prove) -> None:
    outline = _outline(None, (30, 4), None)
    scene = lay_out(outline)
    assert _corner(scene, "b") == (30, 4)
    prove(outline, scene)


def test_of_two_in_one_place_the_later_gives_way() -> None:
    scene = lay_out(_outline((5, 5), (5, 5), None))
    assert _corner(scene, "a") == (5, 5)
    assert not scene.bounds("a").overlaps(scene.bounds("b"))


def test_lines_go_round_a_box_in_their_way(prove: Prove) -> None:
    boxes = (Box("a", "A", at=(0, 5)), Box("wall", "A wall", at=(20, 5)), Box("b", "B", at=(50, 5)))
    outline = Outline(boxes, (Link("ab", "a", "b"),))
    scene = lay_out(outline)
    assert len(scene.routes["ab"].points) > 2
    prove(outline, scene)


def test_frames_follow_their_members(prove: Prove) -> None:
    boxes = (
        Box("a", "A", group=("zone", "inner"), at=(10, 10)),
        Box("b", "B", group=("zone",), at=(40, 12)),
        Box("c", "C", at=(80, 10)),
    )
    outline = Outline(boxes, (Link("ab", "a", "b", "x"), Link("bc", "b", "c")))
    scene = lay_out(outline)
    assert [frame.path for frame in scene.frames] == [("zone",), ("zone", "inner")]
    prove(outline, scene)


def test_a_frame_left_of_the_first_column_moves_everything() -> None:
    scene = lay_out(Outline((Box("a", "A", group=("zone",), at=(0, 0)),)))
    assert min(frame.rectangle.column for frame in scene.frames) == 0
    assert render_text(scene).startswith("┌╌ zone")
