import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.formulas.fluid import (
    backlog_after,
    catch_up_time,
    drain_time,
    growth,
    longest_wait,
    outage_held,
)

_GOLDEN = Path(__file__).parent.parent / "data" / "golden" / "retry_backlog_scaling.json"
_ROWS: list[dict[str, Any]] = json.loads(_GOLDEN.read_text())["backlog"]


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['peak_rate']}-into-{row['capacity']}")
def test_a_peak_leaves_a_backlog_that_drains_or_stays(row: dict[str, Any]) -> None:
    waiting = backlog_after(row["peak_rate"], row["capacity"], row["peak_s"])
    assert waiting == pytest.approx(row["backlog"], rel=1e-9)
    assert longest_wait(waiting, row["capacity"]) == pytest.approx(row["max_wait_s"], rel=1e-9)
    drained = drain_time(waiting, row["after_rate"], row["capacity"])
    assert drained == (None if row["drain_s"] is None else pytest.approx(row["drain_s"], rel=1e-9))


def test_the_backlog_of_a_fluid_is_that_of_a_simulated_queue() -> None:
    """150/s into 100/s for 600 s, message by message: 30,116 ± 139 wait, the worst for 302 s."""
    waiting = backlog_after(150, 100, 600)
    assert abs(waiting - 30_116) < 139
    assert longest_wait(waiting, 100) == pytest.approx(302, rel=0.01)


def test_at_eighty_percent_an_outage_takes_four_times_as_long_to_catch_up() -> None:
    assert catch_up_time(80, 100, 3600) == pytest.approx(4 * 3600)


@pytest.mark.parametrize(("arrival", "capacity"), [(100, 100), (120, 100), (1, 0)])
def test_what_is_full_never_catches_up(arrival: float, capacity: float) -> None:
    assert catch_up_time(arrival, capacity, 60) is None


def test_nothing_waits_where_nothing_comes() -> None:
    assert (backlog_after(0, 0, 600), longest_wait(0, 0), drain_time(0, 0, 0), outage_held(100, 0)) == (0, 0, 0, None)


def test_a_queue_holds_its_room_over_what_comes() -> None:
    assert outage_held(90_000, 150) == 600


@given(st.floats(0, 1e6), st.floats(1e-3, 1e6), st.floats(0, 1e5))
def test_a_backlog_grows_with_the_peak_and_never_below_nothing(arrival: float, capacity: float, peak: float) -> None:
    assert growth(arrival, capacity) >= 0
    assert backlog_after(arrival, capacity, peak) <= backlog_after(arrival + 1, capacity, peak)


@given(st.floats(0.01, 0.99), st.floats(1, 1e5))
def test_catching_up_takes_the_outage_times_the_odds_of_being_busy(utilisation: float, outage: float) -> None:
    found = catch_up_time(100 * utilisation, 100, outage)
    assert found is not None
    assert found == pytest.approx(outage * utilisation / (1 - utilisation), rel=1e-9)
