"""Targets, rungs, growth, losses and ranges explain themselves as figures do."""

from collections.abc import Callable

import pytest

from studio.estimates.engine import Estimates
from studio.estimates.explaining.explain import UnknownFigure, explain
from studio.estimates.explaining.explanation import Explanation
from studio.model.design import Design

Estimated = Callable[..., Estimates]

_SHOP = """
[requirements.scale]
daily_active_users = [50, 200]
requests_per_user_per_day = 86_400
peak_factor = 1
growth = 4
[requirements.performance]
p99 = "200 ms"
[requirements.availability]
target = 0.99
recovery_time = "1 h"
recovery_point = "5 min"
[requirements.cost]
budget_per_month = 500
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = 2
capacity_rps = 100
latency = "20 ms"
availability = 0.99
cost_per_month = 70
[components.db]
kind = "database"
managed = true
latency = "5 ms"
availability = 0.999
cost_per_month = 100
backup = { every = "10 min", restore_time = "30 min" }
[connections]
user-api = { from = "user", to = "api" }
api-db = { from = "api", to = "db" }
[journeys.use]
share = 1
steps = ["user-api", "api-db"]
"""


@pytest.fixture
def asked(design: Callable[[str], Design], estimated: Estimated) -> Callable[..., Explanation]:
    def ask(name: str, **conditions: object) -> Explanation:
        return explain(design(_SHOP), estimated(_SHOP, **conditions), name)

    return ask


def _inputs(found: Explanation) -> dict[str, object]:
    return {given.name: given.value for given in found.inputs}


def test_a_target_shows_what_is_wanted_and_what_is_got(asked: Callable[..., Explanation]) -> None:
    found = asked("targets.p99_ms")
    assert _inputs(found)["requirements.performance.p99"] == 200
    assert _inputs(found)["p99_ms"] == found.value
    late = asked("targets.recovery_point_minutes")
    assert late.value == 10
    assert _inputs(late)["requirements.availability.recovery_point"] == 5
    assert any("met with" in assumed for assumed in late.assumptions)


def test_a_rung_shows_the_figures_behind_it_and_what_is_assumed(asked: Callable[..., Explanation]) -> None:
    found = asked("ladder.0")
    assert found.value is not None
    assert found.unit == "× today's peak"
    assert found.inputs
    assert found.assumptions
    assert asked("ladder.0.cost_per_month").unit == "USD/month"


def test_growth_shows_what_it_multiplies_and_whom(asked: Callable[..., Explanation]) -> None:
    found = asked("growth.sized.cost_per_month")
    assert _inputs(found)["growth"] == 4
    assert _inputs(found)["instances of api"] == 7
    assert found.value == pytest.approx(7 * 70 + 100)


def test_a_loss_shows_the_journeys_it_stops(asked: Callable[..., Explanation]) -> None:
    found = asked("blast_radius.stopped_share", down=("db",))
    assert found.value == 1
    assert _inputs(found) == {"journeys.use.share": 1}


def test_a_chance_shows_the_samples_and_the_target(asked: Callable[..., Explanation]) -> None:
    found = asked("ranges.probability_met.p99_ms")
    assert 0 < (found.value or 0) < 1
    assert _inputs(found)["samples"] == 10_000
    assert asked("ranges.components.api.utilisation").figure == "components.api.utilisation"


@pytest.mark.parametrize(
    "name", ["targets.speed", "ladder.x", "ladder.999", "growth.never", "blast_radius.of", "ranges.x"]
)
def test_what_nobody_asks_has_no_explanation(asked: Callable[..., Explanation], name: str) -> None:
    with pytest.raises(UnknownFigure):
        asked(name)


def test_more_copies_of_each_shard_mend_a_hot_one(estimated: Estimated) -> None:
    text = _SHOP.replace("managed = true", "capacity_rps = 60\nshards = 2\nhot_share = 0.9").replace("[50, 200]", "100")
    found = estimated(text.replace('p99 = "200 ms"', "")).ladder
    rung = next(rung for rung in found if rung.subject == "db")
    assert rung.at == pytest.approx(60 / 90)
    assert (rung.changes[0].field, rung.changes[0].before) == ("instances", 1)
    assert "instead of 1" in rung.fix


def test_a_loop_leaves_the_load_of_its_clients_unknown_too(estimated: Estimated) -> None:
    loop = _SHOP.replace("api-db = {", 'db-api = { from = "db", to = "api" }\napi-db = {').split("[journeys.use]")[0]
    found = estimated(loop)
    assert found.errors
    assert found.components["user"].peak_rps is None
    assert found.unknown["components.user.peak_rps"] == found.errors[0]


def test_a_collapse_does_not_invent_an_availability(estimated: Estimated) -> None:
    text = _SHOP.replace('"api" }', '"api", timeout = "60 ms", attempts = 4 }').replace("[50, 200]", "190")
    assert estimated(text).components["api"].availability == 0
    silent = estimated(text.replace("availability = 0.99\ncost", "cost"))
    assert silent.components["api"].availability is None
    assert silent.unknown["components.api.availability"] == "availability of api is not given"
