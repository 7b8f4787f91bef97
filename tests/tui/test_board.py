"""The rows of the board: targets with margins, the table of components, what folds out below it, in both sets of
signs."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.estimates.conditions import Conditions
from studio.estimates.results import Figure, Target
from studio.files.loading import parse
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, fallen
from studio.tui.panes.component_rows import component_rows, load_bar
from studio.tui.panes.number_rows import Board, number_rows
from studio.tui.panes.signs import ASCII, UNICODE, Signs
from studio.tui.panes.target_rows import changed, margin_of, name_of, target_rows
from studio.tui.screens.explanation import Explained
from studio.tui.screens.mending import Mending
from studio.tui.view import View

Opened = Callable[..., Any]
Test = Callable[..., Coroutine[Any, Any, None]]

JOURNEY = """
[journeys.buy]
share = 1
steps = ["client-api", "api-db"]
p99 = "100 ms"
"""


def driven(test: Test) -> Callable[..., None]:
    @wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


def analysed(text: str, conditions: Conditions | None = None) -> Analysis:
    return Analysis(parse(text, "shop.toml"), shipped(), conditions=conditions or Conditions())


def seen(analysis: Analysis, today: Analysis | None = None) -> View:
    return View(analysis.design, analysis, None, (), today)


def text_of(rows: list[Row], columns: int = 60) -> str:
    lines = fallen(rows, columns)
    return "\n".join("".join(span.text for span in line.spans).rstrip() for line in lines)


# Parts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("margin", "words"), [(None, ""), (0.42, "+42 %"), (-0.12, "-12 %"), (0.0, "+0 %"), (-998.9, "< -999 %")]
)
def test_a_margin_is_a_share_of_what_is_allowed(margin: Figure, words: str) -> None:
    assert margin_of(margin) == words


@pytest.mark.parametrize(
    ("before", "now", "is_missed", "words"),
    [
        (212.0, 1900.0, False, "212 ms → 1.9 s"),
        (212.0, 212.0, False, "212 ms"),
        (212.0, None, True, "212 ms → overload"),
        (None, None, True, "overload"),
        (212.0, None, False, "212 ms → ?"),
    ],
)
def test_a_figure_says_what_becomes_of_it(before: Figure, now: Figure, is_missed: bool, words: str) -> None:
    assert changed("p99_ms", before, now, UNICODE, is_missed=is_missed) == words


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("p99_ms", "p99"), ("journeys.buy.p99_ms", "buy p99"), ("journeys.buy.availability", "buy avail"),
        ("recovery_time_minutes", "RTO"), ("cost_per_month", "cost"),
    ],
)  # fmt: skip
def test_targets_have_short_names(path: str, name: str) -> None:
    assert name_of(path) == name


@pytest.mark.parametrize(
    ("utilisation", "signs", "bar", "role"),
    [
        (0.5, UNICODE, "▇▇▇▇····  50%", "good"),
        (0.5, ASCII, "####....  50%", "good"),
        (0.9, UNICODE, "▇▇▇▇▇▇▇·  90%", "warning"),
        (2.64, UNICODE, "▇▇▇▇▇▇▇▇ 264%", "bad"),
        (99.0, ASCII, "######## >999%", "bad"),
        (None, UNICODE, "            ?", "faint"),
    ],
)
def test_a_bar_says_how_full_a_component_is(utilisation: float | None, signs: Signs, bar: str, role: str) -> None:
    assert load_bar(utilisation, signs) == (bar, role)


# The board -----------------------------------------------------------------------------------------------------------


def test_a_missed_target_says_what_would_make_it_pass(shop: Path) -> None:
    text = text_of(list(target_rows(seen(analysed(shop.read_text() + JOURNEY)), 60, UNICODE)))
    assert "✗ buy p99" in text
    assert "≤ 100 ms" in text
    assert "shorten the latency of api" in " ".join(text.split())


@pytest.mark.parametrize("columns", [30, 46, 60, 110])
def test_the_board_in_plain_characters_has_no_other_signs(shop: Path, columns: int) -> None:
    view = seen(analysed(shop.read_text() + JOURNEY))
    rows = number_rows(view, columns, Board(signs=ASCII))
    for row in rows:
        if row.key.startswith(("figure", "component:", "section")):
            text = "".join(span.text for span in (*row.spans, *row.right))
            assert text.replace("×", "x").isascii(), text


def test_what_is_supposed_stands_beside_what_is(shop: Path) -> None:
    text = shop.read_text() + JOURNEY.replace("100 ms", "1 s")
    today, then = analysed(text), analysed(text, Conditions(load=4.0))
    lines = text_of(list(target_rows(seen(then, today), 60, UNICODE))).splitlines()
    p99 = next(line for line in lines if "buy p99" in line)
    assert "→" in p99
    assert p99.startswith("✓")


def test_the_table_is_in_the_order_of_the_file_or_the_fullest_first(shop: Path) -> None:
    view = seen(analysed(shop.read_text()))
    named = [row.key for row in component_rows(view, 60, UNICODE) if row.can_be_chosen]
    assert named == ["component:client", "component:api", "component:db", "component:mail"]
    full = [row.key for row in component_rows(view, 60, UNICODE, by_load=True) if row.can_be_chosen]
    assert full[:2] == ["component:api", "component:db"]


def test_an_unfolded_component_shows_figures_that_explain_themselves(shop: Path) -> None:
    view = seen(analysed(shop.read_text()))
    keys = [row.key for row in component_rows(view, 60, UNICODE, unfolded=frozenset({"api"}))]
    assert "figure:components.api.p99_ms" in keys
    assert "figure:components.db.p99_ms" not in keys


def test_what_is_down_is_marked_in_words(shop: Path) -> None:
    analysis = analysed(shop.read_text() + JOURNEY, Conditions(down=frozenset({"db"})))
    _ = analysis.estimates.blast_radius, analysis.estimates.cascade
    text = text_of(number_rows(seen(analysis), 70))
    assert "✗ down" in text
    assert "stops: buy (100 % of requests)" in text


def test_a_section_is_shown_when_it_is_worked_out_and_not_before(shop: Path) -> None:
    view = seen(analysed(shop.read_text() + JOURNEY))
    board = Board().toggled("section:ladder")
    assert board.missing(view) == ("ladder",)
    assert "being worked out" in text_of(number_rows(view, 60, board))
    _ = view.analysis.estimates.ladder
    assert board.missing(view) == ()
    text = text_of(number_rows(view, 60, board))
    assert "▾ breaks first" in text
    assert "figure:ladder.0" in {row.key for row in number_rows(view, 60, board)}
    assert "holds until" in text


def test_growth_without_a_load_says_what_to_give() -> None:
    view = seen(analysed('format = 1\n[design]\nname = "x"\n[components.a]\nkind = "service"\n'))
    board = Board().toggled("section:growth")
    _ = view.analysis.estimates.growth
    assert "today's peak is not given" in text_of(number_rows(view, 60, board))


def test_no_key_stands_twice(shop: Path) -> None:
    view = seen(analysed(shop.read_text() + JOURNEY))
    board = Board(unfolded=frozenset({"section:ladder", "section:growth", "section:limits", "component:api"}))
    for section in board.missing(view):
        getattr(view.analysis.estimates, section)
    keys = [row.key for row in number_rows(view, 60, board)]
    assert len(keys) == len(set(keys))


def test_the_margin_of_the_engine_is_the_one_shown() -> None:
    assert margin_of(Target("p99_ms", 200.0, 150.0, True, None, 0.25).margin) == "+25 %"


# On the screen -------------------------------------------------------------------------------------------------------


@driven
async def test_the_ladder_folds_out_and_mends_after_a_look(opened: Opened, shop: Path) -> None:
    shop.write_text(shop.read_text() + JOURNEY)
    async with opened(shop) as studio:
        studio.screen.set_focus(studio.screen.estimates.numbers)
        studio.screen.estimates.numbers.point("section:ladder")
        await studio.press("enter")
        await studio.settle()
        rungs = studio.screen.view.analysis.estimates.ladder
        place = next(number for number, rung in enumerate(rungs) if rung.changes)
        studio.screen.estimates.numbers.point(f"figure:ladder.{place}")
        await studio.press("f")
        await studio.settle()
        assert isinstance(studio.app.screen, Mending)
        assert "in the file" in studio.text
        assert "figures before" in studio.text
        change = rungs[place].changes[0]
        await studio.press("enter")
        part = studio.screen.session.design.component[change.on.split(".")[1]]
        assert getattr(part, change.field) == change.after
        assert len(studio.screen.session._history) == 1
        assert studio.screen.session.undo_label == f"mend {rungs[place].subject}"


@driven
async def test_a_target_explains_itself_and_leads_on(opened: Opened, shop: Path) -> None:
    shop.write_text(shop.read_text() + JOURNEY)
    async with opened(shop) as studio:
        numbers = studio.screen.estimates.numbers
        studio.screen.set_focus(numbers)
        numbers.point("figure:journeys.buy.p99_ms")
        await studio.press("enter")
        assert isinstance(studio.app.screen, Explained)
        assert "wanted 100 ms" in studio.text
        assert "it would pass with" in studio.text
        further = studio.app.screen.query_one(LineList).cursor
        assert further is not None
        await studio.press("enter")
        assert isinstance(studio.app.screen, Explained)
        assert studio.app.screen.heading == further.removeprefix("figure:")


@pytest.mark.parametrize(
    ("selected", "figure"),
    [
        (None, "p99_ms"),
        (("components", "api"), "components.api.utilisation"),
        (("components", "mail"), "components.mail.p99_ms"),
        (("connections", "api-db"), "connections.api-db.peak_rps"),
    ],
)
@driven
async def test_equals_explains_the_main_figure(
    opened: Opened, shop: Path, selected: tuple[str, str] | None, figure: str
) -> None:
    async with opened(shop) as studio:
        studio.screen.select(selected)
        await studio.press("equals_sign")
        assert isinstance(studio.app.screen, Explained)
        assert studio.app.screen.heading == figure


@driven
async def test_the_table_is_sorted_within_its_pane(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.set_focus(studio.screen.estimates.numbers)
        await studio.press("s")
        assert studio.screen.estimates.board.by_load
        assert studio.screen.walk is None
        studio.screen.estimates.numbers.point("component:api")
        await studio.press("enter")
        assert studio.selected == "components.api"
        assert "figure:components.api.mean_ms" in {row.key for row in studio.screen.estimates.numbers.rows}


@driven
async def test_a_wide_screen_gives_the_targets_a_list_of_their_own(opened: Opened, shop: Path) -> None:
    async with opened(shop, (200, 60)) as studio:
        pane = studio.screen.estimates
        assert pane.judged.display
        assert any(row.key == "figure:p99_ms" for row in pane.judged.rows)
        assert not any(row.key == "figure:p99_ms" for row in pane.numbers.rows)
        assert len({pane.judged.region.x, pane.numbers.region.x, pane.flags.region.x}) == 3
