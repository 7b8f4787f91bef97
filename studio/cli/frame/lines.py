"""On which line of the file a finding or a loop lies."""

from studio.cli.frame.reading import Opened
from studio.model.address import Address
from studio.red_flags.report import Finding


def line_of(finding: Finding, opened: Opened) -> int:
    """The line of the field a finding is about, else of its table, else of the table around it; from 1."""
    field = finding.verdict.field
    if field is None:
        return opened.lines.line(finding.address)
    path: Address = tuple(field.split(".")) if finding.address == ("design",) else (*finding.address, field)
    return opened.lines.line(path)


def loops(file: str, opened: Opened, severity: str = "") -> list[str]:
    """The loops that leave the design without figures, each at the line of its first connection."""
    found = opened.analysis.estimates.working.load.loops
    lines = [opened.lines.line(("connections", loop.connections[0])) for loop in found]
    return [f"{file}:{line}: {severity}{loop.sentence}" for line, loop in zip(lines, found, strict=True)]
