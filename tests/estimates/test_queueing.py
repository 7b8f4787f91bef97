import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.general_service import (
    allen_cunneen_wait,
    general_sojourn,
    pollaczek_khinchine_wait,
    whitt_correction,
    whitt_wait,
)
from studio.estimates.queueing import (
    erlang_b,
    erlang_c,
    mean_sojourn,
    mean_wait,
    sojourn,
    wait_percentile,
    wait_tail,
)

_GOLDEN = Path(__file__).parent.parent / "data" / "golden"
_ERLANG: dict[str, Any] = json.loads((_GOLDEN / "erlang_c.json").read_text())
_PERCENTILES: dict[str, Any] = json.loads((_GOLDEN / "sojourn_percentiles.json").read_text())
_GENERAL: dict[str, Any] = json.loads((_GOLDEN / "general_service.json").read_text())


def _row(row: dict[str, Any]) -> str:
    return "-".join(str(row[key]) for key in ("c", "rho", "scv", "ca2", "cs2") if key in row)


@pytest.mark.parametrize("row", _ERLANG["grid"] + _ERLANG["extreme"], ids=_row)
def test_the_chance_to_wait_and_the_mean_wait_are_those_of_the_grid(row: dict[str, Any]) -> None:
    c, rho = row["c"], row["rho"]
    assert erlang_c(c, c * rho) == pytest.approx(row["p_wait"], rel=1e-9)
    assert mean_wait(c * rho, 1.0, c) == pytest.approx(row["mean_wait"], rel=1e-9)


@pytest.mark.parametrize(
    "row", [row for row in _ERLANG["published"] if "exact" in row], ids=lambda row: str(row["source"])[:30]
)
def test_textbook_queues_come_out_as_printed(row: dict[str, Any]) -> None:
    c, rate, service = row["c"], row["lam"], 1 / row["mu"]
    exact = row["exact"]
    assert erlang_c(c, rate * service) == pytest.approx(exact["p_wait"], rel=1e-9)
    assert mean_wait(rate, service, c) == pytest.approx(exact["Wq"], rel=1e-9)
    assert mean_sojourn(rate, service, c) == pytest.approx(exact["W"], rel=1e-9)
    assert rate * mean_sojourn(rate, service, c) == pytest.approx(exact["L"], rel=1e-9)


@pytest.mark.parametrize(
    ("servers", "load", "printed"),
    [(8, 3.87, 0.05008512738759877), (10, 4.08, 0.010051746700122268)],
)
def test_erlang_c_tables_of_radio_networks(servers: int, load: float, printed: float) -> None:
    assert erlang_c(servers, load) == pytest.approx(printed, rel=1e-9)


@pytest.mark.parametrize(("c", "wait"), [(1, 9.0), (2, 4.26), (5, 1.53), (10, 0.67), (20, 0.28)])
def test_pooling_servers_shortens_the_wait_at_ninety_percent(c: int, wait: float) -> None:
    assert mean_wait(0.9 * c, 1.0, c) == pytest.approx(wait, abs=0.0051)


@pytest.mark.parametrize(
    ("utilisation", "wait"), [(0.5, 0.087), (0.7, 0.357), (0.8, 0.746), (0.9, 1.969), (0.95, 4.457)]
)
def test_four_servers_wait_in_service_times(utilisation: float, wait: float) -> None:
    """Worked numbers of the red-flag rules, to their printed precision."""
    assert mean_wait(4 * utilisation, 1.0, 4) == pytest.approx(wait, abs=6e-4)


