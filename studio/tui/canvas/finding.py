"""Finding boxes by what they are called, as one types."""

from collections.abc import Iterable, Sequence


def found(asked: str, names: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The ids of the boxes whose name or id holds the words asked for, capitals or not, in the order they come.

    `names` are pairs of id and name. Nothing asked finds nothing.
    """
    wanted = asked.casefold().split()
    if not wanted:
        return ()
    return tuple(id_ for id_, name in names if all(w in name.casefold() or w in id_ for w in wanted))


def first_from(ids: Sequence[str], order: Sequence[str], here: str | None) -> str | None:
    """The first of `ids` that comes at or after `here` in `order`, else the first of all; None where there is none."""
    if here is None or here not in order:
        return ids[0] if ids else None
    start = order.index(here)
    behind = (id_ for id_ in ids if id_ in order and order.index(id_) >= start)
    return next(behind, ids[0] if ids else None)
