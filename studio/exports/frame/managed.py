"""Documents that a program and a person write together: generated parts lie between markers, all else is the person's.

A part stands between two lines of its own: `<!-- tenfold:begin NAME DIGEST -->` and `<!-- tenfold:end NAME -->`. The
digest tells whether somebody wrote into the part since: such words are never replaced unasked.
"""

import hashlib
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple, NoReturn, TypeAlias

from studio.errors import Problem, SaveRefused
from studio.text import listed

_MARKER: Final = re.compile(r"<!-- tenfold:(begin|end) ([a-z0-9][a-z0-9_-]*)(?: ([0-9a-f]{8}))? -->\s*")
_LIKE_ONE: Final = re.compile(r"<!--\s*/?\s*tenfold:", re.IGNORECASE)
_FOREIGN_END: Final = re.compile(r"<!-- tenfold:begin [^\n]*-->\r\n")
_FORCE: Final = "or replace it with --force"


class Part(NamedTuple):
    """A generated part as it stands in a document; `line` is that of its begin, from 1."""

    name: str
    content: str
    digest: str | None
    line: int

    def __str__(self) -> str:
        return part(self.name, self.content)

    @property
    def is_by_hand(self) -> bool:
        """Whether its content is not what was generated. A pair of markers with nothing between waits to be filled."""
        return bool(self.content) and self.digest != _digest(self.content)


Piece: TypeAlias = str | Part
"""A person's text with all its line ends, or a generated part."""


def part(name: str, content: str) -> str:
    """Content between its markers, blank lines apart; ends with a newline. Nothing in the content is a marker.

    `name` matches `[a-z0-9][a-z0-9_-]*` and is unique in its document.
    """
    harmless = _LIKE_ONE.sub("<!-- tenfold :", content).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return f"<!-- tenfold:begin {name} {_digest(harmless)} -->\n\n{harmless}\n\n<!-- tenfold:end {name} -->\n"


def is_managed(text: str) -> bool:
    """Whether a document has generated parts."""
    return bool(_names(text))


def merged(old: str, new: str, *, file: str = "the document", force: bool = False) -> str:
    """`old` with its generated parts as in `new`; what a person wrote outside stays as it is, line ends too.

    Parts keep the place a person gave them. One that `old` has not stands after the one it follows in `new`; one that
    `new` has not goes. Raises SaveRefused, naming `file` and a line, when markers are damaged, and, unless `force`d,
    when a person wrote into a part or `old` is a person's text without any part. Forced, such a text is replaced.
    """
    if not old.strip():
        return new
    pieces = _pieces(old, file)
    if not any(isinstance(piece, Part) for piece in pieces):
        if force:
            return new
        advice = f"add the lines «<!-- tenfold:begin {_names(new)[0]} -->» and «<!-- tenfold:end {_names(new)[0]} -->»"
        _refuse(file, 1, "no part of it is marked as generated", f"choose another place, {advice} to it, {_FORCE}")
    if not force:
        _insist_on_untouched(pieces, file)
    ends = "\r\n" if _FOREIGN_END.search(old) else "\n"
    return "".join(_rendered(piece, ends) for piece in _exchanged(pieces, _pieces(new, file)))


def brought_over(path: Path, content: str | bytes, *, force: bool = False) -> str | bytes:
    """What is to be written to `path`: the content, or, where it has generated parts, merged with what is there.

    SaveRefused as for `merged`, and when what is there cannot be read as UTF-8.
    """
    if isinstance(content, bytes) or not is_managed(content) or not path.is_file():
        return content
    try:
        old = path.read_bytes().decode()
    except OSError as error:
        _refuse(str(path), 1, f"it cannot be read ({error.strerror})", "choose another place")
    except UnicodeDecodeError:
        if force:
            return content
        _refuse(str(path), 1, "it is no UTF-8 text", f"choose another place, {_FORCE}")
    return merged(old, content, file=str(path), force=force)


