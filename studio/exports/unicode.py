"""The drawing as text, in Unicode box characters.

With `--overlay` marks are written on borders and lines, and what they mean below the drawing.
"""

from studio.analysis import Analysis
from studio.exports.frame.options import PLAIN, Options
from studio.exports.frame.text_drawing import text_drawing
from studio.model.design import Design

SUFFIX = ".txt"
TAKES = ("direction", "width", "overlay", "boxes")
SHOWS_OVERLAYS = True


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str:
    """The drawing; it ends with a newline and no line ends with blanks."""
    del design
    return text_drawing(analysis, options, "unicode")
