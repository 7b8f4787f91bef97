"""Samples with everything worked out, once for all tests: the ladder and the ranges of a large one take seconds."""

from functools import cache
from pathlib import Path

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.files.loading import parse, read
from studio.paths import sample_designs

SAMPLES = sorted(sample_designs().glob("*.toml"))


@cache
def sample(path: Path) -> Analysis:
    """The analysis of a sample file."""
    return Analysis(read(path).design, shipped())


def analysed(text: str) -> Analysis:
    """The analysis of a design in a text."""
    return Analysis(parse(text, "design.toml"), shipped())
