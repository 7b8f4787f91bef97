"""What is drawn of an interval, and that it depends on nothing but its path."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from studio.estimates.ranges.draws import drawn, strata
from studio.units import Interval

SHAPES = [
    Interval(100, 300),
    Interval(1, 1.5),
    Interval(0, 10),
    Interval(5, 5.1),
    Interval(1e6, 5e9),
    Interval(0.9, 0.99, proportion=True),
    Interval(0.999, 0.99999, proportion=True),
    Interval(0.2, 0.6, proportion=True),
    Interval(0.0, 0.4, proportion=True),
    Interval(0.5, 1.0, proportion=True),
]


@pytest.mark.parametrize("interval", SHAPES)
def test_the_ends_are_the_5th_and_95th_percentile_and_the_point_is_the_median(interval: Interval) -> None:
    values = np.asarray(drawn("components.api.capacity_rps", interval, 10_000))
    p5, p50, p95 = np.percentile(values, (5, 50, 95))
    assert p5 == pytest.approx(interval.low, rel=1e-3, abs=1e-3 * interval.high)
    assert p50 == pytest.approx(interval.median, rel=1e-3)
    assert p95 == pytest.approx(interval.high, rel=3e-3)


@pytest.mark.parametrize("interval", SHAPES)
def test_no_draw_means_nothing(interval: Interval) -> None:
    values = np.asarray(drawn("x", interval, 10_000))
    assert (values >= 0).all()
    assert not interval.proportion or (values <= 1).all()


def test_100_to_300_has_a_median_of_173() -> None:
    assert np.median(np.asarray(drawn("x", Interval(100, 300), 10_000))) == pytest.approx(173.205, rel=1e-4)


def test_an_enormous_interval_stays_finite() -> None:
    assert np.isfinite(np.asarray(drawn("x", Interval(1, 1e300), 1_000))).all()


@pytest.mark.parametrize("samples", [1, 2, 999, 10_000])
def test_every_stratum_is_drawn_once(samples: int) -> None:
    assert sorted(strata("requirements.scale.daily_active_users", samples)) == list(range(samples))


def test_the_same_path_gives_the_same_draws_and_another_gives_others() -> None:
    first, again, other = (strata(path, 10_000) for path in ("components.a.latency",) * 2 + ("components.b.latency",))
    assert (first == again).all()
    assert (first == other).mean() < 0.01


def test_inputs_are_drawn_independently_of_each_other() -> None:
    ranks = np.stack([strata(f"components.c{i}.capacity_rps", 10_000) for i in range(60)]).astype(float)
    correlations = np.corrcoef(ranks)[np.triu_indices(60, 1)]
    assert np.abs(correlations).max() < 0.05
    assert correlations.std() == pytest.approx(0.01, rel=0.15)


def test_the_draws_are_the_same_in_every_process() -> None:
    code = "from studio.estimates.ranges.draws import strata; print(strata('components.api.latency', 50).tolist())"
    root = Path(__file__).parents[3]
    outputs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].decode().strip() == str(strata("components.api.latency", 50).tolist())
