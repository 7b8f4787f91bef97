"""Finding and running what can be done: the letters behind Space, jumps, the palette, help, own keys, the review."""

from pathlib import Path
from typing import Any

import pytest

from studio.reviewing import MOST
from studio.tui.bars import Keys
from studio.tui.menu_box import MenuBox
from studio.tui.screens.menu_actions import MenuActions
from tests.tui.driving import Opened, driven

SMALL = (80, 24)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's configuration file; it is not there yet."""
    path = tmp_path / "own.toml"
    monkeypatch.setenv("TENFOLD_CONFIG", str(path))
    return path


# Space ---------------------------------------------------------------------------------------------------------------


@driven
async def test_quick_letters_run_an_action_and_no_pop_up_comes(opened: Opened, shop: Path, own: Path) -> None:
    async with opened(shop, SMALL) as studio:
        await studio.press("right", "space", "e", "d")
        assert "client" not in studio.screen.session.design.component
        assert not studio.screen.query(MenuBox)


@driven
async def test_after_a_moment_the_letters_are_shown_and_lead_on(
    opened: Opened, shop: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MenuActions, "MENU_AFTER", 0.01)
    async with opened(shop, SMALL) as studio:
        await studio.press("right", "space")
        await studio.pilot.pause(0.1)
        assert "a  add" in studio.text
        assert "c  connect" in studio.text
        await studio.press("e")
        assert "Edit the label in its place" in studio.text
        assert "Enter F2" in studio.text
        await studio.press("escape")
        assert not studio.screen.query_one(MenuBox).display
        await studio.press("u")
        assert "nothing to take back" in studio.text


