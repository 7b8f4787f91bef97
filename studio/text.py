"""Text from a person: made safe to show, measured in columns, matched when misspelt."""

import re
from collections.abc import Iterable
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UNSAFE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NOTHING: Final = re.compile(
    r"\s*(none|no|nothing|nobody|not yet|missing|absent|tbd|todo|-|–|n/a|\?+)\s*([.:;,(–—-].*)?$",
    re.IGNORECASE | re.DOTALL,
)


def says_something(words: str | None) -> bool:
    """Whether a field of words says more than that there is nothing: `none`, `none: nobody built it`, `n/a`."""
    return words is not None and bool(words.strip()) and _NOTHING.match(words) is None


def control_character(text: str, *, lines: bool) -> str | None:
    """The first control character of `text`, or None; tab and newline count unless `lines` is true."""
    found = _CONTROL.search(text)
    if found is None and not lines:
        found = re.search(r"[\n\t]", text)
    return found.group() if found else None


def visible(text: str) -> str:
    """`text` with what could act on a terminal (controls, escapes, text direction) shown as `�`."""
    return _UNSAFE.sub("\ufffd", text)


def visible_json(text: str) -> str:
    """JSON text with the same characters as escapes of JSON: nothing acts, nothing is lost."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def one_line(text: str) -> str:
    """`text` made safe and folded onto one line: every run of white space becomes one space."""
    return " ".join(visible(text).split())


def width(text: str) -> int:
    """The columns `text` takes in a terminal: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def shortened(text: str, columns: int) -> str:
    """`text` in at most `columns` columns; an ellipsis says that something was cut."""
    if width(text) <= columns:
        return text
    kept = text[: 8 * max(columns, 1)]  # no character is cut that could stay, but for heaps of combining ones
    while kept and width(kept) > columns - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…" if columns > 0 else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to a misspelt one, or None when nothing is near."""
    from difflib import get_close_matches

    candidates = list(known)
    found = get_close_matches(word, candidates, n=1, cutoff=0.6)
    if found:
        return found[0]
    folded = {candidate.lower().replace("-", "_"): candidate for candidate in candidates}
    return folded.get(word.lower().replace("-", "_"))


def listed(words: Iterable[str], joiner: str = "and") -> str:
    """Words as an enumeration: `a`, `a and b`, `a, b and c`."""
    known = list(words)
    if len(known) < 2:
        return "".join(known)
    return f"{', '.join(known[:-1])} {joiner} {known[-1]}"
