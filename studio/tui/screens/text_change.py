"""What a change does to a text, line by line."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from studio.tui.bindings import key
from studio.tui.lines.drawn import drawn
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, row
from studio.tui.screens.dialog import Dialog

_ROLES = {"+": "good", "-": "bad", "@": "accent"}


def change_rows(before: str, after: str, name: str) -> Iterator[Row]:
    """The unified difference of two texts; the sign before each line says what happens to it, the colour repeats it."""
    import difflib

    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), f"{name}, before", f"{name}, after", n=3)
    for number, line in enumerate(lines):
        heads = number < 2
        yield row(str(number), *drawn(line.rstrip("\n"), "dim" if heads else _ROLES.get(line[:1], "")))


def counted(before: str, after: str) -> str:
    """`+3 −1 lines`."""
    import difflib

    lines = [line[:1] for line in difflib.ndiff(before.splitlines(), after.splitlines())]
    return f"+{lines.count('+')} −{lines.count('-')} lines"


class TextChange(Dialog[str]):
    """Shows a difference; when it is asked for, the result is `take` or `edit`, or None to drop it."""

    shape = "-tall -wide"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("e", "again", "edit again", "dialog.edit-again", "Back into the editor"),
        key("q", "leave", "leave", "dialog.leave-too", "Leave without doing anything"),
    ]

    def __init__(self, heading: str, before: str, after: str, *, name: str, is_asked: bool = True) -> None:
        super().__init__()
        self.heading = f"{heading}: {counted(before, after)}"
        self._rows = list(change_rows(before, after, name))
        self._is_asked = is_asked
        scroll = ("↑↓ PgUp PgDn", "scroll")
        asked = (("Enter", "take it"), ("Esc", "drop it"), ("e", "edit again"), scroll)
        self.keys = asked if is_asked else (scroll, ("Esc", "back"))

    def content(self) -> ComposeResult:
        """The lines."""
        yield LineList(empty="the two texts differ in line ends only" if self._is_asked else "nothing differs")

    def on_mount(self) -> None:
        """Shows them."""
        super().on_mount()
        self.query_one(LineList).show(self._rows)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.dismiss("take" if self._is_asked else None)

    def action_again(self) -> None:
        """Back into the editor."""
        if self._is_asked:
            self.dismiss("edit")
