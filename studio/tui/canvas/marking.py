"""Marking boxes: one, all, those a rubber band touches; and what a press of the mouse chooses."""

from studio.diagrams.scene import Point, Rectangle, Scene
from studio.tui.canvas.where import component, in_reading_order, is_edge, under
from studio.tui.canvas.words import (
    Answer,
    Banding,
    Board,
    Drag,
    Event,
    Mark,
    MarkAll,
    MarkBoxes,
    Mode,
    Press,
    Pressed,
    Release,
    Resting,
    Say,
    Select,
    Wish,
)


def choose(mode: Mode, event: Event, board: Board) -> Answer:
    """What marking and pressing do while nothing is under way; other events change nothing."""
    match event:
        case Mark():
            return mode, _mark(board)
        case MarkAll():
            return mode, _mark_all(board)
        case Press():
            return _press(event, board)
        case _:
            return mode, ()


def while_banding(mode: Banding, event: Event, board: Board) -> Answer:
    """The next mode while a rubber band is drawn, and what is wanted done."""
    match event:
        case Drag():
            return Banding(mode.start, event.at, mode.kept), ()
        case Release():
            return Resting(), _caught(mode, event, board)
        case _:
            return mode, ()


def touched(scene: Scene, band: Banding) -> tuple[str, ...]:
    """The boxes a rubber band touches, in reading order."""
    area = band_area(band)
    return tuple(id_ for id_ in in_reading_order(scene) if scene.boxes[id_].rectangle.overlaps(area))


def band_area(band: Banding) -> Rectangle:
    """The cells of a rubber band, both corners included."""
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(band.start, band.now, strict=True))
    return Rectangle(left, top, right - left + 1, bottom - top + 1)


def _mark(board: Board) -> tuple[Wish, ...]:
    selected = board.selection
    if selected is None or selected[0] != "components" or selected[1] not in board.scene.boxes:
        return (Say("select a box: v marks it"),)
    return (MarkBoxes(_toggled(board.marked, selected[1])),)


def _mark_all(board: Board) -> tuple[Wish, ...]:
    boxes = in_reading_order(board.scene)
    return (MarkBoxes(boxes),) if boxes else (Say("there is no box to mark; b adds one"),)


def _toggled(marked: tuple[str, ...], box: str) -> tuple[str, ...]:
    return tuple(id_ for id_ in marked if id_ != box) if box in marked else (*marked, box)


def _press(event: Press, board: Board) -> Answer:
    found = under(board.scene, event.at)
    if found is None:
        return _press_nothing(event.at, board, adds=event.adds)
    if found[0] == "connections":
        return Resting(), (Select(found),)
    if event.adds:
        begun = board.marked or tuple(id_ for id_ in board.chosen if id_ != found[1])
        return Resting(), (Select(found), MarkBoxes(_toggled(begun, found[1])))
    on_edge = is_edge(board.scene.boxes[found[1]].rectangle, event.at)
    leaves_marks = bool(board.marked) and found[1] not in board.marked
    wishes: tuple[Wish, ...] = (Select(found), *((MarkBoxes(()),) if leaves_marks else ()))
    return Pressed(found[1], event.at, on_edge), wishes


def _press_nothing(at: Point, board: Board, *, adds: bool) -> Answer:
    if adds:
        return Banding(at, at, board.marked), ()
    return Banding(at, at), (Select(None), *((MarkBoxes(()),) if board.marked else ()))


def _caught(mode: Banding, event: Release, board: Board) -> tuple[Wish, ...]:
    if mode.now == mode.start and event.at in (None, mode.start):
        return ()
    found = touched(board.scene, Banding(mode.start, event.at or mode.now))
    marked = (*mode.kept, *(id_ for id_ in found if id_ not in mode.kept))
    return (Select(component(found[0])), MarkBoxes(marked)) if found else ()
