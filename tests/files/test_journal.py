"""Journals and locks as files."""

import json
from pathlib import Path

import pytest

from studio.errors import TenfoldError
from studio.files import journal
from studio.files.journal import claimed, clean_up, events, journals


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TENFOLD_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_it_lies_in_the_state_folder_and_only_its_owner_reads_it(tmp_path: Path, state: Path) -> None:
    found, other = claimed(tmp_path / "shop.toml")
    found.begin({"tenfold": 1})
    found.close()
    assert other is None
    assert found.path.parent == state / "journals"
    assert found.path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob("*")) == [state]


def test_a_second_studio_is_told_who_has_the_file_and_gets_a_journal_of_its_own(tmp_path: Path) -> None:
    first, _ = claimed(tmp_path / "shop.toml")
    first.begin({"tenfold": 1})
    second, other = claimed(tmp_path / "shop.toml")
    assert other is not None
    assert other.pid > 0
    assert second.path != first.path
    first.close()
    second.close()
    third, other = claimed(tmp_path / "shop.toml")
    assert other is None
    assert third.path == first.path
    third.close()


def test_the_journal_with_unsaved_work_is_found_wherever_it_was_written(tmp_path: Path) -> None:
    first, _ = claimed(tmp_path / "shop.toml")
    first.begin({"tenfold": 1})
    second, _ = claimed(tmp_path / "shop.toml")
    second.begin({"tenfold": 1})
    second.note({"do": "something"})
    first.close()
    second.close()
    found, _ = claimed(tmp_path / "shop.toml")
    assert found.path == second.path
    found.close()


def test_two_names_of_one_file_have_one_journal(tmp_path: Path) -> None:
    (tmp_path / "shop.toml").write_text("")
    (tmp_path / "link.toml").symlink_to(tmp_path / "shop.toml")
    found, _ = claimed(tmp_path / "shop.toml")
    _, other = claimed(tmp_path / "link.toml")
    assert other is not None
    found.close()


def test_a_line_is_there_as_soon_as_it_is_noted(tmp_path: Path) -> None:
    found, _ = claimed(tmp_path / "shop.toml")
    found.begin({"tenfold": 1})
    found.note({"do": "x"})
    assert [json.loads(line) for line in found.path.read_text().splitlines()] == [{"tenfold": 1}, {"do": "x"}]
    found.close()


def test_what_stands_behind_a_torn_line_is_not_read_and_written_over(tmp_path: Path) -> None:
    found, _ = claimed(tmp_path / "shop.toml")
    found.path.write_bytes(b'{"tenfold":1}\n{"do":"a"}\n{"do":"b')
    read = list(found.lines())
    assert [event for event, _ in read] == [{"tenfold": 1}, {"do": "a"}]
    found.go_on(read[-1][1])
    found.note({"do": "c"})
    assert [event for event, _ in found.lines()] == [{"tenfold": 1}, {"do": "a"}, {"do": "c"}]
    found.close()


@pytest.mark.parametrize("content", [b"", b"\n", b"\x00\x01\n", b"[1]\n", b"nonsense\n", b"\xff\xfe\n"])
def test_what_is_no_journal_says_nothing(content: bytes) -> None:
    assert list(events(content)) == []


def test_a_full_disk_breaks_the_journal_and_not_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = claimed(tmp_path / "shop.toml")
    found.begin({"tenfold": 1})

    def full(handle: int, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.write", full)
    found.note({"do": "a"})
    assert found.is_broken
    assert [event for event, _ in found.lines()] == [{"tenfold": 1}]
    found.close()


def test_a_state_folder_that_cannot_be_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TENFOLD_STATE", str(tmp_path / "file"))
    with pytest.raises(TenfoldError, match="changes are not kept until saved"):
        claimed(tmp_path / "shop.toml")


def test_journals_nobody_wrote_for_thirty_days_go_and_no_others(tmp_path: Path) -> None:
    found, _ = claimed(tmp_path / "shop.toml")
    found.begin({"tenfold": 1})
    written = found.path.stat().st_mtime
    found.close()
    clean_up(written + journal.KEPT - 60)
    assert found.path.exists()
    clean_up(written + journal.KEPT + 60)
    assert list(journals().glob("*")) == []
