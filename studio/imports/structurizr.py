"""A Structurizr workspace as JSON: people, systems and containers of the C4 model, with their relationships."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.errors import TenfoldError
from studio.imports.frame.graph import Box, Drawn, Line, design_of, drawn, some, unknown
from studio.imports.frame.imported import Defect, Imported, Source
from studio.imports.workspaces.elements import Element, Relation, elements, instances, relations, table, tables, text
from studio.imports.workspaces.records import decisions
from studio.model.kinds import Kind
from studio.text import one_line, shortened

SUFFIXES: Final = (".json",)
_TAGS: Final[dict[str, Kind]] = {
    "cache": "cache", "database": "database", "datastore": "database", "external": "external",
    "external system": "external", "gateway": "gateway", "load balancer": "load-balancer", "message broker": "queue",
    "message bus": "queue", "queue": "queue", "topic": "stream", "worker": "worker",
}  # fmt: skip
_ON_DEVICES: Final = frozenset({"web browser", "browser", "mobile app", "mobile"})
_PRODUCTION: Final = frozenset({"live", "prod", "production"})
_LONGEST: Final = 120


def read(source: Source) -> Imported:
    """Containers as components, systems without containers as what lies outside. Raises TenfoldError for other JSON."""
    workspace = _workspace(source)
    known = elements(table(workspace, "model"))
    shown = {id_: element for id_, element in known.items() if _is_shown(element)}
    if not shown:
        raise TenfoldError(
            f"{source.file}:1: it has no model with people or software systems; export a workspace as JSON"
        )
    copies = instances(table(workspace, "model"))
    reader = _Reader(source, known, shown)
    boxes = [reader.box(element, copies.get(element.id, {})) for element in shown.values()]
    lines = list(reader.lines())
    parts = drawn(boxes, lines)
    design = design_of(parts, one_line(text(workspace, "name")) or source.title)
    overview = shortened(one_line(text(workspace, "description")), 400)
    if overview:
        design = design.changed(design=design.design.changed(overview=overview))
    design = design.changed(decisions=tuple(decisions(workspace, known, parts.ids)))
    return Imported(design, tuple(_unknown(reader, parts)), tuple(reader.defects), keys=parts.keys)


def _workspace(source: Source) -> Mapping[str, Any]:
    try:
        found = json.loads(source.text)
    except json.JSONDecodeError as error:
        raise TenfoldError(
            f"{source.file}:{error.lineno}: this is no JSON ({error.msg}); export the workspace as JSON, not as DSL"
        ) from None
    except (RecursionError, ValueError):
        raise TenfoldError(
            f"{source.file}:1: no workspace is nested so deep or has such numbers; export anew"
        ) from None
    if not isinstance(found, Mapping):
        raise TenfoldError(f"{source.file}:1: this is no workspace but a list or a value; export the workspace as JSON")
    return found


def _is_shown(element: Element) -> bool:
    """Whether an element becomes a component: not a system that has containers, and nothing inside a container."""
    return element.sort != "component" and not (element.sort == "system" and tables(element.raw, "containers"))


class _Reader:
    """Makes boxes and lines of the elements."""

    def __init__(self, source: Source, known: Mapping[str, Element], shown: Mapping[str, Element]) -> None:
        self.file, self.text = source.file, source.text
        self.known, self.shown = known, shown
        self.defects: list[Defect] = []
        self._unplaced: list[tuple[str, str]] = []
        self.unsure_copies: list[str] = []
        self.systems = [each for each in known.values() if each.sort == "system" and tables(each.raw, "containers")]
        self.called = {self._lifted(relation.target) for relation in relations(known)}

    def box(self, element: Element, copies: Mapping[str, int]) -> Box:
        """The box of an element."""
        raw = element.raw
        fields: dict[str, Any] = {
            "technology": shortened(one_line(text(raw, "technology")), _LONGEST) or None,
            "purpose": one_line(text(raw, "description")) or None,
            "owner": _owner(raw),
            "instances": self._copies(element, copies),
            "responsibilities": tuple(_inside(raw)) or None,
        }
        return Box(element.id, element.name, self._frames(element), self._kind(element), fields)

    def lines(self) -> Iterator[Line]:
        """The relationships between what is shown, those of parts told of the container round them, each once."""
        seen: set[tuple[str, str, str]] = set()
        for relation in relations(self.known):
            source, target = self._lifted(relation.source), self._lifted(relation.target)
            if relation.target not in self.known or relation.source not in self.known:
                missing = relation.target if relation.target not in self.known else relation.source
                self._dangling(relation, missing)
            elif not source or not target:
                self._unplaced.append((relation.source, relation.target))
            elif source != target and (key := (source, target, text(relation.raw, "description"))) not in seen:
                seen.add(key)
                yield _line(source, target, relation)

    def unplaced(self) -> Iterator[str]:
        """Relationships with a system as a whole, where none with its containers says which is meant."""
        fine = [each for each in relations(self.known) if self._lifted(each.source) and self._lifted(each.target)]
        finer = {(self._whole(each.source), self._whole(each.target)) for each in fine}
        for source, target in dict.fromkeys(self._unplaced):
            if (self._whole(source), self._whole(target)) not in finer:
                yield f"{self.known[source].name} → {self.known[target].name}"

    def _whole(self, id_: str) -> str:
        """The system that an element lies in; itself where it lies in none."""
        element = self.known.get(id_)
        return self._whole(element.parent) if element is not None and element.parent else id_

    def _lifted(self, id_: str) -> str:
        """The shown element that stands for another: the container round a component, a system's only container."""
        element = self.known.get(id_)
        if element is None:
            return ""
        if element.sort == "component":
            return element.parent if element.parent in self.shown else ""
        if id_ in self.shown:
            return id_
        inner = [each.id for each in self.shown.values() if each.parent == id_]
        return inner[0] if len(inner) == 1 else ""

    def _frames(self, element: Element) -> tuple[str, ...]:
        """The system, where several have containers, and the groups inside it."""
        parent = self.known.get(element.parent)
        outer = (parent.name,) if parent is not None and len(self.systems) > 1 else ()
        inner = tuple(part.strip() for part in text(element.raw, "group").split("/") if part.strip())
        return (*outer, *inner)

    def _kind(self, element: Element) -> Kind | None:
        if element.sort == "person":
            return "client"
        for tag, kind in _TAGS.items():
            if tag in element.tags:
                return kind
        if element.tags & _ON_DEVICES and element.id not in self.called:
            return "client"
        is_outside = text(element.raw, "location").casefold() == "external" or bool(self.systems)
        return "external" if element.sort == "system" and is_outside else None

    def _copies(self, element: Element, copies: Mapping[str, int]) -> int | None:
        """How many run: in production where there is one, else where all environments agree."""
        live = {count for name, count in copies.items() if name.casefold() in _PRODUCTION}
        counts = live or set(copies.values())
        if len(counts) > 1:
            self.unsure_copies.append(element.name)
        return counts.pop() or None if len(counts) == 1 else None

    def _dangling(self, relation: Relation, missing: str) -> None:
        found = re.search(rf'"(?:destinationId|sourceId)"\s*:\s*"?{re.escape(missing)}\b', self.text)
        place = found.start() if found else 0
        line, column = self.text.count("\n", 0, place) + 1, place - self.text.rfind("\n", 0, place)
        what = (
            f"a relationship of {self.known[relation.source].name}"
            if relation.source in self.known
            else "a relationship"
        )
        said = shortened(one_line(missing), 40) or "nothing"
        self.defects.append(
            Defect(self.file, line, column, f"{what} leads to {said}, which is no element", "export the workspace anew")
        )


