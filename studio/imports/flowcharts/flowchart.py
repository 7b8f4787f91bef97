"""A Mermaid flowchart: nodes, links, subgraphs (mermaid.js.org, Flowcharts Syntax)."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from studio.imports.flowcharts.signs import ID, SPACE, Link, Shape, kind_of_class, link, shape
from studio.imports.flowcharts.text import Chart, label
from studio.imports.frame.graph import Box, Line
from studio.model.kinds import Kind

HEADER: Final = re.compile(
    r"[ \t]*(?:graph|flowchart(?:-elk|-v2)?)\b[ \t]*(?:TB|TD|BT|RL|LR|[<>^v])?[ \t]*(?=[;\n]|$|%%)"
)
DEEPEST: Final = 50
MOST_LINES: Final = 20_000
_SUBGRAPH: Final = re.compile(r"subgraph\b[ \t]*")
_END: Final = re.compile(r"end(?![\w-])")
_STYLING: Final = re.compile(r"(?:direction|classDef|style|linkStyle|click|accTitle|title)\b[^\n;]*")
_DESCRIPTION: Final = re.compile(r"accDescr\s*(?:\{[^}]*\}|:[^\n]*)")
_CLASSES: Final = re.compile(r"class[ \t]+([\w.,\- ]+?)[ \t]+([\w-]+)[ \t]*(?=[;\n]|$)")
_AND: Final = re.compile(r"[ \t\r]*&[ \t\r]*")
_EDGE_PROPERTIES: Final = re.compile(r"[\w-]+@\{[^}]*\b(?:animate|animation|curve)\b[^}]*\}")


class _Frame(NamedTuple):
    id: str
    title: str


class Flowchart:
    """Reads one flowchart."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self._labels: dict[str, str] = {}
        self._kinds: dict[str, Kind] = {}
        self._frames: dict[str, tuple[_Frame, ...]] = {}
        self._places: dict[str, int] = {}
        self._open: list[_Frame] = []
        self._subgraphs: set[str] = set()
        self._links: list[tuple[str, str, Link]] = []
        self._links_places: list[int] = []

    def read(self) -> None:
        """Reads all statements."""
        chart = self.chart
        for _ in chart.statements(HEADER):
            self._statement()
        for frame in self._open:
            chart.defect(f"the subgraph {chart.quoted(frame.title)} has no end", "close it with end")

    def boxes(self) -> tuple[Box, ...]:
        """The nodes, in the order of the text; the subgraphs among the ends of links are none."""
        return tuple(
            Box(
                id_,
                self._labels.get(id_, ""),
                tuple(frame.title for frame in self._frames[id_] if frame.title),
                self._kinds.get(id_),
            )
            for id_ in self._labels
            if not self._is_frame(id_)
        )

    def lines(self) -> Iterator[Line]:
        """The links between nodes; one to a subgraph is a defect."""
        for (source, target, found), place in zip(self._links, self._links_places, strict=True):
            frames = [end for end in (source, target) if self._is_frame(end)]
            if frames:
                self.chart.defect(
                    f"this link has the subgraph {self.chart.quoted(frames[0])} at its end, not a node",
                    "draw it to a node inside",
                    place,
                )
                continue
            if found.forward:
                yield Line(source, target, found.label, found.asynchronous)
            if found.backward:
                yield Line(target, source, found.label, found.asynchronous)

    def _is_frame(self, id_: str) -> bool:
        return id_ in self._subgraphs and not self._labels.get(id_) and id_ not in self._kinds

    def _statement(self) -> None:
        chart, start = self.chart, self.chart.place
        if chart.match(_SUBGRAPH):
            self._subgraph(start)
        elif chart.match(_END):
            if self._open:
                self._open.pop()
            else:
                chart.defect("this end ends nothing", "take it away", start)
        elif found := chart.match(_CLASSES):
            for id_ in found[1].split(","):
                self._said(id_.strip(), Shape(classes=(found[2],)), only_known=True)
        elif chart.match(_STYLING) or chart.match(_DESCRIPTION) or chart.match(_EDGE_PROPERTIES):
            return
        else:
            self._chain()

    def _subgraph(self, start: int) -> None:
        rest = self.chart.rest_of_line().split("%%", 1)[0].rstrip("; \t\r")
        named = re.fullmatch(r"([^\s\[\"]+)\s*\[(.*)\]", rest)
        frame = _Frame(named[1], label(named[2])) if named else _Frame(rest.strip('"'), label(rest))
        if len(self._open) >= DEEPEST:
            self.chart.defect(f"more than {DEEPEST} subgraphs inside each other", "draw fewer", start)
        self._open.append(frame)
        self._subgraphs.add(frame.id)

    def _chain(self) -> None:
        """Nodes joined by links: `a & b --> c --> d`."""
        chart = self.chart
        ends = self._nodes()
        if not ends:
            return
        while True:
            place = chart.place
            found = link(chart)
            if found is None:
                break
            chart.match(SPACE)
            targets = self._nodes()
            if not targets:
                return
            if len(self._links) + len(ends) * len(targets) > MOST_LINES:
                chart.defect(f"more than {MOST_LINES:,} links", "draw fewer", place)
                return
            if not found.is_hidden:
                self._links += [(source, target, found) for source in ends for target in targets]
                self._links_places += [place] * (len(ends) * len(targets))
            ends = targets
        start = chart.match(SPACE) and chart.place
        rest = chart.text[chart.place : chart.place + 1]
        if rest and rest not in ";\n%":
            quoted = chart.quoted(chart.rest_of_line())
            chart.defect(f"“{quoted}” is neither a link nor a node", "write a link such as -->", start)

    def _nodes(self) -> list[str]:
        found: list[str] = []
        while True:
            name = self.chart.match(ID)
            if name is None:
                place = self.chart.place
                quoted = self.chart.quoted(self.chart.rest_of_line())
                what = f"“{quoted}” stands where a node should" if quoted else "a node is missing here"
                self.chart.defect(what, "write the id of a node", place)
                return []
            self._said(name[0], shape(self.chart))
            found.append(name[0])
            if not self.chart.match(_AND):
                return found

    def _said(self, id_: str, said: Shape, *, only_known: bool = False) -> None:
        """What is said of a node, and the subgraph it is said in."""
        if only_known and id_ not in self._labels:
            return
        self._labels[id_] = said.label or self._labels.get(id_, "")
        kinds = [kind for kind in map(kind_of_class, said.classes) if kind]
        if kinds or (said.kind and id_ not in self._kinds):
            self._kinds[id_] = kinds[0] if kinds else said.kind  # type: ignore[assignment]  # one of the two is there
        if id_ not in self._frames or (not only_known and len(self._open) > len(self._frames[id_])):
            self._frames[id_] = tuple(self._open)
