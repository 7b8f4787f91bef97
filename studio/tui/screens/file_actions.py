"""Saving, quitting, and what is recovered when a design is opened again."""

from collections.abc import Callable
from pathlib import Path

from studio.errors import SaveRefused
from studio.files.recent import remember
from studio.files.recording import Recovery
from studio.tui.screens.disk_actions import DiskActions
from studio.tui.screens.entry import Entry, Line
from studio.tui.screens.question import Question
from studio.tui.screens.recovered import Recovered


class FileActions(DiskActions):
    """What is done to files; nothing on disk is ever replaced unasked."""

    _recovery: Recovery | None = None

    def action_save(self) -> None:
        """Saves; asks when the file was changed by somebody else."""
        self.save_then(lambda: None)

    def save_then(self, go_on: Callable[[], None]) -> None:
        """Saves, with all that has to be asked, and goes on when it is saved."""
        if self.session.changed_on_disk:
            self.ask_about_change(lambda: self._save_and(go_on), lambda: self._save_and(go_on))
        else:
            self._save_and(go_on)

    def save_now(self) -> None:
        """Saves over whatever is there."""
        self._save_and(lambda: None)

    def _save_and(self, go_on: Callable[[], None], path: Path | None = None) -> None:
        try:
            target = self.session.save(path)
        except SaveRefused as error:
            self._ask_about_refusal(str(error), go_on, path)
            return
        remember(target)
        self.saved()
        self.tell(f"saved {target.name}")
        go_on()

    def saved(self) -> None:
        """The design was saved."""

    def _ask_about_refusal(self, error: str, go_on: Callable[[], None], path: Path | None) -> None:
        def decide(answer: str | None) -> None:
            if answer == "a":
                self._ask_for_path(go_on)
            elif answer == "t":
                self._save_and(go_on, path)
            else:
                self.tell("✗ not saved; it is all here still, and kept in the journal")

        answers = (("a", "save it under another name"), ("t", "try again"), ("l", "go on working; nothing is lost"))
        self.app.push_screen(Question("Not saved", f"{error}.", answers), decide)

    def action_save_as(self) -> None:
        """Asks for another path and goes on there."""
        self._ask_for_path(lambda: None)

    def _ask_for_path(self, go_on: Callable[[], None]) -> None:
        def answered(answers: dict[str, str] | None) -> None:
            if answers is None:
                return
            path = Path(answers["path"]).expanduser()
            if not path.exists():
                self._save_and(go_on, path)
                return
            question = Question("Save as", f"{path} exists already.", (("n", "leave it alone"), ("o", "replace it")))
            self.app.push_screen(question, lambda answer: self._save_and(go_on, path) if answer == "o" else None)

        line = Line("path", "Save as", str(self.session.path))
        self.app.push_screen(Entry("Save as", (line,), judge=_writable), answered)

    # Quitting --------------------------------------------------------------------------------------------------

    def action_leave_studio(self) -> None:
        """Quits; asks when something is not saved."""
        if not self.session.has_work:
            self._quit_without()
            return
        answers = (("s", "save and quit"), ("d", "quit and forget what is not saved"), ("c", "go on working"))
        text = f"{self.session.path.name} has changes that are not saved."
        self.app.push_screen(Question("Quit", text, answers), self._about_quitting)

    def _about_quitting(self, answer: str | None) -> None:
        if answer == "d":
            self._quit_without()
        elif answer == "s":
            self.save_then(lambda: self.app.exit(0))

    def _quit_without(self) -> None:
        if self.session.is_unsaved:
            self.session.abandon()
        self.app.exit(0)

    # Recovering ------------------------------------------------------------------------------------------------

    def ask_about_recovery(self, recovery: Recovery) -> None:
        """Asks what is to be done with what the journal kept."""
        self._recovery = recovery
        self.app.push_screen(Recovered(self.session, recovery), self._about_recovery)

    def _about_recovery(self, answer: str | None) -> None:
        if answer == "d":
            self.session.discard()
            self.tell(f"discarded; {self.session.path.name} is as it was saved")
        elif answer == "q":
            self.app.exit(0)
        elif answer == "m":
            self.merge_with_file(lambda: None)
        else:
            self.tell("kept what was recovered; ^s saves it")

    def merge_was_left(self) -> None:
        """What was recovered still has to be decided on."""
        if self._recovery is not None and self.session.waits_for_merge:
            self.ask_about_recovery(self._recovery)
        else:
            super().merge_was_left()


def _writable(answers: dict[str, str]) -> str:
    path = Path(answers["path"]).expanduser()
    if path.is_dir():
        return f"{path} is a folder; add a name"
    return "" if path.parent.is_dir() else f"there is no folder {path.parent}"
