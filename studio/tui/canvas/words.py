"""The words of the canvas: modes (what is under way), events (what keys and mouse say), wishes (what is to be done)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from studio.diagrams.scene import Point, Scene
from studio.model.address import Address
from studio.tui.canvas.where import Direction


class Board(NamedTuple):
    """What the tools work on."""

    scene: Scene
    selection: Address | None = None
    places: Mapping[str, Point] = {}
    """Where boxes will stand as soon as the drawing is made anew."""

    def moved(self, box: str, by: Point) -> Point:
        """Where a box stands after it went so many columns and rows; never left of or above the drawing."""
        rectangle = self.scene.boxes[box].rectangle
        column, row = self.places.get(box, (rectangle.column, rectangle.row))
        return max(column + by[0], 0), max(row + by[1], 0)


@dataclass(frozen=True)
class Cargo:
    """A pattern on its way to the canvas."""

    pattern: str
    name: str
    fits: tuple[Address, ...]
    """Where it may be dropped, in the order of hopping."""
    why_not: Mapping[Address, str] = field(default_factory=dict)
    """A reason for every other place."""


# Modes ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Resting:
    """Nothing under way. `anchor` is the box whose connections are being gone through."""

    anchor: str | None = None


@dataclass(frozen=True)
class Connecting:
    """A connection starts at `source`; `target` is where it would end now."""

    source: str
    target: str | None = None


@dataclass(frozen=True)
class Carrying:
    """A pattern hovers over `over` (None: over nothing); `by_mouse` says who carries it, `at` where the mouse is."""

    cargo: Cargo
    over: Address | None = None
    by_mouse: bool = False
    at: Point | None = None

    @property
    def fits(self) -> bool:
        """Whether it may be dropped here."""
        return self.over in self.cargo.fits if self.over else not self.cargo.fits


@dataclass(frozen=True)
class Pressed:
    """The mouse button is down on a box and did not move yet."""

    box: str
    at: Point
    on_edge: bool


@dataclass(frozen=True)
class Moving:
    """A box follows the mouse by so many columns and rows."""

    box: str
    start: Point
    now: Point

    @property
    def by(self) -> Point:
        """Columns and rows."""
        return self.now[0] - self.start[0], self.now[1] - self.start[1]


@dataclass(frozen=True)
class Pulling:
    """A connection is pulled out of a box's edge."""

    source: str
    now: Point
    target: str | None = None


Mode: TypeAlias = Resting | Connecting | Carrying | Pressed | Moving | Pulling

# Events --------------------------------------------------------------------------------------------------------------


class Walk(NamedTuple):
    """An arrow key."""

    direction: Direction


class Hop(NamedTuple):
    """Tab or Shift+Tab: 1 or -1."""

    step: int


class NextConnection(NamedTuple):
    """Goes through the connections of the selected box: 1 or -1."""

    step: int


class StartConnecting(NamedTuple):
    """A connection from the selected box."""


class PickUp(NamedTuple):
    """A pattern comes from the catalogue."""

    cargo: Cargo
    by_mouse: bool = False


class Name(NamedTuple):
    """A box was named by its letter."""

    box: str


class Nudge(NamedTuple):
    """The selected box goes so many columns and rows."""

    columns: int
    rows: int


class Accept(NamedTuple):
    """Enter."""


class Cancel(NamedTuple):
    """Escape, Ctrl+G, the right button."""


class Press(NamedTuple):
    """The left button went down at a cell."""

    at: Point


class Drag(NamedTuple):
    """The mouse came to a cell."""

    at: Point


class Release(NamedTuple):
    """The button came up; `at` is None outside the canvas."""

    at: Point | None


Event: TypeAlias = (
    Walk | Hop | NextConnection | StartConnecting | PickUp | Name | Nudge | Accept | Cancel | Press | Drag | Release
)

# Wishes --------------------------------------------------------------------------------------------------------------


class Select(NamedTuple):
    """Select this, or nothing."""

    address: Address | None


class Connect(NamedTuple):
    """Connect two boxes."""

    source: str
    target: str


class Place(NamedTuple):
    """Put a box by hand: its upper left corner. `joins` says that it goes on a walk just begun."""

    box: str
    at: Point
    joins: bool = False


class Drop(NamedTuple):
    """Apply a pattern here."""

    pattern: str
    on: Address | None


class PutBack(NamedTuple):
    """The pattern goes back to the catalogue."""

    pattern: str


class Say(NamedTuple):
    """A sentence for the status line."""

    text: str


Wish: TypeAlias = Select | Connect | Place | Drop | PutBack | Say
Answer: TypeAlias = tuple[Mode, tuple[Wish, ...]]
