"""The comments of a text by what they are about: the table or entry below them, or behind which they stand."""

from collections.abc import Sequence

from studio.files.changing import comments_inside
from studio.files.outline import Block, Entry, Remark
from studio.files.writing import Remarks, without_leading_blanks
from studio.model.address import Address


def remarks_of(blocks: Sequence[Block]) -> tuple[dict[Address, Remarks], tuple[str, ...]]:
    """The comments of these tables, and those that follow the last of them.

    A comment belongs to the table or entry below it. Comments directly behind the last entry of a table, with an empty
    line after them, belong to that table. Comments inside lists are part of their values and not among these.
    """
    found: dict[Address, Remarks] = {}
    waiting: list[str] = []
    for block in blocks:
        if block.keys:
            above = [*waiting, *(remark.text.strip() for remark in block.lead)]
            _note(found, block.path, above=without_leading_blanks(above), behind=_comment(block.gaps[-1]))
            waiting = []
        waiting = _note_body(found, block, waiting)
    return found, tuple(waiting)


def _note_body(found: dict[Address, Remarks], block: Block, waiting: list[str]) -> list[str]:
    tail = block.tail()
    for line in block.body[: len(block.body) - len(tail)]:
        if isinstance(line, Entry):
            _note(found, line.path, above=waiting, behind=_comment(line.behind))
            waiting = []
        else:
            _append(waiting, line)
    if block.keys or block.entries:
        _note(found, block.path, below=waiting)
        waiting = []
    for remark in tail:
        if isinstance(remark, Remark):
            _append(waiting, remark)
    return waiting


def _append(waiting: list[str], remark: Remark) -> None:
    text = remark.text.strip()
    if text or not waiting or waiting[-1]:
        waiting.append(text)


def _note(
    found: dict[Address, Remarks],
    path: Address,
    *,
    above: Sequence[str] = (),
    behind: str = "",
    below: Sequence[str] = (),
) -> None:
    known = found.get(path, Remarks())
    new = Remarks((*known.above, *above), known.behind or behind, (*known.below, *below))
    if new != Remarks():
        found[path] = new


def _comment(behind: str) -> str:
    """The comment in what stands behind a header or an entry."""
    start = behind.find("#")
    return behind[start:].strip() if start >= 0 else ""


def with_comments_inside(remarks: dict[Address, Remarks], blocks: Sequence[Block]) -> dict[Address, Remarks]:
    """The same, and the comments inside lists above their entries: for values that are written anew."""
    result = dict(remarks)
    for block in blocks:
        for entry in block.entries:
            _note(result, entry.path, above=comments_inside(entry.value))
    return result
