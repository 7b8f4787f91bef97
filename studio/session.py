"""The one mutable thing: which design is open, what was done to it, what was taken back, what is saved."""

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import NamedTuple

from studio.analysis import Analysis
from studio.catalogue.library import Library
from studio.edits.edit import Edit, applied
from studio.edits.history import History, Step
from studio.errors import TenfoldError
from studio.files.journal import MARKS, Journal, claimed
from studio.files.loading import Loaded, fingerprint, parse, read
from studio.files.reconciling import Reconciled, reconciled
from studio.files.recording import Record, Recovery
from studio.files.remembering import Moment, Remembered, remembered
from studio.files.saving import merged, save
from studio.files.standing import Stand, is_sound
from studio.files.starting import sample_text
from studio.files.watching import is_another, stamp
from studio.model.design import Design
from studio.opening import library_for, load, usable_settings


class Merge(NamedTuple):
    """The file as somebody else left it, and what this design and that one are together."""

    theirs: Loaded
    found: Reconciled


class Session:
    """A design being worked on.

    Everything that changes goes through `do`, `undo`, `redo`, `rewrite`, `save`, `reload` and `take_merged`; whoever
    shows it listens with `on_change`. With a journal (`keep`) it is all written down as it is done.
    """

    def __init__(self, loaded: Loaded, library: Library, *, today: date | None = None) -> None:
        self._file = loaded
        self._library = library
        self._today = today
        self._now = Stand.on(loaded.design, loaded.text, loaded.design)
        self._settled: frozenset[str] = frozenset((loaded.text,))
        self._history: History[Stand] = History()
        self._analysis: Analysis | None = None
        self.settings = usable_settings(loaded.path, library)
        self._listeners: list[Callable[[], None]] = []
        self._record: Record | None = None
        self._waiting: tuple[Journal, Remembered] | None = None
        self._unread: Journal | None = None
        self._stamp = stamp(loaded.path)

    @classmethod
    def open(cls, path: Path) -> "Session":
        """A session on a file. Raises `InvalidDesign` with all problems of the file."""
        return cls(*load(path))

    @classmethod
    def from_sample(cls, sample: str, path: Path) -> "Session":
        """A session on a copy of a sample that will be saved to `path`; it counts as unsaved."""
        return cls.from_text(sample_text(sample), path)

    @classmethod
    def from_text(cls, text: str, path: Path) -> "Session":
        """A session on a text that will be saved to `path`; it counts as unsaved. Raises `InvalidDesign`."""
        return cls(Loaded(parse(text, path.name), text, path, ""), library_for(path))

    @property
    def design(self) -> Design:
        """The design as it stands."""
        return self._now.design

    @property
    def path(self) -> Path:
        """Where it is saved."""
        return self._file.path

    @property
    def library(self) -> Library:
        """The catalogue that belongs to it."""
        return self._library

    @property
    def analysis(self) -> Analysis:
        """Everything derived from the design as it stands."""
        if self._analysis is None:
            self._analysis = Analysis(self.design, self._library, today=self._today, settings=self.settings)
        return self._analysis

    @property
    def was_ever_saved(self) -> bool:
        """Whether there is a file it was read from or saved to."""
        return bool(self._file.fingerprint)

    @property
    def is_unsaved(self) -> bool:
        """Whether the file says something else than the design."""
        differs = self.design != self._file.design or self._now.text not in self._settled
        return differs or not self.was_ever_saved

    @property
    def has_work(self) -> bool:
        """Whether quitting would lose something: a copy of a sample that nobody touched is nothing to lose."""
        is_touched = self.design != self._file.design or self._now.text not in self._settled
        return is_touched or (self.is_unsaved and len(self._history) > 0)

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again."""
        return self._history.redo_label

    def on_change(self, listener: Callable[[], None]) -> None:
        """Calls `listener` after every change of the design and every save."""
        self._listeners.append(listener)

    # Changing --------------------------------------------------------------------------------------------------

    def do(self, edit: Edit, *, join: bool = False) -> None:
        """Makes an edit. `join` makes it part of the last step: a gesture that arrives in pieces.

        Raises `EditRefused`, with the design unchanged, when it cannot be made.
        """
        self.recall()
        after = self._now.now(applied(edit, self.design))
        if join and self._history.undo_label == edit.label:
            self._join(edit.label, after)
        else:
            self._did(edit.label, after)

    def rewrite(self, text: str) -> None:
        """Lets the design be what a text says, and goes on from that text: its comments and its layout.

        Raises `InvalidDesign`, with the design unchanged, when the text does not load.
        """
        design = parse(text, self.path.name, self._library.pattern_ids)
        self._did("edited as text", Stand.on(design, text, design))

    def _did(self, label: str, after: Stand) -> None:
        self.recall()
        before = self._now
        if after != before:
            self._history.did(label, before, after)
            if self._record is not None:
                self._record.did(label, before, after)
        self._show(after)

    def _join(self, label: str, after: Stand) -> None:
        steps = len(self._history)
        self._history.joined(label, after)
        if self._record is not None and len(self._history) < steps:
            self._record.dropped(label, self._now, after)
        elif self._record is not None:
            self._record.joined(label, self._now, after)
        self._show(after)

    def undo(self) -> str | None:
        """Takes the last step back; its label, or None when there is none."""
        self.recall()
        step = self._history.undo()
        if step is not None:
            if self._record is not None:
                self._record.undid(step.label, self._now, step.before)
            self._show(step.before)
        return step.label if step else None

    def redo(self) -> str | None:
        """Does the last undone step again; its label, or None when there is none."""
        self.recall()
        step = self._history.redo()
        if step is not None:
            if self._record is not None:
                self._record.redid(step.label, self._now, step.after)
            self._show(step.after)
        return step.label if step else None

    def _show(self, stand: Stand) -> None:
        self._now = stand
        self._analysis = None
        self._tell()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    # The file --------------------------------------------------------------------------------------------------

    def text(self) -> str:
        """The file as saving would write it: the person's text with what changed. Raises `SaveRefused`."""
        basis = self._now.basis
        return merged(basis.text, basis.design, self.design)

    @property
    def file_text(self) -> str:
        """The file as it was read or saved last."""
        return self._file.text

    @property
    def changed_on_disk(self) -> bool:
        """Whether somebody else changed the file since it was read or saved."""
        return is_another(self._file)

    def looks_changed_on_disk(self) -> bool:
        """The same, but asked of the file only when its time or size has changed: cheap enough to be asked often."""
        now = stamp(self.path)
        if now == self._stamp:
            return False
        changed = self.changed_on_disk
        if not changed:
            self._stamp = now
        return changed

    def save(self, path: Path | None = None) -> Path:
        """Writes the design, here or to another path, and goes on there. Raises `SaveRefused`."""
        self.recall()
        target, text = path or self.path, self.text()
        save(target, text)
        moves = target != self.path
        self._saw(Loaded(self.design, text, target, fingerprint(text.encode())), self._now.text, tells=not moves)
        if moves and self._record is not None:
            self._move_journal(target)
        self._tell()
        return target

    def _saw(self, file: Loaded, basis: str, *, tells: bool = True) -> None:
        """The file is known to hold this, written from that basis."""
        self._file, self._settled, self._stamp = file, frozenset((basis,)), stamp(file.path)
        if tells and self._record is not None:
            self._record.saw(file, self._now)

    def _move_journal(self, target: Path) -> None:
        if self._record is not None:
            self._record.leave(target, self._now)
        self._record = None
        try:
            journal, _ = claimed(target)
        except TenfoldError:
            return  # saved it is; the next change finds no journal, as where no state folder can be
        self._begin(journal)

    def reload(self) -> None:
        """Reads the file again and forgets what was not saved, as a step that can be undone. Raises `InvalidDesign`."""
        loaded = self._read()
        self.settings = usable_settings(loaded.path, self._library)
        self._did("read again", Stand.on(loaded.design, loaded.text, loaded.design))
        self._saw(loaded, loaded.text)
        self._tell()

    def _read(self) -> Loaded:
        return read(self.path, known_patterns=self._library.pattern_ids)

    def merge(self, theirs_at: Collection[tuple[str, ...]] = ()) -> Merge:
        """What the design and the file, as somebody else left it, are together; nothing is changed yet.

        Raises `InvalidDesign` when the file does not load, `TenfoldError` when the two cannot both be true.
        """
        theirs = self._read()
        base, mine = self._file.design, self.design
        if self._waiting is not None:
            found = self._waiting[1]
            base, mine = Stand.at(found.saved).design, Stand.at(found.now).design
        return Merge(theirs, reconciled(base, mine, theirs.design, theirs_at))

    def take_merged(self, merge: Merge) -> None:
        """Goes on with what was merged, as one step; the file's own comments and layout are kept."""
        if self._waiting is not None:
            self._remember(*self._waiting)
            self._now = Stand.at(self._waiting[1].now)
            self._waiting = None
        theirs = merge.theirs
        label = f"merge with {self.path.name}"
        self._did(label, Stand.on(merge.found.design, theirs.text, theirs.design))
        self._saw(theirs, theirs.text)
        self._tell()

    # The journal -----------------------------------------------------------------------------------------------

    def keep(self, journal: Journal) -> Recovery | None:
        """Writes into a journal from now on, and takes what is in it: the history, and what was never saved.

        Changes of the file's own version are there at once, and `discard` takes them back. Those of another version
        wait for `take_merged` or `discard`; nothing is written into the journal until then.
        """
        if journal.ends_saved and journal.last.get(MARKS) == self._file.fingerprint:
            self._unread = journal
            return None
        found = remembered(journal.lines())
        if found is None or not is_sound(found):
            self._begin(journal)
            return None
        is_known = found.fingerprint == self._file.fingerprint
        now = Stand.at(found.now)
        if now.design == self.design and (is_known or found.is_unsaved) and now.text == found.saved.text:
            self._remember(journal, found)
            if not is_known and self._record is not None:
                self._record.saw(self._file, self._now)  # saved, and ended before that was written down
            return None
        if not found.is_unsaved:
            self._begin(journal)
            return None
        if is_known:
            self._remember(journal, found)
            self._show(now)
        else:
            self._waiting = (journal, found)
        return Recovery(found.changes, found.at, not is_known)

    def recall(self) -> None:
        """Takes the history over from the journal of a file that is as it was left. Every change does this first; it
        takes a moment, and whoever shows what can be undone asks for it when there is time."""
        journal, self._unread = self._unread, None
        if journal is None:
            return
        found = remembered(journal.lines())
        if found is None or found.fingerprint != self._file.fingerprint:
            self._begin(journal)
        else:
            self._remember(journal, found)

    def _begin(self, journal: Journal) -> None:
        if not journal.ends_saved:
            journal.set_aside()  # unsaved work of somebody, which could not be read or was not wanted
        self._record = Record(journal)
        self._record.begin(self._file)

    def _remember(self, journal: Journal, found: Remembered) -> None:
        self._record = Record(journal)
        self._record.go_on(found, self._file)
        self._settled |= {found.saved.text}
        self._history = _history(found)

    @property
    def waits_for_merge(self) -> bool:
        """Whether changes of another version of the file were found, and nobody has decided about them."""
        return self._waiting is not None

    def recovered_text(self) -> str:
        """The file as it would be with what was recovered. Raises `TenfoldError` when that cannot be told."""
        if self._waiting is None:
            return self.text()
        merge = self.merge()
        return merged(merge.theirs.text, merge.theirs.design, merge.found.design)

    def discard(self, label: str = "discard what was recovered") -> None:
        """Gives up what was recovered, or what was not saved: the design is the file's again. It can be undone, if
        the file is the one the changes were made on; else the journal is set aside."""
        if self._waiting is not None:
            journal = self._waiting[0]
            self._waiting = None
            self._begin(journal)
        else:
            self._did(label, Stand.on(self._file.design, self._file.text, self._file.design))

    def abandon(self) -> None:
        """Ends the session and forgets what was not saved: nothing will be recovered."""
        if self.was_ever_saved:
            self.discard("forget what was not saved")
        elif self._record is not None:
            self._record.journal.path.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Brings the journal to the disk and lets the file go; the design stays as it is."""
        journal = self._waiting[0] if self._waiting else self._record.journal if self._record else self._unread
        self._waiting = self._record = self._unread = None
        if journal is not None:
            journal.close()


def _history(found: Remembered) -> History[Stand]:
    """The steps of a journal; what follows on one another shares one stand."""
    stands: dict[int, Stand] = {}

    def stand(moment: Moment) -> Stand:
        return stands.setdefault(id(moment), Stand.at(moment))

    done, undone = (
        [Step(step.label, stand(step.before), stand(step.after)) for step in steps]
        for steps in (found.done, found.undone)
    )
    return History(done, undone)
