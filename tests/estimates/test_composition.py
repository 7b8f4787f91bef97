import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.laws.composition import (
    Choice,
    InTurn,
    Time,
    by_chance,
    in_turn,
    percentile,
)
from studio.estimates.laws.distributions import Gamma
from studio.estimates.laws.general_service import GeneralSojourn
from studio.estimates.laws.hedging import hedged
from studio.estimates.laws.inversion import percentile_of_transform
from studio.estimates.laws.law import Fixed
from studio.estimates.laws.parallel import calls, slowest, tail_of
from studio.estimates.laws.queueing import Sojourn
from studio.estimates.laws.timeouts import cut_off

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


@pytest.mark.parametrize("row", _LATENCY["order_statistics"], ids=lambda row: f"{row['k']} of {row['n']}")
def test_a_quorum_is_an_order_statistic(row: dict[str, Any]) -> None:
    whole = calls(_exponential(1.0), row["n"], at_once=True, needed=row["k"])
    assert whole.mean == pytest.approx(row["mean"], rel=1e-6)
    for name in ("p50", "p99"):
        assert percentile(whole, float(name[1:]) / 100) == pytest.approx(row[name], rel=1e-6)
        between = in_turn([whole, _exponential(1e7)])
        assert percentile(between, float(name[1:]) / 100) == pytest.approx(row[name], rel=1e-5)


def test_a_quorum_of_more_than_are_asked_waits_for_all() -> None:
    more, every = (calls(_exponential(1.0), 3, at_once=True, needed=needed) for needed in (5, None))
    assert percentile(more, 0.9) == percentile(every, 0.9)


def test_two_answers_of_two_and_a_half_calls_wait_for_all_or_for_two_of_three() -> None:
    """Both of two exponentials take 3/2 on average, two of three 1/3 + 1/2."""
    assert calls(_exponential(1.0), 2.5, at_once=True, needed=2).mean == pytest.approx((1.5 + 5 / 6) / 2, rel=1e-6)


def test_a_hedged_call_has_the_known_tail_and_load() -> None:
    row = _LATENCY["hedged"][0]
    after = row["hedge_at"]
    whole = hedged(_exponential(1.0), after)
    assert percentile(whole, 0.99) == pytest.approx(row["p99_exact"], rel=1e-6)
    assert tail_of(_exponential(1.0))(after) == pytest.approx(row["extra_load"], rel=1e-6)
    assert whole.mean == pytest.approx(1 - math.exp(-after) + math.exp(-after) / 2, rel=1e-6)
    assert percentile(in_turn([whole, _exponential(1e5)]), 0.99) == pytest.approx(row["p99_exact"], rel=1e-3)


def test_hedging_what_is_never_late_or_always_the_same_changes_nothing() -> None:
    part = _exponential(100.0)
    assert hedged(part, 10.0) is part
    assert percentile(hedged(Fixed(2.0), 1.0), 0.5) == 2.0


def test_a_hedge_at_once_is_the_faster_of_two() -> None:
    whole = hedged(_exponential(1.0), 0.0)
    assert percentile(whole, 0.9) == pytest.approx(percentile(_exponential(2.0), 0.9), rel=1e-9)


@pytest.mark.parametrize(
    "row", [row for row in _LATENCY["sums"] if "components" in row], ids=lambda row: str(row["mean"])
)
def test_sums_of_log_normal_times_are_near_sums_of_gamma_times(row: dict[str, Any]) -> None:
    """A design gives mean and variation; the engine's service is gamma: with the same two, a few per cent off."""
    parts: list[Time] = []
    for part in row["components"]:
        deviation = math.log(part["p99"] / part["median"]) / 2.3263478740408408
        mean, variation = part["median"] * math.exp(deviation**2 / 2), math.expm1(deviation**2)
        parts.append(GeneralSojourn(0.0, 1.0, mean, variation))
    whole = in_turn(parts)
    assert whole.mean == pytest.approx(row["mean"], rel=3e-3)
    for name, tolerance in (("p50", 0.06), ("p95", 0.06), ("p99", 0.12)):
        assert percentile(whole, float(name[1:]) / 100) == pytest.approx(row[name], rel=tolerance)


def test_parallel_calls_between_others_keep_their_law() -> None:
    """The maximum of two exponentials of rate 1 is a sum of rates 2 and 1."""
    whole = in_turn([slowest([(_exponential(1.0), 1), (_exponential(1.0), 1)]), _exponential(3.0)])
    exact = in_turn([_exponential(2.0), _exponential(1.0), _exponential(3.0)])
    assert whole.variance == pytest.approx(exact.variance, rel=1e-6)
    for probability in (0.5, 0.95, 0.99):
        assert percentile(whole, probability) == pytest.approx(percentile(exact, probability), rel=1e-6)


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


def _no_pause(retry: int) -> float:
    return 0.0


@pytest.mark.parametrize("probability", [0.3, 0.5, 0.9, 0.99, 0.997])
def test_a_call_without_memory_is_only_capped_by_immediate_retries(probability: float) -> None:
    """Tries of an exponential call one after the other are the one call, up to the last timeout."""
    whole = cut_off(_exponential(1.0), 2.0, 3, _no_pause, 6.0)
    assert percentile(whole, probability) == pytest.approx(percentile(_exponential(1.0), probability), rel=1e-9)
    assert percentile(whole, 0.9999) == 6.0
    assert whole.mean == pytest.approx(1 - math.exp(-6), rel=1e-9)
    between = in_turn([cut_off(_exponential(1.0), 2.0, 9, _no_pause, 18.0), _exponential(3.0)])
    plain = in_turn([_exponential(1.0), _exponential(3.0)])
    assert percentile(between, probability) == pytest.approx(percentile(plain, probability), rel=1e-5)


