"""Retries add load, load makes calls late: the healthy state, and the three regimes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.estimates.engine import Estimates
from studio.estimates.figures import figure

Estimated = Callable[..., Estimates]

_DATA = Path(__file__).parent.parent / "data"
_GOLDEN: dict[str, Any] = json.loads((_DATA / "golden" / "retry_backlog_scaling.json").read_text())

_ONE = """
[requirements.scale]
daily_active_users = {rate}
requests_per_user_per_day = 86_400
peak_factor = 1
[components.user]
kind = "client"
[components.pool]
kind = "service"
workers = {workers}
capacity_rps = {capacity}
latency = "{latency} ms"
{pool}
[connections.user-pool]
from = "user"
to = "pool"
network = "0 s"
{call}
[journeys.use]
share = 1
steps = ["user-pool"]
"""


def _pool(case: dict[str, Any], call: str = "") -> str:
    timeout = f'timeout = "{case["timeout"] * 1000:g} ms"\nattempts = {case["attempts"]}\n'
    return _ONE.format(
        rate=case["base_rate"], workers=case["c"], capacity=case["capacity"], latency=1000 / case["mu"], pool="",
        call=timeout + call,
    )  # fmt: skip


@pytest.mark.parametrize("case", [c for c in _GOLDEN["feedback"] if c.get("stable")], ids=lambda c: str(c["base_rate"]))
def test_the_healthy_state_is_where_load_and_late_calls_agree(estimated: Estimated, case: dict[str, Any]) -> None:
    found = estimated(_pool(case))
    budget = found.call_budgets["user-pool"]
    assert found.components["pool"].peak_rps == pytest.approx(case["effective_rate"], rel=1e-9)
    assert found.connections["user-pool"].peak_rps == pytest.approx(case["effective_rate"], rel=1e-9)
    assert found.journeys["use"].peak_rps == pytest.approx(case["base_rate"])
    assert budget.expected_attempts == pytest.approx(case["amplification"], rel=1e-9)
    assert budget.too_late == pytest.approx(case["timeout_probability"], rel=1e-7)
    assert budget.gives_up == pytest.approx(case["timeout_probability"] ** 3, rel=1e-6)


@pytest.mark.parametrize("case", _GOLDEN["feedback"], ids=lambda c: str(c["base_rate"]))
def test_each_load_is_in_its_regime(estimated: Estimated, case: dict[str, Any]) -> None:
    assert estimated(_pool(case)).call_budgets["user-pool"].regime == case["regime"]


def test_what_collapses_has_no_response_time_keeps_its_first_tries_and_says_why(estimated: Estimated) -> None:
    case = next(case for case in _GOLDEN["feedback"] if case["regime"] == "collapsed")
    found = estimated(_pool(case))
    assert found.components["pool"].peak_rps == case["base_rate"]
    assert found.components["pool"].p99_ms is None
    assert found.journeys["use"].p99_ms is None
    assert found.components["pool"].availability is None or found.components["pool"].availability == 0
    assert "collapses under retries" in found.unknown["components.pool.p99_ms"]
    assert found.notes == (found.unknown["components.pool.p99_ms"],)


@pytest.mark.parametrize("more", ["circuit_breaker = true", "retry_budget = 0.1"])
def test_a_breaker_or_a_budget_of_retries_makes_it_safe(estimated: Estimated, more: str) -> None:
    case = next(case for case in _GOLDEN["feedback"] if case["base_rate"] == 150)
    assert estimated(_pool(case, more)).call_budgets["user-pool"].regime == "safe"


def test_a_retry_budget_bounds_the_load(estimated: Estimated) -> None:
    case = _GOLDEN["retry_budget"][0]
    text = _ONE.format(
        rate=case["base_rate"], workers=40, capacity=4000, latency=10, pool=f"error_ratio = {case['p_fail']}",
        call=f"attempts = {case['attempts']}\n",
    )  # fmt: skip
    assert estimated(text).components["pool"].peak_rps == pytest.approx(case["load_without_budget"])
    found = estimated(text.replace("attempts = 3", "attempts = 3\nretry_budget = 0.1"))
    assert found.components["pool"].peak_rps == pytest.approx(case["load_with_budget"])


@pytest.mark.parametrize(("error", "node"), [(1.0, "outage"), (0.3, "flaky")])
def test_three_layers_that_try_four_times(estimated: Estimated, error: float, node: str) -> None:
    exact = json.loads((_DATA / "networks" / "08_retry_amplification.json").read_text())["exact"]
    text = """
[requirements.scale]
daily_active_users = 10
requests_per_user_per_day = 86_400
peak_factor = 1
[components.user]
kind = "client"
"""
    for place, kind in enumerate(("edge", "middle", "back", "leaf")):
        fails = f"error_ratio = {error}" if kind == "leaf" else ""
        text += f'[components.{kind}]\nkind = "service"\nmanaged = true\nlatency = "1 ms"\n{fails}\n'
        source = ("user", "edge", "middle", "back")[place]
        tries = "" if source == "user" else "attempts = 4"
        text += f'[connections.{source}-{kind}]\nfrom = "{source}"\nto = "{kind}"\nnetwork = "0 s"\n{tries}\n'
    found = estimated(text)
    calls = (found.components["leaf"].peak_rps or 0) / 10
    assert calls == pytest.approx(exact["leaf_calls_per_request"][node], rel=1e-9)
    assert 1 - (figure(found, "call_budgets.edge-middle.gives_up") or 0) == pytest.approx(
        exact["success"][node], rel=1e-9
    )
    assert found.connections["back-leaf"].retry_amplification == 64


def test_errors_that_are_tried_again_fill_a_queue(estimated: Estimated) -> None:
    network = json.loads((_DATA / "networks" / "08_retry_amplification.json").read_text())
    text = _ONE.format(rate=72, workers=4, capacity=100, latency=40, pool="error_ratio = 0.1", call="attempts = 4")
    found = estimated(text)
    assert found.components["pool"].utilisation == pytest.approx(network["exact"]["queue_util"], rel=1e-9)
    simulated = network["oracle"]["latency"]["nodes"]["queue"]
    for name in ("mean", "p50", "p95"):
        middle, half = simulated[name]
        seconds = (figure(found, f"components.pool.{name}_ms") or 0) / 1000
        assert seconds == pytest.approx(middle, abs=0.015 * middle + half)


def test_a_call_that_is_hedged_sends_what_is_slow_twice(estimated: Estimated) -> None:
    """One server at rate 20 of 100: responses are exponential of rate 80 while nobody is hedged."""
    from math import exp

    text = _ONE.format(rate=20, workers=1, capacity=100, latency=10, pool="", call='hedge_after = "60 ms"')
    rate = 20.0
    for _ in range(100):
        rate = 20 * (1 + exp(-(100 - rate) * 0.06))
    assert estimated(text).components["pool"].peak_rps == pytest.approx(rate, rel=1e-9)


def test_instances_that_are_tried_settle_anew(estimated: Estimated) -> None:
    from studio.estimates.settling import with_instances

    case = next(case for case in _GOLDEN["feedback"] if case["regime"] == "collapsed")
    working = estimated(_pool(case)).working
    assert working.is_overloaded("pool")
    two = with_instances(working, {"pool": 2})
    assert not two.is_overloaded("pool")
    assert two.full["pool"].peak == pytest.approx(95 * 2, rel=0.01)
