"""Which design files were worked on last, and whether the program was ever run."""

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Final

from studio.files.journal import BEGINS, events, journals
from studio.paths import state

MOST: Final = 10
_FILE: Final = "recent.json"


def is_first_run() -> bool:
    """Whether nothing is remembered of any earlier run."""
    try:
        return not any(state().iterdir())
    except OSError:
        return not state().exists()


def recent() -> tuple[Path, ...]:
    """The files worked on last, the newest first; some may be gone by now."""
    try:
        names = json.loads((state() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    found = (Path(name) for name in names if isinstance(name, str)) if isinstance(names, list) else ()
    return tuple(dict.fromkeys(found))[:MOST]


def remember(path: Path) -> None:
    """Puts a file first; where nothing can be written, nothing is."""
    here = path.absolute()
    _write((here, *(other for other in recent() if other != here)))


def forget(path: Path) -> None:
    """Takes a file off the list; the file itself stays."""
    _write(tuple(other for other in recent() if other != path))


def _write(paths: tuple[Path, ...]) -> None:
    with contextlib.suppress(OSError):
        state().mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=state(), prefix=f".{_FILE}.")
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
            json.dump([str(path) for path in paths[:MOST]], file)
        Path(name).replace(state() / _FILE)


def never_saved() -> tuple[tuple[Path, str], ...]:
    """Designs that exist in a journal only, because they were never saved: where they were to be, and their text as
    it began. Those nothing was done to are left out."""
    found: dict[Path, str] = {}
    for path in sorted(journals().glob("*.jsonl")) if journals().is_dir() else ():
        with contextlib.suppress(OSError):
            lines = events(path.read_bytes())
            first, _ = next(lines, ({}, 0))
            is_new = BEGINS in first and first.get("fingerprint") == ""
            if is_new and next(lines, None) is not None and isinstance(first.get("text"), str):
                place = Path(str(first.get("file")))
                if not place.exists():
                    found.setdefault(place, first["text"])
    return tuple(found.items())
