"""A sequence diagram of Mermaid as a journey: who calls whom, step by step (mermaid.js.org, Sequence Diagrams)."""

import re
from typing import Final, NamedTuple

from studio.imports.flowcharts.text import Chart, label
from studio.imports.frame.graph import Box, Line

HEADER: Final = re.compile(r"[ \t]*sequenceDiagram\b[^\n]*")
_PARTICIPANT: Final = re.compile(
    r"(?:create[ \t]+)?(participant|actor)[ \t]+([^\s:@]+)(?:@\{[^}\n]*\})?(?:[ \t]+as[ \t]+([^\n]*))?"
)
_NAME: Final = r"[^\s:;<>+,-](?:[^\n:;<>+,-]|-(?![->)x]))*?"
_MESSAGE: Final = re.compile(
    rf"({_NAME})[ \t]*(<<)?(-->>|->>|-->|->|--x|-x|--\)|-\))[ \t]*([+-])?[ \t]*({_NAME})[ \t]*(?::([^\n]*))?(?=[;\n]|$)"
)
_BOX: Final = re.compile(r"box\b[ \t]*([^\n]*)")
_BLOCK: Final = re.compile(r"(?:alt|opt|loop|par|critical|break|rect)\b[^\n]*")
_PLAIN: Final = re.compile(
    r"(?:autonumber|activate|deactivate|destroy|links?|properties|details|and|else|option|Note|note|acc(?:Title|Descr))\b[^\n]*"
)
_TITLE: Final = re.compile(r"title[ \t]*:?[ \t]*([^\n]*)")
_END: Final = re.compile(r"end\b")
_COLOUR: Final = re.compile(r"^(?:rgba?\([^)]*\)|transparent|[a-z]+(?=\s|$))[ \t]*", re.IGNORECASE)


class Step(NamedTuple):
    """One message that is no answer."""

    line: Line
    note: str


class Sequence:
    """Reads one sequence diagram."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.title = ""
        self.boxes: dict[str, Box] = {}
        self.steps: list[Step] = []
        self._open: list[str | None] = []
        self._waiting: dict[tuple[str, str], int] = {}

    def read(self) -> None:
        """Reads all statements."""
        for _ in self.chart.statements(HEADER):
            self._statement()

    def _statement(self) -> None:
        chart, start = self.chart, self.chart.place
        if found := chart.match(_PARTICIPANT):
            self._participant(found[2], label(found[3] or ""), is_person=found[1] == "actor")
        elif found := chart.match(_MESSAGE):
            self._message(found)
        elif found := chart.match(_BOX):
            self._open.append(label(_COLOUR.sub("", found[1]) or found[1]))
        elif chart.match(_BLOCK):
            self._open.append(None)
        elif chart.match(_END):
            if self._open:
                self._open.pop()
            else:
                chart.defect("this end ends nothing", "take it away", start)
        elif found := chart.match(_TITLE):
            self.title = label(found[1])
        elif not chart.match(_PLAIN):
            quoted = chart.quoted(chart.rest_of_line())
            chart.defect(f"“{quoted}” is no message and no participant", "write it as A->>B: words", start)

    def _participant(self, key: str, name: str, *, is_person: bool) -> None:
        known = self.boxes.get(key)
        frames = tuple(title for title in self._open if title)
        kind = "client" if is_person else known.kind if known else None
        self.boxes[key] = Box(key, name or (known.label if known else key), frames, kind)

    def _message(self, found: re.Match[str]) -> None:
        source, both, arrow, _, target, text = found.groups()
        source, target = source.strip(), target.strip()
        for end in (source, target):
            if end not in self.boxes:
                self._participant(end, end, is_person=False)
        if arrow.startswith("--") and self._waiting.get((target, source), 0):
            self._waiting[target, source] -= 1
            return
        waits = not arrow.endswith(")")
        self._waiting[source, target] = self._waiting.get((source, target), 0) + waits
        if source != target:
            self.steps.append(Step(Line(source, target, asynchronous=not waits), label(text or "")))
        if both and source != target:
            self.steps.append(Step(Line(target, source, asynchronous=not waits), label(text or "")))
