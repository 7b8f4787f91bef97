"""The characters of a drawing in its two sets, by the arms that a cell has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Charset = Literal["unicode", "ascii"]

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
OPPOSITE = {UP: DOWN, DOWN: UP, LEFT: RIGHT, RIGHT: LEFT}
STEPS = {UP: (0, -1), DOWN: (0, 1), LEFT: (-1, 0), RIGHT: (1, 0)}
VERTICAL, HORIZONTAL = UP | DOWN, LEFT | RIGHT


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One character set. Boxes have square corners, lines round ones; frames and asynchronous lines are dashed.

    A frame's dashes come in twos (╌ ╎), those of an asynchronous line in threes (┄ ┆); in ASCII a frame lies on
    «=» and «|» with a «+=» at each corner, an asynchronous line is dotted («.» and «:»).
    """

    box_corners: str
    box_sides: str
    frame_corners: str
    frame_sides: str
    lines: dict[int, str]
    dashed: dict[int, str]
    tees: dict[int, str]
    arrows: dict[int, str]
    """By the way the arrow points."""

    def line(self, arms: int, *, asynchronous: bool) -> str:
        """The character of a line with these arms."""
        return self.dashed.get(arms, self.lines[arms]) if asynchronous else self.lines[arms]


UNICODE = Glyphs(
    box_corners="┌┐└┘",
    box_sides="─│",
    frame_corners="┌┐└┘",
    frame_sides="╌╎",
    lines={
        HORIZONTAL: "─",
        VERTICAL: "│",
        DOWN | RIGHT: "╭",
        DOWN | LEFT: "╮",
        UP | RIGHT: "╰",
        UP | LEFT: "╯",
        VERTICAL | RIGHT: "├",
        VERTICAL | LEFT: "┤",
        HORIZONTAL | DOWN: "┬",
        HORIZONTAL | UP: "┴",
        HORIZONTAL | VERTICAL: "┼",
    },
    dashed={HORIZONTAL: "┄", VERTICAL: "┆"},
    tees={UP: "┴", DOWN: "┬", LEFT: "┤", RIGHT: "├"},
    arrows={UP: "▲", DOWN: "▼", LEFT: "◄", RIGHT: "►"},
)

_JOINTS = [
    DOWN | RIGHT,
    DOWN | LEFT,
    UP | RIGHT,
    UP | LEFT,
    VERTICAL | RIGHT,
    VERTICAL | LEFT,
    HORIZONTAL | DOWN,
    HORIZONTAL | UP,
    HORIZONTAL | VERTICAL,
]

ASCII = Glyphs(
    box_corners="++++",
    box_sides="-|",
    frame_corners="++++",
    frame_sides="=|",
    lines={HORIZONTAL: "-", VERTICAL: "|", **dict.fromkeys(_JOINTS, "+")},
    dashed={HORIZONTAL: ".", VERTICAL: ":"},
    tees={UP: "+", DOWN: "+", LEFT: "|", RIGHT: "|"},
    arrows={UP: "^", DOWN: "v", LEFT: "<", RIGHT: ">"},
)

CHARSETS: dict[Charset, Glyphs] = {"unicode": UNICODE, "ascii": ASCII}
