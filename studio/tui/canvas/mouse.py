"""Dragging with the mouse: a box to another place, a connection out of a box's edge."""

from studio.tui.canvas.where import under
from studio.tui.canvas.words import (
    Answer,
    Board,
    Connect,
    Drag,
    Event,
    Moving,
    Place,
    Pressed,
    Pulling,
    Release,
    Resting,
    Say,
)


def while_pressed(mode: Pressed, event: Event, board: Board) -> Answer:
    """The next mode while the button is down on a box, and what is wanted done."""
    match event:
        case Drag():
            return _drag_begins(mode, event, board)
        case Release():
            return Resting(), ()
        case _:
            return mode, ()


def while_moving(mode: Moving, event: Event, board: Board) -> Answer:
    """The next mode while a box follows the mouse, and what is wanted done."""
    match event:
        case Drag():
            return _move(mode, event)
        case Release():
            return _put(mode, event, board)
        case _:
            return mode, ()


def while_pulling(mode: Pulling, event: Event, board: Board) -> Answer:
    """The next mode while a connection follows the mouse, and what is wanted done."""
    match event:
        case Drag():
            return _pull(mode, event, board)
        case Release():
            return _pulled(mode)
        case _:
            return mode, ()


def _drag_begins(mode: Pressed, event: Drag, board: Board) -> Answer:
    if event.at == mode.at:
        return mode, ()
    if mode.on_edge:
        return _pull(Pulling(mode.box, event.at), event, board)
    others = tuple(id_ for id_ in board.marked if id_ != mode.box) if mode.box in board.marked else ()
    return Moving(mode.box, mode.at, event.at, others), ()


def _move(mode: Moving, event: Drag) -> Answer:
    return Moving(mode.box, mode.start, event.at, mode.others), ()


def _put(mode: Moving, event: Release, board: Board) -> Answer:
    if event.at is None or mode.box not in board.scene.boxes:
        return Resting(), ()
    by = event.at[0] - mode.start[0], event.at[1] - mode.start[1]
    return Resting(), (Place(board.moved((mode.box, *mode.others), by)),) if by != (0, 0) else ()


def _pull(mode: Pulling, event: Drag, board: Board) -> Answer:
    found = under(board.scene, event.at)
    target = found[1] if found and found[0] == "components" and found[1] != mode.source else None
    return Pulling(mode.source, event.at, target), ()


def _pulled(mode: Pulling) -> Answer:
    if mode.target is None:
        return Resting(), (Say("a connection ends on a box"),)
    return Resting(), (Connect(mode.source, mode.target),)
