"""What `check` says of acceptances: silence for those that hold, a warning for those that accept nothing."""

from pathlib import Path

import pytest

from studio.__main__ import main

SAMPLE = str(Path(__file__).resolve().parents[2] / "sample_designs" / "url_shortener.toml")
HEAD = 'format = 1\n[design]\nname = "X"\n'


@pytest.mark.parametrize(
    ("flag", "until", "line", "said"),
    [
        ("OPS01", "2999-01-01", 5, "which is no red flag; did you mean OPS001?"),
        ("OPS001", "2001-01-01", 8, "ended on 2001-01-01"),
    ],
)
def test_an_acceptance_that_accepts_nothing_is_told(
    flag: str, until: str, line: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "design.toml"
    path.write_text(f"{HEAD}[accepted.a]\nflag = '{flag}'\nwhy = 'w'\nby = 'b'\nuntil = {until}\n")
    main(["check", str(path)])
    assert f"{path}:{line}: warning: accepted.a" in (err := capsys.readouterr().err)
    assert said in err


def test_an_acceptance_that_holds_is_no_talk(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", SAMPLE])
    assert capsys.readouterr().err == ""
