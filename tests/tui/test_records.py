"""The screen of records, driven by keys."""

from pathlib import Path
from typing import Any

import pytest

from studio.files.starting import sample_text
from studio.tui.screens.entry import Entry
from studio.tui.screens.page import Page
from studio.tui.screens.question import Question
from studio.tui.screens.records import RecordsScreen
from studio.tui.screens.trade_offs import TradeOffs
from tests.tui.driving import Opened, driven

MORE = """
[requirements.functional.buy]
priority = "must"
realised_by = ["buy"]
[journeys.buy]
name = "Buy a thing"
share = 0.5
steps = ["client-api", "api-db"]
p99 = "1 ms"
[decisions.store]
title = "Which store?"
about = ["db"]
chosen = "sql"
[decisions.store.options.sql]
pros = ["known"]
[decisions.store.options.files]
cons = ["no queries"]
[scenarios.mail-gone]
down = ["mail"]
expect = ["components.db.utilisation < 0.9"]
[scenarios.too-much]
load = 100
expect = ["components.db.utilisation < 0.5"]
"""


@pytest.fixture
def kept(shop: Path) -> Path:
    shop.write_text(shop.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    return shop


def design(studio: Any) -> Any:
    return studio.screen.session.design


def records(studio: Any) -> RecordsScreen:
    found = next(screen for screen in studio.app.screen_stack if isinstance(screen, RecordsScreen))
    assert isinstance(found, RecordsScreen)
    return found


async def section(studio: Any, name: str) -> None:
    """Opens the records of a section, with the keys on its records."""
    studio.screen.show_records((name,))
    await studio.settle()


@driven
async def test_f4_shows_sections_records_and_the_form_of_one_and_f4_leaves(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        await studio.press("f4")
        assert isinstance(studio.app.screen, RecordsScreen)
        for word in ("Journeys", "Risks", "Operations", "Buy a thing", "client → API", "1  client-api"):
            assert word in studio.text
        await studio.press("f4")
        assert studio.app.screen is studio.screen


@driven
async def test_a_journey_says_what_its_user_feels_against_its_targets(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        await section(studio, "journeys")
        figures = studio.screen.session.analysis.estimates.journeys["buy"]
        assert figures.p99_ms is not None
        assert any("p99" in line and "✗ ≤ 1 ms" in line for line in studio.lines)
        records(studio).form.rows.point("journeys.buy.p99_ms")
        await studio.press("tab", "enter")
        assert isinstance(studio.app.screen, Page)
        assert "journeys.buy.p99_ms" in studio.text


@driven
async def test_a_scenario_says_whether_it_holds_now(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        await section(studio, "scenarios")
        assert "✓ holds now" in studio.text
        await studio.press("down")
        assert "✗ does not hold now" in studio.text
        assert any("Scenarios" in line and "x1" in line for line in studio.lines)
        await studio.press("right")
        records(studio).form.rows.point("scenarios.too-much.load")
        await studio.press("enter", "ctrl+u", '"0.5"', "enter")
        assert design(studio).scenarios[1].load == pytest.approx(0.5)
        assert "✓ holds now" in studio.text


@driven
async def test_records_are_begun_copied_moved_renamed_and_deleted_each_in_one_step(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        await section(studio, "risks")

        def risks() -> list[str]:
            return [risk.id for risk in design(studio).risks]

        steps = [
            (("n", '"vendor"', "enter"), ["vendor"]),
            (("escape", "D"), ["vendor", "vendor-2"]),
            (("f2", "ctrl+u", '"people"', "enter"), ["vendor", "people"]),
            (("shift+up",), ["people", "vendor"]),
            (("d",), ["vendor"]),
        ]
        for keys, left in steps:
            await studio.press(*keys)
            assert risks() == left
        for _, left in reversed(steps[:-1]):
            await studio.press("u")
            assert risks() == left
        await studio.press("u", "U")
        assert risks() == ["vendor"]
        assert records(studio).record == ("risks", "vendor")


@driven
async def test_a_new_id_is_judged_before_it_is_taken(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        await section(studio, "journeys")
        await studio.press("n")
        assert "what everything else names it by" in studio.text
        await studio.press('"buy"', "enter")
        assert isinstance(studio.app.screen, Entry)
        assert "exists already" in studio.text
        await studio.press("ctrl+u", '"Not so"', "enter")
        assert "lower-case" in studio.text
        await studio.press("escape")
        assert len(design(studio).journeys) == 1


@driven
async def test_what_a_record_must_have_is_asked_for_at_once(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        await section(studio, "accepted")
        await studio.press("n", '"single"', "tab", '"REL001"', "tab", '"known"', "tab", '"Ada"', "enter")
        found = design(studio).accepted[0]
        assert (found.id, found.flag, found.why, found.by) == ("single", "REL001", "known", "Ada")
        assert len(studio.screen.session._history) == 1


@driven
async def test_renaming_a_journey_is_followed_by_what_names_it(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        await section(studio, "journeys")
        await studio.press("f2", "ctrl+u", '"purchase"', "enter")
        assert design(studio).requirements.functional[0].realised_by == ("purchase",)
        await studio.press("right", "home", "down", "down", "down", "down", "f2", "ctrl+u", '"checkout"', "enter")
        assert design(studio).requirements.functional[0].realised_by == ("checkout",)
        assert records(studio).record == ("journeys", "checkout")


@driven
async def test_steps_are_chosen_from_the_connections_and_put_in_order(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        studio.screen.show_records(("journeys", "buy", "steps"))
        await studio.settle()
        await studio.press("n")
        assert "api-mail" in studio.text
        await studio.press('"api-m"', "down", "enter", "enter")
        assert design(studio).journeys[0].steps == ("client-api", "api-db", "api-mail")
        records(studio).form.rows.point("journeys.buy.steps#2")
        await studio.press("shift+up")
        assert design(studio).journeys[0].steps == ("client-api", "api-mail", "api-db")
        await studio.press("d")
        assert design(studio).journeys[0].steps == ("client-api", "api-db")
        assert len(studio.screen.session._history) == 3


@driven
async def test_t_shows_the_options_side_by_side_and_enter_chooses_one(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        await section(studio, "decisions")
        await studio.press("t")
        assert isinstance(studio.app.screen, TradeOffs)
        assert any("+ known" in line for line in studio.lines)
        assert "✓ chosen" in studio.text
        await studio.press("right", "enter")
        assert design(studio).decisions[0].chosen == "files"
        await section(studio, "scenarios")
        await studio.press("t")
        assert "this is none" in studio.text


@driven
async def test_every_flag_and_question_leads_to_a_form(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        studio.screen.go_to(("decisions", "store", "why"))
        await studio.settle()
        assert records(studio).form.rows.cursor == "decisions.store.why"
        studio.screen.go_to(("operations", "alerting"))
        await studio.settle()
        assert records(studio).form.rows.cursor == "operations.alerting"
        await studio.press("enter", '"pager"', "ctrl+s")
        assert design(studio).operations.alerting == "pager"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (40, 12)])
@driven
async def test_every_section_shows_at_every_size(opened: Opened, tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "url_shortener.toml"
    path.write_text(sample_text("url_shortener"), encoding="utf-8")
    async with opened(path, size) as studio:
        await studio.press("f4")
        screen = records(studio)
        columns = [screen.query_one(f"#{name}") for name in ("sections", "records", "record")]
        for name in ("journeys", "decisions", "accepted", "operations"):
            studio.screen.show_records((name,))
            await studio.press(*(() if name == "operations" else ("enter",)))
            shown = [column for column in columns if column.display]
            assert len(shown) == (3 if size[0] >= 110 else 1)
            assert all(screen.region.contains_region(column.region) for column in shown)
            assert screen.form.rows.has_focus
            assert len(screen.form.rows.rows) > 1
        await studio.press("escape", "escape")
        assert screen.sections.has_focus
        await studio.press("escape")
        assert studio.app.screen is studio.screen


@driven
async def test_saving_and_quitting_work_here_too(opened: Opened, kept: Path) -> None:
    async with opened(kept) as studio:
        await section(studio, "scenarios")
        await studio.press("d", "ctrl+s")
        assert "mail-gone" not in kept.read_text(encoding="utf-8")
        assert not studio.screen.session.is_unsaved
        await studio.press("d", "ctrl+q")
        assert isinstance(studio.app.screen, Question)
        await studio.press("c", "question_mark", "escape", "f4")
        assert studio.app.screen is studio.screen
