"""The canvas driven by its keys and the mouse."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste

from studio.model.design import Design
from studio.tui.canvas.words import Mode, Resting, Shifting
from studio.tui.screens.entry import Entry
from studio.tui.screens.picker import Picker

Opened = Callable[..., Any]
Test = Callable[..., Coroutine[Any, Any, None]]


def driven(test: Test) -> Callable[..., None]:
    """Runs an asynchronous test without a plugin."""

    @wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


def status(studio: Any) -> str:
    return str(studio.lines[-2])


@driven
async def test_several_boxes_are_marked_moved_and_deleted_as_one(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        before: Design = studio.screen.session.design
        studio.screen.select(("components", "db"))
        await studio.press("v")
        studio.screen.select(("components", "mail"))
        await studio.press("v")
        assert len(studio.screen.marked) == 2
        assert "2 marked" in status(studio)
        assert "■" in studio.text
        await studio.press("shift+right", "shift+right")
        assert sum(c.at is not None for c in studio.screen.session.design.components) == 2
        assert studio.screen.session.undo_label == "move 2 boxes"
        await studio.press("u")
        assert studio.screen.session.design == before
        await studio.press("d")
        assert "deleted 2 boxes" in status(studio)
        assert len(studio.screen.session.design.components) == 2
        assert studio.screen.marked == ()
        await studio.press("u")
        assert studio.screen.session.design == before


@driven
async def test_escape_takes_marks_away_before_the_selection(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "db"))
        await studio.press("A")
        assert len(studio.screen.marked) == 4
        await studio.press("escape")
        assert studio.screen.marked == ()
        assert studio.selected == "components.db"
        await studio.press("escape")
        assert studio.selected == ""


@driven
async def test_steps_of_other_boxes_are_another_step_of_undo(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "db"))
        await studio.press("shift+down", "shift+down")
        studio.screen.select(("components", "mail"))
        await studio.press("shift+down", "u")
        assert studio.screen.session.design.component["mail"].at is None
        assert studio.screen.session.design.component["db"].at is not None


@driven
async def test_arrows_move_boxes_until_enter_and_escape_puts_them_back(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        at = studio.screen.drawing.scene.boxes["mail"].rectangle
        await studio.press("m", "right", "down", "d")
        mode: Mode = studio.screen.drawing.mode
        assert isinstance(mode, Shifting)
        assert "moving mail by +1, +1" in status(studio)
        assert not studio.screen.session.is_unsaved
        await studio.press("escape")
        mode = studio.screen.drawing.mode
        assert mode == Resting()
        assert not studio.screen.session.is_unsaved
        await studio.press("m", "shift+right", "enter")
        assert studio.screen.session.design.component["mail"].at == (at.column + 5, at.row)
        await studio.press("R")
        assert studio.screen.session.design.component["mail"].at is None
        assert "places mail again" in status(studio)
        await studio.press("R")
        assert "already" in status(studio)


@driven
async def test_marked_boxes_are_put_into_one_frame(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        before = studio.screen.session.design
        studio.screen.select(("components", "api"))
        studio.screen.mark(("api", "db"))
        await studio.press("g")
        assert isinstance(studio.app.screen, Entry)
        await studio.press('"core"', "enter")
        assert {c.id for c in studio.screen.session.design.components if c.group == "core"} == {"api", "db"}
        await studio.press("u")
        assert studio.screen.session.design == before


@driven
async def test_a_connected_box_is_added_named_and_taken_back_as_one(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        before = studio.screen.session.design
        studio.screen.select(("components", "api"))
        await studio.press("ctrl+down")
        assert isinstance(studio.app.screen, Picker)
        await studio.press('"queue"', "enter", '"Jobs"', "enter")
        design = studio.screen.session.design
        assert (design.component["jobs"].kind, design.component["jobs"].name) == ("queue", "Jobs")
        assert design.connection["api-jobs"].target == "jobs"
        assert studio.selected == "components.jobs"
        await studio.press("u")
        assert studio.screen.session.design == before
        await studio.press("U")
        assert studio.screen.session.design == design


@driven
async def test_a_caller_is_added_above_and_may_stay_without_a_name(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "api"))
        await studio.press("ctrl+up", "enter", "escape")
        design = studio.screen.session.design
        new = design.components[-1]
        assert design.callers_of["api"][-1].source == new.id
        assert studio.screen.drawing.has_focus
        await studio.press("escape", "ctrl+up")
        assert "select the box" in status(studio)


@driven
async def test_copies_are_pasted_duplicated_and_taken_back(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        before = studio.screen.session.design
        await studio.press("p")
        assert "nothing was copied" in status(studio)
        studio.screen.mark(("api", "db"))
        await studio.press("y")
        assert "copied 2 boxes" in status(studio)
        assert '[connections.api-db]\nfrom = "api"' in studio.app.clipboard
        await studio.press("p")
        design = studio.screen.session.design
        assert [c.id for c in design.components[4:]] == ["api-2", "db-2"]
        assert [(c.source, c.target) for c in design.connections[3:]] == [("api-2", "db-2")]
        assert studio.screen.marked == ("api-2", "db-2")
        await studio.press("u")
        assert studio.screen.session.design == before
        studio.screen.select(("components", "api"))
        await studio.press("D")
        added = studio.screen.session.design.connections[3:]
        assert {(c.source, c.target) for c in added} == {("client", "api-2"), ("api-2", "db"), ("api-2", "mail")}
        await studio.press("u")
        assert studio.screen.session.design == before


@driven
async def test_a_text_the_terminal_pastes_is_taken_as_boxes_or_refused_in_words(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.drawing.post_message(Paste('[components.api]\nkind = "cache"\n'))
        await studio.settle()
        assert studio.screen.session.design.component["api-2"].kind == "cache"
        studio.screen.drawing.post_message(Paste("rm -rf [/ \x1b[31m"))
        await studio.settle()
        assert "✗ what was copied is no part of a design file" in status(studio)


@driven
async def test_a_box_is_found_as_one_types_and_escape_goes_back(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "client"))
        await studio.press("slash", '"a"')
        assert studio.selected == "components.api"
        await studio.press('"i"')
        assert studio.selected == "components.mail"
        await studio.press("escape")
        assert studio.selected == "components.client"
        await studio.press("slash", '"a"', "enter", "n")
        assert studio.selected == "components.mail"
        assert "box 2 of 2" in status(studio)
        await studio.press("N")
        assert studio.selected == "components.api"


@driven
async def test_what_is_no_box_is_looked_up_in_the_catalogue(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("slash", '"bulkh"')
        assert "Enter looks in the catalogue" in status(studio)
        await studio.press("enter")
        assert "Bulkhead" in studio.text
        assert studio.screen.catalogue.has_focus_within


@driven
async def test_full_boxes_say_their_kind_and_compact_ones_do_not(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        lines = len(studio.screen.drawing.scene.boxes["db"].lines)
        await studio.press("plus")
        scene = studio.screen.drawing.scene
        assert len(scene.boxes["db"].lines) == lines + 1
        assert "n=2" in studio.text
        studio.screen.select(("components", "api"))
        await studio.press("minus")
        assert len(studio.screen.drawing.scene.boxes["db"].lines) == lines
        assert "n=2" not in studio.text


@driven
async def test_a_figure_that_changes_moves_no_full_box(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("plus")
        scene = studio.screen.drawing.scene
        api = studio.screen.session.design.component["api"]
        studio.screen.session.do(_instances(api.id, 7))
        await studio.settle()
        assert studio.screen.drawing.scene is scene
        assert "n=7" in studio.text


def _instances(component: str, count: int) -> Any:
    from studio.edits.edit import Change

    return Change(("components", component), "instances", count)


@driven
async def test_overlays_are_stepped_through_and_said_in_words(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        said = ("capacity in use", "worst open red flag", "bill", "sensitive class", "answers for", "Kind of each")
        for name, words in zip(("load", "risk", "cost", "data", "owner", "kind"), said, strict=True):
            await studio.press("o")
            assert studio.screen.look.overlay == name
            assert words in studio.text
        await studio.press("o")
        assert studio.screen.look.overlay == ""
        await studio.press("O", '"owner"', "enter")
        assert studio.screen.look.overlay == "owner"
        await studio.press("right")
        assert "marks: owner" in status(studio)


@driven
async def test_the_mouse_marks_by_a_rubber_band_and_by_shift(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        drawing = studio.screen.drawing
        api, db = drawing.place_of("api"), drawing.place_of("db")
        right, bottom = drawing.size.width - 3, drawing.size.height - 2
        await studio.pilot.mouse_down(drawing, offset=(right, bottom))
        await studio.pilot.hover(drawing, offset=(api.right - 2, api.y + 1))
        await studio.pilot.mouse_up(drawing, offset=(api.right - 2, api.y + 1))
        await studio.settle()
        assert "api" in studio.screen.marked
        await studio.pilot.click(drawing, offset=(right, bottom))
        await studio.settle()
        assert studio.screen.marked == ()
        await studio.pilot.click(drawing, offset=(api.x + 1, api.y + 1))
        await studio.settle()
        await studio.pilot.click(drawing, offset=(db.x + 1, db.y + 1), shift=True)
        await studio.settle()
        assert studio.screen.marked == ("api", "db")
        await studio.pilot.click(drawing, offset=(api.x + 1, api.y + 1), control=True)
        await studio.settle()
        assert studio.selected.startswith("connections.")


@driven
async def test_a_box_is_dragged_to_another_place(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        drawing = studio.screen.drawing
        mail, at = drawing.place_of("mail"), drawing.scene.boxes["mail"].rectangle
        await studio.pilot.mouse_down(drawing, offset=(mail.x + 2, mail.y + 1))
        await studio.pilot.hover(drawing, offset=(mail.x + 5, mail.y + 3))
        await studio.pilot.mouse_up(drawing, offset=(mail.x + 5, mail.y + 3))
        await studio.settle()
        assert studio.screen.session.design.component["mail"].at == (at.column + 3, at.row + 2)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.toml"
    boxes = "".join(f'[components.box-{n}]\nkind = "service"\n' for n in range(60))
    lines = "".join(f'[connections.c{n}]\nfrom = "box-{(n - 1) // 3}"\nto = "box-{n}"\n' for n in range(1, 60))
    path.write_text(f'format = 1\n[design]\nname = "Large"\n{boxes}{lines}', encoding="utf-8")
    return path


@driven
async def test_what_is_dragged_to_the_edge_scrolls_the_drawing(opened: Opened, large: Path) -> None:
    async with opened(large) as studio:
        drawing = studio.screen.drawing
        before, room = drawing.scroll_offset, drawing.scrollable_content_region
        box = drawing.place_of("box-0")
        await studio.pilot.mouse_down(drawing, offset=(box.x + 2, box.y + 1))
        await studio.pilot.hover(drawing, offset=(room.width - 1, 10))
        await studio.pilot.pause(0.3)
        assert drawing.scroll_offset.x > before.x
        await studio.press("escape")
        after = drawing.scroll_offset
        await studio.pilot.pause(0.2)
        assert drawing.scroll_offset == after
        assert not studio.screen.session.is_unsaved


@driven
async def test_a_large_drawing_has_a_map_on_a_wide_screen(opened: Opened, large: Path) -> None:
    async with opened(large, (200, 60)) as studio:
        drawing = studio.screen.drawing
        assert "▪" in studio.text
        studio.screen.select(("components", "box-59"))
        await studio.settle()
        assert "◆" in studio.text
        before = drawing.scroll_offset
        width = drawing.scrollable_content_region.width
        await studio.pilot.click(drawing, offset=(width - 4, 1))
        await studio.settle()
        assert drawing.scroll_offset != before
        assert studio.selected == "components.box-59"
        await studio.press("0")
        assert drawing.scroll_offset.y == 0


@pytest.mark.parametrize("keys", [
    ("v", "A", "m", "R", "y", "D", "ctrl+down", "g", "d", "r", "e", "a", "n", "N", "0", "c", "plus", "minus", "o", "p",
     "shift+left", "tab", "enter", "escape"),
])  # fmt: skip
@pytest.mark.parametrize("text", [
    'format = 1\n[design]\nname = "Empty"\n',
    'format = 1\n[design]\nname = "One"\n[components.api]\nkind = "service"\n',
])  # fmt: skip
@driven
async def test_no_key_fails_on_a_small_design(opened: Opened, tmp_path: Path, text: str, keys: tuple[str, ...]) -> None:
    path = tmp_path / "small.toml"
    path.write_text(text, encoding="utf-8")
    async with opened(path, (80, 24)) as studio:
        for key in keys:
            await studio.pilot.press(key)
            while studio.app.screen is not studio.screen:
                await studio.pilot.press("escape")
            await studio.pilot.press("escape", "down")
        await studio.settle()
        assert studio.app.return_code is None
