from collections.abc import Callable
from types import SimpleNamespace
from typing import NamedTuple

import pytest

from studio.estimates.demand import peak_tokens_per_minute
from studio.estimates.engine import Estimates, estimate
from studio.estimates.results import Target
from studio.model.design import Design

Estimated = Callable[..., Estimates]

SCALE = """
[requirements.scale]
daily_active_users = 1_000_000
requests_per_user_per_day = 50
request_size = "1 KB"
record_size = "500 B"
reads_per_write = 99
"""


def test_fifty_requests_of_a_kilobyte_are_fifty_gigabytes_a_day(estimated: Estimated) -> None:
    traffic = estimated(SCALE).traffic
    assert traffic.requests_per_day == 50_000_000
    assert traffic.average_rps == pytest.approx(578.7037037037037, rel=1e-12)
    assert traffic.peak_rps == pytest.approx(1736.111111111111, rel=1e-12)
    assert traffic.bytes_per_day == 50e9
    assert traffic.bytes_per_month == 1.5e12
    assert traffic.bandwidth_bytes_per_s == pytest.approx(1_736_111.111111111)


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ('retention = "5 years"', 1825),
        ('horizon = "24 months"', 720),
        ('retention = "5 years"\nhorizon = "24 months"', 720),
    ],
)
def test_records_pile_up_until_they_are_dropped_or_the_horizon_ends(
    estimated: Estimated, fields: str, days: int
) -> None:
    traffic = estimated(SCALE + fields).traffic
    assert traffic.stored_bytes_per_month == pytest.approx(500_000 * 500 * 30)
    assert traffic.stored_bytes_total == pytest.approx(500_000 * 500 * days)


def test_storage_without_an_end_is_unknown(estimated: Estimated) -> None:
    found = estimated(SCALE)
    assert found.traffic.stored_bytes_total is None
    assert found.unknown["traffic.stored_bytes_total"] == "requirements.scale.retention is not given, nor is horizon"


def test_sizes_nobody_gave_are_named(estimated: Estimated) -> None:
    found = estimated(SCALE.replace('request_size = "1 KB"\n', "").replace('record_size = "500 B"\n', ""))
    assert found.unknown["traffic.bytes_per_day"] == "requirements.scale.request_size is not given"
    assert found.unknown["traffic.stored_bytes_per_month"] == "requirements.scale.record_size is not given"
    assert found.unknown["traffic.stored_bytes_total"] == "requirements.scale.record_size is not given"


AI = """
[requirements.ai]
requests_per_user_per_day = 5
input_tokens = 1000
output_tokens = {}
price_per_million_tokens = 3.0
"""


def _ai_cost(estimated: Estimated, output: int, more: str = "") -> float:
    ai = estimated(SCALE + AI.format(output) + more).ai
    assert ai is not None
    assert ai.cost_per_month is not None
    return ai.cost_per_month


def test_the_bill_for_tokens(estimated: Estimated) -> None:
    ai = estimated(SCALE + AI.format(500)).ai
    assert ai is not None
    assert (ai.requests_per_day, ai.tokens_per_request) == (5e6, 1500)
    assert (ai.tokens_per_day, ai.tokens_per_month, ai.cost_per_month) == (7.5e9, 225e9, 675_000)
    assert _ai_cost(estimated, 500) - _ai_cost(estimated, 300) == 90_000
    assert _ai_cost(estimated, 500, "cache_hit_ratio = 0.3") == pytest.approx(472_500)
    assert _ai_cost(estimated, 300, "cache_hit_ratio = 0.3") == pytest.approx(409_500)


def test_split_prices_win_over_the_blended_one(estimated: Estimated) -> None:
    assert _ai_cost(estimated, 500, "output_price_per_million_tokens = 15") == 5e6 * 30 * (1000 * 3 + 500 * 15) / 1e6


def test_a_cached_prompt_makes_its_share_of_the_input_cheaper(estimated: Estimated) -> None:
    cached = "cached_input_ratio = 0.6\ncached_input_price_per_million_tokens = 0.3"
    assert _ai_cost(estimated, 500, cached) == pytest.approx(150e6 * (400 * 3 + 600 * 0.3 + 500 * 3) / 1e6)
    both = f"cache_hit_ratio = 0.3\n{cached}"
    assert _ai_cost(estimated, 500, both) == pytest.approx(0.7 * _ai_cost(estimated, 500, cached))


