"""A graph in the DOT language of Graphviz: nodes, edges, clusters; alone or in a README."""

import html
import re
from collections.abc import Iterator
from typing import Final

from studio.errors import TenfoldError
from studio.imports.frame.fences import chosen
from studio.imports.frame.graph import Box, Line, design_of, drawn, unknown
from studio.imports.frame.imported import Imported, Source
from studio.imports.frame.naming import kind_named
from studio.imports.graphs.sentences import Cluster, Edge, Node, Reader
from studio.imports.graphs.words import Word, words
from studio.model.kinds import Kind
from studio.text import one_line

SUFFIXES: Final = (".dot", ".gv", ".md")
_SHAPES: Final[dict[str, Kind]] = {
    "cds": "queue", "cylinder": "database", "folder": "object-store", "oval": "client", "tab": "object-store",
}  # fmt: skip
"""Shapes that say a kind: as this program draws them, and as people do. An ellipse is what nobody chose."""
_BREAKS: Final = re.compile(r"\\[nlr]")
_TAG: Final = re.compile(r"<[^<>]*>")
_BREAKING_TAG: Final = re.compile(r"</?(br|tr|td|table|hr|vr)\b[^<>]*>", re.IGNORECASE)
_GENERIC: Final = frozenset({"", "g", "graph", "design", "digraph"})


def read(source: Source) -> Imported:
    """The graph of that number. Raises TenfoldError when there is none."""
    block, others = chosen(source, ("dot", "graphviz", "gv"), "graph")
    reader = Reader(words(block), source.file)
    if not reader.graph() or not reader.nodes:
        raise TenfoldError(
            f"{source.file}:{block.first_line}: there is no graph with a node in it; begin one with digraph {{"
        )
    seen = [node for node in reader.nodes.values() if not _is_hidden(node.attributes.get("style"))]
    boxes = [_box(node) for node in seen]
    parts = drawn(boxes, _lines(reader, {box.key for box in boxes}))
    said = _text(reader.root.attributes.get("label"), "") or (
        "" if reader.name.casefold() in _GENERIC else one_line(reader.name)
    )
    return Imported(
        design_of(parts, said or source.title),
        (*_direction(reader), *unknown(parts)),
        tuple(sorted(reader.defects, key=lambda defect: (defect.line, defect.column))),
        others,
        parts.keys,
    )


def _direction(reader: Reader) -> Iterator[str]:
    if not reader.is_directed and reader.edges:
        yield "who calls whom: the graph is undirected, and the end named first is taken for the caller"


def _box(node: Node) -> Box:
    shape, said = node.attributes.get("shape"), node.attributes.get("class")
    kind = kind_named(said.text) if said else None
    if kind is None and shape is not None:
        kind = _SHAPES.get(shape.text.casefold())
    label = _text(node.attributes.get("label"), node.name)
    if shape and shape.text.casefold() in ("record", "mrecord"):
        label = _first_field(label)
    return Box(node.name, label or node.name, tuple(_frames(node.cluster)), kind)


def _frames(cluster: Cluster) -> list[str]:
    """The titles of the clusters round a node, outermost first."""
    found: list[str] = []
    inner: Cluster | None = cluster
    while inner is not None and inner.parent is not None:
        is_cluster = inner.attributes.get("cluster")
        if inner.name.startswith("cluster") or (is_cluster and is_cluster.text == "true"):
            bare = inner.name.removeprefix("cluster").strip("_- ")
            found.insert(
                0, _text(inner.attributes.get("label"), "") or (bare if re.search(r"\D", bare) else inner.name)
            )
        inner = inner.parent
    return found


def _lines(reader: Reader, seen: set[str]) -> Iterator[Line]:
    known: set[tuple[str, str]] = set()
    for edge in reader.edges:
        style = edge.attributes.get("style")
        if _is_hidden(style) or edge.source not in seen or edge.target not in seen:
            continue
        for source, target in _ends(edge):
            if reader.is_strict and (source, target) in known:
                continue
            known.add((source, target))
            asynchronous = style is not None and re.search(r"\b(dashed|dotted)\b", style.text) is not None
            yield Line(source, target, _text(edge.attributes.get("label"), ""), asynchronous)


def _ends(edge: Edge) -> Iterator[tuple[str, str]]:
    way = edge.attributes.get("dir")
    said = way.text.casefold() if way else "forward"
    if said != "back":
        yield edge.source, edge.target
    if said in ("back", "both"):
        yield edge.target, edge.source


def _is_hidden(style: Word | None) -> bool:
    return style is not None and re.search(r"\binvis\b", style.text) is not None


def _text(word: Word | None, name: str) -> str:
    """The words of a label on one line: escapes and tags of Graphviz read, `\\N` is the name."""
    if word is None:
        return one_line(name)
    if word.kind == "html":
        return one_line(html.unescape(_TAG.sub("", _BREAKING_TAG.sub(" ", word.text))))
    text = _BREAKS.sub(" ", word.text.replace("\\\\", "\0")).replace("\\N", name)
    return one_line(html.unescape(re.sub(r"\\(.)", r"\1", text).replace("\0", "\\")))


def _first_field(label: str) -> str:
    """What the first field of a record says that says anything."""
    fields = (re.sub(r"<[^<>]*>", "", field).strip() for field in re.split(r"[|{}]", label))
    return next((field for field in fields if field), label)
