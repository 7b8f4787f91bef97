import json
from collections.abc import Callable

import pytest

from studio.estimates.as_json import as_data, as_json
from studio.estimates.conditions import Conditions
from studio.estimates.engine import Estimates, estimate
from studio.estimates.explaining.explain import explain
from studio.estimates.figures import UnknownFigure, all_figures, figure
from studio.model.design import Design

DesignOf = Callable[[str], Design]

TEXT = """
[requirements.functional.use]
priority = "must"
realised_by = ["read"]
[requirements.scale]
daily_active_users = 1_000_000
requests_per_user_per_day = 20
reads_per_write = 9
request_size = "1 KB"
record_size = "500 B"
horizon = "24 months"
[requirements.ai]
requests_per_user_per_day = 0.1
input_tokens = 1000
output_tokens = 500
price_per_million_tokens = 3.0
[requirements.performance]
p99 = "200 ms"
[requirements.availability]
target = 0.999
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = 6
zones = 2
capacity_rps = [150, 260]
latency = "20 ms"
availability = 0.995
common_cause = 0.05
cost_per_month = 70
[components.cache]
kind = "cache"
technology = "redis"
hit_ratio = 0.9
[components.db]
kind = "database"
capacity_rps = 900
latency = "4 ms"
service_variation = 2
shards = 2
read_replicas = 1
availability = 0.995
cost_per_month = 300
[components.nightly]
kind = "scheduler"
generates_rps = 2
[components.mail]
kind = "external"
managed = true
latency = "100 ms"
[components.llm]
kind = "llm"
managed = true
availability = 0.999
[connections]
user-api = { from = "user", to = "api", timeout = "1 s", attempts = 3, backoff = "exponential" }
api-cache = { from = "api", to = "cache", traffic = "reads" }
api-db = { from = "api", to = "db", on_miss_of = "cache", timeout = "300 ms" }
nightly-db = { from = "nightly", to = "db", calls_per_request = 3 }
api-mail = { from = "api", to = "mail", mode = "async" }
api-llm = { from = "api", to = "llm", calls_per_request = 0.05, hard = false }
[journeys.read]
share = 0.9
traffic = "reads"
steps = ["user-api", "api-cache", "api-db"]
[journeys.write]
share = 0.05
traffic = "writes"
steps = ["user-api", "api-db", "api-mail", "api-llm"]
[journeys.night]
steps = ["nightly-db"]
[operations]
support_cost_per_month = 500
"""


class _Source:
    title = "A benchmark"


class _Figure:
    def __init__(self, point: float) -> None:
        self.value = self.point = point
        self.source, self.date = _Source(), "2026-03"


class _Redis:
    managed = False

    def __init__(self) -> None:
        self.figures = {"capacity_rps": _Figure(50_000.0), "latency": _Figure(0.0005), "availability": _Figure(0.999)}


@pytest.fixture(scope="module")
def rich(design: DesignOf) -> tuple[Design, Estimates]:
    given = design(TEXT)
    return given, estimate(given, technologies={"redis": _Redis()})


def test_every_figure_can_be_explained(rich: tuple[Design, Estimates]) -> None:
    given, estimates = rich
    names = dict(all_figures(estimates))
    assert len(names) > 150
    for name, value in names.items():
        found = explain(given, estimates, name)
        assert (found.figure, found.value) == (name, value)
        assert found.formula
        assert found.source
        assert all(one.origin and one.name for one in found.inputs), name
        assert (found.reason is None) == (value is not None), name


def test_every_unknown_figure_has_its_reason_and_no_known_one_has(rich: tuple[Design, Estimates]) -> None:
    _, estimates = rich
    blank = {name for name, value in all_figures(estimates) if value is None}
    assert set(estimates.unknown) == blank
    assert all(estimates.unknown.values())


@pytest.mark.parametrize("down", ["api", "cache", "db", "mail", "user"])
def test_reasons_are_complete_when_something_is_down(design: DesignOf, down: str) -> None:
    given = design(TEXT)
    estimates = estimate(given, Conditions(down=frozenset([down])))
    blank = {name for name, value in all_figures(estimates) if value is None}
    assert set(estimates.unknown) - {"breaks_first"} == blank
    for name in blank:
        assert explain(given, estimates, name).reason


