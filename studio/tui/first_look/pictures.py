"""The screen as it was when a design was last opened, kept for the next time. Standard library only.

A picture is shown for the very same bytes of the file, on the same day, at the same size, in the same colours and by
the same program: it is what will stand there a second later, when everything is loaded and worked out.
"""

import contextlib
import os
import time
from hashlib import sha256
from pathlib import Path

from studio import __version__

MOST = 24
"""Pictures kept; the oldest go."""


def key(content: bytes, looks: tuple[str, ...]) -> str:
    """The name of the picture of a file's content as it looks with these colours and that size."""
    code = str(max(entry.stat().st_mtime_ns for entry in os.scandir(Path(__file__).parent.parent) if entry.is_file()))
    stamp = "\0".join((__version__, code, time.strftime("%Y-%m-%d"), *looks))
    return sha256(stamp.encode() + b"\0" + content).hexdigest()[:32]


def kept(folder: Path, name: str) -> str:
    """The picture of that name; empty when there is none."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        return (folder / name).read_text("utf-8")
    return ""


def keep(folder: Path, name: str, picture: str) -> None:
    """Keeps a picture; one that cannot be kept is not worth a word."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = folder / f".{name}.{os.getpid()}"
        unfinished.write_text(picture, "utf-8")
        unfinished.replace(folder / name)
        known = sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
        for old in known[MOST:]:
            old.unlink(missing_ok=True)
