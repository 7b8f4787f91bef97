"""The studio, driven as a person drives it."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.widgets import Input

from studio.files.starting import sample_text
from studio.tui.canvas.words import Carrying
from studio.tui.forms.editor import FieldEditor
from studio.tui.panes.pane import Pane
from studio.tui.screens.applying import ApplyPattern
from studio.tui.screens.picker import Picker
from studio.tui.screens.question import Question

Opened = Callable[..., Any]
"""Opens the studio on a file; the fixture says more."""
Test = Callable[..., Coroutine[Any, Any, None]]


def driven(test: Test) -> Callable[..., None]:
    """Runs an asynchronous test without a plugin."""

    @wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


@driven
async def test_a_sample_opens_with_its_drawing_and_its_figures(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "url_shortener.toml"
    path.write_text(sample_text("url_shortener"), encoding="utf-8")
    async with opened(path) as studio:
        assert "Load Balancer" in studio.text
        assert "daily active use" in studio.text
        assert "p99 " in studio.lines[-2]


@driven
async def test_a_pattern_found_by_search_changes_flags_and_figures_and_undo_takes_it_back(
    opened: Opened, shop: Path
) -> None:
    async with opened(shop) as studio:
        before = studio.flags()
        await studio.press("1", "slash", '"circuit"')
        assert "Circuit breaker" in studio.text
        await studio.press("enter")
        assert isinstance(studio.app.screen, ApplyPattern)
        await studio.press('"api-mail"', "tab", "enter")
        assert "circuit-breaker" in {record.use for record in studio.screen.session.design.patterns}
        assert studio.flags() != before
        assert studio.screen.session.undo_label == "apply Circuit breaker"
        await studio.press("u")
        assert studio.flags() == before
        assert not studio.screen.session.is_unsaved


@driven
async def test_a_pattern_is_carried_by_keys_onto_what_it_fits(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("1", "slash", '"bulkhead"', "escape")
        studio.screen.catalogue.entries.point("pattern:bulkhead")
        await studio.press("m")
        mode = studio.screen.drawing.mode
        assert isinstance(mode, Carrying)
        assert mode.cargo.fits
        assert all(kind == "connections" for kind, _ in mode.cargo.fits)
        assert "Bulkhead" in studio.text
        first = mode.over
        await studio.press("tab")
        assert isinstance(studio.screen.drawing.mode, Carrying)
        assert studio.screen.drawing.mode.over != first
        await studio.press("enter", "enter")
        assert [record.use for record in studio.screen.session.design.patterns] == ["bulkhead"]
        assert len(studio.screen.session._history) == 1


@driven
async def test_escape_puts_a_carried_pattern_back(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.catalogue.entries.point("pattern:bulkhead")
        studio.screen.show_pane(1)
        await studio.press("space", "escape")
        assert not isinstance(studio.screen.drawing.mode, Carrying)
        assert not studio.screen.session.is_unsaved


@driven
async def test_a_pattern_is_dragged_by_mouse(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        entries, drawing = studio.screen.catalogue.entries, studio.screen.drawing
        row = next(i for i, found in enumerate(entries.rows) if found.key == "pattern:cache-aside")
        target = drawing.place_of("api")
        assert target is not None
        await studio.pilot.mouse_down(entries, offset=(4, row - round(entries.scroll_y)))
        await studio.pilot.hover(drawing, offset=(target.x + 1, target.y + 1))
        assert isinstance(studio.screen.drawing.mode, Carrying)
        assert studio.screen.drawing.mode.over == ("components", "api")
        await studio.pilot.mouse_up(drawing, offset=(target.x + 1, target.y + 1))
        await studio.settle()
        assert isinstance(studio.app.screen, ApplyPattern), studio.lines[-2]
        assert "it brings" in studio.text
        await studio.press("enter")
        assert "cache-aside" in {record.use for record in studio.screen.session.design.patterns}


@driven
async def test_a_bad_value_is_never_applied(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("down", "down", "4")
        studio.screen.inspector.form.rows.point("components.api.latency")
        await studio.press("enter")
        entry = studio.screen.inspector.query_one(FieldEditor).query_one(Input)
        assert entry.value == "20 ms"
        await studio.press("ctrl+u", '"fast"')
        assert "✗" in studio.text
        await studio.press("enter")
        assert studio.screen.session.design.component["api"].latency == pytest.approx(0.02)
        await studio.press("ctrl+u", '"30"', "space", '"ms"', "enter")
        assert studio.screen.session.design.component["api"].latency == pytest.approx(0.03)
        assert studio.screen.session.undo_label == "latency of api"


@driven
async def test_deleting_a_box_is_one_step(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        await studio.press("d")
        assert "mail" not in studio.screen.session.design.component
        assert "api-mail" not in studio.screen.session.design.connection
        assert studio.screen.selection is None
        await studio.press("ctrl+z")
        assert "api-mail" in studio.screen.session.design.connection


@driven
async def test_saving_keeps_every_comment(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("b", '"Cache"', "tab", '"cache"', "enter")
        assert studio.selected == "components.cache"
        assert "*" in studio.lines[0]
        await studio.press("ctrl+s")
        assert "*" not in studio.lines[0]
    text = shop.read_text(encoding="utf-8")
    for comment in ("# The shop, as discussed on Monday.", "# from the campaign", "# one primary"):
        assert comment in text
    assert "[components.cache]" in text


@driven
async def test_saving_over_a_file_somebody_changed_asks_first(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        await studio.press("d")
        shop.write_text(shop.read_text(encoding="utf-8") + "# by somebody else\n", encoding="utf-8")
        await studio.press("ctrl+s")
        assert isinstance(studio.app.screen, Question)
        assert "by somebody else" in shop.read_text(encoding="utf-8")
        await studio.press("r")
        assert "mail" in studio.screen.session.design.component


@driven
async def test_quitting_asks_when_something_is_unsaved(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        await studio.press("d", "q")
        assert isinstance(studio.app.screen, Question)
        await studio.press("c")
        assert studio.app.screen is studio.screen
        await studio.press("u", "q")
        assert studio.app.return_code == 0


@driven
async def test_hostile_names_are_shown_as_they_are(opened: Opened, shop: Path) -> None:
    names = ["[/", "[@click=app.quit]x[/]", "[type=x, v={'a[0]'}]", "用户 👩‍👩‍👧", "a" * 300]
    text = shop.read_text(encoding="utf-8")
    for number, name in enumerate(names):
        text += f'[components.h{number}]\nname = "{name}"\nkind = "service"\npurpose = "{name}"\n'
    shop.write_text(text, encoding="utf-8")
    async with opened(shop) as studio:
        for number, name in enumerate(names[:4]):
            studio.screen.select(("components", f"h{number}"))
            await studio.press("4")
            assert name[:12] in studio.text
            await studio.press("2", "f2", "enter")
            assert studio.screen.session.design.component[f"h{number}"].name == name
            await studio.press("ctrl+p", "escape", "question_mark", "escape")
        assert studio.app.return_code is None


@driven
async def test_the_palette_does_what_it_says(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("ctrl+p", '"go"', "space", '"to"', "space", '"Orders"')
        assert isinstance(studio.app.screen, Picker)
        await studio.press("enter")
        assert studio.selected == "components.db"
        await studio.press("colon", '"zoom"', "enter")
        assert [pane.display for pane in studio.screen.panes] == [False, True, False, False, False]


@driven
async def test_help_lists_the_keys_of_the_focused_pane(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("question_mark")
        assert "Connect the box" in studio.text
        await studio.press("escape", "1", "question_mark")
        assert "Pick the pattern up" in studio.text
        assert "Connect the box" not in studio.text


@driven
async def test_a_figure_says_where_it_comes_from_and_how_sure_it_is(opened: Opened, shop: Path) -> None:
    shop.write_text(shop.read_text().replace("capacity_rps = 200", "capacity_rps = [100, 300]"))
    async with opened(shop) as studio:
        studio.screen.explain("components.api.utilisation")
        await studio.settle()
        assert "components.api.utilisation = 20 %" in studio.text
        assert "in 90 of 100 cases between 12 % and 35 %" in studio.text
        assert "hangs on components.api.capacity_rps: rank correlation -1.00" in studio.text
        assert "utilisation law; Lazowska" in studio.text


@driven
async def test_a_call_shows_its_patience_and_a_box_what_else_runs_out(opened: Opened, shop: Path) -> None:
    text = shop.read_text().replace('to = "db"', 'to = "db"\ntimeout = "300 ms"\nattempts = 2')
    shop.write_text(text.replace("workers = 8", "workers = 8\npool_size = 10"))
    async with opened(shop) as studio:
        studio.screen.select(("connections", "api-db"))
        await studio.settle()
        assert any("patience" in line and "300 ms" in line for line in studio.lines)
        assert any("retries" in line and "safe" in line for line in studio.lines)
        studio.screen.select(("components", "api"))
        await studio.settle()
        assert any("pool size → db" in line for line in studio.lines)


@driven
async def test_keys_that_come_all_at_once_reach_what_they_are_meant_for(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        for key in ("1", "slash", *"bulkhead", "enter"):
            studio.app.post_message(Key(key, key if len(key) == 1 else None))
        for _ in range(20):
            await studio.settle()
        assert isinstance(studio.app.screen, ApplyPattern)
        assert studio.app.screen.heading == "Apply Bulkhead"


@driven
async def test_a_list_of_ids_is_ticked_and_a_new_entry_is_named(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        form = studio.screen.requirements.form
        studio.screen.go_to(("requirements", "functional"))
        await studio.settle()
        form.rows.point("add:requirements.functional")
        await studio.press("enter", '"X"', "enter")
        assert not studio.screen.session.design.requirements.functional
        await studio.press("ctrl+u", '"pay"', "enter")
        studio.screen.go_to(("requirements", "functional", "pay", "realised_by"))
        await studio.press("enter", "space", "d", "escape")
        assert studio.screen.session.design.requirements.functional[0].realised_by == ("client",)


@driven
async def test_boxes_are_connected_by_letter(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "db"))
        await studio.press("a", "right")
        letters = studio.screen.drawing.words_of_mode()
        assert "connect db" in letters
        await studio.press("escape", "a", "a")
        assert len(studio.screen.session.design.connections) == 4
        assert studio.selected.startswith("connections.db-")


@driven
async def test_moving_a_box_by_hand_is_one_step(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        at = studio.screen.drawing.scene.boxes["mail"].rectangle
        await studio.press("shift+right", "shift+right", "shift+down")
        assert studio.screen.session.design.component["mail"].at == (at.column + 2, at.row + 1)
        await studio.press("u")
        assert studio.screen.session.design.component["mail"].at is None


@driven
async def test_a_flag_is_accepted_with_a_reason(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("f3", "5")
        finding = studio.screen.finding(str(studio.screen.estimates.flags.cursor))
        assert finding is not None
        before = len(studio.flags())
        await studio.press("A", '"known"', "enter", '"Ada"', "enter", "enter")
        accepted = studio.screen.session.design.accepted
        assert [(a.flag, a.why, a.by) for a in accepted] == [(finding.rule.id, "known", "Ada")]
        assert len(studio.flags()) == before - 1


@driven
async def test_a_broken_file_is_shown_with_its_problems_and_left_alone(opened: Opened, shop: Path) -> None:
    broken = shop.read_text(encoding="utf-8").replace("capacity_rps = 200", "capacity_rp = 200")
    shop.write_text(broken, encoding="utf-8")
    async with opened(shop) as studio:
        assert "cannot be read" in studio.text
        assert "capacity_rps" in studio.text
        assert shop.read_text(encoding="utf-8") == broken
        shop.write_text(broken.replace("capacity_rp ", "capacity_rps "), encoding="utf-8")
        await studio.press("r")
        assert "Orders" in studio.text


@driven
async def test_without_a_file_the_samples_are_offered(opened: Opened, tmp_path: Path) -> None:
    async with opened(None) as studio:
        assert "URL shortener" in studio.text
        studio.app.screen.query_one("LineList").point("sample:url_shortener")
        await studio.press("enter")
        assert studio.screen.session.path == tmp_path / "url_shortener.toml"
        assert studio.screen.session.is_unsaved


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (20, 5)])
@driven
async def test_panes_neither_overlap_nor_stick_out(opened: Opened, shop: Path, size: tuple[int, int]) -> None:
    async with opened(shop, size) as studio:
        shown = [pane for pane in studio.screen.query(Pane) if pane.display]
        assert len(shown) == (5 if size[0] >= 110 else 1)
        whole = studio.screen.region
        for pane in shown:
            assert whole.contains_region(pane.region)
            assert all(other is pane or not pane.region.overlaps(other.region) for other in shown)
        for number in "13452":
            await studio.press(number)
            pane = studio.screen.panes[int(number) - 1]
            assert pane.display
            assert pane.has_focus_within
            assert whole.contains_region(pane.region)
