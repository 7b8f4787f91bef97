"""The pop-up of letters: one widget over the panes that paints its own lines."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from studio.text import one_line, shortened, width
from studio.tui.lines.rows import safe
from studio.tui.roles import Roled


class MenuLine(NamedTuple):
    """A letter and what it does."""

    letter: str
    text: str
    key: str = ""
    """The key that does it without the menu."""
    why_not: str = ""
    """Why it can do nothing now."""


class MenuBox(Roled):
    """Shows letters; a click on one is as good as the letter."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    MenuBox {
        layer: over; position: absolute; display: none; border: solid $accent; background: $panel;
        border-title-color: $accent; border-title-style: bold; border-subtitle-color: $text-dim;
    }
    """

    class Picked(Message):
        """A line was clicked."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    def __init__(self) -> None:
        super().__init__(id="menu")
        self._lines: tuple[MenuLine, ...] = ()
        self._columns = (0, 0)

    @property
    def lines(self) -> tuple[MenuLine, ...]:
        """What it shows."""
        return self._lines

    def show(self, title: str, lines: Sequence[MenuLine], at: tuple[int, int] | None) -> None:
        """Shows these lines beside a place of the screen, or in the lower right corner."""
        self._lines = tuple(lines)
        screen = self.app.size
        text = max((width(_text(line)) for line in lines), default=0)
        keys = max((width(line.key) for line in lines), default=0)
        self._columns = (min(text, max(screen.width - keys - 9, 10)), keys)
        wide, high = 4 + self._columns[0] + 2 + keys + 2 + 1, min(len(lines) + 2, screen.height - 3)
        corner = (screen.width - wide - 1, screen.height - high - 2)
        left, top = corner if at is None else (at[0] + 1, at[1])
        self.styles.width, self.styles.height = wide, high
        self.styles.offset = (max(min(left, screen.width - wide), 0), max(min(top, screen.height - high - 1), 0))
        self.border_title = Content(f" {one_line(title)} ")
        self.border_subtitle = Content(" Esc leaves ")
        self.display = True
        self.refresh()

    def hide(self) -> None:
        """Takes it off the screen."""
        self.display = False

    def render_line(self, y: int) -> Strip:
        """One letter with what it does."""
        columns = self.size.width
        if not 0 <= y < len(self._lines):
            return Strip.blank(columns, self.plain)
        line = self._lines[y]
        text = shortened(_text(line), self._columns[0])
        gap = " " * (self._columns[0] - width(text) + 2)
        role = "faint" if line.why_not else ""
        segments = [
            Segment(f" {line.letter}  ", self.role("faint" if line.why_not else "key")),
            Segment(text, self.role(role)),
            Segment(gap + line.key, self.role("dim")),
        ]
        return Strip(segments).adjust_cell_length(columns, self.plain)

    def on_click(self, event: events.Click) -> None:
        """Picks the line under the mouse."""
        event.stop()
        row = event.get_content_offset(self)
        if row is not None and 0 <= row.y < len(self._lines):
            self.post_message(self.Picked(self._lines[row.y].letter))


def _text(line: MenuLine) -> str:
    return safe(f"{line.text} ({line.why_not})" if line.why_not else line.text)
