"""The drawing as text, in plain ASCII."""

from studio.analysis import Analysis
from studio.diagrams.text import render_text
from studio.exports.frame.options import PLAIN, Options
from studio.model.design import Design

SUFFIX = ".txt"


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """The drawing; it ends with a newline and no line ends with blanks."""
    del design
    return render_text(analysis.scene(direction=options.direction, width=options.width), charset="ascii")