def _line(source: str, target: str, relation: Relation) -> Line:
    raw = relation.raw
    tags = {tag.strip().casefold() for tag in text(raw, "tags").split(",")}
    waits = text(raw, "interactionStyle").casefold() != "asynchronous" and "asynchronous" not in tags
    protocol = shortened(one_line(text(raw, "technology")), _LONGEST)
    return Line(source, target, text(raw, "description"), not waits, {"protocol": protocol} if protocol else {})


def _owner(raw: Mapping[str, Any]) -> str | None:
    for key, value in table(raw, "properties").items():
        if key.casefold() in ("owner", "team") and isinstance(value, str):
            return shortened(one_line(value), _LONGEST) or None
    return None


def _inside(raw: Mapping[str, Any]) -> Iterator[str]:
    """The components of a container, in words: what it is responsible for."""
    for component in tables(raw, "components"):
        name, purpose = one_line(text(component, "name")), one_line(text(component, "description"))
        if name:
            yield f"{name}: {purpose}" if purpose else name


def _unknown(reader: _Reader, parts: Drawn) -> Iterator[str]:
    unplaced = tuple(reader.unplaced())
    if unplaced:
        yield f"which container is meant by {some(unplaced)}: the relationship is with the system as a whole"
    if reader.unsure_copies:
        yield f"how many copies of {some(reader.unsure_copies)} run: the environments differ (components.ID.instances)"
    yield from unknown(parts)
