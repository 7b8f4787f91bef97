"""The lines that say which mode is on: what is supposed, or which call of a journey this is."""

from collections.abc import Sequence

from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row


class ModeBar(LineList, can_focus=False):
    """A few lines above the status; it takes no keys, and no room when there is no mode."""

    def __init__(self) -> None:
        super().__init__(identifier="mode")
        self.display = False

    def say(self, rows: Sequence[Row]) -> None:
        """Shows these lines; none takes the bar away."""
        self.show(rows)
        if self.display != bool(rows):
            self.display = bool(rows)
