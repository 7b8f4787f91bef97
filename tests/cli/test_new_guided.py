"""`tenfold new --guided`: at a terminal, through a pipe, and left in the middle."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from studio.__main__ import main
from studio.asking.questions import QUESTIONS
from studio.cli.frame import asking_text
from studio.files.loading import read


class Typed(io.StringIO):
    """What a person types; None is Ctrl+C."""

    def __init__(self, lines: list[str | None], *, terminal: bool) -> None:
        super().__init__()
        self._lines = lines
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override] # as io.StringIO has it
        del size
        if not self._lines:
            return ""
        line = self._lines.pop(0)
        if line is None:
            raise KeyboardInterrupt
        return f"{line}\n"


def run(monkeypatch: pytest.MonkeyPatch, path: Path, *lines: str | None, terminal: bool = True) -> int:
    monkeypatch.setattr(sys, "stdin", Typed(list(lines), terminal=terminal))
    return main(["new", str(path), "--guided"])


def test_the_answers_become_a_design_that_loads_and_what_is_open_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "my_shop.toml"
    assert run(monkeypatch, path, "", "a shop", "buy; pay", "send mail") == 0
    design = read(path).design
    assert design.design.name == "My shop"
    assert [requirement.text for requirement in design.requirements.functional] == ["buy", "pay"]
    assert "worker" in design.component
    out, err = capsys.readouterr()
    assert "+ Jobs: Nobody waits for this" in out
    assert "· no cache: 6.31 reads/s" in out
    assert "? How do callers prove who they are?" in out
    assert f"the input ends here; {len(QUESTIONS) - 4} questions took the defaults" in err
    assert all(question.why in err for question in QUESTIONS[:5])
    assert main(["check", str(path), "--fail-on", "never"]) == 0


def test_a_person_is_asked_again_may_go_back_and_may_leave_a_question_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "shop.toml"
    answers = ["Shop", "", "", "", "", "", "many", "10k", "<", "", "?"]
    assert run(monkeypatch, path, *answers) == 0
    err = capsys.readouterr().err
    assert "✗ “many” is no number" in err
    assert "so far: 10k" in err
    scale = read(path).design.requirements.scale
    assert (scale.daily_active_users, scale.requests_per_user_per_day) == (10_000, None)


def test_a_wrong_answer_through_a_pipe_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "shop.toml"
    assert run(monkeypatch, path, *([""] * 6), "many", terminal=False) == 2
    assert "answer 7 (users): “many” is no number" in capsys.readouterr().err
    assert not path.exists()


def test_leaving_in_the_middle_writes_nothing_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "shop.toml"
    assert run(monkeypatch, path, "Shop", "", None) == 130
    assert "left: nothing is written, 1 answer dropped" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [["--guided", "--from", "url_shortener"], ["--guided"]])
def test_nothing_is_overwritten_and_one_beginning_is_enough(
    options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "shop.toml"
    path.write_text("kept")
    assert main(["new", str(path), *options]) == 2
    assert path.read_text() == "kept"
    assert main(["new", str(tmp_path / "no" / "shop.toml"), "--guided"]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_a_pipe_may_hold_any_bytes(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "studio", "new", str(tmp_path / "shop.toml"), "--guided"],
        input=b"Caf\xe9 \xc3\xa9\n",
        capture_output=True,
        check=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert b"is written" in run.stderr
    assert read(tmp_path / "shop.toml").design.design.name == "Caf� é"


def test_the_signs_for_back_and_open_are_told() -> None:
    assert all(sign in asking_text.MANUAL for sign in (asking_text.BACK, asking_text.OPEN))
