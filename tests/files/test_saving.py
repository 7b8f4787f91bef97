import errno
import os
import stat
from pathlib import Path

import pytest

from studio.errors import SaveRefused
from studio.files.loading import read
from studio.files.saving import changed_on_disk, save

TEXT = 'format = 1\n[design]\nname = "é"\n'


def folder_of(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.iterdir())


def test_a_saved_text_is_read_back_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    save(path, TEXT)
    assert read(path).text == TEXT
    assert folder_of(tmp_path) == ["x.toml"]


def test_line_ends_are_saved_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    save(path, TEXT.replace("\n", "\r\n"))
    assert path.read_bytes() == TEXT.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_the_mode_of_the_file_is_kept(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "x.toml"
    path.write_text("old")
    path.chmod(mode)
    save(path, TEXT)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_has_the_mode_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "any").touch()
    save(tmp_path / "x.toml", TEXT)
    assert (tmp_path / "x.toml").stat().st_mode == (tmp_path / "any").stat().st_mode


def test_a_symbolic_link_stays_one_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target, link = tmp_path / "elsewhere" / "real.toml", tmp_path / "link.toml"
    target.write_text("old")
    link.symlink_to(target)
    save(link, TEXT)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == TEXT


def test_a_reader_with_the_old_file_open_still_reads_the_old_text(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("old")
    with path.open() as reader:
        save(path, TEXT)
        assert reader.read() == "old"


FAILURES = [
    (errno.ENOSPC, "disk is full"),
    (errno.EACCES, "may not be written"),
    (errno.EROFS, "read-only disk"),
    (errno.EIO, os.strerror(errno.EIO)),
]


@pytest.mark.parametrize(("code", "words"), FAILURES)
def test_a_failing_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    path = tmp_path / "x.toml"
    path.write_text("old")

    def fail(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(SaveRefused, match=words):
        save(path, TEXT)
    assert path.read_text() == "old"
    assert folder_of(tmp_path) == ["x.toml"]


def test_places_that_cannot_be_saved_to_say_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for path, words in [
        (tmp_path / "none" / "x.toml", "does not exist"),
        (tmp_path / "file" / "x.toml", "is no folder"),
        (tmp_path / "folder", "is a folder"),
        (tmp_path / "pipe", "no ordinary file"),
        (tmp_path / ("x" * 300), "too long"),
        (Path("a\0b"), "not saved"),
    ]:
        with pytest.raises(SaveRefused, match=words):
            save(path, TEXT)


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.toml"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SaveRefused, match="read-only"):
        save(path, TEXT)
    assert path.read_text() == "old"


def test_half_a_character_cannot_be_saved(tmp_path: Path) -> None:
    with pytest.raises(SaveRefused, match="half a character"):
        save(tmp_path / "x.toml", "\ud800")
    assert folder_of(tmp_path) == []


def test_a_file_is_changed_on_disk_when_its_bytes_are_others(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    save(path, TEXT)
    loaded = read(path)
    assert not changed_on_disk(loaded)
    save(path, TEXT)
    assert not changed_on_disk(loaded)
    save(path, TEXT.replace("é", "e"))
    assert changed_on_disk(loaded)
    path.unlink()
    assert changed_on_disk(loaded)
