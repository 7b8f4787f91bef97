"""One file of the catalogue, read: a pattern or a technology, or the problems that keep it from being one."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from studio.catalogue.tables import Complaint, Table
from studio.catalogue.technologies import Technology, technology
from studio.errors import InvalidFile, Problem
from studio.text import one_line

if TYPE_CHECKING:
    from studio.catalogue.entries import Pattern

MOST_BYTES: Final = 1_000_000
"""A file larger than this is no entry."""

_Entry = TypeVar("_Entry")

_HEAD: Final = 12
_LONGEST_LINE: Final = 500


class InvalidEntry(InvalidFile):
    """A file of the catalogue that is no entry."""


def read_pattern(path: Path) -> "Pattern":
    """The pattern in a file whose name is its id and whose folder is its family. Raises `InvalidEntry`."""
    from studio.catalogue.patterns import pattern

    return _read(path, lambda table: pattern(table, id_=path.stem, folder=path.parent.name))


def read_technology(path: Path) -> Technology:
    """The technology in a file whose name is its id and whose folder is its kind. Raises `InvalidEntry`."""
    return _read(path, lambda table: technology(table, id_=path.stem, folder=path.parent.name))


def name_in(path: Path) -> str:
    """The name that the head of a file gives its entry; empty when it does not say one there.

    A hundred whole files take half a second to read, which a list of names is not worth.
    """
    try:
        with path.open(encoding="utf-8") as file:
            head = [file.readline(_LONGEST_LINE) for _ in range(_HEAD)]
        line = next(line for line in head if line.split("=")[0].strip() == "name")
        name = tomllib.loads(line)["name"]
    except (OSError, ValueError, StopIteration):
        return ""
    return name if isinstance(name, str) else ""


def _read(path: Path, entry: Callable[[Table], _Entry]) -> _Entry:
    text = _text(path)
    table = Table(_parsed(path, text))
    found = entry(table)
    if table.wrong:
        raise InvalidEntry(problems(str(path), text, table.wrong))
    return found


def _text(path: Path) -> str:
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            raise InvalidEntry((Problem(str(path), 1, "this is no file of the catalogue", "remove it"),))
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        problem = Problem(str(path), 1, "the file is not UTF-8", "save it as UTF-8")
    except OSError as error:
        problem = Problem(str(path), 1, f"the file cannot be read ({error.strerror})", "check its permissions")
    raise InvalidEntry((problem,))


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = re.search(r"\(at line (\d+)", said)
        line = int(place[1]) if place else text.count("\n") + 1
        what = f"this is no TOML: {one_line(said.partition(' (at')[0])}"
        raise InvalidEntry((Problem(str(path), line, what, "correct the line"),)) from None
    except RecursionError:
        raise InvalidEntry((Problem(str(path), 1, "this is nested too deeply", "write flat tables"),)) from None


def problems(file: str, text: str, wrong: Iterable[Complaint]) -> tuple[Problem, ...]:
    """What is wrong with an entry, each with its line in the text of the file."""
    places: dict[tuple[str, ...], int] = {}
    for keys, line in _places(text):
        for depth in range(1, len(keys) + 1):
            places.setdefault(keys[:depth], line)
    return tuple(Problem(file, _line(places, each.keys), each.what, each.advice) for each in wrong)


def _line(places: dict[tuple[str, ...], int], keys: tuple[str, ...]) -> int:
    """The line of the nearest key around `keys` that has one; the first line for the file as a whole."""
    while keys and keys not in places:
        keys = keys[:-1]
    return places.get(keys, 1)


_HEADER: Final = r"\s*\[+([^\[\]]+)\]+\s*(?:#.*)?"
_KEY: Final = r"\s*([\w.\"'-]+)\s*="
_QUOTES: Final = r"'''|\"\"\""


def _places(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """The keys of tables and values with the lines they are written on; texts of several lines are stepped over."""
    table: tuple[str, ...] = ()
    inside = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not inside:
            header, key = re.fullmatch(_HEADER, line.rstrip("\r")), re.match(_KEY, line)
            if header:
                table = _keys(header[1])
                yield table, number
            elif key:
                yield (*table, *_keys(key[1])), number
        for quotes in re.findall(_QUOTES, line):
            inside = quotes if not inside else "" if quotes == inside else inside


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
