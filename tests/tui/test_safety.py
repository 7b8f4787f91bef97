"""Nothing is lost: journals, other studios, changed files, the editor, exports, as seen on the screen."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from studio.edits.edit import Change
from studio.files.journal import claimed
from studio.session import Session
from studio.tui.screens.broken_text import BrokenText
from studio.tui.screens.merging import Merging
from studio.tui.screens.question import Question
from studio.tui.screens.recovered import Recovered
from studio.tui.screens.text_change import TextChange
from tests.tui.driving import Opened, driven


def instances(session: Session) -> float | None:
    found = session.design.component["api"].instances
    return found if isinstance(found, int | float) else None


def left_unsaved(path: Path, count: int) -> None:
    """A design as a studio leaves it that is killed after a change."""
    session = Session.open(path)
    session.keep(claimed(path)[0])
    session.do(Change(("components", "api"), "instances", count))
    session.close()


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes an editor of a line of sed, or of any shell commands on "$f"."""

    def of(commands: str) -> None:
        script = tmp_path / "editor.sh"
        script.write_text(f"#!/bin/sh\nfor f; do :; done\n{commands}\n")
        script.chmod(0o755)
        monkeypatch.setenv("VISUAL", str(script))

    return of


# Journals ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "count"), [("enter", 5), ("k", 5), ("escape", 5), ("d", 2)])
@driven
async def test_what_was_recovered_is_kept_or_discarded(opened: Opened, shop: Path, key: str, count: int) -> None:
    text = shop.read_text()
    left_unsaved(shop, 5)
    async with opened(shop) as studio:
        assert "1 change recovered from" in studio.text
        await studio.press(key)
        assert "Recovered" not in studio.text
        assert instances(studio.screen.session) == count
        assert shop.read_text() == text
        assert studio.screen.session.undo_label is not None


@driven
async def test_what_was_recovered_can_be_looked_at_first(opened: Opened, shop: Path) -> None:
    left_unsaved(shop, 5)
    async with opened(shop) as studio:
        await studio.press("v")
        assert isinstance(studio.app.screen, TextChange)
        assert "+instances = 5" in studio.text
        assert "-instances = 2" in studio.text
        await studio.press("escape")
        assert isinstance(studio.app.screen, Recovered)


@driven
async def test_changes_of_another_version_are_merged_only_when_asked(opened: Opened, shop: Path) -> None:
    left_unsaved(shop, 5)
    shop.write_text(shop.read_text().replace('name = "Shop"', 'name = "Store"'))
    async with opened(shop) as studio:
        assert "quit; it is asked again next time" in studio.text
        assert instances(studio.screen.session) == 2
        await studio.press("escape")
        assert isinstance(studio.app.screen, Recovered)
        await studio.press("m", "escape")
        assert isinstance(studio.app.screen, Recovered)
        await studio.press("m", "enter")
        assert instances(studio.screen.session) == 5
        assert studio.screen.session.design.design.name == "Store"


@driven
async def test_a_second_studio_is_warned(opened: Opened, shop: Path) -> None:
    journal, _ = claimed(shop)
    async with opened(shop) as studio:
        assert isinstance(studio.app.screen, Question)
        assert f"pid {os.getpid()}" in studio.text
        await studio.press("o")
        studio.screen.session.do(Change(("components", "api"), "instances", 5))
        assert studio.app.return_code is None
    journal.close()
    async with opened(shop) as studio:
        assert isinstance(studio.app.screen, Recovered)


@driven
async def test_a_second_studio_can_leave(opened: Opened, shop: Path) -> None:
    journal, _ = claimed(shop)
    async with opened(shop) as studio:
        await studio.press("enter")
        assert studio.app.return_code == 0
    journal.close()


