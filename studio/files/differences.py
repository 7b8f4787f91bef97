"""What differs between two designs, as plain data that is quick to make and small to keep."""

from typing import Any, TypeAlias

from studio.model.design import Design
from studio.model.document import document
from studio.model.fields import FieldShape, shapes
from studio.model.part import Named, Part

Document: TypeAlias = dict[str, Any]
Difference: TypeAlias = dict[str, Any]
"""By section of the file. `is`: its new value as a whole, None when it is gone. Else, for sections of parts by id:
`put` (new and changed parts), `drop` (ids that are gone) and `order` (all ids, where the order does not follow)."""


def difference(before: Design, after: Design) -> Difference:
    """What makes `after` of `before`. Parts the two designs share are not looked into."""
    found: Difference = {}
    for key, shape in shapes(Design).items():
        old, new = getattr(before, shape.name), getattr(after, shape.name)
        gave, gives = before.gives(shape.name), after.gives(shape.name)
        if (old is new and gave is gives) or not (gave or gives):
            continue
        change = _of_parts(old, new) if gave and gives and shape.keyed else _as_a_whole(old, new, gave, gives, shape)
        if change:
            found[key] = change
    return found


def _as_a_whole(old: Any, new: Any, gave: Any, gives: Any, shape: FieldShape) -> Difference:
    value = _section(new, shape) if gives else None
    return {} if gave and gives and value == _section(old, shape) else {"is": value}


def _section(value: Any, shape: FieldShape) -> Any:
    if shape.keyed:
        return {item.id: document(item) for item in value}
    return document(value) if isinstance(value, Part) else value


def _of_parts(old: tuple[Named, ...], new: tuple[Named, ...]) -> Difference:
    known, kept = {item.id: item for item in old}, {item.id for item in new}
    put = {item.id: document(item) for item in new if known.get(item.id) is not item}
    put = {id_: value for id_, value in put.items() if id_ not in known or document(known[id_]) != value}
    drop = [id_ for id_ in known if id_ not in kept]
    order = [item.id for item in new]
    follows = [id_ for id_ in known if id_ in kept] + [id_ for id_ in order if id_ not in known]
    parts = {"put": put, "drop": drop, "order": order if order != follows else []}
    return {name: value for name, value in parts.items() if value}


def between(before: Document, after: Document) -> Difference:
    """The same of two documents: for those of a journal, which share what did not change."""
    found: Difference = {}
    for key in (*before, *(key for key in after if key not in before)):
        old, new = before.get(key), after.get(key)
        if old is not new and (old != new or _order(old) != _order(new)):
            found[key] = {"is": new}
    return found


def _order(section: Any) -> list[str]:
    return list(section) if isinstance(section, dict) else []


def changed(before: Document, found: Difference) -> Document:
    """The document after a difference; what did not change is shared. Raises LookupError when it does not fit."""
    after = dict(before)
    for key, change in found.items():
        if "is" not in change:
            after[key] = _with_parts(before[key], change)
        elif change["is"] is None:
            after.pop(key, None)
        else:
            after[key] = change["is"]
    return after


def _with_parts(section: Document, change: Difference) -> Document:
    gone = set(change.get("drop", ()))
    after = {id_: part for id_, part in section.items() if id_ not in gone}
    after.update(change.get("put", {}))
    order = change.get("order")
    return {id_: after[id_] for id_ in order} if order else after
