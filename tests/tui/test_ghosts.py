"""What is painted while boxes are marked and moved, in both character sets."""

import pytest

from studio.diagrams.glyphs import Charset
from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.overlays import Mark
from studio.diagrams.overlays import Overlay as Said
from studio.diagrams.scene import Scene
from studio.diagrams.text import cells
from studio.tui.canvas.ghosts import Overlay
from studio.tui.canvas.painting import overlay, painted_over, said
from studio.tui.canvas.painting import painted as base
from studio.tui.canvas.words import Banding, Mode, Moving, Resting, Shifting

SCENE = lay_out(
    Outline((Box("api", "API"), Box("db", "Store", "database")), (Link("api-db", "api", "db", "rows"),)),
    direction="TB",
    width=None,
)


def drawn(over: Overlay, charset: Charset = "unicode", scene: Scene = SCENE) -> str:
    shown = cells(scene, charset=charset)
    rows = range(scene.height + 4)
    lines = (
        "".join(p.glyph for p in painted_over(base(shown, row), over, row, range(scene.width + 10))) for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def painted(mode: Mode, marked: tuple[str, ...] = (), charset: Charset = "unicode", scene: Scene = SCENE) -> str:
    over = overlay(
        cells(scene, charset=charset), scene, None, mode, {}, {}, marked_boxes=marked, charset=charset
    )  # fmt: skip
    return drawn(over, charset, scene)


@pytest.mark.parametrize(("charset", "corner"), [("unicode", "■"), ("ascii", "@")])
def test_marked_boxes_are_seen_without_colour(charset: Charset, corner: str) -> None:
    assert painted(Resting(), ("api", "gone"), charset).count(corner) == 4


@pytest.mark.parametrize(
    "mode", [Moving("api", (0, 0), (2, 1), ("db",)), Shifting(("api", "db"), (2, 1)), Banding((0, 0), (5, 3))]
)
def test_in_ascii_everything_that_moves_is_ascii(mode: Mode) -> None:
    assert painted(mode, charset="ascii").isascii()
    assert painted(mode, charset="ascii") != painted(Resting(), charset="ascii")


def test_boxes_that_are_moved_together_show_a_ghost_each_with_its_name() -> None:
    text = painted(Shifting(("api", "db", "gone"), (12, 0)))
    assert "╎ API ╎" in text
    assert "╎ Store" in text


def test_of_very_many_boxes_the_corners_follow() -> None:
    boxes = tuple(Box(f"b{n}", f"Box {n}") for n in range(60))
    scene = lay_out(Outline(boxes), direction="TB", width=120)
    text = painted(Shifting(tuple(box.id for box in boxes), (1, 1)), scene=scene)
    assert "╎" not in text
    assert text != painted(Resting(), scene=scene)


def test_a_rubber_band_shows_what_it_touches() -> None:
    text = painted(Banding((0, 0), (SCENE.width, 1)))
    assert "╌" in text
    assert "■" in text
    assert "■" not in painted(Banding((0, 0), (0, 0)))


def test_an_overlay_is_written_onto_borders_and_hides_no_name() -> None:
    over = said(SCENE, Said("Load", (), {"db": Mark("94%!", 2), "api": Mark("?", None), "gone": Mark("1%", 0)}))
    text = drawn(over)
    assert "94%!" in text
    assert "Store" in text
    assert {paint.role for paint in over.values()} == {"warning", "dim"}
