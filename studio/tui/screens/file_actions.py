"""Saving, exporting, reading again, quitting."""

from pathlib import Path

from studio.errors import InvalidDesign, SaveRefused, TenfoldError
from studio.tui.screens.base import StudioBase
from studio.tui.screens.entry import Entry, Line
from studio.tui.screens.question import Question


class FileActions(StudioBase):
    """What is done to files; nothing on disk is ever replaced unasked."""

    def action_save(self) -> None:
        """Saves; asks when the file was changed by somebody else."""
        if self.session.changed_on_disk:
            self._ask_about_change()
        else:
            self._save()

    def _save(self, path: Path | None = None) -> bool:
        try:
            target = self.session.save(path)
        except SaveRefused as error:
            self.tell(f"✗ {error}")
            return False
        self.tell(f"saved {target.name}")
        return True

    def _ask_about_change(self) -> None:
        text = f"{self.session.path.name} was changed by somebody else since it was read."
        answers = (
            ("o", "overwrite it with this design"),
            ("r", "read it again; what is here stays one undo away"),
            ("a", "save this design under another name"),
        )
        self.app.push_screen(Question("Changed on disk", text, answers), self._about_change)

    def _about_change(self, answer: str | None) -> None:
        if answer == "o":
            self._save()
        elif answer == "r":
            self.action_reload()
        elif answer == "a":
            self.action_save_as()

    def action_save_as(self) -> None:
        """Asks for another path and goes on there."""
        line = Line("path", "Save as", str(self.session.path))
        self.app.push_screen(Entry("Save as", (line,), judge=_free_path), self._saved_as)

    def _saved_as(self, answers: dict[str, str] | None) -> None:
        if answers is not None:
            self._save(Path(answers["path"]).expanduser())

    def action_reload(self) -> None:
        """Reads the file again; what was not saved stays one undo away."""
        try:
            self.session.reload()
        except InvalidDesign as error:
            self.tell(f"✗ {error.problems[0]}")
        except TenfoldError as error:
            self.tell(f"✗ {error}")
        else:
            self.tell("read again; u takes it back")

    # Exporting -------------------------------------------------------------------------------------------------

    def action_export(self) -> None:
        """Asks for a format and a place, and writes the file."""
        from studio.exports.frame.formats import formats

        beside = self.session.path.with_suffix("")
        lines = (
            Line("format", "Which format?", "markdown" if "markdown" in formats() else "", formats(), must_offer=True),
            Line("path", f"Where to? empty: {beside.name} with the ending of the format", "", may_be_empty=True),
        )
        self.app.push_screen(Entry("Export", lines), self._export)

    def _export(self, answers: dict[str, str] | None) -> None:
        if answers is None:
            return
        from studio.exports.frame.formats import suffix

        name = answers["format"]
        path = Path(answers["path"]).expanduser() if answers["path"] else self.session.path.with_suffix(suffix(name))
        if path.exists():
            text = f"{path.name} exists already."
            self.app.push_screen(
                Question("Export", text, (("o", "replace it"), ("n", "leave it"))),
                lambda answer: self._write(name, path) if answer == "o" else None,
            )
        else:
            self._write(name, path)

    def _write(self, name: str, path: Path) -> None:
        if path.resolve() == self.session.path.resolve():
            self.tell("✗ that is the design itself; choose another name")
            return
        from studio.exports.frame.formats import rendered

        try:
            content = rendered(name, self.session.analysis)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        except TenfoldError as error:
            self.tell(f"✗ {error}")
        except OSError as error:
            self.tell(f"✗ {path.name} was not written: {error.strerror or error}")
        else:
            self.tell(f"exported {name} to {path}")

    # Quitting --------------------------------------------------------------------------------------------------

    def action_leave_studio(self) -> None:
        """Quits; asks when something is not saved."""
        if not self.session.is_unsaved:
            self.app.exit(0)
            return
        answers = (("s", "save and quit"), ("d", "quit and forget what is not saved"), ("c", "go on working"))
        text = f"{self.session.path.name} has changes that are not saved."
        self.app.push_screen(Question("Quit", text, answers), self._about_quitting)

    def _about_quitting(self, answer: str | None) -> None:
        if answer == "d":
            self.app.exit(0)
        elif answer == "s":
            if self.session.changed_on_disk:
                self._ask_about_change()
            elif self._save():
                self.app.exit(0)


def _free_path(answers: dict[str, str]) -> str:
    path = Path(answers["path"]).expanduser()
    if path.exists():
        return f"{path.name} exists already; choose another name"
    return "" if path.parent.is_dir() else f"there is no folder {path.parent}"
