"""Carrying a pattern over the drawing, by keys or by mouse."""

from studio.diagrams.scene import Scene
from studio.tui.canvas.where import component, nearest, under
from studio.tui.canvas.words import (
    Accept,
    Answer,
    Board,
    Carrying,
    Drag,
    Drop,
    Event,
    Hop,
    Press,
    PutBack,
    Release,
    Resting,
    Say,
    Walk,
)


def while_carrying(mode: Carrying, event: Event, board: Board) -> Answer:
    """The next mode while a pattern is carried, and what is wanted done."""
    match event:
        case Hop():
            return _carry_next(mode, event)
        case Walk():
            return _carry_towards(mode, event, board)
        case Drag():
            return _carry_over(mode, event, board)
        case Accept():
            return _drop(mode)
        case Release():
            return _let_go(mode, event, board)
        case Press():
            return _press_place(mode, event, board)
        case _:
            return mode, ()


def _carry_next(mode: Carrying, event: Hop) -> Answer:
    fits = mode.cargo.fits
    if not fits:
        return mode, (Say(f"{mode.cargo.name} fits nothing here yet; Enter says what it needs"),)
    here = fits.index(mode.over) if mode.over in fits else -1 if event.step > 0 else 0
    return Carrying(mode.cargo, fits[(here + event.step) % len(fits)]), ()


def _carry_towards(mode: Carrying, event: Walk, board: Board) -> Answer:
    """The next fitting place that way; where connections are wanted, hopping is the way to them."""
    boxes = {id_: board.scene.boxes[id_] for kind, id_ in mode.cargo.fits if kind == "components"}
    found = None
    if boxes and mode.over:
        only = Scene(boxes=boxes, routes=board.scene.routes)
        if mode.over[0] == "components" and mode.over[1] in boxes:
            found = nearest(only, mode.over, event.direction)
    if found is not None:
        return Carrying(mode.cargo, component(found)), ()
    return _carry_next(mode, Hop(1 if event.direction in ("right", "down") else -1))


def _carry_over(mode: Carrying, event: Drag, board: Board) -> Answer:
    return Carrying(mode.cargo, under(board.scene, event.at), by_mouse=True, at=event.at), ()


def _drop(mode: Carrying) -> Answer:
    return Resting(), (Drop(mode.cargo.pattern, mode.over),)


def _let_go(mode: Carrying, event: Release, board: Board) -> Answer:
    if event.at is None:
        return Resting(), (PutBack(mode.cargo.pattern),)
    over = under(board.scene, event.at)
    if over in mode.cargo.fits or not mode.cargo.fits:
        return Resting(), (Drop(mode.cargo.pattern, over if over in mode.cargo.fits else None),)
    if over is None:
        return Resting(), (PutBack(mode.cargo.pattern), Say(f"{mode.cargo.name} was dropped on nothing and went back"))
    return Resting(), (PutBack(mode.cargo.pattern), Say(mode.cargo.why_not.get(over, "it does not fit there")))


def _press_place(mode: Carrying, event: Press, board: Board) -> Answer:
    return _let_go(mode, Release(event.at), board)
