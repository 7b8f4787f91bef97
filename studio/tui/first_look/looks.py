"""Which colours the studio begins with. Standard library only: the first look comes before Textual."""

import os
from typing import Final

DARK: Final = "tenfold-dark"
LIGHT: Final = "tenfold-light"
CONTRAST: Final = "tenfold-contrast"

INK: Final = {
    DARK: ("#98a1af", "#15181d"),
    LIGHT: ("#5a6470", "#fbfbf9"),
    CONTRAST: ("#ffffff", "#000000"),
}
"""Text and background of a drawing, by theme; other themes keep the terminal's own."""


def first_theme() -> str:
    """The theme to begin with: terminals of eight or sixteen colours keep their own palette."""
    few_colours = os.environ.get("TERM", "") in ("linux", "vt100", "vt220", "ansi", "screen", "xterm")
    says_more = os.environ.get("COLORTERM", "") in ("truecolor", "24bit")
    return "ansi-dark" if few_colours and not says_more else DARK


def style_of(theme: str) -> str:
    """What switches a terminal to the colours of a drawing."""
    if theme not in INK or os.environ.get("NO_COLOR"):
        return "\x1b[0m"
    front, back = (";".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) for colour in INK[theme])
    return f"\x1b[38;2;{front};48;2;{back}m"
