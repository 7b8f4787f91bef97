"""The first look goes, and the studio itself comes: when all that the first look showed is there again."""

from textual.app import App
from textual.timer import Timer

from studio.paths import state
from studio.tui.first_look import pictures
from studio.tui.screens.showing import Showing
from studio.tui.terminal.driver import ReducingDriver

_LOOK = 0.25
"""Seconds between two looks at whether something else than the design is shown."""
_LONGEST = 3.0
"""Seconds after which the studio is shown as far as it is."""
_SETTLED = 0.15
"""Seconds in which panes that lay themselves out once more have done so."""
_QUIET = 0.6
"""Seconds after which nothing more comes to a screen that is complete."""


class Curtained(App[int]):
    """Lifts the curtain of the driver, and keeps a picture of the screen for the next time."""

    picture_name = ""
    """Under which the picture is kept; empty when there is nothing to keep."""
    _minding: Timer | None = None
    _minded = 0.0

    def mind_the_curtain(self) -> None:
        """Sees to it that nobody waits behind the curtain: for a question, or for too long."""
        driver = self._driver
        if isinstance(driver, ReducingDriver) and driver.first_look is not None:
            self._minding = self.set_interval(_LOOK, self._mind)

    def _mind(self) -> None:
        self._minded += _LOOK
        if self._minded >= _LONGEST or not isinstance(self.screen, Showing):
            self.lift_curtain()

    def drawing_is_shown(self) -> None:
        """The drawing is there: enough to lift the curtain where the first look showed no more."""
        driver = self._driver
        if isinstance(driver, ReducingDriver) and driver.first_look is not None and not driver.first_look.picture:
            self.lift_curtain()

    def all_is_shown(self) -> None:
        """Everything is told to the panes; they show it within a few turns of the loop."""
        self.set_timer(_SETTLED, self.lift_curtain)
        if self.picture_name:
            self.set_timer(_QUIET, self._keep_picture)

    def lift_curtain(self) -> None:
        """Shows what has gathered."""
        if self._minding is not None:
            self._minding.stop()
        if isinstance(self._driver, ReducingDriver):
            self._driver.lift()

    def _keep_picture(self) -> None:
        screen, driver = self.screen, self._driver
        if isinstance(screen, Showing) and isinstance(driver, ReducingDriver) and screen.is_untouched:
            folder = state() / "pictures"
            if not pictures.kept(folder, self.picture_name):
                pictures.keep(folder, self.picture_name, driver.picture())
        self.picture_name = ""
