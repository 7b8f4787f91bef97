"""The letters of a jump: as short as they can be, and none the beginning of another. No screen is needed here."""

from typing import Final

LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm"
"""The home row first."""


def labels(count: int) -> tuple[str, ...]:
    """So many labels of one or two letters, the short ones first; no more than there are pairs of letters."""
    most = len(LETTERS)
    wanted = min(count, most * most)
    short = next(single for single in range(most, -1, -1) if single + (most - single) * most >= wanted)
    pairs = (first + second for first in LETTERS[short:] for second in LETTERS)
    return (*LETTERS[:short], *pairs)[:wanted]


def narrowed(labelled: dict[str, str], typed: str) -> dict[str, str]:
    """What is left of the labels once a letter was typed, without that letter, by what they lead to."""
    return {target: label[len(typed) :] for target, label in labelled.items() if label.startswith(typed)}
