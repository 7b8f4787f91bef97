"""One tree of blocks, two writers."""

import pytest

from studio.exports.document.as_html import page
from studio.exports.document.as_markdown import blocks, words
from studio.exports.document.blocks import (
    Block,
    Code,
    Document,
    Heading,
    Paragraph,
    Points,
    Section,
    Span,
    Table,
    joined,
    missing,
    table,
)

ALL: tuple[Block, ...] = (
    Heading("A *b*", 3, "a-b"),
    Paragraph(("before ", Span("strong", "strong"), ", after ", Span("x", to="a-b"), ".")),
    Points(("one", "two"), numbered=True),
    Table(("Name", "Size"), (("a|b", "1"), ("", "2")), frozenset({1})),
    Code("<a>\n  b", "sql"),
)


def test_blocks_in_markdown() -> None:
    assert blocks(ALL) == (
        '<a id="a-b"></a>\n\n### A \\*b\\*\n\nbefore **strong**, after [x](#a-b).\n\n1. one\n2. two\n\n'
        "| Name | Size |\n|---|---:|\n| a\\|b | 1 |\n| – | 2 |\n\n```sql\n<a>\n  b\n```"
    )


def test_blocks_in_html() -> None:
    found = page(Document("T & t", (Section(1, "S", ALL),)))
    assert "<title>T &amp; t</title>" in found
    assert (
        '<h3 id="a-b">A *b*</h3>\n<p>before <strong>strong</strong>, after <a href="#a-b">x</a>.</p>\n'
        "<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n" in found
    )
    assert '<tr><td class="brief">a|b</td><td class="number">1</td></tr>' in found
    assert '<tr><td class="brief">–</td><td class="number">2</td></tr>' in found
    assert "<pre><code>&lt;a&gt;\n  b</code></pre>" in found


@pytest.mark.parametrize(
    ("found", "written"),
    [
        (("a", Span("Why: ", "strong"), "b"), "a**Why:** b"),
        (("x", ". y"), "x. y"),
        (". y", "\\. y"),
        (Span("a`b", "code"), "a\\`b"),
        (Span("", "strong"), ""),
        (joined(["a", "", Span("b", "code")]), "a, `b`"),
    ],
)
def test_words_on_one_line_of_markdown(found: str | Span | tuple[str | Span, ...], written: str) -> None:
    assert words(found) == written


def test_columns_nobody_filled_are_left_out_and_the_first_stays() -> None:
    (found,) = table(("Name", "Why", "Size"), [("", "", "1"), ("", "", "2")], {2})
    assert found == Table(("Name", "Size"), (("", "1"), ("", "2")), frozenset({1}))
    assert table(("Name",), []) == ()


def test_what_is_missing_is_one_sentence_with_the_fields_that_fill_it() -> None:
    wanted = "*Not stated yet. To fill it, give `a.b`, `c.ID` in the design.*"
    assert blocks(missing("a.b", "c.ID")) == wanted
