"""What a person set for all designs, as far as it can be used, and what is wrong with the rest."""

from pathlib import Path

import pytest

from studio.configuration import Configuration, configuration, configuration_file
from studio.key_names import cannot_be_sent, plain, shown


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("TENFOLD_CONFIG", str(path))
    return path


def read(file: Path, text: str) -> Configuration:
    file.write_text(text, encoding="utf-8")
    return configuration()


def test_nothing_is_set_where_there_is_no_file(file: Path) -> None:
    assert configuration() == Configuration()


def test_the_file_lies_where_the_system_keeps_such_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TENFOLD_CONFIG", raising=False)
    assert configuration_file().parts[-2:] == ("tenfold", "config.toml")


def test_keys_colours_and_signs_are_read(file: Path) -> None:
    found = read(
        file,
        '[keys]\n"studio.undo" = "ctrl+t"\ncanvas.box = ["B", "?"]\ncanvas.mark = []\n'
        '[studio]\ntheme = "light"\ncharset = "ascii"\n',
    )
    assert found.keys == {"studio.undo": ("ctrl+t",), "canvas.box": ("B", "question_mark"), "canvas.mark": ()}
    assert (found.theme, found.charset, found.problems) == ("tenfold-light", "ascii", ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("keys = [", "is no TOML"),
        ("keys = 3\n", "are tables"),
        ('[kyes]\n"studio.undo" = "x"\n', "did you mean keys?"),
        ('[keys]\n"studio.undo" = 3\n', "a key in quotes is wanted"),
        ('[keys]\n"studio.undo" = "frobnicate"\n', "there is no such key"),
        ('[keys]\n"studio.undo" = "ctrl+i"\n', "it arrives as Tab; it keeps its own keys"),
        ('[keys]\n"studio.undo" = "ctrl+shift+z"\n', "it arrives as ctrl+z"),
        ('[studio]\ntheme = "pink"\n', "choose dark, light"),
        ("[studio]\ntheme = 3\n", "choose dark, light"),
        ('[studio]\ncolour = "red"\n', "colour is not known here"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(file: Path, text: str, said: str) -> None:
    found = read(file, text)
    assert len(found.problems) == 1
    assert said in found.problems[0]
    assert found.keys == {}


def test_the_keys_of_a_list_that_can_be_used_are_used(file: Path) -> None:
    found = read(file, '[keys]\n"canvas.box" = ["B", "ctrl+m"]\n')
    assert found.keys == {"canvas.box": ("B",)}
    assert len(found.problems) == 1


def test_a_file_that_cannot_be_read_is_told(file: Path) -> None:
    file.mkdir()
    assert "cannot be read" in configuration().problems[0]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("?", "question_mark"), ("Ctrl+S", "ctrl+s"), ("^s", "ctrl+s"), ("shift+a", "A"), ("A", "A"), ("+", "plus"),
        ("Esc", "escape"), ("F7", "f7"), ("shift+F6", "shift+f6"), ("question_mark", "question_mark"), (" ", "space"),
        ("ctrl+space", "ctrl+@"), ("alt+x", "alt+x"), ("=", "equals_sign"), ("ctrl+alt+Left", "ctrl+alt+left"),
        ("frobnicate", None), ("", None), ("ctrl+", None), ("cmd+x", None), ("\x1b", None),
    ],
)  # fmt: skip
def test_a_key_is_known_by_what_people_call_it(written: str, name: str | None) -> None:
    assert plain(written) == name


@pytest.mark.parametrize("name", ["ctrl+i", "ctrl+m", "ctrl+h", "ctrl+1", "ctrl+comma", "super+x", "shift+slash"])
def test_a_key_no_terminal_sends_is_said_to_be_one(name: str) -> None:
    assert cannot_be_sent(name)


@pytest.mark.parametrize("name", ["ctrl+s", "f12", "shift+f6", "A", "alt+left", "ctrl+@", "shift+tab", "ctrl+down"])
def test_a_key_terminals_send_is_not_complained_about(name: str) -> None:
    assert not cannot_be_sent(name)


@pytest.mark.parametrize(
    ("name", "text"),
    [("ctrl+s", "^s"), ("shift+tab", "S-Tab"), ("question_mark", "?"), ("f6", "F6"), ("equals_sign", "="), ("a", "a")],
)
def test_a_key_is_shown_as_it_is_printed_on_the_keyboard(name: str, text: str) -> None:
    assert shown(name) == text
