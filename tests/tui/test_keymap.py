"""A person's own keys over the bindings: laid over, and judged."""

import pytest
from textual.binding import Binding, BindingsMap

from studio.configuration import Configuration
from studio.tui.keymap import NO_KEY, known, rebound, report, wrong

BINDINGS = BindingsMap(
    [
        Binding("u,ctrl+z", "undo", id="a.undo"),
        Binding("s", "save", id="a.save"),
        Binding("s", "keep", id="mode.keep", priority=True),
        *(Binding(digit, f"type('{digit}')", id="mode.type") for digit in "12"),
    ]
)


def keys(bindings: BindingsMap) -> set[tuple[str, str | None]]:
    return {(key, binding.id) for key, binding in bindings}


def test_without_own_keys_nothing_is_made_anew() -> None:
    assert rebound(BINDINGS, {}) is BINDINGS
    assert rebound(BINDINGS, {"b.other": ("x",)}) is BINDINGS


def test_an_own_key_takes_the_place_of_all_keys_of_its_action_and_of_no_other() -> None:
    assert keys(rebound(BINDINGS, {"a.save": ("f2", "x")})) == {
        ("u", "a.undo"), ("ctrl+z", "a.undo"), ("f2", "a.save"), ("x", "a.save"), ("s", "mode.keep"),
        ("1", "mode.type"), ("2", "mode.type"),
    }  # fmt: skip


def test_an_action_without_keys_is_still_known() -> None:
    assert (NO_KEY, "a.undo") in keys(rebound(BINDINGS, {"a.undo": ()}))
    assert ("u", "a.undo") not in keys(rebound(BINDINGS, {"a.undo": ()}))


def test_an_own_key_comes_before_the_action_that_had_it() -> None:
    found = rebound(BINDINGS, {"a.undo": ("s",)})
    assert [binding.id for binding in found.key_to_bindings["s"]] == ["a.undo", "a.save", "mode.keep"]


def test_keys_that_each_do_something_else_stay() -> None:
    assert rebound(BINDINGS, {"mode.type": ("x",)}) is BINDINGS


@pytest.mark.parametrize(
    ("keymap", "said"),
    [
        ({"studio.udno": ("x",)}, "studio.udno is no action; did you mean studio.undo?"),
        ({"canvas.box": ("x",)}, "canvas.box has it, give canvas.apply another key or []"),
        ({"canvas.connect": ("x",)}, "canvas.connect has it, give canvas.apply another key or []"),
        ({"studio.undo": ("b",)}, "b is studio.undo everywhere but on the canvas, where it is canvas.box"),
        ({"what-if.type": ("x",)}, "it keeps them"),
    ],
)
def test_what_is_wrong_with_own_keys_is_one_sentence_each(keymap: dict[str, tuple[str, ...]], said: str) -> None:
    found = wrong(keymap, known())
    assert len(found) == 1
    assert said in found[0]


def test_two_actions_may_change_their_keys() -> None:
    assert wrong({"canvas.box": ("x",), "canvas.apply": ("b",)}, known()) == ()


def test_a_key_that_was_taken_away_is_free() -> None:
    assert wrong({"canvas.box": ("x",), "canvas.apply": ()}, known()) == ()


def test_the_keys_as_they_are_have_no_conflict() -> None:
    every = known()
    assert wrong({bound.id: bound.keys for bound in every if bound.is_one}, every) == ()


def test_the_report_has_what_is_wrong_with_the_file_and_with_the_keys() -> None:
    assert report(Configuration(problems=("the file",))) == ("the file",)
    assert len(report(Configuration(keys={"no.such": ("x",)}, problems=("the file",)))) == 2
