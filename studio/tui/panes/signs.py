"""The signs of the board in its two sets of characters."""

from typing import Final, NamedTuple

from studio.diagrams.glyphs import Charset


class Signs(NamedTuple):
    """One set."""

    met: str
    missed: str
    unknown: str
    full: str
    empty: str
    becomes: str
    at_most: str
    at_least: str
    folded: str
    unfolded: str

    def mark(self, met: bool | None) -> tuple[str, str]:  # noqa: FBT001 (an answer, not a switch)
        """The sign of an answer, and its role."""
        return {True: (self.met, "good"), False: (self.missed, "bad"), None: (self.unknown, "faint")}[met]


UNICODE: Final = Signs("✓", "✗", "?", "▇", "·", "→", "≤", "≥", "▸", "▾")
ASCII: Final = Signs("+", "x", "?", "#", ".", "->", "<=", ">=", ">", "v")


def signs_of(charset: Charset) -> Signs:
    """The signs of a set of characters."""
    return ASCII if charset == "ascii" else UNICODE
