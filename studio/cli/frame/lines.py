"""On which line of the file a finding lies."""

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
