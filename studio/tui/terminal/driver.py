"""Textual's driver for Linux terminals, with frames reduced to what is not on the screen yet."""

import os
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from studio.tui.terminal.frames import Shown

SWITCH = "TENFOLD_DRIVER"
"""`plain` in this variable of the environment switches the reduction off."""


class ReducingDriver(LinuxDriver):
    """Writes only what differs. Whoever else wrote on the terminal calls `forget` before the next frame."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._shown = Shown()
        self._measured: os.terminal_size | None = None

    def write(self, data: str) -> None:
        """Writes a frame reduced, everything else as it is."""
        reduced = self._shown.reduced(data) if self._is_as_before() else None
        if reduced is None:
            if "\x1b[?1049" in data or "\x1b[2J" in data:
                self.forget()
            super().write(data)
        elif reduced:
            super().write(reduced)

    def forget(self) -> None:
        """The next frame is written whole."""
        self._shown.forget()

    def _is_as_before(self) -> bool:
        """Whether the terminal has the size it had; another size means that it shows nobody knows what."""
        try:
            size = os.get_terminal_size(self.fileno)
        except OSError:
            return False
        if size != self._measured:
            self._measured = size
            self.forget()
        return True
