"""The measures of a drawing: what flows which way, and how much air things get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["TB", "LR"]

GRAIN = 2
"""Lines along the flow stand on even places only, so two of them never touch."""


@dataclass(frozen=True, slots=True)
class Style:
    """How to lay out. «Along» is the way of the flow (rows in TB, columns in LR), «across» the other."""

    direction: Direction = "TB"
    compact: bool = True
    name_limit: int | None = 28
    """Columns after which a name wraps."""
    label_limit: int | None = 24
    """Columns after which a label wraps (TB only: in LR a label lies on its line)."""
    row_limit: int | None = None
    """Columns after which a row of boxes is split in two (TB only)."""

    tight: bool = False
    """Whether a name touches its box's sides."""
    folded: bool = False
    """Whether links may be drawn against the flow only to need fewer layers."""

    satellites: bool = False
    """Whether the lone neighbour of a hub may stand beside it (TB only)."""

    @property
    def downwards(self) -> bool:
        """Whether the flow goes from top to bottom."""
        return self.direction == "TB"

    @property
    def sides(self) -> int:
        """Columns that a box is wider than its text."""
        return 2 if self.tight else 4

    @property
    def port_distance(self) -> int:
        """From line to line on one side of a box, where there is room."""
        return 4 if self.downwards else 2

    @property
    def port_margin(self) -> int:
        """From a corner of a box to the nearest line."""
        return 2 if self.downwards else 1

    @property
    def box_gap(self) -> int:
        """Blank cells between boxes side by side, across the flow."""
        return (2 if self.compact else 4) if self.downwards else (1 if self.compact else 2)

    @property
    def frame_margin(self) -> int:
        """Blank cells between a frame's border and what is inside, across the flow."""
        return 1 if self.downwards else 0

    @property
    def border_offset(self) -> int:
        """From an even place to a frame's border: its upright borders stand beside those of lines, on odd places.

        Those that lie stand on even ones: boxes begin and end on odd ones, so they fit tightly between.
        """
        return 1 if self.downwards else 0

    @property
    def frame_gap(self) -> int:
        """Blank cells between two frames, across the flow."""
        return 3 if self.downwards and not self.compact else 1

    @property
    def track_pitch(self) -> int:
        """From track to track, along the flow."""
        return 1 if self.downwards else 2

    @property
    def air(self) -> int:
        """Further cells of line in every gap between layers."""
        return 0 if self.compact else 1
