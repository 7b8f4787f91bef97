from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from studio.estimates.what_breaks.cheapest import Question, cheapest


def _question(weights: list[float], prices: list[float], wanted: float, tried: int = 1000) -> Question:
    names = [f"part{index}" for index in range(len(weights))]

    def enough(levels: object) -> bool:
        return sum(w * (1 - 1 / levels[name]) for w, name in zip(weights, names, strict=True)) >= wanted  # type: ignore[index]

    return Question(enough, dict.fromkeys(names, 1), 10_000, dict(zip(names, prices, strict=True)), tried)


def test_the_cheapest_of_two_ways_is_taken() -> None:
    assert cheapest(_question([1.0, 1.0], [10.0, 1.0], 0.5)) == {"part0": 1, "part1": 2}


def test_fewer_parts_change_where_the_price_is_the_same() -> None:
    assert cheapest(_question([1.0, 0.5], [0.0, 0.0], 0.6)) == {"part0": 3, "part1": 1}


def test_what_is_enough_stays_as_it_is() -> None:
    assert cheapest(_question([1.0], [1.0], 0.0)) == {"part0": 1}


def test_what_no_level_reaches_is_not_found() -> None:
    assert cheapest(_question([1.0, 1.0], [1.0, 1.0], 2.0)) is None


@given(
    weights=st.lists(st.floats(0.1, 1), min_size=1, max_size=3),
    prices=st.lists(st.integers(1, 9), min_size=3, max_size=3),
    part=st.floats(0.05, 0.8),
)
def test_no_cheaper_way_is_enough(weights: list[float], prices: list[int], part: float) -> None:
    question = _question(weights, [float(price) for price in prices[: len(weights)]], part * sum(weights))
    found = cheapest(question)
    assert found is not None
    assert question.enough(found)
    for name in found:
        if found[name] > 1:
            assert not question.enough({**found, name: found[name] - 1})
    small = [dict(zip(found, levels, strict=True)) for levels in product(range(1, 7), repeat=len(found))]
    if max(found.values()) <= 6:
        assert question.cost(found) == min(question.cost(levels) for levels in small if question.enough(levels))


@given(weights=st.lists(st.floats(0.1, 1), min_size=6, max_size=8), part=st.floats(0.9, 0.98))
def test_a_large_question_is_answered_without_a_spare_level(weights: list[float], part: float) -> None:
    question = _question(weights, [1.0] * len(weights), part * sum(weights), 100)
    found = cheapest(question)
    assert found is not None
    assert question.enough(found)
    assert not any(question.enough({**found, name: found[name] - 1}) for name in found if found[name] > 1)
