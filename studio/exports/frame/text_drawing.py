"""The drawing in characters, plain or with an overlay."""

from studio.analysis import Analysis
from studio.diagrams.glyphs import Charset
from studio.diagrams.overlays import marked_text
from studio.diagrams.text import render_text
from studio.errors import TenfoldError
from studio.exports.frame.options import Options
from studio.exports.frame.overlays import overlay
from studio.exports.frame.proved import proved_scene


def text_drawing(analysis: Analysis, options: Options, charset: Charset) -> str:
    """The drawing, read back to prove it; it ends with a newline and no line ends with blanks.

    TenfoldError when Graphviz is to draw it.
    """
    if options.engine == "dot":
        raise TenfoldError(f"Graphviz draws no {charset} text; leave out --engine, or export svg, png, pdf or dot")
    scene = proved_scene(analysis, options, charset)
    if options.overlay is None:
        return render_text(scene, charset=charset)
    return marked_text(scene, overlay(options.overlay, analysis), charset=charset)
