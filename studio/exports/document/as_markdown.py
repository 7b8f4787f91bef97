"""Blocks as Markdown: what a forge shows, and what reads well as it is."""

import re
from collections.abc import Callable, Iterable
from itertools import chain, repeat

from studio.exports.document.blocks import (
    Block,
    Code,
    Drawing,
    Heading,
    Paragraph,
    Points,
    Prose,
    Section,
    Span,
    Table,
    Words,
)
from studio.exports.frame.escaping import fenced, markdown, markdown_block, markdown_inside
from studio.text import one_line


def section(found: Section) -> str:
    """A numbered section with its heading and its anchor."""
    return blocks((Heading(f"{found.number}. {found.title}", 2, found.anchor), *found.blocks))


def blocks(found: Iterable[Block]) -> str:
    """Blocks a blank line apart; no newline at the end."""
    return "\n\n".join(filter(None, map(_block, found)))


def words(found: Words) -> str:
    """One line."""
    spans = found if isinstance(found, tuple) and not isinstance(found, Span) else (found,)
    escapes = chain((markdown,), repeat(markdown_inside))
    return "".join(_piece(span, escaped) for span, escaped in zip(spans, escapes, strict=False))


def _piece(span: str | Span, escaped: Callable[[str], str]) -> str:
    return _span(span, escaped) if isinstance(span, Span) else _spaced(span, escaped(span))


def _block(block: Block) -> str:
    match block:
        case Heading():
            return _heading(block)
        case Paragraph():
            return _paragraph(block)
        case Prose():
            return markdown_block(block.text)
        case Points():
            signs = (f"{number}." if block.numbered else "-" for number in range(1, len(block.items) + 1))
            return "\n".join(f"{sign} {words(item)}" for sign, item in zip(signs, block.items, strict=True))
        case Table():
            return _table(block)
        case Code():
            return fenced(block.text, block.language)
        case Drawing():
            return fenced(block.as_text(), "text")


def _heading(heading: Heading) -> str:
    title = f"{'#' * heading.level} {_own_number(heading.text)}"
    return f'<a id="{heading.anchor}"></a>\n\n{title}' if heading.anchor else title


def _own_number(title: str) -> str:
    """A heading begins no list: its number stays as it is."""
    number = re.match(r"\d+\. ", title)
    return (number[0] + markdown(title[number.end() :])) if number else markdown(title)


def _paragraph(paragraph: Paragraph) -> str:
    text = words(paragraph.words).strip()
    return f"*{text}*" if paragraph.kind == "missing" else text


def _table(table: Table) -> str:
    rules = ("---:" if column in table.figures else "---" for column in range(len(table.header)))
    rows = (_row(words(cell).strip() or "–" for cell in row) for row in table.rows)
    return "\n".join([_row(markdown(name) for name in table.header), f"|{'|'.join(rules)}|", *rows])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _span(span: Span, escaped: Callable[[str], str]) -> str:
    """Letters of assumptions lead nowhere: a link behind every figure would hide the figures in the text."""
    text = _styled(span, escaped(span.text))
    linked = f"[{text}](#{span.to})" if span.to and span.style != "mark" else text
    return f'<a id="{span.anchor}"></a>{linked}' if span.anchor else linked


def _styled(span: Span, plain: str) -> str:
    if span.style == "code":
        return plain if re.search(r"[`|\n]", span.text) else f"`{one_line(span.text)}`"
    sign = {"strong": "**", "emphasis": "*"}.get(span.style, "")
    return _spaced(span.text, f"{sign}{plain}{sign}" if plain else "")


def _spaced(text: str, inside: str) -> str:
    """Escaping folds white space; what stood at either end keeps the words apart from their neighbours."""
    before, after = (" " if edge.isspace() else "" for edge in (text[:1], text[-1:]))
    return f"{before}{inside}{after}" if inside else before
