"""The elements of a Structurizr workspace, whatever stands in its fields."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from studio.text import one_line

DEEPEST: Final = 40
"""Deployment nodes inside each other."""


class Element(NamedTuple):
    """A person, software system, container or component."""

    id: str
    sort: str
    """`person`, `system`, `container`, `component` or `custom`."""
    name: str
    raw: Mapping[str, Any]
    parent: str
    """The id of the element round it; empty for none."""

    @property
    def tags(self) -> frozenset[str]:
        """Its tags in lower case."""
        return frozenset(tag.strip().casefold() for tag in text(self.raw, "tags").split(","))


class Relation(NamedTuple):
    """A relationship as it stands in the workspace."""

    source: str
    target: str
    raw: Mapping[str, Any]


def text(table: Mapping[str, Any], key: str) -> str:
    """A text of a table; empty where it is none. Halves of characters, which JSON can hold, become question marks."""
    found = table.get(key)
    if isinstance(found, str):
        return found.encode("utf-8", "replace").decode()
    return str(found) if isinstance(found, int) else ""


def tables(table: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
    """The tables in a list of a table; what is none is left out."""
    found = table.get(key)
    return tuple(item for item in found if isinstance(item, Mapping)) if isinstance(found, list) else ()


def table(outer: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A table in a table; an empty one where it is none."""
    found = outer.get(key)
    return found if isinstance(found, Mapping) else {}


def elements(model: Mapping[str, Any]) -> dict[str, Element]:
    """All elements by their ids, in the order of the model."""
    found: dict[str, Element] = {}
    for element in _all(model):
        if element.id and element.id not in found:
            found[element.id] = element
    return found


def _all(model: Mapping[str, Any]) -> Iterator[Element]:
    for raw in tables(model, "people"):
        yield _element(raw, "person", "")
    for raw in tables(model, "customElements"):
        yield _element(raw, "custom", "")
    for system in tables(model, "softwareSystems"):
        yield _element(system, "system", "")
        for container in tables(system, "containers"):
            yield _element(container, "container", text(system, "id"))
            for component in tables(container, "components"):
                yield _element(component, "component", text(container, "id"))


def _element(raw: Mapping[str, Any], sort: str, parent: str) -> Element:
    return Element(text(raw, "id"), sort, one_line(text(raw, "name")) or f"{sort} {text(raw, 'id')}", raw, parent)


def relations(known: Mapping[str, Element]) -> Iterator[Relation]:
    """The relationships somebody wrote, in the order of the model; those that only follow from others are left out."""
    for element in known.values():
        for raw in tables(element.raw, "relationships"):
            if not text(raw, "linkedRelationshipId"):
                yield Relation(text(raw, "sourceId") or element.id, text(raw, "destinationId"), raw)


def instances(model: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """How many copies of each container run, by environment; none where a number is not a plain one."""
    found: dict[str, dict[str, int]] = {}
    unsure: set[tuple[str, str]] = set()

    def visit(node: Mapping[str, Any], copies: int | None, depth: int) -> None:
        number = text(node, "instances") or "1"
        copies = copies * int(number) if copies is not None and re.fullmatch(r"[1-9]\d{0,4}", number) else None
        for instance in (*tables(node, "containerInstances"), *tables(node, "softwareSystemInstances")):
            id_ = text(instance, "containerId") or text(instance, "softwareSystemId")
            environment = text(instance, "environment") or text(node, "environment")
            counts = found.setdefault(id_, {})
            counts[environment] = counts.get(environment, 0) + (copies or 0)
            if copies is None:
                unsure.add((id_, environment))
        for child in tables(node, "children") if depth < DEEPEST else ():
            visit(child, copies, depth + 1)

    for node in tables(model, "deploymentNodes"):
        visit(node, 1, 0)
    for id_, environment in unsure:
        del found[id_][environment]
    return found
