"""The container diagram of the C4 model, in the words Mermaid and PlantUML share.

Source of the notation: Simon Brown, The C4 model (c4model.com); of the syntax: Mermaid, C4 diagrams.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from studio.exports.chart.frames import Frame, frames, node_ids
from studio.exports.frame.escaping import mermaid
from studio.model.component import Component
from studio.model.connection import Connection
from studio.model.design import Design
from studio.model.kinds import DURABLE_STORES, MESSAGING
from studio.model.references import free_id
from studio.text import one_line


def container_diagram(design: Design) -> str:
    """`C4Container` text: people and outside systems, containers in the boundaries of their groups, relations."""
    nodes = node_ids(design)
    lines = [
        "C4Container",
        f"  title {mermaid(design.design.name)}",
        *_frame(frames(design), nodes, set(nodes.values()), "  "),
        *(f"  {_relation(connection, nodes)}" for connection in design.connections),
    ]
    return "".join(f"{line}\n" for line in lines)


def _frame(frame: Frame, nodes: Mapping[str, str], taken: set[str], indent: str) -> Iterator[str]:
    for component in frame.components:
        yield f"{indent}{_element(component, nodes[component.id])}"
    for inner in frame.frames:
        id_ = free_id(f"group-{len(taken) - len(nodes) + 1}", taken)
        taken.add(id_)
        yield f'{indent}Boundary({id_}, "{mermaid(inner.name)}", "group") {{'
        yield from _frame(inner, nodes, taken, f"{indent}  ")
        yield f"{indent}}}"


def _element(component: Component, id_: str) -> str:
    if component.kind == "client":
        return f"Person({_arguments(_plain, id_, component.label, component.purpose)})"
    if component.kind == "external":
        return f"System_Ext({_arguments(_plain, id_, component.label, component.purpose)})"
    said = _arguments(_plain, id_, component.label, component.technology or component.kind, component.purpose)
    return f"{_container(component)}({said})"


def _container(component: Component) -> str:
    if component.kind in DURABLE_STORES or component.kind == "cache":
        return "ContainerDb"
    return "ContainerQueue" if component.kind in MESSAGING else "Container"


def _relation(connection: Connection, nodes: Mapping[str, str]) -> str:
    ends = f"{nodes[connection.source]}, {nodes[connection.target]}"
    waiting = None if connection.is_synchronous else connection.mode
    how = ", ".join(word for word in (connection.protocol, waiting) if word)
    return f"Rel({_arguments(mermaid, ends, connection.carries or 'calls', how)})"


def _arguments(escaped: Callable[[str], str], first: str, *words: str | None) -> str:
    """Arguments in quotes behind the first; those at the end of which nobody said anything are left out."""
    said = list(words)
    while said and not said[-1]:
        said.pop()
    return ", ".join((first, *(f'"{escaped(word or "")}"' for word in said)))


def _plain(text: str) -> str:
    """Words of an element. Mermaid shows entities there as they are written: what would act is put otherwise."""
    return re.sub(r"%%(?=\{)|#(?=\w+;)", r"\g<0> ", one_line(text).replace('"', "'"))
