"""Jumping: a letter on every row and box in view, and typing it goes there."""

from textual import events

from studio.diagrams.scene import Rectangle
from studio.tui.canvas.where import in_reading_order
from studio.tui.jumping import labels, narrowed
from studio.tui.lines.line_list import LineList
from studio.tui.own_keys import OwnKeys
from studio.tui.panes.pane import Pane
from studio.tui.screens.base import StudioBase


class _Jump:
    """One jump under way: it takes the keys until it has led somewhere."""

    def __init__(self, screen: StudioBase) -> None:
        self._screen = screen
        self._lists = [found for found in _lists(screen) if found.lettered_rows()]
        self._typed = ""
        targets = [f"box:{id_}" for id_ in _boxes(screen)]
        for place, found in enumerate(self._lists):
            targets += (f"{place}:{key}" for key in found.lettered_rows())
        self._labels = dict(zip(targets, labels(len(targets)), strict=False))

    def show(self) -> None:
        """Paints the letters that are left."""
        left = narrowed(self._labels, self._typed)
        boxes = {target[4:]: label for target, label in left.items() if target.startswith("box:")}
        self._screen.canvas.drawing.show_letters(boxes)
        for place, found in enumerate(self._lists):
            head = f"{place}:"
            found.show_letters({t[len(head) :]: label for t, label in left.items() if t.startswith(head)})

    def leave(self) -> None:
        """Takes the letters away."""
        if isinstance(self._screen.app, OwnKeys):
            self._screen.app.give_keys_to(None)
        self._screen.canvas.drawing.show_letters({})
        for found in self._lists:
            found.show_letters({})

    def take_key(self, event: events.Key) -> None:
        """A letter of a label, the number of a pane, or anything else: that leaves."""
        letter = event.character or ""
        if letter and letter in "12345":
            self.leave()
            self._screen.show_pane(int(letter))
            return
        typed = self._typed + letter
        left = narrowed(self._labels, typed) if len(letter) == 1 else {}
        if len(left) == 1:
            self.leave()
            self._go(next(iter(left)))
        elif left:
            self._typed = typed
            self.show()
        else:
            self.leave()
            self._screen.tell("" if event.key in ("escape", "ctrl+g", "ctrl+o") else "no such letter; ^o jumps")

    def take_press(self, at: tuple[int, int]) -> bool:
        """The mouse goes where it likes."""
        del at
        self.leave()
        return False

    def _go(self, target: str) -> None:
        place, _, what = target.partition(":")
        self._screen.tell("")
        if place == "box":
            self._screen.go_to(("components", what))
            return
        found = self._lists[int(place)]
        pane = next((node for node in found.ancestors if isinstance(node, Pane)), None)
        if pane is not None and not pane.has_focus_within:
            self._screen.show_pane(pane.number)
        self._screen.set_focus(found)
        found.point(what)


class JumpActions(StudioBase):
    """Goes to whatever is in view in three keys at most."""

    def action_jump(self) -> None:
        """Puts letters on everything one can go to."""
        if self.canvas.drawing.is_busy or not isinstance(self.app, OwnKeys):
            return
        jump = _Jump(self)
        self.app.give_keys_to(jump)
        jump.show()
        self.tell("jump: type the letters of a box or a row   1-5 a pane   Esc leaves")


def _lists(screen: StudioBase) -> list[LineList]:
    """The lists in view, those of the focused pane first."""
    panes = sorted((pane for pane in screen.panes if pane.display), key=lambda pane: not pane.has_focus_within)
    return [found for pane in panes for found in pane.query(LineList) if found.is_on_screen and found.size.height]


def _boxes(screen: StudioBase) -> list[str]:
    """The boxes in view, as one reads them."""
    drawing = screen.canvas.drawing
    if not screen.canvas.display:
        return []
    scene, seen = drawing.scene, drawing.seen
    return [id_ for id_ in in_reading_order(scene) if _meets(scene.boxes[id_].rectangle, seen)]


def _meets(one: Rectangle, other: Rectangle) -> bool:
    """Whether the upper frame of a box, where its letters go, is in view."""
    across = one.column <= other.right and other.column <= one.right
    return across and other.row <= one.row <= other.bottom
