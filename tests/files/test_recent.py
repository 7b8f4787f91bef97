"""What is remembered of earlier runs."""

from pathlib import Path

import pytest

from studio.files.journal import claimed
from studio.files.recent import MOST, forget, is_first_run, never_saved, recent, remember


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TENFOLD_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_the_newest_comes_first_each_once_and_no_more_than_ten(tmp_path: Path) -> None:
    assert is_first_run()
    for number in (*range(15), 9):
        remember(tmp_path / f"{number}.toml")
    assert [path.stem for path in recent()] == ["9", "14", "13", "12", "11", "10", "8", "7", "6", "5"]
    assert len(recent()) == MOST
    forget(tmp_path / "14.toml")
    assert tmp_path / "14.toml" not in recent()
    assert not is_first_run()


@pytest.mark.parametrize("content", ["", "{}", "[1, null]", "nonsense", '"text"', "\x00"])
def test_a_list_that_cannot_be_read_is_an_empty_one(state: Path, content: str) -> None:
    state.mkdir()
    (state / "recent.json").write_text(content)
    assert recent() == ()


def test_names_that_are_no_text_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.toml"
    remember(path)
    assert recent() == (path,)


def test_a_state_folder_that_cannot_be_written_is_no_error(state: Path) -> None:
    state.write_text("a file")
    remember(Path("shop.toml"))
    assert recent() == ()
    assert never_saved() == ()


def test_only_designs_with_changes_and_without_a_file_were_never_saved(tmp_path: Path) -> None:
    first = {"tenfold": 1, "text": "format = 1", "fingerprint": "", "at": 0}
    for name, is_changed in (("a", True), ("b", False), ("c", True)):
        journal, _ = claimed(tmp_path / f"{name}.toml")
        journal.begin({**first, "file": str(tmp_path / f"{name}.toml")})
        if is_changed:
            journal.note({"do": "x"})
        journal.close()
    (tmp_path / "c.toml").write_text("")
    assert never_saved() == ((tmp_path / "a.toml", "format = 1"),)
