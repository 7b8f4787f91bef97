"""The person's own editor, in the same terminal."""

import contextlib
import os
from pathlib import Path
from typing import Any, Final

from textual.app import App, SuspendNotSupported

TAKE_A_LINE: Final = frozenset(
    ("vi", "vim", "nvim", "gvim", "view", "nano", "pico", "emacs", "emacsclient", "kak", "joe", "jed", "mcedit", "ne")
)
"""Editors that begin at a line when they are told `+LINE`; to others that would be the name of a file."""


def edited(app: App[Any], path: Path, line: int = 1) -> str:
    """Lets the person edit a file in $VISUAL, $EDITOR or vi; returns what went wrong in words, or nothing."""
    import shlex
    import subprocess

    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(command)
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(SuspendNotSupported):  # no terminal of its own to give away
                stack.enter_context(app.suspend())
            place = [f"+{line}"] if Path(words[0]).name in TAKE_A_LINE else []
            code = subprocess.run([*words, *place, str(path)], check=False).returncode
    except (OSError, ValueError, IndexError) as error:
        reason = getattr(error, "strerror", None) or "it is no command"
        return f"{command} cannot be started ({reason}); set $EDITOR to one that can"
    return f"{words[0]} ended with {code}; nothing was changed" if code else ""
