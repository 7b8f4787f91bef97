"""The dot program of Graphviz, when there is one."""

from studio.errors import TenfoldError
from studio.exports.dot import source
from studio.exports.frame.options import Options
from studio.model.design import Design


def drawn(design: Design, options: Options, picture: str) -> bytes:
    """The design drawn by `dot` as svg, png or pdf. Raises TenfoldError when the program is missing or fails, or when
    this program was asked to draw what only Graphviz can."""
    import graphviz

    if options.engine == "own" and picture != "svg":
        raise TenfoldError(f"{picture} is drawn by Graphviz only; leave out --engine own, or export svg")

    try:
        return bytes(graphviz.Source(source(design, options)).pipe(format=picture))
    except graphviz.ExecutableNotFound:
        raise TenfoldError(
            f"{picture} is drawn by the program dot, which is not on the PATH; "
            "install Graphviz, or export svg, unicode or ascii without --engine dot"
        ) from None
    except graphviz.CalledProcessError as error:
        said = (error.stderr or b"").decode(errors="replace").strip().splitlines()
        raise TenfoldError(f"dot could not draw the design: {said[0] if said else error.returncode}") from None
