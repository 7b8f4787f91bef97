"""The canvas on the screen: the drawing, with keys and mouse as events of the tools."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region

from studio.diagrams.scene import Point
from studio.tui.canvas.drawing import Drawing
from studio.tui.canvas.keys import KEYS
from studio.tui.canvas.painting import ghost_of, letters
from studio.tui.canvas.tools import step
from studio.tui.canvas.where import Direction, is_drawn
from studio.tui.canvas.words import (
    Accept,
    Board,
    Cancel,
    Cargo,
    Carrying,
    Connecting,
    Drag,
    Event,
    Hop,
    Name,
    NextConnection,
    Nudge,
    PickUp,
    Press,
    Pressed,
    Release,
    Resting,
    StartConnecting,
    Walk,
)
from studio.tui.messages import CanvasWish, Told

MARGIN = (1, 1)
"""Blank columns and rows kept at the right and below, so that a box can be moved there."""


class CanvasView(Drawing):
    """The drawing with its tools; it keeps their mode."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    # Events of the tools ---------------------------------------------------------------------------------------

    def feed(self, event: Event) -> None:
        """Gives an event to the tools, shows the mode they are in now, and posts what they want done."""
        before = self._mode
        self._mode, wishes = step(before, event, Board(self._scene, self._selection, self._places))
        if self._mode != before:
            self._paint_over()
            if isinstance(self._mode, Carrying | Connecting):
                self._follow_aim()
        for wish in wishes:
            self.post_message(CanvasWish(wish))
        if self._mode != before and not wishes:
            self.post_message(Told(self.words_of_mode()))

    def _follow_aim(self) -> None:
        if isinstance(self._mode, Carrying) and not self._mode.by_mouse:
            self.reveal(self._mode.over)
            at = ghost_of(self._scene, self._mode)
            self.scroll_to_region(
                Region(at.column, at.row, at.width, at.height).translate(self._origin), animate=False, force=True
            )
        elif isinstance(self._mode, Connecting) and self._mode.target:
            self.reveal(("components", self._mode.target))

    def words_of_mode(self) -> str:
        """What is under way, for the status line."""
        mode = self._mode
        if isinstance(mode, Connecting):
            return f"connect {mode.source} → {mode.target or '…'}   arrows, Tab or a letter, Enter connects, Esc leaves"
        if not isinstance(mode, Carrying):
            return ""
        if mode.over is None:
            hint = "Enter drops it" if not mode.cargo.fits else "move it onto something it fits"
            return f"carrying {mode.cargo.name}   {hint}, Esc puts it back"
        if mode.fits:
            return f"carrying {mode.cargo.name}: onto {mode.over[1]}   Enter drops, Tab next place, Esc puts it back"
        return f"{mode.cargo.name} does not fit {mode.over[1]}: {mode.cargo.why_not.get(mode.over, '')}"

    def pick_up(self, cargo: Cargo, *, by_mouse: bool = False) -> None:
        """Takes a pattern over from the catalogue."""
        self.feed(PickUp(cargo, by_mouse))

    @property
    def is_busy(self) -> bool:
        """Whether a tool is in use that Escape and Enter belong to."""
        return isinstance(self._mode, Connecting | Carrying)

    def action_walk(self, direction: Direction) -> None:
        """An arrow key."""
        self.feed(Walk(direction))

    def action_hop(self, by: int) -> None:
        """Tab."""
        self.feed(Hop(by))

    def action_connection(self, by: int) -> None:
        """Goes through the connections of the selected box."""
        self.feed(NextConnection(by))

    def action_connect(self) -> None:
        """A connection from the selected box."""
        self.feed(StartConnecting())

    def action_nudge(self, columns: int, rows: int) -> None:
        """Moves the selected box."""
        self.feed(Nudge(columns, rows))

    def action_pan(self, columns: int, rows: int) -> None:
        """Scrolls the drawing."""
        self.scroll_relative(columns, rows, animate=False, force=True)

    def action_centre(self) -> None:
        """Brings the selection, or the drawing, to the middle."""
        self._settle()
        self._measure()
        self.refresh()
        if self._selection is not None and is_drawn(self._scene, self._selection):
            at = self._scene.bounds(self._selection[1])
            self.scroll_to(
                at.column + at.width // 2 + self._origin.x - self.size.width // 2,
                at.row + at.height // 2 + self._origin.y - self.size.height // 2,
                animate=False,
            )
        else:
            self.scroll_to(0, 0, animate=False)

    def on_key(self, event: events.Key) -> None:
        """While something is aimed or carried, letters and Enter belong to the tools."""
        if not self.is_busy:
            return
        taken: Event | None = None
        if event.key == "enter":
            taken = Accept()
        elif event.key in ("escape", "ctrl+g", "q"):
            taken = Cancel()
        elif isinstance(self._mode, Connecting) and event.character:
            named = letters(self._scene, self._mode.source).get(event.character)
            taken = Name(named) if named else None
        if taken is not None:
            event.stop()
            event.prevent_default()
            self.feed(taken)

    # The mouse -------------------------------------------------------------------------------------------------

    def _cell(self, event: events.MouseEvent) -> Point:
        at = event.offset + self.scroll_offset - self._origin
        return at.x, at.y

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Presses a box, pans with the middle button, cancels with the right one."""
        if event.button == 3:
            self.feed(Cancel())
        elif event.button == 2:
            self._panned_from = event.offset
            self.capture_mouse()
        else:
            self.feed(Press(self._cell(event)))
            if isinstance(self._mode, Pressed):
                self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drags what is held."""
        if self._panned_from is not None:
            moved = self._panned_from - event.offset
            self._panned_from = event.offset
            self.scroll_relative(moved.x, moved.y, animate=False, force=True)
        elif not isinstance(self._mode, Resting | Connecting):
            self.feed(Drag(self._cell(event)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Lets go."""
        self._panned_from = None
        self.release_mouse()
        if not isinstance(self._mode, Resting | Connecting):
            inside = self.region.contains(event.screen_x, event.screen_y)
            self.feed(Release(self._cell(event) if inside else None))
