"""What keys and mouse do on the canvas, as a state machine that knows no screen.

`step(mode, event, board)` gives the next mode and what is wanted done; the canvas draws the mode, the studio does what
is wanted. Two rules hold: only `Resting` changes the selection by walking, and every other mode ends in `Resting`.

    Resting ── a ──► Connecting ── Enter, letter ──► Resting + Connect
    Resting ── pick up ──► Carrying ── Enter, release ──► Resting + Drop
    Resting ── press ──► Pressed ── moved inside a box ──► Moving ── release ──► Resting + Place
                                 └─ moved from its edge ──► Pulling ── release ──► Resting + Connect
    everything ── Cancel ──► Resting
"""

from studio.tui.canvas.carrying import while_carrying
from studio.tui.canvas.mouse import while_moving, while_pressed, while_pulling
from studio.tui.canvas.where import after, component, connection, in_reading_order, is_drawn, is_edge, nearest, under
from studio.tui.canvas.words import (
    Accept,
    Answer,
    Board,
    Cancel,
    Carrying,
    Connect,
    Connecting,
    Event,
    Hop,
    Mode,
    Moving,
    Name,
    NextConnection,
    Nudge,
    PickUp,
    Place,
    Press,
    Pressed,
    Pulling,
    PutBack,
    Resting,
    Say,
    Select,
    StartConnecting,
    Walk,
)


def step(mode: Mode, event: Event, board: Board) -> Answer:
    """The next mode, and what is wanted done. An event that means nothing here changes nothing."""
    if isinstance(event, PickUp):
        return _picked_up(event, board)
    if isinstance(event, Cancel):
        return _cancelled(mode, board)
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
        case Nudge():
            return _nudge(mode, event, board)
        case Press():
            return _press(event, board)
        case _:
            return mode, ()


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
    routes = board.scene.routes
    anchor = id_ if kind == "components" else mode.anchor or routes[id_].source
    around = tuple(route.id for route in routes.values() if anchor in (route.source, route.target))
    found = after(around, id_ if kind == "connections" else None, event.step)
    if found is None:
        return mode, (Say("this box has no connections; a makes one"),)
    return Resting(anchor), (Select(connection(found)),)


def _start(mode: Mode, board: Board) -> Answer:
    if not is_drawn(board.scene, board.selection) or board.selection is None or board.selection[0] != "components":
        return mode, (Say("select the box the connection starts at"),)
    return Connecting(board.selection[1]), ()


def _nudge(mode: Mode, event: Nudge, board: Board) -> Answer:
    if board.selection is None or board.selection[0] != "components" or not is_drawn(board.scene, board.selection):
        return mode, ()
    id_ = board.selection[1]
    return mode, (Place(id_, board.moved(id_, (event.columns, event.rows)), joins=True),)


def _press(event: Press, board: Board) -> Answer:
    found = under(board.scene, event.at)
    if found is None or found[0] == "connections":
        return Resting(), (Select(found),)
    on_edge = is_edge(board.scene.boxes[found[1]].rectangle, event.at)
    return Pressed(found[1], event.at, on_edge), (Select(found),)


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
