"""A page to read: a pattern, a rule, where a figure comes from, the keys."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, words
from studio.tui.screens.dialog import Dialog


class Page(Dialog[str]):
    """Text that scrolls."""

    shape = "-tall -wide"
    keys = (("↑↓ PgUp PgDn", "scroll"), ("Esc", "close"))
    BINDINGS: ClassVar[list[BindingType]] = [key("q,enter", "leave", "close", "page.close", "Close the page")]

    def __init__(self, heading: str, rows: list[Row]) -> None:
        super().__init__()
        self.heading = heading
        self._rows = rows

    def content(self) -> ComposeResult:
        """The text."""
        yield LineList()

    def on_mount(self) -> None:
        """Shows the text."""
        super().on_mount()
        self.query_one(LineList).show(self._rows)


def text_rows(text: str) -> list[Row]:
    """Markdown as rows: headings stand out, everything else stays as it is written."""
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines()):
        heading = line.lstrip("#").strip() if line.startswith("#") else ""
        if heading:
            rows.append(words(str(number), Span(heading, "accent" if line.startswith("# ") else "strong")))
        else:
            indent = len(line) - len(line.lstrip(" ")) + (2 if line.lstrip().startswith("- ") else 0)
            is_prose = not line.startswith("    ") and not any(sign in line for sign in "│─┌└╎")
            rows.append(words(str(number), line or " ", wraps=is_prose, indent=indent))
    return rows
