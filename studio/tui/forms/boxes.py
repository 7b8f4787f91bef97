"""The boxes one types in: what is pasted cannot act on the terminal, and long texts can be edited elsewhere."""

import os
import shlex
import subprocess
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App, SuspendNotSupported
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, TextArea

from studio.text import control_character, visible
from studio.tui.bindings import key


class ControlsLeftOut(Message):
    """Control characters were pasted; they were left out, because they could act on the terminal."""

    def __init__(self, character: str) -> None:
        super().__init__()
        self.words = f"the text held the control character U+{ord(character):04X}; such characters were left out"


class LineBox(Input):
    """One line."""

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = " ".join(event.text.split())
        found = control_character(text, lines=False)
        if found is not None:
            self.post_message(ControlsLeftOut(found))
        self.replace(without_controls(text), *self.selection)

    def render_line(self, y: int) -> Strip:
        """The line, without what could act on the terminal."""
        return harmless(super().render_line(y))


class TextBox(TextArea):
    """A text of several lines; Ctrl+E edits it in the person's own editor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+e", "outside", "editor", "field.outside", "Edit this text in $EDITOR", hint=True),
    ]

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = event.text.replace("\r\n", "\n").replace("\r", "\n")
        found = control_character(text, lines=True)
        if found is not None:
            self.post_message(ControlsLeftOut(found))
        self.insert(without_controls(text), maintain_selection_offset=False)

    def action_outside(self) -> None:
        """Hands the text to $EDITOR and takes back what was made of it."""
        found = edited_outside(self.app, self.text)
        if isinstance(found, OutsideFailed):
            self.post_message(found)
        elif found != self.text:
            self.load_text(found)
            self.move_cursor(self.document.end)

    def render_line(self, y: int) -> Strip:
        """The line, without what could act on the terminal."""
        return harmless(super().render_line(y))


class OutsideFailed(Message):
    """No other editor could be used; says why."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


def edited_outside(app: App[object], text: str) -> str | OutsideFailed:
    """The text after $VISUAL or $EDITOR was at it, without the line end that every file ends in; or why that failed."""
    from tempfile import TemporaryDirectory

    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with TemporaryDirectory(prefix="tenfold-") as folder:
        path = Path(folder) / "text.md"
        path.write_text(f"{text}\n", encoding="utf-8")
        try:
            with app.suspend():
                ended = subprocess.run([*command, str(path)], check=False)
            changed = path.read_text(encoding="utf-8")
        except SuspendNotSupported:
            return OutsideFailed("this terminal cannot be lent to another editor")
        except (OSError, UnicodeDecodeError) as error:
            return OutsideFailed(f"{command[0]} could not edit the text ({error}); set EDITOR to another program")
    if ended.returncode:
        return OutsideFailed(f"{command[0]} ended with {ended.returncode}; the text is as it was")
    return changed.removesuffix("\n")


def without_controls(text: str) -> str:
    """The text without control characters; tabs and line ends stay."""
    return "".join(c for c in text if c in "\n\t" or control_character(c, lines=True) is None)


def harmless(strip: Strip) -> Strip:
    """A strip whose text cannot act: signs that are no text take no column, so they are simply not painted."""
    if all(segment.text.isascii() and segment.text.isprintable() for segment in strip):
        return strip
    segments = [segment._replace(text=_shown(segment.text)) for segment in strip]
    return Strip(segments, strip.cell_length)


def _shown(text: str) -> str:
    return text if visible(text) == text else "".join(c for c in text if visible(c) == c)
