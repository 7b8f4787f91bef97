"""What was done to a design since it was opened, written down as it is done: no end of the program loses it.

The journal lies in the state folder, one file for each design, named by a hash of its path. Its first line is the text
it began with, every further line one step. Lines are handed to the system at once, so that a killed program loses
none; they are forced to the disk within a second, so that a power cut loses no more than that.
"""

import contextlib
import hashlib
import json
import os
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from studio.errors import TenfoldError
from studio.files.locking import Holder, Lock
from studio.paths import state

SETTLED_AFTER: Final = 1.0
"""Seconds after which a line is on the disk at the latest."""
KEPT: Final = 30 * 86_400.0
"""Seconds for which the journal of a file that nobody opens is kept."""
BEGINS: Final = "tenfold"
"""The key of a first line; its value is the version of the journal."""
MARKS: Final = "mark"
"""The key of a line that says what the file holds now: its fingerprint."""
_TAIL: Final = 2**20
_SLOTS: Final = range(1, 10)
_DATE: Final = "\0date"


def journals() -> Path:
    """The folder of the journals; it may not exist."""
    return state() / "journals"


def _name(path: Path, slot: int) -> str:
    found = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:32]
    return found if slot == 1 else f"{found}-{slot}"


class Journal:
    """The journal of one file, held by this process until it is closed."""

    def __init__(self, path: Path, lock: Lock) -> None:
        self.path = path
        self._lock = lock
        self._handle: int | None = None
        self._waiting: threading.Timer | None = None
        self._guard = threading.Lock()
        self.is_broken = False
        """Whether a line could not be written: what follows would not fit, so it has to be begun again."""

    def lines(self) -> Iterator[tuple[dict[str, Any], int]]:
        """The events, each with the place in the file where its line ends, up to the first that is torn."""
        try:
            content = self.path.read_bytes()
        except OSError:
            return
        yield from events(content)

    @property
    def last(self) -> dict[str, Any]:
        """The last event, if its line is whole; read without reading the others."""
        try:
            lines = self.path.read_bytes()[-_TAIL:].splitlines(keepends=True)
            event = json.loads(lines[-1]) if lines and lines[-1].endswith(b"\n") else {}
        except (OSError, ValueError, RecursionError):
            return {}
        return event if isinstance(event, dict) else {}

    @property
    def ends_saved(self) -> bool:
        """Whether there is nothing to recover, because its last line says that file and design are the same."""
        last = self.last
        return BEGINS in last or (MARKS in last and "patch" not in last) or not self.path.exists()

    def begin(self, event: dict[str, Any]) -> None:
        """Starts anew with a first event; what was there is gone."""
        self._open(os.O_TRUNC)
        self.is_broken = False
        self.note(event)

    def go_on(self, length: int) -> None:
        """Goes on behind what could be read."""
        self._open(0)
        if self._handle is not None:
            os.ftruncate(self._handle, length)

    def _open(self, flags: int) -> None:
        self._shut()
        try:
            self._handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | flags, 0o600)
        except OSError:
            self.is_broken = True

    def note(self, event: dict[str, Any]) -> None:
        """Writes an event down. What cannot be written breaks the journal, and never the work."""
        if self.is_broken or self._handle is None:
            self.is_broken = True
            return
        line = json.dumps(event, separators=(",", ":"), default=_plain).encode() + b"\n"
        before = os.fstat(self._handle).st_size
        try:
            whole = os.write(self._handle, line) == len(line)
        except OSError:
            whole = False
        if not whole:
            self.is_broken = True
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, before)
        elif self._waiting is None:
            self._waiting = threading.Timer(SETTLED_AFTER, self.settle)
            self._waiting.daemon = True
            self._waiting.start()

    def settle(self) -> None:
        """Forces what was written to the disk."""
        with self._guard:
            self._waiting = None
            if self._handle is not None:
                with contextlib.suppress(OSError):
                    os.fsync(self._handle)

    def set_aside(self) -> None:
        """Keeps what is there under another name, for whoever regrets."""
        with contextlib.suppress(OSError):
            self.path.replace(self.path.with_suffix(f".{time.time_ns()}.aside"))

    def _shut(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        self.settle()
        with self._guard:
            if self._handle is not None:
                os.close(self._handle)
            self._handle = None

    def close(self) -> None:
        """Brings everything to the disk and lets the file go."""
        self._shut()
        self._lock.release()


def events(content: bytes) -> Iterator[tuple[dict[str, Any], int]]:
    """The events in the bytes of a journal, each with where its line ends, up to the first that is torn."""
    end = 0
    while (stop := content.find(b"\n", end)) >= 0:
        try:
            event = json.loads(content[end:stop], object_hook=_whole)
        except (ValueError, RecursionError):
            return
        if not isinstance(event, dict):
            return
        end = stop + 1
        yield event, end


def _plain(value: object) -> object:
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    raise TypeError(f"{type(value).__name__} is nothing a design file holds")


def _whole(table: dict[str, Any]) -> Any:
    return date.fromisoformat(table[_DATE]) if _DATE in table else table


def claimed(path: Path) -> tuple[Journal, Holder | None]:
    """The journal for a file, held from now on, and who else has that file open.

    Of several that nobody holds it is the one with something in it: a second studio writes into a second journal.
    Raises `TenfoldError` when the state folder cannot be used.
    """
    folder = journals()
    other: Holder | None = None
    free: list[Journal] = []
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for slot in _SLOTS:
            name = _name(path, slot)
            if free and not (folder / f"{name}.jsonl").exists():
                break
            lock = Lock(folder / f"{name}.lock")
            holder = lock.take()
            other = other or holder
            if holder is None:
                free.append(Journal(folder / f"{name}.jsonl", lock))
    except OSError as error:
        raise TenfoldError(f"changes are not kept until saved: {folder} ({error.strerror or error})") from None
    if not free:
        raise TenfoldError(f"{path.name} is open in too many studios; close one of them")
    chosen = next((journal for journal in free if not journal.ends_saved), free[0])
    for journal in free:
        if journal is not chosen:
            journal.close()
    return chosen, other


def clean_up(now: float | None = None) -> None:
    """Removes journals, and what belongs to them, that nobody wrote for thirty days."""
    before = (time.time() if now is None else now) - KEPT
    for path in sorted(journals().glob("*")) if journals().is_dir() else ():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < before and (path.suffix != ".lock" or _is_free(path)):
                path.unlink()


def _is_free(path: Path) -> bool:
    lock = Lock(path)
    found = lock.take() is None
    lock.release()
    return found
