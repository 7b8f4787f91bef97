"""The DOT language read into a design: nodes, edges, clusters, defaults; what is not understood has a place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import TenfoldError
from studio.imports.dot import read
from studio.imports.frame.imported import Imported, Source


def imported(text: str, number: int = 1) -> Imported:
    return read(Source(text, "shop.dot", "Shop", number))


EDGES = {
    "an edge": ("api -> db", [("api", "db", "", True)]),
    "a chain": ("api -> db -> log", [("api", "db", "", True), ("db", "log", "", True)]),
    "a set": ("{api web} -> db", [("api", "db", "", True), ("web", "db", "", True)]),
    "a subgraph": ("api -> subgraph s {db; log}", [("api", "db", "", True), ("api", "log", "", True)]),
    "ports": ("api:out:e -> db:in", [("api", "db", "", True)]),
    "a label": ('api -> db [label="rows\\nof orders"]', [("api", "db", "rows of orders", True)]),
    "dashed": ("api -> db [style=dashed]", [("api", "db", "", False)]),
    "dashed by default": ("edge [style=dotted] api -> db", [("api", "db", "", False)]),
    "a default of another subgraph": ("{edge [style=dotted]} api -> db", [("api", "db", "", True)]),
    "against the arrow": ("api -> db [dir=back]", [("db", "api", "", True)]),
    "both ways": ("api -> db [dir=both]", [("api", "db", "", True), ("db", "api", "", True)]),
    "hidden": ("api -> db [style=invis]", []),
    "two attribute lists": ("api -> db [color=red] [style=dashed]", [("api", "db", "", False)]),
    "comments": ("// a -> b\n# c -> d\n/* e -> f\n */ api -> db", [("api", "db", "", True)]),
    "quoted and joined ids": ('"api" -> "d" + "b"', [("api", "db", "", True)]),
    "twice": ("api -> db; api -> db", [("api", "db", "", True), ("api", "db", "", True)]),
}


@pytest.mark.parametrize("name", EDGES)
def test_an_edge_is_a_connection(name: str) -> None:
    text, wanted = EDGES[name]
    found = imported(f"digraph {{ {text} }}")
    assert [(c.source, c.target, c.carries or "", c.is_synchronous) for c in found.design.connections] == wanted
    assert not found.defects


NODES = {
    "a name": ("n1 [label=Orders]", "Orders", "service"),
    "a cylinder": ("n1 [label=Orders, shape=cylinder]", "Orders", "database"),
    "a cylinder by default": ("node [shape=cylinder]; n1 [label=Orders]", "Orders", "database"),
    "a cylinder that is a cache": ('n1 [label="Redis Cache" shape=cylinder]', "Redis Cache", "cache"),
    "an arrow": ("n1 [label=Orders; shape=cds]", "Orders", "queue"),
    "a label of HTML": ("n1 [label=<<b>Main</b><br/>store &amp; more>]", "Main store & more", "service"),
    "a record": ('n1 [shape=record label="{<f0> Orders|id|name}"]', "Orders", "service"),
    "escapes": (r'n1 [label="\N \"x\" \\ y\l"]', 'n1 "x" \\ y', "service"),
    "no label": ("orders", "orders", "service"),
    "a number": ("12", "12", "service"),
    "other letters": ("Übersicht", "Übersicht", "service"),
}


@pytest.mark.parametrize("name", NODES)
def test_a_node_has_the_name_and_the_kind_its_shape_says(name: str) -> None:
    text, label, kind = NODES[name]
    found = imported(f"digraph {{ {text} }}")
    assert [(c.label, c.kind) for c in found.design.components] == [(label, kind)]
    assert not found.defects


def test_clusters_are_groups_and_other_subgraphs_are_not() -> None:
    text = """digraph "The shop" {
      web -> api
      subgraph cluster_0 { label = "EU / west"; api; { rank=same; log }
        subgraph cluster_in { cache } }
      subgraph "cluster deep" { cluster=true; db }
    }"""
    found = imported(text)
    assert found.design.design.name == "The shop"
    assert [(c.id, c.group) for c in found.design.components] == [
        ("web", None), ("api", "EU - west"), ("log", "EU - west"), ("cache", "EU - west/in"), ("db", "deep"),
    ]  # fmt: skip


def test_an_undirected_graph_asks_who_calls() -> None:
    found = imported("graph { api -- db }")
    assert [(c.source, c.target) for c in found.design.connections] == [("api", "db")]
    assert "undirected" in found.unknown[0]


def test_a_strict_graph_has_each_edge_once() -> None:
    assert len(imported("strict digraph { a -> b; a -> b }").design.connections) == 1


DEFECTS = {
    "a sign": ("a -> ] b;\n c -> d", 1, 16, "“]” stands where a name should", 3),
    "an open list": ("a [label=x;\n b -> c", 2, 4, "stands where", 1),
    "no end": ("a -> b", 1, 17, "the graph has no end", 2),
    "a keyword": ("node -> b; c -> d", 1, 16, "stands where", 2),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_what_is_not_understood_is_told_with_its_place(name: str) -> None:
    text, line, column, what, components = DEFECTS[name]
    found = imported(f"digraph {{ {text}{'' if name == 'no end' else ' }'}")
    assert (found.defects[0].line, found.defects[0].column) == (line, column)
    assert what in found.defects[0].what
    assert len(found.design.components) >= components


@pytest.mark.parametrize(
    "text", ["", "words", "digraph {}", "digraph", "digraph " + "{" * 5_000, "digraph {" + "]{" * 5_000]
)
def test_what_is_no_graph_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(TenfoldError, match=r"^shop\.dot:1: there is no graph"):
        imported(text)


def test_what_is_too_large_is_refused_at_once() -> None:
    with pytest.raises(TenfoldError, match="too large"):
        imported("digraph {" + "a;" * 600_000)


PIECES = [
    "digraph", "graph", "{", "}", "[", "]", "->", "--", "a", "b", "=", "label", '"x"', "<b>", "<", "subgraph",
    "cluster_a", ";", ",", ":", "n", "/*", "//", "\n", "#", "+", "strict", "node", "edge", "shape=cylinder",
    " ",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)))
def test_any_text_is_imported_or_refused_in_a_sentence(text: str) -> None:
    for begin in ("", "digraph { a -> b "):
        said = refusal(begin + text)
        assert said is None or said.startswith("shop.dot:")


def refusal(text: str) -> str | None:
    try:
        imported(text)
    except TenfoldError as refused:
        return str(refused)
    return None
