import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.formulas.ai import TokenPrices, cost_per_month, tokens_per_day, tokens_per_minute
from studio.estimates.formulas.retries import (
    amplification,
    backoff_total,
    expected_attempts,
    gives_up_probability,
    worst_case_time,
)
from studio.estimates.formulas.sizing import instances_needed, instances_per_zone, instances_recommended, utilisation
from studio.estimates.formulas.traffic import per_month, requests_per_day

_GOLDEN = Path(__file__).parent.parent / "data" / "golden"
_RETRIES: dict[str, Any] = json.loads((_GOLDEN / "retry_backlog_scaling.json").read_text())
_EXAMPLES: dict[str, dict[str, Any]] = {
    example["id"]: example for example in json.loads((_GOLDEN / "worked_examples.json").read_text())["examples"]
}


def _exact(example: str, output: str) -> float:
    return next(float(found["exact"]) for found in _EXAMPLES[example]["outputs"] if found["name"] == output)


@pytest.mark.parametrize("row", _RETRIES["retry"], ids=lambda row: f"{row['p_fail']}-{row['attempts']}")
def test_expected_attempts_and_success(row: dict[str, Any]) -> None:
    assert expected_attempts(row["p_fail"], row["attempts"]) == pytest.approx(row["expected_attempts"], rel=1e-9)
    assert 1 - gives_up_probability(row["p_fail"], row["attempts"]) == pytest.approx(row["success"], rel=1e-9)


@pytest.mark.parametrize("row", _RETRIES["layers"], ids=lambda row: f"{row['layers']}x{row['attempts']}")
def test_layers_of_retries_multiply(row: dict[str, Any]) -> None:
    assert amplification([row["attempts"]] * row["layers"]) == row["leaf_calls"]


def test_a_retry_budget_caps_the_load() -> None:
    row = _RETRIES["retry_budget"][0]
    assert row["base_rate"] * expected_attempts(1.0, row["attempts"], 0.1) == pytest.approx(row["load_with_budget"])
    assert row["base_rate"] * expected_attempts(1.0, row["attempts"], 10) == pytest.approx(row["load_without_budget"])


def test_the_worst_case_of_a_call_counts_every_attempt_and_pause() -> None:
    """A worked number of the red-flag rules: 800 ms, 2 retries, back-off 100 + 200 ms → 2,700 ms."""
    assert worst_case_time(0.8, 3, backoff_total(3, "exponential", 0.1, 20)) == pytest.approx(2.7)


@pytest.mark.parametrize(
    ("kind", "attempts", "total"),
    [("none", 3, 0), (None, 3, 0), ("fixed", 3, 0.2), ("exponential", 3, 0.3), ("exponential", 1, 0),
     ("exponential", 12, 0.1 * 255 + 3 * 20), ("exponential", 10_000, 0.1 * 255 + 9_991 * 20),
     ("fixed", 10_000, 999.9)],
)  # fmt: skip
def test_backoff_pauses_grow_up_to_the_longest(kind: str | None, attempts: int, total: float) -> None:
    assert backoff_total(attempts, kind, 0.1, 20) == pytest.approx(total)


@pytest.mark.parametrize(
    ("peak", "capacity", "needed"),
    [(700, 200, 4), (694.4444444444445, 200, 4), (600, 200, 3), (600.0000000001, 200, 3), (601, 200, 4),
     (0.3, 0.1, 3), (1, 200, 1), (0, 200, 1), (1736.111111111111, 200, 9)],
)  # fmt: skip
def test_instances_needed_is_the_bare_minimum(peak: float, capacity: float, needed: int) -> None:
    assert instances_needed(peak, capacity) == needed


@pytest.mark.parametrize(
    ("peak", "capacity", "zones", "recommended"),
    [(694.44, 200, 1, 6), (700, 200, 1, 6), (701, 200, 1, 7), (694.44, 200, 2, 10), (694.44, 200, 3, 9),
     (10, 200, 1, 2)],
)  # fmt: skip
def test_instances_recommended_survive_a_loss(peak: float, capacity: float, zones: int, recommended: int) -> None:
    assert instances_recommended(peak, capacity, zones) == recommended


