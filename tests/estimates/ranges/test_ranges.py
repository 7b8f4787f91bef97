"""What ranges of inputs say of a design."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from studio.estimates.conditions import Conditions
from studio.estimates.engine import estimate
from studio.estimates.figures import all_figures
from studio.estimates.ranges import Ranges, as_data, ranges
from studio.estimates.ranges.sampling import sampled_figures
from studio.model.design import Design
from studio.units import Interval

Read = Callable[[str], Design]

SHOP = """
[requirements.scale]
daily_active_users = [100_000, 400_000]
requests_per_user_per_day = 20
[requirements.performance]
p99 = "40 ms"
[requirements.availability]
target = 0.99
[requirements.cost]
budget_per_month = 1000
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = 2
capacity_rps = [150, 300]
latency = "8 ms"
availability = 0.995
cost_per_month = [300, 700]
[connections.user-api]
from = "user"
to = "api"
[journeys.buy]
share = 1
steps = ["user-api"]
"""


def test_a_design_without_ranges_has_none_and_numpy_stays_away() -> None:
    code = (
        "import sys, tomllib\n"
        "from studio.model.design import Design\n"
        "from studio.estimates.ranges import Ranges, as_data, ranges\n"
        'text = \'format = 1\\n[design]\\nname = "x"\\n[components.a]\\nkind = "service"\\ncapacity_rps = 5\'\n'
        "found = ranges(Design.model_validate(tomllib.loads(text)))\n"
        "assert found == Ranges() and as_data(found) == {}\n"
        "assert 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=True)


def test_figures_bear_the_names_of_the_engines(read: Read) -> None:
    design = read(SHOP)
    names = {path for path, _ in all_figures(estimate(design))}
    found = ranges(design, samples=500)
    assert set(found.figures) <= names
    assert {"traffic.peak_rps", "components.api.utilisation", "journeys.buy.p99_ms", "p99_ms"} <= set(found.figures)
    assert {"cost_per_month", "breaks_first.at", "connections.user-api.peak_rps"} <= set(found.figures)


def test_what_is_certain_has_no_range(read: Read) -> None:
    found = ranges(read(SHOP), samples=500)
    assert "components.api.instances" not in found.figures
    assert not any(path.startswith("components.user.capacity") for path in found.figures)


def test_the_middle_of_a_figure_that_rises_with_its_inputs_is_the_engines_point(read: Read) -> None:
    design = read(SHOP)
    points, found = dict(all_figures(estimate(design))), ranges(design)
    for path in ("traffic.peak_rps", "components.api.capacity_rps", "cost_per_month"):
        assert found.figures[path].p50 == pytest.approx(points[path], rel=1e-3)


def test_ends_lie_around_the_middle(read: Read) -> None:
    for spread in ranges(read(SHOP), samples=1_000).figures.values():
        ends = [np.inf if end is None else end for end in spread]
        assert ends == sorted(ends)


def test_overload_in_more_than_one_sample_of_twenty_makes_the_upper_end_infinite(read: Read) -> None:
    found = ranges(read(SHOP), Conditions(2.0))
    assert found.overloaded["api"] > 0.05
    assert found.figures["components.api.p99_ms"].p95 is None
    assert found.figures["p99_ms"].p95 is None
    assert found.figures["components.api.p99_ms"].p5 is not None


def test_what_is_full_in_every_sample_has_no_times_at_all(read: Read) -> None:
    found = ranges(read(SHOP), Conditions(1000.0), samples=500)
    assert found.overloaded["api"] == 1.0
    assert "p99_ms" not in found.figures
    assert found.probability_met["p99_ms"] == 0.0


def test_a_target_is_met_in_a_share_of_the_samples(read: Read) -> None:
    found = ranges(read(SHOP))
    assert set(found.probability_met) == {"p99_ms", "availability", "cost_per_month"}
    assert 0.05 < found.probability_met["p99_ms"] < 0.95
    # The budget of 1,000 is 500 for each of two: the middle of a log-normal [300, 700] is 458.
    assert found.probability_met["cost_per_month"] == pytest.approx(0.632, abs=0.01)


def test_a_target_that_is_a_range_is_drawn_too(read: Read) -> None:
    found = ranges(read(SHOP.replace("budget_per_month = 1000", "budget_per_month = [600, 1400]")))
    assert found.probability_met["cost_per_month"] == pytest.approx(0.5, abs=0.01)


def test_what_is_unknown_stays_unknown(read: Read) -> None:
    design = read(SHOP.replace('latency = "8 ms"\n', ""))
    found = ranges(design, samples=500)
    unknown = estimate(design).unknown
    assert not set(found.figures) & set(unknown)
    assert "components.api.p99_ms" not in found.figures
    assert "p99_ms" not in found.probability_met


def test_a_hit_ratio_nobody_gave_makes_what_lies_behind_unknown(read: Read) -> None:
    text = (
        SHOP
        + """
