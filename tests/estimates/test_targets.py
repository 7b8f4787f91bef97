import re
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.estimates.engine import Estimates, estimate
from studio.estimates.results import Target
from studio.model.design import Design
from studio.model.document import document

Described = Callable[[str], Design]

DESIGN = """
[requirements.scale]
daily_active_users = 864
requests_per_user_per_day = 100
peak_factor = 600
[requirements.performance]
p99 = "{p99}"
[requirements.availability]
target = {target}
recovery_time = "1 h"
[requirements.cost]
budget_per_month = {budget}
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = {api}
capacity_rps = 200
latency = "20 ms"
availability = 0.995
cost_per_month = 70
[components.price]
kind = "service"
instances = {price}
capacity_rps = 400
latency = "10 ms"
availability = 0.998
cost_per_month = 30
{more}
[connections.user-api]
from = "user"
to = "api"
[connections.api-price]
from = "api"
to = "price"
{call}
[journeys.buy]
share = 1
steps = ["user-api", "api-price"]
"""
PLAIN = {"p99": "1 s", "target": 0.9, "budget": 10_000, "api": 6, "price": 4, "more": "", "call": ""}
SAID = re.compile(r"([\d,]+) instances of (\w+) instead of ([\d,]+)")


def _text(**asked: object) -> str:
    return DESIGN.format(**(PLAIN | asked))


def _target(found: Estimates, name: str) -> Target:
    return next(target for target in found.targets if target.target == name)


def _said(words: str) -> dict[str, int]:
    return {name: int(count.replace(",", "")) for count, name, _ in SAID.findall(words)}


def _with(design: Design, counts: dict[str, int]) -> Design:
    data = document(design)
    for name, count in counts.items():
        data["components"][name]["instances"] = count
    return Design.model_validate(data)


def test_a_margin_is_the_part_of_what_is_allowed_that_is_left(design: Described) -> None:
    found = estimate(design(_text()))
    for name, wanted in (("p99_ms", 1000.0), ("cost_per_month", 10_000.0)):
        target = _target(found, name)
        assert target.got is not None
        assert target.margin == pytest.approx((wanted - target.got) / wanted)
    available = _target(found, "availability")
    assert available.got is not None
    assert available.margin == pytest.approx(1 - (1 - available.got) / (1 - 0.9))
    assert _target(found, "recovery_time_minutes").margin is None


def test_a_missed_target_has_a_negative_margin(design: Described) -> None:
    found = estimate(design(_text(budget=400, target=0.9999999999, p99="50 ms")))
    assert all((_target(found, name).margin or 0) < 0 for name in ("p99_ms", "availability", "cost_per_month"))


def test_a_target_on_what_is_unknown_has_no_margin(design: Described) -> None:
    found = estimate(design(_text().replace('latency = "20 ms"\n', "")))
    assert _target(found, "p99_ms").margin is None


@settings(max_examples=40, deadline=None)
@given(
    api=st.integers(1, 6),
    price=st.integers(1, 4),
    p99=st.integers(120, 400),
    retried=st.booleans(),
    pooled=st.booleans(),
)
def test_the_instances_proposed_meet_the_response_time_and_one_fewer_does_not(
    design: Described, api: int, price: int, p99: int, *, retried: bool, pooled: bool
) -> None:
    call = 'timeout = "100 ms"\nattempts = 2' if retried else ""
    given_design = design(
        _text(p99=f"{p99} ms", api=api, price=price, call=call, more=f"pooled = {str(pooled).lower()}")
    )
    target = _target(estimate(given_design), "p99_ms")
    assume(target.met is False and target.to_meet is not None and "out of reach" not in target.to_meet)
    counts = _said(str(target.to_meet))
    assert counts
    assert _target(estimate(_with(given_design, counts)), "p99_ms").met is True
    for name, count in counts.items():
        if count - 1 > {"api": api, "price": price}[name]:
            fewer = _with(given_design, {**counts, name: count - 1})
            assert _target(estimate(fewer), "p99_ms").met is False


@settings(max_examples=40, deadline=None)
@given(api=st.integers(1, 5), price=st.integers(1, 3), target=st.sampled_from([0.99, 0.999, 0.9999, 0.999999]))
def test_the_instances_proposed_meet_the_availability_and_one_fewer_does_not(
    design: Described, api: int, price: int, target: float
) -> None:
    given_design = design(_text(target=target, api=api, price=price))
    missed = _target(estimate(given_design), "availability")
    assume(missed.met is False)
    counts = _said(str(missed.to_meet))
    assert _target(estimate(_with(given_design, counts)), "availability").met is True
    for name, count in counts.items():
        if count > {"api": api, "price": price}[name]:
            fewer = _with(given_design, {**counts, name: count - 1})
            assert _target(estimate(fewer), "availability").met is False


def test_the_cheaper_of_two_components_is_copied(design: Described) -> None:
    missed = _target(estimate(design(_text(target=0.9999999, api=9, price=2))), "availability")
    assert missed.to_meet == "4 instances of price instead of 2 (+60 a month)"


def test_the_call_to_go_without_is_named_where_copies_do_not_help(design: Described) -> None:
    vendor = "[components.vendor]\nkind = 'external'\nmanaged = true\navailability = 0.99\n"
    text = _text(target=0.999, api=8) + vendor + "[connections.api-vendor]\nfrom = 'api'\nto = 'vendor'\n"
    given_design = design(text.replace('"api-price"]', '"api-price", "api-vendor"]'))
    missed = _target(estimate(given_design), "availability")
    assert str(missed.to_meet).startswith(
        "drop the hard call to vendor: with a fallback, or hard = false, on api-vendor"
    )
    data = document(given_design)
    data["connections"]["api-vendor"]["hard"] = False
    assert _target(estimate(Design.model_validate(data)), "availability").met is True


def test_a_budget_is_cut_where_more_instances_stand_than_are_recommended(design: Described) -> None:
    missed = _target(estimate(design(_text(api=30, budget=2_000))), "cost_per_month")
    assert missed.to_meet == (
        "a budget of 2,220 instead of 2,000, or 220 less a month: 26 instances of api instead of 30 (-280 a month)"
    )
    assert _target(estimate(design(_text(api=26, budget=2_000))), "cost_per_month").met is True


@pytest.mark.parametrize("variation", [1e-9, 1e-3, 50, 1e6, 1e12])
def test_an_absurd_variation_is_answered(design: Described, variation: float) -> None:
    missed = _target(estimate(design(_text(p99="31 ms", more=f"service_variation = {variation}"))), "p99_ms")
    assert missed.met is False
