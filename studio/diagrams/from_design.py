"""What of a design is drawn: boxes, frames and lines, without any figure, so that a figure moves nothing."""

from studio.diagrams.outline import Box, Link, Outline
from studio.model.component import Component
from studio.model.design import Design
from studio.text import one_line


def outline(design: Design, *, full: bool = False) -> Outline:
    """The outline of a design, in file order; full boxes say kind and technology in a note."""
    boxes = tuple(
        Box(c.id, one_line(c.label), c.kind, c.groups, c.at, _note(c) if full else "") for c in design.components
    )
    known = design.component
    links = tuple(
        Link(c.id, c.source, c.target, one_line(c.carries or ""), not c.is_synchronous)
        for c in design.connections
        if c.source in known and c.target in known
    )
    return Outline(boxes, links)


def _note(component: Component) -> str:
    technology = one_line(component.technology or "")
    return f"{component.kind}, {technology}" if technology else component.kind