def test_an_explanation_says_where_inputs_come_from(rich: tuple[Design, Estimates]) -> None:
    origins = {one.name: one.origin for one in explain(*rich, "components.cache.p99_ms").inputs}
    assert origins["components.cache.capacity_rps"] == "default of technology redis (A benchmark, 2026-03)"
    of_api = {one.name: one for one in explain(*rich, "components.api.availability").inputs}
    assert of_api["components.api.availability"].origin == "components.api.availability in the design"
    assert of_api["components.api.common_cause"].value == 0.05
    peak = {one.name: one for one in explain(*rich, "peak_rps").inputs}
    assert peak["requirements.scale.peak_factor"].value == 3
    assert peak["requirements.scale.peak_factor"].origin.startswith("default of the engine")


def test_the_inputs_of_a_figure_give_its_value(rich: tuple[Design, Estimates]) -> None:
    given = {one.name: one.value for one in explain(*rich, "ai.cost_per_month").inputs}
    calls, sent, answered = (
        given[name] for name in ("ai.requests_per_day", "requirements.ai.input_tokens", "requirements.ai.output_tokens")
    )
    assert isinstance(calls, float)
    assert isinstance(sent, float)
    assert isinstance(answered, float)
    assert calls * 30 * (sent * 3 + answered * 3) / 1e6 == figure(rich[1], "ai.cost_per_month")
    assert given["input price"] == given["output price"] == 3


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("components.api.p99", "components.api.p99_ms"),
        ("components.apii.p99_ms", "components.api.p99_ms"),
        ("availabilty", "availability"),
        ("peak", "peak_rps"),
        ("traffic.peak_rps.more", "traffic.peak_rps"),
        ("journeys", None),
        ("", None),
        ("design", None),
        ("breaks_first.component", None),
    ],
)
def test_a_figure_nobody_knows_is_refused_with_the_nearest(
    rich: tuple[Design, Estimates], wrong: str, near: str | None
) -> None:
    with pytest.raises(UnknownFigure) as refused:
        explain(*rich, wrong)
    assert f"there is no figure {wrong}" in str(refused.value)
    if near is not None:
        assert near in str(refused.value)


def test_an_explanation_of_another_design_is_refused(rich: tuple[Design, Estimates], design: DesignOf) -> None:
    with pytest.raises(ValueError, match="another design"):
        explain(design(""), rich[1], "peak_rps")


@pytest.mark.parametrize(
    ("short", "path"),
    [("peak_rps", "traffic.peak_rps"), ("average_rps", "traffic.average_rps"), ("p99_ms", "journeys.read.p99_ms"),
     ("availability", "journeys.read.availability")],
)  # fmt: skip
def test_short_names_stand_for_the_whole_design(rich: tuple[Design, Estimates], short: str, path: str) -> None:
    assert figure(rich[1], short) == figure(rich[1], path)


def test_each_figure_is_found_by_its_path(rich: tuple[Design, Estimates]) -> None:
    for name, value in all_figures(rich[1]):
        assert figure(rich[1], name) == value


def test_the_json_has_the_settled_keys_in_their_order(rich: tuple[Design, Estimates]) -> None:
    data = json.loads(as_json(rich[1]))
    settled = [
        "format", "design", "load", "down", "traffic", "ai", "components", "connections", "journeys", "availability",
        "downtime_minutes_per_month", "cost_per_month", "breaks_first", "targets", "ranges", "unknown",
    ]  # fmt: skip
    assert [key for key in data if key in settled] == settled
    assert data["format"] == 1
    assert list(data["components"]["api"]) == [
        "peak_rps", "peak_read_rps", "peak_write_rps", "capacity_rps", "utilisation", "instances", "instances_needed",
        "instances_recommended", "mean_ms", "p50_ms", "p95_ms", "p99_ms", "availability", "cost_per_month", "breaks_at",
    ]  # fmt: skip
    assert list(data["connections"]["api-db"]) == ["peak_rps", "worst_case_ms", "retry_amplification"]
    assert list(data["journeys"]["read"]) == ["peak_rps", "mean_ms", "p50_ms", "p95_ms", "p99_ms", "availability"]
    assert list(data["targets"][0]) == ["target", "wanted", "got", "met", "to_meet", "margin", "mends"]
    assert list(data["breaks_first"]) == ["component", "at"]


def test_the_same_design_gives_the_same_bytes(design: DesignOf) -> None:
    assert as_json(estimate(design(TEXT))) == as_json(estimate(design(TEXT)))
    assert set(as_data(estimate(design("")))["ai"].values()) == {None}
