"""Whether a file is still the one that was read: asked cheaply and often, or thoroughly before it is written."""

from pathlib import Path
from typing import TypeAlias

from studio.files.loading import Loaded
from studio.files.saving import changed_on_disk

Stamp: TypeAlias = tuple[int, int, int] | None


def stamp(path: Path) -> Stamp:
    """Time, size and number of a file: equal ones mean that nobody wrote it. None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def is_another(loaded: Loaded) -> bool:
    """Whether there is something else at its path than what was read; for a design never saved, anything at all."""
    return changed_on_disk(loaded) if loaded.fingerprint else loaded.path.exists()
