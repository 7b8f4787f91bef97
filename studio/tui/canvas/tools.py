"""What keys and mouse do on the canvas, as a state machine that knows no screen.

`step(mode, event, board)` gives the next mode and what is wanted done; the canvas draws the mode, the studio does what
is wanted. Two rules hold: only `Resting` changes the selection by walking, and every other mode ends in `Resting`.

    Resting ── a ──► Connecting ── Enter, letter ──► Resting + Connect
    Resting ── pick up ──► Carrying ── Enter, release ──► Resting + Drop
    Resting ── m ──► Shifting ── arrows, Enter ──► Resting + Place
    Resting ── press ──► Pressed ── moved inside a box ──► Moving ── release ──► Resting + Place
           │                     └─ moved from its edge ──► Pulling ── release ──► Resting + Connect
           └─ press on nothing ──► Banding ── release ──► Resting + MarkBoxes
    everything ── Cancel ──► Resting
"""

from studio.tui.canvas.carrying import while_carrying
from studio.tui.canvas.marking import choose, while_banding
from studio.tui.canvas.mouse import while_moving, while_pressed, while_pulling
from studio.tui.canvas.shifting import nudge, start_moving, while_shifting
from studio.tui.canvas.where import after, component, connection, in_reading_order, is_drawn, nearest, under
from studio.tui.canvas.words import (
    Accept,
    Answer,
    Banding,
    Board,
    Cancel,
    Carrying,
    Connect,
    Connecting,
    Event,
    Follow,
    Hop,
    MarkBoxes,
    Mode,
    Moving,
    Name,
    NextConnection,
    Nudge,
    PickUp,
    Press,
    Pressed,
    Pulling,
    PutBack,
    Resting,
    Say,
    Select,
    Shifting,
    StartConnecting,
    StartMoving,
    Walk,
)


def step(mode: Mode, event: Event, board: Board) -> Answer:
    """The next mode, and what is wanted done. An event that means nothing here changes nothing."""
    if isinstance(event, PickUp):
        return _picked_up(event, board)
    if isinstance(event, Cancel):
        return _cancelled(mode, board)
    return _in_mode(mode, event, board)


def _in_mode(mode: Mode, event: Event, board: Board) -> Answer:
    match mode:
        case Resting():
            return _while_resting(mode, event, board)
        case Connecting():
            return _while_connecting(mode, event, board)
        case Carrying():
            return while_carrying(mode, event, board)
        case Pressed():
            return while_pressed(mode, event, board)
        case Moving():
            return while_moving(mode, event, board)
        case Pulling():
            return while_pulling(mode, event, board)
        case Shifting():
            return while_shifting(mode, event, board)
        case Banding():
            return while_banding(mode, event, board)


def _while_resting(mode: Resting, event: Event, board: Board) -> Answer:
    match event:
        case Walk():
            return _walk(event, board)
        case Hop():
            return _hop(event, board)
        case NextConnection():
            return _next_connection(mode, event, board)
        case StartConnecting():
            return _start(mode, board)
        case Follow():
            return _follow(mode, event, board)
        case Nudge():
            return nudge(mode, event, board)
        case StartMoving():
            return start_moving(mode, board)
        case _:
            return choose(mode, event, board)


def _while_connecting(mode: Connecting, event: Event, board: Board) -> Answer:
    match event:
        case Walk():
            return _aim(mode, event, board)
        case Hop():
            return _aim_next(mode, event, board)
        case Accept():
            return _connect(mode)
        case Name():
            return _connect_named(mode, event, board)
        case Press():
            return _press_target(mode, event, board)
        case _:
            return mode, ()


def _picked_up(event: PickUp, board: Board) -> Answer:
    fits = event.cargo.fits
    over = board.selection if board.selection in fits else (fits[0] if fits else None)
    return Carrying(event.cargo, None if event.by_mouse else over, event.by_mouse), ()


def _cancelled(mode: Mode, board: Board) -> Answer:
    if isinstance(mode, Carrying):
        return Resting(), (PutBack(mode.cargo.pattern),)
    if isinstance(mode, Resting):
        if board.marked:
            return mode, (MarkBoxes(()),)
        if board.selection and board.selection[0] == "connections" and mode.anchor in board.scene.boxes:
            return Resting(), (Select(component(str(mode.anchor))),)
        return Resting(), (Select(None),) if board.selection else ()
    return Resting(), ()


# Resting -------------------------------------------------------------------------------------------------------------


def _walk(event: Walk, board: Board) -> Answer:
    found = nearest(board.scene, board.selection, event.direction)
    return Resting(), (Select(component(found)),) if found else ()


def _hop(event: Hop, board: Board) -> Answer:
    boxes = in_reading_order(board.scene)
    here = board.selection[1] if board.selection and board.selection[0] == "components" else None
    found = after(boxes, here, event.step)
    return Resting(), (Select(component(found)),) if found else ()


def _next_connection(mode: Resting, event: NextConnection, board: Board) -> Answer:
    if not is_drawn(board.scene, board.selection) or board.selection is None:
        return mode, (Say("select a box first: e goes through its connections"),)
    kind, id_ = board.selection
    anchor = id_ if kind == "components" else mode.anchor or board.scene.routes[id_].source
    return _along(mode, anchor, event.step, board)


def _follow(mode: Resting, event: Follow, board: Board) -> Answer:
    return _along(mode, event.box, 1, board)


def _along(mode: Resting, anchor: str, by: int, board: Board) -> Answer:
    """The next connection of a box, after the selected one where that is one of them."""
    around = tuple(r.id for r in board.scene.routes.values() if anchor in (r.source, r.target))
    here = board.selection[1] if board.selection and board.selection[0] == "connections" else None
    found = after(around, here, by)
    if found is None:
        return mode, (Say("this box has no connections; a makes one"),)
    return Resting(anchor), (Select(connection(found)),)


def _start(mode: Mode, board: Board) -> Answer:
    if not is_drawn(board.scene, board.selection) or board.selection is None or board.selection[0] != "components":
        return mode, (Say("select the box the connection starts at"),)
    return Connecting(board.selection[1]), ()


# Connecting ----------------------------------------------------------------------------------------------------------


def _aim(mode: Connecting, event: Walk, board: Board) -> Answer:
    start = component(mode.target or mode.source)
    found = nearest(board.scene, start, event.direction)
    return (Connecting(mode.source, found) if found else mode), ()


def _aim_next(mode: Connecting, event: Hop, board: Board) -> Answer:
    return Connecting(mode.source, after(in_reading_order(board.scene), mode.target or mode.source, event.step)), ()


def _connect(mode: Connecting) -> Answer:
    if mode.target is None:
        return mode, (Say("choose where the connection ends: arrows, Tab or a letter"),)
    return Resting(), (Connect(mode.source, mode.target),)


def _connect_named(mode: Connecting, event: Name, board: Board) -> Answer:
    return (Resting(), (Connect(mode.source, event.box),)) if event.box in board.scene.boxes else (mode, ())


def _press_target(mode: Connecting, event: Press, board: Board) -> Answer:
    found = under(board.scene, event.at)
    if found is None or found[0] != "components":
        return Resting(), ()
    return Resting(), (Connect(mode.source, found[1]),)
