"""The file changed under the studio: noticing it, and what can be done about it."""

from collections.abc import Callable
from typing import ClassVar

from textual import on

from studio.errors import InvalidDesign, TenfoldError
from studio.model.address import Address
from studio.session import Merge
from studio.tui.screens.base import StudioBase
from studio.tui.screens.merging import Merging
from studio.tui.screens.question import Question
from studio.tui.screens.showing import Showing


class DiskActions(StudioBase):
    """Looks at the file now and then, and asks before anything of it is lost."""

    LOOKS_EVERY: ClassVar[float] = 2.0
    """Seconds between two looks at the file; each is one question to the system, and nothing is written."""
    _has_told_of_change = False

    def on_mount(self) -> None:
        """Looks from now on."""
        self.set_interval(self.LOOKS_EVERY, self.look_at_file)

    @on(Showing.Analysed)
    def _recall(self) -> None:
        """The history of earlier runs is read when there is time."""
        self.session.recall()
        self.tell(self._said)

    def look_at_file(self) -> None:
        """Says once when the file has changed on the disk."""
        changed = self.session.was_ever_saved and self.session.looks_changed_on_disk()
        if changed and not self._has_told_of_change and self.app.screen is self:
            gone = not self.session.path.exists()
            happened = "is gone from the disk" if gone else "changed on the disk"
            self.tell(f"! {self.session.path.name} {happened}; F5 says what can be done")
            self._has_told_of_change = True
        elif not changed:
            self._has_told_of_change = False

    def action_reload(self) -> None:
        """Looks at the file again; asks what to do when it has changed."""
        if not self.session.was_ever_saved:
            self.tell("it was never saved; ^s saves it")
        elif self.session.changed_on_disk:
            self.ask_about_change(self.save_now, lambda: None)
        else:
            self.tell(f"{self.session.path.name} is as it was read")

    def save_now(self) -> None:
        """Saves over whatever is there."""
        raise NotImplementedError

    def ask_about_change(self, overwrite: Callable[[], None], merged: Callable[[], None]) -> None:
        """Asks what is to be done about a file that is no longer what was read: `overwrite` saves over it, `merged`
        comes after a merge."""
        name = self.session.path.name
        if not self.session.path.exists():
            text = f"{name} is gone from the disk."
            answers = [("o", "write it anew"), ("a", "save this design under another name")]
        elif not self.session.was_ever_saved:
            text = f"There is a {name} now that was not there before."
            answers = [("a", "save this design under another name"), ("o", "overwrite it with this design")]
        else:
            text = f"{name} was changed by somebody else since it was read."
            answers = [
                ("m", "merge: take over what changed there, keep what changed here"),
                ("r", "read it again; what is here stays one undo away"),
                ("o", "overwrite it with this design"),
                ("a", "save this design under another name"),
            ]
        answers.append(("l", "leave it for now"))
        question = Question("Changed on disk", text, answers)
        self.app.push_screen(question, lambda answer: self._about_change(answer, overwrite, merged))

    def _about_change(self, answer: str | None, overwrite: Callable[[], None], merged: Callable[[], None]) -> None:
        if answer == "o":
            overwrite()
        elif answer == "r":
            self._read_again()
        elif answer == "a":
            self.action_save_as()
        elif answer == "m":
            self.merge_with_file(merged)

    def action_save_as(self) -> None:
        """Asks for another path and goes on there."""
        raise NotImplementedError

    def _read_again(self) -> None:
        try:
            self.session.reload()
        except InvalidDesign as error:
            self.tell(f"✗ {error.problems[0]}")
        except TenfoldError as error:
            self.tell(f"✗ {error}")
        else:
            wrong = self.session.settings.problems if self.session.settings else ()
            self.tell(f"✗ {wrong[0]}" if wrong else "read again; u takes it back")

    # Merging ---------------------------------------------------------------------------------------------------

    def merge_with_file(self, go_on: Callable[[], None]) -> None:
        """Shows what design and file are together, and takes it when it is wanted."""
        merge = self._merge(())
        if merge is None:
            self.call_after_refresh(self.merge_was_left)
            return

        def decide(theirs_at: tuple[Address, ...] | None) -> None:
            chosen = self._merge(theirs_at) if theirs_at is not None else None
            if chosen is None:
                self.merge_was_left()
                return
            self.session.take_merged(chosen)
            self.tell(f"merged with {self.session.path.name}; u takes it back, ^s saves")
            go_on()

        self.app.push_screen(Merging(self.session.path.name, merge.found), decide)

    def merge_was_left(self) -> None:
        """Nothing was merged; what stands in the status line says why, if there was a reason."""

    def _merge(self, theirs_at: tuple[Address, ...]) -> Merge | None:
        try:
            return self.session.merge(theirs_at)
        except InvalidDesign as error:
            self.tell(f"✗ {error.problems[0]}")
        except TenfoldError as error:
            self.tell(f"✗ {error}")
        return None
