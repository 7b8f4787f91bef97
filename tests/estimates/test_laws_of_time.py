import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.distributions import (
    gamma_cdf,
    gamma_lower,
    gamma_match,
    gamma_percentile,
    gamma_upper,
    maximum_percentile,
    mixture_percentile,
    order_statistic_tail,
    percentile_of_tail,
)

_LATENCY: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "golden" / "journey_latency.json").read_text()
)
_EXPONENTIAL_SUMS = [row for row in _LATENCY["sums"] if "rates" in row]


def _exponential(rate: float) -> Callable[[float], float]:
    return lambda t: math.exp(-rate * t)


@given(st.floats(0.05, 200), st.floats(0, 400))
def test_the_two_incomplete_gamma_functions_add_up_to_one(shape: float, x: float) -> None:
    assert gamma_lower(shape, x) + gamma_upper(shape, x) == pytest.approx(1.0, abs=1e-13)


@pytest.mark.parametrize("t", [0.1, 1.0, 5.0, 40.0])
def test_a_gamma_law_of_shape_one_is_exponential_and_of_shape_three_is_erlang(t: float) -> None:
    assert gamma_upper(1.0, t) == pytest.approx(math.exp(-t), rel=1e-13)
    assert gamma_upper(3.0, t) == pytest.approx(math.exp(-t) * (1 + t + t * t / 2), rel=1e-13)
    assert gamma_cdf(2 * t, 0.5, 1.0) == pytest.approx(math.erf(math.sqrt(2 * t)), rel=1e-13)


def test_very_even_laws_need_no_long_series() -> None:
    """The central limit: a millionth wide around the mean, 2.3263 deviations at the 99th percentile."""
    assert gamma_percentile(0.99, 1e12, 1e-12) == pytest.approx(1 + 2.3263e-6, abs=1e-9)
    assert gamma_upper(10_001, 10_234.0) == pytest.approx(gamma_upper(9_999, 10_232.0), rel=1e-3)
    assert gamma_lower(1e18, 1e18) == pytest.approx(0.5, abs=1e-6)


@given(st.floats(0.1, 100), st.floats(0.001, 0.999), st.floats(0.01, 100))
def test_a_gamma_percentile_is_where_the_law_says(shape: float, probability: float, scale: float) -> None:
    assert gamma_cdf(gamma_percentile(probability, shape, scale), shape, scale) == pytest.approx(probability, rel=1e-8)


@pytest.mark.parametrize("row", _EXPONENTIAL_SUMS, ids=lambda row: str(row["rates"]))
def test_the_gamma_match_gives_the_known_percentile_of_a_sum(row: dict[str, Any]) -> None:
    law = gamma_match(row["mean"], row["var"])
    assert law.percentile(0.99) == pytest.approx(row["gamma_match_p99"], rel=1e-6)
    assert law.percentile(0.99) == pytest.approx(row["p99"], rel=0.04)
    assert (law.mean, law.variance) == pytest.approx((row["mean"], row["var"]))


@pytest.mark.parametrize("row", _LATENCY["maxima"], ids=lambda row: str(row["N"]))
@pytest.mark.parametrize("name", ["p50", "p95", "p99"])
def test_waiting_for_all_needs_a_far_percentile_of_each(row: dict[str, Any], name: str) -> None:
    found = maximum_percentile([_exponential(1.0)] * row["N"], float(name[1:]) / 100, 1.0)
    assert found == pytest.approx(row[name], rel=1e-6)


@pytest.mark.parametrize("row", _LATENCY["order_statistics"], ids=lambda row: f"{row['k']} of {row['n']}")
@pytest.mark.parametrize("name", ["p50", "p99"])
def test_a_quorum_is_an_order_statistic(row: dict[str, Any], name: str) -> None:
    def tail(t: float) -> float:
        return order_statistic_tail(row["k"], row["n"], math.exp(-t))

    assert percentile_of_tail(tail, float(name[1:]) / 100, 1.0) == pytest.approx(row[name], rel=1e-6)


@pytest.mark.parametrize("name", ["p50", "p90", "p95", "p99"])
def test_a_cache_is_a_mixture_of_hits_and_misses(name: str) -> None:
    row = _LATENCY["mixtures"][0]
    branches = [(0.9, _exponential(1000.0)), (0.1, _exponential(20.0))]
    assert mixture_percentile(branches, float(name[1:]) / 100, 0.01) == pytest.approx(row[name], rel=1e-6)


def test_a_hedged_request_has_the_known_tail() -> None:
    row = _LATENCY["hedged"][0]
    after = row["hedge_at"]
    found = percentile_of_tail(lambda t: math.exp(-t if t < after else after - 2 * t), 0.99, 1.0)
    assert found == pytest.approx(row["p99_exact"], rel=1e-6)
