"""One studio for one file: a lock that says who holds it, and that ends with its holder however it ends."""

import contextlib
import json
import os
import time
from pathlib import Path
from typing import NamedTuple


class Holder(NamedTuple):
    """Who has a file open."""

    pid: int
    host: str
    since: float
    """Seconds since 1970."""


class Lock:
    """A lock on a path of its own. The system lets it go when the process ends, so none is left by a crash."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> Holder | None:
        """Takes it; None, or who else has it. Raises `OSError` where no such file can be."""
        import fcntl

        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = _holder(os.read(handle, 4096))
            os.close(handle)
            return other
        except OSError:
            os.close(handle)
            raise
        self._handle = handle
        os.ftruncate(handle, 0)
        told = {"pid": os.getpid(), "host": os.uname().nodename, "since": time.time()}
        os.pwrite(handle, json.dumps(told).encode(), 0)
        return None

    def release(self) -> None:
        """Lets it go."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None


def _holder(content: bytes) -> Holder:
    try:
        told = json.loads(content)
        return Holder(int(told["pid"]), str(told["host"]), float(told["since"]))
    except (ValueError, LookupError, TypeError):
        return Holder(0, "", 0.0)
