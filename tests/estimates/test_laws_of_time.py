import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.laws.distributions import (
    Gamma,
    gamma_lower,
    gamma_match,
    gamma_upper,
    newton_percentile,
    normal_deviate,
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
    assert gamma_lower(0.5, 2 * t) == pytest.approx(math.erf(math.sqrt(2 * t)), rel=1e-13)


def test_very_even_laws_need_no_long_series() -> None:
    """The central limit: a millionth wide around the mean, 2.3263 deviations at the 99th percentile."""
    assert Gamma(1e12, 1e-12).percentile(0.99) == pytest.approx(1 + 2.3263e-6, abs=1e-9)
    assert gamma_upper(10_001, 10_234.0) == pytest.approx(gamma_upper(9_999, 10_232.0), rel=1e-3)
    assert gamma_lower(1e18, 1e18) == pytest.approx(0.5, abs=1e-6)


@given(st.floats(0.1, 100), st.floats(0.001, 0.999), st.floats(0.01, 100))
def test_a_gamma_percentile_is_where_the_law_says(shape: float, probability: float, scale: float) -> None:
    found = Gamma(shape, scale).percentile(probability)
    assert gamma_lower(shape, found / scale) == pytest.approx(probability, rel=1e-8)


@pytest.mark.parametrize("row", _EXPONENTIAL_SUMS, ids=lambda row: str(row["rates"]))
def test_the_gamma_match_gives_the_known_percentile_of_a_sum(row: dict[str, Any]) -> None:
    law = gamma_match(row["mean"], row["var"])
    assert law.percentile(0.99) == pytest.approx(row["gamma_match_p99"], rel=1e-6)
    assert law.percentile(0.99) == pytest.approx(row["p99"], rel=0.04)
    assert (law.mean, law.variance) == pytest.approx((row["mean"], row["var"]))


@pytest.mark.parametrize(("share", "deviate"), [(0.5, 0.0), (0.95, 1.644854), (0.99, 2.326348), (0.01, -2.326348)])
def test_deviates_of_the_normal_law_are_about_right(share: float, deviate: float) -> None:
    assert normal_deviate(share) == pytest.approx(deviate, abs=5e-4)


@given(st.floats(1e-6, 1e6), st.floats(0.01, 0.999))
def test_both_ways_to_a_percentile_agree_from_any_start(start: float, probability: float) -> None:
    exact = -math.log1p(-probability)
    assert percentile_of_tail(_exponential(1.0), probability, start) == pytest.approx(exact, rel=1e-9)
    found = newton_percentile(lambda t: (math.exp(-t), math.exp(-t)), probability, start)
    assert found == pytest.approx(exact, rel=1e-9)