def _digest(content: str) -> str:
    """Eight signs that change when the content does; white space at the ends of lines is not content."""
    plain = "\n".join(line.rstrip() for line in content.strip().splitlines())
    return hashlib.sha256(plain.encode()).hexdigest()[:8]


def _refuse(file: str, line: int, what: str, advice: str) -> NoReturn:
    raise SaveRefused(str(Problem(file, line, what, advice)))


def _pieces(text: str, file: str) -> list[Piece]:
    """A document taken apart; SaveRefused where markers do not pair."""
    pieces: list[Piece] = []
    lines = text.splitlines(keepends=True)
    start = 0
    for begin, end, name, digest in _pairs(lines, file):
        pieces.append("".join(lines[start:begin]))
        content = "".join(lines[begin + 1 : end]).replace("\r\n", "\n").strip("\n")
        pieces.append(Part(name, content, digest, begin + 1))
        start = end + 1
    return [*pieces, "".join(lines[start:])]


def _pairs(lines: list[str], file: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Where parts begin and end, as indices of lines, with name and digest."""
    seen: set[str] = set()
    opened: tuple[int, str, str | None] | None = None
    for number, kind, name, digest in _markers(lines, file):
        if kind == "begin":
            if opened is not None:
                _refuse(file, number, f"«{name}» begins inside «{opened[1]}»", f"end «{opened[1]}» before it")
            if name in seen:
                _refuse(file, number, f"there is a second part «{name}»", "take one of them out")
            seen.add(name)
            opened = (number, name, digest)
        elif opened is None or opened[1] != name:
            _refuse(file, number, f"«{name}» ends here and did not begin", "put its begin back, or take this line out")
        else:
            yield opened[0] - 1, number - 1, name, opened[2]
            opened = None
    if opened is not None:
        _refuse(file, opened[0], f"«{opened[1]}» begins and never ends", f"put «<!-- tenfold:end {opened[1]} -->» back")


def _markers(lines: list[str], file: str) -> Iterator[tuple[int, str, str, str | None]]:
    for number, line in zip(count(1), lines, strict=False):
        if found := _MARKER.fullmatch(line.removeprefix("\ufeff")):
            yield number, found[1], found[2], found[3]
        elif _LIKE_ONE.search(line):
            _refuse(file, number, "this marker of a generated part is damaged", "mend it, or take the line out")


def _insist_on_untouched(pieces: list[Piece], file: str) -> None:
    changed = [piece for piece in pieces if isinstance(piece, Part) and piece.is_by_hand]
    if changed:
        names = listed(f"«{piece.name}»" for piece in changed)
        advice = "move what you wrote outside of its markers, or say it in the design, and take the rest with --force"
        _refuse(file, changed[0].line, f"somebody wrote into the generated part {names}", advice)


def _exchanged(old: list[Piece], new: list[Piece]) -> list[Piece]:
    """The pieces of `old`, with the parts of `new`."""
    wanted = {piece.name: piece for piece in new if isinstance(piece, Part)}
    result: list[Piece] = [piece for piece in old if isinstance(piece, str) or piece.name in wanted]
    result = [piece if isinstance(piece, str) else wanted[piece.name] for piece in result]
    there = [piece.name for piece in result if isinstance(piece, Part)]
    before: Part | None = None
    for name, piece in wanted.items():
        if name not in there:
            place = result.index(before) + 1 if before else _first_part(result)
            result[place:place] = ["\n", piece] if before else [piece, "\n"]
        before = piece
    return result


def _first_part(pieces: list[Piece]) -> int:
    """The index of the first part; where none is left, that of the end."""
    return next((index for index, piece in enumerate(pieces) if isinstance(piece, Part)), len(pieces))


def _names(text: str) -> list[str]:
    return [found[2] for found in map(_MARKER.fullmatch, text.splitlines()) if found and found[1] == "begin"]


def _rendered(piece: Piece, ends: str) -> str:
    return piece if isinstance(piece, str) else str(piece).replace("\n", ends)
