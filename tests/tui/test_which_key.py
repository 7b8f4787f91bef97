"""The table behind Space, the line of keys, the letters of a jump, and finding a command by typing."""

import pytest

from studio.tui.jumping import labels, narrowed
from studio.tui.keymap import known
from studio.tui.screens.picker import Choice, matching
from studio.tui.which_key import (
    BOX,
    CHOSEN,
    FIRST,
    GROUPS,
    LINK,
    NOTHING,
    SEVERAL,
    Situation,
    chosen_first,
    groups,
    why_not,
)

IDS = {bound.id for bound in known()}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_letter_of_a_group_leads_to_an_action_that_is_there(group: object) -> None:
    assert group in GROUPS
    entries = next(found for found in GROUPS if found == group).entries
    assert {entry.id for entry in entries} <= IDS
    letters = [entry.letter for entry in entries]
    assert len(letters) == len(set(letters))


def test_no_two_groups_have_the_same_letter_and_none_is_the_way_out() -> None:
    letters = [group.letter for group in GROUPS]
    assert len(letters) == len(set(letters))
    assert "q" not in letters


def test_the_line_of_keys_names_actions_that_are_there() -> None:
    assert {id_ for ids in FIRST.values() for id_ in ids} <= IDS


def test_only_what_is_possible_is_offered() -> None:
    def offered(chosen: str) -> set[str]:
        return {entry.id for group in groups(chosen) for entry in group.entries}

    assert "canvas.connect" in offered(BOX)
    assert "canvas.connect" not in offered(LINK) | offered(NOTHING) | offered(SEVERAL)
    assert "canvas.box" in offered(NOTHING)
    assert all(groups(chosen) for chosen in CHOSEN)


def test_keys_for_what_is_chosen_come_first_and_others_go() -> None:
    hints = {id_: ("x", "word", id_) for id_ in ("canvas.box", "canvas.delete", "canvas.label", "other.thing")}
    assert [hint[2] for hint in chosen_first(hints, LINK)] == ["canvas.label", "canvas.delete", "other.thing"]
    assert [hint[2] for hint in chosen_first(hints, NOTHING)] == ["canvas.box", "other.thing"]


@pytest.mark.parametrize(
    ("id_", "now", "said"),
    [
        ("canvas.connect", Situation(), "select a box first"),
        ("canvas.connect", Situation(BOX), ""),
        ("studio.undo", Situation(), "nothing to take back"),
        ("studio.undo", Situation(undo="add api"), ""),
        ("what-if.cold", Situation(), "w supposes first"),
        ("what-if.cold", Situation(is_supposing=True), ""),
        ("studio.flag", Situation(), "no open flags"),
        ("studio.save", Situation(), ""),
    ],
)
def test_why_an_action_can_do_nothing_now(id_: str, now: Situation, said: str) -> None:
    assert why_not(id_, now) == said


@pytest.mark.parametrize("count", [0, 1, 26, 27, 51, 52, 400, 676, 700])
def test_labels_are_short_and_none_is_the_beginning_of_another(count: int) -> None:
    found = labels(count)
    assert len(found) == min(count, 676) == len(set(found))
    assert all(1 <= len(label) <= 2 for label in found)
    singles = {label for label in found if len(label) == 1}
    assert not any(label[0] in singles for label in found if len(label) == 2)


def test_a_typed_letter_leaves_what_begins_with_it() -> None:
    assert narrowed({"api": "s", "db": "ma", "mq": "ms"}, "m") == {"db": "a", "mq": "s"}


def choice(text: str, *, weight: float = 0.0, why_not: str = "") -> Choice:
    return Choice(text, text, weight=weight, why_not=why_not)


def found(asked: str, *choices: Choice) -> list[str]:
    return [each.text for each in matching(choices, asked)]


def test_what_fits_best_comes_first() -> None:
    assert found("undo", choice("a hundred owners"), choice("Save under another"), choice("Undo")) == ["Undo"]
    assert found("box", choice("inbox"), choice("add a box")) == ["add a box", "inbox"]
    assert found("fla nex", choice("Next flag"), choice("Quit")) == ["Next flag"]
    assert found("svas", choice("Save as"), choice("Quit")) == ["Save as"]


def test_what_was_used_lately_comes_first_of_what_fits_as_well() -> None:
    assert found("go", choice("go to api"), choice("go to db", weight=10)) == ["go to db", "go to api"]


def test_what_is_not_possible_now_comes_later_but_is_there() -> None:
    assert found("undo", choice("Undo", why_not="nothing"), choice("undo all")) == ["undo all", "Undo"]
