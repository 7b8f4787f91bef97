import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.formulas.flow import Edge, Loop, node_rates, strongly_connected
from studio.estimates.laws.queueing import mean_wait

_JACKSON: dict[str, Any] = json.loads((Path(__file__).parent.parent / "data" / "golden" / "jackson.json").read_text())
_ROUTED = [network for network in _JACKSON["networks"] if "routing" in network]


def _edges(routing: list[list[float]]) -> list[Edge]:
    return [
        Edge(f"{i}-{j}", str(i), str(j), gain) for i, row in enumerate(routing) for j, gain in enumerate(row) if gain
    ]


def _external(rates: list[float]) -> dict[str, float]:
    return {str(i): rate for i, rate in enumerate(rates)}


@pytest.mark.parametrize("network", _ROUTED, ids=lambda network: str(network["name"]))
def test_jackson_networks_have_the_published_rates(network: dict[str, Any]) -> None:
    found = node_rates(_external(network["external"]), _edges(network["routing"]))
    assert isinstance(found, dict)
    assert [found[str(i)] for i in range(len(network["rates"]))] == pytest.approx(network["rates"], rel=1e-9)


@pytest.mark.parametrize("network", _JACKSON["networks"], ids=lambda network: str(network["name"]))
def test_jackson_networks_have_the_published_response_times(network: dict[str, Any]) -> None:
    stations = list(zip(network["rates"], network["service_mean"], network["servers"], strict=True))
    queues = [(rate, service, servers) for rate, service, servers in stations if servers]
    found = [mean_wait(rate, service, servers) + service for rate, service, servers in queues]
    expected = [
        response for response, servers in zip(network["node_response"], network["servers"], strict=True) if servers
    ]
    assert found == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", ["closed_cycle", "spectral_above_one"])
def test_a_loop_that_multiplies_traffic_is_named(name: str) -> None:
    network = next(network for network in _JACKSON["must_fail"] if network["name"] == name)
    found = node_rates(_external(network["external"]), _edges(network["routing"]))
    assert isinstance(found, Loop)
    assert set(found.connections) == {"0-1", "1-0"}
    assert "0-1" in found.sentence


def test_two_small_loops_can_multiply_together() -> None:
    edges = [Edge("a-b", "a", "b", 1), Edge("b-a", "b", "a", 0.6), Edge("b-c", "b", "c", 1), Edge("c-b", "c", "b", 0.6)]
    found = node_rates({"a": 1.0}, edges)
    assert isinstance(found, Loop)
    assert set(found.connections) == {"a-b", "b-a", "b-c", "c-b"}


def test_a_connection_to_itself_repeats_a_share() -> None:
    assert node_rates({"a": 4.0}, [Edge("a-a", "a", "a", 0.2)]) == pytest.approx({"a": 5.0})
    assert node_rates({"a": 4.0}, [Edge("a-a", "a", "a", 1.0)]) == Loop(("a-a",))


def test_rates_flow_on_behind_a_loop_and_into_the_next() -> None:
    edges = [
        Edge("in", "x", "a", 2), Edge("ab", "a", "b", 1), Edge("ba", "b", "a", 0.5), Edge("bc", "b", "c", 3),
        Edge("cd", "c", "d", 1), Edge("dc", "d", "c", 0.25), Edge("out", "d", "y", 1),
    ]  # fmt: skip
    found = node_rates({"x": 1.0}, edges)
    assert isinstance(found, dict)
    assert found == pytest.approx({"x": 1, "a": 4, "b": 4, "c": 16, "d": 16, "y": 16})


def test_a_long_chain_and_a_long_ring_are_solved() -> None:
    chain = [Edge(str(i), str(i), str(i + 1), 1.0) for i in range(5000)]
    found = node_rates({"0": 7.0}, chain)
    assert isinstance(found, dict)
    assert found["5000"] == 7.0
    ring = [Edge(str(i), str(i), str((i + 1) % 2000), 0.5 if i == 0 else 1.0) for i in range(2000)]
    found = node_rates({"0": 1.0}, ring)
    assert isinstance(found, dict)
    assert found["0"] == pytest.approx(2.0)


def test_components_come_callers_first() -> None:
    edges = {"b": [Edge("bc", "b", "c", 1)], "a": [Edge("ab", "a", "b", 1)], "c": [Edge("cb", "c", "b", 1)]}
    assert [set(part) for part in strongly_connected(["c", "a", "b"], edges)] == [{"a"}, {"b", "c"}]


_gains = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0.01, 0.3)), max_size=14)


@given(_gains, st.lists(st.floats(0, 100), min_size=8, max_size=8))
def test_what_leaves_every_node_is_what_arrived(gains: list[tuple[int, int, float]], entering: list[float]) -> None:
    edges = [Edge(str(n), str(i), str(j), gain) for n, (i, j, gain) in enumerate(gains)]
    found = node_rates(_external(entering), edges)
    if isinstance(found, Loop):
        assert sum(edge.gain for edge in edges) >= 1
        return
    for node in map(str, range(8)):
        arriving = sum(found.get(edge.source, 0.0) * edge.gain for edge in edges if edge.target == node)
        assert found.get(node, 0.0) == pytest.approx(entering[int(node)] + arriving, rel=1e-9, abs=1e-9)


@given(_gains, st.floats(0.1, 10))
def test_rates_are_linear_in_what_enters(gains: list[tuple[int, int, float]], factor: float) -> None:
    edges = [Edge(str(n), str(i), str(j), gain) for n, (i, j, gain) in enumerate(gains)]
    once, more = node_rates({"0": 1.0}, edges), node_rates({"0": factor}, edges)
    if isinstance(once, dict) and isinstance(more, dict):
        assert more == pytest.approx({node: rate * factor for node, rate in once.items()})
