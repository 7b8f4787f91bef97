"""Changes to what an outline already has: a value, a name, an order; or taking a table or entry away."""

import re
from typing import Any

from studio.files import inline
from studio.files.outline import Block, Entry, Outline, Remark, on_one_branch
from studio.files.source_map import Span, array_pieces, inline_items
from studio.files.writing import COLUMNS, entry_text, inline_text, key_text, value_text
from studio.model.address import Address


def is_within(path: Address, outer: Address) -> bool:
    """Whether `path` is `outer` or lies below it."""
    return path[: len(outer)] == outer


def replaced(outline: Outline, path: Address, value: Any) -> None:
    """Writes another value at a key that is there; comments inside the old value move above it.

    Raises `LookupError` when the key is nowhere.
    """
    for block, entry in outline.entries(path):
        if entry.path == path:
            _lift_comments(block, entry, outline)
            entry.value = outline.lines(_new_value(entry, value))
            return
        if is_within(path, entry.path) and entry.is_inline_table:
            entry.value = inline.with_value(entry.value, path[len(entry.path) :], value)
            return
    raise LookupError(f"{path} is not in the text")


def _new_value(entry: Entry, value: Any) -> str:
    if isinstance(value, list) and value and "\n" in entry.value:
        return _spread_like(entry.value.replace("\r\n", "\n"), value)
    if isinstance(value, str) and "\n" in value:
        return entry_text("", value).removeprefix(" = ")
    return value_text(value, COLUMNS - len(entry.key))


def _spread_like(old: str, value: list[Any]) -> str:
    """A list one item a line, with the indentation and the last comma of the old one."""
    indent = re.search(r"\n([ \t]*)\S", old)
    closing = re.search(r"\n([ \t]*)\]$", old)
    bare = "".join(piece.span.of(old) if not piece.is_comment else "" for piece in array_pieces(old, Span(0, len(old))))
    comma = "," if not bare or re.search(r",\s*\]$", re.sub(r"#.*", "", old)) else ""
    space = indent[1] if indent else "  "
    items = ",\n".join(f"{space}{inline_text(item)}" for item in value)
    return f"[\n{items}{comma}\n{closing[1] if closing else ''}]"


def _lift_comments(block: Block, entry: Entry, outline: Outline) -> None:
    place = next(n for n, line in enumerate(block.body) if line is entry)
    indent = entry.gaps[0]
    block.body[place:place] = [Remark(f"{indent}{text}{outline.newline}") for text in comments_inside(entry.value)]


