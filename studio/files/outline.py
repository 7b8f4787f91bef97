"""A TOML text taken apart so that single tables, entries and comments can be moved, changed and put back.

Whatever is not touched comes out byte for byte.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

from studio.files.source_map import Kind, Span, Statement, statements
from studio.model.address import Address


@dataclass(slots=True)
class Remark:
    """A comment on lines of its own, or an empty line; with its line end."""

    text: str

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return not self.text.strip()


@dataclass(slots=True)
class Keyed:
    """What has a key: the parts of the key as written here, and the text before, between and behind them."""

    path: Address
    keys: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=lambda: [""])

    @property
    def key(self) -> str:
        """The key with all that stands around it: `[components.api]  # …`, or `  name = `."""
        return "".join(gap + key for gap, key in zip(self.gaps, [*self.keys, ""], strict=True))


@dataclass(slots=True)
class Entry(Keyed):
    """`key = value`, with what stands behind it up to and with the line end."""

    value: str = ""
    behind: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return self.key + self.value + self.behind

    @property
    def is_inline_table(self) -> bool:
        """Whether its value is a table in braces."""
        return self.value.startswith("{")


@dataclass(slots=True)
class Block(Keyed):
    """One table: the comments directly above its header, the header, and all lines up to the next."""

    lead: list[Remark] = field(default_factory=list)
    body: list[Entry | Remark] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it."""
        return "".join([*(remark.text for remark in self.lead), self.key, *(line.text for line in self.body)])

    @property
    def entries(self) -> list[Entry]:
        """The entries, in order."""
        return [line for line in self.body if isinstance(line, Entry)]

    @property
    def end_of_entries(self) -> int:
        """The place in the body behind the last entry."""
        return max((n + 1 for n, line in enumerate(self.body) if isinstance(line, Entry)), default=0)

    def tail(self) -> list[Entry | Remark]:
        """The lines from the first empty one behind the last entry: they separate this table from the next."""
        start = self.end_of_entries
        while start < len(self.body) and not self.body[start].text.isspace():
            start += 1
        return self.body[start:]

    def cut_tail(self) -> list[Entry | Remark]:
        """Takes the tail away and returns it."""
        tail = self.tail()
        del self.body[len(self.body) - len(tail) :]
        return tail


class Outline:
    """A text as blocks; the first has no header and holds what stands above all tables."""

    def __init__(self, blocks: Iterable[Block], newline: str, *, ends_with_newline: bool) -> None:
        self.blocks = list(blocks)
        self.newline = newline
        self._ends_with_newline = ends_with_newline

    @classmethod
    def of(cls, text: str) -> Self:
        """The outline of a valid TOML text."""
        newline = newline_of(text)
        ends = text.endswith("\n") or not text
        blocks = [Block(())]
        whole = text if ends else text + newline
        for statement in statements(whole):
            if statement.kind is Kind.HEADER:
                lead = _cut_lead(blocks[-1])
                blocks.append(Block(statement.path, *_pieces(whole, statement, statement.whole.end), lead=lead))
            else:
                blocks[-1].body.append(_line(whole, statement))
        return cls(blocks, newline, ends_with_newline=ends)

    def text(self) -> str:
        """The whole text again."""
        text = "".join(block.text for block in self.blocks)
        return text if self._ends_with_newline else text.removesuffix("\n").removesuffix("\r")

    def entries(self, path: Address) -> Iterator[tuple[Block, Entry]]:
        """The entries that write the key at `path`, or something around or below it, with the blocks they are in."""
        for block in self.blocks:
            if on_one_branch(block.path, path):
                for entry in block.entries:
                    if on_one_branch(entry.path, path):
                        yield block, entry

    def has(self, path: Address) -> bool:
        """Whether anything writes the key at `path`, or something below it; tables in braces around it count."""
        headers = any(block.path[: len(path)] == path for block in self.blocks)
        return headers or any(len(e.path) >= len(path) or e.is_inline_table for _, e in self.entries(path))

    def blank(self) -> Remark:
        """A new empty line."""
        return Remark(self.newline)

    def lines(self, text: str) -> str:
        """New text with the line ends of this one."""
        return text.replace("\n", self.newline)


def newline_of(text: str) -> str:
    """How the first line of a text ends."""
    return "\r\n" if text.find("\r\n") == text.find("\n") - 1 >= 0 else "\n"


def on_one_branch(path: Address, other: Address) -> bool:
    """Whether one of the two paths begins with the other."""
    return all(key == another for key, another in zip(path, other, strict=False))


def _cut_lead(block: Block) -> list[Remark]:
    lead: list[Remark] = []
    while block.body and isinstance(block.body[-1], Remark) and not block.body[-1].is_blank:
        lead.insert(0, block.body[-1])
        block.body.pop()
    return lead


def _line(text: str, statement: Statement) -> Entry | Remark:
    if statement.value is None:
        return Remark(statement.whole.of(text))
    keys, gaps = _pieces(text, statement, statement.value.start)
    behind = Span(statement.value.end, statement.whole.end).of(text)
    return Entry(statement.path, keys, gaps, value=statement.value.of(text), behind=behind)


def _pieces(text: str, statement: Statement, end: int) -> tuple[list[str], list[str]]:
    gaps, position = [], statement.whole.start
    for span in statement.keys:
        gaps.append(text[position : span.start])
        position = span.end
    return [span.of(text) for span in statement.keys], [*gaps, text[position:end]]
