import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.formulas.availability import (
    availability_from_repair,
    common_cause_unavailability,
    dependency_allowance,
    downtime,
    downtime_minutes_per_month,
    error_budget_requests,
    hours_to_exhaust_budget,
    k_of_n_unavailability,
    nines,
    repeated_unavailability,
    series_unavailability,
    zoned_unavailability,
)

_GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "golden" / "availability.json").read_text()
)


def _unavailability(structure: Any) -> float:
    """By the functions of the engine, which knows equal copies: k of n of the same, all of several."""
    if isinstance(structure, float):
        return 1 - structure
    kind, *parts = structure
    needed, copies = (parts[0], parts[1]) if kind == "kofn" else (1, parts)
    if kind == "series":
        return series_unavailability(_unavailability(part) for part in parts)
    return k_of_n_unavailability(needed, len(copies), _unavailability(copies[0]))


def _is_of_equal_copies(structure: Any) -> bool:
    if isinstance(structure, float):
        return True
    kind, *parts = structure
    copies = parts[1] if kind == "kofn" else parts
    return all(map(_is_of_equal_copies, copies)) and (kind == "series" or all(copy == copies[0] for copy in copies))


_EQUAL = [row for row in _GOLDEN["compositions"] if _is_of_equal_copies(row["structure"])]


@pytest.mark.parametrize("row", _EQUAL, ids=lambda row: str(row["id"]))
def test_compositions_come_out_exactly(row: dict[str, Any]) -> None:
    found = 1 - _unavailability(row["structure"])
    assert found == pytest.approx(row["exact"], rel=1e-9)
    if row["published"] is not None:
        assert found == pytest.approx(row["published"], abs=row["abs_tol_to_published"])


@pytest.mark.parametrize("row", _GOLDEN["nines"], ids=lambda row: str(row["availability"]))
def test_nines_become_downtime(row: dict[str, Any]) -> None:
    up = row["availability"]
    assert nines(up) == pytest.approx(row["nines"], rel=1e-9)
    assert downtime(up, 86_400) == pytest.approx(row["downtime_s_per_day"], rel=1e-9)
    assert downtime(up, 365 * 86_400) == pytest.approx(row["per_365d"], rel=1e-9)
    assert downtime_minutes_per_month(up) * 60 == pytest.approx(row["per_30d"], rel=1e-9)


@pytest.mark.parametrize("row", _GOLDEN["mtbf_mttr"], ids=lambda row: str(row["mtbf_h"]))
def test_availability_from_failures_and_repairs(row: dict[str, Any]) -> None:
    assert availability_from_repair(row["mtbf_h"], row["mttr_h"]) == pytest.approx(row["availability"], rel=1e-9)


def test_error_budgets() -> None:
    minutes, few, seconds, requests, burn = _GOLDEN["error_budget"]
    assert downtime_minutes_per_month(minutes["slo"]) == pytest.approx(minutes["budget_min"], rel=1e-9)
    assert downtime_minutes_per_month(few["slo"]) == pytest.approx(few["budget_min"], rel=1e-9)
    assert downtime_minutes_per_month(seconds["slo"]) * 60 == pytest.approx(seconds["budget_s"], rel=1e-9)
    assert error_budget_requests(requests["slo"], requests["requests"]) == pytest.approx(requests["allowed_failures"])
    assert hours_to_exhaust_budget(burn["burn_rate"]) == pytest.approx(burn["hours_to_exhaust"])


def test_the_rule_of_the_extra_nine() -> None:
    row = _GOLDEN["rule_of_extra_nine"][0]
    assert dependency_allowance(row["service"]) == pytest.approx(row["per_dependency"], rel=1e-12)
    spent = series_unavailability([1 - row["per_dependency"]] * row["dependencies"])
    assert spent == pytest.approx(row["sum_of_dependency_unavailability"], rel=1e-9)


# RED_FLAGS worked numbers: (copies, needed, β, printed); one copy works 99.5 % of the time.
_K_OF_N = [
    (3, 1, 0.0, 0.9999999),
    (3, 1, 0.05, 0.9997499),
    (3, 2, 0.0, 0.9999252),
    (3, 2, 0.05, 0.9996825),
    (3, 3, 0.0, 0.9850749),
    (3, 3, 0.05, 0.9855711),
    (2, 2, 0.05, 0.9902749),
    (2, 1, 0.0, 0.999975),
]


