"""Text as a drawing sees it: how many columns it takes, what must not reach the screen, where it wraps."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REPLACEMENT = "�"
_JOINER = "\u200d"
_SEEN_AS_BLANK = "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
_PLAIN = re.compile("[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u2199\u2500-\u25fc\u2801-\u28ff\u2713\u2717]*")
"""Characters that take one column each, whatever stands beside them: letters, and what drawings are made of."""
_TAGS = frozenset(map(chr, range(0xE0020, 0xE0080)))


def harmless(text: str) -> str:
    """The text on one line: white space becomes one blank, other control characters become «�».

    Bidirectional controls go too: they would reorder the drawing around them. The invisible letters of a flag's tag
    are left out. Empty when nothing visible is left.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    blanks = "".join(" " if char in _SEEN_AS_BLANK or char.isspace() else char for char in text)
    safe = "".join(REPLACEMENT if _acts(char) else char for char in blanks if char not in _TAGS)
    joined = " ".join(safe.split())
    return joined if columns_of(joined) else ""


def is_plain(text: str) -> bool:
    """Whether each character is known to take one column by itself. Of others `clusters` tells."""
    return text.isascii() or _PLAIN.fullmatch(text) is not None


def _acts(char: str) -> bool:
    category = unicodedata.category(char)
    return category in ("Cc", "Cs") or (category == "Cf" and char != _JOINER)


@lru_cache(maxsize=8192)
def clusters(text: str) -> tuple[tuple[str, int], ...]:
    """The text cut into what stands in one place: (characters, columns 1 or 2).

    Marks without a width belong to the character before them; a mark that has none before it stands on a blank.
    """
    from rich.cells import cell_len

    parts: list[str] = []
    for char in text:
        attaches = bool(parts) and parts[-1][-1] == _JOINER
        if attaches or cell_len(char) == 0:
            parts.append((parts.pop() if parts else " ") + char)
        else:
            parts.append(char)
    return tuple((part, min(max(cell_len(part), 1), 2)) for part in parts)


@lru_cache(maxsize=8192)
def columns_of(text: str) -> int:
    """How many columns the text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(width for _, width in clusters(text))


def wrapped(text: str, limit: int | None) -> tuple[str, ...]:
    """The text in lines of at most `limit` columns, broken only at blanks; a longer word keeps its own line."""
    if limit is None or columns_of(text) <= limit:
        return (text,)
    lines: list[str] = []
    for word in text.split(" "):
        if lines and columns_of(lines[-1]) + 1 + columns_of(word) <= limit:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return tuple(lines)


def evenly_wrapped(text: str, limit: int | None) -> tuple[str, ...]:
    """Like `wrapped`, in as many lines, the widest of them as narrow as possible."""
    lines = wrapped(text, limit)
    if limit is None or len(lines) == 1:
        return lines
    for narrower in range(max(columns_of(text) // len(lines), 1), limit):
        attempt = wrapped(text, narrower)
        if len(attempt) == len(lines):
            return attempt
    return lines
