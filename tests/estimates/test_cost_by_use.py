import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.cost import Tier, requests_per_month, tiered_cost, use_cost
from studio.estimates.engine import Estimates
from studio.estimates.explaining.explanation import Lookup
from studio.estimates.explaining.of_cost import component_cost_rule, total_cost_rule

Estimated = Callable[..., Estimates]

DESIGN = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 10
peak_factor = 5
[components.user]
kind = "client"
[components.function]
kind = "function"
managed = true
cost_per_million_requests = 0.20
free_requests_per_month = 1_000_000
{}
[connections.user-function]
from = "user"
to = "function"
"""


def test_use_is_paid_at_the_average_load_never_at_the_peak(estimated: Estimated) -> None:
    """10/s on average, 50/s at peak: 25.92 million requests a month, the first million free."""
    assert estimated(DESIGN.format("")).components["function"].cost_per_month == pytest.approx(24.92 * 0.20)


def test_copies_and_use_are_paid_both(estimated: Estimated) -> None:
    found = estimated(DESIGN.format("cost_per_month = 7\ninstances = 2"))
    assert found.cost_per_month == pytest.approx(14 + 24.92 * 0.20)


def test_a_higher_peak_does_not_make_the_month_dearer(estimated: Estimated) -> None:
    assert estimated(DESIGN.format(""), load=10).cost_per_month == pytest.approx(24.92 * 0.20)


def test_free_requests_are_never_paid_back(estimated: Estimated) -> None:
    found = estimated(DESIGN.format("").replace("= 1_000_000", "= 1_000_000_000"))
    assert found.cost_per_month == 0


def test_load_a_component_makes_itself_is_paid_as_it_is(estimated: Estimated) -> None:
    found = estimated(DESIGN.format("generates_rps = 10").replace("= 1_000_000", "= 0"))
    assert found.cost_per_month == pytest.approx(20 * 2.592 * 0.20)


def test_a_price_by_use_without_a_load_is_unknown(estimated: Estimated) -> None:
    found = estimated(DESIGN.format("").replace("peak_factor = 5", "").replace("daily_active_users = 86_400", ""))
    reason = "requirements.scale.daily_active_users is not given"
    assert found.unknown["components.function.cost_per_month"] == reason
    assert found.unknown["cost_per_month"] == reason


def test_a_price_nobody_gave_is_asked_for_before_a_load_nobody_knows(estimated: Estimated) -> None:
    text = DESIGN.format("").replace("daily_active_users = 86_400", "") + '[components.db]\nkind = "database"\n'
    assert estimated(text).unknown["cost_per_month"] == "cost_per_month of db is not given"


def test_a_language_model_may_be_paid_by_request(estimated: Estimated) -> None:
    llm = '[components.llm]\nkind = "llm"\nmanaged = true\ncost_per_million_requests = 1\n'
    ai = "[requirements.ai]\nrequests_per_user_per_day = 1\n"
    link = '[connections.function-llm]\nfrom = "function"\nto = "llm"\n'
    assert estimated(DESIGN.format("") + llm + ai + link).components["llm"].cost_per_month == pytest.approx(25.92)


AI = """
[requirements.ai]
requests_per_user_per_day = 1
input_tokens = 1000
output_tokens = 500
price_per_million_tokens = 2
"""


def test_tokens_are_those_of_a_month_whatever_the_peak(estimated: Estimated) -> None:
    text = DESIGN.format("").replace("cost_per_million_requests = 0.20", "cost_per_month = 1") + AI
    today = 86_400 * 30 * 1500 * 2 / 1e6
    for load in (1, 10):
        found = estimated(text, load=load)
        assert found.cost_per_month == pytest.approx(1 + today)
        assert found.ai is not None
        assert found.ai.cost_per_month == pytest.approx(today)


def test_the_bill_explains_itself(estimated: Estimated) -> None:
    lookup = Lookup(estimated(DESIGN.format("cost_per_month = 7") + AI))
    rule = component_cost_rule(lookup, "function")
    inputs = {given.name: given.value for given in rule.inputs}
    assert inputs["average load"] == pytest.approx(10)
    assert inputs["requests"] == pytest.approx(25_920_000)
    assert inputs["components.function.free_requests_per_month"] == 1_000_000
    assert rule.formula.startswith("copies × the cost of one + (average requests/s × 2,592,000 s − free requests)")
    assert component_cost_rule(lookup, "user").inputs[1].value is None
    assert [given.name for given in total_cost_rule(lookup).inputs][-2:] == [
        "ai.cost_per_month", "operations.support_cost_per_month",
    ]  # fmt: skip


def test_every_tier_has_its_own_price() -> None:
    """A slab of 60 TB: 10,240 GB at 0.085, 40,960 at 0.080, the rest at 0.060."""
    tiers = [Tier(10_240, 0.085), Tier(51_200, 0.080), Tier(math.inf, 0.060)]
    assert tiered_cost(60_000, tiers) == pytest.approx(870.4 + 3276.8 + 8800 * 0.06)
    assert tiered_cost(0, tiers) == 0


_TIERS = st.lists(st.tuples(st.floats(1, 1e9), st.floats(0, 100)), min_size=1, max_size=5).map(
    lambda parts: [Tier(sum(size for size, _ in parts[: i + 1]), price) for i, (_, price) in enumerate(parts)]
)


@given(st.floats(0, 1e9), st.floats(0, 1e9), _TIERS)
def test_more_never_costs_less_and_each_tier_at_most_its_price(one: float, more: float, tiers: list[Tier]) -> None:
    dearest = max(tier.price for tier in tiers)
    assert tiered_cost(one, tiers) <= tiered_cost(one + more, tiers) * (1 + 1e-9) + 1e-9
    assert tiered_cost(one, tiers) <= one * dearest * (1 + 1e-9)


@given(st.floats(0, 1e4), st.floats(0, 100), st.floats(0, 1e9))
def test_use_costs_its_price_beyond_what_is_free(average: float, price: float, free: float) -> None:
    requests = requests_per_month(average)
    assert requests == average * 2_592_000
    assert use_cost(requests, price, free) == pytest.approx(max(0.0, requests - free) * price / 1e6)