@pytest.mark.parametrize(("copies", "needed", "beta", "printed"), _K_OF_N)
def test_redundancy_that_is_used_up_is_none(copies: int, needed: int, beta: float, printed: float) -> None:
    """Worked numbers of the red-flag rules: three copies that are all needed are worse than one."""
    assert 1 - common_cause_unavailability(needed, copies, 0.005, beta) == pytest.approx(printed, abs=6e-8)


def test_serial_dependencies_multiply() -> None:
    up = 1 - series_unavailability([1e-4, 5e-4, 5e-4, 1e-3])
    assert up == pytest.approx(0.9979014, abs=6e-8)
    assert downtime_minutes_per_month(up) == pytest.approx(90.7, abs=0.05)


def test_a_lost_zone_counts_a_thousand_times_more_than_lost_instances() -> None:
    """Six instances of 99.5 %, three needed, two zones of 99.95 %: closed form 1.5e-5, 9e-9 without zones."""
    by_hand = (
        2 * 0.0005 * 0.9995 * (1 - 0.995**3)
        + 0.0005**2
        + 0.9995**2 * sum(math.comb(6, i) * 0.995**i * 0.005 ** (6 - i) for i in range(3))
    )
    assert zoned_unavailability(3, 6, 0.005, 2, 0.0005) == pytest.approx(by_hand, rel=1e-9)
    assert by_hand == pytest.approx(1.5e-5, rel=0.02)
    assert k_of_n_unavailability(3, 6, 0.005) == pytest.approx(9e-9, rel=0.05)


_small = st.floats(0, 0.2)


@given(st.integers(1, 6), st.integers(0, 6), _small, st.floats(0, 1))
def test_another_copy_never_hurts_when_as_many_are_needed(needed: int, spare: int, down: float, beta: float) -> None:
    before = common_cause_unavailability(needed, needed + spare, down, beta)
    assert common_cause_unavailability(needed, needed + spare + 1, down, beta) <= before + 1e-15


def _added_one_by_one(needed: int, unavailabilities: list[float]) -> float:
    """Fewer than so many copies work, by adding one copy at a time."""
    working = [1.0]
    for down in unavailabilities:
        alone, more = [*working, 0.0], [0.0, *working]
        working = [one * down + other * (1 - down) for one, other in zip(alone, more, strict=True)]
    return sum(working[:needed])


@given(st.integers(1, 5), st.integers(1, 8), _small)
def test_the_binomial_tail_is_what_adding_copies_one_by_one_gives(needed: int, copies: int, down: float) -> None:
    assert k_of_n_unavailability(needed, copies, down) == pytest.approx(
        _added_one_by_one(needed, [down] * copies), abs=1e-12
    )


@pytest.mark.parametrize(("needed", "copies"), [(900, 1000), (985, 1000), (1000, 1000), (1970, 2000)])
def test_many_copies_are_summed_without_overflow(needed: int, copies: int) -> None:
    by_hand = _added_one_by_one(needed, [0.01] * copies)
    assert k_of_n_unavailability(needed, copies, 0.01) == pytest.approx(by_hand, rel=1e-8, abs=1e-15)


def test_a_million_copies_follow_the_normal_law() -> None:
    assert k_of_n_unavailability(990_000, 1_000_000, 0.01) == pytest.approx(0.5, abs=0.01)
    assert k_of_n_unavailability(980_000, 1_000_000, 0.01) < 1e-12
    assert k_of_n_unavailability(1_000_000, 1_000_000, 0.01) == pytest.approx(1.0)


def test_many_equal_parts_in_series() -> None:
    assert repeated_unavailability(0.001, 3) == pytest.approx(series_unavailability([0.001] * 3), rel=1e-12)
    assert repeated_unavailability(1.0, 10) == 1.0


@given(st.integers(1, 5), st.integers(1, 8), _small, st.integers(1, 4))
def test_zones_that_never_fail_change_nothing(needed: int, copies: int, down: float, zones: int) -> None:
    plain = k_of_n_unavailability(needed, copies, down)
    assert zoned_unavailability(needed, copies, down, zones, 0.0) == pytest.approx(plain, abs=1e-12)
