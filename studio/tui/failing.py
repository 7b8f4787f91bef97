"""What is left when something of ours fails: the work in its journal, a report, and a sentence that says where."""

import traceback
from contextlib import suppress

from studio import __version__
from studio.paths import state
from studio.text import visible
from studio.tui.fence import Failing

REPORT = "failure.txt"
"""In the folder of what is remembered between runs; the last one is kept."""


class Reporting(Failing):
    """Writes what happened into a file of the person's own, and prints none of it."""

    def told_of_failure(self, error: Exception) -> str:
        """One sentence on what happened, one on what was kept, one on where the report lies."""
        report = state() / REPORT
        lines = [f"tenfold {__version__}\n", *traceback.format_exception(error)]
        told = "it could not be written down"
        with suppress(OSError):
            report.parent.mkdir(parents=True, exist_ok=True)
            report.write_text("".join(lines), encoding="utf-8", errors="replace")
            told = f"what happened stands in {report}"
        return visible(
            f"tenfold failed ({type(error).__name__}): a fault of the program, not of the design. "
            f"What was not saved is offered again the next time the file is opened; {told}"
        )
