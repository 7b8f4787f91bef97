"""Undo and redo without limit: designs are values that share their parts, so each step just keeps the one before."""

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class Step(NamedTuple, Generic[Value]):
    """One thing done: what it is called, and the values (designs, and what belongs to them) on both sides of it."""

    label: str
    before: Value
    after: Value


class History(Generic[Value]):
    """What was done, and what was undone and can be done again. Doing something new forgets what was undone."""

    def __init__(self, done: Iterable[Step[Value]] = (), undone: Iterable[Step[Value]] = ()) -> None:
        self._done = list(done)
        self._undone = list(undone)

    def did(self, label: str, before: Value, after: Value) -> None:
        """Notes a step; one that changed nothing is not noted."""
        if after != before:
            self._done.append(Step(label, before, after))
            self._undone.clear()

    def joined(self, label: str, after: Value) -> None:
        """Lets `after` be the end of the last step instead: for gestures that arrive in pieces, such as a walk."""
        last = self._done.pop()
        self.did(label, last.before, after)

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, or None."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What redo would do again, or None."""
        return self._undone[-1].label if self._undone else None

    def undo(self) -> Step[Value] | None:
        """Takes the last step back; the design is then its `before`."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step[Value] | None:
        """Does the last undone step again; the design is then its `after`."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]

    def __len__(self) -> int:
        """How many steps can be undone."""
        return len(self._done)
