"""What a session does, as lines of its journal."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from studio.files.differences import difference
from studio.files.journal import MARKS, Journal
from studio.files.loading import Loaded
from studio.files.remembering import MOST_STEPS, Remembered, beginning, shortened
from studio.files.standing import Stand

Clock = Callable[[], float]


class Recovery(NamedTuple):
    """Changes a journal kept and no file has."""

    changes: int
    at: float
    """When the last was made: seconds since 1970."""
    is_of_another_version: bool
    """Whether the file was changed since: they can be merged into it, not just taken."""


class Record:
    """Writes into a journal what is done, and counts along what the journal can take back and do again."""

    def __init__(self, journal: Journal, clock: Clock = time.time) -> None:
        self.journal = journal
        self._clock = clock
        self._done = 0
        self._undone = 0
        self._file: Loaded | None = None

    def begin(self, file: Loaded) -> None:
        """Starts a journal with a file as it was read; what was in the journal is gone."""
        self._file = file
        self._done = self._undone = 0
        self.journal.begin(beginning(file.path, file.text, file.fingerprint, self._clock()))

    def go_on(self, found: Remembered, file: Loaded) -> None:
        """Goes on with the journal as it was read; one that has grown too long is written anew without its start."""
        self._file = file
        self._done, self._undone = len(found.done), len(found.undone)
        if len(found.done) < MOST_STEPS or found.undone or found.is_unsaved:
            self.journal.go_on(found.length)
            return
        first, *rest = shortened(found, file.text, self._clock())
        self.journal.begin(first)
        for line in rest:
            self.journal.note(line)

    def did(self, label: str, before: Stand, after: Stand) -> None:
        """A step was done."""
        self._done, self._undone = self._done + 1, 0
        self._note("do", label, before, after)

    def joined(self, label: str, before: Stand, after: Stand) -> None:
        """The last step now ends elsewhere."""
        if not self._done:
            self.did(label, before, after)
        else:
            self._undone = 0
            self._note("join", label, before, after)

    def dropped(self, label: str, before: Stand, after: Stand) -> None:
        """The last step came to nothing."""
        if not self._done:
            self.did(label, before, after)
        else:
            self._done -= 1
            self._note("drop", label, before, after)

    def undid(self, label: str, before: Stand, after: Stand) -> None:
        """A step was taken back; one from before this journal counts as a step of its own."""
        if not self._done:
            self.did(label, before, after)
        else:
            self._done, self._undone = self._done - 1, self._undone + 1
            self._note("undo", label, before, after)

    def redid(self, label: str, before: Stand, after: Stand) -> None:
        """A step was done again."""
        if not self._undone:
            self.did(label, before, after)
        else:
            self._done, self._undone = self._done + 1, self._undone - 1
            self._note("redo", label, before, after)

    def saw(self, file: Loaded, now: Stand) -> None:
        """The file holds this now."""
        self._file = file
        patch = difference(now.design, file.design)
        event = {MARKS: file.fingerprint, "at": self._clock()}
        self.journal.note({**event, "patch": patch} if patch else event)
        self.journal.settle()

    def _note(self, sort: str, label: str, before: Stand, after: Stand) -> None:
        event: dict[str, Any] = {sort: label, "at": self._clock()}
        if sort not in ("undo", "redo"):
            event["patch"] = difference(before.design, after.design)
            if after.text != before.text:
                event["text"] = after.text
        self.journal.note(event)
        if self.journal.is_broken and self._file is not None:
            self._mend(after)

    def _mend(self, now: Stand) -> None:
        """Begins again with all changes as one step: the disk may have room again."""
        if self._file is None:
            return
        file = self._file
        self.begin(file)
        was = Stand.on(file.design, file.text, file.design)
        if not self.journal.is_broken and now != was:
            self._done = 1
            event: dict[str, Any] = {"do": "earlier changes", "at": self._clock()}
            self.journal.note({**event, "patch": difference(file.design, now.design), "text": now.text})

    def leave(self, path: Path, now: Stand) -> None:
        """The design goes on at another path: this journal ends where its file is."""
        file = self._file
        if file is not None and file.fingerprint:
            was = Stand.on(file.design, file.text, file.design)
            if now != was:
                self.did(f"saved as {path.name}", now, was)
            self.saw(file, was)
        else:
            self.journal.path.unlink(missing_ok=True)
        self.journal.close()
