"""The canonical layout of a design file, for `tenfold fmt`.

Sections and sub-tables come in the order of the model, ids in the order of the file, and keys inside a table in the
order in which the person wrote them. Values stay as they were written (`1_000_000`, `"99.9%"`), except for the space
in lists and braces; a list that is too long for its line, or holds comments, takes one line an item. One empty line
stands before each table; empty lines between entries stay, at most one in a row. A comment goes with the table or
entry below it, or stays behind what it stands behind.
"""

from collections.abc import Mapping
from typing import Any

from studio.errors import TenfoldError
from studio.files.loading import parse, toml_document, validated
from studio.files.outline import Outline, newline_of
from studio.files.remarks import remarks_of
from studio.files.source_map import Kind, Span, array_pieces, inline_items, statements
from studio.files.writing import AsWritten, Remarks, inline_text, written
from studio.model.address import Address

_END: Address = ("",)
"""The path of no table: what is about it comes at the end."""


def formatted(text: str, name: str = "the design") -> str:
    """The text in canonical layout: the same design, the same comments, and unchanged when done again.

    `name` stands for the file in the problems. Raises `InvalidDesign` for a text that is no valid design, and
    `TenfoldError` when the result would not say the same.
    """
    design = parse(text, name)
    plain = text.replace("\r\n", "\n")
    remarks, rest = remarks_of(Outline.of(plain).blocks)
    if any(rest):
        remarks[_END] = Remarks(rest)
    result = written(_tree(plain, toml_document(plain, name), _leaves(plain), ()), remarks)
    if validated(toml_document(result, name)) != design or _comments(result) != _comments(plain):
        raise TenfoldError(f"{name} cannot be formatted without changing what it says; it stays as it is")
    return result.replace("\n", newline_of(text))


def _comments(text: str) -> list[str]:
    """All comments of a text, those inside lists included, sorted."""
    known = list(statements(text))
    found = [statement.comment.of(text) for statement in known if statement.comment is not None]
    waiting = [statement.value for statement in known if statement.value is not None]
    while waiting:
        span = waiting.pop()
        if text[span.start] == "[":
            pieces = list(array_pieces(text, span))
            found += [piece.span.of(text) for piece in pieces if piece.is_comment]
            waiting += [piece.span for piece in pieces if not piece.is_comment]
        elif text[span.start] == "{":
            waiting += [item.value for item in inline_items(text, span)]
    return sorted(comment.strip() for comment in found)


def _leaves(text: str) -> dict[Address, Span]:
    """Where the value of each key is, those of keys in braces too."""
    found: dict[Address, Span] = {}
    waiting = [(s.path, s.value) for s in statements(text) if s.kind is Kind.ENTRY and s.value is not None]
    while waiting:
        path, span = waiting.pop()
        found[path] = span
        if text[span.start] == "{":
            waiting += [((*path, *item.path), item.value) for item in inline_items(text, span)]
    return found


def _tree(text: str, table: Mapping[str, Any], leaves: Mapping[Address, Span], path: Address) -> dict[str, Any]:
    """The document with every value as it was written, laid out anew."""
    return {
        key: _tree(text, value, leaves, (*path, key))
        if isinstance(value, dict)
        else _laid_out(text, leaves[(*path, key)])
        for key, value in table.items()
    }


def _laid_out(text: str, span: Span) -> Any:
    """A value with the space in its lists made even; a list without comments as a list, so that it can be broken."""
    if text[span.start] != "[":
        return AsWritten(span.of(text))
    pieces = list(array_pieces(text, span))
    if not any(piece.is_comment for piece in pieces):
        return [_laid_out(text, piece.span) for piece in pieces]
    lines: list[str] = []
    end = span.start + 1
    for piece in pieces:
        words = piece.span.of(text)
        if not piece.is_comment:
            lines.append(f"  {inline_text(_laid_out(text, piece.span))},")
        elif lines and "\n" not in text[end : piece.span.start] and not lines[-1].lstrip().startswith("#"):
            lines[-1] += f"  {words.rstrip()}"
        else:
            lines.append(f"  {words.rstrip()}")
        end = piece.span.end
    return AsWritten("\n".join(["[", *lines, "]"]))
