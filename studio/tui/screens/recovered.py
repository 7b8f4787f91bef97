"""What a journal kept after the program ended without saving: to be kept, looked at or given up."""

from studio.errors import TenfoldError
from studio.files.recording import Recovery
from studio.session import Session
from studio.tui.screens.question import Question
from studio.tui.screens.text_change import TextChange
from studio.tui.when import time_of_day


class Recovered(Question):
    """Asks about recovered changes; the result is `k` (keep), `d` (discard), `m` (merge), `q` (quit)."""

    def __init__(self, session: Session, recovery: Recovery) -> None:
        self._session = session
        self._recovery = recovery
        count = f"{recovery.changes} change{'s' if recovery.changes != 1 else ''}"
        text = f"{count} recovered from {time_of_day(recovery.at)}"
        is_other = recovery.is_of_another_version
        if is_other:
            text += f"; {session.path.name} was changed by somebody else since."
        else:
            text += f", never saved to {session.path.name}."
        kept = ("m", "merge them into the file as it is now") if is_other else ("k", "keep them")
        given_up = ("d", "discard them" if is_other else "discard them; undo brings them back")
        answers = [kept, given_up, ("v", "show the difference")]
        if is_other:
            answers.append(("q", "quit; it is asked again next time"))
        super().__init__("Recovered", text, answers)
        self.keys = (("Enter", "merges" if is_other else "keeps"), ("d", "discards"), ("v", "shows the difference"))

    def action_leave(self) -> None:
        """Keeps what is there; changes of another version have to be decided on."""
        if not self._recovery.is_of_another_version:
            super().action_leave()

    def answer(self, letter: str) -> None:
        """`v` shows the difference and comes back; the others end it."""
        if letter == "v":
            self._show_difference()
        else:
            super().answer(letter)

    def _show_difference(self) -> None:
        try:
            after = self._session.recovered_text()
        except TenfoldError as error:
            self.notify(str(error), markup=False, severity="error")
            return
        name = self._session.path.name
        change = TextChange("What was recovered", self._session.file_text, after, name=name, is_asked=False)
        self.app.push_screen(change)
