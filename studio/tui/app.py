"""The way into the studio: refuses where it cannot be, and loads the rest only then."""

import gc
import os
import sys
from pathlib import Path

from studio.errors import FINE, TenfoldError


def run(path: Path | None) -> int:
    """Runs the studio on a file, or on its start screen; returns the exit code.

    Raises `TenfoldError` when there is no terminal it could run in.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise TenfoldError("the studio needs a terminal; without one use tenfold check, estimate or export")
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise TenfoldError("this terminal (TERM=dumb) cannot show the studio; use tenfold check, estimate or export")
    sys.setswitchinterval(0.0005)  # figures are worked out in a thread; keys come first
    gc.disable()  # until the first drawing is seen: what is made until then stays
    try:
        from studio.diagrams.glyphs import Charset
        from studio.tui.application import StudioApp

        charset: Charset = "ascii" if os.environ.get("TENFOLD_CHARSET") == "ascii" else "unicode"
        app = StudioApp(path, charset=charset)
        code = app.run()
    finally:
        gc.enable()
    return code if code is not None else app.return_code or FINE
