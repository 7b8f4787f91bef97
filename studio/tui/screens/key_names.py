"""What the terminal sends: the name of each key as it is pressed, and what it does in the studio."""

from typing import Final

from textual import events
from textual.app import ComposeResult

from studio.key_names import shown
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row
from studio.tui.own_keys import OwnKeys
from studio.tui.screens.dialog import Dialog

KEPT: Final = 200
"""Keys that are remembered."""


class KeyNames(Dialog[str]):
    """Shows the name of every key; Escape twice leaves."""

    shape = "-tall"
    keys = (("Esc Esc", "leave"),)

    def __init__(self) -> None:
        super().__init__()
        self.heading = "What does my terminal send?"
        self._rows: list[Row] = []
        self._last = ""

    def content(self) -> ComposeResult:
        """The keys, the last one first."""
        yield LineList(empty="press any key: its name for [keys] in your configuration is shown here")

    def on_mount(self) -> None:
        """Takes all keys from now on."""
        super().on_mount()
        if isinstance(self.app, OwnKeys):
            self.app.give_keys_to(self)

    def take_key(self, event: events.Key) -> None:
        """Shows a key; the second Escape in a row leaves."""
        if event.key == self._last == "escape":
            if isinstance(self.app, OwnKeys):
                self.app.give_keys_to(None)
            self.dismiss(None)
            return
        self._last = event.key
        others = [name for name in event.aliases if name != event.key]
        also = f"   also {', '.join(others)}" if others else ""
        line = row(str(len(self._rows)), Span(f"{shown(event.key):<10}", "key"), f'"{event.key}"', Span(also, "faint"))
        self._rows = [line, *self._rows[:KEPT]]
        self.query_one(LineList).show(self._rows, cursor=line.key)

    def take_press(self, at: tuple[int, int]) -> bool:
        """The mouse does nothing here."""
        del at
        return True
