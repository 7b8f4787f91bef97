"""The application: which screen is shown when."""

import asyncio
import contextlib
import os
import shlex
import signal
import subprocess
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from studio.diagrams.glyphs import Charset
from studio.errors import COULD_NOT_RUN, FINE, InvalidDesign, TenfoldError
from studio.files.saving import save
from studio.files.starting import blank, sample_ids, sample_text
from studio.session import Session
from studio.tui.key_gate import KeyGate
from studio.tui.roles import Roled
from studio.tui.screens.entry import Entry, Line
from studio.tui.screens.problems import Problems
from studio.tui.screens.start import Start
from studio.tui.screens.studio import StudioScreen
from studio.tui.terminal.driver import SWITCH, ReducingDriver
from studio.tui.theme import PLAIN, THEMES, first_theme, next_theme


class StudioApp(App[int]):
    """Opens a design, or offers what there is to open; the screens do the rest."""

    CSS_PATH = "studio.tcss"
    TITLE = "tenfold"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "end", "Quit", show=False, id="app.quit", tooltip="Quit"),
    ]

    def __init__(self, path: Path | None, *, charset: Charset = "unicode") -> None:
        super().__init__(driver_class=self._driver_here())
        self._path = path
        self._charset = charset
        self._gate = KeyGate(self)
        self.animation_level = "none"
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-normal"), (160, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-middle"), (50, "-tall")]
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = first_theme()

    def _driver_here(self) -> type[Driver] | None:
        """The driver that writes only what differs, where Textual would use the plain one for Linux."""
        return ReducingDriver if self.get_driver_class() is LinuxDriver and os.environ.get(SWITCH) != "plain" else None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for themes that are not ours."""
        return PLAIN

    def on_mount(self) -> None:
        """Opens the file, or the start screen."""
        self._end_on_signals()
        self.theme_changed_signal.subscribe(self, lambda _: self._colour_again())
        if self._path is None:
            self._start()
        else:
            self.open(self._path)

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
                loop.add_signal_handler(number, self.exit, 128 + number)
            except (NotImplementedError, RuntimeError, ValueError):
                return  # not on the main thread: whoever started it there ends it there

    async def on_event(self, event: events.Event) -> None:
        """Hands keys on one after the other."""
        if not isinstance(event, events.Key) or event.is_forwarded or not self._gate.holds(event):
            await super().on_event(event)

    async def hand_on(self, event: events.Key) -> None:
        """Hands a key on that had to wait."""
        await super().on_event(event)

    # Opening ---------------------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Opens a design file; one that cannot be read is shown with its problems."""
        try:
            session = Session.open(path)
        except InvalidDesign as error:
            screen = Problems(path.name, error)
            self.push_screen(screen, lambda answer: self._about_problems(path, screen.line, answer))
        else:
            self.work_on(session)

    def work_on(self, session: Session) -> None:
        """Shows a session."""
        self.push_screen(StudioScreen(session, charset=self._charset))

    def _about_problems(self, path: Path, line: int, answer: str | None) -> None:
        if answer == "edit":
            self._edit(path, line)
            self.open(path)
        elif answer == "again":
            self.open(path)
        else:
            self.exit(COULD_NOT_RUN)

    def _edit(self, path: Path, line: int) -> None:
        command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
        with self.suspend(), contextlib.suppress(OSError):
            subprocess.run([*command, f"+{line}", str(path)], check=False)

    # Starting --------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self.push_screen(Start(_samples()), self._begin)

    def _begin(self, answer: str | None) -> None:
        sort, _, id_ = (answer or "quit").partition(":")
        if sort == "sample":
            self.work_on(Session.from_sample(id_, _free(Path.cwd() / f"{id_}.toml")))
        elif sort == "open":
            line = Line("path", "Which file?")
            self.push_screen(Entry("Open a design", (line,), judge=_is_file), self._open_answered)
        elif sort == "new":
            lines = (Line("name", "What is the system called?"), Line("path", "Where is it kept?", "design.toml"))
            self.push_screen(Entry("New design", lines, judge=_is_free), self._new_answered)
        else:
            self.exit(FINE)

    def _open_answered(self, answers: dict[str, str] | None) -> None:
        if answers is None:
            self._start()
        else:
            self.open(Path(answers["path"]).expanduser())

    def _new_answered(self, answers: dict[str, str] | None) -> None:
        if answers is None:
            self._start()
            return
        path = Path(answers["path"]).expanduser()
        try:
            save(path, blank(answers["name"]))
        except TenfoldError as error:
            self.notify(str(error), markup=False, severity="error")
            self._start()
        else:
            self.open(path)

    # Everywhere ------------------------------------------------------------------------------------------------

    def action_theme(self) -> None:
        """Shows the next theme."""
        self.theme = next_theme(self.theme)

    def action_end(self) -> None:
        """Quits where no design is open; the studio asks for itself."""
        self.exit(FINE)


def _samples() -> dict[str, tuple[str, str]]:
    """Name and first sentence of each sample, by id."""
    import tomllib

    found: dict[str, tuple[str, str]] = {}
    for id_ in sample_ids():
        about = tomllib.loads(sample_text(id_)).get("design", {})
        overview = str(about.get("overview", "")).split(". ")[0]
        found[id_] = (str(about.get("name", id_)), overview)
    return found


def _free(path: Path) -> Path:
    """The path, numbered when there is such a file already: a sample never replaces anything."""
    if not path.exists():
        return path
    return next(p for n in range(2, 10_000) if not (p := path.with_stem(f"{path.stem}_{n}")).exists())


def _is_file(answers: dict[str, str]) -> str:
    path = Path(answers["path"]).expanduser()
    return "" if path.is_file() else f"there is no file {path}"


def _is_free(answers: dict[str, str]) -> str:
    path = Path(answers["path"]).expanduser()
    if path.exists():
        return f"{path} exists already; open it instead, or choose another name"
    return "" if path.resolve().parent.is_dir() else f"there is no folder {path.parent}"
