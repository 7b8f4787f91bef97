"""Words of a person: harmless on a terminal, measured in columns, matched when misspelt."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.text import control_character, listed, nearest, one_line, shortened, visible, visible_json, width


@given(st.text())
def test_nothing_visible_can_act_on_a_terminal(text: str) -> None:
    shown = visible(text)
    assert not any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 for c in shown)
    assert "\u202e" not in shown


@given(st.text())
def test_json_made_visible_is_the_same_data(text: str) -> None:
    shown = visible_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(shown) == text
    assert visible(shown) == shown


@given(st.text(), st.integers(0, 40))
def test_shortened_text_fits(text: str, columns: int) -> None:
    assert width(shortened(one_line(text), columns)) <= columns


@pytest.mark.parametrize(("text", "columns"), [("api", 3), ("用户", 4), ("é", 1), ("e\u0301", 1), ("", 0)])
def test_width_counts_columns(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("latncy", ["latency", "network"], "latency"),
        ("Max-Connections", ["max_connections", "pool_size"], "max_connections"),
        ("qqq", ["latency"], None),
        ("chek", ["check", "new"], "check"),
    ],
)
def test_a_misspelt_word_finds_its_neighbour(word: str, known: list[str], found: str | None) -> None:
    assert nearest(word, known) == found


def test_control_characters_are_found_and_newlines_only_where_lines_are_not_wanted() -> None:
    assert control_character("a\x1b[31m", lines=True) == "\x1b"
    assert control_character("a\nb", lines=True) is None
    assert control_character("a\nb", lines=False) == "\n"


def test_an_enumeration_reads_as_a_sentence() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")] == [
        "",
        "a",
        "a and b",
        "a, b or c",
    ]
