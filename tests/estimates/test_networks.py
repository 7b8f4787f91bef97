"""Designs that a simulator ran, and textbook networks: means within 1 %, 99th percentiles within 2 %."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.estimates.engine import Estimates
from studio.estimates.results import ComponentFigures

Estimated = Callable[..., Estimates]

_DATA = Path(__file__).parent.parent / "data"


def _network(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_DATA / "networks" / f"{name}.json").read_text())["oracle"]["latency"]
    return found


def _scale(rate: float, reads_per_write: float = 1) -> str:
    return f"""
[requirements.scale]
daily_active_users = {rate}
requests_per_user_per_day = 86400
peak_factor = 1
reads_per_write = {reads_per_write}
[components.user]
kind = "client"
"""


_EIGHT = """
[components.pool]
kind = "service"
instances = 8
capacity_rps = 25
latency = "40 ms"
[connections.user-pool]
from = "user"
to = "pool"
network = "0 s"
"""


def _assert_like(found: Any, simulated: dict[str, Any], *, p50: float = 0.015, p99: float = 0.02) -> None:
    """The simulator's own half-width is added to the tolerance."""
    for name, tolerance in (("mean", 0.01), ("p50", p50), ("p95", 0.015), ("p99", p99)):
        middle, half = simulated[name]
        assert getattr(found, f"{name}_ms") / 1000 == pytest.approx(middle, abs=tolerance * middle + half), name


@pytest.mark.parametrize(("pooled", "name"), [("true", "pool"), ("false", "random")])
def test_one_shared_queue_beats_a_queue_for_each_instance(estimated: Estimated, pooled: str, name: str) -> None:
    text = _scale(170) + _EIGHT.replace('latency = "40 ms"', f'latency = "40 ms"\npooled = {pooled}')
    found = estimated(text).components["pool"]
    assert found.utilisation == pytest.approx(0.85)
    _assert_like(found, _network("01_pool_vs_split")["nodes"][name])


_ROUTES = {"f1": {"f2": 0.6, "f3": 0.3}, "f2": {"f1": 0.1, "f3": 0.3}, "f3": {"f1": 0.4, "f2": 0.4}}


def _feedback() -> str:
    text = _scale(8).replace("[components.user]\n", "[components.c1]\nshare = 0.125\n")
    text += '[components.c2]\nkind = "client"\nshare = 0.5\n[components.c3]\nkind = "client"\nshare = 0.375\n'
    for node, workers in (("f1", 1), ("f2", 2), ("f3", 1)):
        text += f'[components.{node}]\nkind = "service"\ncapacity_rps = {workers * 10}\nlatency = "100 ms"\n'
        text += f'[connections.c{node[1]}-{node}]\nfrom = "c{node[1]}"\nto = "{node}"\n'
        for target, chance in _ROUTES[node].items():
            text += f'[connections.{node}-{target}]\nfrom = "{node}"\nto = "{target}"\ncalls_per_request = {chance}\n'
    return text


def test_a_network_with_feedback_has_the_simulated_nodes(estimated: Estimated) -> None:
    found = estimated(_feedback())
    simulated = _network("02_jackson_hillier")["nodes"]
    assert [found.components[node].peak_rps for node in _ROUTES] == pytest.approx([5, 10, 7.5], rel=1e-9)
    for node in _ROUTES:
        _assert_like(found.components[node], simulated[node])


@pytest.mark.parametrize(("start", "name"), [("f1", "enter_1"), ("f2", "enter_2"), ("f3", "enter_3")])
def test_visits_times_response_times_are_the_simulated_mean_of_a_wandering_request(
    estimated: Estimated, start: str, name: str
) -> None:
    """Steps cannot say «goes on to f2 with 60 %»; the mean of such a journey is still visits × the nodes' means."""
    found = estimated(_feedback()).components
    visits = dict.fromkeys(_ROUTES, 0.0)
    arriving = {start: 1.0}
    for _ in range(500):
        following = dict.fromkeys(_ROUTES, 0.0)
        for node, chance in arriving.items():
            visits[node] += chance
            for target, share in _ROUTES[node].items():
                following[target] += chance * share
        arriving = following
    mean = sum(number * (found[node].mean_ms or 0) / 1000 for node, number in visits.items())
    middle, half = _network("02_jackson_hillier")["journeys"][name]["mean"]
    assert mean == pytest.approx(middle, abs=0.01 * middle + half)


