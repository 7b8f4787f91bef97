"""A Mermaid diagram: a flowchart, a C4 diagram, or a sequence diagram as a journey; alone or in a README."""

import re
from typing import Final

from studio.errors import TenfoldError
from studio.imports.flowcharts import c4, flowchart, sequence
from studio.imports.flowcharts.text import Chart, label
from studio.imports.frame.fences import chosen
from studio.imports.frame.graph import Drawn, Line, design_of, drawn, some, unknown
from studio.imports.frame.imported import Imported, Source
from studio.model.behaviour import Journey
from studio.model.design import Design
from studio.text import one_line

SUFFIXES: Final = (".mmd", ".mermaid", ".md")
_FRONT: Final = re.compile(r"\s*---[ \t]*\n(.*?)\n[ \t]*---[ \t]*(?:\n|$)", re.DOTALL)
_TITLE: Final = re.compile(r"^[ \t]*title:[ \t]*(.+)$", re.MULTILINE)
_BEFORE: Final = re.compile(r"(?:\s+|%%\{.*?\}%%|%%[^\n]*)+", re.DOTALL)


def read(source: Source) -> Imported:
    """The diagram of that number. Raises TenfoldError when there is none that can be read."""
    block, others = chosen(source, ("mermaid",), "diagram")
    chart = Chart(block, source.file)
    front = chart.match(_FRONT)
    title = _title(front[1]) if front else ""
    chart.match(_BEFORE)
    if flowchart.HEADER.match(chart.text, chart.place):
        parts, design = _flowchart(chart, title or source.title)
    elif c4.HEADER.match(chart.text, chart.place):
        parts, design = _c4(chart, title, source.title)
    elif sequence.HEADER.match(chart.text, chart.place):
        parts, design = _sequence(chart, title, source.title)
    else:
        found = chart.quoted(chart.rest_of_line())
        raise TenfoldError(
            f"{source.file}:{chart.first_line}: “{found}” begins no diagram that can be read; "
            "flowchart, graph, C4Context, C4Container, C4Component and sequenceDiagram can"
        )
    if not parts.components:
        raise TenfoldError(
            f"{source.file}:{chart.first_line}: the diagram has no node; write one such as api[API server]"
        )
    defects = tuple(sorted(chart.defects, key=lambda defect: (defect.line, defect.column)))
    return Imported(design, tuple(unknown(parts)), defects, others, parts.keys)


def _title(front: str) -> str:
    found = _TITLE.search(front)
    return _unquoted(found[1].strip()) if found else ""


def _unquoted(text: str) -> str:
    """A title as YAML writes it: a text in double quotes has the escapes of JSON."""
    import json

    if text.startswith('"'):
        try:
            return one_line(str(json.loads(text)).encode("utf-8", "replace").decode())
        except ValueError:
            pass
    return one_line(text.strip("\"'"))


def _flowchart(chart: Chart, title: str) -> tuple[Drawn, Design]:
    found = flowchart.Flowchart(chart)
    found.read()
    parts = drawn(found.boxes(), found.lines())
    return parts, design_of(parts, title)


def _c4(chart: Chart, title: str, otherwise: str) -> tuple[Drawn, Design]:
    found = c4.C4(chart)
    found.read()
    parts = drawn(tuple(found.boxes.values()), found.lines())
    return parts, design_of(parts, title or found.title or otherwise)


def _sequence(chart: Chart, title: str, otherwise: str) -> tuple[Drawn, Design]:
    """Participants and the calls between them, each once, and one journey over them in the order of the messages."""
    found = sequence.Sequence(chart)
    found.read()
    lines: dict[tuple[str, str, bool], Line] = {}
    for step in found.steps:
        lines.setdefault((step.line.source, step.line.target, step.line.asynchronous), step.line)
    notes = {key: some(step.note for step in found.steps if _key(step.line) == key and step.note) for key in lines}
    parts = drawn(tuple(found.boxes.values()), (line._replace(label=notes[key]) for key, line in lines.items()))
    ids = dict(zip(lines, parts.links, strict=True))
    name = title or found.title or otherwise
    design = design_of(parts, name)
    if not found.steps:
        return parts, design
    journey = Journey.model_validate(
        {
            "id": "sequence",
            "name": label(name),
            "steps": tuple(ids[_key(step.line)] for step in found.steps),
            "notes": tuple(step.note for step in found.steps) if any(step.note for step in found.steps) else (),
        }
    )
    return parts, design.changed(journeys=(journey,))


def _key(line: Line) -> tuple[str, str, bool]:
    return line.source, line.target, line.asynchronous
