"""Where something new goes in a text: a key behind the last of its table, a table behind the one before it in order.

New text follows its neighbours: in braces, with dotted keys, or under a header.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from studio.files import inline
from studio.files.changing import is_within
from studio.files.outline import Block, Entry, Outline, on_one_branch
from studio.files.writing import entry_text, is_own_table, is_small_container, key_text, tables_text
from studio.model.address import Address, type_at
from studio.model.design import Design
from studio.model.fields import shapes
from studio.model.part import Named


class _Host(NamedTuple):
    """Where the entries of a table are written: a block, and the last of them there."""

    block: Block
    last: Entry | None


def add(outline: Outline, path: Address, value: Any, order: Sequence[str]) -> None:
    """Writes `value` at a path that is not in the text yet; `order` are the keys beside it as they should come.

    Raises `LookupError` when the text has no place for it.
    """
    if _put_in_braces(outline, path, value, order if isinstance(value, Mapping) else ()):
        return
    if is_own_table(path, value):
        _add_table(outline, path, value, order)
        return
    host = _host(outline, path[:-1])
    if host is not None:
        _insert(outline, host, path, value)
    elif is_small_container(path[:-1]):
        _add_small(outline, path, value, order)
    else:
        _add_to_missing(outline, path, value)


def _put_in_braces(outline: Outline, path: Address, value: Any, order: Sequence[str]) -> bool:
    """Puts the value into the table in braces that is around the path, if there is one."""
    for _, entry in outline.entries(path):
        if len(entry.path) < len(path) and is_within(path, entry.path) and entry.is_inline_table:
            entry.value = inline.with_value(entry.value, path[len(entry.path) :], value, order)
            return True
    return False


def _host(outline: Outline, table: Address) -> _Host | None:
    """Where a table has its entries: under its own header, or with dotted keys further out."""
    for block in outline.blocks:
        if block.path == table:
            return _Host(block, block.entries[-1] if block.entries else None)
    return _dotted_host(outline, table)


def _dotted_host(outline: Outline, table: Address) -> _Host | None:
    found = [
        _Host(block, entry)
        for block, entry in outline.entries(table)
        if len(block.path) < len(table) < len(entry.path) and is_within(entry.path, table)
    ]
    return found[-1] if found else None


def _add_small(outline: Outline, path: Address, value: Any, order: Sequence[str]) -> None:
    """A small table by id beside its siblings with headers, or as the first of its kind in the component."""
    if any(is_within(block.path, path[:-1]) for block in outline.blocks):
        _add_under_headers(outline, path, value, order)
        return
    host = _host(outline, path[:-2])
    if host is None:
        raise LookupError(f"{path[:-2]} is not in the text")
    _insert(outline, host, path, value)


def _add_to_missing(outline: Outline, path: Address, value: Any) -> None:
    """A key of a table that has no entries yet: its header comes first, above the tables inside it."""
    parent, table = path[:-1], {path[-1]: value}
    inside = [n for n, block in enumerate(outline.blocks) if is_within(block.path, parent)]
    if inside:
        _put_blocks(outline, inside[0] - 1, _blocks(outline, parent, table), is_before=True)
    else:
        add(outline, parent, table, tuple(shapes(type_at(parent[:-1]))))


def _insert(outline: Outline, host: _Host, path: Address, value: Any, place: int | None = None) -> None:
    """A new entry in a block: behind the last of its table unless a place is given, indented like that one."""
    body = host.block.body
    if place is None:
        place = _place_behind(host)
    keys = path[len(host.block.path) :]
    written = ".".join(map(key_text, keys))
    text = entry_text(written, value)[len(written) + 3 :]
    gaps = [host.last.gaps[0] if host.last else "", *["."] * (len(keys) - 1), " = "]
    body.insert(place, Entry(path, [key_text(key) for key in keys], gaps, outline.lines(text), outline.newline))


def _place_behind(host: _Host) -> int:
    body = host.block.body
    if host.last is None:
        return len(body) - len(host.block.tail())
    return 1 + next(n for n, line in enumerate(body) if line is host.last)


def _add_table(outline: Outline, path: Address, value: Mapping[str, Any], order: Sequence[str]) -> None:
    host = _host_of_tables(outline, path[:-1])
    if host is None:
        _add_under_headers(outline, path, value, order)
    else:
        _add_as_entries(outline, host, path, value, order)


def _host_of_tables(outline: Outline, parent: Address) -> _Host | None:
    """Where the tables below `parent` are written as entries, if they are: as `[components]` with `api.kind = …`."""
    for length in range(len(parent), 0, -1):
        if any(is_within(block.path, parent[:length]) for block in outline.blocks):
            break
        host = _dotted_host(outline, parent[:length])
        if host is not None:
            return host
    for block in outline.blocks[1:]:
        if block.path == parent and block.entries and not _has_keys_of_its_own(parent):
            return _Host(block, block.entries[-1])
    return None


def _has_keys_of_its_own(table: Address) -> bool:
    try:
        return issubclass(type_at(table), Named)
    except LookupError:
        return False


def _add_as_entries(
    outline: Outline, host: _Host, path: Address, value: Mapping[str, Any], order: Sequence[str]
) -> None:
    """A new table as one entry in braces, or as dotted keys, whichever its neighbour is."""
    place, neighbour = _place_among(host, path, order)
    in_braces = neighbour is not None and len(neighbour.path) == len(path)
    if in_braces or not value:
        _insert(outline, host, path, dict(value), place)
        return
    for key, inner in reversed(list(value.items())):
        _insert(outline, host, (*path, key), inner, place)


def _place_among(host: _Host, path: Address, order: Sequence[str]) -> tuple[int, Entry | None]:
    """Behind the entries of the nearest table before it in order, else before the first of those after it."""
    body, here = host.block.body, order.index(path[-1])
    for key in reversed(order[:here]):
        before = [n for n, line in enumerate(body) if _is_entry_within(line, (*path[:-1], key))]
        if before:
            return before[-1] + 1, _as_entry(body[before[-1]])
    for n, line in enumerate(body):
        if any(_is_entry_within(line, (*path[:-1], key)) for key in order[here + 1 :]):
            return n, _as_entry(line)
    return _place_behind(host), host.last


def _is_entry_within(line: object, path: Address) -> bool:
    return isinstance(line, Entry) and is_within(line.path, path)


def _as_entry(line: object) -> Entry | None:
    return line if isinstance(line, Entry) else None


def _add_under_headers(outline: Outline, path: Address, value: Mapping[str, Any], order: Sequence[str]) -> None:
    place, is_before = _place_of_header(outline, path, order)
    _put_blocks(outline, place, _blocks(outline, path, value), is_before=is_before)


def _blocks(outline: Outline, path: Address, value: Mapping[str, Any]) -> list[Block]:
    text = tables_text(path, type_at(path), value)
    return Outline.of(outline.lines(text)).blocks[1:]


def _place_of_header(outline: Outline, path: Address, order: Sequence[str]) -> tuple[int, bool]:
    """The block behind which a new table goes, and whether it goes there because of the one that follows."""
    parent, here = path[:-1], list(order).index(path[-1])
    for key in reversed(order[:here]):
        before = [n for n, block in enumerate(outline.blocks) if _writes(block, (*parent, key))]
        if before:
            return before[-1], False
    for key in order[here + 1 :]:
        after = [n for n, block in enumerate(outline.blocks) if is_within(block.path, (*parent, key))]
        if after:
            return after[0] - 1, True
    own = [n for n, block in enumerate(outline.blocks) if _writes(block, parent)]
    if not parent or own:
        return (own or [len(outline.blocks) - 1])[-1], False
    return _place_of_header(outline, parent, tuple(shapes(type_at(parent[:-1]))))


def section_place(outline: Outline, key: str) -> int:
    """The place among the blocks where a section of the design belongs that has none."""
    return _place_of_header(outline, (key,), tuple(shapes(Design)))[0] + 1


def _writes(block: Block, table: Address) -> bool:
    if not on_one_branch(block.path, table):
        return False
    return is_within(block.path, table) or any(is_within(entry.path, table) for entry in block.entries)


def _put_blocks(outline: Outline, place: int, new: list[Block], *, is_before: bool) -> None:
    """Puts new tables behind the block at `place`, with one empty line between where there was one."""
    if not new:
        return
    block = outline.blocks[place]
    is_last = place == len(outline.blocks) - 1
    if is_before:
        if block.tail() or not block.text:
            new[-1].body.append(outline.blank())
    else:
        tail = block.cut_tail()
        if (tail or is_last) and block.text:
            block.body.append(outline.blank())
        new[-1].body += tail
    outline.blocks[place + 1 : place + 1] = new
