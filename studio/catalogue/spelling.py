"""Words that are nearly another: letters left out on purpose, and small slips."""

from typing import Final

SHORTEST: Final = 4
"""Words with fewer letters are not taken for misspelt ones: too many would be near."""


def letters_in_order(letters: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where the letters stand in `text`, one after the other; empty when they do not.

    The first must begin a word, and each run after it must begin a word or follow within three characters, so that
    `crcbr` finds `circuit breaker` and hardly anything else.
    """
    spans: list[tuple[int, int]] = []
    place = 0
    for letter in letters:
        following = text.find(letter, place, place + 4) if spans else -1
        found = following if following >= 0 else _word_beginning(letter, text, place)
        if found < 0:
            return ()
        if spans and spans[-1][1] == found:
            spans[-1] = (spans[-1][0], found + 1)
        else:
            spans.append((found, found + 1))
        place = found + 1
    return tuple(spans)


def _word_beginning(letter: str, text: str, place: int) -> int:
    """The next place where a word begins with this letter; -1 when none does."""
    if place == 0 and text.startswith(letter):
        return 0
    found = text.find(f" {letter}", max(place - 1, 0))
    return found + 1 if found >= 0 else -1


def is_misspelt(word: str, meant: str) -> bool:
    """Whether `word` is `meant` with a slip: one letter wrong, missing, too many or swapped; two from 7 letters on."""
    allowed = 0 if len(word) < SHORTEST else 1 if len(word) < 7 else 2
    if not allowed or abs(len(word) - len(meant)) > allowed:
        return False
    if len(set(word) ^ set(meant)) > 2 * allowed:
        return False
    return _distance(word, meant) <= allowed


def _distance(one: str, other: str) -> int:
    """The slips between two words: letters changed, added, left out, or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            changed = last[column - 1] + (letter != against)
            best = min(changed, last[column] + 1, line[column - 1] + 1)
            if before and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                best = min(best, before[column - 2] + 1)
            line.append(best)
        before, last = last, line
    return last[-1]
