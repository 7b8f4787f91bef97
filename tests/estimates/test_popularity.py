import json
import math
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.formulas.popularity import (
    harmonic,
    hit_ratio_of,
    hottest_key_share,
    hottest_share,
)

_GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "golden" / "cache_lru_zipf.json").read_text()
)
_TOLERANCE = _GOLDEN["tolerance"]


def _row(row: dict[str, Any]) -> str:
    return "-".join(str(row[key]) for key in ("items", "keys", "alpha", "capacity") if key in row)


@pytest.mark.parametrize("row", _GOLDEN["exact"] + _GOLDEN["simulated"], ids=_row)
def test_hits_of_a_full_cache_are_those_of_the_characteristic_time(row: dict[str, Any]) -> None:
    found = hit_ratio_of(row["items"], row["capacity"], row["alpha"])
    assert found == pytest.approx(row["che_hit"], abs=_TOLERANCE["che_hit"])
    assert found < row["lfu_hit"]


@pytest.mark.parametrize("row", _GOLDEN["simulated"], ids=_row)
def test_a_simulated_cache_hits_as_often(row: dict[str, Any]) -> None:
    assert hit_ratio_of(row["items"], row["capacity"], row["alpha"]) == pytest.approx(row["lru_hit_sim"], abs=0.001)


@pytest.mark.parametrize("row", _GOLDEN["exact"], ids=_row)
def test_even_a_handful_of_keys_is_near_the_exact_ratio(row: dict[str, Any]) -> None:
    """The stated tolerance, 0.01, holds from five keys on; four with room for one are 0.0128 low."""
    tolerance = _TOLERANCE["lru_vs_che_abs"] if row["items"] > 4 else 0.013
    assert hit_ratio_of(row["items"], row["capacity"], row["alpha"]) == pytest.approx(
        row["lru_hit_exact"], abs=tolerance
    )


@pytest.mark.parametrize("row", _GOLDEN["hot_keys"], ids=_row)
def test_the_hottest_key_has_its_share(row: dict[str, Any]) -> None:
    assert hottest_key_share(row["keys"], row["alpha"]) == pytest.approx(
        row["hottest_key_share"], rel=_TOLERANCE["hot"]
    )
    assert harmonic(row["keys"], row["alpha"]) == pytest.approx(row["generalised_harmonic"], rel=_TOLERANCE["hot"])
    ten = harmonic(10, row["alpha"]) / harmonic(row["keys"], row["alpha"])
    assert ten == pytest.approx(row["top10_share"], rel=_TOLERANCE["hot"])


@pytest.mark.parametrize(("keys", "holds", "skew"), [(20_000, 2_000, 1.0), (20_000, 300, 2.5), (5_000, 4_900, 0.7)])
def test_ranks_in_groups_are_the_plain_sum(keys: int, holds: int, skew: float) -> None:
    total = math.fsum(rank**-skew for rank in range(1, keys + 1))
    shares = [rank**-skew / total for rank in range(1, keys + 1)]
    low, high = 0.0, 60.0
    while high - low > 1e-10:
        middle = (low + high) / 2
        filled = math.fsum(-math.expm1(-share * math.exp(middle)) for share in shares)
        low, high = (middle, high) if filled < holds else (low, middle)
    hits = math.fsum(share * -math.expm1(-share * math.exp(low)) for share in shares)
    assert hit_ratio_of(keys, holds, skew) == pytest.approx(hits, abs=1e-6)


@pytest.mark.parametrize(
    ("keys", "holds", "skew", "hits"),
    [(100, 0, 1.0, 0.0), (100, 100, 1.0, 1.0), (100, 500, 1.0, 1.0), (0, 5, 1.0, 1.0), (1_000, 250, 0.0, 0.25),
     (1e24, 1e20, 3.0, 1.0), (1e24, 5, 1_000.0, 1.0), (10, 9.999, 50.0, 1.0)],
)  # fmt: skip
def test_the_edges_of_a_cache(keys: float, holds: float, skew: float, hits: float) -> None:
    assert hit_ratio_of(keys, holds, skew) == pytest.approx(hits, abs=1e-6)


@given(st.integers(2, 10**7), st.floats(0.01, 0.9), st.floats(0, 3))
def test_a_larger_cache_hits_more_often(keys: int, share: float, skew: float) -> None:
    assert 0 < hit_ratio_of(keys, keys * share, skew) <= hit_ratio_of(keys, keys * share * 1.1, skew) <= 1


def _fullest(keys: int, shards: int, skew: float, rounds: int) -> float:
    """The mean share of the fullest shard when keys fall on shards at random."""
    dice = random.Random(f"{keys} {shards} {skew}")  # noqa: S311 (dice, not secrets)
    shares: list[float] = [rank**-skew for rank in range(1, keys + 1)]
    total = 0.0
    for _ in range(rounds):
        load = [0.0] * shards
        for share in shares:
            load[dice.randrange(shards)] += share
        total += max(load)
    return total / rounds / sum(shares)


@pytest.mark.parametrize(
    ("keys", "shards", "skew"),
    [(1_000, 4, 0.0), (1_000, 16, 0.0), (1_000, 16, 0.5), (2_000, 16, 0.8), (2_000, 4, 1.0), (2_000, 16, 1.0),
     (1_000, 8, 1.2)],
)  # fmt: skip
def test_the_hottest_shard_takes_what_falls_on_it(keys: int, shards: int, skew: float) -> None:
    assert hottest_share(keys, shards, skew) == pytest.approx(_fullest(keys, shards, skew, 60), rel=0.05)


def test_equal_keys_are_balls_in_bins() -> None:
    """√(2(n/s) ln s) keys too many, but for the 1 − 1/s of each bin's variance."""
    excess = (hottest_share(10_000, 16, 0.0) - 1 / 16) * 10_000
    assert excess == pytest.approx(math.sqrt(2 * 10_000 / 16 * math.log(16)), rel=0.04)


@given(st.integers(1, 10**7), st.integers(1, 500), st.floats(0, 3))
def test_the_hottest_shard_has_at_least_an_even_share_and_the_hottest_key(keys: int, shards: int, skew: float) -> None:
    found = hottest_share(keys, shards, skew)
    assert max(1 / shards, hottest_key_share(keys, skew)) * (1 - 1e-9) <= found <= 1
