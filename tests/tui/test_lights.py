"""What a mode lights up on the drawing."""

import pytest

from studio.diagrams.from_design import outline
from studio.diagrams.glyphs import Charset
from studio.diagrams.layout import lay_out
from studio.diagrams.text import cells
from studio.files.loading import parse
from studio.tui.canvas.ghosts import Paint
from studio.tui.canvas.lights import Lights, lit

DESIGN = """
format = 1
[design]
name = "x"
[components.alpha]
kind = "service"
[components.b]
kind = "service"
[connections.a-b]
from = "alpha"
to = "b"
"""

SCENE = lay_out(outline(parse(DESIGN, "x.toml")), direction="TB")


@pytest.mark.parametrize(("charset", "signs"), [("unicode", "╔═╗║╚╝╤╧╟╢"), ("ascii", "#")])
def test_the_call_and_its_ends_are_drawn_double(charset: Charset, signs: str) -> None:
    found = lit({}, cells(SCENE, charset=charset), SCENE, Lights("a-b", ("alpha", "b")))
    assert set("".join(paint.glyph for paint in found.values())) & set(signs)
    assert {paint.role for paint in found.values()} == {"target"}


def test_marks_of_trouble_stay_as_they_are() -> None:
    at = SCENE.boxes["b"].rectangle
    mark = {(at.column + 1, at.row): Paint("x", "bad")}
    assert lit(mark, cells(SCENE), SCENE, Lights(boxes=("b",)))[at.column + 1, at.row] == Paint("x", "bad")


@pytest.mark.parametrize(("box", "said"), [("alpha", "x down"), ("b", "x")])
def test_a_sign_is_as_long_as_the_box_is_wide(box: str, said: str) -> None:
    wide = SCENE.boxes[box].rectangle.width - 2
    words = ("far too long for any box", "x down", "x")
    found = lit({}, cells(SCENE), SCENE, Lights(signs={box: words}))
    assert "".join(paint.glyph for paint in found.values()) == (said if len(said) <= wide else "x")


def test_without_lights_nothing_is_copied() -> None:
    over = {(0, 0): Paint("x", "bad")}
    assert lit(over, cells(SCENE), SCENE, Lights()) is over


def test_what_is_not_drawn_is_not_lit() -> None:
    assert lit({}, cells(SCENE), SCENE, Lights("gone", ("gone",), {"gone": ("x",)})) == {}
