"""What holds for every outline: nothing is lost, nothing overlaps, and every link can be read back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.raster import line_cells, steps
from studio.diagrams.scene import Scene
from studio.diagrams.style import Direction
from studio.diagrams.text import cells, render_text

Prove = Callable[[Outline, Scene], None]

_WORD = st.sampled_from(["api", "user", "cache", "用户", "store", "🚀go", "write-behind", "x", "a.b", "Ω"])
_TEXT = st.lists(_WORD, min_size=1, max_size=5).map(" ".join)
_LABEL = st.one_of(st.just(""), st.lists(_WORD, min_size=1, max_size=3).map(" ".join))
_GROUP = st.sampled_from([(), (), ("eu",), ("us",), ("eu", "private"), ("eu", "public"), ("eu", "private", "data")])
_DIRECTION = st.sampled_from(["TB", "LR"])
_WIDTH = st.sampled_from([None, None, 40, 80])


@st.composite
def outlines(draw: st.DrawFn, grouped: bool = True) -> Outline:
    count = draw(st.integers(0, 9))
    boxes = tuple(Box(f"b{i}", f"{draw(_TEXT)} {i}", group=draw(_GROUP) if grouped else ()) for i in range(count))
    ends = st.integers(0, count - 1).map("b{}".format)
    link = st.tuples(ends, ends, _LABEL, st.booleans())
    drawn = draw(st.lists(link, max_size=2 * count)) if count else []
    return Outline(boxes, tuple(Link(f"link {i}", *parts) for i, parts in enumerate(drawn)))


def law(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@law(100)
@given(outlines(), _DIRECTION, _WIDTH, st.booleans())
def test_every_drawing_can_be_read_back(
    prove: Prove, outline: Outline, direction: Direction, width: int | None, compact: bool
) -> None:
    prove(outline, lay_out(outline, direction=direction, width=width, compact=compact))


@law(40)
@given(outlines(), _DIRECTION)
def test_things_overlap_only_when_nested(outline: Outline, direction: Direction) -> None:
    scene = lay_out(outline, direction=direction)
    groups = {box.id: box.group for box in outline.boxes}
    for one, other in combinations(scene.boxes.values(), 2):
        assert not one.rectangle.overlaps(other.rectangle)
    for frame, second in combinations(scene.frames, 2):
        nested = frame.path == second.path[: len(frame.path)] or second.path == frame.path[: len(second.path)]
        assert nested or not frame.rectangle.overlaps(second.rectangle)
    for frame in scene.frames:
        for key, box in scene.boxes.items():
            member = groups[key][: len(frame.path)] == frame.path
            assert frame.rectangle.overlaps(box.rectangle) == member


@law(40)
@given(outlines(), _DIRECTION)
def test_no_line_runs_through_a_box_or_over_a_label(outline: Outline, direction: Direction) -> None:
    scene = lay_out(outline, direction=direction)
    for point in line_cells(scene):
        inside = [box for box in scene.boxes.values() if box.rectangle.contains(point)]
        tails = {route.points[0] for route in scene.routes.values()}
        assert not inside or point in tails
    rows = cells(scene, charset="unicode")
    for route in scene.routes.values():
        own = {point for point, _ in steps(route)}
        written = [
            (column, row)
            for row, line in enumerate(rows)
            for column, cell in enumerate(line)
            if cell.role == "label" and cell.owner == route.id
        ]
        others = [point for other in scene.routes.values() if other.id != route.id for point, _ in steps(other)]
        assert not set(written) & set(others)
        assert bool(written) == bool(route.label)
        assert own


@law(40)
@given(outlines(), _DIRECTION)
def test_every_cell_of_the_scene_is_in_the_drawing(outline: Outline, direction: Direction) -> None:
    scene = lay_out(outline, direction=direction)
    rows = cells(scene, charset="unicode")
    assert [len(row) for row in rows] == [scene.width] * scene.height
    for route in scene.routes.values():
        column, row = route.points[-1]
        assert rows[row][column].role == "arrow"
        column, row = route.points[0]
        assert (rows[row][column].role, rows[row][column].owner) == ("box", route.source)


@law(25)
@given(outlines(), _DIRECTION)
def test_the_same_outline_gives_the_same_drawing(outline: Outline, direction: Direction) -> None:
    first = lay_out(outline, direction=direction)
    assert first == lay_out(outline, direction=direction)


@law(25)
@given(outlines())
def test_an_ascii_drawing_is_ascii_but_for_names_and_labels(outline: Outline) -> None:
    for row in cells(lay_out(outline), charset="ascii"):
        assert all(cell.glyph.isascii() for cell in row if cell.role not in ("box-text", "label", "frame-title"))


@law(30)
@given(outlines(grouped=False), st.data())
def test_boxes_placed_by_hand_never_lose_anything(outline: Outline, data: st.DataObject) -> None:
    place = st.one_of(st.none(), st.tuples(st.integers(-2, 60), st.integers(-2, 30)))
    boxes = tuple(Box(box.id, box.name, at=data.draw(place)) for box in outline.boxes)
    scene = lay_out(Outline(boxes, outline.links))
    text = render_text(scene)
    assert set(scene.boxes) == {box.id for box in boxes}
    assert set(scene.routes) == {link.id for link in outline.links}
    assert all(line in text for box in scene.boxes.values() for line in box.lines)
    assert all(line in text for route in scene.routes.values() for line in route.label_lines)


_HOSTILE = ["\x1b[2J", "\x00", "[bold]", "<b>", "a\nb", "\u202eabc", "┌─┐", "│►", "", "  ", "\ud800", "%s{}"]


@pytest.mark.parametrize("direction", ["TB", "LR"])
def test_hostile_text_is_drawn_literally_or_replaced(direction: Direction) -> None:
    boxes = tuple(Box(f"b{i}", text, group=(text,), note=text) for i, text in enumerate(_HOSTILE))
    links = tuple(Link(f"l{i}", f"b{i}", f"b{i + 1}", text) for i, text in enumerate(_HOSTILE[:-1]))
    text = render_text(lay_out(Outline(boxes, links), direction=direction, compact=False))
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    assert "\u202e" not in text
    text.encode()
    assert "[bold]" in text


def test_the_drawing_does_not_depend_on_the_hash_seed() -> None:
    program = (
        "from studio.diagrams.outline import *\n"
        "from studio.diagrams.layout import lay_out\n"
        "from studio.diagrams.text import render_text\n"
        "boxes = tuple(Box(f'b{i}', f'box {i}', group=(('g', 'h')[i % 2],) if i % 3 else ()) for i in range(14))\n"
        "links = tuple(Link(f'l{i}', f'b{i * 5 % 14}', f'b{i * 3 % 14}', 'x' * (i % 4)) for i in range(24))\n"
        "print(render_text(lay_out(Outline(boxes, links)), charset='ascii'))\n"
    )
    drawings = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(drawings) == 1
    assert drawings.pop()
