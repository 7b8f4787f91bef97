"""The terminal as a file that can be written to also when it is gone."""

from contextlib import suppress
from typing import IO, Any


class Fading:
    """Takes what is written, and drops it once nobody is there to read it.

    Textual writes in a thread behind a queue of thirty. When a terminal is closed, that thread would end on the first
    error, and whoever fills the queue would wait for it for ever: a studio nobody sees, holding its file.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """How much was taken: all of it."""
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Brings what was written to the terminal, when there is one."""
        with suppress(OSError):
            self._file.flush()

    def __getattr__(self, name: str) -> Any:
        """Everything else is the file's own."""
        return getattr(self._file, name)
