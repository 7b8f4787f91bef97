"""The design edited as the text it is, in the person's own editor."""

import tempfile
from pathlib import Path

from studio.errors import InvalidDesign, TenfoldError
from studio.files.loading import parse
from studio.tui.screens.base import StudioBase
from studio.tui.screens.broken_text import BrokenText
from studio.tui.screens.text_change import TextChange


class TextActions(StudioBase):
    """Opens the text in $VISUAL or $EDITOR, and takes what comes back only after it was looked at."""

    def action_edit_text(self) -> None:
        """Opens the text at the selection."""
        try:
            text = self.session.text()
        except TenfoldError as error:
            self.tell(f"✗ {error}")
            return
        header = f"[{'.'.join(self.selection)}]" if self.selection else ""
        lines = text.splitlines()
        self._edit_text(text, lines.index(header) + 1 if header in lines else 1)

    def _edit_text(self, text: str, line: int) -> None:
        with tempfile.TemporaryDirectory(prefix="tenfold-") as folder:
            path = Path(folder) / self.session.path.name
            path.write_text(text, encoding="utf-8", newline="")
            wrong = self.open_in_editor(path, line)
            try:
                edited = path.read_bytes().decode()
            except (OSError, UnicodeDecodeError):
                edited, wrong = text, wrong or "what the editor left is no text; nothing was changed"
        if wrong:
            self.tell(f"✗ {wrong}")
        else:
            self._came_back(edited)

    def open_in_editor(self, path: Path, line: int) -> str:
        """Opens a file in the person's editor; what went wrong, or nothing."""
        from studio.tui.editor import edited

        return edited(self.app, path, line)

    def _came_back(self, edited: str) -> None:
        before = self.session.text()
        if edited == before:
            self.tell("the text came back as it was")
            return
        name = self.session.path.name
        try:
            parse(edited, name, self.session.library.pattern_ids)
        except InvalidDesign as error:
            broken = BrokenText(name, error)
            self.app.push_screen(broken, lambda answer: self._about_broken(answer, edited, broken.line))
        else:
            change = TextChange("Edited as text", before, edited, name=name)
            self.app.push_screen(change, lambda answer: self._about_text(answer, edited))

    def _about_broken(self, answer: str | None, edited: str, line: int) -> None:
        if answer == "edit":
            self._edit_text(edited, line)
        else:
            self.tell("dropped; the design is as it was")

    def _about_text(self, answer: str | None, edited: str) -> None:
        if answer == "edit":
            self._edit_text(edited, 1)
        elif answer == "take":
            self.session.rewrite(edited)
            self.tell("edited as text; u takes it back, ^s saves")
        else:
            self.tell("dropped; the design is as it was")
