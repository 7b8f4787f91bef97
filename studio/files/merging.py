"""The changes between two states of a design, made in the text of the first: only what changed is written anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from studio.files.changing import in_order, removed, renamed, replaced
from studio.files.outline import Outline
from studio.files.placing import add
from studio.model.address import Address
from studio.model.design import Design
from studio.model.fields import FieldShape, shapes
from studio.model.part import Part

Table = Mapping[str, Any]


def merge(outline: Outline, old: Table, new: Table) -> None:
    """Turns the outline of a text that says `old` into one that says `new`; both as `document` gives them.

    Raises `LookupError` when the text does not say `old` in a way that can be changed piece by piece.
    """
    _table(outline, (), Design, old, new)


def _table(outline: Outline, path: Address, part: type[Part], old: Table, new: Table) -> None:
    known = shapes(part)
    for key, shape in known.items():
        here = (*path, key)
        before, after = old.get(key), new.get(key)
        if shape.keyed:
            _tables(outline, here, shape, before or {}, after or {})
        elif before == after or after is None:
            continue
        elif before is None:
            add(outline, here, after, tuple(known))
        elif shape.part is not None:
            _table(outline, here, shape.part, before, after)
            _keep_empty(outline, here, after, tuple(known))
        else:
            replaced(outline, here, after)
    for key, shape in known.items():  # last, so that a table is never without a line that says where it is
        if key in old and key not in new and not shape.keyed:
            removed(outline, (*path, key))


def _keep_empty(outline: Outline, path: Address, table: Table, order: Sequence[str]) -> None:
    """Says that a table is there when its last key is gone and none of its keys stood under a header."""
    if not table and not outline.has(path):
        add(outline, path, table, order)


def _tables(outline: Outline, path: Address, shape: FieldShape, old: Table, new: Table) -> None:
    """The tables of one key by their ids: renamed, removed, changed, added, and put in order."""
    if old == new and list(old) == list(new):
        return
    names = renames(list(old), list(new))
    for was, now in names.items():
        renamed(outline, (*path, was), now)
    kept = {names.get(key, key): table for key, table in old.items()}
    for key in kept:
        if key not in new:
            removed(outline, (*path, key))
    for key, table in new.items():
        if key in kept:
            _table(outline, (*path, key), shape.part or Part, kept[key], table)
            _keep_empty(outline, (*path, key), table, tuple(new))
        else:
            add(outline, (*path, key), table, tuple(new))
    in_order(outline, path, list(new))


def renames(old: Sequence[str], new: Sequence[str]) -> dict[str, str]:
    """The ids that were renamed: between the same ids that stayed, old ones are gone and as many new ones there."""
    from difflib import SequenceMatcher

    found: dict[str, str] = {}
    gone, come = set(old) - set(new), set(new) - set(old)
    if not gone or not come:
        return found
    for operation, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "replace" and end - start == new_end - new_start:
            pairs = zip(old[start:end], new[new_start:new_end], strict=True)
            found.update((was, now) for was, now in pairs if was in gone and now in come)
    return found
