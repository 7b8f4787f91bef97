"""The one mutable thing: which design is open, what was done to it, what was taken back, what is saved."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from studio.analysis import Analysis
from studio.catalogue.library import Library
from studio.edits.edit import Edit, applied
from studio.edits.history import History
from studio.files.loading import Loaded, fingerprint, parse, read
from studio.files.saving import changed_on_disk, merged, save
from studio.files.starting import sample_text
from studio.model.design import Design
from studio.opening import library_for, load


class Session:
    """A design being worked on.

    Everything that changes goes through `do`, `undo`, `redo` and `save`; whoever shows it listens with `on_change`.
    """

    def __init__(self, loaded: Loaded, library: Library, *, today: date | None = None) -> None:
        self._loaded = loaded
        self._library = library
        self._today = today
        self._design = loaded.design
        self._history = History()
        self._analysis: Analysis | None = None
        self._listeners: list[Callable[[], None]] = []

    @classmethod
    def open(cls, path: Path) -> "Session":
        """A session on a file. Raises `InvalidDesign` with all problems of the file."""
        return cls(*load(path))

    @classmethod
    def from_sample(cls, sample: str, path: Path) -> "Session":
        """A session on a copy of a sample that will be saved to `path`; it counts as unsaved."""
        library = library_for(path)
        text = sample_text(sample)
        return cls(Loaded(parse(text, sample), text, path, ""), library)

    @property
    def design(self) -> Design:
        """The design as it stands."""
        return self._design

    @property
    def path(self) -> Path:
        """Where it is saved."""
        return self._loaded.path

    @property
    def library(self) -> Library:
        """The catalogue that belongs to it."""
        return self._library

    @property
    def analysis(self) -> Analysis:
        """Everything derived from the design as it stands."""
        if self._analysis is None:
            self._analysis = Analysis(self._design, self._library, today=self._today)
        return self._analysis

    @property
    def is_unsaved(self) -> bool:
        """Whether the file says something else than the design."""
        return self._design != self._loaded.design or not self._loaded.fingerprint

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

    def do(self, edit: Edit, *, join: bool = False) -> None:
        """Makes an edit. `join` makes it part of the last step: a gesture that arrives in pieces.

        Raises `EditRefused`, with the design unchanged, when it cannot be made.
        """
        after = applied(edit, self._design)
        if join and self._history.undo_label == edit.label:
            self._history.joined(edit.label, after)
        else:
            self._history.did(edit.label, self._design, after)
        self._show(after)

    def undo(self) -> str | None:
        """Takes the last step back; its label, or None when there is none."""
        step = self._history.undo()
        if step is not None:
            self._show(step.before)
        return step.label if step else None

    def redo(self) -> str | None:
        """Does the last undone step again; its label, or None when there is none."""
        step = self._history.redo()
        if step is not None:
            self._show(step.after)
        return step.label if step else None

    def text(self) -> str:
        """The file as saving would write it: the person's text with what changed."""
        return merged(self._loaded.text, self._loaded.design, self._design)

    @property
    def changed_on_disk(self) -> bool:
        """Whether somebody else changed the file since it was read or saved."""
        return bool(self._loaded.fingerprint) and changed_on_disk(self._loaded)

    def save(self, path: Path | None = None) -> Path:
        """Writes the design, here or to another path, and goes on there. Raises `SaveRefused`."""
        target, text = path or self.path, self.text()
        save(target, text)
        self._loaded = Loaded(self._design, text, target, fingerprint(text.encode()))
        for listener in self._listeners:
            listener()
        return target

    def reload(self) -> None:
        """Reads the file again and forgets what was not saved, as a step that can be undone."""
        loaded = read(self.path, known_patterns=self._library.pattern_ids)
        self._loaded = loaded
        self._history.did("reload", self._design, loaded.design)
        self._show(loaded.design)

    def _show(self, design: Design) -> None:
        self._design = design
        self._analysis = None
        for listener in self._listeners:
            listener()
