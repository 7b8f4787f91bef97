import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.composition import (
    Choice,
    InTurn,
    Time,
    by_chance,
    in_turn,
    percentile,
)
from studio.estimates.distributions import Gamma
from studio.estimates.inversion import percentile_of_transform
from studio.estimates.parallel import calls, slowest
from studio.estimates.queueing import Sojourn
from studio.estimates.timeouts import cut_off
from studio.estimates.waiting import Fixed

_LATENCY: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "golden" / "journey_latency.json").read_text()
)


def _exponential(rate: float) -> Sojourn:
    return Sojourn(0.0, 1.0, rate)


@pytest.mark.parametrize("row", [row for row in _LATENCY["sums"] if "rates" in row], ids=lambda row: str(row["rates"]))
@pytest.mark.parametrize("name", ["p50", "p90", "p95", "p99"])
def test_a_sum_of_calls_has_its_exact_percentiles(row: dict[str, Any], name: str) -> None:
    whole = in_turn([_exponential(rate) for rate in row["rates"]])
    assert whole.mean == pytest.approx(row["mean"])
    assert whole.variance == pytest.approx(row["var"])
    assert percentile(whole, float(name[1:]) / 100) == pytest.approx(row[name], rel=1e-6)


@pytest.mark.parametrize("name", ["p50", "p90", "p95", "p99"])
def test_a_cache_is_a_choice(name: str) -> None:
    row = _LATENCY["mixtures"][0]
    whole = Choice(((0.9, _exponential(1000.0)), (0.1, _exponential(20.0))))
    assert whole.mean == pytest.approx(row["mean"])
    assert percentile(whole, float(name[1:]) / 100) == pytest.approx(row[name], rel=1e-5)


@pytest.mark.parametrize("row", _LATENCY["maxima"], ids=lambda row: str(row["N"]))
def test_the_slowest_of_parallel_calls(row: dict[str, Any]) -> None:
    whole = calls(_exponential(1.0), row["N"], at_once=True)
    assert whole.mean == pytest.approx(row["mean"], rel=1e-6)
    for name in ("p50", "p95", "p99"):
        assert percentile(whole, float(name[1:]) / 100) == pytest.approx(row[name], rel=1e-6)


def test_parallel_calls_between_others_keep_their_law() -> None:
    """The maximum of two exponentials of rate 1 is a sum of rates 2 and 1."""
    whole = in_turn([slowest([(_exponential(1.0), 1), (_exponential(1.0), 1)]), _exponential(3.0)])
    exact = in_turn([_exponential(2.0), _exponential(1.0), _exponential(3.0)])
    assert whole.variance == pytest.approx(exact.variance, rel=1e-6)
    for probability in (0.5, 0.95, 0.99):
        assert percentile(whole, probability) == pytest.approx(percentile(exact, probability), rel=1e-3)


@pytest.mark.parametrize("shape", [0.5, 2.0, 30.0, 60.0])
@pytest.mark.parametrize("probability", [0.5, 0.99])
def test_inversion_finds_the_percentiles_of_a_gamma_law(shape: float, probability: float) -> None:
    law = Gamma(shape, 1 / shape)
    assert percentile_of_transform(law.transforms, probability, 1.0) == pytest.approx(
        law.percentile(probability), rel=1e-5
    )


def test_fixed_times_are_joined_and_one_queue_stays_exact() -> None:
    law = Sojourn(0.4, 30.0, 50.0)
    whole = in_turn([Fixed(0.001), in_turn([Fixed(0.002), law]), Fixed(0.003)])
    assert isinstance(whole, InTurn)
    assert len(whole.parts) == 2
    assert percentile(whole, 0.99) == pytest.approx(0.006 + law.percentile(0.99), rel=1e-12)
    assert percentile(in_turn([Fixed(0.001), Fixed(0.002)]), 0.5) == pytest.approx(0.003)


@pytest.mark.parametrize(("number", "mean"), [(0.2, 0.2), (1.0, 1.0), (2.5, 2.5), (3.0, 3.0)])
def test_calls_in_turn_add_their_means(number: float, mean: float) -> None:
    assert calls(_exponential(1.0), number, at_once=False).mean == pytest.approx(mean)


def test_two_and_a_half_calls_are_two_and_a_third_in_half_of_the_cases() -> None:
    whole = calls(_exponential(1.0), 2.5, at_once=False)
    assert whole.variance == pytest.approx(2 + (0.5 * 2 - 0.25))


def test_calls_at_once_take_less_than_calls_in_turn() -> None:
    at_once, in_line = (calls(_exponential(1.0), 2.5, at_once=way) for way in (True, False))
    assert at_once.mean == pytest.approx(0.5 * 1.5 + 0.5 * (1 + 1 / 2 + 1 / 3), rel=1e-6)
    assert at_once.mean < in_line.mean


def _pause(retry: int) -> float:
    return 0.1


def test_a_timeout_that_is_never_reached_changes_nothing() -> None:
    part = _exponential(1000.0)
    assert cut_off(part, 1.0, 1, _pause, 1.0) is part


def test_a_timeout_truncates() -> None:
    """E min(T, τ) = 1 − e^(−τ) for a unit exponential."""
    whole = cut_off(_exponential(1.0), 2.0, 1, _pause, 2.0)
    assert whole.mean == pytest.approx(1 - math.exp(-2), rel=1e-9)
    square = 2 - 2 * math.exp(-2) * 3
    assert whole.variance == pytest.approx(square - whole.mean**2, rel=1e-9)
    assert percentile(whole, 0.999) <= 2.0
    assert percentile(in_turn([whole, Fixed(0.5)]), 0.99999) <= 2.5


def test_a_retry_after_a_timeout_starts_afresh() -> None:
    """Mean of two tries: E min(T, τ) + P(T > τ)·(pause + E min(T, τ))."""
    first = 1 - math.exp(-2)
    whole = cut_off(_exponential(1.0), 2.0, 2, _pause, 4.1)
    assert whole.mean == pytest.approx(first + math.exp(-2) * (0.1 + first), rel=1e-9)
    assert percentile(whole, 0.99999) <= 4.1


def test_what_never_finishes_in_time_takes_every_try() -> None:
    assert cut_off(Fixed(3.0), 2.0, 2, _pause, 4.1).mean == pytest.approx(4.1)
    assert cut_off(Fixed(1.0), 2.0, 2, _pause, 4.1).mean == 1.0


_rates = st.lists(st.floats(0.5, 200), min_size=1, max_size=5)


@given(_rates, st.floats(0.05, 1.0), st.floats(0.5, 0.99))
def test_percentiles_never_exceed_the_sum_of_percentiles_far_out(
    rates: list[float], chance: float, probability: float
) -> None:
    parts: list[Time] = [by_chance(chance, _exponential(rate)) for rate in rates]
    found = percentile(in_turn(parts), 0.99)
    assert found <= sum(_exponential(rate).percentile(0.9999) for rate in rates)
    assert percentile(in_turn(parts), min(probability, 0.98)) <= found * (1 + 1e-6)
