"""Lines of a drawing or a file as spans: every blank stays where it is."""

import re

from studio.tui.lines.rows import Span


def drawn(line: str, role: str = "") -> tuple[Span, ...]:
    """The spans of a line; runs of blanks are spans of their own, because a text is shown with single ones."""
    pieces = re.split(r"( {2,})", line.expandtabs(4))
    return tuple(Span(piece, role) for piece in pieces if piece) or (Span(" "),)
