"""What lies over the drawing: selection, marks, ghosts; and that only what differs is painted again."""

from rich.cells import cell_len

from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.diagrams.scene import Scene
from studio.diagrams.text import cells
from studio.model.address import Address
from studio.tui.canvas.ghosts import Overlay
from studio.tui.canvas.marks import Mark, Marks
from studio.tui.canvas.painting import differing_rows, letters, marked, overlay, painted_over
from studio.tui.canvas.painting import painted as base
from studio.tui.canvas.where import in_reading_order, under
from studio.tui.canvas.words import Cargo, Carrying, Connecting, Mode, Resting

SCENE = lay_out(
    Outline(
        (Box("api", "API"), Box("db", "用户 store", "database")),
        (Link("api-db", "api", "db", "rows"),),
    ),
    direction="TB",
    width=None,
)
CELLS = cells(SCENE)


def painted(
    selection: Address | None = None, mode: Mode | None = None, marks: dict[Address, Marks] | None = None
) -> Overlay:
    return overlay(CELLS, SCENE, selection, mode or Resting(), marked(CELLS, SCENE, marks or {}), {})


def text(over: Overlay) -> str:
    width = SCENE.width + 30
    rows = (
        "".join(p.glyph for p in painted_over(base(CELLS, y), over, y, range(width))) for y in range(SCENE.height + 2)
    )
    return "\n".join(row.rstrip() for row in rows)


def test_nothing_selected_paints_the_drawing_itself() -> None:
    assert painted() == {}
    assert "┌" in text({})


def test_a_selected_box_is_drawn_with_double_lines() -> None:
    drawn = text(painted(("components", "api")))
    assert "╔" in drawn
    assert drawn.count("╔") == 1


def test_a_selected_connection_is_told_from_others_without_colour() -> None:
    assert "▽" in text(painted(("connections", "api-db")))


def test_marks_stand_on_the_border_and_hide_no_name() -> None:
    marks: dict[Address, Marks] = {("components", "db"): Marks(Mark("94%", "warning"), Mark("x2", "bad"))}
    drawn = text(painted(marks=marks))
    assert "94%" in drawn
    assert "x2" in drawn
    assert "用户 store" in drawn


def test_a_carried_pattern_is_a_dashed_ghost_beside_what_it_would_be_applied_to() -> None:
    cargo = Cargo("cache", "Cache-aside", (("components", "api"),))
    drawn = text(painted(mode=Carrying(cargo, ("components", "api"))))
    assert "╎ Cache-aside ╎" in drawn
    assert "╔" in drawn


def test_each_box_that_can_be_aimed_at_shows_its_letter() -> None:
    assert letters(SCENE, "api") == {"a": "db"}
    assert painted(mode=Connecting("api")).keys()


def test_only_rows_that_differ_are_painted_again() -> None:
    rows = differing_rows(painted(("components", "api")), painted(("components", "db")))
    api, db = SCENE.boxes["api"].rectangle, SCENE.boxes["db"].rectangle
    assert set(rows) == {*range(api.row, api.bottom + 1), *range(db.row, db.bottom + 1)}
    assert differing_rows(painted(), painted()) == {}


def test_wide_characters_are_never_torn() -> None:
    row = SCENE.boxes["db"].rectangle.row + 1
    for start in range(SCENE.width):
        line = "".join(p.glyph for p in painted_over(base(CELLS, row), {}, row, range(start, start + 5)))
        assert cell_len(line) == 5


def test_every_cell_of_a_box_is_the_box() -> None:
    at = SCENE.boxes["db"].rectangle
    assert under(SCENE, (at.column, at.row)) == ("components", "db")
    assert under(SCENE, (at.right, at.bottom)) == ("components", "db")
    assert under(SCENE, SCENE.routes["api-db"].points[-1]) == ("connections", "api-db")
    assert under(Scene(), (0, 0)) is None
    assert in_reading_order(SCENE) == ("api", "db")
