"""The way into the studio: refuses where it cannot be, shows the first picture, and loads the rest only then."""

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studio.configuration import Configuration, configuration
from studio.errors import FINE, TenfoldError

if TYPE_CHECKING:
    from studio.diagrams.glyphs import Charset
    from studio.tui.first_look.terminal import FirstLook


def run(path: Path | None) -> int:
    """Runs the studio on a file, or on its start screen; returns the exit code.

    Raises `TenfoldError` when there is no terminal it could run in.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TenfoldError("the studio needs a terminal; without one use tenfold check, estimate or export")
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise TenfoldError("this terminal (TERM=dumb) cannot show the studio; use tenfold check, estimate or export")
    os.environ.setdefault("ESCDELAY", "25")  # milliseconds in which a lone Escape may turn out to begin another key
    sys.setswitchinterval(0.0005)  # figures are worked out in a thread; keys come first
    gc.disable()  # until the first drawing is seen: what is made until then stays
    settings = configuration()
    is_ascii = (os.environ.get("TENFOLD_CHARSET") or settings.charset) == "ascii"
    charset: Charset = "ascii" if is_ascii else "unicode"
    first_look, name = _opened(path, charset, settings) if path is not None else (None, "")
    try:
        from studio.tui.application import StudioApp
        from studio.tui.terminal.driver import ReducingDriver

        ReducingDriver.first_look, ReducingDriver.is_ascii = first_look, is_ascii
        app = StudioApp(path, charset=charset, picture=name, settings=settings)
        if first_look is not None:
            first_look.hand_over()
        code = app.run()
    finally:
        gc.enable()
        if first_look is not None:
            first_look.close()
    return code if code is not None else app.return_code or FINE


def _opened(path: Path, charset: "Charset", settings: Configuration) -> "tuple[FirstLook | None, str]":
    """What stands on the screen until all is loaded: as it looked the last time, else the drawing alone; and the name
    under which the next picture of it is kept."""
    from studio.paths import state
    from studio.tui.first_look import looks, pictures, sketch
    from studio.tui.first_look.terminal import FirstLook, size

    if os.environ.get("TENFOLD_DRIVER") == "plain":
        return None, ""
    try:
        content = path.read_bytes()
    except OSError:
        return None, ""
    columns, rows = size()
    theme = settings.theme or looks.first_theme()
    colours = (
        theme,
        charset,
        repr(sorted(settings.keys.items())),
        os.environ.get("TERM", ""),
        os.environ.get("COLORTERM", ""),
    )
    name = pictures.key(content, (*colours, os.environ.get("NO_COLOR", ""), str(path.name), f"{columns}x{rows}"))
    picture = pictures.kept(state() / "pictures", name)
    turning = "⠋⠙⠸⠴⠦⠇" if charset == "unicode" else "|/-\\"
    if picture:
        return FirstLook(picture, picture=picture, turning=turning), name
    drawing = sketch.sketch(content, columns, rows, looks.style_of(theme), charset)
    return (FirstLook(drawing, turning=turning) if drawing else None), name
