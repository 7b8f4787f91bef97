"""Two people changed one design: what both did, put together, and where they did different things to the same field."""

from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from studio.errors import TenfoldError
from studio.files.differences import Document
from studio.files.loading import validated
from studio.model.address import Address
from studio.model.design import Design
from studio.model.document import document
from studio.model.references import dangling

_NOTHING: Final = object()


class Conflict(NamedTuple):
    """A place that both sides changed, each in another way. None: it is not there."""

    address: Address
    """Keys of the file: `("components", "api", "instances")`."""
    base: Any
    mine: Any
    theirs: Any


class Reconciled(NamedTuple):
    """Both sides put together."""

    design: Design
    taken: tuple[Address, ...]
    """What comes from the other side, in the order of the file."""
    conflicts: tuple[Conflict, ...]
    """Where mine is kept, unless it was asked for theirs."""


def reconciled(base: Design, mine: Design, theirs: Design, theirs_at: Collection[Address] = ()) -> Reconciled:
    """What `mine` and `theirs` made of `base`, together. Where they contradict each other mine is kept, but for the
    addresses in `theirs_at`. A part that one side took away and the other still names stays.

    Raises `TenfoldError` when the two cannot both be true in a way no single field shows.
    """
    merge = _Merge(frozenset(theirs_at))
    found = merge.tables((), document(base), document(mine), document(theirs))
    try:
        design = _whole(found, document(mine), document(theirs))
    except ValidationError:
        raise TenfoldError("what was changed on both sides does not fit together; keep one of the two") from None
    return Reconciled(design, tuple(merge.taken), tuple(merge.conflicts))


def _whole(found: Document, mine: Document, theirs: Document) -> Design:
    """The design, with the parts put back that something in it still names."""
    design = validated(found)
    while lost := dangling(design):
        before = design
        for reference in lost:
            for section in reference.sections:
                part = theirs.get(section, {}).get(reference.id) or mine.get(section, {}).get(reference.id)
                if part is not None:
                    found.setdefault(section, {})[reference.id] = part
        design = validated(found)
        if design == before:
            break  # one of the sides was like this already
    return design


class _Merge:
    def __init__(self, theirs_at: frozenset[Address]) -> None:
        self._theirs_at = theirs_at
        self.taken: list[Address] = []
        self.conflicts: list[Conflict] = []

    def tables(self, here: Address, base: Any, mine: Document, theirs: Document) -> Document:
        """Three tables put together, key by key; `base` may be none."""
        known: Document = base if isinstance(base, dict) else {}
        found: Document = {}
        for key in _keys(list(known), list(mine), list(theirs)):
            sides = tuple(side.get(key, _NOTHING) for side in (known, mine, theirs))
            value = self._value((*here, key), *sides)
            if value is not _NOTHING:
                found[key] = value
        return found

    def _value(self, here: Address, base: Any, mine: Any, theirs: Any) -> Any:
        if _same(mine, theirs) or _same(theirs, base):
            return mine
        if _same(mine, base):
            self.taken += _places(here, base, theirs)
            return theirs
        if isinstance(mine, dict) and isinstance(theirs, dict):
            return self.tables(here, base, mine, theirs)
        self.conflicts.append(Conflict(here, *(_or_none(side) for side in (base, mine, theirs))))
        return theirs if here in self._theirs_at else mine


def _places(here: Address, base: Any, theirs: Any) -> Iterator[Address]:
    """Where two values differ, as deep as tables go."""
    if not isinstance(base, dict) or not isinstance(theirs, dict):
        yield here
        return
    for key in (*base, *(key for key in theirs if key not in base)):
        if not _same(base.get(key, _NOTHING), theirs.get(key, _NOTHING)):
            yield from _places((*here, key), base.get(key), theirs.get(key))


def _keys(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[str]:
    """All keys, in an order that follows the side that changed the order, and mine when both did."""
    first, second = (theirs, mine) if mine == base else (mine, theirs)
    order = list(first)
    for place, key in enumerate(second):
        if key in order:
            continue
        before = next((k for k in reversed(second[:place]) if k in order), None)
        order.insert(order.index(before) + 1 if before is not None else 0, key)
    yield from order


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same, tables with the order of their keys."""
    if one is other:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    return type(one) is type(other) and bool(one == other)


def _or_none(side: Any) -> Any:
    return None if side is _NOTHING else side
