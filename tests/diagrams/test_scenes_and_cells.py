from __future__ import annotations

import pytest

from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.raster import DrawingError, line_cells
from studio.diagrams.scene import Rectangle, Route, Scene
from studio.diagrams.text import cells, render_text

PAIR = Outline((Box("a", "Alpha"), Box("b", "用户")), (Link("ab", "a", "b", "calls"),))


def test_an_empty_outline_gives_an_empty_scene() -> None:
    scene = lay_out(Outline())
    assert (scene.width, scene.height, render_text(scene)) == (0, 0, "")


def test_a_nameless_box_shows_its_id() -> None:
    assert "│ cache │" in render_text(lay_out(Outline((Box("cache", ""),))))


def test_a_link_to_nowhere_is_not_drawn() -> None:
    scene = lay_out(Outline((Box("a", "A"),), (Link("x", "a", "gone"),)))
    assert not scene.routes


def test_bounds_hold_a_box_and_a_line_with_its_label() -> None:
    scene = lay_out(PAIR)
    assert scene.bounds("a") == Rectangle(0, 0, 9, 3)
    line = scene.bounds("ab")
    assert (line.row, line.bottom) == (2, 3)
    assert line.width == 2 + len("calls")
    with pytest.raises(KeyError):
        scene.bounds("nobody")


def test_cells_say_whose_they_are() -> None:
    rows = cells(lay_out(PAIR), charset="unicode")
    assert (rows[0][0].role, rows[0][0].owner) == ("box", "a")
    assert [cell.owner for row in rows for cell in row if cell.role == "label"] == ["ab"] * len("calls")
    assert [(cell.glyph, cell.owner) for row in rows for cell in row if cell.role == "arrow"] == [("▼", "ab")]


def test_a_wide_character_takes_a_cell_and_an_empty_follower() -> None:
    (row,) = [row for row in cells(lay_out(PAIR), charset="unicode") if any(c.glyph == "用" for c in row)]
    first = next(index for index, cell in enumerate(row) if cell.glyph == "用")
    assert [cell.glyph for cell in row[first : first + 4]] == ["用", "", "户", ""]


def test_dashed_lines_differ_from_solid_ones_and_from_frames() -> None:
    boxes = (Box("a", "A", group=("g",)), Box("b", "B"), Box("c", "C"))
    outline = Outline(boxes, (Link("x", "a", "b", asynchronous=True), Link("y", "a", "c")))
    for charset, dashed, solid, frame in (("unicode", "┄┆", "│", "╎"), ("ascii", ".:", "|", "=")):
        text = render_text(lay_out(outline), charset="ascii" if charset == "ascii" else "unicode")
        assert any(glyph in text for glyph in dashed)
        assert solid in text
        assert frame in text


def test_no_line_of_text_ends_in_a_blank() -> None:
    text = render_text(lay_out(PAIR))
    assert text.endswith("┘\n")
    assert all(line == line.rstrip() for line in text.splitlines())


def test_a_compact_drawing_has_no_notes_and_a_full_one_has() -> None:
    outline = Outline((Box("a", "API", note="120/s"),))
    assert "120/s" not in render_text(lay_out(outline))
    assert "120/s" in render_text(lay_out(outline, compact=False))


def test_too_wide_a_drawing_turns_then_wraps_then_takes_more_rows() -> None:
    boxes = (Box("hub", "Hub"), *(Box(f"b{i}", f"Some service number {i}") for i in range(8)))
    outline = Outline(boxes, tuple(Link(f"l{i}", "hub", f"b{i}") for i in range(8)))
    free = lay_out(outline)
    narrow = lay_out(outline, direction="LR", width=60)
    assert free.width > 100
    assert narrow.width <= 60
    assert set(narrow.boxes) == set(free.boxes)


def test_lines_over_each_other_are_refused() -> None:
    one = Route("one", "a", "b", ((0, 0), (0, 4)), net=0)
    two = Route("two", "c", "d", ((0, 2), (0, 6)), net=1)
    with pytest.raises(DrawingError, match="one, two"):
        line_cells(Scene(routes={"one": one, "two": two}))
