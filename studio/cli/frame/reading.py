"""What commands share: a design read with everything derived from it, and its problems told."""

from pathlib import Path
from typing import NamedTuple

from studio.analysis import Analysis
from studio.files.loading import Loaded
from studio.opening import load


class Opened(NamedTuple):
    """A design file, read, and what follows from it."""

    loaded: Loaded
    analysis: Analysis


def opened(file: str, *, load_factor: float = 1.0, down: frozenset[str] = frozenset()) -> Opened:
    """A design file with its analysis. Raises `InvalidDesign` with all problems of the file."""
    loaded, library = load(Path(file))
    return Opened(loaded, Analysis(loaded.design, library, load=load_factor, down=down))
