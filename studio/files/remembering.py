"""A journal read again: every step with the documents on both sides of it, and what the file held when last seen."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

from studio.files.differences import Document, between, changed
from studio.files.journal import BEGINS, MARKS
from studio.files.loading import validated
from studio.model.design import Design
from studio.model.document import document

VERSION: Final = 1
MOST_STEPS: Final = 2000
"""Steps that are kept from one run to the next."""


class Moment(NamedTuple):
    """The design at one moment: what it says, and the person's text it is written from."""

    document: Document
    text: str


class Step(NamedTuple):
    """One thing done."""

    label: str
    before: Moment
    after: Moment


class Remembered(NamedTuple):
    """What a journal says."""

    path: Path
    """The design file."""
    fingerprint: str
    """Of the file when last seen; empty when it was never written."""
    saved: Moment
    """What the file said then."""
    now: Moment
    done: tuple[Step, ...]
    undone: tuple[Step, ...]
    """What can be done again, the last undone last."""
    changes: int
    """Steps since the file was last seen."""
    at: float
    """When the last of them was made: seconds since 1970."""
    length: int
    """Bytes of the journal that could be read."""

    @property
    def is_unsaved(self) -> bool:
        """Whether the design says something the file did not say."""
        return self.now != self.saved


class _Replay:
    """The events of a journal, done again on documents."""

    def __init__(self, first: dict[str, Any]) -> None:
        text = first["text"]
        start = changed(document(_parsed(text)), first.get("patch", {}))
        self.now = self.saved = Moment(start, text)
        self.path, self.fingerprint = Path(first["file"]), str(first["fingerprint"])
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self.changes, self.at = 0, float(first["at"])

    def take(self, event: dict[str, Any]) -> None:
        """Does one event. Raises LookupError, TypeError or ValueError, with nothing changed, when it does not fit."""
        after = Moment(changed(self.now.document, event.get("patch", {})), event.get("text", self.now.text))
        at = float(event.get("at", self.at))
        if MARKS in event:
            self.fingerprint, self.saved, self.changes = str(event[MARKS]), after, 0
            return
        if "do" in event:
            self.done.append(Step(event["do"], self.now, after))
            self.undone.clear()
        elif "join" in event:
            self.done.append(Step(event["join"], self.done.pop().before, after))
            self.undone.clear()
        elif "drop" in event:
            self.done.pop()
        elif "undo" in event:
            self.undone.append(self.done.pop())
            after = self.undone[-1].before
        else:
            self.done.append(self.undone.pop())
            after = self.done[-1].after
        self.now, self.at = after, at
        self.changes += 0 if "join" in event else -1 if "drop" in event else 1


def remembered(lines: Iterable[tuple[dict[str, Any], int]]) -> Remembered | None:
    """What a journal says, up to its first line that is torn or does not fit; None when it says nothing."""
    replay: _Replay | None = None
    length = 0
    for event, end in lines:
        try:
            if replay is None:
                if event.get(BEGINS) != VERSION:
                    return None
                replay = _Replay(event)
            else:
                replay.take(event)
        except (LookupError, TypeError, ValueError, AttributeError):
            break
        length = end
    if replay is None:
        return None
    return Remembered(
        replay.path,
        replay.fingerprint,
        replay.saved,
        replay.now,
        tuple(replay.done[-MOST_STEPS:]),
        tuple(replay.undone),
        max(replay.changes, 1),
        replay.at,
        length,
    )


def _parsed(text: str) -> Design:
    import tomllib

    return validated(tomllib.loads(text))


def design_of(found: Document) -> Design:
    """The design a document means. Raises `pydantic.ValidationError` when the document was no design's."""
    return validated(found)


def beginning(path: Path, text: str, fingerprint: str, at: float) -> dict[str, Any]:
    """The first line of a journal: a file as it was read, or a text that was never saved."""
    return {BEGINS: VERSION, "file": str(path.absolute()), "text": text, "fingerprint": fingerprint, "at": at}


def shortened(found: Remembered, text: str, at: float) -> list[dict[str, Any]]:
    """The lines of a journal that says the same with its first steps forgotten; `text` is what the file holds."""
    moment = found.done[0].before if found.done else found.now
    first = beginning(found.path, text, found.fingerprint, at)
    lines = [{**first, "patch": between(document(_parsed(text)), moment.document)}]
    said = text
    for step in found.done:
        line = {"do": step.label, "patch": between(moment.document, step.after.document), "at": at}
        lines.append(line if step.after.text == said else {**line, "text": step.after.text})
        moment, said = step.after, step.after.text
    return [*lines, {MARKS: found.fingerprint, "at": at}]
