from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.diagrams.settle import Constraint, Pull, lowest, settled


def test_the_lowest_positions_keep_every_distance() -> None:
    assert lowest(3, [(0, 1, 4), (1, 2, 3), (0, 2, 5)]) == [0, 4, 7]


def test_a_contradiction_is_refused() -> None:
    with pytest.raises(ValueError, match="contradict"):
        lowest(2, [(0, 1, 1), (1, 0, 1)])


def test_a_pull_makes_a_line_straight() -> None:
    assert settled([0, 10, 4], [(0, 1, 5)], [Pull(0, 0, 2, 0, 1)])[::2] == [4, 4]


def test_the_heavier_pull_wins() -> None:
    x = settled([0, 0, 8], [(1, 2, 8)], [Pull(0, 0, 1, 0, 1), Pull(0, 0, 2, 0, 3)], fixed=frozenset([1, 2]))
    assert x[0] == 8


def test_what_is_pushed_moves_along() -> None:
    x = settled([0, 3, 20], [(0, 1, 3)], [Pull(0, 0, 2, 0, 2)], fixed=frozenset([2]))
    assert x == [20, 23, 20]


def test_a_whole_cluster_moves_where_no_single_one_would() -> None:
    pulls = [Pull(0, 0, 1, 0, 5), Pull(1, 0, 2, 0, 5), Pull(2, 0, 3, 0, 1)]
    assert settled([0, 0, 0, 9], [], pulls, fixed=frozenset([3])) == [9, 9, 9, 9]


_PULLS = st.builds(Pull, st.integers(0, 5), st.just(0), st.integers(0, 5), st.just(0), st.integers(1, 3))


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(1, 6)), max_size=8),
    st.lists(_PULLS, max_size=8),
)
def test_the_answer_is_feasible_and_no_worse(steps: list[tuple[int, int, int]], pulls: list[Pull]) -> None:
    constraints: list[Constraint] = [(u, u + by, d) for u, by, d in steps if u + by < 6]
    start = lowest(6, constraints)
    x = settled(start, constraints, pulls)
    assert all(x[v] - x[u] >= d for u, v, d in constraints)
    assert _cost(x, pulls) <= _cost(start, pulls)


def _cost(x: list[int], pulls: list[Pull]) -> int:
    return sum(abs(x[pull.one] - x[pull.other]) * pull.weight for pull in pulls)
