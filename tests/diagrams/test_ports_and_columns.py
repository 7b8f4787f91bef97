from __future__ import annotations

from studio.diagrams.columns import across_of, least_extent
from studio.diagrams.drawing import Part, sketched
from studio.diagrams.outline import Box, Link
from studio.diagrams.style import Style


def _part(names: str, *links: tuple[str, str, str]) -> Part:
    return Part(
        tuple(Box(name, name) for name in names.split()),
        tuple(Link(f"link {i}", *link) for i, link in enumerate(links)),
    )


def test_a_lone_port_is_in_the_middle_of_its_side() -> None:
    sketch = sketched(_part("gateway api", ("gateway", "api", "")), Style())
    gateway = sketch.shapes[0]
    assert gateway.across == len("gateway") + 4
    assert gateway.below.places[0] - gateway.shift == gateway.across // 2


def test_a_box_grows_when_it_has_more_ports_than_columns() -> None:
    links = [(name, "x", name.upper()) for name in "abcdef"]
    sketch = sketched(_part("a b c d e f x", *links), Style())
    hub = sketch.shapes[6]
    assert hub.across > 5
    assert len(set(hub.above.places.values())) == len(hub.above.nets)


def test_ports_lie_on_even_places_with_a_margin() -> None:
    sketch = sketched(_part("a b c d", ("a", "d", ""), ("b", "d", ""), ("c", "d", "why")), Style())
    for shape in sketch.shapes[:4]:
        for side in (shape.above, shape.below):
            assert all(place % 2 == 0 for place in side.places.values())
            assert all(2 <= place - shape.shift <= shape.across - 3 for place in side.places.values())


def test_a_label_by_the_arrowhead_holds_the_next_port_off() -> None:
    sketch = sketched(_part("a b c", ("a", "c", "a long label"), ("b", "c", "")), Style())
    ports = sorted(sketch.shapes[2].above.places.values())
    assert ports[1] - ports[0] >= len("a long label") + 4 or sketch.weave.threads[0].label_place == "upper"


def test_lines_side_by_side_between_two_boxes_are_parallel() -> None:
    sketch = sketched(_part("a b", ("a", "b", "request"), ("b", "a", "reply")), Style())
    assert sketch.shapes[0].below.distances == sketch.shapes[1].above.distances


def test_a_chain_is_straight() -> None:
    sketch = sketched(_part("a bbbbbbbb ccc", ("a", "bbbbbbbb", ""), ("bbbbbbbb", "ccc", "")), Style())
    across = across_of(sketch.weave, sketch.order, sketch.shapes, sketch.style)
    for strand in sketch.weave.strands:
        upper = across.anchors[strand.upper] + sketch.shapes[strand.upper].below.places[strand.net]
        lower = across.anchors[strand.lower] + sketch.shapes[strand.lower].above.places[strand.net]
        assert upper == lower


def test_columns_keep_to_the_width_when_the_gaps_allow_it() -> None:
    part = _part("root one two three four", *(("root", to, "") for to in ("one", "two", "three", "four")))
    sketch = sketched(part, Style())
    least = least_extent(sketch.weave, sketch.order, sketch.shapes, sketch.style)
    across = across_of(sketch.weave, sketch.order, sketch.shapes, sketch.style, least)
    rights = [across.anchors[item] + sketch.shapes[item].right for item in range(5)]
    assert max(rights) < least + 1
