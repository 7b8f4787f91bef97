"""What is to be drawn: boxes, links between them, and nothing about where they lie."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A component as the drawing knows it."""

    id: str
    name: str
    """Drawn whole, wrapped only at spaces; when it is empty the id stands in for it."""
    kind: str = "service"
    group: tuple[str, ...] = ()
    """The path of frames around the box, outermost first: («eu-west», «private»)."""
    at: tuple[int, int] | None = None
    """Column and row, in cells, of the upper left corner of a box placed by hand."""
    note: str = ""
    """A further line of a full box («×3», «120/s»); compact drawings leave it out."""


@dataclass(frozen=True, slots=True)
class Link:
    """A connection from one box to another, or to itself."""

    id: str
    source: str
    target: str
    label: str = ""
    asynchronous: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """All boxes and links; their order decides wherever nothing else does.

    Ids are unique among the boxes and among the links. A link whose end is no box is not drawn.
    """

    boxes: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()
