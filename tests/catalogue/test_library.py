"""The library: found by name, read when asked for, broken files beside sound ones."""

import shutil
from pathlib import Path

import pytest

from studio.catalogue.library import Library, UnknownEntry, shipped
from studio.catalogue.reading import InvalidEntry
from studio.errors import TenfoldError
from studio.paths import shipped_catalogue


@pytest.fixture
def own(tmp_path: Path, entries: Path) -> Path:
    """A person's own folder: one new pattern, one that shadows a shipped one, one that is broken."""
    for id_, name in (("cache-aside", "Our cache"), ("our-cache", "Second cache")):
        text = (entries / "patterns/scalability/cache-aside.toml").read_text(encoding="utf-8")
        path = tmp_path / "patterns" / "scalability" / f"{id_}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace('name = "Cache-aside"', f'name = "{name}"'), encoding="utf-8")
    (tmp_path / "patterns" / "scalability" / "broken.toml").write_text("name = ", encoding="utf-8")
    (tmp_path / "patterns" / "scalability" / "notes.txt").write_text("not an entry", encoding="utf-8")
    return tmp_path


def test_entries_come_by_family_and_kind_and_then_by_id(library: Library) -> None:
    assert library.pattern_ids() == ("cache-aside", "circuit-breaker", "balancer", "relay")
    assert tuple(pattern.id for pattern in library.patterns()) == library.pattern_ids()
    assert library.technology_ids() == ("postgresql", "redis")
    assert tuple(technology.id for technology in library.technologies()) == library.technology_ids()
    assert library.problems() == ()


def test_an_entry_is_read_once(library: Library) -> None:
    assert library.pattern("balancer") is library.pattern("balancer")
    assert library.pattern("balancer") in library.patterns()


def test_a_file_is_read_only_when_its_entry_is_asked_for(own: Path) -> None:
    library = Library((own,))
    assert library.pattern("our-cache").name == "Second cache"
    shutil.copy(own / "patterns/scalability/our-cache.toml", own / "patterns/scalability/broken.toml")
    assert library.pattern("broken").name == "Second cache"


def test_a_later_folder_adds_and_shadows(entries: Path, own: Path) -> None:
    library = Library((entries, own))
    assert library.pattern("our-cache").name == "Second cache"
    assert library.pattern("cache-aside").name == "Our cache"
    assert library.pattern("balancer").name == "Load balancer"
    assert library.path_of(library.pattern("cache-aside")) == own / "patterns/scalability/cache-aside.toml"
    assert library.path_of(library.technology("redis")) == entries / "technologies/cache/redis.toml"


def test_a_broken_entry_breaks_no_other(entries: Path, own: Path) -> None:
    library = Library((entries, own))
    assert [pattern.id for pattern in library.patterns()] == [
        "cache-aside",
        "our-cache",
        "circuit-breaker",
        "balancer",
        "relay",
    ]
    assert [str(problem) for problem in library.problems()] == [
        f"{own / 'patterns/scalability/broken.toml'}:1: this is no TOML: Invalid value; correct the line"
    ]
    for _ in range(2):
        with pytest.raises(InvalidEntry, match="this is no TOML"):
            library.pattern("broken")


def test_folders_that_are_not_there_are_empty(tmp_path: Path) -> None:
    library = Library((tmp_path / "nowhere",))
    assert [*library.patterns(), *library.technologies(), *library.pattern_ids(), *library.technology_ids()] == []
    assert library.technology_called("redis") is None


@pytest.mark.parametrize(
    ("id_", "said"),
    [
        ("cache-asid", "no pattern is called cache-asid; did you mean cache-aside?"),
        ("zzz", "no pattern is called zzz; tenfold catalogue list shows all"),
        ("redis", "no pattern is called redis"),
        ("../cache-aside", "no pattern is called ../cache-aside"),
        ("\x1b[2J", "no pattern is called \ufffd[2J"),
    ],
)
def test_an_unknown_id_names_the_nearest(library: Library, id_: str, said: str) -> None:
    with pytest.raises(UnknownEntry) as caught:
        library.pattern(id_)
    assert isinstance(caught.value, TenfoldError)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("redis", "redis"),
        ("Redis", "redis"),
        ("PostgreSQL", "postgresql"),
        ("PostgreSQL 17 on a big machine", None),
        ("", None),
        (None, None),
    ],
)
def test_a_component_names_its_technology_by_id_in_any_case(
    library: Library, words: str | None, id_: str | None
) -> None:
    found = library.technology_called(words)
    assert (found.id if found else None) == id_


def test_an_id_may_be_a_pattern_and_a_technology(entries: Path, tmp_path: Path) -> None:
    (tmp_path / "patterns/scalability").mkdir(parents=True)
    shutil.copy(entries / "patterns/scalability/cache-aside.toml", tmp_path / "patterns/scalability/redis.toml")
    library = Library((entries, tmp_path))
    assert [type(entry).__name__ for entry in library.entries("redis")] == ["Pattern", "Technology"]
    assert [type(entry).__name__ for entry in library.entries("postgresql")] == ["Technology"]
    with pytest.raises(UnknownEntry, match="did you mean redis"):
        library.entries("rediss")


def test_the_shipped_library_lies_where_the_program_says() -> None:
    assert shipped() is shipped()
    assert all(shipped_catalogue() in shipped().path_of(pattern).parents for pattern in shipped().patterns())
