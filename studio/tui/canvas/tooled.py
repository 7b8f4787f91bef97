"""The drawing with its tools: what is under way, and what it is called in the status line."""

from textual.geometry import Region

from studio.tui.canvas.drawing import Drawing
from studio.tui.canvas.ghosts import ghost_of
from studio.tui.canvas.tools import step
from studio.tui.canvas.words import (
    Banding,
    Board,
    Cancel,
    Cargo,
    Carrying,
    Connecting,
    Event,
    MarkBoxes,
    Mode,
    PickUp,
    Pressed,
    Resting,
    Select,
    Shifting,
    Wish,
)
from studio.tui.messages import CanvasWish, Told


class ToolDrawing(Drawing):
    """The drawing with its tools; it keeps their mode."""

    def feed(self, event: Event) -> None:
        """Gives an event to the tools, shows the mode they are in now, and posts what they want done."""
        before = self._mode
        self._mode, wishes = step(before, event, self._board)
        if self._mode != before:
            self._paint_over()
            self._follow_aim()
        for wish in wishes:
            self._board = _foreseen(self._board, wish)
            self.post_message(CanvasWish(wish))
        if not wishes and words(self._mode) != words(before):
            self.post_message(Told(self.words_of_mode()))

    def _follow_aim(self) -> None:
        mode = self._mode
        if isinstance(mode, Carrying) and not mode.by_mouse:
            self.reveal(mode.over)
            at = ghost_of(self._scene, mode)
            self.reveal_cells(Region(at.column, at.row, at.width, at.height))
        elif isinstance(mode, Connecting) and mode.target:
            self.reveal(("components", mode.target))
        elif isinstance(mode, Shifting) and mode.boxes[0] in self._scene.boxes:
            at = self._scene.boxes[mode.boxes[0]].rectangle
            self.reveal_cells(Region(at.column + mode.by[0], at.row + mode.by[1], at.width, at.height))

    def words_of_mode(self) -> str:
        """What is under way, for the status line."""
        return words(self._mode)

    def pick_up(self, cargo: Cargo, *, by_mouse: bool = False) -> None:
        """Takes a pattern over from the catalogue."""
        self.feed(PickUp(cargo, by_mouse))

    def leaves(self) -> bool:
        """Steps out of a tool, of the marks, of a connection to the box it was reached from; whether it did."""
        _, wishes = step(self._mode, Cancel(), self._board)
        if isinstance(self._mode, Resting) and wishes in ((), (Select(None),)):
            return False
        self.feed(Cancel())
        return True

    @property
    def is_busy(self) -> bool:
        """Whether a tool is in use that Escape and Enter belong to."""
        return not isinstance(self._mode, Resting | Pressed)


def _foreseen(board: Board, wish: Wish) -> Board:
    """The board as it will be shown when the studio has done what is wanted: the next key may come before that."""
    match wish:
        case Select(address):
            return board._replace(selection=address)
        case MarkBoxes(boxes):
            return board._replace(marked=boxes)
        case _:
            return board


def words(mode: Mode) -> str:
    """What is under way, for the status line; empty where nothing has to be said."""
    match mode:
        case Connecting():
            return f"connect {mode.source} → {mode.target or '…'}   arrows, Tab or a letter, Enter connects, Esc leaves"
        case Carrying():
            return _carried(mode)
        case Shifting(boxes, (columns, rows)):
            what = boxes[0] if len(boxes) == 1 else f"{len(boxes)} boxes"
            moved = f" by {columns:+d}, {rows:+d}" if (columns, rows) != (0, 0) else ""
            return f"moving {what}{moved}   Enter keeps, Esc puts back"
        case Banding(start, now) if start != now:
            return "what the frame touches is marked when you let go, Esc leaves"
        case _:
            return ""


def _carried(mode: Carrying) -> str:
    if mode.over is None:
        hint = "Enter drops it" if not mode.cargo.fits else "move it onto something it fits"
        return f"carrying {mode.cargo.name}   {hint}, Esc puts it back"
    if mode.fits:
        return f"carrying {mode.cargo.name}: onto {mode.over[1]}   Enter drops, Tab next place, Esc puts it back"
    return f"{mode.cargo.name} does not fit {mode.over[1]}: {mode.cargo.why_not.get(mode.over, '')}"
