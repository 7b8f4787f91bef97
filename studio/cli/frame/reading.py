"""What commands share: a design read with everything derived from it, and its problems told."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from studio.analysis import Analysis
from studio.estimates.conditions import TODAY, Conditions
from studio.files.loading import Loaded
from studio.opening import load, settings

if TYPE_CHECKING:
    from studio.files.source_map import Lines


class Opened:
    """A design file, read, and what follows from it."""

    def __init__(self, loaded: Loaded, analysis: Analysis) -> None:
        self.loaded = loaded
        self.analysis = analysis

    @cached_property
    def lines(self) -> "Lines":
        """The line of every key of the file; its text is scanned once, when the first is asked for."""
        from studio.files.source_map import Lines

        return Lines(self.loaded.text)


def opened(file: str, conditions: Conditions = TODAY, *, judged: bool = True) -> Opened:
    """A design file with its analysis. Raises `InvalidDesign` with all problems of the file, or of its team's rules.

    Where nothing is `judged`, figures are all that is wanted, and the team's rules are not even read.
    """
    loaded, library = load(Path(file))
    set_ = settings(loaded.path, library) if judged else None
    return Opened(loaded, Analysis(loaded.design, library, conditions=conditions, settings=set_))
