"""Tables in braces: one value changed, added or taken away, one key renamed; the rest stays as it was written."""

from collections.abc import Sequence
from typing import Any

from studio.files.source_map import Item, Span, inline_items
from studio.files.writing import inline_text, key_text
from studio.model.address import Address


def with_value(text: str, path: Address, value: Any, order: Sequence[str] = ()) -> str:
    """The table in braces with `value` at `path`: replaced where it is, or added.

    A new entry goes behind the last, or behind the last of those that come before it in `order`.
    """
    items = _items(text)
    for item in items:
        if item.path == path:
            return _spliced(text, item.value, inline_text(value))
        if _is_table_around(text, item, path):
            inside = with_value(item.value.of(text), path[len(item.path) :], value, order)
            return _spliced(text, item.value, inside)
    addition = f"{'.'.join(map(key_text, path))} = {inline_text(value)}"
    if not items:
        return f"{{ {addition} }}"
    later = order[list(order).index(path[0]) :] if path[0] in order else ()
    place = next((n for n, item in enumerate(items) if item.path[0] in later), len(items))
    if place == 0:
        start = items[0].keys[0].start
        return _spliced(text, Span(start, start), f"{addition}, ")
    end = items[place - 1].value.end
    return _spliced(text, Span(end, end), f", {addition}")


def without(text: str, path: Address) -> str:
    """The table in braces without `path` and all below it."""
    items = _items(text)
    for item in items:
        if _is_table_around(text, item, path):
            return _spliced(text, item.value, without(item.value.of(text), path[len(item.path) :]))
    kept = [text[item.keys[0].start : item.value.end] for item in items if item.path[: len(path)] != path]
    if len(kept) == len(items):
        raise LookupError(f"{path} is not in {text}")
    space = " " if text[1] == " " else ""
    return f"{{{space}{', '.join(kept)}{space}}}" if kept else "{}"


def with_key_renamed(text: str, path: Address, name: str) -> str:
    """The table in braces with the last key of `path` called `name`."""
    changes: list[tuple[Span, str]] = []
    for item in _items(text):
        if item.path[: len(path)] == path:
            changes.append((item.keys[len(path) - 1], key_text(name)))
        elif _is_table_around(text, item, path):
            changes.append((item.value, with_key_renamed(item.value.of(text), path[len(item.path) :], name)))
    for span, new in reversed(changes):
        text = _spliced(text, span, new)
    return text


def keys_of(text: str) -> list[Address]:
    """The paths of all entries directly in the braces, in order."""
    return [item.path for item in _items(text)]


def _items(text: str) -> list[Item]:
    return list(inline_items(text, Span(0, len(text))))


def _is_table_around(text: str, item: Item, path: Address) -> bool:
    is_around = len(item.path) < len(path) and path[: len(item.path)] == item.path
    return is_around and text[item.value.start] == "{"


def _spliced(text: str, span: Span, new: str) -> str:
    return text[: span.start] + new + text[span.end :]
