"""The studio in a real terminal, used by keys and mouse, from opening a sample to a saved file."""

import os
import shutil
import signal
import sys
import time
from difflib import ndiff
from pathlib import Path

import pytest

from tests.end_to_end.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_designs" / "url_shortener.toml"
pytestmark = pytest.mark.slow
LEFT_CLEAN = (b"\x1b[?1049l", b"\x1b[?25h")
"""The alternate screen is left, the cursor shown again."""


@pytest.fixture
def design(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path / "links.toml"))


def studio(design: Path, *, columns: int = 120, lines: int = 40, term: str = "xterm-256color") -> Terminal:
    state = str(design.parent / "state")
    env = {"TERM": term, "PYTHONPATH": str(ROOT), "COLUMNS": str(columns), "LINES": str(lines), "TENFOLD_STATE": state}
    command = [sys.executable, "-m", "studio", str(design)]
    return Terminal(command, columns=columns, lines=lines, folder=design.parent, env=env)


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (120, 40), (200, 60)])
def test_a_sample_opens_and_quits_at_every_size(design: Path, columns: int, lines: int) -> None:
    with studio(design, columns=columns, lines=lines) as terminal:
        terminal.wait("CDN")
        assert max(len(line) for line in terminal.text.splitlines()) <= columns
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
        assert all(code in terminal.received for code in LEFT_CLEAN)


@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color", "linux"])
def test_it_opens_on_any_terminal(design: Path, term: str) -> None:
    with studio(design, columns=80, lines=24, term=term) as terminal:
        terminal.wait("CDN")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0


def test_a_bulkhead_answers_a_flag_undo_takes_it_back_and_saving_keeps_every_comment(design: Path) -> None:
    text = design.read_text()
    with studio(design) as terminal:
        terminal.wait("REL009")
        terminal.press("1", "/")
        terminal.type("bulkhead")
        terminal.press("enter")
        terminal.wait("Which call gets its own slots?")
        terminal.type("shortener-safety")
        terminal.wait("resolves REL009")
        terminal.press("enter")
        terminal.wait_gone("REL009")
        assert design.read_text() == text
        terminal.press("ctrl+z")
        terminal.wait("!1")
        terminal.press("ctrl+y")
        terminal.wait_gone("REL009")
        terminal.press("ctrl+s")
        terminal.wait("saved")
        terminal.press("ctrl+q")
        assert terminal.exit_code() == 0
    changes = [line for line in ndiff(text.splitlines(), design.read_text().splitlines()) if line[0] in "+-"]
    assert changes == [
        "+ bulkhead = true",
        "+ [patterns.bulkhead]",
        '+ use = "bulkhead"',
        '+ on = ["shortener-safety"]',
        "+ ",
    ]


def test_quitting_with_unsaved_changes_asks_first(design: Path) -> None:
    text = design.read_text()
    with studio(design) as terminal:
        terminal.wait("CDN")
        terminal.press("2", "tab", "d")
        terminal.wait("*")
        terminal.press("ctrl+q")
        terminal.wait("save")
        assert design.read_text() == text


def test_a_broken_file_is_shown_with_its_problems_and_left_alone(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('format = 1\n[design]\nname = "X"\n[components.api]\nkind = "servce"\n')
    with studio(broken) as terminal:
        terminal.wait("broken.toml:5")
        terminal.wait("service")
        terminal.press("q")
        terminal.exit_code()
    assert "servce" in broken.read_text()


@pytest.mark.parametrize("after", [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8])
def test_told_to_go_while_it_still_starts_it_goes_and_leaves_the_terminal_clean(design: Path, after: float) -> None:
    with studio(design) as terminal:
        terminal.wait("Short")
        time.sleep(after)
        os.kill(terminal.pid, signal.SIGHUP)
        terminal.exit_code()
        assert all(code in terminal.received for code in LEFT_CLEAN)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_left_clean_when_the_program_is_told_to_go(design: Path, number: signal.Signals) -> None:
    with studio(design) as terminal:
        terminal.wait("CDN")
        os.kill(terminal.pid, number)
        terminal.exit_code()
        assert all(code in terminal.received for code in LEFT_CLEAN)
