"""Textual's driver for Linux terminals: it writes only what is not on the screen yet, and tells Escape soon."""

import contextlib
import os
import selectors
import time
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import IO, Any, ClassVar, cast

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from studio.tui.first_look.terminal import FirstLook
from studio.tui.terminal.fading import Fading
from studio.tui.terminal.frames import Curtain, Shown
from studio.tui.terminal.plain_signs import PLAIN_SIGNS

SWITCH = "TENFOLD_DRIVER"
"""`plain` in this variable of the environment switches all of it off."""
_IDLE = 0.1
"""Seconds between two looks at whether the studio ends."""
_PENDING = 0.005
"""The same while a lone Escape may still turn out to begin a longer key."""


class ReducingDriver(LinuxDriver):
    """Writes only what differs. Whoever else wrote on the terminal calls `forget` before the next frame."""

    first_look: ClassVar[FirstLook | None] = None
    """What is on the screen already; until `lift` it stays, and frames gather behind it."""
    is_ascii: ClassVar[bool] = False
    """Whether every sign of ours is written in ASCII, those of Textual's own widgets too."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._file: Any = Fading(cast("IO[str]", self._file))
        self._shown = Shown()
        self._measured: os.terminal_size | None = None
        self._curtain = Curtain() if self.first_look else None
        if self.first_look:
            self._shown.takes_for_shown(self.first_look.picture)

    def write(self, data: str) -> None:
        """Writes a frame reduced, everything else as it is."""
        if self.is_ascii and not data.isascii():
            data = data.translate(PLAIN_SIGNS)
        if self._curtain is not None:
            self._behind_the_curtain(self._curtain, data)
            return
        reduced = self._shown.reduced(data) if self._is_as_before() else None
        if reduced is None:
            if "\x1b[?1049" in data or "\x1b[2J" in data:
                self.forget()
            super().write(data)
        elif reduced:
            super().write(reduced)

    def _behind_the_curtain(self, curtain: Curtain, data: str) -> None:
        if not self._is_as_before():
            self.lift()
            self.write(data)
        elif not curtain.took(data):
            rest = data.replace("\x1b[?1049h", "")
            if rest:
                super().write(rest)

    def lift(self) -> None:
        """Shows what has gathered behind the first picture, as far as it differs."""
        curtain, self._curtain = self._curtain, None
        if curtain is not None:
            if self.first_look is not None:
                self.first_look.is_over()
                self._shown.lost(*self.first_look.sign_at)
            reduced = self._shown.brought(curtain.rows, curtain.cursor)
            if reduced:
                super().write(reduced)

    def picture(self) -> str:
        """What the terminal shows, as far as it is known."""
        return self._shown.picture()

    def forget(self) -> None:
        """The next frame is written whole."""
        self._shown.forget()

    def start_application_mode(self) -> None:
        """As Textual does it; what it gives back in the end is the terminal as it was before the first picture."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual types it not
        first_look = type(self).first_look
        if first_look is not None:
            first_look.is_left = False
            self.attrs_before = first_look.attributes

    def stop_application_mode(self) -> None:
        """As Textual does it, after whatever is still behind the curtain."""
        self.lift()
        super().stop_application_mode()
        if self.first_look is not None:
            self.first_look.is_left = True

    def run_input_thread(self) -> None:
        """Reads keys; while a lone Escape may begin a longer key, looks again soon."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_PENDING if parser._timeout_time is not None else _IDLE):
                    text = self._read_keys(decode)
                    for event in parser.feed(text) if text else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _read_keys(self, decode: Callable[[bytes], str]) -> str:
        """What was typed; nothing, after a while, when the terminal is gone: a signal ends the studio then."""
        with contextlib.suppress(OSError):
            if text := decode(os.read(self.fileno, 4096)):
                return text
        time.sleep(_IDLE)
        return ""

    def _is_as_before(self) -> bool:
        """Whether the terminal has the size it had; another size means that it shows nobody knows what."""
        try:
            size = os.get_terminal_size(self.fileno)
        except OSError:
            return False
        if size != self._measured:
            is_first = self._measured is None
            self._measured = size
            if not (is_first and self._curtain is not None):
                self.forget()
                return self._curtain is None
        return True
