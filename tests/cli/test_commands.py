"""The commands as a person types them: what they print, where, and with which exit code."""

import json
from pathlib import Path

import pytest

from studio.__main__ import main

SAMPLE = str(Path(__file__).resolve().parents[2] / "sample_designs" / "url_shortener.toml")
HEAD = 'format = 1\n[design]\nname = "X"\n'
LOOP = """
[requirements.scale]
daily_active_users = 1_000_000
requests_per_user_per_day = 20
[components.web]
kind = "client"
[components.a]
kind = "service"
[components.b]
kind = "service"
[connections.web-a]
from = "web"
to = "a"
[connections.a-b]
from = "a"
to = "b"
[connections.b-a]
from = "b"
to = "a"
calls_per_request = 2
"""


BROKEN = {
    "a misspelt key": (HEAD + "[components.api]\nkind = 'service'\nlatncy = '20 ms'\n", ":6:", "latency"),
    "a dangling id": (HEAD + "[components.api]\nkind='service'\n[connections.x]\nfrom='api'\nto='apj'\n", ":8:", "api"),
    "a text that is no TOML": ("this is not TOML", ":1:", "key = value"),
    "an empty file": ("", ":1:", "new"),
    "a control character in a name": (HEAD.replace('"X"', '"a\\u001b[31mb"'), ":3:", "control character"),
    "a table twice": (HEAD + "[components.a]\nkind='service'\n[components.a]\nkind='cache'\n", ":6:", ""),
    "no format": ('[design]\nname = "X"\n', ":1:", "format = 1"),
    "another format": (HEAD.replace("1", "2", 1), ":1:", "1"),
    "an array of tables": (HEAD + "[[components]]\nkind='service'\n", ":4:", "[components."),
    "a duration without a unit": (HEAD + "[components.a]\nkind='service'\nlatency=20\n", ":6:", "20 ms"),
    "an id no id can be": (HEAD + "[components.'A b']\nkind='service'\n", ":4:", "lower-case"),
    "a kind nobody knows": (HEAD + "[components.a]\nkind='servce'\n", ":5:", "service"),
    "a pattern nobody knows": (
        HEAD + "[components.a]\nkind='service'\n[patterns.p]\nuse='bulkhaed'\non=['a']\n", ":7:", "bulkhead",
    ),
}  # fmt: skip


