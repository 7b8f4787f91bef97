"""What of a design is drawn: boxes, frames and lines, without any figure, so that a figure moves nothing."""

from studio.diagrams.outline import Box, Link, Outline
from studio.model.design import Design
from studio.text import one_line


def outline(design: Design) -> Outline:
    """The outline of a design, in file order."""
    boxes = tuple(
        Box(component.id, one_line(component.label), component.kind, component.groups, component.at)
        for component in design.components
    )
    known = design.component
    links = tuple(
        Link(c.id, c.source, c.target, one_line(c.carries or ""), not c.is_synchronous)
        for c in design.connections
        if c.source in known and c.target in known
    )
    return Outline(boxes, links)
