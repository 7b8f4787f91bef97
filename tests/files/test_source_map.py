from pathlib import Path

import pytest

from studio.errors import TenfoldError
from studio.files.source_map import Kind, Lines, Span, array_pieces, inline_items, statements

EXAMPLE = Path(__file__).parents[1] / "data" / "format_example.toml"

TEXT = '''# top

format = 1 # one
[ components . "a.b" ]\t# box
'k' . x = [ # first
  "]", # second
  '#', ] # third
text = """ a
# no comment
""""" # five quotes
t = { a = {b="}"}, "c.d" = 1 }
at = 2026-01-01 10:00:00Z# then
[[list]]
last = true'''


def test_statements_have_exact_spans_paths_and_lines() -> None:
    found = [
        (s.line, s.kind.value, s.path, s.value and s.value.of(TEXT), s.comment and s.comment.of(TEXT))
        for s in statements(TEXT)
    ]
    box = ("components", "a.b")
    assert found == [
        (1, "comment", (), None, "# top"),
        (2, "blank", (), None, None),
        (3, "entry", ("format",), "1", "# one"),
        (4, "header", box, None, "# box"),
        (5, "entry", (*box, "k", "x"), "[ # first\n  \"]\", # second\n  '#', ]", "# third"),
        (8, "entry", (*box, "text"), '""" a\n# no comment\n"""""', "# five quotes"),
        (11, "entry", (*box, "t"), '{ a = {b="}"}, "c.d" = 1 }', None),
        (12, "entry", (*box, "at"), "2026-01-01 10:00:00Z", "# then"),
        (13, "header", ("list",), None, None),
        (14, "entry", ("list", "last"), "true", None),
    ]


def test_the_parts_of_a_key_are_found_as_written() -> None:
    spans = {s.path: [span.of(TEXT) for span in s.keys] for s in statements(TEXT) if s.keys}
    assert spans["components", "a.b"] == ["components", '"a.b"']
    assert spans["components", "a.b", "k", "x"] == ["'k'", "x"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_are_covered_without_a_gap_whatever_ends_them(newline: str) -> None:
    text = TEXT.replace("\n", newline)
    assert "".join(s.whole.of(text) for s in statements(text)) == text
    comments = [s.comment.of(text) for s in statements(text) if s.comment]
    assert comments == ["# top", "# one", "# box", "# third", "# five quotes", "# then"]


def test_entries_in_braces_and_items_of_lists_are_found() -> None:
    table = next(s.value for s in statements(TEXT) if s.path[-1:] == ("t",))
    assert table is not None
    assert [(i.path, i.value.of(TEXT)) for i in inline_items(TEXT, table)] == [(("a",), '{b="}"}'), (("c.d",), "1")]
    text = '[ "a", # x\n [1, 2] , ]'
    pieces = [(p.span.of(text), p.is_comment) for p in array_pieces(text, Span(0, len(text)))]
    assert pieces == [('"a"', False), ("# x", True), ("[1, 2]", False)]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("format",), 3),
        (("components", "a.b"), 4),
        (("components",), 4),
        (("components", "a.b", "k"), 5),
        (("components", "a.b", "text"), 8),
        (("components", "a.b", "t", "a", "b"), 11),
        (("components", "a.b", "t", "c.d"), 11),
        (("components", "a.b", "nowhere", "x"), 4),
        (("nowhere",), 1),
    ],
)
def test_the_line_of_a_path_or_of_what_is_around_it(path: tuple[str, ...], line: int) -> None:
    assert Lines(TEXT).line(path) == line


def test_a_table_before_its_header_has_the_line_of_the_header() -> None:
    assert Lines("[a.b.c]\n[a.b]\n[a]\n").line(("a", "b")) == 2


def test_a_byte_order_mark_is_refused() -> None:
    with pytest.raises(TenfoldError, match="byte order mark"):
        list(statements("\ufeffa = 1"))


def test_the_example_has_the_tables_that_stand_in_it() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    headers = [s.whole.of(text).split("]")[0] + "]" for s in statements(text) if s.kind is Kind.HEADER]
    assert headers == [line.split("]")[0] + "]" for line in text.splitlines() if line.startswith("[")]
