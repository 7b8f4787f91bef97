"""The studio's own colours: few, calm, and each with one meaning."""

from typing import Final

from textual.theme import Theme

from studio.tui.first_look import looks

DARK: Final = Theme(
    name=looks.DARK,
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
    name=looks.LIGHT,
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

CONTRAST: Final = Theme(
    name=looks.CONTRAST,
    primary="#6fc3ff",
    secondary="#ffffff",
    accent="#ffe14d",
    warning="#ffb000",
    error="#ff6b6b",
    success="#5dff7a",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    boost="#262626",
    dark=True,
    variables={
        "border": "#ffffff",
        "border-blurred": "#ffffff",
        "text-dim": "#ffffff",
        "text-faint": "#d0d0d0",
        "cursor-line": "#00449e",
        "cursor-away": "#303030",
        "input-cursor-background": "#ffe14d",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#00449e",
        "scrollbar": "#ffffff",
        "scrollbar-hover": "#ffe14d",
        "scrollbar-active": "#ffe14d",
        "scrollbar-background": "#000000",
        "scrollbar-background-hover": "#000000",
        "scrollbar-background-active": "#000000",
        "scrollbar-corner-color": "#000000",
    },
)

THEMES: Final = (DARK, LIGHT, CONTRAST)

PLAIN: Final = {
    "text-dim": "ansi_default",
    "text-faint": "ansi_default",
    "cursor-line": "ansi_blue",
    "cursor-away": "ansi_default",
}
"""Our own variables where a theme does not know them: the sixteen colours of the terminal."""


def next_theme(name: str) -> str:
    """The theme after this one: dark, light, high contrast, the terminal's own dark, the terminal's own light."""
    names = (DARK.name, LIGHT.name, CONTRAST.name, "ansi-dark", "ansi-light")
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
