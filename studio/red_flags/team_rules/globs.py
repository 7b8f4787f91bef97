"""Patterns with `*`, `?` and `[…]` for names, as shells have them.

No regular expressions: some of those run for longer than a person lives, and a file from somebody else may hold one.
A glob is matched in time that grows with the length of the pattern times that of the text.
"""

from fnmatch import fnmatchcase
from typing import Final

LONGEST: Final = 200
"""Characters of a pattern."""
_MOST_STARS: Final = 20


def fits(pattern: str, text: str) -> bool:
    """Whether the whole text fits; capitals and small letters are one."""
    return fnmatchcase(text.casefold(), pattern.casefold())


def fits_exactly(pattern: str, text: str) -> bool:
    """Whether the whole text fits, capitals and all."""
    return fnmatchcase(text, pattern)


def complaint(pattern: str) -> tuple[str, str] | None:
    """What is wrong with a pattern and what to do; None when nothing is."""
    if len(pattern) > LONGEST:
        return f"the pattern has {len(pattern):,} characters", f"use at most {LONGEST}"
    if pattern.count("*") > _MOST_STARS:
        return f"the pattern has {pattern.count('*')} stars", f"use at most {_MOST_STARS}, several patterns if need be"
    return None
