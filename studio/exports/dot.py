"""The drawing in the DOT language, for Graphviz and everything that reads it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from studio.analysis import Analysis
from studio.exports.frame.escaping import dot_label
from studio.exports.frame.options import PLAIN, Options
from studio.model.component import Component
from studio.model.design import Design
from studio.model.kinds import DURABLE_STORES, MESSAGING

if TYPE_CHECKING:
    from graphviz import Digraph

SUFFIX = ".dot"
TAKES = ("direction",)


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """DOT text: a cluster for each group, dashed lines for what nobody waits for; a node's class is its kind."""
    del analysis
    return source(design, options)


def source(design: Design, options: Options) -> str:
    """The DOT text of a design, made by the graphviz package."""
    import graphviz

    graph = graphviz.Digraph(
        "design",
        graph_attr={"rankdir": options.direction, "fontname": "Helvetica", "label": dot_label(design.design.name)},
        node_attr={"shape": "box", "style": "rounded", "fontname": "Helvetica"},
        edge_attr={"fontname": "Helvetica", "fontsize": "10"},
    )
    _fill(graph, design, (), "cluster")
    for connection in design.connections:
        graph.edge(
            connection.source,
            connection.target,
            label=dot_label(connection.carries or ""),
            style="solid" if connection.is_synchronous else "dashed",
        )
    return str(graph.source)


def _fill(graph: "Digraph", design: Design, path: tuple[str, ...], name: str) -> None:
    for component in design.components:
        if component.groups == path:
            said = {"label": dot_label(component.label), "shape": _shape(component), "class": component.kind}
            graph.node(component.id, **said)
    for number, inner in enumerate(_frames(design, path)):
        with graph.subgraph(name=f"{name}_{number}") as cluster:
            cluster.attr(label=dot_label(inner[-1]), style="dashed")
            _fill(cluster, design, inner, f"{name}_{number}")


def _frames(design: Design, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    seen = dict.fromkeys(
        component.groups[: len(path) + 1]
        for component in design.components
        if len(component.groups) > len(path) and component.groups[: len(path)] == path
    )
    yield from seen


def _shape(component: Component) -> str:
    if component.kind in DURABLE_STORES or component.kind == "cache":
        return "cylinder"
    if component.kind in MESSAGING:
        return "cds"
    return "oval" if component.kind == "client" else "box"
