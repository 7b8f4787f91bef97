from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.diagrams.cycles import Arc, against_the_distance, against_the_flow
from studio.diagrams.layers import in_rows, layers_of


@pytest.mark.parametrize(
    ("count", "arcs", "reversed_arcs"),
    [
        (0, [], set()),
        (2, [(0, 1)], set()),
        (2, [(1, 0)], set()),
        (1, [(0, 0)], set()),
        (2, [(0, 1), (1, 0)], {1}),
        (3, [(0, 1), (1, 2), (2, 0)], {2}),
        (4, [(0, 1), (1, 2), (2, 1), (2, 3)], {2}),
    ],
)
def test_only_the_links_that_close_a_cycle_are_reversed(count: int, arcs: list[Arc], reversed_arcs: set[int]) -> None:
    assert against_the_flow(count, arcs) == reversed_arcs


@pytest.mark.parametrize(
    ("count", "arcs", "reversed_arcs"),
    [
        (0, [], set()),
        (3, [(0, 1), (1, 2)], set()),
        (5, [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)], {3}),
        (4, [(1, 0), (2, 1), (3, 2), (3, 0)], {0}),
        (2, [(0, 1), (1, 0)], {1}),
    ],
)
def test_a_way_out_and_back_is_folded_into_two_ways_out(count: int, arcs: list[Arc], reversed_arcs: set[int]) -> None:
    assert against_the_distance(count, arcs) == reversed_arcs


def _arcs(count: int) -> st.SearchStrategy[list[Arc]]:
    node = st.integers(0, count - 1)
    return st.lists(st.tuples(node, node), max_size=25)


@pytest.mark.parametrize("against", [against_the_flow, against_the_distance])
@given(arcs=_arcs(8))
def test_without_the_reversed_links_no_cycle_remains(
    against: Callable[[int, list[Arc]], frozenset[int]], arcs: list[Arc]
) -> None:
    reversed_arcs = against(8, arcs)
    flow = [(b, a) if i in reversed_arcs else (a, b) for i, (a, b) in enumerate(arcs)]
    layers = layers_of(8, flow, [()] * 8)
    assert all(layers[a] < layers[b] for a, b in flow if a != b)


@given(_arcs(8))
def test_an_acyclic_outline_reverses_nothing(arcs: list[Arc]) -> None:
    assert not against_the_flow(8, [(min(arc), max(arc)) for arc in arcs])


def test_a_chain_takes_a_layer_each() -> None:
    assert layers_of(3, [(0, 1), (1, 2)], [()] * 3) == [0, 1, 2]


def test_a_late_source_stands_right_above_its_target() -> None:
    assert layers_of(4, [(0, 1), (1, 2), (3, 2)], [()] * 4) == [0, 1, 2, 1]


def test_a_group_is_kept_flat() -> None:
    free = layers_of(4, [(0, 1), (1, 2)], [(), (), (), ()])
    grouped = layers_of(4, [(0, 1), (1, 2)], [(), (), ("g",), ("g",)])
    assert free[3] == 0
    assert grouped[3] == grouped[2] == 2


def test_a_wide_layer_becomes_two_rows() -> None:
    assert in_rows([0, 1, 1, 1, 2], [10, 10, 10, 10, 10], 20) == [0, 1, 1, 2, 3]