[components.cache]
kind = "cache"
[components.db]
kind = "database"
capacity_rps = [500, 900]
[connections.api-cache]
from = "api"
to = "cache"
[connections.api-db]
from = "api"
to = "db"
on_miss_of = "cache"
"""
    )
    found = ranges(
        read(text.replace('steps = ["user-api"]', 'steps = ["user-api", "api-cache", "api-db"]')), samples=500
    )
    assert "components.db.peak_rps" not in found.figures
    assert "components.db.utilisation" not in found.figures
    assert "connections.api-db.peak_rps" not in found.figures


def test_a_range_from_x_to_x_is_the_point(read: Read) -> None:
    def cost(text: str) -> Ranges:
        return ranges(read(text), samples=500)

    assert cost(SHOP.replace("[300, 700]", "[500, 500]")).figures == cost(SHOP.replace("[300, 700]", "500")).figures


def test_the_same_design_gives_the_same_bytes(read: Read) -> None:
    first, again = (json.dumps(as_data(ranges(read(SHOP), samples=700))) for _ in range(2))
    assert first == again


def test_another_range_leaves_the_draws_of_the_others_alone(read: Read) -> None:
    paths = ("components.api.capacity_rps", "traffic.peak_rps")
    before = sampled_figures(read(SHOP), Conditions(), {}, paths, 500)
    text = SHOP.replace('latency = "8 ms"', 'latency = ["4 ms", "20 ms"]').replace("[300, 700]", "500")
    after = sampled_figures(read(text), Conditions(), {}, paths, 500)
    for path in paths:
        assert np.array_equal(np.asarray(before[path]), np.asarray(after[path]))


def test_ten_times_the_load_is_ten_times_every_sample(read: Read) -> None:
    path = "components.api.utilisation"
    once, more = (sampled_figures(read(SHOP), Conditions(load), {}, (path,), 500)[path] for load in (1.0, 10.0))
    assert np.asarray(more) == pytest.approx(10 * np.asarray(once), rel=1e-12)


def test_the_input_that_decides_is_measured_first(read: Read) -> None:
    found = ranges(read(SHOP))
    cost = [one for one in found.measure_first if one.figure == "cost_per_month"]
    assert [one.input for one in cost] == ["components.api.cost_per_month"]
    assert cost[0].correlation == pytest.approx(1.0, abs=1e-3)
    # A fourfold range of users against a twofold one of capacity, both log-normal: 2 ÷ √5 and −1 ÷ √5.
    full = [one for one in found.measure_first if one.figure == "components.api.utilisation"]
    assert [one.input for one in full] == ["requirements.scale.daily_active_users", "components.api.capacity_rps"]
    assert full[0].correlation == pytest.approx(2 / 5**0.5, abs=0.03)
    assert full[1].correlation == pytest.approx(-1 / 5**0.5, abs=0.03)
    strengths = [abs(one.correlation) for one in found.measure_first]
    assert strengths == sorted(strengths, reverse=True)


def test_an_input_that_does_nothing_is_not_named(read: Read) -> None:
    idle = '[components.idle]\nkind = "service"\ncapacity_rps = [1, 9]\ncost_per_month = 0\n'
    found = ranges(read(SHOP + idle))
    assert not any(one.input.startswith("components.idle") for one in found.measure_first)


class _Source(NamedTuple):
    title: str = "A benchmark"


class _Figure(NamedTuple):
    value: float | Interval
    source: _Source = _Source()
    date: str = "2026-01"

    @property
    def point(self) -> float:
        return self.value.median if isinstance(self.value, Interval) else self.value


class _Technology(NamedTuple):
    figures: dict[str, _Figure]
    managed: bool = False


def test_a_technologys_range_counts_where_the_design_leaves_the_field_out(read: Read) -> None:
    technologies = {"fast": _Technology({"capacity_rps": _Figure(Interval(400, 900)), "latency": _Figure(0.004)})}
    text = SHOP.replace("[100_000, 400_000]", "100_000").replace("cost_per_month = [300, 700]", 'technology = "fast"')
    filled = ranges(read(text.replace("capacity_rps = [150, 300]\n", "")), technologies=technologies)
    assert filled.figures["components.api.capacity_rps"].p5 == pytest.approx(800, rel=0.01)
    assert {one.input for one in filled.measure_first} == {"components.api.capacity_rps"}
    stated = ranges(read(text.replace("[150, 300]", "200")), technologies=technologies)
    assert stated == Ranges()


def test_the_json_has_short_names_for_traffic_and_paths_for_the_rest(read: Read) -> None:
    data = as_data(ranges(read(SHOP), samples=500))
    assert set(data["peak_rps"]) == {"p5", "p50", "p95"}
    assert "traffic.peak_rps" not in data
    assert {"components.api.utilisation", "p99_ms", "probability_met", "overloaded", "measure_first"} <= set(data)
    assert set(data["measure_first"][0]) == {"input", "figure", "correlation"}
    json.dumps(data, allow_nan=False)


def test_a_loop_that_multiplies_traffic_in_some_samples_overloads_in_these(read: Read) -> None:
    text = """
