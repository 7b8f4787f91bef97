"""A small driver of a real pseudo-terminal: a program in it, keys to it, its screen read by pyte."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "backspace": "\x7f", "f3": "\x1bOR", "f4": "\x1bOS", "space": " ",
}  # fmt: skip


class Terminal:
    """A program in a pseudo-terminal of a given size."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, lines: int = 24, folder: Path, env: Mapping[str, str]
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.received = b""
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(command[0], list(command), {**os.environ, **env})
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self._handle)

    @property
    def text(self) -> str:
        """The screen as text, a line a row."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def read(self, seconds: float = 0.1) -> None:
        """Takes what the program writes within `seconds`."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([self._handle], [], [], left)
            if not ready:
                return
            try:
                data = os.read(self._handle, 65_536)
            except OSError:
                return
            self.received += data
            self._stream.feed(data)

    def wait(self, text: str, seconds: float = 20.0) -> None:
        """Waits until the screen shows `text`; fails with the screen when it does not."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.read(0.05)
            if text in self.text:
                return
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    def wait_gone(self, text: str, seconds: float = 20.0) -> None:
        """Waits until the screen does not show `text` any more."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.read(0.05)
            if text not in self.text:
                return
        raise AssertionError(f"{text!r} is still on the screen:\n{self.text}")

    def press(self, *keys: str) -> None:
        """Presses keys: a name of `KEYS`, `ctrl+x`, or a single character; then lets the program answer."""
        for key in keys:
            control = chr(ord(key[-1]) - 96) if key.startswith("ctrl+") else None
            os.write(self._handle, (control or KEYS.get(key, key)).encode())
            self.read(0.15)

    def type(self, text: str) -> None:
        """Types a text, character by character."""
        self.press(*text)

    def mouse(self, code: int, column: int, row: int, *, release: bool = False) -> None:
        """One mouse event, counted from 0, as SGR mode sends it."""
        os.write(self._handle, f"\x1b[<{code};{column + 1};{row + 1}{'m' if release else 'M'}".encode())
        self.read(0.1)

    def find(self, text: str) -> tuple[int, int]:
        """Column and row of the first place where the screen shows `text`."""
        for row, line in enumerate(self.screen.display):
            if text in line:
                return line.index(text), row
        raise AssertionError(f"{text!r} is not on the screen:\n{self.text}")

    def hang_up(self, seconds: float = 20.0) -> None:
        """Closes the terminal, and waits for the program to end by itself."""
        os.close(self._handle)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return
            time.sleep(0.05)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise AssertionError("it was still running without its terminal")

    def exit_code(self, seconds: float = 10.0) -> int:
        """Waits for the program to end; its exit code."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.read(0.05)  # what it wrote last
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it is still running:\n{self.text}")
