"""A session with its journal: what survives which end of the program."""

import contextlib
import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.edits.edit import Change, Remove
from studio.edits.gestures import place
from studio.errors import EditRefused, InvalidDesign, SaveRefused
from studio.files.journal import claimed
from studio.files.recording import Recovery
from studio.session import Session

SHOP = """\
# The shop, as discussed on Monday.
format = 1

[design]
name = "Shop"

# The front.
[components.web]
kind = "client"

[components.api]
kind = "service"  # behind the balancer
instances = 2

[connections.web-api]
from = "web"
to = "api"
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TENFOLD_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "shop.toml"
    path.write_text(SHOP)
    return path


def opened(path: Path) -> tuple[Session, Recovery | None]:
    session = Session.open(path)
    journal, _ = claimed(path)
    return session, session.keep(journal)


def killed(session: Session) -> None:
    """As after `kill -9`: nothing more is written, and the system lets go of the lock."""
    session.close()


def instances(session: Session) -> float | None:
    found = session.design.component["api"].instances
    return found if isinstance(found, int | float) else None


def scale(session: Session, count: int, *, join: bool = False) -> None:
    session.do(Change(("components", "api"), "instances", count), join=join)


def test_what_was_not_saved_is_recovered(shop: Path) -> None:
    session, recovery = opened(shop)
    assert recovery is None
    scale(session, 3)
    session.do(Remove(("components", "web")))
    killed(session)
    session, recovery = opened(shop)
    assert recovery is not None
    assert (recovery.changes, recovery.is_of_another_version) == (2, False)
    assert list(session.design.component) == ["api"]
    assert session.is_unsaved
    assert shop.read_text() == SHOP
    assert [session.undo(), session.undo(), session.undo()] == ["delete web", "instances of api", None]
    assert not session.is_unsaved


def test_discarding_is_a_step_too(shop: Path) -> None:
    session, _ = opened(shop)
    scale(session, 3)
    killed(session)
    session, _ = opened(shop)
    session.discard()
    assert not session.is_unsaved
    killed(session)
    session, recovery = opened(shop)
    assert recovery is None
    session.undo()
    assert instances(session) == 3


def test_the_history_survives_a_saved_end(shop: Path) -> None:
    session, _ = opened(shop)
    for count in (3, 4, 5):
        scale(session, count)
    session.undo()
    session.save()
    session.close()
    session, recovery = opened(shop)
    assert recovery is None
    session.recall()
    assert (session.undo_label, session.redo_label, instances(session)) == ("instances of api", "instances of api", 4)
    session.redo()
    assert instances(session) == 5
    for _ in range(3):
        session.undo()
    assert instances(session) == 2
    session.save()
    assert shop.read_text() == SHOP


def test_a_thousand_steps_survive(shop: Path) -> None:
    session, _ = opened(shop)
    for count in range(3, 1203):
        scale(session, count)
    killed(session)
    session, _ = opened(shop)
    steps = 0
    while session.undo():
        steps += 1
    assert steps == 1200
    assert instances(session) == 2


def test_a_journal_that_grew_too_long_forgets_its_first_steps_only(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.files.remembering.MOST_STEPS", 5)
    monkeypatch.setattr("studio.files.recording.MOST_STEPS", 5)
    session, _ = opened(shop)
    for count in range(3, 20):
        scale(session, count)
    session.save()
    for _ in range(2):  # the second time what was shortened is read again
        session.close()
        session, recovery = opened(shop)
        assert recovery is None
    assert [session.undo() for _ in range(6)] == ["instances of api"] * 5 + [None]
    assert instances(session) == 14


def test_a_gesture_in_pieces_stays_one_step(shop: Path) -> None:
    session, _ = opened(shop)
    for column in (1, 2, 3):
        session.do(place("api", (column, 0)), join=True)
    killed(session)
    session, recovery = opened(shop)
    assert recovery is not None
    assert recovery.changes == 1
    session.undo()
    assert session.design.component["api"].at is None


def test_a_journal_of_another_version_of_the_file_is_not_applied_by_itself(shop: Path) -> None:
    session, _ = opened(shop)
    scale(session, 3)
    killed(session)
    shop.write_text(SHOP.replace('name = "Shop"', 'name = "Store"  # renamed'))
    session, recovery = opened(shop)
    assert recovery is not None
    assert recovery.is_of_another_version
    assert instances(session) == 2
    session.take_merged(session.merge())
    assert (instances(session), session.design.design.name) == (3, "Store")
    assert "# renamed" in session.text()
    killed(session)
    session, recovery = opened(shop)
    assert recovery is not None
    assert not recovery.is_of_another_version
    assert instances(session) == 3
    session.undo()
    assert (instances(session), session.design.design.name) == (3, "Shop")


def test_a_journal_of_another_version_can_be_discarded_and_is_set_aside(shop: Path) -> None:
    session, _ = opened(shop)
    scale(session, 3)
    killed(session)
    shop.write_text(SHOP.replace('name = "Shop"', 'name = "Store"'))
    session, _ = opened(shop)
    session.discard()
    assert not session.is_unsaved
    session.close()
    assert len(list((shop.parent / "state" / "journals").glob("*.aside"))) == 1
    assert opened(shop)[1] is None


def test_leaving_the_question_open_loses_nothing(shop: Path) -> None:
    session, _ = opened(shop)
    scale(session, 3)
    killed(session)
    shop.write_text(SHOP + "# more\n")
    session, first = opened(shop)
    killed(session)
    assert opened(shop)[1] == first


def test_a_program_that_ended_right_after_saving_has_nothing_to_recover(shop: Path) -> None:
    session, _ = opened(shop)
    scale(session, 3)
    text = session.text()
    killed(session)
    shop.write_text(text)
    session, recovery = opened(shop)
    assert recovery is None
    assert not session.is_unsaved
    assert session.undo_label == "instances of api"


def test_a_design_that_was_never_saved_is_recovered_too(shop: Path) -> None:
    path = shop.parent / "copy.toml"
    session = Session.from_text(SHOP, path)
    session.keep(claimed(path)[0])
    scale(session, 9)
    killed(session)
    session = Session.from_text(SHOP, path)
    assert session.keep(claimed(path)[0]) is not None
    assert instances(session) == 9
    session.save()
    assert not session.is_unsaved


def test_saving_elsewhere_takes_the_journal_along_and_leaves_nothing_to_recover(shop: Path) -> None:
    session, _ = opened(shop)
    scale(session, 3)
    other = shop.with_name("other.toml")
    session.save(other)
    scale(session, 4)
    killed(session)
    session, recovery = opened(shop)
    assert recovery is None
    assert instances(session) == 2
    session.close()
    session, recovery = opened(other)
    assert recovery is not None
    assert instances(session) == 4
    session.undo()
    assert instances(session) == 3


def test_undoing_beyond_where_the_journal_began_is_kept_as_well(shop: Path) -> None:
    session, _ = opened(shop)
    scale(session, 3)
    session.save(shop.with_name("other.toml"))
    session.undo()
    session.redo()
    session.undo()
    killed(session)
    session, recovery = opened(shop.with_name("other.toml"))
    assert recovery is not None
    assert instances(session) == 2


def test_text_edited_as_text_is_kept_exactly_as_one_step(shop: Path) -> None:
    session, _ = opened(shop)
    text = SHOP.replace("instances = 2", "instances   =   7   # measured").replace("# The front.", "# The shop front.")
    session.rewrite(text)
    assert session.text() == text
    assert instances(session) == 7
    killed(session)
    session, _ = opened(shop)
    assert session.text() == text
    session.do(Change(("components", "web"), "name", "Web"))
    assert "# The shop front." in session.text()
    assert "instances   =   7   # measured" in session.text()
    session.undo()
    session.undo()
    assert session.text() == SHOP
    assert not session.is_unsaved


def test_a_comment_alone_is_a_change_and_can_be_undone(shop: Path) -> None:
    session, _ = opened(shop)
    session.rewrite(SHOP + "# The end.\n")
    assert session.is_unsaved
    session.save()
    assert shop.read_text().endswith("# The end.\n")
    assert session.undo_label == "edited as text"
    session.undo()
    assert session.is_unsaved
    assert session.text() == SHOP


def test_text_that_does_not_load_changes_nothing(shop: Path) -> None:
    session, _ = opened(shop)
    with pytest.raises(InvalidDesign, match=r"shop\.toml:12"):
        session.rewrite(SHOP.replace('kind = "service"', 'kind = "servise"'))
    assert session.text() == SHOP
    assert session.undo_label is None


def test_undoing_past_a_save_gives_the_comments_back(shop: Path) -> None:
    session, _ = opened(shop)
    session.do(Remove(("components", "api")))
    session.save()
    assert "balancer" not in shop.read_text()
    session.undo()
    session.save()
    assert shop.read_text() == SHOP


def test_a_changed_file_is_noticed_and_merged(shop: Path) -> None:
    session, _ = opened(shop)
    assert not session.looks_changed_on_disk()
    scale(session, 5)
    shop.write_text(SHOP.replace('name = "Shop"', 'name = "Store"'))
    assert session.looks_changed_on_disk()
    merge = session.merge()
    assert merge.found.taken == (("design", "name"),)
    session.take_merged(merge)
    assert not session.looks_changed_on_disk()
    assert session.undo_label == "merge with shop.toml"
    session.save()
    assert 'name = "Store"' in shop.read_text()
    assert "instances = 5" in shop.read_text()


def test_a_file_that_was_only_touched_is_not_changed(shop: Path) -> None:
    session, _ = opened(shop)
    shop.write_text(SHOP)
    assert not session.looks_changed_on_disk()
    shop.unlink()
    assert session.looks_changed_on_disk()


def test_a_file_that_came_to_be_where_a_new_one_is_to_be_saved_is_noticed(shop: Path) -> None:
    session = Session.from_text(SHOP, shop.with_name("new.toml"))
    assert not session.changed_on_disk
    shutil.copy(shop, session.path)
    assert session.changed_on_disk


def test_a_vanished_folder_is_said_and_nothing_is_lost(shop: Path) -> None:
    folder = shop.parent / "gone"
    folder.mkdir()
    path = Path(shutil.copy(shop, folder / "shop.toml"))
    session, _ = opened(path)
    scale(session, 3)
    shutil.rmtree(folder)
    with pytest.raises(SaveRefused, match="does not exist"):
        session.save()
    assert instances(session) == 3
    session.save(shop.with_name("rescued.toml"))
    assert "instances = 3" in shop.with_name("rescued.toml").read_text()


STEPS: tuple[Callable[[Session], object], ...] = (
    lambda session: scale(session, 3),
    lambda session: scale(session, 4, join=True),
    lambda session: session.do(Remove(("components", "web"))),
    lambda session: session.undo(),
    lambda session: session.redo(),
    lambda session: session.save(),
    lambda session: session.rewrite(SHOP.replace("Monday", "Tuesday")),
    lambda session: session.undo(),
    lambda session: session.do(place("api", (3, 4))),
)
numbers = itertools.count()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), max_size=8), st.data())
def test_wherever_a_journal_is_torn_it_gives_a_moment_that_was(
    shop: Path, steps: list[Callable[[Session], object]], data: st.DataObject
) -> None:
    path = shop.with_name(f"shop{next(numbers)}.toml")
    path.write_text(SHOP)
    session, _ = opened(path)
    moments = [(session.design, session._now.text)]
    for step in steps:
        with contextlib.suppress(EditRefused):
            step(session)
        moments.append((session.design, session._now.text))
    assert session._record is not None
    journal = session._record.journal.path
    killed(session)
    content = journal.read_bytes()
    journal.write_bytes(content[: round(data.draw(st.floats(0, 1)) * len(content))])
    path.write_text(SHOP)
    session, recovery = opened(path)
    if recovery is not None and recovery.is_of_another_version:
        session.take_merged(session.merge())
        assert session.undo_label is not None
    else:
        assert (session.design, session._now.text) in moments
    while session.undo():
        pass
    assert session.text() == SHOP
    session.close()
