"""On which line of the file a finding or a loop lies."""

from studio.cli.frame.reading import Opened
from studio.model.address import Address
from studio.red_flags.report import Finding


class Lines:
    """Line numbers of the findings of one file; the text is scanned when the first is asked for."""

    def __init__(self, opened: Opened) -> None:
        from studio.files import source_map

        self._written = source_map.Lines(opened.loaded.text)

    def of(self, finding: Finding) -> int:
        """The line of the field a finding is about, else of its table, else of the table around it; from 1."""
        field = finding.verdict.field
        if field is None:
            return self._written.line(finding.address)
        path: Address = tuple(field.split(".")) if finding.address == ("design",) else (*finding.address, field)
        return self._written.line(path)


def loops(file: str, opened: Opened, severity: str = "") -> list[str]:
    """The loops that leave the design without figures, each at the line of its first connection."""
    found = opened.analysis.estimates.working.load.loops
    if not found:
        return []
    from studio.files import source_map

    written = source_map.Lines(opened.loaded.text)
    lines = [written.line(("connections", loop.connections[0])) for loop in found]
    return [f"{file}:{line}: {severity}{loop.sentence}" for line, loop in zip(lines, found, strict=True)]
