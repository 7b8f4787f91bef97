"""A decision record taken apart: front matter, title, sections by their headings. No heading inside a fence counts."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from studio.text import visible

_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_ENTRY: Final = re.compile(r"([A-Za-z][\w -]*?):(?:[ \t]+(.*)|[ \t]*)")
_BULLET: Final = re.compile(r" {0,3}(?:[*+-]|\d{1,9}[.)])[ \t]+(.*)")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


class Section(NamedTuple):
    """A heading with the lines below it, up to the next heading of any level."""

    level: int
    title: str
    """As written, escapes and all."""
    lines: tuple[str, ...]
    line: int
    """Of the heading in the file, from 1."""

    @property
    def name(self) -> str:
        """The title in lower case, single blanks, no sign at its end: what sections are known by."""
        return " ".join(plain(self.title).lower().split()).strip(":. ")

    @property
    def text(self) -> str:
        """The lines without blank ones at both ends."""
        return "\n".join(self.lines).strip("\n")


class Record(NamedTuple):
    """One file."""

    front: Mapping[str, str]
    """Entries of the front matter, keys in lower case; a list is its items, a comma apart."""
    title: Section | None
    """The first heading of level 1."""
    sections: tuple[Section, ...]
    """All other headings."""


def parsed(text: str) -> Record:
    """The record in a text. Comments of HTML, of which templates are full, are left out; lines keep their numbers.

    Control characters become `�`: no design may hold them.
    """
    lines = _without_comments(visible(text.replace("\r\n", "\n"))).split("\n")
    front, start = _front_matter(lines)
    sections = list(_sections(lines, start))
    title = next((section for section in sections if section.level == 1), None)
    return Record(front, title, tuple(section for section in sections if section is not title))


def _without_comments(text: str) -> str:
    kept, start = [], 0
    while (begin := text.find("<!--", start)) >= 0 and (end := text.find("-->", begin)) >= 0:
        kept += [text[start:begin], "\n" * text.count("\n", begin, end)]
        start = end + len("-->")
    return "".join([*kept, text[start:]])


def plain(text: str) -> str:
    """Words of one line without the backslashes that escape signs, single blanks between them."""
    return " ".join(_ESCAPED.sub(r"\1", text).split())


def block(text: str) -> str:
    """Words of several lines without the backslashes that escape signs."""
    return "\n".join(_ESCAPED.sub(r"\1", line).rstrip() for line in text.strip().split("\n"))


def bullets(lines: tuple[str, ...]) -> Iterator[str]:
    """The points of a list, each on one line; what stands before the first is none."""
    point: list[str] = []
    for line in (*lines, ""):
        found = _BULLET.fullmatch(line)
        if point and (found is not None or not line.strip()):
            yield " ".join(point)
            point = []
        if found is not None:
            point = [found[1].strip()]
        elif point:
            point.append(line.strip())


def entries(lines: tuple[str, ...]) -> dict[str, str]:
    """`* Status: accepted` and `Date: 2020-01-01` before the first section, keys in lower case."""
    found = {}
    for line in lines:
        said = _BULLET.fullmatch(line)
        entry = _ENTRY.fullmatch(_unstarred(said[1] if said else line.strip()))
        if entry is not None:
            found[entry[1].lower()] = _unquoted(entry[2] or "")
    return found


def _unstarred(text: str) -> str:
    """`**Status:** accepted` as `Status: accepted`."""
    return re.sub(r"^(\*\*|__)(.+?):?\1:?", r"\2:", text)


def _front_matter(lines: list[str]) -> tuple[dict[str, str], int]:
    """The entries between two lines of `---` at the top, and the index of the first line behind them."""
    if not lines or lines[0].lstrip("\ufeff").rstrip() != "---":
        return {}, 0
    end = next((index for index, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if end is None:
        return {}, 0
    found: dict[str, str] = {}
    last = ""
    for line in lines[1:end]:
        entry = _ENTRY.fullmatch(line)
        item = re.fullmatch(r"\s*-\s+(.*)", line)
        if entry is not None:
            last = entry[1].lower()
            found[last] = _unquoted(entry[2] or "")
        elif item is not None and last:
            found[last] = f"{found[last]}, {_unquoted(item[1])}".removeprefix(", ")
    return found, end + 1


def _unquoted(text: str) -> str:
    stripped = text.strip()
    is_quoted = len(stripped) > 1 and stripped[0] == stripped[-1] and stripped[0] in "'\""
    return stripped[1:-1] if is_quoted else stripped


def _sections(lines: list[str], start: int) -> Iterator[Section]:
    opened: tuple[int, str, int] | None = None
    held: list[str] = []
    fence = ""
    for index, line in enumerate(lines[start:], start=start):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
        heading = _HEADING.fullmatch(line.rstrip()) if not fence else None
        if heading is None:
            held.append(line)
            continue
        if opened is not None:
            yield Section(opened[0], opened[1], tuple(held), opened[2])
        opened, held = (len(heading[1]), _unclosed(heading[2]), index + 1), []
    if opened is not None:
        yield Section(opened[0], opened[1], tuple(held), opened[2])


def _unclosed(title: str) -> str:
    """A heading may end as it began: `## Context ##`."""
    bare = title.rstrip("#")
    return bare.rstrip() if bare != title and bare.endswith((" ", "\t")) else title
