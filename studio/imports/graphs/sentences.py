"""The sentences of the DOT language: a graph with its nodes, edges and clusters. What is no sentence is a defect."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from studio.imports.frame.imported import MOST_DEFECTS, Defect
from studio.imports.graphs.words import Word
from studio.text import one_line, shortened

DEEPEST: Final = 50
MOST_EDGES: Final = 20_000
_LONGEST: Final = 40
_KEYWORDS: Final = ("node", "edge", "graph", "digraph", "subgraph", "strict")


@dataclass(eq=False)
class Cluster:
    """A subgraph; only clusters are drawn as frames."""

    name: str
    parent: "Cluster | None"
    attributes: dict[str, Word] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """How many subgraphs are round it."""
        return 0 if self.parent is None else self.parent.depth + 1


@dataclass(eq=False)
class Node:
    """A node, with its attributes and the innermost subgraph that names it first."""

    name: str
    cluster: Cluster
    attributes: dict[str, Word]


class Edge(NamedTuple):
    """An edge between two nodes."""

    source: str
    target: str
    attributes: Mapping[str, Word]


class _Scope(NamedTuple):
    cluster: Cluster
    nodes: dict[str, Word]
    edges: dict[str, Word]


class NoSentence(Exception):
    """A word that does not fit."""

    def __init__(self, word: Word, wanted: str) -> None:
        super().__init__(wanted)
        self.word = word
        self.wanted = wanted


class Reader:
    """Reads one graph."""

    def __init__(self, words: list[Word], file: str) -> None:
        self._words = words
        self._place = 0
        self._file = file
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.defects: list[Defect] = []
        self.is_directed = True
        self.is_strict = False
        self.name = ""
        self.root = Cluster("", None)

    def graph(self) -> bool:
        """Reads up to the end of the next graph; False when there is none."""
        while not (self._now.says("graph") or self._now.says("digraph") or self._now.kind == "end"):
            self.is_strict = self._take().says("strict")
        if self._now.kind == "end":
            return False
        self.is_directed = self._take().says("digraph")
        if self._now.is_id:
            self.name = self._take().text
        if self._now.text != "{":
            return False
        self._take()
        self._sentences(_Scope(self.root, {}, {}))
        if self._now.kind == "end":
            self._defect(self._now, "the graph has no end", "close it with }")
        else:
            self._take()
        return True

    @property
    def _now(self) -> Word:
        return self._words[self._place]

    def _take(self) -> Word:
        word = self._words[self._place]
        self._place = min(self._place + 1, len(self._words) - 1)
        return word

    def _sentences(self, scope: _Scope) -> list[str]:
        """The nodes named up to the closing brace."""
        named: dict[str, None] = {}
        while self._now.kind != "end" and self._now.text != "}":
            if self._now.text in (";", ",") and self._now.kind == "sign":
                self._take()
                continue
            try:
                named.update(dict.fromkeys(self._sentence(scope)))
            except NoSentence as error:
                self._skip(error)
        return list(named)

    def _sentence(self, scope: _Scope) -> list[str]:
        first = self._now
        for keyword, attributes in (("node", scope.nodes), ("edge", scope.edges), ("graph", scope.cluster.attributes)):
            if first.says(keyword):
                self._take()
                attributes.update(self._attributes())
                return []
        if first.is_id and self._words[self._place + 1].text == "=" and self._words[self._place + 1].kind == "sign":
            self._take()
            self._take()
            scope.cluster.attributes[first.text.casefold()] = self._id()
            return []
        return self._chain(scope)

    def _chain(self, scope: _Scope) -> list[str]:
        """Nodes or subgraphs, joined by edges or not."""
        ends = [self._end(scope)]
        while self._now.kind == "sign" and self._now.text in ("->", "--"):
            self._take()
            ends.append(self._end(scope))
        attributes = self._attributes()
        if len(ends) == 1:
            for name in ends[0][0] if ends[0][1] else []:
                self.nodes[name].attributes.update(attributes)
        for (sources, _), (targets, _) in pairwise(ends):
            self._join(sources, targets, {**scope.edges, **attributes})
        return [name for names, _ in ends for name in names]

    def _join(self, sources: list[str], targets: list[str], attributes: dict[str, Word]) -> None:
        if len(self.edges) + len(sources) * len(targets) > MOST_EDGES:
            raise NoSentence(self._now, f"no more than {MOST_EDGES:,} edges")
        self.edges += [Edge(source, target, attributes) for source in sources for target in targets]

    def _end(self, scope: _Scope) -> tuple[list[str], bool]:
        """The nodes at one end of an edge, and whether it is a single node."""
        if self._now.says("subgraph") or (self._now.text == "{" and self._now.kind == "sign"):
            return self._subgraph(scope), False
        word = self._id()
        while self._now.text == ":" and self._now.kind == "sign":
            self._take()
            self._id()
        node = self.nodes.get(word.text)
        if node is None:
            self.nodes[word.text] = Node(word.text, scope.cluster, dict(scope.nodes))
        elif scope.cluster.depth > node.cluster.depth and node.cluster in _around(scope.cluster):
            node.cluster = scope.cluster
        return [word.text], True

    def _subgraph(self, scope: _Scope) -> list[str]:
        name = ""
        start = self._now
        if scope.cluster.depth >= DEEPEST:
            raise NoSentence(start, f"no more than {DEEPEST} subgraphs inside each other")
        if self._take().says("subgraph"):
            name = self._take().text if self._now.is_id else ""
            if self._now.text != "{":
                raise NoSentence(self._now, "a {")
            self._take()
        inner = _Scope(Cluster(name, scope.cluster), dict(scope.nodes), dict(scope.edges))
        named = self._sentences(inner)
        if self._now.kind == "end":
            self._defect(start, "this subgraph has no end", "close it with }")
        else:
            self._take()
        return named

    def _attributes(self) -> dict[str, Word]:
        found: dict[str, Word] = {}
        while self._now.text == "[" and self._now.kind == "sign":
            self._take()
            while self._now.text != "]" or self._now.kind != "sign":
                if self._now.kind == "sign" and self._now.text in (",", ";"):
                    self._take()
                    continue
                key = self._id().text.casefold()
                has_value = self._now.text == "=" and self._now.kind == "sign"
                if has_value:
                    self._take()
                found[key] = self._id() if has_value else Word("true", "id", 0, 0)
            self._take()
        return found

    def _id(self) -> Word:
        if not self._now.is_id or (self._now.kind == "id" and self._now.text.casefold() in _KEYWORDS):
            raise NoSentence(self._now, "a name")
        word = self._take()
        while self._now.text == "+" and self._now.kind == "sign" and self._words[self._place + 1].kind == "quoted":
            self._take()
            word = word._replace(text=word.text + self._take().text)
        return word

    def _skip(self, error: NoSentence) -> None:
        """Tells what does not fit and goes on behind the sentence."""
        quoted = shortened(one_line(error.word.text), _LONGEST)
        said = f"“{quoted}” stands where {error.wanted} should" if quoted else f"{error.wanted} is missing at the end"
        self._defect(error.word, said, "mend this sentence")
        line, depth = error.word.line, 0
        while self._now.kind != "end":
            is_sign = self._now.kind == "sign"
            if depth == 0 and (self._now.text == "}" or self._now.line > line) and (is_sign or self._now.line > line):
                return
            depth += (self._now.text == "{") - (self._now.text == "}") if is_sign else 0
            if self._take().text == ";" and is_sign and depth == 0:
                return

    def _defect(self, word: Word, what: str, advice: str) -> None:
        if len(self.defects) < MOST_DEFECTS:
            self.defects.append(Defect(self._file, word.line, word.column, what, advice))


def _around(cluster: Cluster) -> Iterator[Cluster]:
    """The subgraphs round one, innermost first."""
    while cluster.parent is not None:
        cluster = cluster.parent
        yield cluster
