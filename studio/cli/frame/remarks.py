"""What is to be said about a file beside its findings: why it could not be judged, or what in it has no effect."""

from typing import NamedTuple

from studio.errors import InvalidFile


class Remark(NamedTuple):
    """One sentence about one place in a file."""

    file: str
    line: int
    """Counted from 1."""
    text: str
    is_warning: bool = False
    """Whether the design could be judged all the same."""

    def __str__(self) -> str:
        said = f"{self.file}:{self.line}: {'warning: ' if self.is_warning else ''}{self.text}"
        return said.replace("\n", " ")  # the name of a file may hold one


def remarks_of(error: InvalidFile) -> tuple[Remark, ...]:
    """All that is wrong with a file that cannot be read."""
    return tuple(Remark(p.file, p.line, f"{p.what}; {p.advice}") for p in error.problems)
