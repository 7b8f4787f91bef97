"""Where a file lies as others name it: from the top of its work tree, wherever the command was started."""

import os
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import quote


class Place(NamedTuple):
    """A file, named for a report."""

    path: str
    """With forward slashes: from the top of the git work tree it lies in; else from the current folder where it lies
    below it; else from the root of the disk."""
    is_in_work_tree: bool

    @property
    def uri(self) -> str:
        """The path as a URI reference; absolute where the path is."""
        escaped = quote(os.fsencode(self.path))
        return f"file://{escaped}" if PurePosixPath(self.path).is_absolute() else escaped


def place_of(file: str) -> Place:
    """Where a file lies; it need not be there. Git is not asked: a work tree is a folder that holds `.git`."""
    path = Path(os.path.abspath(file))  # noqa: PTH100 (a link stays what the person named)
    tree = next((folder for folder in path.parents if (folder / ".git").exists()), None)
    base = tree or Path.cwd()
    shown = path.relative_to(base) if path.is_relative_to(base) else path
    return Place(shown.as_posix(), tree is not None)
