from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.diagrams.crossings import crossings_between, crossings_of_neighbours
from studio.diagrams.nets import Course, nets_of
from studio.diagrams.order import ordered
from studio.diagrams.weave import Weave, woven


def _course(upper: int, lower: int, label: str = "", *, dashed: bool = False) -> Course:
    return Course(upper, lower, label, asynchronous=dashed, reversed=False)


def test_few_links_of_one_box_have_a_line_each() -> None:
    assert nets_of([_course(0, 1), _course(0, 2), _course(0, 3)]) == [0, 1, 2]


def test_many_links_of_one_box_share_a_line() -> None:
    assert nets_of([_course(0, lower, "x") for lower in (1, 2, 3, 4)]) == [0, 0, 0, 0]


def test_many_links_to_one_box_share_a_line_unless_labelled() -> None:
    assert nets_of([_course(upper, 9) for upper in range(4)]) == [0, 0, 0, 0]
    assert nets_of([_course(upper, 9, "x") for upper in range(4)]) == [0, 1, 2, 3]


def test_solid_and_dashed_links_share_no_line() -> None:
    courses = [_course(0, lower, dashed=lower > 4) for lower in range(1, 9)]
    assert nets_of(courses) == [0, 0, 0, 0, 1, 1, 1, 1]


def test_parallel_links_never_share_their_line() -> None:
    nets = nets_of([*(_course(0, lower) for lower in (1, 2, 3, 4)), _course(0, 1)])
    assert nets == [0, 0, 0, 0, 1]


def _weave(layers: list[int], arcs: list[tuple[int, int]], groups: list[tuple[str, ...]] | None = None) -> Weave:
    courses = [_course(*arc) for arc in arcs]
    return woven(layers, groups or [()] * len(layers), courses, nets_of(courses))


def test_a_long_link_bends_once_in_every_layer_between() -> None:
    weave = _weave([0, 1, 2, 3], [(0, 1), (1, 2), (2, 3), (0, 3)])
    assert [len(layer) for layer in weave.layers] == [1, 2, 2, 1]
    assert [len(thread.strands) for thread in weave.threads] == [1, 1, 1, 3]


def test_strands_join_neighbouring_layers() -> None:
    weave = _weave([0, 3, 1], [(0, 1), (0, 2), (2, 1)])
    items = weave.items
    assert all(items[strand.lower].layer - items[strand.upper].layer == 1 for strand in weave.strands)


def test_a_group_has_an_item_in_every_layer_that_it_spans() -> None:
    weave = _weave([0, 1, 2, 0], [(0, 1), (1, 2)], [("g",), (), ("g",), ()])
    assert all(any(weave.items[item].path == ("g",) for item in layer) for layer in weave.layers)


def test_crossings_are_counted() -> None:
    assert crossings_between([(0, 1), (1, 0)]) == 1
    assert crossings_between([(0, 0), (0, 1), (1, 0), (1, 1)]) == 1
    assert crossings_between([(0, 2), (1, 1), (2, 0)]) == 3
    assert crossings_of_neighbours([1, 2], [0, 3]) == 2


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_counting_agrees_with_comparing_all_pairs(ends: list[tuple[int, int]]) -> None:
    pairs = combinations(ends, 2)
    assert crossings_between(ends) == sum((a - c) * (b - d) < 0 for (a, b), (c, d) in pairs)


def test_an_avoidable_crossing_is_avoided() -> None:
    weave = _weave([0, 0, 1, 1], [(0, 3), (1, 2)])
    order = ordered(weave)
    places = [{item: place for place, item in enumerate(layer)} for layer in order]
    ends = [(places[0][strand.upper], places[1][strand.lower]) for strand in weave.strands]
    assert crossings_between(ends) == 0


_GROUPS = st.sampled_from([(), ("a",), ("b",), ("a", "c"), ("a", "d")])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), _GROUPS), min_size=1, max_size=12), st.data())
def test_groups_are_contiguous_and_keep_their_mutual_order(
    boxes: list[tuple[int, tuple[str, ...]]], data: st.DataObject
) -> None:
    ranks = {layer: rank for rank, layer in enumerate(sorted({layer for layer, _ in boxes}))}
    layers = [ranks[layer] for layer, _ in boxes]
    downwards = [(a, b) for a in range(len(boxes)) for b in range(len(boxes)) if layers[a] < layers[b]]
    arcs = data.draw(st.lists(st.sampled_from(downwards), max_size=15)) if downwards else []
    weave = _weave(layers, arcs, [group for _, group in boxes])
    before: set[tuple[str, ...]] = set()
    for layer in ordered(weave):
        paths = [weave.items[item].path for item in layer]
        for group in weave.spans:
            places = [place for place, path in enumerate(paths) if path[: len(group)] == group]
            assert places == list(range(places[0], places[-1] + 1)) if places else True
        before.update(pairwise(dict.fromkeys(path[0] for path in paths if path)))
    assert not any((second, first) in before for first, second in before)
