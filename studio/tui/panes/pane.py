"""What the five panes have in common: a number, a name, and a title that says whether it has the keys."""

from textual import events
from textual.containers import Vertical
from textual.content import Content

from studio.text import one_line
from studio.tui.view import View


class Pane(Vertical):
    """One pane of the studio; `number` is the key that leads to it."""

    number = 0
    called = ""

    def __init__(self, *, identifier: str) -> None:
        super().__init__(id=identifier)
        self._more = ""
        self._title = ""

    def on_mount(self) -> None:
        """Names itself."""
        self.entitle()

    def entitle(self, more: str | None = None) -> None:
        """Sets the title: the name, and `more` behind it."""
        if more is not None:
            self._more = more
        number = f"[{self.number}]" if self.has_focus_within else f" {self.number} "
        text = f"{number} {self.called}{f': {one_line(self._more)}' if self._more else ''}"
        if text != self._title:
            self._title = text
            self.border_title = Content(text)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Shows that it has the keys."""
        del event
        self.entitle()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Shows that it has them no more."""
        del event
        self.call_after_refresh(self.entitle)

    def show(self, view: View) -> None:
        """Shows where the studio stands."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Puts the keys where they are most wanted in this pane."""
        raise NotImplementedError

    def step_out(self) -> bool:
        """Leaves what is under way in this pane; whether there was something to leave."""
        return False
