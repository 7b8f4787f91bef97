"""The drawing as PDF, by the dot program of Graphviz."""

from studio.analysis import Analysis
from studio.exports.frame.graphviz_program import drawn
from studio.exports.frame.options import PLAIN, Options
from studio.model.design import Design

SUFFIX = ".pdf"
TAKES = ("direction",)


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> bytes:
    """The picture. Raises TenfoldError with what to do when there is no dot program."""
    del analysis
    return drawn(design, options, "pdf")
