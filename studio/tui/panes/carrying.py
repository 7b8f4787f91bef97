"""A list whose rows can be dragged off it with the mouse."""

from collections.abc import Callable

from textual import events

from studio.tui.lines.line_list import LineList
from studio.tui.messages import CarriedByMouse, CarryWanted


class CarriedList(LineList):
    """Press on a row, move, and it is carried; `carries` says what a row carries, None for rows that stay."""

    def __init__(self, *, empty: str, carries: Callable[[str], str | None]) -> None:
        super().__init__(empty=empty)
        self._carries = carries
        self._held: tuple[str, int, int] | None = None
        self._is_away = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Takes hold of a row; the right button lets go of it."""
        if event.button != 1:
            self._end(event, cancelled=True)
            return
        found = self.row_at(event)
        what = self._carries(found.key) if found is not None else None
        if found is not None and what is not None:
            self.point(found.key)
            self._held = (what, event.screen_x, event.screen_y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Carries the row once the mouse has left the cell it was pressed in."""
        if self._held is None:
            return
        what, x, y = self._held
        at = (event.screen_x, event.screen_y)
        if not self._is_away and at != (x, y):
            self._is_away = True
            self.post_message(CarryWanted(what, at))
        elif self._is_away:
            self.post_message(CarriedByMouse(at))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Lets go."""
        self._end(event, cancelled=False)

    def _end(self, event: events.MouseEvent, *, cancelled: bool) -> None:
        was_away, self._held, self._is_away = self._is_away, None, False
        self.release_mouse()
        if was_away:
            at = (event.screen_x, event.screen_y)
            self.post_message(CarriedByMouse(at, let_go=True, cancelled=cancelled))
            event.stop()

    def let_go(self) -> None:
        """Forgets what is held: the carrying was cancelled elsewhere."""
        self._held, self._is_away = None, False
        self.release_mouse()
