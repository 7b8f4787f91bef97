"""The options of a decision compared: figures of real variants, and the weights at which the winner changes."""

import tomllib
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.comparing import weighing
from studio.comparing.options import variants
from studio.comparing.weighing import CRITERIA, Matrix, matrix
from studio.edits.edit import Remove, Rename, applied
from studio.errors import InvalidDesign
from studio.files.loading import parse
from studio.model.design import Design

SHOP = """\
format = 1
[design]
name = "Shop"
[requirements.scale]
daily_active_users = 100_000
requests_per_user_per_day = 86.4
peak_factor = 1
[components.web]
kind = "client"
[components.api]
kind = "service"
capacity_rps = 50
instances = 4
latency = "20 ms"
availability = 0.99
cost_per_month = 70
effort = "2 weeks"
[components.cache]
kind = "cache"
capacity_rps = 1000
latency = "1 ms"
availability = 0.999
cost_per_month = 50
effort = "1 week"
[connections.web-api]
from = "web"
to = "api"
[connections.api-cache]
from = "api"
to = "cache"
[journeys.buy]
steps = ["web-api", "api-cache"]
[decisions.size]
chosen = "four"
weights = { cost = 1, availability = 1 }
[decisions.size.options.four]
set = ["components.api.instances = 4"]
[decisions.size.options.three]
set = ["components.api.instances = 3"]
[decisions.size.options.bare]
name = "No cache"
without = ["cache"]
[decisions.size.options.words]
pros = ["nobody knows"]
"""


def analysis(text: str = SHOP) -> Analysis:
    design = Design.model_validate(tomllib.loads(text))
    return Analysis(design, shipped(), today=date(2026, 11, 21))


def compared(text: str = SHOP) -> Matrix:
    found = analysis(text)
    return matrix(found, found.design.decisions[0])


def test_each_option_has_the_figures_of_the_design_it_would_make() -> None:
    figures = {row.variant.id: row.figures for row in compared().rows}
    assert figures["four"]["cost"] == 4 * 70 + 50
    assert figures["three"]["cost"] == 3 * 70 + 50
    assert figures["bare"]["cost"] == 4 * 70
    assert (figures["four"]["effort"], figures["bare"]["effort"]) == (3, 2)
    assert figures["three"]["availability"] < figures["four"]["availability"] < figures["bare"]["availability"]  # type: ignore[operator] # they are known
    assert figures["words"] == dict.fromkeys(CRITERIA)


def test_the_chosen_option_is_the_design_as_it_stands() -> None:
    found = analysis()
    (chosen,) = (variant for variant in variants(found, found.design.decisions[0]) if variant.is_chosen)
    assert chosen.analysis is found
    assert chosen.differs == ()


STALE = [
    ("instances = 4\nlat", "instances = 5\nlat", "components.api.instances is 5, and the chosen option says 4"),
    ("instances = 4\nlat", "lat", "components.api.instances is not given, and the chosen option says 4"),
    ('set = ["components.api.instances = 4"]', 'without = ["cache"]', "components.cache is there"),
]


@pytest.mark.parametrize(("old", "new", "said"), STALE)
def test_a_design_that_does_not_follow_its_decision_is_told(old: str, new: str, said: str) -> None:
    assert any(said in note for note in compared(SHOP.replace(old, new, 1)).notes)


def test_an_equal_value_written_another_way_is_followed() -> None:
    text = SHOP.replace('"components.api.instances = 4"', "'components.api.latency = \"0.02 s\"'")
    assert not [note for note in compared(text).notes if "chosen option" in note]


def test_an_option_that_says_nothing_says_what_is_missing() -> None:
    assert "words: nothing says what it changes: give decisions.size.options.words.set or without" in compared().notes


def test_flags_that_come_and_go_stand_beside_the_chosen_option() -> None:
    rows = {row.variant.id: row for row in compared().rows}
    assert (rows["four"].new, rows["four"].resolved) == ((), ())
    assert any("cache" in flag for flag in rows["bare"].resolved)


def test_the_winner_and_the_weights_at_which_it_changes_are_exact() -> None:
    found = compared()
    cheap = (330 - 280) / (330 - 260)
    assert found.winner == "bare"
    assert found.scores["bare"] == pytest.approx((cheap + 1) / 2)
    assert found.scores["three"] == pytest.approx(1 / 2)
    (turn,) = (turn for turn in found.turns if turn.criterion == "cost")
    assert (turn.winner, turn.is_above) == ("three", True)
    assert turn.at == pytest.approx(1 / (1 - cheap)), "3.5 × cheap + 1 = 3.5 × 1"


