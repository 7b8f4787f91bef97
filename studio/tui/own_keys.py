"""The person's own keys and colours on the application, and keys that are taken before anything else sees them."""

from typing import Protocol

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from studio.configuration import Configuration, configuration
from studio.tui.fence import Rebinding
from studio.tui.keymap import Keymap


class KeyTaker(Protocol):
    """Takes every key until it is done: the letters behind Space, the letters of a jump."""

    def take_key(self, event: events.Key) -> None:
        """A key was pressed."""

    def take_press(self, at: tuple[int, int]) -> bool:
        """The mouse was pressed at a place of the screen; whether it was meant for it. Else it ends."""


class OwnKeys(Rebinding, App[int]):
    """Knows what a person set for all designs."""

    settings: Configuration = Configuration()
    _taker: KeyTaker | None = None
    _taken_on: Screen[object] | None = None

    def configure(self, settings: Configuration | None) -> None:
        """Takes the person's settings over, before any screen is made."""
        self.settings = configuration() if settings is None else settings
        self.keymap = self.settings.keys
        self.lay_over(self)

    def report_settings(self) -> None:
        """Says what is wrong with the person's settings, once all that was asked for is on the screen."""
        if self.settings.problems or self.settings.keys:
            self.call_after_refresh(self.run_worker, self._judge_settings, thread=True, group="settings")

    def _judge_settings(self) -> None:
        from studio.tui.keymap import report

        problems = report(self.settings)
        if problems:
            self.call_from_thread(self._show_problems, problems)

    def _show_problems(self, problems: tuple[str, ...]) -> None:
        from studio.tui.lines.rows import words
        from studio.tui.screens.page import Page

        head = words("file", f"{self.settings.path}:", wraps=True)
        rows = [words(str(number), f"✗ {text}", wraps=True, indent=2) for number, text in enumerate(problems)]
        page = Page("Your configuration", [head, *rows])
        page.shape = "-wide"
        self.push_screen(page)

    def give_keys_to(self, taker: KeyTaker | None) -> None:
        """Lets something take every key of the screen that is on top; None ends it."""
        self._taker = taker
        self._taken_on = self.screen if taker is not None else None

    def takes(self, event: events.Event) -> bool:
        """Whether an event was taken before anything else could see it."""
        taker = self._taker
        if taker is None or event.is_forwarded:
            return False
        if self._taken_on is not self.screen:
            self.give_keys_to(None)  # something else opened over it
            return False
        if isinstance(event, events.Key):
            taker.take_key(event)
            return True
        return isinstance(event, events.MouseDown) and taker.take_press((event.screen_x, event.screen_y))


def keymap_of(node: DOMNode) -> Keymap:
    """The person's own keys, as the application of a widget knows them."""
    app = node.app
    return app.keymap if isinstance(app, Rebinding) else {}
