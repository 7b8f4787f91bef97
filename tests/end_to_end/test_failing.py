"""A fault of the program's own, and a terminal that knows ASCII only."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.end_to_end.terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_designs" / "url_shortener.toml"
FAULTY = """
import sys
from pathlib import Path
from studio.tui.app import run
from studio.tui.screens.showing import Showing
def fail(self):
    secret = "of the design"
    raise ValueError(secret)
Showing.action_zoom = fail
sys.exit(run(Path(sys.argv[1])))
"""


@pytest.fixture
def design(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path / "links.toml"))


def terminal_with(command: list[str], design: Path, **more: str) -> Terminal:
    state = str(design.parent / "state")
    env = {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "COLUMNS": "120", "LINES": "40", "TENFOLD_STATE": state}
    return Terminal([*command, str(design)], columns=120, lines=40, folder=design.parent, env={**env, **more})


def test_a_fault_is_told_in_a_sentence_and_what_was_not_saved_is_there_again(design: Path) -> None:
    with terminal_with([sys.executable, "-c", FAULTY], design) as terminal:
        terminal.wait("REL009")
        terminal.press("tab", "d")
        terminal.wait("links.toml *")
        terminal.press("z")
        assert terminal.exit_code() == 1
        assert "tenfold failed (ValueError)" in terminal.text
        assert "of the design" not in terminal.text.replace("not of the design", "")
    report = (design.parent / "state" / "failure.txt").read_text()
    assert "ValueError: of the design" in report
    with terminal_with([sys.executable, "-m", "studio"], design) as terminal:
        terminal.wait("recover")


def test_with_the_ascii_set_nothing_else_is_on_the_screen(design: Path) -> None:
    with terminal_with([sys.executable, "-m", "studio"], design, TENFOLD_CHARSET="ascii") as terminal:
        terminal.wait("REL009")
        for keys in (("tab",), ("space",), ("escape",), ("1",), ("5",), ("f4",), ("escape",), ("w",)):
            terminal.press(*keys)
            terminal.read(0.4)
            assert terminal.text.isascii(), [c for c in terminal.text if not c.isascii()]
