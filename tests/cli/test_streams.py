"""Where output goes when it cannot go where it should: no traceback, and an exit code that tells the truth."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")


@pytest.fixture
def design(tmp_path: Path) -> Path:
    path = tmp_path / "design.toml"
    path.write_text('format = 1\n[design]\nname = "X"\n')
    return path


def run(shell: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command with its streams turned by a shell, such as `>&-` for a closed stdout."""
    line = ["sh", "-c", f'exec "$@" {shell}', "sh", sys.executable, "-m", "studio", *arguments]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)


@needs_full
@pytest.mark.parametrize("command", [["check"], ["estimate"], ["export", "--to", "markdown"]])
def test_a_full_disk_is_one_sentence_and_no_success(command: list[str], design: Path) -> None:
    found = run(f"> {FULL}", command[0], str(design), *command[1:])
    assert found.returncode == 2
    assert "cannot be read or written (No space left on device)" in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_a_closed_output_is_no_failure(design: Path) -> None:
    found = run(">&-", "estimate", str(design))
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("errors", ["2>&-", pytest.param(f"2> {FULL}", marks=needs_full)])
def test_what_nobody_can_be_told_is_still_an_exit_code(errors: str, tmp_path: Path) -> None:
    found = run(errors, "check", str(tmp_path / "none.toml"))
    assert (found.returncode, found.stdout) == (2, "")
