"""Reading a design file: the whole design, or all that is wrong with it at once."""

import hashlib
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Final, NamedTuple

from studio.errors import InvalidDesign, Problem
from studio.model.behaviour import AppliedPattern
from studio.model.design import Design
from studio.model.references import dangling

MOST_BYTES: Final = 4 * 2**20
"""A larger file is no design somebody wrote."""

KnownPatterns = Callable[[], Collection[str]]
"""Gives the ids of the catalogue's patterns; asked only when a design applies one."""


class Loaded(NamedTuple):
    """A design with the text it was read from."""

    design: Design
    text: str
    """The file as it is, line ends included."""
    path: Path
    fingerprint: str
    """Of the bytes of the file, as `fingerprint` gives it."""


def fingerprint(content: bytes) -> str:
    """A short name for these bytes: equal bytes have equal names, and different ones do not."""
    return hashlib.sha256(content).hexdigest()


def read(path: Path, known_patterns: KnownPatterns | None = None) -> Loaded:
    """The design in a file. Raises `InvalidDesign` with all problems, in the order of their lines."""
    content = content_of(path)
    text = decoded(content, str(path))
    return Loaded(parse(text, str(path), known_patterns), text, path, fingerprint(content))


def decoded(content: bytes, name: str) -> str:
    """The text of a file called `name`. Raises `InvalidDesign` when it is larger than a design is, or not UTF-8."""
    if len(content) > MOST_BYTES:
        raise _refused(name, 1, "the file is larger than 4 MiB", "check that it is the right one; a design is smaller")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        is_utf_16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        advice = f"it is {'UTF-16' if is_utf_16 else 'of another encoding'}, save it as UTF-8"
        raise _refused(name, line, "the text is not UTF-8", advice) from None


def content_of(path: Path) -> bytes:
    """The bytes of a file, at most one more than a design may have. Raises `InvalidDesign` when it cannot be read."""
    name = str(path)
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise _refused(name, 1, "there is no such file", f"check the path, or run “tenfold new {name}”") from None
    except IsADirectoryError:
        raise _refused(name, 1, "this is a folder, and a design is one file", "name the .toml file inside it") from None
    except PermissionError:
        raise _refused(name, 1, "the file may not be read", "give yourself the right to read it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(name, 1, f"the file cannot be read ({reason})", "check the path and the disk") from None


def parse(text: str, name: str, known_patterns: KnownPatterns | None = None) -> Design:
    """The design in a text; `name` stands for the file in the problems.

    With `known_patterns`, an applied pattern that is none of these is a problem too. Raises `InvalidDesign` with all
    problems, in the order of their lines.
    """
    document = toml_document(text, name)
    design = _valid(document) if not _has_large_number(text, document) else None
    if design is None or dangling(design) or unknown_patterns(design, known_patterns):
        from studio.files.design_problems import design_problems

        raise InvalidDesign(design_problems(document, text, name, known_patterns))
    return design


def _valid(document: dict[str, Any]) -> Design | None:
    try:
        return validated(document) if type(document.get("format")) is int else None
    except (ValueError, ArithmeticError):
        return None


def validated(document: dict[str, Any]) -> Design:
    """The design a document means, its ids perhaps dangling. Raises `pydantic.ValidationError`."""
    return Design.model_validate(document, by_alias=True, by_name=False)


def unknown_patterns(design: Design, known_patterns: KnownPatterns | None) -> tuple[AppliedPattern, ...]:
    """The applied patterns that use what the catalogue does not have."""
    if known_patterns is None or not design.patterns:
        return ()
    known = known_patterns()
    return tuple(applied for applied in design.patterns if applied.use not in known)


def _has_large_number(text: str, document: dict[str, Any]) -> bool:
    """Whether a whole number is larger than 64 bits hold: TOML allows it, and nothing can reckon with it."""
    if re.search(_MANY_DIGITS, text) is None:
        return False
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)
        elif isinstance(value, int) and abs(value) >= 2**63:
            return True
    return False


_MANY_DIGITS: Final = r"\d[\d_]{17}|0[xob][\da-fA-F_]{15}"
_LONG_KEY: Final = r"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){64}"
"""A key of more than 64 parts: no design has one, and `tomllib` takes time that grows with the square of them."""


def toml_document(text: str, name: str) -> dict[str, Any]:
    """The text as TOML. Raises `InvalidDesign` when it is none, or nothing at all."""
    import tomllib

    if not text.strip("\ufeff \t\r\n"):
        raise _refused(name, 1, "an empty file is no design", f"run “tenfold new {name}” to begin one")
    try:
        text.encode()
        if re.search(_LONG_KEY, text):
            raise RecursionError
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        from studio.files.toml_problems import toml_problem

        raise InvalidDesign([toml_problem(error, text, name)]) from None
    return document


def _refused(name: str, line: int, what: str, advice: str) -> InvalidDesign:
    return InvalidDesign([Problem(name, line, what, advice)])
