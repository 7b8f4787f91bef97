"""The canvas on the screen: the drawing, with keys and mouse as events of the tools."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.timer import Timer

from studio.diagrams.glyphs import Charset
from studio.diagrams.scene import Point
from studio.tui.canvas.keys import KEYS
from studio.tui.canvas.painting import letters
from studio.tui.canvas.tooled import ToolDrawing
from studio.tui.canvas.where import Direction, is_drawn, middle_of, under
from studio.tui.canvas.words import (
    Accept,
    Cancel,
    Connecting,
    Drag,
    Event,
    Follow,
    Hop,
    Mark,
    MarkAll,
    Name,
    NextConnection,
    Nudge,
    Press,
    Pressed,
    Release,
    Resting,
    Select,
    Shifting,
    StartConnecting,
    StartMoving,
    Walk,
)
from studio.tui.messages import CameToRest, CanvasWish, MenuWanted, PasteWanted, Told

EDGE = 2
"""Columns and rows from the edge of the pane within which what is dragged scrolls the drawing."""
EVERY = 0.06
"""Seconds between two steps of such a scroll."""
LEFT, MIDDLE, RIGHT = 1, 2, 3
"""Buttons of the mouse."""


class CanvasView(ToolDrawing):
    """The drawing with its tools, driven by keys and mouse."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, *, charset: Charset = "unicode") -> None:
        super().__init__(charset=charset)
        self._is_on_map = False
        self._pointer: Offset | None = None
        self._scrolling: Timer | None = None

    # Keys ------------------------------------------------------------------------------------------------------

    def action_walk(self, direction: Direction) -> None:
        """An arrow key."""
        before = self._board.selection
        self.feed(Walk(direction))
        if isinstance(self._mode, Resting) and self._board.selection == before:
            self.post_message(CameToRest())

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
        """Moves the chosen boxes."""
        self.feed(Nudge(columns, rows))

    def action_move(self) -> None:
        """The chosen boxes follow the arrow keys."""
        self.feed(StartMoving())

    def action_mark(self) -> None:
        """Marks the selected box, or takes its mark away."""
        self.feed(Mark())

    def action_mark_all(self) -> None:
        """Marks all boxes."""
        self.feed(MarkAll())

    def action_pan(self, columns: int, rows: int) -> None:
        """Scrolls the drawing."""
        self.scroll_relative(columns, rows, animate=False, force=True)

    def action_fit(self) -> None:
        """Shows the drawing from its beginning."""
        self.fit()

    def action_centre(self) -> None:
        """Brings the selection to the middle."""
        if self._selection is not None and is_drawn(self._scene, self._selection):
            self.centre(middle_of(self._scene, self._selection))
        else:
            self.post_message(Told("nothing is selected; 0 shows the drawing from its beginning"))

    def on_key(self, event: events.Key) -> None:
        """While something is aimed, moved or carried, letters and Enter belong to the tools."""
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
        elif isinstance(self._mode, Shifting) and not self._moves(event.key):
            event.stop()
            event.prevent_default()
        if taken is not None:
            event.stop()
            event.prevent_default()
            self.feed(taken)
            if isinstance(taken, Cancel):
                self._let_go()

    def _moves(self, pressed: str) -> bool:
        """Whether a key moves boxes or leaves the screen alone: any other would do something to what is being moved."""
        return any(pressed in keys for keys in (_MOVING, ("f1", "question_mark", "ctrl+l")))

    def on_paste(self, event: events.Paste) -> None:
        """Text pasted by the terminal is taken as copied boxes."""
        event.stop()
        self.post_message(PasteWanted(event.text))

    # The mouse -------------------------------------------------------------------------------------------------

    def _cell(self, event: events.MouseEvent) -> Point:
        at = event.offset + self.scroll_offset - self._origin
        return at.x, at.y

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Presses what is there: with Shift it adds, with Ctrl it follows connections, on the map it scrolls; pans
        with the middle button, opens the menu with the right one."""
        if event.button == RIGHT:
            self._ask_menu(event)
        elif event.button == MIDDLE:
            self._panned_from = event.offset
            self.capture_mouse()
        elif not self.is_busy and self._scroll_by_map(event.offset):
            self._is_on_map = True
            self.capture_mouse()
        else:
            self._press(event)

    def _press(self, event: events.MouseDown) -> None:
        at = self._cell(event)
        over = under(self._scene, at)
        if event.ctrl and over is not None and over[0] == "components":
            self.feed(Follow(over[1]))
            return
        self.feed(Press(at, adds=event.shift))
        if not isinstance(self._mode, Resting | Connecting):
            self.capture_mouse()

    def _ask_menu(self, event: events.MouseDown) -> None:
        if self.is_busy:
            self.feed(Cancel())
            self._let_go()
            return
        over = under(self._scene, self._cell(event))
        if over is not None and over != self._selection and over[1] not in self._board.marked:
            self.post_message(CanvasWish(Select(over)))
        self.post_message(MenuWanted((event.screen_x, event.screen_y)))

    def _scroll_by_map(self, offset: Offset) -> bool:
        place = self.in_map((offset.x, offset.y))
        if place is not None:
            self.centre(place)
        return place is not None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drags what is held."""
        if self._panned_from is not None:
            moved = self._panned_from - event.offset
            self._panned_from = event.offset
            self.scroll_relative(moved.x, moved.y, animate=False, force=True)
        elif self._is_on_map:
            self._scroll_by_map(event.offset)
        elif not isinstance(self._mode, Resting | Connecting | Shifting):
            self.feed(Drag(self._cell(event)))
            if not isinstance(self._mode, Pressed):
                self.scroll_near((event.screen_x, event.screen_y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Lets go."""
        self._let_go()
        if not isinstance(self._mode, Resting | Connecting | Shifting):
            inside = self.region.contains(event.screen_x, event.screen_y)
            self.feed(Release(self._cell(event) if inside else None))

    def _let_go(self) -> None:
        self._panned_from, self._is_on_map = None, False
        self.stop_scrolling()
        self.release_mouse()

    # Scrolling at the edge -------------------------------------------------------------------------------------

    def scroll_near(self, screen: tuple[int, int]) -> None:
        """Scrolls for as long as what is dragged stays near an edge of the pane."""
        self._pointer = Offset(*screen)
        if self._step_there() == (0, 0):
            self.stop_scrolling()
        elif self._scrolling is None:
            self._scrolling = self.set_interval(EVERY, self._scroll_on)

    def stop_scrolling(self) -> None:
        """Ends it."""
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None

    def _step_there(self) -> Point:
        """The way to scroll: towards the edge that is near, where there is something to see."""
        if self._pointer is None:
            return 0, 0
        at, room = self._pointer - self.region.offset, self.scrollable_content_region
        across = (at.x >= room.width - EDGE) - (at.x < EDGE)
        down = (at.y >= room.height - 1) - (at.y < 1)
        before, most = self.scroll_offset, Offset(round(self.max_scroll_x), round(self.max_scroll_y))
        return (
            across * 2 if 0 <= before.x + across <= most.x else 0,
            down if 0 <= before.y + down <= most.y else 0,
        )

    def _scroll_on(self) -> None:
        step = self._step_there()
        if step == (0, 0) or self._pointer is None or isinstance(self._mode, Resting):
            self.stop_scrolling()
            return
        before = self.scroll_offset
        self.scroll_to(before.x + step[0], before.y + step[1], animate=False, force=True, immediate=True)
        at = self._pointer - self.region.offset + self.scroll_offset - self._origin
        self.feed(Drag((at.x, at.y)))


_MOVING = frozenset(
    f"{modifier}{name}" for name in ("left", "right", "up", "down") for modifier in ("", "shift+")
) | frozenset("hjklHJKL")
