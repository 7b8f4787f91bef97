"""The text of a file to be imported."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from studio.errors import TenfoldError
from studio.text import listed

MOST_BYTES: Final = 8 * 2**20
"""A larger file is nothing somebody wrote."""


def text_of(file: str) -> str:
    """The whole text. Raises TenfoldError with what to do when it cannot be read or is not UTF-8."""
    try:
        with Path(file).open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise TenfoldError(f"{file}:1: there is no such file; check the path") from None
    except IsADirectoryError:
        raise TenfoldError(f"{file}:1: this is a folder; name a file inside it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TenfoldError(f"{file}:1: the file cannot be read ({reason}); check the path and its rights") from None
    if len(content) > MOST_BYTES:
        raise TenfoldError(f"{file}:1: the file is larger than 8 MiB; copy the part to import into a file of its own")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TenfoldError(f"{file}:{line}: the text is not UTF-8; save it as UTF-8") from None


def spread(files: Sequence[str], suffixes: Collection[str]) -> list[str]:
    """The files, where a folder stands those directly in it with one of these ends, sorted; hidden ones are left out.

    Raises TenfoldError for a folder without any.
    """
    found: list[str] = []
    for file in files:
        path = Path(file)
        if not path.is_dir():
            found.append(file)
            continue
        inside = (each for each in path.iterdir() if each.suffix.lower() in suffixes and each.is_file())
        names = sorted(str(each) for each in inside if not each.name.startswith("."))
        if not names:
            raise TenfoldError(f"{file}:1: no file in this folder ends with {listed(suffixes, 'or')}; name another one")
        found += names
    return found


def is_inside(folder: Path, path: Path) -> bool:
    """Whether a path, its links followed, lies inside the folder."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False
