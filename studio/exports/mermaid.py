"""The drawing in Mermaid, which many sites draw by themselves: a flowchart, or a C4 container diagram."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from studio.analysis import Analysis
from studio.exports.chart.frames import Frame, frames, node_ids
from studio.exports.frame.escaping import mermaid
from studio.exports.frame.options import PLAIN, Options
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.kinds import DURABLE_STORES, MESSAGING
from studio.model.references import free_id
from studio.text import one_line

SUFFIX = ".mmd"
TAKES = ("direction", "notation")

_BOX: Final = ("[", "]")
_SHAPES: Final = {
    **dict.fromkeys((*DURABLE_STORES, "cache"), ("[(", ")]")),
    **dict.fromkeys(MESSAGING, ("[/", "/]")),
    **dict.fromkeys(("cdn", "gateway", "load-balancer"), ("{{", "}}")),
    **dict.fromkeys(("worker", "function", "batch", "scheduler", "agent"), ("(", ")")),
    **dict.fromkeys(("external", "llm"), ("[[", "]]")),
    "client": ("([", "])"),
}
"""The brackets around the label of a kind: cylinders hold data, slanted boxes messages, hexagons pass requests on,
rounded boxes work in the background, doubled sides are somebody else's, clients are stadiums."""


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """A flowchart with a frame for each group and dotted arrows for what nobody waits for; each node has its kind as
    its class. With the notation `c4` the container diagram of the C4 model."""
    del analysis
    if options.notation == "c4":
        from studio.exports.chart.c4 import container_diagram

        return container_diagram(design)
    return "".join(f"{line}\n" for line in _flowchart(design, options))


def _flowchart(design: Design, options: Options) -> Iterator[str]:
    yield from ("---", f"title: {_title(design.design.name)}", "---", f"flowchart {options.direction}")
    nodes = node_ids(design)
    taken = set(nodes.values())
    yield from _frame(frames(design), nodes, taken, "  ")
    for connection in design.connections:
        yield f"  {nodes[connection.source]} {_arrow(connection)} {nodes[connection.target]}"


def _title(name: str) -> str:
    """The name as a text of YAML. A title knows no entities, so what would begin a tag of HTML becomes a guillemet."""
    return json.dumps(re.sub(r"<(?=[A-Za-z/!?])", "‹", one_line(name)), ensure_ascii=False)


def _frame(frame: Frame, nodes: Mapping[str, str], taken: set[str], indent: str) -> Iterator[str]:
    """The nodes of a frame, then the frames in it; `taken` gains the ids of frames."""
    for component in frame.components:
        yield f"{indent}{_node(component, nodes[component.id])}"
    for inner in frame.frames:
        id_ = free_id(f"group-{len(taken) - len(nodes) + 1}", taken)
        taken.add(id_)
        yield f'{indent}subgraph {id_}["{mermaid(inner.name)}"]'
        yield from _frame(inner, nodes, taken, f"{indent}  ")
        yield f"{indent}end"


def _node(component: Component, id_: str) -> str:
    left, right = _SHAPES.get(component.kind, _BOX)
    return f'{id_}{left}"{mermaid(component.label)}"{right}:::{component.kind}'


def _arrow(connection: Connection) -> str:
    line = "-->" if connection.is_synchronous else "-.->"
    return f'{line}|"{mermaid(connection.carries)}"|' if connection.carries else line
