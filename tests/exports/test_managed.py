"""Documents two write: generated parts are exchanged, a person's words are never lost."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import SaveRefused
from studio.exports.frame.managed import brought_over, is_managed, merged, part

OLD = "\n".join((part("first", "one"), part("second", "two")))
NEW = "\n".join((part("first", "eins"), part("second", "zwei")))


def test_a_part_is_exchanged_and_what_stands_around_it_stays() -> None:
    old = f"before\n{part('first', 'one')}between\n{part('second', 'two')}after\n"
    wanted = f"before\n{part('first', 'eins')}between\n{part('second', 'zwei')}after\n"
    assert merged(old, NEW) == wanted


def test_a_document_nobody_wrote_into_becomes_the_new_one() -> None:
    assert merged(OLD, NEW) == NEW
    assert merged("", NEW) == NEW
    assert merged(" \n\n", NEW) == NEW


def test_parts_stay_where_a_person_moved_them() -> None:
    moved = part("second", "two") + "mine\n" + part("first", "one")
    assert merged(moved, NEW) == part("second", "zwei") + "mine\n" + part("first", "eins")


def test_a_part_that_is_missing_comes_back_behind_its_neighbour() -> None:
    new = "\n".join(part(name, name) for name in ("first", "second", "third"))
    old = part("first", "one") + "mine\n" + part("third", "three")
    assert merged(old, new) == f"{part('first', 'first')}\n{part('second', 'second')}mine\n{part('third', 'third')}"
    assert merged(part("third", "three"), new) == "\n".join(part(name, name) for name in ("first", "second", "third"))


def test_a_part_that_no_longer_exists_goes_and_the_words_beside_it_stay() -> None:
    assert merged(f"mine\n{part('gone', 'x')}too\n{part('first', 'one')}", part("first", "eins")) == (
        f"mine\ntoo\n{part('first', 'eins')}"
    )


def test_an_empty_pair_of_markers_asks_for_its_part() -> None:
    readme = "# Mine\n\n<!-- tenfold:begin first -->\n<!-- tenfold:end first -->\n\nmore\n"
    assert merged(readme, part("first", "eins")) == f"# Mine\n\n{part('first', 'eins')}\nmore\n"


def test_foreign_line_ends_are_kept_in_both() -> None:
    old = f"mine\n{OLD}after\n".replace("\n", "\r\n")
    assert merged(old, NEW) == f"mine\n{NEW}after\n".replace("\n", "\r\n")
    assert merged(old, OLD) == old


def test_trailing_blanks_an_editor_took_away_are_no_words_of_a_person() -> None:
    old = part("first", "a  \nb\n").replace("a  \n", "a\n")
    assert merged(old, part("first", "c")) == part("first", "c")


DAMAGED = [
    (OLD.replace("<!-- tenfold:end first -->\n", ""), "begins inside «first»"),
    (OLD.replace("<!-- tenfold:end second -->\n", ""), "begins and never ends"),
    (OLD.replace("<!-- tenfold:end first -->", "<!-- tenfold:end frist -->"), "«frist» ends here"),
    (OLD.split("\n", 1)[1], "«first» ends here"),
    (OLD + OLD, "there is a second part «first»"),
    (OLD.replace("tenfold:begin second", "tenfold:BEGIN second"), "is damaged"),
    (OLD.replace("<!-- tenfold:end", "<!-- /tenfold:end"), "is damaged"),
    (OLD.replace("\n<!-- tenfold:begin second", "\ntext <!-- tenfold:begin second"), "is damaged"),
]


@pytest.mark.parametrize(("old", "said"), DAMAGED)
@pytest.mark.parametrize("force", [False, True])
def test_damaged_markers_are_refused_with_their_line_even_by_force(old: str, said: str, force: bool) -> None:
    with pytest.raises(SaveRefused, match=rf"^AGENTS\.md:\d+: .*{said}.*; "):
        merged(old, NEW, file="AGENTS.md", force=force)


def test_words_inside_a_part_are_replaced_only_by_force() -> None:
    written = f"mine\n{OLD}".replace("two", "two and a half")
    with pytest.raises(SaveRefused, match=r"doc\.md:8: somebody wrote into the generated part «second»"):
        merged(written, NEW, file="doc.md")
    assert merged(written, NEW, force=True) == f"mine\n{NEW}"


def test_a_text_without_parts_is_replaced_only_by_force() -> None:
    with pytest.raises(SaveRefused, match="no part of it is marked as generated"):
        merged("# All mine\n", NEW)
    assert merged("# All mine\n", NEW, force=True) == NEW


@pytest.mark.parametrize(
    "content",
    ["<!-- tenfold:end first -->", "a\n<!-- tenfold:begin x -->\nb", "<!--tenfold:end first-->", "<!-- /TENFOLD:x"],
)
def test_nothing_inside_generated_content_is_a_marker(content: str) -> None:
    fenced = part("first", content)
    assert merged(fenced, fenced) == fenced
    assert merged(fenced, part("first", "plain")) == part("first", "plain")


WORDS = st.text(st.sampled_from("ab <!->\n\r#|"), max_size=30)


@settings(max_examples=60)
@given(st.lists(WORDS, min_size=3, max_size=3), WORDS, WORDS)
def test_every_word_beside_the_parts_survives_and_merging_twice_changes_nothing(
    hand: list[str], before: str, after: str
) -> None:
    first, second, third = (f"{words}\n" for words in hand)
    old = first + part("one", before) + second + part("two", before) + third
    new = part("one", after) + "\n" + part("two", after)
    once = merged(old, new)
    assert once == first + part("one", after) + second + part("two", after) + third
    assert merged(once, new) == once


def test_only_texts_with_parts_are_brought_together_with_what_is_there(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"mine")
    assert brought_over(there, "plain") == "plain"
    assert brought_over(there, b"\x89PNG") == b"\x89PNG"
    assert brought_over(tmp_path / "new", NEW) == NEW
    with pytest.raises(SaveRefused, match="no part of it"):
        brought_over(there, NEW)


def test_what_is_no_text_is_replaced_only_by_force(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SaveRefused, match=r"there:1: it is no UTF-8 text; .*--force"):
        brought_over(there, NEW)
    assert brought_over(there, NEW, force=True) == NEW


def test_a_text_is_managed_when_it_has_parts() -> None:
    assert is_managed(NEW)
    assert not is_managed("digraph {}")
