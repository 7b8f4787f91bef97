from __future__ import annotations

import pytest

from studio.diagrams.measure import clusters, columns_of, evenly_wrapped, harmless, wrapped


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("api", 3), ("用户", 4), ("🚀 go", 5), ("e\u0301", 1), ("👨\u200d👩\u200d👧", 2), ("❤\ufe0f", 2)],
)
def test_width_is_counted_in_columns(text: str, columns: int) -> None:
    assert columns_of(text) == columns


def test_a_mark_stands_on_the_character_before_it() -> None:
    assert clusters("e\u0301x") == (("e\u0301", 1), ("x", 1))
    assert clusters("\u0301x") == ((" \u0301", 1), ("x", 1))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain", "plain"),
        ("  two   words ", "two words"),
        ("a\nb\tc", "a b c"),
        ("\x1b[31mred", "�[31mred"),
        ("a\u202eb", "a�b"),
        ("\x00", "�"),
        (" \n ", ""),
        ("[bold]&lt;", "[bold]&lt;"),
    ],
)
def test_control_characters_never_reach_the_drawing(text: str, safe: str) -> None:
    assert harmless(text) == safe


def test_names_wrap_at_blanks_only() -> None:
    assert wrapped("one two three", 7) == ("one two", "three")
    assert wrapped("incomprehensibilities", 5) == ("incomprehensibilities",)
    assert wrapped("one two", None) == ("one two",)


def test_wrapped_lines_are_about_equally_long() -> None:
    assert wrapped("aaa bbb ccc ddd", 11) == ("aaa bbb ccc", "ddd")
    assert evenly_wrapped("aaa bbb ccc ddd", 11) == ("aaa bbb", "ccc ddd")
