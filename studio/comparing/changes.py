"""What changed from one design to another: parts that came, went, got another id, and fields with both values."""

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from studio.comparing.fields import Values, tables
from studio.comparing.renames import with_new_ids
from studio.model.address import Address
from studio.model.design import Design

Sort: TypeAlias = Literal["added", "removed", "renamed", "changed"]
SORTS: Final[tuple[Sort, ...]] = ("added", "removed", "renamed", "changed")


class FieldChange(NamedTuple):
    """One field of a part. None: nobody said anything."""

    key: str
    """Dotted from the part: `instances`, `deploy.strategy`, `endpoints.create.auth`."""
    before: Any
    """As the file writes it: `"20 ms"`, `[100, 300]`."""
    after: Any


class PartChange(NamedTuple):
    """One table of the file that is not what it was."""

    address: Address
    """In the new design; of a part that went, in the old one."""
    sort: Sort
    was: Address | None
    """Its address in the old design; None when it came."""
    fields: tuple[FieldChange, ...]
    """Those that differ; of what came or went all it says."""


def changes(old: Design, new: Design) -> tuple[PartChange, ...]:
    """All that a person would have to type to make `new` of `old`, in the order of the model, old parts last.

    Layout, comments and the order of parts say nothing about the system and make no change; nor does the way a
    quantity is written (`"0.02 s"` is `"20 ms"`).
    """
    ids_follow = with_new_ids(old, new)
    before, after = tables(ids_follow.design), tables(new)
    found = [change for address in after for change in _change(address, before, after, ids_follow.was)]
    gone = [PartChange(a, "removed", a, _fields(before[a], {})) for a in before if a not in after]
    order = {section: place for place, section in enumerate(dict.fromkeys(a[0] for a in (*after, *before)))}
    return tuple(sorted((*found, *gone), key=lambda change: order[change.address[0]]))


def _change(
    address: Address, before: dict[Address, Values], after: dict[Address, Values], was: dict[Address, Address]
) -> Iterator[PartChange]:
    if address not in before:
        yield PartChange(address, "added", None, _fields({}, after[address]))
        return
    fields = _fields(before[address], after[address])
    if address in was:
        yield PartChange(address, "renamed", was[address], fields)
    elif fields:
        yield PartChange(address, "changed", address, fields)


def _fields(before: Values, after: Values) -> tuple[FieldChange, ...]:
    keys = (*before, *(key for key in after if key not in before))
    pairs = (FieldChange(key, before.get(key), after.get(key)) for key in keys)
    return tuple(change for change in pairs if not _same(change.before, change.after))


def _same(before: Any, after: Any) -> bool:
    """Whether two values say the same; `1` and `true` do not."""
    if isinstance(before, bool) is not isinstance(after, bool):
        return False
    return bool(before == after)
