"""Annotations of GitHub Actions: workflow commands on standard output, one a line."""

from collections.abc import Iterator, Mapping
from typing import Final

from studio.cli.frame.remarks import Remark
from studio.cli.reports.frame import wording
from studio.cli.reports.frame.inspection import Checked, Inspection, Manner
from studio.cli.reports.frame.places import place_of
from studio.red_flags.report import Finding, Unknown
from studio.red_flags.rule import Severity
from studio.text import one_line

COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(inspection: Inspection, manner: Manner) -> str:
    """What somebody must act on: no finding that is accepted or held back. Files that cannot be judged come first."""
    lines = [_remark(remark) for remark in (*inspection.broken, *inspection.unsolved, *inspection.idle)]
    for checked in inspection.checked:
        lines += [_finding(finding, checked) for finding in checked.acting()]
        lines += [_unknown(found, checked) for found in (checked.report.unknown if manner.unknown else ())]
    return "".join(f"{line}\n" for line in lines)


def _finding(finding: Finding, checked: Checked) -> str:
    state = wording.state(checked, finding)
    title = f"{finding.rule.id} {finding.rule.title}{f' ({state})' if state else ''}"
    lines = [f"{finding.on}: {finding.verdict.message}", *finding.verdict.fix]
    return _command(
        COMMANDS[finding.severity], checked, checked.line(finding), title, "\n→ ".join(map(one_line, lines))
    )


def _unknown(found: Unknown, checked: Checked) -> str:
    on = ".".join(found.address)
    title = f"{found.rule.id} {found.rule.title}: cannot tell"
    return _command("notice", checked, checked.opened.lines.line(found.address), title, f"{on} {wording.needs(found)}")


def _command(command: str, checked: Checked, line: int, title: str, message: str) -> str:
    region = checked.region(line)
    properties = {"file": checked.place.path, "line": region.line, "endLine": region.end_line, "title": title}
    return _written(command, properties, message)


def _remark(remark: Remark) -> str:
    title = "has no effect" if remark.is_warning else "cannot be judged"
    properties = {"file": place_of(remark.file).path, "line": remark.line, "title": title}
    return _written("warning" if remark.is_warning else "error", properties, one_line(remark.text))


def _written(command: str, properties: Mapping[str, object], message: str) -> str:
    listed = ",".join(_properties(properties))
    return f"::{command} {listed}::{_data(message)}"


def _properties(properties: Mapping[str, object]) -> Iterator[str]:
    """Of a property colons and commas are escaped too: they end it."""
    for name, value in properties.items():
        yield f"{name}={_data(one_line(str(value))).replace(':', '%3A').replace(',', '%2C')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
