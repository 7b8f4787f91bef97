"""What is supposed: the slider, digits, losses; and the mode on the screen, which leaves the design as it is."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.conditions import conditions_of
from studio.model.behaviour import Scenario
from studio.tui.screens.picker import Picker
from studio.tui.what_if import STEPS, WhatIf, can_be_cold, of_scenario

Opened = Callable[..., Any]
Test = Callable[..., Coroutine[Any, Any, None]]


def driven(test: Test) -> Callable[..., None]:
    @wraps(test)
    def run(*args: object, **kwargs: object) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


# The supposition -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("load", "by", "expected"),
    [(1, 1, 2), (1, -1, 0.5), (2, 1, 5), (5, 1, 10), (3, 1, 5), (3, -1, 2), (100, 1, 100), (0.1, -1, 0.1)],
)
def test_the_slider_stops_at_one_two_five(load: float, by: int, expected: float) -> None:
    assert WhatIf(load).moved(by).load == expected


@pytest.mark.parametrize(
    ("keys", "load"),
    [("2", 2), ("25", 25), ("2.5", 2.5), ("10", 10), ("400", 100), (".5", 0.5), (".0", 0.1), ("2..5", 2.5), ("1.", 1)],
)
def test_digits_type_a_factor_within_bounds(keys: str, load: float) -> None:
    what = WhatIf()
    for character in keys:
        what = what.with_typed(character)
    assert what.load == load


def test_a_zero_alone_takes_everything_back() -> None:
    assert WhatIf(5, ("db",), ("cache",), zone_lost=True).with_typed("0") == WhatIf()


def test_a_digit_taken_back_leaves_the_factor_before_it() -> None:
    what = WhatIf().with_typed("2").with_typed("5").with_less_typed()
    assert (what.load, what.typed) == (2, "2")
    assert what.with_less_typed().load == 1


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (WhatIf(), "today's peak"),
        (WhatIf(10, ("db",), ("redis",)), "load ×10, down: db, cold: redis"),
        (WhatIf(down=("a", "b"), zone_lost=True), "down: a and b, one zone lost"),
        (WhatIf(2.5, typed="2.5"), "load ×2.5"),
    ],
)
def test_the_bar_says_what_is_supposed(what: WhatIf, words: str) -> None:
    assert what.words() == words


@given(
    st.builds(
        WhatIf,
        load=st.sampled_from(STEPS),
        down=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
        cold=st.lists(st.sampled_from("xyz"), unique=True).map(tuple),
        zone_lost=st.booleans(),
        typed=st.just(""),
    )
)
def test_a_scenario_supposes_again_what_was_kept(what: WhatIf) -> None:
    kept = what.scenario("kept")
    assert of_scenario(kept) == what
    assert conditions_of(kept) == what.conditions


@given(st.lists(st.sampled_from("abc")))
def test_killing_twice_revives(killed: list[str]) -> None:
    what = WhatIf()
    for component in [*killed, *reversed(killed)]:
        what = what.with_down(component)
    assert what.is_today


@pytest.mark.parametrize(("load", "place"), [(0.1, 0), (100, 15), (1, 5), (10, 10)])
def test_the_knob_stands_where_the_load_is(load: float, place: int) -> None:
    line = WhatIf(load).slider(16, ascii_only=True)
    assert (len(line), line.index("O"), line.isascii()) == (16, place, True)


def test_a_scenario_without_anything_is_today() -> None:
    assert of_scenario(Scenario.model_validate({"id": "s"})).is_today


# On the screen -------------------------------------------------------------------------------------------------------


def utilised(studio: Any, component: str) -> float:
    return float(studio.screen.view.analysis.estimates.components[component].utilisation)


@driven
async def test_supposing_changes_figures_and_leaves_the_design_alone(opened: Opened, shop: Path) -> None:
    shop.write_text(f'{shop.read_text()}[journeys.buy]\nshare = 1\nsteps = ["client-api", "api-db"]\n')
    async with opened(shop) as studio:
        design, text = studio.screen.session.design, shop.read_text(encoding="utf-8")
        before = utilised(studio, "api")
        await studio.press("w", "right", "right", "right")
        assert "what if: load ×10" in studio.text
        assert utilised(studio, "api") == pytest.approx(10 * before)
        assert any("p99" in line and "→" in line for line in studio.lines)
        studio.screen.select(("components", "db"))
        await studio.press("x")
        assert "down: db" in studio.text
        assert "db" in studio.screen.view.analysis.estimates.down
        await studio.press("w")
        assert "what if" not in "\n".join(studio.lines[:-1])
        assert utilised(studio, "api") == before
        session = studio.screen.session
        assert session.design is design
        assert not session.is_unsaved
        assert session.undo_label is None
        assert shop.read_text(encoding="utf-8") == text


@driven
async def test_a_factor_is_typed_and_zero_takes_it_back(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("w", "3", "0")
        assert studio.screen.supposed.load == 30
        assert studio.screen.focused is studio.screen.drawing
        await studio.press("right", "0")
        assert studio.screen.supposed.is_today
        assert "nothing is supposed" in studio.text


@driven
async def test_shift_and_arrows_walk_while_the_arrows_slide(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.press("w", "tab", "shift+down")
        assert studio.selected == "components.api"
        assert studio.screen.session.undo_label is None


@driven
async def test_only_caches_are_cold(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "db"))
        await studio.press("w", "c")
        assert "db is no cache" in studio.text
        assert not can_be_cold(studio.screen.session.design, "db")
        assert studio.screen.supposed.cold == ()


@driven
async def test_what_is_supposed_is_kept_as_a_scenario_in_one_step(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        await studio.press("w", "right", "x", "s", "ctrl+u", '"rush"', "enter")
        scenario = studio.screen.session.design.scenarios[0]
        assert (scenario.id, scenario.load, scenario.down) == ("rush", 2, ("mail",))
        assert len(studio.screen.session._history) == 1
        await studio.press("0", "p")
        assert isinstance(studio.app.screen, Picker)
        await studio.press("enter")
        assert studio.screen.supposed.words() == "load ×2, down: mail"
        await studio.press("escape", "u")
        assert studio.screen.session.design.scenarios == ()


@driven
async def test_what_is_edited_meanwhile_counts_under_the_supposition(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        await studio.press("w", "x")
        assert studio.screen.supposed.down == ("mail",)
        await studio.press("d")
        assert studio.screen.supposed.down == ()
        assert "mail" not in studio.screen.session.design.component
        assert studio.screen.session.undo_label == "delete mail"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@driven
async def test_the_bar_and_the_drawer_fit(opened: Opened, shop: Path, size: tuple[int, int]) -> None:
    async with opened(shop, size) as studio:
        studio.screen.select(("components", "db"))
        await studio.press("w", "right", "x")
        studio.screen.show_pane(5)
        await studio.settle()
        assert "what if: load ×2, down: db" in studio.text
        assert studio.screen.region.contains_region(studio.screen.estimates.region)
        assert all(not found.region.overlaps(studio.screen.query_one("#mode").region) for found in studio.screen.panes)


@driven
async def test_only_the_newest_supposition_is_shown(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        await studio.pilot.press("w", "right", "right", "right", "right", "right", "left")
        for _ in range(5):
            await studio.settle()
        assert studio.screen.view.analysis.conditions.load == 20
        assert not studio.screen.view.is_pending
        assert "load ×20" in studio.text
