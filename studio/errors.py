"""What can go wrong, as sentences a person can act on."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from studio.text import visible

FINE: Final = 0
FOUND: Final = 1
"""Exit code: findings at or above the threshold, or something written is stale."""
COULD_NOT_RUN: Final = 2
"""Exit code: bad usage, or a design that cannot be read."""


class Problem(NamedTuple):
    """One thing wrong in one file: where, what, and what to do about it.

    `line` counts from 1. `what` and `advice` are sentences without a full stop.
    """

    file: str
    line: int
    what: str
    advice: str

    def __str__(self) -> str:
        return visible(f"{self.file}:{self.line}: {self.what}; {self.advice}")


class TenfoldError(Exception):
    """An error meant for the person: its text is the whole message, one sentence."""


class InvalidFile(TenfoldError):
    """A file that says nothing valid, with all its problems in the order of their lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InvalidDesign(InvalidFile):
    """A design file that cannot be read."""


class EditRefused(TenfoldError):
    """An edit that would make the design invalid; the design is unchanged."""


class SaveRefused(TenfoldError):
    """A save that could not be done safely; the file is as it was."""
