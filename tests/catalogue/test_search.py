"""Search: what is found, in which order, and which letters are marked."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.catalogue.library import Library
from studio.catalogue.search import search
from studio.catalogue.spelling import is_misspelt, letters_in_order


@pytest.mark.parametrize(
    ("words", "first", "others"),
    [
        ("cache-aside", "cache-aside", ()),
        ("Cache Aside", "cache-aside", ()),
        ("cache", "cache-aside", ("redis",)),
        ("cac", "cache-aside", ("redis",)),
        ("lazy loading", "cache-aside", ()),
        ("lb", "balancer", ()),
        ("load bal", "balancer", ()),
        ("balancr", "balancer", ()),
        ("ciruict breaker", "circuit-breaker", ()),
        ("crcbr", "circuit-breaker", ()),
        ("postgres", "postgresql", ()),
        ("psotgres", "postgresql", ()),
        ("sql transactions", "postgresql", ()),
        ("reliability", "circuit-breaker", ()),
        ("stale answer", "cache-aside", ()),
        ("several servers", "balancer", ()),
    ],
)
def test_words_find_what_was_meant(library: Library, words: str, first: str, others: tuple[str, ...]) -> None:
    found = [hit.id for hit in search(library, words)]
    assert found[0] == first
    assert [id_ for id_ in found[1:] if id_ in others] == list(others)


@pytest.mark.parametrize("words", ["xyzzy", "cache xyzzy", "qqq", "\x00", "[bold]", "(", "*" * 500])
def test_words_that_are_nowhere_find_nothing(library: Library, words: str) -> None:
    assert search(library, words) == ()


@pytest.mark.parametrize("words", ["", "   ", "-"])
def test_no_words_find_all_in_order(library: Library, words: str) -> None:
    ids = [hit.id for hit in search(library, words)]
    assert ids == [*library.pattern_ids(), *library.technology_ids()]


@pytest.mark.parametrize(
    ("words", "id_", "field", "marked"),
    [
        ("aside", "cache-aside", "name", ["aside"]),
        ("cache aside", "cache-aside", "name", ["Cache", "aside"]),
        ("cac asi", "cache-aside", "name", ["Cac", "asi"]),
        ("cac", "cache-aside", "id", ["cac"]),
        ("crcbr", "circuit-breaker", "name", ["C", "rc", "br"]),
        ("brekaer", "circuit-breaker", "name", ["breaker"]),
        ("server", "balancer", "summary", ["server"]),
        ("reads", "cache-aside", "name", []),
    ],
)
def test_what_was_found_is_marked(library: Library, words: str, id_: str, field: str, marked: list[str]) -> None:
    hit = next(hit for hit in search(library, words) if hit.id == id_)
    text = {"name": hit.name, "id": hit.id, "summary": hit.summary}[field]
    assert [text[start:end] for start, end in hit.spans(field)] == marked


def test_a_hit_found_by_an_alias_says_so(library: Library) -> None:
    hit = search(library, "look asi")[0]
    match = next(match for match in hit.matches if match.field == "alias")
    assert (match.text, [match.text[start:end] for start, end in match.spans]) == (
        "look-aside cache",
        ["look", "asi"],
    )


def test_a_name_that_changes_its_length_in_lower_case_is_marked_rightly(tmp_path: Path, entries: Path) -> None:
    folder = tmp_path / "patterns" / "scalability"
    folder.mkdir(parents=True)
    text = (entries / "patterns/scalability/cache-aside.toml").read_text(encoding="utf-8")
    (folder / "turkish.toml").write_text(text.replace('"Cache-aside"', '"İİİ cache"'), encoding="utf-8")
    hit = search(Library((tmp_path,)), "cache")[0]
    assert [hit.name[start:end] for start, end in hit.spans("name")] == ["cache"]


@given(st.text(string.ascii_lowercase + " -", max_size=12))
def test_every_mark_lies_within_its_text_and_apart_from_the_next(words: str) -> None:
    library = Library((Path(__file__).parent / "entries",))
    for hit in search(library, words):
        for match in hit.matches:
            edges = [edge for span in match.spans for edge in span]
            assert edges == sorted(edges)
            assert 0 <= edges[0] < edges[-1] <= len(match.text)


@pytest.mark.parametrize(
    ("word", "meant", "near"),
    [
        ("kafka", "kafka", True),
        ("kafak", "kafka", True),
        ("kafa", "kafka", True),
        ("kafkka", "kafka", True),
        ("kadka", "kafka", True),
        ("kadak", "kafka", False),
        ("abc", "abd", False),
        ("repliction", "replication", True),
        ("replicatoin", "replication", True),
        ("repilcatoin", "replication", True),
        ("rpilcatoin", "replication", False),
    ],
)
def test_a_slip_is_forgiven_two_in_long_words(word: str, meant: str, near: bool) -> None:
    assert is_misspelt(word, meant) is near


@pytest.mark.parametrize(
    ("letters", "text", "spans"),
    [
        ("cb", "circuit breaker", ((0, 1), (8, 9))),
        ("rwb", "retry with backoff", ((0, 1), (6, 7), (11, 12))),
        ("xb", "circuit breaker", ()),
        ("ker", "circuit breaker", ()),
        ("cbz", "circuit breaker", ()),
    ],
)
def test_letters_in_order_begin_words(letters: str, text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert letters_in_order(letters, text) == spans
