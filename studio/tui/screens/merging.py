"""What a merge takes over, and where both sides did something else: there the person chooses."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from studio.files.reconciling import Conflict, Reconciled
from studio.model.address import Address, dotted
from studio.text import one_line, shortened
from studio.tui.bindings import key
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.screens.dialog import Dialog


class Merging(Dialog[tuple[Address, ...]]):
    """Shows a merge before it is made; the result is where the file's side is to be taken."""

    shape = "-wide"
    keys = (("Enter", "merge"), ("Space", "mine or the file's"), ("Esc", "leave both as they are"))
    BINDINGS: ClassVar[list[BindingType]] = [
        key("space,left,right", "switch", "switch", "dialog.switch", "Take the other side here"),
    ]

    def __init__(self, name: str, found: Reconciled) -> None:
        super().__init__()
        self.heading = f"Merge with {name}"
        self._found = found
        self._theirs: frozenset[Address] = frozenset()

    def content(self) -> ComposeResult:
        """The list."""
        yield LineList()

    def on_mount(self) -> None:
        """Shows it."""
        super().on_mount()
        self._show()

    def _show(self) -> None:
        self.query_one(LineList).show(list(self._rows()))

    def _rows(self) -> Iterator[Row]:
        taken, conflicts = self._found.taken, self._found.conflicts
        yield row(
            "merge", f"Merge: {_counted(len(taken), 'change')} of the file, {_counted(len(conflicts), 'conflict')}"
        )
        if not taken and not conflicts:
            yield words("text", Span("Only comments and layout differ; those of the file are taken over.", "dim"))
        if conflicts:
            yield words("both", Span("Changed on both sides", "title"))
        for number, conflict in enumerate(conflicts):
            yield from self._conflict(number, conflict)
        if taken:
            yield words("taken", Span("Taken over from the file", "title"))
        for number, address in enumerate(taken):
            yield words(f"taken:{number}", Span("+ ", "good"), one_line(dotted(address)))

    def _conflict(self, number: int, conflict: Conflict) -> Iterator[Row]:
        theirs = conflict.address in self._theirs
        yield row(f"conflict:{number}", Span("! ", "warning"), one_line(dotted(conflict.address)))
        for is_theirs, name, value in ((False, "mine", conflict.mine), (True, "file", conflict.theirs)):
            is_kept = is_theirs == theirs
            sign = Span("    ● " if is_kept else "    ○ ", "accent" if is_kept else "faint")
            said = Span(f"{name}  {_said(value)}", "strong" if is_kept else "dim")
            yield words(f"conflict:{number}:{name}", sign, said)

    def action_switch(self) -> None:
        """Takes the other side at the conflict under the cursor."""
        sort, _, number = (self.query_one(LineList).cursor or "").partition(":")
        if sort == "conflict":
            self._theirs ^= {self._found.conflicts[int(number)].address}
            self._show()

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.dismiss(tuple(c.address for c in self._found.conflicts if c.address in self._theirs))


def _counted(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'s' if count != 1 else ''}"


def _said(value: Any) -> str:
    if value is None:
        return "(taken away)"
    if isinstance(value, dict):
        inside = ", ".join(f"{name} = {_said(inner)}" for name, inner in value.items())
        return shortened(one_line(inside), 70)
    return shortened(one_line(json.dumps(value, ensure_ascii=False, default=_plain)), 70)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
