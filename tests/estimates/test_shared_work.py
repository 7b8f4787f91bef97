"""Instances that share work, and caches and shards whose keys are known."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.estimates.engine import Estimates

Estimated = Callable[..., Estimates]

_GOLDEN = Path(__file__).parent.parent / "data" / "golden"
_USL: list[dict[str, Any]] = json.loads((_GOLDEN / "retry_backlog_scaling.json").read_text())["scalability"]
_CACHES: dict[str, Any] = json.loads((_GOLDEN / "cache_lru_zipf.json").read_text())

_ONE = """
[requirements.scale]
daily_active_users = {rate}
requests_per_user_per_day = 86_400
peak_factor = 1
[components.user]
kind = "client"
[components.db]
kind = "database"
capacity_rps = 100
latency = "10 ms"
availability = 0.99
{db}
[connections.user-db]
from = "user"
to = "db"
"""


@pytest.mark.parametrize(
    "row", [row for row in _USL if row["law"] == "usl"], ids=lambda r: f"{r['sigma']}-{r['kappa']}-{r['N']}"
)
def test_instances_that_share_work_carry_less(estimated: Estimated, row: dict[str, Any]) -> None:
    db = f"instances = {row['N']}\ncontention = {row['sigma']}\ncoherence = {row['kappa']}"
    found = estimated(_ONE.format(rate=50, db=db)).components["db"]
    assert found.capacity_rps == pytest.approx(100 * row["relative_capacity"], rel=1e-9)
    assert found.utilisation == pytest.approx(0.5 / row["relative_capacity"], rel=1e-9)


def test_more_is_needed_where_work_is_shared_and_nothing_is_enough_beyond_the_law(estimated: Estimated) -> None:
    """Amdahl with σ = 0.1: never ten times one; 81 instances reach nine times."""
    nine = estimated(_ONE.format(rate=900, db="contention = 0.1\ninstances = 81"))
    assert nine.components["db"].instances_needed == 81
    assert nine.components["db"].utilisation == pytest.approx(1)
    ten = estimated(_ONE.format(rate=1000, db="contention = 0.1\ninstances = 81"))
    assert ten.components["db"].instances_needed is None
    assert "share too much" in ten.unknown["components.db.instances_needed"]
    assert ten.components["db"].availability == 0


@pytest.mark.parametrize("case", _CACHES["simulated"], ids=lambda c: f"{c['items']}-{c['alpha']}-{c['capacity']}")
def test_a_cache_of_known_size_answers_what_a_simulated_one_does(estimated: Estimated, case: dict[str, Any]) -> None:
    text = (
        _ONE.format(rate=50, db="")
        + f"""
[components.cache]
kind = "cache"
keys = {case["items"]}
holds = {case["capacity"]}
skew = {case["alpha"]}
[connections]
user-cache = {{ from = "user", to = "cache" }}
cache-store = {{ from = "cache", to = "store" }}
[components.store]
kind = "database"
"""
    )
    text = text.replace("[connections.user-db]\nfrom", "[connections.user-db]\ncalls_per_request = 0\nfrom")
    text = text.replace("peak_factor = 1", "peak_factor = 1\nreads_per_write = 1_000_000_000")
    misses = (estimated(text).components["store"].peak_rps or 0) / 50
    assert 1 - misses == pytest.approx(case["lru_hit_sim"], abs=_CACHES["tolerance"]["lru_vs_che_abs"])


def test_a_given_hit_ratio_wins_over_keys(estimated: Estimated) -> None:
    text = _ONE.format(rate=50, db="").replace(
        "[components.db]", "[components.db]\nkeys = 100\nholds = 10\nhit_ratio = 1"
    )
    assert estimated(text).working.numbers["db"].hit_ratio == 1


@pytest.mark.parametrize("case", _CACHES["hot_keys"], ids=lambda c: f"{c['keys']}-{c['alpha']}")
def test_no_number_of_shards_spreads_the_hottest_key(estimated: Estimated, case: dict[str, Any]) -> None:
    share = case["hottest_key_share"]
    db = f"shards = 1000\nkeys = {case['keys']}\nskew = {case['alpha']}"
    found = estimated(_ONE.format(rate=50, db=db))
    assert found.working.numbers["db"].hottest_share >= share * (1 - 1e-9)
    assert (found.components["db"].utilisation or 0) >= 0.5 * share
