"""On which line of the file a finding or a loop lies."""

from studio.cli.frame.reading import Opened
from studio.cli.frame.remarks import Remark
from studio.model.address import Address
from studio.red_flags.report import Finding


def line_of(finding: Finding, opened: Opened) -> int:
    """The line of the field a finding is about, else of its table, else of the table around it; from 1.

    A field of the whole design that has no table at all is told at the table of the design.
    """
    field = finding.verdict.field
    if field is None:
        return opened.lines.line(finding.address)
    path: Address = tuple(field.split(".")) if finding.address == ("design",) else (*finding.address, field)
    found = opened.lines.line(path)
    return found if found > 1 else opened.lines.line(finding.address)


def loop_remarks(file: str, opened: Opened) -> tuple[Remark, ...]:
    """The loops that leave the design without figures, each at the line of its first connection."""
    found = opened.analysis.estimates.working.load.loops
    return tuple(Remark(file, opened.lines.line(("connections", loop.connections[0])), loop.sentence) for loop in found)


def loops(file: str, opened: Opened, severity: str = "") -> list[str]:
    """The same as lines of talk."""
    return [f"{file}:{found.line}: {severity}{found.text}" for found in loop_remarks(file, opened)]
