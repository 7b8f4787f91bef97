"""What the pages of the contract are built of: sections that can be shortened, tables, words that do not act."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from studio.exports.frame.escaping import markdown
from studio.text import one_line

ASK = "not decided: ask"
"""What stands where nobody has said anything."""


class Section(NamedTuple):
    """A heading with what stands below it; its rows may be cut from the end, and what was cut is counted."""

    title: str
    before: tuple[str, ...] = ()
    """Lines above the rows."""
    head: tuple[str, ...] = ()
    """The two lines that make rows a table; without them rows are points of a list."""
    rows: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    rank: int = 0
    """Of two sections the one with the higher rank is cut first."""
    least: int = 0
    """Rows that stay however long the rest is."""
    tighter: "Section | None" = None
    """The same in fewer lines and with nothing left out, for when cutting is not enough."""

    def lines(self, kept: int) -> list[str]:
        """The section with this many of its rows."""
        cut = len(self.rows) - kept
        said = f"… and {cut} more: contract.json"
        more = [] if not cut else [f"| {said} |" if self.head else f"- {said}"]
        before = [*self.before, ""] if self.before and (self.rows or self.after) else self.before
        rows = [*self.head, *self.rows[:kept], *more] if self.rows else []
        return [f"## {self.title}", *before, *rows, *self.after, ""]


def fitted(sections: Sequence[Section], room: int) -> list[str]:
    """The lines of all sections in at most `room` lines, as far as cutting the least important rows can do it.

    What cannot be cut is put tighter; the result is longer than `room` only when every row is one that must stay.
    """
    found = [section for section in sections if section.before or section.rows or section.after]
    kept = [len(section.rows) for section in found]
    while (over := sum(len(s.lines(n)) for s, n in zip(found, kept, strict=True)) - room) > 0:
        index = _next(found, kept)
        if index is None:
            break
        tighter = found[index].tighter
        if kept[index] > found[index].least:
            kept[index] = max(found[index].least, kept[index] - over)
        elif tighter is not None:
            found[index] = tighter
            kept = [len(section.rows) for section in found]
    return [line for section, count in zip(found, kept, strict=True) for line in section.lines(count)]


def _next(sections: Sequence[Section], kept: Sequence[int]) -> int | None:
    """The section to be shortened next: of those that can be cut the one of highest rank, then those put tighter."""
    cut = [i for i, section in enumerate(sections) if kept[i] > section.least]
    if cut:
        return max(cut, key=lambda index: sections[index].rank)
    return next((i for i, section in enumerate(sections) if section.tighter is not None), None)


def words(text: str) -> str:
    """A person's words on one line of Markdown; an `@` in them includes no file."""
    return markdown(text).replace("@", "\\@")


def sentence(text: str) -> str:
    """A person's words with a full stop behind them, unless they end with a sign of their own."""
    plain = words(text).rstrip(" .")
    return plain if plain.endswith(("?", "!", "…")) else f"{plain}."


def literal(text: str) -> str:
    """Words that are copied letter by letter (paths, payloads, comparisons), as code; a pipe ends no cell."""
    plain = one_line(text).replace("|", "\\|")
    ticks = "`" * (1 + max((len(run) for run in re.findall(r"`+", plain)), default=0))
    blank = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{ticks}{blank}{plain}{blank}{ticks}" if plain else ""


def code(ids: str | Iterable[str]) -> str:
    """Ids as code, a comma apart."""
    return ", ".join(f"`{each}`" for each in ([ids] if isinstance(ids, str) else ids))


def table(*columns: str) -> tuple[str, str]:
    """The head of a table."""
    return f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"


def row(*cells: str) -> str:
    """A row of cells that are Markdown already; an empty one is a dash."""
    return f"| {' | '.join(cell or '–' for cell in cells)} |"


def cell(said: Iterable[str], missing: Iterable[str] = ()) -> str:
    """What is said, and the names of the fields to ask for."""
    asked = ", ".join(name.replace("_", " ") for name in missing)
    return "; ".join((*(part for part in said if part), *([f"{ASK} ({asked})"] if asked else [])))
