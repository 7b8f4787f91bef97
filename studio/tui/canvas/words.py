"""The words of the canvas: modes (what is under way), events (what keys and mouse say), wishes (what is to be done)."""

from collections.abc import Iterable, Mapping
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
    """Where boxes were put by hand, also those the drawing does not show there yet."""
    marked: tuple[str, ...] = ()
    """Boxes that are marked, in the order of marking."""

    @property
    def chosen(self) -> tuple[str, ...]:
        """The boxes a gesture is for: those that are marked, else the selected one."""
        boxes = self.scene.boxes
        marked = tuple(id_ for id_ in self.marked if id_ in boxes)
        if marked or self.selection is None or self.selection[0] != "components":
            return marked
        return (self.selection[1],) if self.selection[1] in boxes else ()

    def moved(self, boxes: tuple[str, ...], by: Point) -> "Places":
        """Where boxes stand after they went so many columns and rows together; never left of or above the drawing."""
        starts = {id_: self.places.get(id_) or corner(self.scene, id_) for id_ in boxes if id_ in self.scene.boxes}
        across, down = held_back(starts.values(), by)
        return tuple((id_, (column + across, row + down)) for id_, (column, row) in starts.items())


Places: TypeAlias = tuple[tuple[str, Point], ...]
"""Boxes and where their upper left corners are put."""


def corner(scene: Scene, box: str) -> Point:
    """The upper left corner of a box as it is drawn."""
    rectangle = scene.boxes[box].rectangle
    return rectangle.column, rectangle.row


def held_back(corners: Iterable[Point], by: Point) -> Point:
    """A step that all these corners can take without one of them leaving the drawing at the left or above."""
    known = tuple(corners)
    left, top = min((c for c, _ in known), default=0), min((r for _, r in known), default=0)
    return max(by[0], -left), max(by[1], -top)


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
    """A box follows the mouse, and with it other marked ones."""

    box: str
    start: Point
    now: Point
    others: tuple[str, ...] = ()

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


@dataclass(frozen=True)
class Shifting:
    """Boxes follow the arrow keys; they stand `by` columns and rows away from where they were."""

    boxes: tuple[str, ...]
    by: Point = (0, 0)


@dataclass(frozen=True)
class Banding:
    """A rubber band is drawn from `start`; what it touches is marked beside what was marked before."""

    start: Point
    now: Point
    kept: tuple[str, ...] = ()


Mode: TypeAlias = Resting | Connecting | Carrying | Pressed | Moving | Pulling | Shifting | Banding


def still_stands(mode: Mode, scene: Scene) -> Mode:
    """The mode, or rest when the boxes it is about are not drawn any more."""
    match mode:
        case Connecting(source) | Pulling(source):
            about: tuple[str, ...] = (source,)
        case Pressed(box) | Moving(box):
            about = (box,)
        case Shifting(boxes):
            about = boxes
        case _:
            about = ()
    return mode if all(id_ in scene.boxes for id_ in about) else Resting()


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


class Follow(NamedTuple):
    """The next connection of this box."""

    box: str


class Mark(NamedTuple):
    """Marks the selected box, or takes its mark away."""


class MarkAll(NamedTuple):
    """Marks all boxes."""


class StartMoving(NamedTuple):
    """The chosen boxes are to follow the arrow keys."""


class Nudge(NamedTuple):
    """The chosen boxes go so many columns and rows."""

    columns: int
    rows: int


class Accept(NamedTuple):
    """Enter."""


class Cancel(NamedTuple):
    """Escape, Ctrl+G, the right button."""


class Press(NamedTuple):
    """The left button went down at a cell; with Shift it adds to what is marked."""

    at: Point
    adds: bool = False


class Drag(NamedTuple):
    """The mouse came to a cell."""

    at: Point


class Release(NamedTuple):
    """The button came up; `at` is None outside the canvas."""

    at: Point | None


Event: TypeAlias = (
    Walk | Hop | NextConnection | Follow | StartConnecting | PickUp | Name | Accept | Cancel
    | Mark | MarkAll | StartMoving | Nudge | Press | Drag | Release
)  # fmt: skip

# Wishes --------------------------------------------------------------------------------------------------------------


class Select(NamedTuple):
    """Select this, or nothing."""

    address: Address | None


class Connect(NamedTuple):
    """Connect two boxes."""

    source: str
    target: str


class MarkBoxes(NamedTuple):
    """Mark these boxes and no others."""

    boxes: tuple[str, ...]


class Place(NamedTuple):
    """Put boxes by hand. `joins` says that they go on a walk just begun."""

    places: Places
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


Wish: TypeAlias = Select | MarkBoxes | Connect | Place | Drop | PutBack | Say
Answer: TypeAlias = tuple[Mode, tuple[Wish, ...]]
