"""The signs of Mermaid flowcharts: shapes round a label, links, and the kinds that shapes and classes say."""

import re
from typing import Final, NamedTuple

from studio.imports.flowcharts.text import Chart, label
from studio.imports.frame.naming import kind_said
from studio.model.kinds import KINDS, Kind

ID: Final = re.compile(r"(?:[^\s\[\](){}<>|&;:@~=\"'`,-]|-(?![->.]|\s|$)|=(?!=)|:(?!::))+")
SPACE: Final = re.compile(r"[ \t\r]*")
_SPACES: Final = re.compile(r"[ \t\r\n]*")
_SHAPES: Final = (
    ("(((", (")))",)), ("((", ("))",)), ("([", ("])",)), ("(", (")",)), ("[[", ("]]",)), ("[(", (")]",)),
    ("[/", ("/]", "\\]")), ("[\\", ("\\]", "/]")), ("[", ("]",)), ("{{", ("}}",)), ("{", ("}",)), (">", ("]",)),
)  # fmt: skip
"""What opens a shape and what may close it, the longest first."""
_KINDS: Final[dict[str, Kind]] = {"[(": "database"}
_NAMED: Final[dict[str, Kind]] = {
    "cloud": "external", "cyl": "database", "cylinder": "database", "database": "database", "das": "queue",
    "datastore": "database", "db": "database", "disk": "database", "h-cyl": "queue", "horizontal-cylinder": "queue",
    "lin-cyl": "database", "lined-cylinder": "database",
}  # fmt: skip
"""Shapes by their names in `@{ shape: … }` that say a kind (Mermaid, Flowcharts, Expanded Node Shapes)."""
_PROPERTIES: Final = re.compile(r"@\{((?:[^{}\"]|\"[^\"]*\")*)\}")
_PROPERTY: Final = re.compile(r"([\w-]+)\s*:\s*(\"[^\"]*\"|'[^']*'|[^,\n\"]+)")
_CLASS: Final = re.compile(r":::([\w-]+)")
_PIPED: Final = re.compile(r"[ \t]*\|((?:\"[^\"]*\"|[^|\"\n])*)\|")
_EDGE_ID: Final = re.compile(r"[\w-]+@(?=[xo<]?(?:--|==|-\.|~~~))")
_PLAIN: Final = re.compile(r"([xo<]?)(--+[-xo>]|==+[=xo>]|-\.+-[xo>]?|~~~+)")
_WORDED: Final = (
    re.compile(r"([xo<]?)--(?![->])[ \t]*((?:\"[^\"]*\"|(?!--)[^\"\n])+?)[ \t]*(--+[-xo>])"),
    re.compile(r"([xo<]?)==(?![=>])[ \t]*((?:\"[^\"]*\"|(?!==)[^\"\n])+?)[ \t]*(==+[=xo>])"),
    re.compile(r"([xo<]?)-\.(?![-.])[ \t]*((?:\"[^\"]*\"|(?!\.-)[^\"\n])+?)[ \t]*(\.+-[xo>]?)"),
)


class Shape(NamedTuple):
    """What stands behind the id of a node."""

    label: str = ""
    kind: Kind | None = None
    classes: tuple[str, ...] = ()


class Link(NamedTuple):
    """A link between nodes."""

    label: str
    asynchronous: bool
    forward: bool
    backward: bool
    is_hidden: bool


def kind_of_class(name: str) -> Kind | None:
    """The kind a class of Mermaid says: its name is one, or ends with one."""
    found: Kind | None = name if name in KINDS else kind_said(name)  # type: ignore[assignment]  # KINDS are the members
    return found


def shape(chart: Chart) -> Shape:
    """The shape, properties and class at this place, if there are any."""
    text, kind = _bracketed(chart)
    if properties := chart.match(_PROPERTIES):
        said = {found[1]: found[2].strip().strip("\"'") for found in _PROPERTY.finditer(properties[1])}
        text = label(said.get("label", "")) or text
        kind = _NAMED.get(said.get("shape", ""), kind)
    classes = []
    while found := chart.match(_CLASS):
        classes.append(found[1])
    return Shape(text, kind, tuple(classes))


def _bracketed(chart: Chart) -> tuple[str, Kind | None]:
    for opening, closings in _SHAPES:
        if not chart.text.startswith(opening, chart.place):
            continue
        start = chart.place + len(opening)
        end, after = _end_of_label(chart.text, start, closings)
        if end < 0:
            chart.defect(f"the shape {opening} is not closed", f"close it with {closings[0]}")
            chart.rest_of_line()
            return "", None
        chart.place = after
        return label(chart.text[start:end]), _KINDS.get(opening)
    return "", None


def _end_of_label(text: str, start: int, closings: tuple[str, ...]) -> tuple[int, int]:
    """Where a label ends, and where the text goes on; -1 when it does not end. Quotes may hold anything."""
    bare = _SPACES.match(text, start)
    quote = bare.end() if bare else start
    if text.startswith('"', quote):
        end = text.find('"', quote + 1)
        behind = _SPACES.match(text, end + 1) if end > 0 else None
        for closing in closings:
            if behind and text.startswith(closing, behind.end()):
                return end + 1, behind.end() + len(closing)
        return -1, -1
    line = text.find("\n", start)
    line = len(text) if line < 0 else line
    found = [(place, closing) for closing in closings if (place := text.find(closing, start, line)) >= 0]
    if not found:
        return -1, -1
    place, closing = min(found)
    return place, place + len(closing)


def link(chart: Chart) -> Link | None:
    """The link at this place; None when there is none."""
    start = chart.place
    chart.match(SPACE)
    chart.match(_EDGE_ID)
    for pattern in _WORDED:
        if _PLAIN.match(chart.text, chart.place) is None and (found := chart.match(pattern)):
            return _link(found[1], found[3], found[2])
    if found := chart.match(_PLAIN):
        piped = chart.match(_PIPED)
        return _link(found[1], found[2], piped[1] if piped else "")
    chart.place = start
    return None


def _link(begin: str, line: str, text: str) -> Link:
    backward = begin == "<"
    return Link(label(text), "." in line, not backward or line.endswith(">"), backward, line.startswith("~"))
