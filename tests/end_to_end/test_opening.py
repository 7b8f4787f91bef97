"""What a person sees first when the studio opens."""

import shutil
import sys
import time
from pathlib import Path

import pytest

from tests.end_to_end.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_designs" / "url_shortener.toml"
pytestmark = pytest.mark.slow
TEXTUAL_BEGINS = b"\x1b[?1000h"
"""The first thing that Textual itself asks of a terminal: mouse reports."""


@pytest.fixture
def design(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path / "links.toml"))


def studio(design: Path, **more: str) -> Terminal:
    env = {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "COLUMNS": "120", "LINES": "40", **more}
    env["TENFOLD_STATE"] = str(design.parent / "state")
    command = [sys.executable, "-m", "studio", str(design)]
    return Terminal(command, columns=120, lines=40, folder=design.parent, env=env)


def seen_first(terminal: Terminal) -> str:
    return terminal.received.split(TEXTUAL_BEGINS)[0].decode(errors="ignore")


def test_the_drawing_is_there_before_textual(design: Path) -> None:
    with studio(design) as terminal:
        terminal.wait("REL009")
        first = seen_first(terminal)
        assert "Shortener API" in first
        assert "REL009" not in first


def test_the_second_time_the_whole_screen_is_there_at_once_until_the_file_changes(design: Path) -> None:
    pictures = design.parent / "state" / "pictures"
    with studio(design) as terminal:
        terminal.wait("REL009")
        until = time.monotonic() + 20
        while not (pictures.is_dir() and list(pictures.iterdir())):
            terminal.read(0.1)
            assert time.monotonic() < until
        before = terminal.text
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    with studio(design) as terminal:
        terminal.wait("REL009")
        assert "REL009" in seen_first(terminal)
        terminal.press("down", "up")
        terminal.wait("Client · client")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    assert "Catalogue" in before
    design.write_text(design.read_text().replace('name = "URL shortener"', 'name = "Short links"'))
    with studio(design) as terminal:
        terminal.wait("Short links")
        assert "REL009" not in seen_first(terminal)


def test_it_can_be_switched_off(design: Path) -> None:
    with studio(design, TENFOLD_DRIVER="plain") as terminal:
        terminal.wait("REL009")
        assert seen_first(terminal) in ("", "\x1b[?1049h")


def test_a_broken_file_shows_its_problems_and_leaves_the_terminal_clean(design: Path) -> None:
    design.write_text(design.read_text().replace('kind = "cdn"', 'kind = "cnd"'))
    with studio(design) as terminal:
        terminal.wait("cnd")
        terminal.press("q")
        assert terminal.exit_code() == 2
        assert b"\x1b[?1049l" in terminal.received