def test_cached_prompts_without_a_price_cost_an_unknown_sum(estimated: Estimated) -> None:
    found = estimated(SCALE + AI.format(500) + "cached_input_ratio = 0.6")
    reason = "requirements.ai.cached_input_price_per_million_tokens is not given"
    assert found.unknown["ai.cost_per_month"] == reason
    assert found.unknown["cost_per_month"] == reason


def test_a_price_of_cached_input_matters_only_where_some_is_cached(estimated: Estimated) -> None:
    assert _ai_cost(estimated, 500, "cached_input_price_per_million_tokens = 0.3") == 675_000


class _Listed(NamedTuple):
    point: float
    source: SimpleNamespace = SimpleNamespace(title="price list")
    date: str = "2026"


def test_prices_nobody_gives_are_those_of_the_technology(design: Callable[[str], Design]) -> None:
    text = SCALE + AI.format(500).replace("price_per_million_tokens = 3.0\n", "output_price_per_million_tokens = 8\n")
    text += "cached_input_ratio = 0.5\n[components.llm]\nkind = 'llm'\ntechnology = 'large'\n"
    prices = {"input": 2.0, "cached_input": 0.5, "output": 99.0}
    figures = {f"{kind}_price_per_million_tokens": _Listed(price) for kind, price in prices.items()}
    technologies = {"large": SimpleNamespace(figures=figures, managed=True)}
    found = estimate(design(text), technologies=technologies).ai
    assert found is not None
    assert found.cost_per_month == pytest.approx(150e6 * (500 * 2 + 500 * 0.5 + 500 * 8) / 1e6)


def test_tokens_a_minute_are_those_of_the_peak(estimated: Estimated) -> None:
    found = estimated(SCALE + AI.format(500), load=2)
    assert peak_tokens_per_minute(found.working.basis) == pytest.approx(5e6 / 86_400 * 3 * 2 * 60 * 1500)
    assert peak_tokens_per_minute(estimated(SCALE).working.basis) is None


def test_tokens_without_a_price_cost_an_unknown_sum(estimated: Estimated) -> None:
    found = estimated(SCALE + AI.format(500).replace("price_per_million_tokens = 3.0\n", ""))
    assert found.ai is not None
    assert found.ai.cost_per_month is None
    assert found.cost_per_month is None
    assert found.unknown["cost_per_month"] == "requirements.ai.price_per_million_tokens is not given"


COSTS = """
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = 4
cost_per_month = 70
[components.db]
kind = "database"
{}
[operations]
support_cost_per_month = 100
"""


def test_the_month_costs_components_tokens_and_support(estimated: Estimated) -> None:
    found = estimated(SCALE + AI.format(500) + COSTS.format("cost_per_month = 120\nread_replicas = 1"))
    assert found.cost_per_month == 280 + 240 + 675_000 + 100


def test_one_unknown_price_makes_the_total_unknown(estimated: Estimated) -> None:
    found = estimated(SCALE + COSTS.format(""))
    assert found.cost_per_month is None
    assert found.unknown["cost_per_month"] == "cost_per_month of db is not given"
    assert found.components["db"].cost_per_month is None
    assert found.components["api"].cost_per_month == 280


def test_a_language_model_without_a_price_of_its_own_is_paid_by_tokens(estimated: Estimated) -> None:
    text = SCALE + AI.format(500) + '[components.llm]\nkind = "llm"\n'
    assert estimated(text).cost_per_month == 675_000
    assert estimated(SCALE + '[components.llm]\nkind = "llm"\n').cost_per_month is None


DESIGN = """
[requirements.scale]
daily_active_users = 1_000_000
requests_per_user_per_day = 20
[requirements.performance]
p50 = "{p50}"
p99 = "{p99}"
[requirements.availability]
target = {target}
recovery_time = "1 h"
recovery_point = "5 min"
[requirements.cost]
budget_per_month = {budget}
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = 4
capacity_rps = 200
latency = "20 ms"
availability = 0.995
cost_per_month = 70
[components.db]
kind = "database"
capacity_rps = 5000
latency = "2 ms"
availability = 0.9995
cost_per_month = 500
backup = {{ every = "1 h", restore_time = "30 min" }}
[connections.user-api]
from = "user"
to = "api"
[connections.api-db]
from = "api"
to = "db"
[journeys.use]
share = 1
steps = ["user-api", "api-db"]
p99 = "1 s"
"""