@given(st.floats(1, 1e6), st.floats(1, 1e4), st.integers(2, 5))
def test_what_is_recommended_is_at_most_seventy_percent_used_after_the_loss(
    peak: float, capacity: float, zones: int
) -> None:
    alone = instances_recommended(peak, capacity)
    assert utilisation(peak, (alone - 1) * capacity) <= 0.7 * (1 + 1e-8)
    spread = instances_recommended(peak, capacity, zones)
    assert utilisation(peak, (spread - spread // zones) * capacity) <= 0.7 * (1 + 1e-8)


def test_four_needed_in_three_zones_are_two_in_each() -> None:
    assert instances_per_zone(4, 3) == 2


_BLENDED = TokenPrices(3.0, 3.0)


def test_tokens_and_their_bill() -> None:
    calls = requests_per_day(1_000_000, 5)
    assert tokens_per_day(calls, 1000, 500) == _exact("seed_llm_tokens", "tokens_per_day")
    assert per_month(tokens_per_day(calls, 1000, 500)) == _exact("seed_llm_tokens", "tokens_per_month")
    assert cost_per_month(calls, 1000, 500, _BLENDED) == _exact("seed_llm_tokens", "usd_per_month")


def test_a_shorter_answer_saves_ninety_thousand_at_the_blended_price() -> None:
    calls = requests_per_day(1_000_000, 5)
    saved_tokens = per_month(tokens_per_day(calls, 1000, 500) - tokens_per_day(calls, 1000, 300))
    assert saved_tokens == _exact("seed_output_trim", "tokens_saved_per_month")
    saved = cost_per_month(calls, 1000, 500, _BLENDED) - cost_per_month(calls, 1000, 300, _BLENDED)
    assert saved == _exact("seed_output_trim", "usd_saved_per_month") == 90_000


def test_split_prices_cost_what_they_say() -> None:
    """Of the red-flag rules: 2 calls/s, 3,000 in at $3, 500 out at $15: $85,536; 30 % cached $59,875."""
    calls = 2 * 86_400
    assert cost_per_month(calls, 3000, 500, TokenPrices(3, 15)) == pytest.approx(85_536)
    assert cost_per_month(calls, 3000, 500, TokenPrices(3, 15), 0.3) == pytest.approx(59_875, abs=0.5)


def test_cached_prompts_are_billed_at_their_own_price() -> None:
    """A list of 15 in, 7.50 cached, 60 out; a call of 2,006 tokens in, 1,920 of them cached, 300 out: 3.369 cents."""
    prices = TokenPrices(15, 60, 7.5)
    one = (86 * 15 + 1920 * 7.5 + 300 * 60) / 1e6
    assert cost_per_month(1 / 30, 2006, 300, prices, 0, 1920 / 2006) == pytest.approx(one, rel=1e-9)
    assert one == pytest.approx(0.03369)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 10), st.floats(0, 10))
def test_both_caches_save_by_multiplying(hits: float, cached: float, price: float, share: float) -> None:
    prices = TokenPrices(price, 0, price * share / 10)
    found = cost_per_month(1000, 100, 0, prices, hits, cached)
    alone = cost_per_month(1000, 100, 0, prices)
    assert found == pytest.approx(alone * (1 - hits) * (1 - cached * (1 - share / 10)), rel=1e-9, abs=1e-12)


def test_a_quota_of_tokens_a_minute_counts_what_is_bought() -> None:
    """The published sum: rate × 60 × tokens of a call; a semantic cache buys less."""
    assert tokens_per_minute(10, 1000, 500) == 900_000
    assert tokens_per_minute(10, 1000, 500, 0.3) == pytest.approx(630_000)
