"""Exports, the start screen and the tour, as seen on the screen."""

import shutil
from pathlib import Path

import pytest
from textual.widgets import Input

from studio.edits.edit import Change
from studio.files.recent import never_saved, recent, remember
from studio.tui.exporting import Export, offered
from studio.tui.lines.line_list import LineList
from studio.tui.screens.export import ExportDialog
from studio.tui.screens.recovered import Recovered
from studio.tui.screens.start import Start
from studio.tui.screens.studio import StudioScreen
from tests.tui.driving import Opened, driven

# Exporting -----------------------------------------------------------------------------------------------------


@driven
async def test_an_export_is_seen_before_it_is_written_beside_the_design(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("f9")
        dialog = studio.app.screen
        assert isinstance(dialog, ExportDialog)
        dialog.query_one("#formats", LineList).point("format:markdown")
        await studio.settle()
        assert "# Shop" in studio.text
        assert str(shop.with_suffix(".md"))[-12:] in dialog.query_one("#place", Input).value
        await studio.press("enter")
    assert "# Shop" in shop.with_suffix(".md").read_text()


@driven
async def test_an_option_changes_what_is_seen(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("f9")
        before = studio.app.screen.query_one("#seen", LineList).rows
        studio.app.screen.query_one("#formats", LineList).point("option:direction")
        await studio.press("right")
        assert "left to right" in studio.text
        assert studio.app.screen.query_one("#seen", LineList).rows != before


@driven
async def test_an_export_replaces_a_file_only_when_that_is_wanted(opened: Opened, shop: Path) -> None:
    there = shop.with_suffix(".txt")
    there.write_text("kept")
    async with opened(shop) as studio:
        await studio.press("f9", "enter")
        assert "exists already" in studio.text
        await studio.press("enter")
        assert there.read_text() == "kept"
        await studio.press("f9", "enter", "o")
        assert "┌" in there.read_text()


@pytest.mark.parametrize("format_", [name for name, _ in offered()])
def test_every_format_says_in_a_line_what_it_is_and_takes_options_that_exist(format_: str, shop: Path) -> None:
    export = Export(format_)
    assert dict(offered())[format_]
    for option in export.takes:
        assert export.next(option).said(option) != export.said(option)
    assert export.path(shop) != shop


# Beginning -----------------------------------------------------------------------------------------------------


@driven
async def test_recent_files_are_offered_and_missing_ones_taken_off_the_list(opened: Opened, shop: Path) -> None:
    remember(shop.with_name("gone.toml"))
    async with opened(shop) as studio:
        assert isinstance(studio.app.screen, StudioScreen)
    assert recent() == (shop, shop.with_name("gone.toml"))
    async with opened(None) as studio:
        assert isinstance(studio.app.screen, Start)
        assert "gone   " in studio.text
        studio.app.screen.query_one(LineList).point(f"recent:{shop.with_name('gone.toml')}")
        await studio.press("enter")
        assert "gone.toml is gone" in studio.text
        await studio.press("d")
        assert recent() == (shop,)
        await studio.press("enter")
        assert studio.screen.session.path == shop


@driven
async def test_a_design_that_was_never_saved_is_offered_again(opened: Opened, tmp_path: Path) -> None:
    async with opened(None) as studio:
        studio.app.screen.query_one(LineList).point("sample:url_shortener")
        await studio.press("enter")
        studio.screen.session.do(Change(("design",), "name", "Mine"))
    assert [path.name for path, _ in never_saved()] == ["url_shortener.toml"]
    async with opened(None) as studio:
        assert "Never saved" in studio.text
        await studio.press("enter")
        assert isinstance(studio.app.screen, Recovered)
        await studio.press("enter")
        assert studio.screen.session.design.design.name == "Mine"


@driven
async def test_a_copy_of_a_sample_nobody_touched_is_left_without_a_question(opened: Opened) -> None:
    async with opened(None) as studio:
        studio.app.screen.query_one(LineList).point("sample:url_shortener")
        await studio.press("enter", "q")
        assert studio.app.return_code == 0
    assert never_saved() == ()


@driven
async def test_a_drawing_is_imported_from_the_start_screen(opened: Opened, tmp_path: Path) -> None:
    drawing = tmp_path / "drawing.txt"
    drawing.write_text("+-----+     +----+\n| Web |---->| DB |\n+-----+     +----+\n")
    async with opened(None) as studio:
        await studio.press("i")
        studio.app.screen.query_one("#line-format", Input).value = "ascii"
        studio.app.screen.query_one("#line-file", Input).value = str(drawing)
        studio.app.screen.query_one("#line-path", Input).value = str(tmp_path / "new.toml")
        await studio.press("enter", "enter", "enter")
        assert len(studio.screen.session.design.components) == 2
    assert "# What it does not say yet:" in (tmp_path / "new.toml").read_text()


@driven
async def test_the_first_time_a_sample_opens_with_the_tour(opened: Opened, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "state")
    async with opened(None) as studio:
        assert "Tour 1 of 6" in studio.text
        assert not (tmp_path / "url_shortener.toml").exists()
        await studio.press("escape")
        assert "Tour" not in studio.text
        await studio.press("shift+f7")
        assert "Tour 1 of 6" in studio.text
    async with opened(None) as studio:
        assert isinstance(studio.app.screen, Start)


@driven
async def test_each_step_of_the_tour_notices_that_it_was_done(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        screen = studio.screen
        await studio.press("shift+f7", "b", '"Cache"', "tab", '"cache"', "enter")
        assert "Tour 2 of 6" in studio.text
        await studio.press("a", "s")
        assert "Tour 3 of 6" in studio.text
        screen.select(("components", "mail"))
        await studio.press("2", "shift+right")
        assert "Tour 4 of 6" in studio.text
        screen.do(Change(("requirements", "performance"), "p99", "300 ms"))
        await studio.settle()
        assert "Tour 5 of 6" in studio.text
        await studio.press("f3")
        screen.tell("")
        await studio.settle()
        assert "Tour 6 of 6" in studio.text
        await studio.press("ctrl+s")
        screen.tell("")
        await studio.settle()
        assert "That was the tour" in studio.text
