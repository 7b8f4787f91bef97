"""Sections 5 to 7: architecture, data model, interfaces."""

from collections.abc import Iterator

from studio.analysis import Analysis
from studio.diagrams.text import render_text
from studio.estimates.wording import worded
from studio.exports.document.pieces import heading, missing, paragraphs, points, table
from studio.exports.frame.escaping import fenced, markdown
from studio.exports.frame.options import Options
from studio.exports.frame.proved import proved_scene
from studio.model.behaviour import Journey
from studio.model.component import Component
from studio.text import one_line
from studio.units import Dimension, shown


def architecture(analysis: Analysis) -> str:
    """5: the drawing, the components and why they are there, the data flow of every journey."""
    return paragraphs(
        heading("High-Level Diagram"), _diagram(analysis), heading("Components"), _components(analysis),
        heading("Data Flow"), _flow(analysis),
    )  # fmt: skip


def _diagram(analysis: Analysis) -> str:
    if not analysis.design.components:
        return missing("components.ID")
    return fenced(render_text(proved_scene(analysis, Options(width=100), "unicode"), charset="unicode"), "text")


def _components(analysis: Analysis) -> str:
    rows = [
        (c.label, c.kind, c.technology or "", c.purpose or "", c.why or "", c.owner or "")
        for c in analysis.design.components
    ]
    overview = table(("Component", "Kind", "Technology", "Purpose", "Why", "Owner"), rows)
    duties = [
        f"**{markdown(c.label)}** alone decides: {'; '.join(markdown(duty) for duty in c.responsibilities)}."
        for c in analysis.design.components
        if c.responsibilities
    ]
    return paragraphs(overview or missing("components.ID"), *duties)


def _flow(analysis: Analysis) -> str:
    if not analysis.design.journeys:
        return missing("journeys.ID.steps")
    return paragraphs(*(block for journey in analysis.design.journeys for block in _journey(analysis, journey)))


def _journey(analysis: Analysis, journey: Journey) -> Iterator[str]:
    yield heading(journey.label, 4)
    figures = analysis.estimates.journeys[journey.id]
    share = f"{shown(journey.share, Dimension.RATIO)} of all requests, " if journey.share is not None else ""
    yield (
        f"{share}{worded('rps', figures.peak_rps)} at peak; p99 {worded('p99_ms', figures.p99_ms)}, "
        f"availability {worded('availability', figures.availability)}."
    )
    yield "\n".join(_steps(analysis, journey)) or missing(f"journeys.{journey.id}.steps")


def _steps(analysis: Analysis, journey: Journey) -> Iterator[str]:
    known = analysis.design.component
    for number, step in enumerate(journey.steps):
        connection = analysis.design.connection[step]
        note = journey.notes[number] if number < len(journey.notes) else connection.carries or ""
        ends = f"{markdown(known[connection.source].label)} → {markdown(known[connection.target].label)}"
        yield f"{number + 1}. {ends}{': ' + markdown(note) if note else ''}"


def data_model(analysis: Analysis) -> str:
    """6: kinds of data, where they lie and how long, and the schemas."""
    design = analysis.design
    rows = [
        (
            d.id,
            design.component[d.store].label if d.store else "",
            d.classification or "",
            d.owner or "",
            shown(d.retention, Dimension.DURATION) if d.retention is not None else "",
            d.partition_key or "",
            d.consistency or "",
            ", ".join(d.residency),
        )
        for d in design.data
    ]
    header = (
        "Data",
        "System of record",
        "Classification",
        "Owner",
        "Retention",
        "Partition key",
        "Consistency",
        "Residency",
    )
    schemas = [
        paragraphs(heading(f"Schema of {c.label}", 4), fenced(c.schema_text))
        for c in design.components
        if c.schema_text
    ]
    return paragraphs(table(header, rows) or missing("data.ID.store", "data.ID.classification"), *schemas)


def interfaces(analysis: Analysis) -> str:
    """7: endpoints and events."""
    blocks = [block for component in analysis.design.components for block in _interface(component)]
    return paragraphs(*blocks) or missing("components.ID.endpoints.NAME")


def _interface(component: Component) -> Iterator[str]:
    if not (component.endpoints or component.publishes or component.consumes):
        return
    yield heading(component.label)
    header = ("Endpoint", "Purpose", "Request", "Response", "Authentication", "Authorisation", "Errors")
    rows = [
        (
            one_line(f"{e.method or ''} {e.path or e.id}"),
            e.purpose or "",
            e.request or "",
            e.response or "",
            e.auth or "",
            e.authorization or "",
            "; ".join(e.errors),
        )
        for e in component.endpoints
    ]
    yield table(header, rows)
    if component.publishes:
        yield paragraphs("Publishes:", points(component.publishes))
    if component.consumes:
        yield paragraphs("Consumes:", points(component.consumes))
