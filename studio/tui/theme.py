"""The studio's own colours: few, calm, and each with one meaning."""

import os
from typing import Final

from textual.theme import Theme

DARK: Final = Theme(
    name="tenfold-dark",
    primary="#7aa2d6",
    secondary="#8a93a5",
    accent="#7fb3e6",
    warning="#d9a95b",
    error="#e07a76",
    success="#86b97a",
    foreground="#d3d7de",
    background="#15181d",
    surface="#15181d",
    panel="#1f242c",
    boost="#262c36",
    dark=True,
    variables={
        "border": "#39414d",
        "border-blurred": "#39414d",
        "text-dim": "#98a1af",
        "text-faint": "#6b7482",
        "cursor-line": "#2b3647",
        "cursor-away": "#20262f",
        "input-cursor-background": "#d3d7de",
        "input-cursor-foreground": "#15181d",
        "input-selection-background": "#33506f",
        "scrollbar": "#39414d",
        "scrollbar-hover": "#566070",
        "scrollbar-active": "#7aa2d6",
        "scrollbar-background": "#15181d",
        "scrollbar-background-hover": "#15181d",
        "scrollbar-background-active": "#15181d",
        "scrollbar-corner-color": "#15181d",
    },
)

LIGHT: Final = Theme(
    name="tenfold-light",
    primary="#245a94",
    secondary="#5b6675",
    accent="#1f62a8",
    warning="#8a5a00",
    error="#b3261e",
    success="#2f6f2f",
    foreground="#22272e",
    background="#fbfbf9",
    surface="#fbfbf9",
    panel="#eef0f1",
    boost="#e4e8eb",
    dark=False,
    variables={
        "border": "#c3c9d0",
        "border-blurred": "#c3c9d0",
        "text-dim": "#5a6470",
        "text-faint": "#7d8792",
        "cursor-line": "#d5e3f2",
        "cursor-away": "#e8ebee",
        "input-cursor-background": "#22272e",
        "input-cursor-foreground": "#fbfbf9",
        "input-selection-background": "#b9d3ee",
        "scrollbar": "#c3c9d0",
        "scrollbar-hover": "#9aa4ae",
        "scrollbar-active": "#245a94",
        "scrollbar-background": "#fbfbf9",
        "scrollbar-background-hover": "#fbfbf9",
        "scrollbar-background-active": "#fbfbf9",
        "scrollbar-corner-color": "#fbfbf9",
    },
)

THEMES: Final = (DARK, LIGHT)

PLAIN: Final = {
    "text-dim": "ansi_default",
    "text-faint": "ansi_default",
    "cursor-line": "ansi_blue",
    "cursor-away": "ansi_default",
}
"""Our own variables where a theme does not know them: the sixteen colours of the terminal."""


def first_theme() -> str:
    """The theme to begin with: terminals of eight or sixteen colours keep their own palette."""
    few_colours = os.environ.get("TERM", "") in ("linux", "vt100", "vt220", "ansi", "screen", "xterm")
    says_more = os.environ.get("COLORTERM", "") in ("truecolor", "24bit")
    return "ansi-dark" if few_colours and not says_more else DARK.name


def next_theme(name: str) -> str:
    """The theme after this one: dark, light, the terminal's own dark, the terminal's own light."""
    names = (DARK.name, LIGHT.name, "ansi-dark", "ansi-light")
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
