from collections.abc import Callable
from typing import Any

import pytest

from studio.estimates.engine import Estimates
from studio.estimates.explaining.explanation import Lookup
from studio.estimates.explaining.of_cost import UNIT_COST_RULES
from studio.estimates.sides.results import UnitCost
from studio.estimates.sides.unit_cost import unit_cost

Estimated = Callable[..., Estimates]

DESIGN = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 10
peak_factor = 3
[requirements.cost]
budget_per_month = 1000
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = 4
capacity_rps = 10
cost_per_month = 70
[components.edge]
kind = "cdn"
managed = true
cost_per_month = 20
hit_ratio = 0
[connections.user-edge]
from = "user"
to = "edge"
[connections.edge-api]
from = "edge"
to = "api"
[operations]
support_cost_per_month = 100
"""
AI = """
[requirements.ai]
requests_per_user_per_day = 1
input_tokens = 100
output_tokens = 50
price_per_million_tokens = 2
"""


def _found(estimates: Estimates) -> tuple[UnitCost, dict[str, str]]:
    unknown = dict(estimates.unknown)
    found = unit_cost(estimates.working, estimates.components, estimates.ai, estimates.cost_per_month, unknown)
    return found, unknown


def test_the_bill_by_request_by_user_and_of_the_budget(estimated: Estimated) -> None:
    """400 a month for 25.92 million requests of 86,400 users."""
    found, _ = _found(estimated(DESIGN))
    assert found.cost_per_thousand_requests == pytest.approx(400 / 25_920)
    assert found.cost_per_daily_user == pytest.approx(400 / 86_400)
    assert found.budget_share == pytest.approx(0.4)


def test_what_is_not_used_at_peak_is_idle(estimated: Estimated) -> None:
    """30/s of 40/s: a quarter of 280. The vendor's edge states no capacity and is never idle."""
    assert _found(estimated(DESIGN))[0].idle_cost_per_month == pytest.approx(70)
    assert _found(estimated(DESIGN, load=2))[0].idle_cost_per_month == 0
    assert _found(estimated(DESIGN, down=("api",)))[0].idle_cost_per_month == pytest.approx(280)


def test_the_dearest_item_may_be_a_component_tokens_or_support(estimated: Estimated) -> None:
    found, _ = _found(estimated(DESIGN))
    assert (found.biggest_item, found.biggest_cost_per_month, found.biggest_share) == ("api", 280, 0.7)
    tokens, _ = _found(estimated(DESIGN + AI))
    assert tokens.biggest_item == "tokens"
    assert tokens.biggest_cost_per_month == pytest.approx(777.6)
    support, _ = _found(estimated(DESIGN.replace("support_cost_per_month = 100", "support_cost_per_month = 900")))
    assert (support.biggest_item, support.biggest_share) == ("support", 0.75)


def test_a_higher_peak_leaves_the_cost_of_a_request_as_it_is(estimated: Estimated) -> None:
    today, ten = (_found(estimated(DESIGN, load=load))[0] for load in (1, 10))
    assert ten.cost_per_thousand_requests == today.cost_per_thousand_requests
    assert ten.cost_per_daily_user == today.cost_per_daily_user


def test_an_unknown_bill_buys_unknown_things(estimated: Estimated) -> None:
    found, unknown = _found(estimated(DESIGN.replace("cost_per_month = 20", "")))
    assert found.cost_per_thousand_requests is None
    assert unknown["unit_cost.cost_per_thousand_requests"] == "cost_per_month of edge is not given"
    assert found.idle_cost_per_month == pytest.approx(70)


@pytest.mark.parametrize(
    ("gone", "figure", "reason"),
    [
        ("budget_per_month = 1000", "budget_share", "requirements.cost.budget_per_month is not given"),
        ("capacity_rps = 10", "idle_cost_per_month", "capacity_rps of api is not given"),
        ("daily_active_users = 86_400", "cost_per_daily_user", "requirements.scale.daily_active_users is not given"),
        ("hit_ratio = 0", "idle_cost_per_month", "hit_ratio of edge is not given"),
        ("cost_per_month = 70", "idle_cost_per_month", "cost_per_month of api is not given"),
    ],
)
def test_what_is_missing_is_named(estimated: Estimated, gone: str, figure: str, reason: str) -> None:
    found, unknown = _found(estimated(DESIGN.replace(gone, "")))
    assert getattr(found, figure) is None
    assert unknown[f"unit_cost.{figure}"] == reason


def test_what_costs_nothing_has_no_dearest_item(estimated: Estimated) -> None:
    found, unknown = _found(estimated('[components.user]\nkind = "client"\n'))
    assert found.biggest_item is None
    assert unknown["unit_cost.biggest_share"] == "nothing costs anything"


@pytest.mark.parametrize("asked", [{}, {"load": 10.0}, {"down": ("api",)}])
@pytest.mark.parametrize("gone", ["", "cost_per_month = 20", "capacity_rps = 10", "budget_per_month = 1000"])
def test_every_unknown_figure_has_its_reason(estimated: Estimated, gone: str, asked: dict[str, Any]) -> None:
    found, unknown = _found(estimated(DESIGN.replace(gone, "") if gone else DESIGN, **asked))
    for figure in UNIT_COST_RULES:
        assert (getattr(found, figure) is None) == bool(unknown.get(f"unit_cost.{figure}"))


def test_every_figure_explains_itself(estimated: Estimated) -> None:
    lookup = Lookup(estimated(DESIGN + AI))
    assert set(UNIT_COST_RULES) == set(UnitCost._fields) - {"biggest_item"}
    for rule in UNIT_COST_RULES.values():
        explained = rule(lookup)
        assert explained.formula
        assert all(given.origin for given in explained.inputs)
    inputs = {given.name: given.value for given in UNIT_COST_RULES["budget_share"](lookup).inputs}
    assert inputs["requirements.cost.budget_per_month"] == 1000