def test_nobody_is_answered_during_a_pause() -> None:
    """86.5 % within the first try, then 0.1 s of silence, then the second: 95 % after 2.1 + ln(e⁻²/0.05)."""
    whole = cut_off(_exponential(1.0), 2.0, 2, _pause, 4.1)
    assert percentile(whole, 0.86) == pytest.approx(-math.log(0.14), rel=1e-9)
    assert percentile(whole, 0.87) == pytest.approx(2.1 + math.log(math.exp(-2) / 0.13), rel=1e-9)
    assert percentile(whole, 0.95) == pytest.approx(2.1 + math.log(math.exp(-2) / 0.05), rel=1e-9)


@pytest.mark.parametrize("probability", [0.5, 0.95, 0.99])
def test_tries_until_one_succeeds_are_a_thinned_exponential(probability: float) -> None:
    """A geometric number of exponential tries: exponential, of the rate of successes."""
    whole = cut_off(_exponential(1.0), math.inf, 60, _no_pause, math.inf, errors=0.3)
    assert whole.mean == pytest.approx(1 / 0.7, rel=1e-9)
    assert whole.variance == pytest.approx(1 / 0.49, rel=1e-9)
    assert percentile(whole, probability) == pytest.approx(percentile(_exponential(0.7), probability), rel=1e-5)
    between = in_turn([whole, _exponential(2.0)])
    plain = in_turn([_exponential(0.7), _exponential(2.0)])
    assert percentile(between, probability) == pytest.approx(percentile(plain, probability), rel=1e-5)


def test_an_outage_takes_every_try() -> None:
    whole = cut_off(_exponential(1.0), math.inf, 4, _no_pause, math.inf, errors=1.0)
    assert percentile(whole, 0.99) == pytest.approx(Gamma(4, 1.0).percentile(0.99), rel=1e-6)


def test_late_calls_and_errors_are_both_tried_again() -> None:
    """Mean of two tries of an exponential: E min(T, τ) + (late + error in time)·(pause + E min(T, τ))."""
    first = 1 - math.exp(-2)
    failing = math.exp(-2) + 0.25 * first
    whole = cut_off(_exponential(1.0), 2.0, 2, _pause, 4.1, errors=0.25)
    assert whole.mean == pytest.approx(first + failing * (0.1 + first), rel=1e-9)
    shares = [percentile(whole, probability) for probability in (0.3, 0.6, 0.8, 0.9, 0.99, 0.99999)]
    assert shares == sorted(shares)
    assert shares[-1] <= 4.1


@pytest.mark.parametrize("variation", [0.0, 0.3, 4.0])
def test_a_queue_with_any_service_is_cut_off_at_its_own_tail(variation: float) -> None:
    law = GeneralSojourn(0.4, 2.0, 1.0, variation)
    whole = cut_off(in_turn([Fixed(0.5), law]), 2.5, 1, _pause, 2.5)
    panels = 20_000
    mean = 0.5 + sum(law.tail(2.0 * (i + 0.5) / panels) for i in range(panels)) * 2.0 / panels
    assert whole.mean == pytest.approx(mean, rel=1e-4)
    late = law.tail(2.0)
    assert percentile(whole, 1 - 2 * late) == pytest.approx(0.5 + law.percentile(1 - 2 * late), rel=1e-9)
    assert percentile(whole, 1 - late / 2) == 2.5


def test_calls_below_a_timeout_keep_the_law_of_their_sum() -> None:
    """An Erlang of two: late with e⁻⁴·5, its tail known at every percentile."""
    whole = cut_off(in_turn([_exponential(1.0), _exponential(1.0)]), 4.0, 1, _pause, 4.0)
    late = math.exp(-4) * 5
    assert percentile(whole, 0.5) == pytest.approx(Gamma(2, 1.0).percentile(0.5), rel=1e-5)
    assert percentile(whole, 1 - late * 1.01) == pytest.approx(Gamma(2, 1.0).percentile(1 - late * 1.01), rel=1e-4)
    assert whole.mean == pytest.approx(2 - math.exp(-4) * 6, rel=2e-3)


def test_half_of_the_requests_may_take_no_time_at_all() -> None:
    whole = in_turn([by_chance(0.3, _exponential(1.0)), by_chance(0.2, _exponential(1.0))])
    assert percentile(whole, 0.5) == 0.0
    assert percentile(whole, 0.9) > 0.1


_rates = st.lists(st.floats(0.5, 200), min_size=1, max_size=5)


@given(_rates, st.floats(0.05, 1.0), st.floats(0.5, 0.99))
def test_percentiles_never_exceed_the_sum_of_percentiles_far_out(
    rates: list[float], chance: float, probability: float
) -> None:
    parts: list[Time] = [by_chance(chance, _exponential(rate)) for rate in rates]
    found = percentile(in_turn(parts), 0.99)
    assert found <= sum(_exponential(rate).percentile(0.9999) for rate in rates)
    assert percentile(in_turn(parts), min(probability, 0.98)) <= found * (1 + 1e-6)