def test_all_wanderers_together_take_what_is_in_the_network_over_what_enters(estimated: Estimated) -> None:
    exact = json.loads((_DATA / "networks" / "02_jackson_hillier.json").read_text())["exact"]
    found = estimated(_feedback()).components
    inside = {node: (found[node].peak_rps or 0) * (found[node].mean_ms or 0) / 1000 for node in _ROUTES}
    assert inside == pytest.approx(exact["L"], rel=1e-9)
    assert sum(inside.values()) / 8 == pytest.approx(exact["W_over_all_journeys"], rel=1e-9)


_WEB = (
    _scale(600, 4)
    + """
[components.lb]
kind = "load-balancer"
capacity_rps = 2_000_000
latency = "0.5 ms"
service_variation = 0
[components.app]
kind = "service"
instances = 4
workers = 4
capacity_rps = 200
latency = "20 ms"
[components.cache]
kind = "cache"
capacity_rps = 2_000_000
latency = "0.5 ms"
hit_ratio = 0.9
[components.db]
kind = "database"
workers = 8
capacity_rps = 266.6666666666667
latency = "30 ms"
[connections]
user-lb = { from = "user", to = "lb", network = "0 s" }
lb-app = { from = "lb", to = "app", network = "0 s" }
app-cache = { from = "app", to = "cache", network = "0 s" }
app-db = { from = "app", to = "db", network = "0 s", on_miss_of = "cache" }
app-db-write = { from = "app", to = "db", network = "0 s" }
[journeys.read]
share = 0.8
traffic = "reads"
steps = ["user-lb", "lb-app", "app-cache", "app-db"]
[journeys.write]
share = 0.2
traffic = "writes"
steps = ["user-lb", "lb-app", "app-db-write"]
"""
)


def test_three_tiers_with_a_cache_have_the_simulated_journeys(estimated: Estimated) -> None:
    found, simulated = estimated(_WEB), _network("05_web_three_tier")
    assert found.components["app"].peak_rps == pytest.approx(600)
    assert found.components["db"].peak_rps == pytest.approx(168)
    assert found.components["db"].utilisation == pytest.approx(0.63)
    for node in ("app", "db", "cache"):
        _assert_like(found.components[node], simulated["nodes"][node])
    for journey in ("read", "write"):
        _assert_like(found.journeys[journey], simulated["journeys"][journey])


_POOL = """
[components.pool]
kind = "service"
workers = {workers}
capacity_rps = {capacity}
latency = "{latency}"
{more}
[connections.user-pool]
from = "user"
to = "pool"
network = "0 s"
attempts = {attempts}
{call}
[journeys.use]
share = 1
steps = ["user-pool"]
"""


def test_calls_given_up_too_early_have_the_simulated_journey(estimated: Estimated) -> None:
    """Ten workers of 50 ms at 120 requests/s, given up after 250 ms, three tries: 120.84 of them arrive."""
    text = _POOL.format(workers=10, capacity=200, latency="50 ms", more="", attempts=3, call='timeout = "250 ms"')
    found, simulated = estimated(_scale(120) + text), _network("12_timeout_retry_storm")
    assert found.components["pool"].peak_rps == pytest.approx(120.843, rel=1e-4)
    _assert_like(found.components["pool"], simulated["nodes"]["low"], p50=0.01)
    _assert_like(found.journeys["use"], simulated["journeys"]["low"], p50=0.01)


def test_errors_that_are_tried_again_fill_the_queue_that_makes_them(estimated: Estimated) -> None:
    """A try right after an error meets the queue that the first one left: p50 is 2 % off, means and p99 are not."""
    text = _POOL.format(workers=4, capacity=100, latency="40 ms", more="error_ratio = 0.1", attempts=4, call="")
    found, file = (
        estimated(_scale(72) + text),
        json.loads((_DATA / "networks" / "08_retry_amplification.json").read_text()),
    )
    assert found.components["pool"].utilisation == pytest.approx(file["exact"]["queue_util"], rel=1e-9)
    simulated = file["oracle"]["latency"]
    _assert_like(found.components["pool"], simulated["nodes"]["queue"])
    _assert_like(found.journeys["use"], simulated["journeys"]["queue"], p50=0.02)


def _layers(error_ratio: float) -> str:
    """Three layers with four attempts each; only the leaf takes time, and fails."""
    text = ""
    for name, latency, more in (
        ("outer", "0 s", ""),
        ("inner", "0 s", ""),
        ("leaf", "1 ms", f"error_ratio = {error_ratio}"),
    ):
        text += f'[components.{name}]\nkind = "external"\nlatency = "{latency}"\n{more}\n'
    for source, target in (("user", "outer"), ("outer", "inner"), ("inner", "leaf")):
        text += f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\nnetwork = "0 s"\nattempts = 4\n'
    return text + '[journeys.use]\nshare = 1\nsteps = ["user-outer", "outer-inner", "inner-leaf"]\n'


