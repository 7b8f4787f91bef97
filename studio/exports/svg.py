"""The drawing as SVG, light or dark as the reader prefers; by Graphviz with `--engine dot`."""

from studio.analysis import Analysis
from studio.errors import TenfoldError
from studio.exports.frame.options import PLAIN, Options
from studio.model.design import Design

SUFFIX = ".svg"
TAKES = ("direction", "width", "overlay", "boxes")
SHOWS_OVERLAYS = True


def render(design: Design, analysis: Analysis, options: Options = PLAIN) -> str | bytes:
    """The picture: our own needs no other program. With Graphviz, TenfoldError when there is no dot program."""
    if options.engine == "dot":
        return _by_graphviz(design, options)
    from studio.exports.frame.overlays import overlay
    from studio.exports.picture.page import picture

    scene = analysis.scene(direction=options.direction, width=options.width, full=options.boxes == "full")
    marks = overlay(options.overlay, analysis) if options.overlay else None
    return picture(scene, design.design.name, marks)


def _by_graphviz(design: Design, options: Options) -> bytes:
    from studio.exports.frame.graphviz_program import drawn

    if options.overlay:
        raise TenfoldError("Graphviz draws no overlay; leave out --engine dot")
    return drawn(design, options, "svg")
