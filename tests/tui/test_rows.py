"""Rows on lines: cut with an ellipsis, wrapped at blanks, never wider than the list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.tui.lines.rows import Span, columns_of, cut, fallen, row


def lines(spans: tuple[Span, ...], columns: int, **shape: bool | int) -> list[str]:
    found = fallen([row("x", *spans, **shape)], columns)  # type: ignore[arg-type] # a table of keywords
    return ["".join(span.text for span in line.spans) for line in found]


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [("short", 9, "short"), ("too long for it", 8, "too lon…"), ("用户用户", 5, "用户…"), ("ab", 1, "…")],
)
def test_a_row_is_cut_with_an_ellipsis(text: str, columns: int, expected: str) -> None:
    assert lines((Span(text),), columns) == [expected]


def test_what_stands_at_the_right_stays_there() -> None:
    found = fallen([row("x", "a long caption", right=(Span("7 ms"),))], 12)
    assert "".join(span.text for span in found[0].spans) == "a long… 7 ms"


def test_words_wrap_at_blanks_and_are_indented() -> None:
    assert lines((Span("! ", "bad"), Span("one two three")), 8, wraps=True, indent=2) == ["! one", "  two", "  three"]


def test_control_characters_are_shown_not_sent() -> None:
    assert lines((Span("a\x1b[31mb\nc"),), 40) == ["a�[31mb c"]


@given(st.text(max_size=60), st.integers(4, 40))
def test_no_line_is_wider_than_the_list(text: str, columns: int) -> None:
    for wraps in (False, True):
        for line in fallen([row("x", text, wraps=wraps, indent=2)], columns):
            assert columns_of(line.spans) <= columns


@given(st.lists(st.text(max_size=9), max_size=4), st.integers(0, 20))
def test_cutting_keeps_what_fits(texts: list[str], columns: int) -> None:
    spans = row("x", *texts).spans
    kept = cut(spans, columns)
    assert columns_of(kept) <= columns
    if columns_of(spans) <= columns:
        assert kept == spans
