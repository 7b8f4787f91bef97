"""The application: which screen is shown when."""

import asyncio
import os
import signal
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from studio.configuration import Configuration
from studio.diagrams.glyphs import Charset
from studio.errors import FINE
from studio.tui.curtain import Curtained
from studio.tui.failing import Reporting
from studio.tui.first_look.looks import first_theme
from studio.tui.key_gate import KeyGate
from studio.tui.opening import Opening
from studio.tui.own_keys import OwnKeys
from studio.tui.roles import Roled
from studio.tui.terminal.driver import SWITCH, ReducingDriver
from studio.tui.theme import PLAIN, THEMES, next_theme


class StudioApp(Opening, Curtained, OwnKeys, Reporting):
    """Shows what was opened; the screens do the rest."""

    CSS_PATH = "studio.tcss"
    TITLE = "tenfold"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "end", "Quit", show=False, id="app.quit", tooltip="Quit"),
    ]

    def __init__(
        self,
        path: Path | None,
        *,
        charset: Charset = "unicode",
        picture: str = "",
        settings: Configuration | None = None,
    ) -> None:
        super().__init__(driver_class=self._driver_here())
        self.configure(settings)
        self._path = path
        self.picture_name = picture
        self.charset = charset
        self._gate = KeyGate(self)
        self.animation_level = "none"
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-normal"), (160, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-middle"), (50, "-tall")]
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme or first_theme()

    def _driver_here(self) -> type[Driver] | None:
        """The driver that writes only what differs, where Textual would use the plain one for Linux."""
        return ReducingDriver if self.get_driver_class() is LinuxDriver and os.environ.get(SWITCH) != "plain" else None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that are not ours."""
        return PLAIN

    def on_mount(self) -> None:
        """Opens the file, or the start screen."""
        self._end_on_signals()
        if ReducingDriver.first_look is not None and ReducingDriver.first_look.told_to_go is not None:
            self._told_to_go(128 + ReducingDriver.first_look.told_to_go)
        self.theme_changed_signal.subscribe(self, lambda _: self._colour_again())
        self.mind_the_curtain()
        self.begin(self._path)
        self.report_settings()

    def on_unmount(self) -> None:
        """Brings the journals to the disk, however it ends."""
        for session in self.sessions():
            session.close()

    def _colour_again(self) -> None:
        for screen in self.screen_stack:
            for widget in screen.query(Roled):
                widget.notify_style_update()
                widget.refresh()

    def _end_on_signals(self) -> None:
        """A closed terminal or a polite kill ends the studio by its own door, which restores the terminal."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            try:
                loop.add_signal_handler(number, self._told_to_go, 128 + number)
            except (NotImplementedError, RuntimeError, ValueError):
                return  # not on the main thread: whoever started it there ends it there

    def _told_to_go(self, code: int) -> None:
        for session in self.sessions():
            session.close()  # what was not saved is in the journal, and recovered next time
        self.exit(code)

    @property
    def last_key_at(self) -> float:
        """When a key was handed on, by the monotonic clock."""
        return self._gate.handed_on_at

    async def on_event(self, event: events.Event) -> None:
        """Hands keys on one after the other."""
        if not isinstance(event, events.Key) or event.is_forwarded or not self._gate.holds(event):
            await self._pass_on(event)

    async def hand_on(self, event: events.Key) -> None:
        """Hands a key on that had to wait."""
        await self._pass_on(event)

    async def _pass_on(self, event: events.Event) -> None:
        if not self.takes(event):
            await super().on_event(event)

    # Everywhere ------------------------------------------------------------------------------------------------

    def action_theme(self) -> None:
        """Shows the next theme."""
        self.theme = next_theme(self.theme)

    def action_end(self) -> None:
        """Quits where no design is open; the studio asks for itself."""
        self.exit(FINE)
