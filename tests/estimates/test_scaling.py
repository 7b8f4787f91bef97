import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.formulas.scaling import (
    best_number,
    efficiency,
    recommended_number,
    relative_capacity,
    smallest_number,
)
from studio.estimates.formulas.sizing import instances_needed, instances_recommended

_ROWS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "data" / "golden" / "retry_backlog_scaling.json").read_text()
)["scalability"]


@pytest.mark.parametrize("row", [r for r in _ROWS if r["law"] == "amdahl"], ids=lambda r: f"{r['serial']}-{r['N']}")
def test_serial_work_is_amdahls_law(row: dict[str, Any]) -> None:
    assert relative_capacity(row["N"], row["serial"]) == pytest.approx(row["speedup"], rel=1e-9)


@pytest.mark.parametrize("row", [r for r in _ROWS if r["law"] == "usl"], ids=lambda r: f"{r['sigma']}-{r['N']}")
def test_contention_and_coherence_are_gunthers_law(row: dict[str, Any]) -> None:
    found = relative_capacity(row["N"], row["sigma"], row["kappa"])
    assert found == pytest.approx(row["relative_capacity"], rel=1e-9)
    assert efficiency(row["N"], row["sigma"], row["kappa"]) == pytest.approx(found / row["N"], rel=1e-9)
    best = best_number(row["sigma"], row["kappa"])
    assert best == (None if row["N_star"] is None else pytest.approx(row["N_star"], rel=1e-9))


@given(st.floats(0.1, 60), st.floats(0, 0.3), st.floats(0, 0.01))
def test_the_smallest_number_carries_and_one_fewer_does_not(load: float, contention: float, coherence: float) -> None:
    found = smallest_number(load, contention, coherence)
    carries = [n for n in range(1, 400) if relative_capacity(n, contention, coherence) >= load * (1 - 1e-9)]
    if found is None or found >= 400:
        assert not carries
    else:
        assert found == carries[0]


@pytest.mark.parametrize(("load", "contention", "coherence"), [(10.0, 0.1, 0.0), (21.0, 0.05, 0.0), (9.5, 0.05, 0.001)])
def test_no_number_carries_more_than_the_law_allows(load: float, contention: float, coherence: float) -> None:
    assert smallest_number(load, contention, coherence) is None
    assert recommended_number(load, contention, coherence) is None


@given(st.floats(0.1, 1000), st.integers(1, 4))
def test_instances_that_share_nothing_are_sized_as_ever(load: float, zones: int) -> None:
    assert smallest_number(load, 0.0) == instances_needed(load, 1.0)
    assert recommended_number(load, 0.0, 0.0, zones) == instances_recommended(load, 1.0, zones)


@given(st.floats(0.5, 8), st.floats(0, 0.1), st.floats(0, 0.002), st.integers(1, 4))
def test_what_is_recommended_carries_with_and_without_the_loss(
    load: float, contention: float, coherence: float, zones: int
) -> None:
    found = recommended_number(load, contention, coherence, zones)
    if found is not None:
        lost = 1 if zones == 1 else found // zones
        for left in (found, found - lost):
            assert relative_capacity(left, contention, coherence) * 0.7 >= load * (1 - 1e-8)
