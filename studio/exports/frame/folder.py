"""Exports of several files: which of a folder must be written, which are somebody else's, which are left over."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from studio.errors import TenfoldError
from studio.exports.frame.managed import brought_over, is_managed

MOST_BYTES = 2**20
"""A larger file is none of ours and is not read."""


class Plan(NamedTuple):
    """What writing some files into a folder comes to; names are paths below it."""

    stale: Mapping[str, str]
    """Files that are not there yet or say something else, with what they should say."""
    foreign: tuple[str, ...]
    """Files of the wanted names that this program did not write; they stay."""
    left_over: tuple[str, ...]
    """Files this program once wrote and would not write any more; they stay too."""


def plan(folder: Path, files: Mapping[str, str], module: ModuleType, *, force: bool = False) -> Plan:
    """Compares the files of an export with those of a folder, which need not exist.

    `module` is the format: its `owns(name, text)` knows its own files, its `settles(name, text)`, if there is one,
    what does the same as ours in other words, its `GLOBS` where old ones may lie. Parts written by hand beside
    generated ones are kept. Forced, foreign files count as stale. SaveRefused when a generated part was written into.
    """
    stale: dict[str, str] = {}
    foreign: list[str] = []
    for name, wanted in files.items():
        path = folder / name
        there = _text(path)
        if there is None and path.exists() and not force:
            foreign.append(name)
            continue
        merged = str(brought_over(path, wanted, force=force))
        if there == merged or (there is not None and _settles(module, name, there)):
            continue
        if there is None or force or is_managed(wanted) or module.owns(name, there):
            stale[name] = merged
        else:
            foreign.append(name)
    return Plan(stale, tuple(foreign), tuple(_left_over(folder, files, module)))


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Writes files into a folder, which is made if need be. Raises TenfoldError that names the one that cannot be."""
    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        except OSError as error:
            what = f"it cannot be written ({error.strerror})"
            raise TenfoldError(f"{path}:1: {what}; choose another folder with -o") from None


def _settles(module: ModuleType, name: str, text: str) -> bool:
    return bool(getattr(module, "settles", lambda *_: False)(name, text))


def _left_over(folder: Path, files: Mapping[str, str], module: ModuleType) -> Iterator[str]:
    for pattern in getattr(module, "GLOBS", ()):
        for path in sorted(folder.glob(pattern)):
            name = path.relative_to(folder).as_posix()
            text = _text(path) if name not in files else None
            if text is not None and module.owns(name, text):
                yield name


def _text(path: Path) -> str | None:
    """What a file says; None when there is none, or none that could be ours."""
    try:
        if path.is_file() and path.stat().st_size <= MOST_BYTES:
            return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        pass
    return None
