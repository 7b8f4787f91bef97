"""Sampling and the engine are one: a sample's figures are the engine's for the numbers of that sample."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.estimates.conditions import TODAY, Conditions
from studio.model.design import Design

_SAMPLES = Path(__file__).parents[3] / "sample_designs"

SCALE = """
[requirements.scale]
daily_active_users = [100_000, 400_000]
requests_per_user_per_day = [15, 25]
peak_factor = [2, 5]
reads_per_write = [5, 20]
request_size = ["1 KB", "3 KB"]
record_size = "500 B"
retention = ["1 year", "3 years"]
horizon = "24 months"
[requirements.performance]
p99 = "150 ms"
[requirements.cost]
budget_per_month = 5000
"""

CACHED = (
    SCALE
    + """
[components.user]
kind = "client"
share = 0.7
[components.partner]
kind = "client"
[components.edge]
kind = "cdn"
hit_ratio = [0.4, 0.7]
capacity_rps = 90_000
latency = "1 ms"
[components.api]
kind = "service"
instances = 4
capacity_rps = [150, 400]
workers = 4
latency = ["5 ms", "9 ms"]
availability = [0.99, 0.999]
cost_per_month = [50, 90]
[components.cache]
kind = "cache"
hit_ratio = [0.85, 0.95]
capacity_rps = [4_000, 9_000]
latency = "1 ms"
workers = 2
availability = 0.999
cost_per_month = 40
[components.db]
kind = "database"
instances = 1
read_replicas = 2
shards = 2
hot_share = [0.5, 0.7]
capacity_rps = [300, 900]
latency = "4 ms"
workers = 8
availability = [0.995, 0.9995]
common_cause = [0.01, 0.1]
cost_per_month = 400
[connections]
user-edge = { from = "user", to = "edge", network = ["10 ms", "40 ms"] }
partner-api = { from = "partner", to = "api", network = "5 ms" }
edge-api = { from = "edge", to = "api" }
api-cache = { from = "api", to = "cache", traffic = "reads" }
api-db = { from = "api", to = "db", on_miss_of = "cache", calls_per_request = [0.8, 1.6] }
api-write = { from = "api", to = "db", traffic = "writes", calls_per_request = 2 }
"""
)

JOURNEYS = (
    CACHED
    + """
[journeys.read]
share = [0.5, 0.8]
traffic = "reads"
steps = ["user-edge", "edge-api", "api-cache", "api-db"]
p99 = ["50 ms", "80 ms"]
[journeys.write]
share = 0.1
traffic = "writes"
steps = ["partner-api", "api-write"]
availability = 0.999
"""
)

AT_ONCE = (
    SCALE
    + """
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = 6
capacity_rps = [200, 500]
workers = 3
latency = "8 ms"
zones = 3
zone_availability = 0.9995
availability = 0.99
[components.search]
kind = "search"
pooled = true
instances = 3
capacity_rps = [300, 700]
workers = 2
latency = "12 ms"
availability = [0.99, 0.999]
[components.ads]
kind = "external"
latency = ["20 ms", "50 ms"]
availability = 0.99
managed = true
[components.store]
kind = "database"
instances = 5
zones = 2
zone_availability = [0.999, 0.9999]
availability = [0.99, 0.999]
capacity_rps = [250, 400]
latency = "6 ms"
workers = 2
contention = 0.03
[connections]
user-api = { from = "user", to = "api", network = ["5 ms", "30 ms"] }
api-store = { from = "api", to = "store" }
api-search = { from = "api", to = "search", calls_per_request = 3, parallel = true }
api-ads = { from = "api", to = "ads", hard = false, timeout = ["150 ms", "400 ms"] }
[journeys.find]
share = 0.5
steps = ["user-api", "api-search", "api-ads"]
at_once = [["api-search", "api-ads"]]
[journeys.look]
share = 0.2
steps = ["user-api", "api-ads", "api-store"]
"""
)

CYCLE = (
    SCALE
    + """