def _targets(estimated: Estimated, more: str = "", **asked: object) -> dict[str, Target]:
    given = {"p50": "50 ms", "p99": "300 ms", "target": 0.9, "budget": 1000} | asked
    load = given.pop("load", 1.0)
    return {target.target: target for target in estimated(DESIGN.format(**given) + more, load=load).targets}


def test_targets_are_met_or_missed(estimated: Estimated) -> None:
    found = _targets(estimated)
    assert list(found) == [
        "p50_ms", "p99_ms", "availability", "recovery_time_minutes", "recovery_point_minutes", "cost_per_month",
        "journeys.use.p99_ms",
    ]  # fmt: skip
    assert [target.met for target in found.values()] == [True, True, True, True, False, True, True]
    assert found["recovery_point_minutes"].got == 60
    assert found["recovery_point_minutes"].to_meet == "backup.every of at most 5 min for db"
    assert found["cost_per_month"].got == 780
    assert found["cost_per_month"].to_meet is None


def test_a_missed_response_time_says_how_many_instances_would_do(estimated: Estimated) -> None:
    missed = _targets(estimated, p99="130 ms")["p99_ms"]
    assert missed.met is False
    assert missed.to_meet == "5 instances of api instead of 4 (+70 a month)"
    with_five = estimated(DESIGN.format(p50="50 ms", p99="130 ms", target=0.9, budget=1000).replace("= 4", "= 5"))
    assert with_five.targets[1].met is True


def test_a_response_time_out_of_reach_names_the_slowest_part(estimated: Estimated) -> None:
    missed = _targets(estimated, p99="30 ms")["p99_ms"]
    assert missed.to_meet is not None
    assert "out of reach" in missed.to_meet
    assert "latency of api" in missed.to_meet


def test_an_overloaded_design_misses_its_response_time(estimated: Estimated) -> None:
    missed = _targets(estimated, load=3)["p99_ms"]
    assert (missed.got, missed.met) == (None, False)
    assert missed.to_meet is not None
    assert missed.to_meet.startswith(("11 instances of api", "12 instances of api"))


def test_a_missed_availability_says_how_many_instances_would_do(estimated: Estimated) -> None:
    assert _targets(estimated, target=0.99)["availability"].to_meet == "5 instances of api instead of 4 (+70 a month)"


def test_a_missed_availability_that_copies_cannot_mend_names_what_is_wanted(estimated: Estimated) -> None:
    managed = "[components.vendor]\nkind = 'external'\nmanaged = true\navailability = 0.99\n"
    managed += "[connections.api-vendor]\nfrom = 'api'\nto = 'vendor'\n"
    text = DESIGN.format(p50="1 s", p99="1 s", target=0.999, budget=1000) + managed
    text = text.replace('"api-db"]', '"api-db", "api-vendor"]')
    missed = estimated(text).targets[2]
    assert missed.met is False
    assert missed.to_meet is not None
    assert "hard parts" in missed.to_meet


def test_a_missed_budget_says_which_would_do(estimated: Estimated) -> None:
    missed = _targets(estimated, budget=700)["cost_per_month"]
    assert (missed.wanted, missed.got, missed.met) == (700, 780, False)
    assert missed.to_meet == "a budget of 780 instead of 700, or 80 less a month"


def test_a_target_on_an_unknown_figure_is_unknown(estimated: Estimated) -> None:
    text = DESIGN.format(p50="1 s", p99="1 s", target=0.9, budget=700).replace('latency = "2 ms"\n', "")
    found = estimated(text.replace("cost_per_month = 500\n", "").replace("availability = 0.9995\n", ""))
    assert [target.met for target in found.targets] == [None, None, None, True, False, None, None]
    assert all(target.to_meet is None for target in found.targets if target.met is None)