@pytest.mark.parametrize("row", _PERCENTILES["rows"], ids=_row)
@pytest.mark.parametrize("name", ["p50", "p90", "p95", "p99", "p99.9"])
def test_percentiles_are_those_of_the_markov_chain(row: dict[str, Any], name: str) -> None:
    c, rate, probability = row["c"], row["c"] * row["rho"], float(name[1:]) / 100
    law = sojourn(rate, 1.0, c)
    assert law is not None
    assert law.percentile(probability) == pytest.approx(row[f"sojourn_{name}"], rel=1e-6)
    assert wait_percentile(rate, 1.0, c, probability) == pytest.approx(row[f"wait_{name}"], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("row", _GENERAL["ggc"], ids=_row)
def test_general_queues_match_two_published_approximations(row: dict[str, Any]) -> None:
    c, rate = row["c"], row["c"] * row["rho"]
    assert allen_cunneen_wait(rate, 1.0, c, row["ca2"], row["cs2"]) == pytest.approx(
        row["allen_cunneen_mean_wait"], rel=1e-9
    )
    assert whitt_wait(rate, 1.0, c, row["ca2"], row["cs2"]) == pytest.approx(row["whitt93_mean_wait"], rel=1e-9)


@pytest.mark.parametrize("row", _GENERAL["mg1"], ids=_row)
def test_one_server_with_any_service_is_pollaczek_khinchine(row: dict[str, Any]) -> None:
    assert pollaczek_khinchine_wait(row["rho"], 1.0, row["scv"]) == pytest.approx(row["mean_wait"], rel=1e-9)


_busy = st.floats(0.01, 0.99)
_servers = st.integers(1, 64)


@given(_servers, _busy, st.floats(0.01, 0.999))
def test_a_percentile_is_where_the_tail_says(servers: int, utilisation: float, probability: float) -> None:
    law = sojourn(servers * utilisation, 1.0, servers)
    assert law is not None
    assert law.tail(law.percentile(probability)) == pytest.approx(1 - probability, rel=1e-9)


@given(_servers, _busy)
def test_exponential_service_needs_no_correction(servers: int, utilisation: float) -> None:
    assert whitt_correction(utilisation, servers, 1.0, 1.0) == pytest.approx(1.0)


@given(st.integers(1, 12), st.floats(0.1, 0.95), st.sampled_from([0.05, 0.3, 0.99, 1.01, 2.0]), st.floats(0.1, 0.99))
def test_a_general_percentile_is_where_its_tail_says(
    servers: int, utilisation: float, variation: float, probability: float
) -> None:
    law = general_sojourn(servers * utilisation, 1.0, servers, variation)
    assert law is not None
    assert law.tail(law.percentile(probability)) == pytest.approx(1 - probability, rel=1e-6)


@given(st.integers(1, 12), st.floats(0.1, 0.95), st.floats(0.1, 0.99))
def test_general_service_nears_the_exponential_law(servers: int, utilisation: float, probability: float) -> None:
    exact = sojourn(servers * utilisation, 1.0, servers)
    near = general_sojourn(servers * utilisation, 1.0, servers, 1.0)
    assert exact is not None
    assert near is not None
    assert near.percentile(probability) == pytest.approx(exact.percentile(probability), rel=1e-6)


def test_fixed_service_starts_at_its_service_time() -> None:
    law = general_sojourn(0.5, 1.0, 1, 0.0)
    assert law is not None
    assert law.tail(0.999) == 1.0
    assert law.percentile(0.3) == 1.0
    assert law.tail(law.percentile(0.99)) == pytest.approx(0.01)


@pytest.mark.parametrize("rate", [2.0, 2.5])
def test_an_overloaded_queue_has_no_steady_state(rate: float) -> None:
    assert sojourn(rate, 1.0, 2) is None
    assert general_sojourn(rate, 1.0, 2, 0.5) is None
    assert mean_wait(rate, 1.0, 2) == math.inf
    assert wait_percentile(rate, 1.0, 2, 0.5) == math.inf
    assert wait_tail(rate, 1.0, 2, 100.0) == 1.0
    assert pollaczek_khinchine_wait(rate, 1.0, 1.0) == math.inf


def test_an_idle_queue_never_waits() -> None:
    assert erlang_b(4, 0.0) == 0.0
    assert mean_wait(0.0, 0.5, 4) == 0.0
    law = sojourn(0.0, 0.5, 4)
    assert law is not None
    assert law.mean == 0.5
    assert wait_tail(1.0, 0.5, 1, 0.0) == pytest.approx(0.5)


@pytest.mark.parametrize("servers", [30_000, 30_300, 33_000])
def test_a_heavy_load_is_the_plain_recursion(servers: int) -> None:
    inverse = 1.0
    for k in range(1, servers + 1):
        inverse = 1.0 + inverse * k / 29_900.0
    assert erlang_b(servers, 29_900.0) == pytest.approx(1 / inverse, rel=1e-9)


def test_a_billion_servers_are_no_trouble() -> None:
    assert erlang_b(10**9, 3.0) == 0.0
    assert 0 < erlang_b(10**8, 10.0**8) < 1e-3
    assert erlang_c(10**30, 10.0**30 * 0.999) == 0.0
    assert erlang_c(100_020_000, 100_010_000.0) == pytest.approx(erlang_c(99_980_000, 99_970_002.0), rel=1e-3)
