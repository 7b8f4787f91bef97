"""Blocks as HTML: one page without script, from which nothing is fetched."""

import re
from collections.abc import Iterable
from typing import Final

from studio.exports.document.blocks import (
    Block,
    Code,
    Document,
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
from studio.exports.document.page_style import page_style
from studio.exports.frame.escaping import prose_paragraphs, xml, xml_lines

_ROOM: Final = ((60, "long"), (18, "some"), (11, ""))
"""Signs; a column with longer cells needs room for a few words in each line, one with shorter cells is not broken."""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def page(document: Document) -> str:
    """The whole page; ends with a newline."""
    title = xml(document.title)
    head = (
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{title}</title>",
        f"<style>\n{page_style()}\n</style>",
    )
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>', *head, "</head>\n<body>",
            f"<header><p>System design</p><h1>{title}</h1></header>",
            _contents(document.sections), "<main>", *map(_section, document.sections), "</main>\n</body>\n</html>\n",
        ]
    )  # fmt: skip


def _contents(sections: Iterable[Section]) -> str:
    lines = (f'<li><a href="#{section.anchor}">{xml(section.title)}</a></li>' for section in sections)
    return "\n".join(('<nav aria-label="Contents">\n<ol>', *lines, "</ol>\n</nav>"))


def _section(section: Section) -> str:
    opened = f'<section id="{section.anchor}">\n<h2>{section.number}. {xml(section.title)}</h2>'
    return "\n".join((opened, *map(_block, section.blocks), "</section>"))


def _words(found: Words) -> str:
    if isinstance(found, str):
        return _spaced(found, xml(found))
    return _span(found) if isinstance(found, Span) else "".join(map(_words, found))


def _block(block: Block) -> str:
    match block:
        case Heading():
            name = f' id="{block.anchor}"' if block.anchor else ""
            return f"<h{block.level}{name}>{xml(block.text)}</h{block.level}>"
        case Paragraph():
            kind = f' class="{block.kind}"' if block.kind else ""
            return f"<p{kind}>{_words(block.words).strip()}</p>"
        case Prose():
            return "\n".join(f"<p>{xml(paragraph)}</p>" for paragraph in prose_paragraphs(block.text))
        case Points():
            tag = "ol" if block.numbered else "ul"
            return "\n".join((f"<{tag}>", *(f"<li>{_words(item)}</li>" for item in block.items), f"</{tag}>"))
        case Table():
            return _table(block)
        case Code():
            return f"<pre><code>{xml_lines(block.text).strip()}</code></pre>"
        case Drawing():
            return _drawing(block.as_picture())


def _drawing(picture: str) -> str:
    """The picture as wide as it is drawn; where there is less room it shrinks a little, then scrolls."""
    wide = re.search(r'width="(\d+)"', picture)
    style = f' style="--wide:{wide[1]}px"' if wide else ""
    return f"<figure{style}>\n{picture.strip()}\n</figure>"


def _table(table: Table) -> str:
    kinds = [_column(table, place) for place in range(len(table.header))]
    heads = (f'<th scope="col"{kind}>{xml(name)}</th>' for kind, name in zip(kinds, table.header, strict=True))
    rows = (f"<tr>{''.join(map(_cell, kinds, row))}</tr>" for row in table.rows)
    head = f"<thead><tr>{''.join(heads)}</tr></thead>"
    return "\n".join(('<div class="scroll">\n<table>', head, "<tbody>", *rows, "</tbody>\n</table>\n</div>"))


def _column(table: Table, place: int) -> str:
    if place in table.figures:
        return ' class="number"'
    longest = max(len(_text(row[place])) for row in table.rows)
    kind = next((kind for least, kind in _ROOM if longest > least), "brief")
    return f' class="{kind}"' if kind else ""


def _cell(kind: str, cell: Words) -> str:
    return f"<td{kind}>{_words(cell).strip() or '–'}</td>"


def _text(words: Words) -> str:
    if isinstance(words, str):
        return words
    return words.text if isinstance(words, Span) else "".join(map(_text, words))


def _span(span: Span) -> str:
    text = _styled(span)
    if span.to:
        kind = ' class="letter"' if span.style == "mark" else ""
        text = f'<a{kind} href="#{span.to}">{text}</a>'
    return f'<span id="{span.anchor}">{text}</span>' if span.anchor else text


def _styled(span: Span) -> str:
    tag = {"strong": "strong", "emphasis": "em", "code": "code"}.get(span.style)
    plain = xml(span.text).replace(".", ".<wbr>") if tag == "code" else xml(span.text)
    return _spaced(span.text, f"<{tag}>{plain}</{tag}>" if tag and plain else plain)


def _spaced(text: str, inside: str) -> str:
    """Escaping folds white space; what stood at either end keeps the words apart from their neighbours."""
    before, after = (" " if edge.isspace() else "" for edge in (text[:1], text[-1:]))
    return f"{before}{inside}{after}" if inside else before