@driven
async def test_a_state_folder_that_cannot_be_is_said_and_no_hindrance(
    opened: Opened, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TENFOLD_STATE", str(shop))
    async with opened(shop) as studio:
        assert "changes are not kept until saved" in studio.text
        studio.screen.select(("components", "mail"))
        await studio.press("d", "ctrl+s")
        assert "mail" not in Session.open(shop).design.component


@driven
async def test_quitting_without_saving_leaves_nothing_to_recover(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        await studio.press("d", "q", "d")
        assert studio.app.return_code == 0
    async with opened(shop) as studio:
        assert studio.app.screen is studio.screen
        assert "mail" in studio.screen.session.design.component


@driven
async def test_undo_reaches_into_the_run_before(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        await studio.press("d", "ctrl+s", "q")
    async with opened(shop) as studio:
        assert "undo: delete mail" in studio.text
        await studio.press("u")
        assert "mail" in studio.screen.session.design.component


# The file ------------------------------------------------------------------------------------------------------


@driven
async def test_a_changed_file_is_noticed_while_nothing_is_done(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.look_at_file()
        await studio.settle()
        assert "changed on the disk" not in studio.text
        shop.write_text(shop.read_text() + "# more\n")
        studio.screen.look_at_file()
        await studio.settle()
        assert "changed on the disk; F5" in studio.text


@driven
async def test_both_sides_are_merged_and_a_conflict_is_chosen(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        session = studio.screen.session
        session.do(Change(("components", "api"), "instances", 5))
        session.do(Change(("components", "db"), "name", "Mine"))
        theirs = shop.read_text().replace("instances = 2", "instances = 7").replace("workers = 8", "workers = 16")
        shop.write_text(theirs)
        await studio.press("ctrl+s", "m")
        assert isinstance(studio.app.screen, Merging)
        assert "1 conflict" in studio.text
        assert "components.api.workers" in studio.text
        await studio.press("down", "space", "enter")
        api = session.design.component["api"]
        assert (api.instances, api.workers, session.design.component["db"].name) == (7, 16, "Mine")
        assert not session.is_unsaved
    text = shop.read_text()
    assert "workers = 16" in text
    assert 'name = "Mine"   # one primary' in text


@driven
async def test_a_file_that_is_gone_is_written_anew(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        shop.unlink()
        await studio.press("f5")
        assert "is gone from the disk" in studio.text
        await studio.press("o")
    assert Session.open(shop).design.design.name == "Shop"


@driven
async def test_what_cannot_be_saved_is_said_and_can_be_saved_elsewhere(opened: Opened, shop: Path) -> None:
    folder = shop.parent / "folder"
    folder.mkdir()
    path = Path(shutil.copy(shop, folder / "shop.toml"))
    async with opened(path) as studio:
        studio.screen.select(("components", "mail"))
        await studio.press("d")
        shutil.rmtree(folder)
        await studio.press("ctrl+s", "o")
        assert "does not exist" in studio.text
        await studio.press("a")
        studio.app.screen.query_one(Input).value = str(shop.parent / "rescued.toml")
        await studio.press("enter")
        assert not studio.screen.session.is_unsaved
    assert "mail" not in Session.open(shop.parent / "rescued.toml").design.component


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "may not be written to"),
        (errno.EROFS, "read-only disk"),
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "is used up"),
    ],
)
@driven
async def test_why_it_cannot_be_saved_is_said_and_nothing_is_lost(
    opened: Opened, shop: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    text = shop.read_text()
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        await studio.press("d")
        with monkeypatch.context() as patch:
            patch.setattr("tempfile.mkstemp", refusing(number))
            await studio.press("ctrl+s")
            assert all(word in studio.text for word in words.split())
            await studio.press("l")
            assert shop.read_text() == text
            assert studio.screen.session.is_unsaved
        await studio.press("ctrl+s")
        assert not studio.screen.session.is_unsaved


def refusing(number: int) -> Callable[..., object]:
    def refuse(*args: object, **named: object) -> object:
        raise OSError(number, os.strerror(number))

    return refuse


@driven
async def test_saving_and_quitting_do_not_wait_for_figures(opened: Opened, shop: Path) -> None:
    async with opened(shop) as studio:
        studio.screen.select(("components", "mail"))
        await studio.pilot.press("d", "ctrl+s", "u", "U", "q")
        await studio.pilot.pause()
        assert studio.app.return_code == 0
    assert "mail" not in Session.open(shop).design.component


@driven
async def test_a_file_is_replaced_by_save_as_only_when_that_is_wanted(opened: Opened, shop: Path) -> None:
    other = shop.with_name("other.toml")
    other.write_text("kept")
    async with opened(shop) as studio:
        await studio.press("f12")
        studio.app.screen.query_one(Input).value = str(other)
        await studio.press("enter")
        assert "exists already" in studio.text
        await studio.press("enter")
        assert other.read_text() == "kept"
        assert studio.screen.session.path == shop


# The editor ----------------------------------------------------------------------------------------------------


@driven
async def test_text_from_the_editor_is_taken_as_one_step(
    opened: Opened, shop: Path, editor: Callable[[str], None]
) -> None:
    editor("""sed -i 's/instances = 2/instances   = 6  # measured/' "$f" """)
    async with opened(shop) as studio:
        await studio.press("ctrl+e")
        assert isinstance(studio.app.screen, TextChange)
        assert "-instances = 2" in studio.text
        await studio.press("enter")
        assert instances(studio.screen.session) == 6
        assert studio.screen.session.undo_label == "edited as text"
        await studio.press("ctrl+s")
        assert "instances   = 6  # measured" in shop.read_text()
        await studio.press("u")
        assert instances(studio.screen.session) == 2


@driven
async def test_text_from_the_editor_can_be_dropped(opened: Opened, shop: Path, editor: Callable[[str], None]) -> None:
    editor("""sed -i 's/instances = 2/instances = 6/' "$f" """)
    async with opened(shop) as studio:
        await studio.press("ctrl+e", "escape")
        assert studio.app.screen is studio.screen
        assert not studio.screen.session.is_unsaved


@driven
async def test_text_that_does_not_load_says_where_and_is_edited_again(
    opened: Opened, shop: Path, editor: Callable[[str], None]
) -> None:
    editor("""sed -i 's/instances = 2/instance = 6/' "$f" """)
    async with opened(shop) as studio:
        await studio.press("ctrl+e")
        assert isinstance(studio.app.screen, BrokenText)
        line = shop.read_text().splitlines().index("instances = 2") + 1
        assert f"line {line}:" in studio.text
        editor("""sed -i 's/instance = 6/instances = 6/' "$f" """)
        await studio.press("enter")
        assert "+instances = 6" in studio.text
        await studio.press("enter")
        assert instances(studio.screen.session) == 6


@pytest.mark.parametrize("commands", ["exit 1", 'rm "$f"', "printf '\\377' > \"$f\"", ":"])
@driven
async def test_an_editor_that_gives_nothing_back_changes_nothing(
    opened: Opened, shop: Path, editor: Callable[[str], None], commands: str
) -> None:
    editor(commands)
    async with opened(shop) as studio:
        await studio.press("ctrl+e")
        assert studio.app.screen is studio.screen
        assert not studio.screen.session.is_unsaved


@driven
async def test_an_editor_that_is_not_there_is_said(opened: Opened, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    async with opened(shop) as studio:
        await studio.press("ctrl+e")
        assert "no-such-editor cannot be started" in studio.text