@driven
async def test_a_letter_behind_which_is_nothing_says_so(opened: Opened, shop: Path, own: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("space", "y")
        assert "nothing is behind Space y" in studio.text


@driven
async def test_the_right_button_offers_what_can_be_done_where_the_mouse_is(
    opened: Opened, shop: Path, own: Path
) -> None:
    async with opened(shop) as studio:
        place = studio.screen.drawing.place_of("db")
        assert place is not None
        await studio.pilot.mouse_down(studio.screen.drawing, offset=(place.x + 2, place.y + 1), button=3)
        await studio.settle()
        box = studio.screen.query_one(MenuBox)
        assert studio.selected == "components.db"
        assert box.display
        groups = [line.text for line in box.lines]
        await studio.pilot.click(box, offset=(3, 1 + groups.index("edit")))
        await studio.settle()
        letters = [line.letter for line in box.lines]
        await studio.pilot.click(box, offset=(3, 1 + letters.index("d")))
        await studio.settle()
        assert "db" not in studio.screen.session.design.component


# Jumping -------------------------------------------------------------------------------------------------------------


@driven
async def test_any_box_is_three_keys_away(opened: Opened, shop: Path, own: Path) -> None:
    async with opened(shop) as studio:
        drawing = studio.screen.drawing
        for box in studio.screen.session.design.component:
            await studio.press("ctrl+o")
            label = drawing.letters[box]
            assert len(label) <= 2
            await studio.press(*label)
            assert studio.selected == f"components.{box}"
        assert drawing.letters == {}


@driven
async def test_a_jump_leads_to_rows_and_panes_and_escape_leaves_it(opened: Opened, shop: Path, own: Path) -> None:
    async with opened(shop) as studio:
        rows = studio.screen.requirements.form.rows
        await studio.press("ctrl+o")
        key, label = list(rows.letters.items())[2]
        await studio.press(*label)
        assert studio.screen.focused is rows
        assert rows.cursor == key
        await studio.press("ctrl+o", "5")
        assert studio.screen.estimates.has_focus_within
        await studio.press("ctrl+o", "escape")
        assert rows.letters == {}
        assert studio.screen.estimates.has_focus_within


# The palette and the help --------------------------------------------------------------------------------------------


@driven
async def test_the_palette_goes_marks_and_changes_colours(opened: Opened, shop: Path, own: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("ctrl+p", '"go to api"', "enter")
        assert studio.selected == "components.api"
        await studio.press("ctrl+p", '"risk: the worst"', "enter")
        assert studio.screen.look.overlay == "risk"
        await studio.press("ctrl+p", '"theme: light"', "enter")
        assert studio.app.theme == "tenfold-light"
        await studio.press("ctrl+p")
        assert "Used lately" in studio.text
        await studio.press("enter")
        assert studio.app.theme == "tenfold-light"


@driven
async def test_what_is_not_possible_now_says_why_and_the_list_stays(opened: Opened, shop: Path, own: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("ctrl+p", '"take the last step"', "enter")
        assert "✗ nothing to take back" in studio.text
        await studio.press("escape")
        assert studio.app.screen is studio.screen


@driven
async def test_the_palette_opens_another_design(opened: Opened, shop: Path, own: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(shop.read_text().replace('name = "Shop"', 'name = "Other"'))
    (tmp_path / "state" / "recent.json").write_text(f'["{other}"]')
    async with opened(shop) as studio:
        await studio.press("ctrl+p", '"open other"', "enter")
        assert studio.screen.session.path.name == "other.toml"
        assert "Other" in studio.text


@driven
async def test_help_has_headings_and_is_searched(opened: Opened, shop: Path, own: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("question_mark")
        assert "In this pane: Canvas" in studio.text
        await studio.press('"connect the box"')
        assert "Connect the box" in studio.text
        assert "In this pane" not in studio.text


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
@driven
async def test_the_line_of_keys_is_for_what_is_selected_and_fits(
    opened: Opened, shop: Path, own: Path, size: tuple[int, int]
) -> None:
    async with opened(shop, size) as studio:
        assert "b box" in studio.lines[-1]
        await studio.press("right")
        await studio.pilot.pause(0.4)
        await studio.settle()
        line = studio.lines[-1]
        assert line.startswith(" Enter label")
        assert "? keys" in line
        assert len(line) == size[0]
        assert studio.screen.query_one(Keys).text == line.strip() or "  " in line


# Own keys ------------------------------------------------------------------------------------------------------------


@driven
async def test_own_keys_work_and_are_shown_everywhere(opened: Opened, shop: Path, own: Path) -> None:
    own.write_text('[keys]\ncanvas.connect = "B"\nstudio.undo = "ctrl+t"\ncanvas.delete = []\n')
    async with opened(shop) as studio:
        await studio.press("right", "d")
        assert len(studio.screen.session.design.component) == 4
        await studio.pilot.pause(0.4)
        await studio.settle()
        assert "B connect" in studio.lines[-1]
        await studio.press("question_mark", '"connect the box"')
        assert any(line.count("B ") and "Connect the box" in line for line in studio.lines)
        await studio.press("escape", "space", "e", "d")
        assert len(studio.screen.session.design.component) == 3
        await studio.press("u")
        assert len(studio.screen.session.design.component) == 3
        await studio.press("ctrl+t")
        assert len(studio.screen.session.design.component) == 4


@driven
async def test_what_is_wrong_with_own_keys_is_told_at_the_start(opened: Opened, shop: Path, own: Path) -> None:
    own.write_text('[keys]\ncanvas.box = "x"\nno.such = "y"\n[studio]\ntheme = "light"\n')
    async with opened(shop) as studio:
        await studio.settle()
        assert "no.such is no action" in studio.text
        assert "x is wanted by canvas.box and canvas.apply" in studio.text
        await studio.press("escape")
        assert studio.app.screen is studio.screen
        assert studio.app.theme == "tenfold-light"


@driven
async def test_the_terminal_says_what_it_sends(opened: Opened, shop: Path, own: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("shift+f1", "ctrl+s", "question_mark", "escape", "x")
        assert '"ctrl+s"' in studio.text
        assert '"question_mark"' in studio.text
        assert '"escape"' in studio.text
        await studio.press("escape", "escape")
        assert studio.app.screen is studio.screen
        assert studio.screen.session.undo_label is None


# The review ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
@driven
async def test_an_answer_of_the_review_becomes_a_decision_in_one_step(
    opened: Opened, shop: Path, own: Path, size: tuple[int, int]
) -> None:
    async with opened(shop, size) as studio:
        await studio.press("f7")
        assert "question 1 of" in studio.text
        assert "minute 1 of 10" in studio.text
        await studio.press("d", '"two copies"', "tab", "tab", '"it is cheap"', "enter")
        assert "question 2 of" in studio.text
        decision = studio.screen.session.design.decisions[-1]
        assert [option.name for option in decision.options] == ["two copies"]
        assert decision.why == "it is cheap"
        await studio.press("s", "escape")
        assert "F7 goes on with the review" in studio.text
        await studio.press("u")
        assert studio.screen.session.design.decisions == ()
        await studio.press("f7")
        assert "question 3 of" in studio.text


async def _skipped_to(studio: Any, words: str) -> None:
    for _ in range(MOST):
        if words not in studio.text:
            await studio.press("s")
    assert words in studio.text


@driven
async def test_a_review_accepts_a_flag_asks_what_is_open_and_sums_up(opened: Opened, shop: Path, own: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("f7")
        await _skipped_to(studio, "accept the flag")
        await studio.press("a", '"small"', "tab", '"web team"', "enter")
        assert len(studio.screen.session.design.accepted) == 1
        await studio.press("o", "enter")
        assert len(studio.screen.session.design.questions) == 1
        await _skipped_to(studio, "What came of it")
        assert "1  flags accepted" in studio.text
        assert "1  open questions" in studio.text
        await studio.press("enter")
        assert studio.app.screen is studio.screen