@pytest.mark.parametrize("command", ["check", "estimate", "fmt", "export", "apply"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_in_one_helpful_line_and_left_alone(
    name: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, line, said = BROKEN[name]
    if command == "fmt" and "pattern" in name:
        pytest.skip("the layout of a file does not depend on the catalogue")
    path = tmp_path / "design.toml"
    path.write_text(text)
    more = {"export": ["--to", "unicode"], "apply": ["bulkhead", "--on", "x"]}.get(command, [])
    assert main([command, str(path), *more]) == 2
    err = capsys.readouterr().err
    assert f"{path}{line}" in err
    assert said in err
    assert "Traceback" not in err
    assert "\x1b" not in err
    assert len(err.strip().splitlines()) == 1
    assert path.read_text() == text


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "design.toml"
    path.write_text(HEAD + "[components.a]\nkind='servce'\nlatncy='2 ms'\n[connections.c]\nfrom='a'\nto='z'\n")
    assert main(["check", str(path)]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert [line.split(":")[1] for line in lines] == ["5", "6", "9"]


def test_a_folder_or_nothing_is_no_design(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert main(["check", str(tmp_path / "none.toml")]) == 2
    err = capsys.readouterr().err.strip().splitlines()
    assert len(err) == 2
    assert "folder" in err[0]


def test_a_loop_that_multiplies_traffic_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "design.toml"
    path.write_text(HEAD + LOOP)
    assert main(["estimate", str(path)]) == 2
    err = capsys.readouterr().err
    assert "a-b" in err
    assert "b-a" in err
    assert main(["export", str(path), "--to", "unicode"]) == 0
    assert "warning" in capsys.readouterr().err


@pytest.mark.parametrize(("threshold", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_check_fails_at_the_threshold(
    threshold: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "design.toml"
    path.write_text(
        HEAD + "[components.a]\nkind='service'\n[components.b]\nkind='database'\n[connections.c]\nfrom='a'\nto='b'\n"
    )
    assert main(["check", str(path), "--fail-on", threshold]) == code
    assert "REL004" in capsys.readouterr().out


def test_check_as_json_has_the_promised_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "design.toml"
    path.write_text(
        HEAD + "[components.a]\nkind='service'\n[components.b]\nkind='database'\n[connections.c]\nfrom='a'\nto='b'\n"
    )
    main(["check", str(path), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["format", "designs"]
    finding = next(f for f in found["designs"][0]["findings"] if f["rule"] == "REL004")
    assert finding["on"] == "connections.c"
    assert finding["line"] == 8
    assert finding["severity"] == "error"
    assert finding["accepted"] is None
    assert set(found["designs"][0]["coverage"]) == {"failed", "passed", "not_applicable", "unknown"}


def test_new_writes_a_design_that_loads_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "my_shop.toml"
    assert main(["new", str(path)]) == 0
    assert main(["check", str(path), "--fail-on", "never"]) == 0
    before = path.read_text()
    assert main(["new", str(path)]) == 2
    assert path.read_text() == before
    assert main(["new", str(tmp_path / "b.toml"), "--from", "url_shortner"]) == 2
    assert "url_shortener" in capsys.readouterr().err
    assert main(["new", str(tmp_path / "c.toml"), "--from", "url_shortener"]) == 0


def test_apply_is_saved_and_keeps_every_comment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "design.toml"
    text = Path(SAMPLE).read_text()
    path.write_text(text)
    calls = [line[len("[connections.") : -1] for line in text.splitlines() if line.startswith("[connections.")]
    assert main(["apply", str(path), "circuit-breaker", "--on", calls[-1], "--dry-run"]) == 0
    assert path.read_text() == text
    assert main(["apply", str(path), "circuit-breaker", "--on", calls[-1]]) == 0
    saved = path.read_text()
    assert saved != text
    comments = [line.strip() for line in text.splitlines() if line.strip().startswith("#")]
    kept = [line.strip() for line in saved.splitlines() if line.strip().startswith("#")]
    assert kept == comments
    assert main(["apply", str(path), "bulkhaed", "--on", calls[0]]) == 2
    assert "bulkhead" in capsys.readouterr().err


def test_apply_asks_for_a_target_rather_than_bringing_a_second_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "design.toml"
    text = Path(SAMPLE).read_text()
    path.write_text(text)
    assert main(["apply", str(path), "cache-aside"]) == 2
    assert "--on" in capsys.readouterr().err
    assert path.read_text() == text
    empty = tmp_path / "empty.toml"
    empty.write_text(HEAD)
    assert main(["apply", str(empty), "cache-aside"]) == 0
    assert "[components." in empty.read_text()


def test_export_check_tells_what_is_stale(tmp_path: Path) -> None:
    picture = tmp_path / "drawing.txt"
    assert main(["export", SAMPLE, "--to", "unicode", "-o", str(picture), "--check"]) == 1
    assert main(["export", SAMPLE, "--to", "unicode", "-o", str(picture)]) == 0
    assert main(["export", SAMPLE, "--to", "unicode", "-o", str(picture), "--check"]) == 0
    assert main(["export", SAMPLE, "--to", "unicod"]) == 2


def test_explain_shows_rules_and_patterns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "REL004"]) == 0
    assert "## Why it matters" in capsys.readouterr().out
    assert main(["explain", "bulkhead"]) == 0
    assert "Bulkhead" in capsys.readouterr().out
    assert main(["explain", "--list"]) == 0
    assert "REL004" in capsys.readouterr().out.splitlines()
    assert main(["explain", "REL0004"]) == 2
    assert "REL004" in capsys.readouterr().err


def test_the_catalogue_is_listed_shown_and_searched(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalogue"]) == 0
    assert "bulkhead" in capsys.readouterr().out
    assert main(["catalogue", "show", "postgresql"]) == 0
    assert "PostgreSQL" in capsys.readouterr().out
    assert main(["catalogue", "search", "bulkhead"]) == 0
    assert capsys.readouterr().out.startswith("bulkhead")
    assert main(["catalogue", "search", "zzzzqqq"]) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["chek"], 2, "check"),
        (["chek", "x"], 2, "check"),
        (["--nonsense"], 2, "--help"),
        (["check"], 2, "FILE"),
        (["check", "--format", "yaml", "x"], 2, "json"),
        (["export", "x", "--to", "text"], 2, "format"),
        (["estimate", "x", "--load", "-1"], 2, "above 0"),
        (["nowhere/design.toml"], 2, "no such file"),
        (["explain", "ESC\x1b[31m"], 2, "�"),
    ],
)
def test_bad_usage_is_one_sentence(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    err = capsys.readouterr().err
    assert said in err
    assert "\x1b" not in err
    assert len(err.strip().splitlines()) == 1


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(verb in out for verb in ("check", "estimate", "export", "fmt", "new", "catalogue", "explain", "apply"))
    assert main(["check", "--help"]) == 0
    assert main(["--version"]) == 0
    assert main(["doctor"]) == 0


def test_check_cannot_judge_a_design_whose_load_has_no_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "design.toml"
    path.write_text(HEAD + LOOP)
    for command in (["check", str(path), "--fail-on", "never"], ["estimate", str(path)]):
        assert main(command) == 2
        err = capsys.readouterr().err.strip()
        assert err.startswith((f"{path}:17: the loop a-b → b-a", f"{path}:20: the loop b-a → a-b"))
        assert len(err.splitlines()) == 1


def test_an_unknown_figure_is_named_once_for_each_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "design.toml"
    path.write_text(HEAD + LOOP)
    main(["estimate", str(path)])
    found = [line for line in capsys.readouterr().out.splitlines() if "the loop" in line]
    assert len(found) == 1
    assert found[0].endswith(": peak_rps, peak_read_rps, peak_write_rps")
