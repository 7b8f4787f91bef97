"""The terminal taken over before Textual is there, and given back whatever happens. Standard library only."""

import contextlib
import itertools
import os
import signal
import sys
import termios
import threading
from typing import Any

_KEYBOARD = 0
_SCREEN = 2
"""Textual reads and writes these two as well."""
_ENTER = "\x1b[?1049h\x1b[?25l"
_MODES = (1000, 1003, 1006, 1015, 1004, 2004, 2048)
"""The mouse, the focus, pasting, sizes."""
_LEAVE = "".join(f"\x1b[?{mode}l" for mode in _MODES) + "\x1b[<u\x1b[?25h\x1b[?1049l"
"""Everything off that Textual may have turned on before it was interrupted, and then the alternate screen left."""


_TURN = 0.08
"""Seconds between two turns of the sign."""


class FirstLook:
    """An alternate screen with a first picture; keys typed meanwhile wait unseen.

    `picture` is the text of a whole screen as the last session left it, empty when something else is shown.
    """

    def __init__(self, first: str, *, picture: str = "", turning: str = "|/-\\") -> None:
        self.picture = picture
        self._turning = turning
        self._is_over = threading.Event()
        self._writing = threading.Lock()
        self.attributes = _attributes()
        self.is_left = False
        """Whether Textual took the terminal over and gave it back; told to go while it starts, it does not."""
        self.told_to_go: int | None = None
        """The signal that came before the studio listened to signals itself."""
        self._is_handed_over = False
        _keep_quiet(self.attributes)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._end)
        _write(_ENTER + first)
        self.sign_at = (size()[1], size()[0])
        """Row and column, from 1, of the sign that something is still to come."""
        threading.Thread(target=self._turn, daemon=True).start()

    def _turn(self) -> None:
        """Turns a sign in the last corner for as long as what is shown cannot be worked with."""
        row, column = self.sign_at
        for sign in itertools.cycle(self._turning):
            if self._is_over.wait(_TURN):
                return
            with self._writing:
                if not self._is_over.is_set():
                    _write(f"\x1b7\x1b[0;2m\x1b[{row};{column}H{sign}\x1b8")

    def hand_over(self) -> None:
        """The studio begins: a signal is no exception somewhere in its start any more, but is there to be asked for."""
        self._is_handed_over = True

    def _end(self, number: int, frame: object) -> None:
        del frame
        self.told_to_go = number
        if not self._is_handed_over:
            sys.exit(128 + number)

    def is_over(self) -> None:
        """The studio itself is shown from now on: no sign is written any more once this returns."""
        with self._writing:
            self._is_over.set()

    def close(self) -> None:
        """Gives the terminal back as it was."""
        self.is_over()
        if not self.is_left:
            _write(_LEAVE)
        if self.attributes is not None:
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(_KEYBOARD, termios.TCSANOW, self.attributes)


def size() -> tuple[int, int]:
    """Columns and rows of the terminal."""
    try:
        found = os.get_terminal_size(_KEYBOARD)
    except (OSError, ValueError):
        return 80, 24
    return found.columns or 80, found.lines or 24


def _attributes() -> list[Any] | None:
    with contextlib.suppress(termios.error, OSError, ValueError):
        return termios.tcgetattr(_KEYBOARD)
    return None


def _keep_quiet(attributes: list[Any] | None) -> None:
    """No echo, no waiting for the end of a line, and no key that the terminal keeps for itself but Ctrl+C."""
    if attributes is not None:
        quiet = list(attributes)
        quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(_KEYBOARD, termios.TCSANOW, quiet)


def _write(text: str) -> None:
    rest = text.encode()
    with contextlib.suppress(OSError):
        while rest:
            rest = rest[os.write(_SCREEN, rest) :]
