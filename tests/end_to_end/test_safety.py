"""The studio killed, hung up and torn away in a real terminal: what it had is there again."""

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.end_to_end.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_designs" / "url_shortener.toml"
pytestmark = pytest.mark.slow


@pytest.fixture
def design(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path / "links.toml"))


def studio(design: Path, *arguments: str, editor: str = "true") -> Terminal:
    env = {
        "TERM": "xterm-256color",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "120",
        "LINES": "40",
        "TENFOLD_STATE": str(design.parent / "state"),
        "VISUAL": editor,
    }
    command = [sys.executable, "-m", "studio", *(arguments or (str(design),))]
    return Terminal(command, columns=120, lines=40, folder=design.parent, env=env)


def delete_something(terminal: Terminal) -> None:
    terminal.wait("REL009")
    terminal.press("2", "tab", "d")
    terminal.wait("deleted client")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_change_survives_however_the_program_ends(design: Path, number: signal.Signals) -> None:
    text = design.read_text()
    with studio(design) as terminal:
        delete_something(terminal)
        os.kill(terminal.pid, number)
        terminal.exit_code()
    assert design.read_text() == text
    with studio(design) as terminal:
        terminal.wait("1 change recovered from")
        terminal.press("enter")
        terminal.wait("kept what was recovered")
        terminal.press("ctrl+s")
        terminal.wait("saved links.toml")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    assert design.read_text() != text
    with studio(design) as terminal:
        terminal.wait("undo: delete client")
        terminal.press("u", "ctrl+s")
        terminal.wait("saved links.toml")
    assert design.read_text() == text


def test_a_change_survives_a_closed_terminal(design: Path) -> None:
    terminal = studio(design)
    delete_something(terminal)
    terminal.hang_up()
    with studio(design) as again:
        again.wait("1 change recovered from")
        again.press("d")
        again.wait("discarded")
        again.press("ctrl+q")
        assert again.exit_code() == 0
    assert design.read_text() == SAMPLE.read_text()


def test_two_studios_know_of_each_other(design: Path) -> None:
    with studio(design) as first:
        first.wait("REL009")
        with studio(design) as second:
            second.wait(f"open in another studio (pid {first.pid}")
            second.press("enter")
            assert second.exit_code() == 0
        first.press("ctrl+q")
        assert first.exit_code() == 0
    with studio(design) as third:
        third.wait("REL009")
        third.press("q")  # a question would stand in its way
        assert third.exit_code() == 0


def test_the_editor_has_the_terminal_and_gives_it_back(design: Path) -> None:
    script = design.parent / "editor.sh"
    script.write_text(
        '#!/bin/sh\nfor f; do :; done\necho in the editor\nread line\nsed -i "s/^name = .*/$line/" "$f"\n'
    )
    script.chmod(0o755)
    with studio(design, editor=str(script)) as terminal:
        terminal.wait("REL009")
        terminal.press("ctrl+e")
        terminal.wait("in the editor")
        terminal.type('name = "Everything"')
        terminal.press("enter")
        terminal.wait('+name = "Everything"')
        terminal.press("enter")
        terminal.wait("edited as text")
        terminal.wait("REL009")
        terminal.press("u")
        terminal.wait("took back: edited as text")


def test_without_a_file_the_first_time_has_a_tour_and_the_second_a_choice(design: Path) -> None:
    with studio(design, "--") as terminal:
        terminal.wait("Tour 1 of 6")
        terminal.press("q")
        assert terminal.exit_code() == 0
    assert not (design.parent / "url_shortener.toml").exists()
    with studio(design, "--") as terminal:
        terminal.wait("Begin with a copy of a sample")
        terminal.press("q")
        assert terminal.exit_code() == 0