def comments_inside(value: str) -> list[str]:
    """The comments between the items of a list, however deep."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        text = waiting.pop()
        if text.startswith("["):
            pieces = [(piece.is_comment, piece.span.of(text)) for piece in array_pieces(text, Span(0, len(text)))]
        elif text.startswith("{"):
            pieces = [(False, item.value.of(text)) for item in inline_items(text, Span(0, len(text)))]
        else:
            continue
        found += [piece for is_comment, piece in pieces if is_comment]
        waiting += [piece for is_comment, piece in pieces if not is_comment]
    return found


def renamed(outline: Outline, path: Address, name: str) -> None:
    """Gives the table at `path` another id, in every header and key that names it."""
    depth = len(path)
    for block in outline.blocks:
        if not on_one_branch(block.path, path):
            continue
        inherited = len(block.path) >= depth
        for entry in block.entries:
            if is_within(entry.path, path):
                if not inherited:
                    entry.keys[depth - 1 - len(block.path)] = key_text(name)
                entry.path = (*path[:-1], name, *entry.path[depth:])
            elif is_within(path, entry.path) and entry.is_inline_table:
                entry.value = inline.with_key_renamed(entry.value, path[len(entry.path) :], name)
        if is_within(block.path, path):
            block.keys[depth - 1] = key_text(name)
            block.path = (*path[:-1], name, *block.path[depth:])


def removed(outline: Outline, path: Address) -> None:
    """Takes the table or entry at `path` away, with all below it; comments on lines of their own stay."""
    _remove_blocks(outline, path)
    _remove_entries(outline, path)


def _remove_entries(outline: Outline, path: Address) -> None:
    for block, entry in list(outline.entries(path)):
        if is_within(entry.path, path):
            place = next(n for n, line in enumerate(block.body) if line is entry)
            block.body[place : place + 1] = _comments_that_stay(entry)
        elif is_within(path, entry.path) and entry.is_inline_table:
            entry.value = inline.without(entry.value, path[len(entry.path) :])


def _comments_that_stay(entry: Entry) -> list[Entry | Remark]:
    """The comments on lines of their own inside a list over several lines."""
    own = {line.strip() for line in entry.value.splitlines(keepends=False) if line.lstrip().startswith("#")}
    end = "\r\n" if entry.behind.endswith("\r\n") else "\n"
    return [Remark(f"{comment}{end}") for comment in comments_inside(entry.value) if comment.strip() in own]


def _remove_blocks(outline: Outline, path: Address) -> None:
    places = [n for n, block in enumerate(outline.blocks) if n and is_within(block.path, path)]
    for place in reversed(places):
        block, before = outline.blocks.pop(place), outline.blocks[place - 1]
        rest = _rest_of(block)
        if rest or place < len(outline.blocks):
            _join(before.body, rest)
        else:
            _cut_blanks(before.body)
    if outline.blocks[0].body and not outline.blocks[0].entries:
        while outline.blocks[0].body and outline.blocks[0].body[0].text.isspace():
            outline.blocks[0].body.pop(0)


def _join(body: list[Entry | Remark], rest: list[Entry | Remark]) -> None:
    """Adds the rest of a removed table; of the empty lines that meet there only the longer run stays."""
    leading = next((n for n, line in enumerate(rest) if not line.text.isspace()), len(rest))
    if leading:
        blanks = max([_cut_blanks(body), rest[:leading]], key=len)
        rest = [*blanks, *rest[leading:]]
    body += rest


def _cut_blanks(body: list[Entry | Remark]) -> list[Entry | Remark]:
    """Takes the empty lines at the end away and returns them."""
    end = len(body)
    while end and body[end - 1].text.isspace():
        end -= 1
    blanks = body[end:]
    del body[end:]
    return blanks


def _rest_of(block: Block) -> list[Entry | Remark]:
    """What stays of a removed table: its own-line comments, and the lines that separated it from the next."""
    tail = block.tail()
    inside: list[Entry | Remark] = []
    for line in block.body[: len(block.body) - len(tail)]:
        inside += _comments_that_stay(line) if isinstance(line, Entry) else [line]
    kept: list[Entry | Remark] = [*block.lead]
    for line in inside:
        if not line.text.isspace() or (kept and not kept[-1].text.isspace()):
            kept.append(line)
    while kept and kept[-1].text.isspace() and (tail or not block.lead):
        kept.pop()
    return kept + tail


def in_order(outline: Outline, path: Address, wanted: list[str]) -> None:
    """Puts the tables below `path` in the wanted order; what separates tables stays where it is.

    Raises `LookupError` when that would need entries of one table moved.
    """
    if order_of(outline, path) == wanted:
        return
    depth = len(path)
    places = [n for n, block in enumerate(outline.blocks) if len(block.path) > depth and is_within(block.path, path)]
    if any(len(block.path) <= depth and is_within(entry.path, path) for block, entry in outline.entries(path)):
        raise LookupError(f"the tables below {path} have no headers of their own")
    moved = sorted((outline.blocks[n] for n in places), key=lambda block: wanted.index(block.path[depth]))
    tails = [outline.blocks[n].cut_tail() for n in places]
    for place, block, tail in zip(places, moved, tails, strict=True):
        block.body += tail
        outline.blocks[place] = block


def order_of(outline: Outline, path: Address) -> list[str]:
    """The ids of the tables below `path`, in the order in which the text first names them."""
    depth = len(path)
    found: dict[str, None] = {}
    for block in outline.blocks:
        if not on_one_branch(block.path, path):
            continue
        if len(block.path) > depth and is_within(block.path, path):
            found.setdefault(block.path[depth])
        for entry in block.entries:
            if len(entry.path) > depth and is_within(entry.path, path):
                found.setdefault(entry.path[depth])
            elif is_within(path, entry.path) and entry.is_inline_table:
                rest = path[len(entry.path) :]
                inside = inline.keys_of(entry.value)
                found.update((key[len(rest)], None) for key in inside if len(key) > len(rest) and is_within(key, rest))
    return list(found)
