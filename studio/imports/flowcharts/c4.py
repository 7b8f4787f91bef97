"""A C4 diagram of Mermaid: people, systems, containers, boundaries, relations (mermaid.js.org, C4 Diagrams)."""

import re
from typing import Any, Final

from studio.imports.flowcharts.text import Chart, label
from studio.imports.frame.graph import Box, Line
from studio.model.kinds import KINDS, Kind

HEADER: Final = re.compile(r"[ \t]*C4(?:Context|Container|Component|Dynamic|Deployment)\b[^\n]*")
_CALL: Final = re.compile(r"(\w+)[ \t]*\(((?:\"[^\"]*\"|[^()\"])*)\)[ \t]*(\{)?")
_ARGUMENT: Final = re.compile(r"\s*(?:\$(\w+)\s*=\s*)?(\"[^\"]*\"|[^,\"]*)\s*(?:,|$)")
_ELEMENT: Final = re.compile(r"(Person|System|Container|Component)(Db|Queue)?(_Ext)?")
_BOUNDARY: Final = re.compile(r"(?:Enterprise_|System_|Container_)?Boundary|(?:Deployment_)?Node(?:_[LR])?")
_RELATION: Final = re.compile(r"(Bi)?Rel(?:Index)?(_Back)?(?:_(?:Neighbor|U|Up|D|Down|L|Left|R|Right))?")
_WAITS_FOR_NOBODY: Final = ("async", "stream", "batch")
_TITLE: Final = re.compile(r"title[ \t]+([^\n]*)")
_STYLING: Final = re.compile(
    r"(?:Update|Add)\w+\([^)\n]*\)|(?:LAYOUT|SHOW|HIDE)_\w+\([^)\n]*\)|acc(?:Title|Descr)[^\n]*"
)


class C4:
    """Reads one C4 diagram."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.title = ""
        self.boxes: dict[str, Box] = {}
        self._lines: list[tuple[Line, int]] = []
        self._open: list[str] = []

    def read(self) -> None:
        """Reads all statements."""
        chart = self.chart
        for start in chart.statements(HEADER):
            if found := chart.match(_TITLE):
                self.title = label(found[1])
            elif chart.text[start] == "}":
                chart.place += 1
                if self._open:
                    self._open.pop()
                else:
                    chart.defect("this } ends nothing", "take it away", start)
            elif not chart.match(_STYLING):
                self._call(start)

    def lines(self) -> tuple[Line, ...]:
        """The relations; one to something that is not there is a defect."""
        found = []
        for line, place in self._lines:
            missing = [end for end in (line.source, line.target) if end not in self.boxes]
            if missing:
                self.chart.defect(f"{self.chart.quoted(missing[0])} is no element", "declare it first", place)
            else:
                found.append(line)
        return tuple(found)

    def _call(self, start: int) -> None:
        found = self.chart.match(_CALL)
        if found is None:
            quoted = self.chart.quoted(self.chart.rest_of_line())
            self.chart.defect(f"“{quoted}” is no element, boundary or relation of C4", "mend this line", start)
            return
        plain, named = _arguments(found[2])
        if (element := _ELEMENT.fullmatch(found[1])) and plain:
            self._element(element, plain, named)
        elif _BOUNDARY.fullmatch(found[1]) and plain:
            if found[3]:
                self._open.append(plain[1] if len(plain) > 1 else plain[0])
        elif (relation := _RELATION.fullmatch(found[1])) and len(plain) > 1:
            self._relation(relation, plain[1:] if found[1] == "RelIndex" else plain, named, start)
        else:
            self.chart.defect(
                f"{self.chart.quoted(found[1])} is not known, or says too little", "mend this line", start
            )

    def _element(self, element: re.Match[str], plain: list[str], named: dict[str, str]) -> None:
        sort, variant, outside = element.groups()
        has_technology = sort in ("Container", "Component")
        technology = named.get("techn") or (plain[2] if has_technology and len(plain) > 2 else "")
        purpose = named.get("descr") or (plain[3 if has_technology else 2] if len(plain) > 2 + has_technology else "")
        kind = _kind(sort, variant, outside, technology)
        fields: dict[str, Any] = {"purpose": purpose or None}
        if technology and technology not in KINDS:
            fields["technology"] = technology
        text = named.get("label") or (plain[1] if len(plain) > 1 else plain[0])
        self.boxes[plain[0]] = Box(plain[0], text, tuple(self._open), kind, fields)

    def _relation(self, relation: re.Match[str], plain: list[str], named: dict[str, str], start: int) -> None:
        if len(plain) < 2:
            return
        both, back = relation.groups()
        technology = named.get("techn") or (plain[3] if len(plain) > 3 else "")
        how = [word.strip() for word in technology.split(",")]
        waits = how[-1] not in _WAITS_FOR_NOBODY
        protocol = ", ".join(how if waits else how[:-1])
        fields = {key: value for key, value in (("protocol", protocol), ("mode", "" if waits else how[-1])) if value}
        text = named.get("label") or (plain[2] if len(plain) > 2 else "")
        ends = (plain[1], plain[0]) if back else (plain[0], plain[1])
        self._lines.append((Line(*ends, text, fields=fields), start))
        if both:
            self._lines.append((Line(ends[1], ends[0], text, fields=fields), start))


def _kind(sort: str, variant: str | None, outside: str | None, technology: str) -> Kind | None:
    if technology in KINDS:
        kind: Kind = technology  # type: ignore[assignment]  # KINDS are the members of Kind
        return kind
    if sort == "Person":
        return "client"
    if outside:
        return "external"
    return "database" if variant == "Db" else "queue" if variant == "Queue" else None


def _arguments(text: str) -> tuple[list[str], dict[str, str]]:
    """The plain arguments in their order, and the named ones."""
    plain: list[str] = []
    named: dict[str, str] = {}
    place = 0
    while place < len(text):
        found = _ARGUMENT.match(text, place)
        if found is None or found.end() == place:
            break
        place = found.end()
        if found[1]:
            named[found[1]] = label(found[2])
        else:
            plain.append(label(found[2]))
    return plain, named