@pytest.mark.parametrize(("name", "rate", "error_ratio"), [("outage", 10, 1.0), ("flaky", 100, 0.3)])
def test_layers_of_retries_multiply_as_simulated(
    estimated: Estimated, name: str, rate: float, error_ratio: float
) -> None:
    found = estimated(_scale(rate) + _layers(error_ratio))
    file = json.loads((_DATA / "networks" / "08_retry_amplification.json").read_text())
    calls_of_leaf = file["exact"]["leaf_calls_per_request"][name]
    assert found.components["leaf"].peak_rps == pytest.approx(rate * calls_of_leaf, rel=1e-9)
    simulated = file["oracle"]["latency"]
    _assert_like(found.components["leaf"], simulated["nodes"][name])
    _assert_like(found.journeys["use"], simulated["journeys"][name])


def test_three_tries_of_a_mild_leaf_are_the_expected_number(estimated: Estimated) -> None:
    """Its simulated pause, 50 ms, is none the file format can say; calls and successes do not hang on it."""
    text = _layers(0.05).replace("attempts = 4", "attempts = 1", 2).replace("attempts = 4", "attempts = 3")
    found = estimated(_scale(100) + text)
    exact = json.loads((_DATA / "networks" / "08_retry_amplification.json").read_text())["exact"]
    assert found.components["leaf"].peak_rps == pytest.approx(100 * exact["leaf_calls_per_request"]["mild"], rel=1e-9)
    gives_up = found.call_budgets["inner-leaf"].gives_up
    assert gives_up is not None
    assert 1 - gives_up == pytest.approx(exact["success"]["mild"], rel=1e-9)


_JACKSON: dict[str, Any] = json.loads((_DATA / "golden" / "jackson.json").read_text())


def _as_design(network: dict[str, Any]) -> str:
    """A routed network as a design: a client for each entry, routing chances as calls per request."""
    rate = sum(network["external"])
    text = _scale(rate).replace('[components.user]\nkind = "client"\n', "")
    for i, entering in enumerate(network["external"]):
        text += f'[components.c{i}]\nkind = "client"\nshare = {entering / rate}\n'
        workers, service = network["servers"][i], network["service_mean"][i]
        text += f'[components.n{i}]\nkind = "service"\nworkers = {workers}\ncapacity_rps = {workers / service}\n'
        text += f'latency = "{service:.9f} s"\n[connections.c{i}-n{i}]\nfrom = "c{i}"\nto = "n{i}"\n'
        for j, chance in enumerate(network["routing"][i]):
            if chance:
                text += f'[connections.n{i}-n{j}]\nfrom = "n{i}"\nto = "n{j}"\ncalls_per_request = {chance}\n'
    return text


def _nodes(found: Estimates, network: dict[str, Any]) -> list[ComponentFigures]:
    return [found.components[f"n{i}"] for i in range(len(network["external"]))]


@pytest.mark.parametrize(
    "network", [network for network in _JACKSON["networks"] if "routing" in network], ids=lambda n: str(n["name"])
)
def test_textbook_networks_come_out_of_the_whole_engine(estimated: Estimated, network: dict[str, Any]) -> None:
    found = _nodes(estimated(_as_design(network)), network)
    assert [node.peak_rps for node in found] == pytest.approx(network["rates"], rel=1e-9)
    assert [node.utilisation for node in found] == pytest.approx(network["util"], rel=1e-9)
    assert [(node.mean_ms or 0) / 1000 for node in found] == pytest.approx(network["node_response"], rel=1e-9)


def test_an_overloaded_node_has_no_response_time_and_says_so(estimated: Estimated) -> None:
    network = next(network for network in _JACKSON["must_fail"] if network["name"] == "overload")
    found = estimated(_as_design(network))
    assert found.components["n0"].utilisation == pytest.approx(1.125)
    assert found.components["n0"].p99_ms is None
    assert "backlog grows by 1.25 requests/s" in found.unknown["components.n0.p99_ms"]
    assert not found.errors


@pytest.mark.parametrize("name", ["closed_cycle", "spectral_above_one"])
def test_a_loop_that_multiplies_traffic_is_an_error_that_names_it(estimated: Estimated, name: str) -> None:
    network = next(network for network in _JACKSON["must_fail"] if network["name"] == name)
    found = estimated(_as_design(network))
    assert len(found.errors) == 1
    assert "n0-n1" in found.errors[0]
    assert "n1-n0" in found.errors[0]
    assert found.components["n0"].peak_rps is None
    assert found.components["n0"].utilisation is None
    assert found.unknown["components.n1.peak_rps"] == found.errors[0]
    assert found.unknown["connections.n0-n1.peak_rps"] == found.errors[0]