def test_an_unknown_figure_with_a_weight_has_no_score_and_says_which_field() -> None:
    text = SHOP.replace('effort = "1 week"\n', "").replace("cost = 1,", "effort = 1,")
    found = compared(text.replace('[components.cache]\nkind = "cache"', '[components.cache]\nkind = "service"'))
    assert "four" not in found.scores
    assert any("components.cache.effort is not given" in note and "no score" in note for note in found.notes)


def test_without_weights_nobody_wins() -> None:
    found = compared(SHOP.replace("weights = { cost = 1, availability = 1 }\n", ""))
    assert (found.winner, found.scores, found.turns) == (None, {}, ())


# Laws --------------------------------------------------------------------------------------------------------------

NAMES = ("cost", "p99", "flags")
MERITS = st.dictionaries(
    st.sampled_from("abcd"), st.fixed_dictionaries({name: st.integers(0, 8).map(lambda n: n / 8) for name in NAMES}),
    min_size=2, max_size=4,
)  # fmt: skip
WEIGHTS = st.fixed_dictionaries({name: st.integers(1, 9).map(float) for name in NAMES})


def _winners(merits: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> set[str]:
    sums = {id_: sum(weights[name] * merit[name] for name in weights) for id_, merit in merits.items()}
    return {id_ for id_, value in sums.items() if value >= max(sums.values()) - 1e-9}


@settings(max_examples=100)
@given(MERITS, WEIGHTS)
def test_up_to_a_turn_the_winner_wins_and_beyond_it_the_other_does(
    merits: dict[str, dict[str, float]], weights: dict[str, float]
) -> None:
    (winner, *others) = sorted(_winners(merits, weights))
    assume(not others)
    turns = list(weighing._turns(merits, weights, winner))
    for turn in turns:
        between = {**weights, turn.criterion: (turn.at + weights[turn.criterion]) / 2}
        assert winner in _winners(merits, between)
        assert {winner, turn.winner} <= _winners(merits, {**weights, turn.criterion: turn.at})
        step = 1e-3 if turn.is_above else -1e-3 * turn.at
        assert winner not in _winners(merits, {**weights, turn.criterion: turn.at + step})
    for name in NAMES:
        known = {turn.is_above for turn in turns if turn.criterion == name}
        if True not in known:
            assert winner in _winners(merits, {**weights, name: 1e6})
        if False not in known:
            assert winner in _winners(merits, {**weights, name: 0.0})


# What an option may say --------------------------------------------------------------------------------------------

REFUSED = [
    ("components.apx.instances = 3", "apx"),
    ("components.api.instnces = 3", "did you mean instances?"),
    ("components.api.instances = 0", "at least 1"),
    ("components.api.instances = 2.5", "whole number"),
    ("components.api.latency = 20", "unit"),
    ("components.api.kind = 'servce'", "service"),
    ("components.api.deploy = 1", "no field deploy"),
    ("components.api = 1", "components.api"),
    ("requirements.scale.growth = 3", "not of requirements"),
    ("design.name = 'x'", "not of design"),
    ("connections.web-api.to = 'cache'", "names other parts"),
    ("journeys.buy.steps = []", "names other parts"),
    ("instances = 3", "write it like"),
    ("components.api.instances", "write a field and its value"),
    ("components.api = { instances = 3, zones = 2 }", "one field"),
    ("", "write it like"),
    ("a.b.c.d.e.f = 1", "write it like"),
]


@pytest.mark.parametrize(("line", "said"), REFUSED)
def test_a_line_that_sets_nothing_is_told_at_its_line_when_the_file_is_read(line: str, said: str) -> None:
    text = SHOP.replace('"components.api.instances = 3"', repr(line) if "'" not in line else f'"{line}"')
    with pytest.raises(InvalidDesign) as refused:
        parse(text, "shop.toml")
    (problem,) = refused.value.problems
    assert said in str(problem)
    assert text.splitlines()[problem.line - 1].startswith("set = ")


def test_without_names_parts_that_are_there() -> None:
    with pytest.raises(InvalidDesign, match="cach"):
        parse(SHOP.replace('without = ["cache"]', 'without = ["cach"]'), "shop.toml")


def test_a_renamed_part_is_followed_and_a_deleted_one_leaves_no_line_behind() -> None:
    design = Design.model_validate(tomllib.loads(SHOP))
    renamed = applied(Rename(("components", "api"), "shop"), design)
    assert renamed.decisions[0].options[1].settings == ("components.shop.instances = 3",)
    gone = applied(Remove(("components", "api")), design)
    assert gone.decisions[0].options[1].settings == ()
    assert applied(Remove(("components", "cache")), design).decisions[0].options[2].without == ()
