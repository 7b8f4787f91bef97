"""Moving boxes by keys: a step at a time, or with arrows until Enter keeps them where they are."""

from studio.diagrams.scene import Point
from studio.tui.canvas.where import STEPS
from studio.tui.canvas.words import (
    Accept,
    Answer,
    Board,
    Event,
    Mode,
    Nudge,
    Place,
    Resting,
    Say,
    Shifting,
    Walk,
    corner,
    held_back,
)

STRIDE = 5
"""How many cells Shift with an arrow goes while boxes follow the arrows."""


def nudge(mode: Mode, event: Nudge, board: Board) -> Answer:
    """The chosen boxes go a step; steps that follow each other are one walk."""
    boxes = board.chosen
    places = board.moved(boxes, (event.columns, event.rows))
    stands = board.moved(boxes, (0, 0))
    return mode, (Place(places, joins=True),) if places != stands else ()


def start_moving(mode: Mode, board: Board) -> Answer:
    """The chosen boxes follow the arrow keys from now on."""
    if not board.chosen:
        return mode, (Say("select a box, or mark several with v: m moves them"),)
    return Shifting(board.chosen), ()


def while_shifting(mode: Shifting, event: Event, board: Board) -> Answer:
    """The next mode while boxes follow the arrow keys, and what is wanted done."""
    match event:
        case Walk():
            return _further(mode, STEPS[event.direction], board), ()
        case Nudge():
            return _further(mode, (event.columns * STRIDE, event.rows * STRIDE), board), ()
        case Accept():
            return Resting(), (Place(board.moved(mode.boxes, mode.by)),) if mode.by != (0, 0) else ()
        case _:
            return mode, ()


def _further(mode: Shifting, step: Point, board: Board) -> Shifting:
    corners = [corner(board.scene, id_) for id_ in mode.boxes if id_ in board.scene.boxes]
    return Shifting(mode.boxes, held_back(corners, (mode.by[0] + step[0], mode.by[1] + step[1])))