[components.user]
kind = "client"
[components.a]
kind = "service"
instances = 20
capacity_rps = [200, 300]
latency = "4 ms"
workers = 1
service_variation = 0.4
[components.b]
kind = "service"
instances = 20
capacity_rps = [200, 300]
latency = "4 ms"
workers = 1
service_variation = 0
[components.nightly]
kind = "batch"
generates_rps = [5, 20]
[connections]
user-a = { from = "user", to = "a" }
a-b = { from = "a", to = "b", calls_per_request = [0.2, 0.6] }
b-a = { from = "b", to = "a", calls_per_request = [0.1, 0.5] }
nightly-a = { from = "nightly", to = "a" }
[journeys.there]
steps = ["user-a", "a-b"]
share = 1
"""
)

TOKENS = """
[requirements.scale]
daily_active_users = [1_000, 9_000]
requests_per_user_per_day = 10
[requirements.ai]
requests_per_user_per_day = [1, 5]
input_tokens = [500, 2_000]
output_tokens = 300
input_price_per_million_tokens = [2, 3]
output_price_per_million_tokens = 12
cache_hit_ratio = [0.1, 0.4]
[components.user]
kind = "client"
[components.llm]
kind = "llm"
managed = true
latency = "900 ms"
availability = [0.99, 0.999]
[components.hook]
kind = "function"
cost_per_million_requests = [0.2, 0.6]
managed = true
latency = ["20 ms", "60 ms"]
service_variation = 2
availability = 0.999
[connections]
user-hook = { from = "user", to = "hook" }
hook-llm = { from = "hook", to = "llm" }
[operations]
support_cost_per_month = [100, 300]
"""

UNEVEN = CYCLE.replace("[requirements.performance]", "arrival_variation = [1.5, 3]\n[requirements.performance]", 1)

TRIED = (
    SCALE
    + """
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = 8
capacity_rps = [200, 500]
workers = 20
latency = "8 ms"
blocking = true
[components.store]
kind = "database"
instances = 6
capacity_rps = [300, 700]
workers = 4
latency = "12 ms"
error_ratio = 0.01
[components.index]
kind = "search"
instances = 6
capacity_rps = [900, 1_500]
workers = 2
latency = "3 ms"
[connections]
user-api = { from = "user", to = "api", network = ["5 ms", "30 ms"], attempts = 1 }
api-store = { from = "api", to = "store", timeout = ["60 ms", "90 ms"], attempts = 2, backoff = "fixed" }
api-index = { from = "api", to = "index", hedge_after = "5 ms" }
api-few = { from = "api", to = "index", calls_per_request = 3, parallel = true, answers_needed = 2 }
[journeys.find]
share = 0.5
steps = ["user-api", "api-store"]
[journeys.hedged]
share = 0.1
steps = ["user-api", "api-index"]
[journeys.quorum]
share = 0.1
steps = ["user-api", "api-few"]
"""
)

CASES = [
    pytest.param(CACHED, TODAY, id="caches, clients, shards, replicas"),
    pytest.param(JOURNEYS, TODAY, id="journeys through caches"),
    pytest.param(JOURNEYS, Conditions(0.2), id="a fifth of the load"),
    pytest.param(JOURNEYS, Conditions(0.3, down=frozenset({"cache"})), id="a cache down"),
    pytest.param(JOURNEYS, Conditions(0.3, cold=frozenset({"edge"})), id="a cold edge"),
    pytest.param(AT_ONCE, TODAY, id="calls at once, timeouts, a pool, zones"),
    pytest.param(AT_ONCE, Conditions(0.5, zone_lost=True), id="a zone lost"),
    pytest.param(CYCLE, TODAY, id="a cycle, load of its own, other variations"),
    pytest.param(UNEVEN, TODAY, id="uneven arrivals"),
    pytest.param(TOKENS, TODAY, id="tokens and prices by use"),
    pytest.param(TOKENS, Conditions(3.0), id="a higher peak of the same month"),
]


@pytest.mark.parametrize(("text", "conditions"), CASES)
def test_a_sample_is_the_engines_figure_of_its_numbers(
    read: Callable[[str], Design], differences: Callable[..., list[str]], text: str, conditions: Conditions
) -> None:
    assert differences(read(text), conditions, uneven=("a", "b", "hook")) == []


def test_retries_hedges_and_held_workers_are_those_of_the_medians(
    read: Callable[[str], Design], differences: Callable[..., list[str]]
) -> None:
    assert differences(read(TRIED), Conditions(0.5), loosely=0.02) == []


def test_where_workers_vary_all_times_are_tabulated(
    read: Callable[[str], Design], differences: Callable[..., list[str]]
) -> None:
    text = JOURNEYS.replace("workers = 4\n", "").replace('latency = "4 ms"\nworkers = 8', 'latency = ["4 ms", "60 ms"]')
    assert differences(read(text), Conditions(0.6), loosely=1e-4) == []


@pytest.mark.parametrize("name", ["url_shortener", "notification_system"])
def test_a_sample_of_a_sample_design_is_the_engines(name: str, differences: Callable[..., list[str]]) -> None:
    # Retries are taken as they are at the medians: a ten-thousandth of a figure here.
    design = Design.model_validate(tomllib.loads((_SAMPLES / f"{name}.toml").read_text()))
    assert differences(design, loosely=1e-5, which=(11, 380)) == []


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A row of services, some called twice or through a cache, with ranges here and there."""

    def ranged(value: float, *, unit: str = "") -> str:
        width = draw(st.sampled_from([1.0, 1.2, 2.5]))
        low, high = (f'"{end:.6g}{unit}"' if unit else f"{end:.6g}" for end in (value / width, value * width))
        return low if width == 1.0 else f"[{low}, {high}]"

    lines = [
        "[requirements.scale]", f"daily_active_users = {ranged(draw(st.integers(1_000, 200_000)))}",
        "requests_per_user_per_day = 20", f"reads_per_write = {ranged(4)}",
        '[components.user]\nkind = "client"',
        f'[components.cache]\nkind = "cache"\nhit_ratio = [0.7, {draw(st.sampled_from([0.8, 0.95]))}]',
        'capacity_rps = 50_000\nlatency = "1 ms"',
    ]  # fmt: skip
    size = draw(st.integers(1, 4))
    for i in range(size):
        lines += [
            f"[components.s{i}]", 'kind = "service"', f"instances = {draw(st.integers(1, 5))}",
            f"capacity_rps = {ranged(draw(st.integers(80, 900)))}", f"latency = {ranged(8, unit=' ms')}",
            f"workers = {draw(st.integers(1, 6))}", "availability = [0.99, 0.999]", f"cost_per_month = {ranged(70)}",
            f"shards = {draw(st.integers(1, 2))}", f"read_replicas = {draw(st.integers(0, 1))}",
        ]  # fmt: skip
    lines.append('[connections]\nuser-s0 = { from = "user", to = "s0" }\ns0-cache = { from = "s0", to = "cache" }')
    steps = ["user-s0", "s0-cache"]
    for i in range(1, size):
        calls, miss = draw(st.sampled_from(["1", "[0.5, 0.9]", "2"])), draw(st.booleans())
        waits = ', on_miss_of = "cache"' if miss else ""
        lines.append(f's{i - 1}-s{i} = {{ from = "s{i - 1}", to = "s{i}", calls_per_request = {calls}{waits} }}')
        steps.append(f"s{i - 1}-s{i}")
    if draw(st.booleans()):
        named = ", ".join(f'"{step}"' for step in steps)
        lines.append(f"[journeys.all]\nshare = [0.6, 0.9]\nsteps = [{named}]")
    return "\n".join(lines)


@settings(max_examples=12, deadline=None)
@given(texts())
def test_a_sample_of_any_design_is_the_engines(
    read: Callable[[str], Design], differences: Callable[..., list[str]], text: str
) -> None:
    assert differences(read(text), samples=200, which=(3, 150)) == []