[requirements.scale]
daily_active_users = 10_000
requests_per_user_per_day = 10
[components.user]
kind = "client"
[components.a]
kind = "service"
capacity_rps = 1e6
[components.b]
kind = "service"
capacity_rps = 1e6
[connections]
user-a = { from = "user", to = "a" }
a-b = { from = "a", to = "b" }
b-a = { from = "b", to = "a", calls_per_request = [0.3, 1.2] }
"""
    found = ranges(read(text))
    assert 0.05 < found.overloaded["a"] < 0.5
    assert found.figures["components.a.peak_rps"].p95 is None


@pytest.mark.parametrize("samples", [1, 2, 10])
def test_few_samples_do_no_harm(read: Read, samples: int) -> None:
    assert ranges(read(SHOP), samples=samples).samples == samples


@pytest.mark.parametrize("capacity", ["[1e-300, 1e300]", "[1e-6, 1e6]", "50"])
@pytest.mark.parametrize("latency", ['["0 ms", "5 ms"]', '["1 ms", "9000000 s"]'])
def test_absurd_ranges_do_no_harm(read: Read, capacity: str, latency: str) -> None:
    text = f"""
[requirements.scale]
daily_active_users = [1e-300, 1e300]
requests_per_user_per_day = [0, 10]
reads_per_write = [0, 3]
arrival_variation = [0, 5]
[components.user]
kind = "client"
[components.a]
kind = "service"
instances = 3
zones = 3
zone_availability = [0, 1]
availability = [0, 1]
capacity_rps = {capacity}
latency = {latency}
service_variation = [0, 3]
cost_per_month = [0, 1e300]
[components.cache]
kind = "cache"
hit_ratio = [0, 1]
capacity_rps = {capacity}
latency = {latency}
[connections]
user-a = {{ from = "user", to = "a", network = ["0 s", "9000000 s"] }}
a-cache = {{ from = "a", to = "cache", calls_per_request = [0, 9], parallel = true, timeout = {latency}, attempts = 9 }}
[journeys.all]
share = [0, 1]
steps = ["user-a", "a-cache"]
"""
    json.dumps(as_data(ranges(read(text), samples=60)), allow_nan=False)
