"""`tenfold diff`: what changed, what it does, from wherever the two designs come; nothing of a person's acts."""

import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from studio.__main__ import main
from studio.cli.frame.parsing import parser_of

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_designs"
PAGE = (ROOT / "docs" / "diff.md").read_text()
SHOP = """\
format = 1
[design]
name = "Shop"
[requirements.scale]
daily_active_users = 100_000
requests_per_user_per_day = 86.4
peak_factor = 1
[requirements.performance]
p99 = "200 ms"
[requirements.cost]
budget_per_month = 500
[components.web]
kind = "client"
[components.api]
kind = "service"
capacity_rps = 50
instances = 4
latency = "20 ms"
availability = 0.99
cost_per_month = 70
[connections.web-api]
from = "web"
to = "api"
[journeys.buy]
steps = ["web-api"]
[scenarios.busy]
load = 1.5
expect = ["components.api.utilisation <= 0.8"]
"""
FEWER = SHOP.replace("instances = 4", "instances = 3").replace('latency = "20 ms"', 'latency = "30 ms"')
TEXT = """\
old.toml → new.toml: 1 part changed

~ components.api  line 14
    instances  4 → 3
    latency    20 ms → 30 ms

what it does
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work tree with a committed design that was changed since."""
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    design = tmp_path / "designs" / "shop.toml"
    design.parent.mkdir()
    design.write_text(SHOP)
    _git("init", "-q", "-b", "main", ".")
    _git("add", "-A")
    _git("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "first")
    design.write_text(FEWER)
    return tmp_path


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.toml").write_text(SHOP)
    Path("new.toml").write_text(FEWER)


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["diff", *words, "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


# What it says ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("both")
def test_changes_come_first_with_lines_and_values_then_what_they_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "old.toml", "new.toml"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(TEXT)
    assert re.search(r"cost +280 USD a month +→ +210 USD a month +−70 \(−25%\)", said)
    assert re.search(r"breaks first +api at 2× +→ +api at 1.5×", said)
    assert "! scenario busy fails" in said
    assert re.search(r"! new error SCN001 scenarios.busy: .*utilisation", said)


@pytest.mark.usefixtures("both")
def test_the_json_has_every_figure_and_its_difference(capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, "old.toml", "new.toml")
    assert (found["format"], found["same"]) == (1, False)
    assert found["figures"]["cost_per_month"] == {"old": 280, "new": 210, "delta": -70}
    assert found["figures"]["availability"]["delta"] < 0
    assert found["breaks_first"]["new"] == {"component": "api", "at": pytest.approx(1.5)}
    assert found["scenarios"] == {"failing": ["busy"], "holding": []}
    assert found["changes"][0]["fields"][0] == {
        "field": "instances", "old": 4, "new": 3, "old_line": 17, "new_line": 17,
    }  # fmt: skip
    assert {flag["rule"] for flag in found["flags"]["new"]} >= {"SCN001"}
    assert sum(found["coverage"]["old"].values()) == sum(found["coverage"]["new"].values())


@pytest.mark.usefixtures("both")
def test_what_turned_turns_back_the_other_way(capsys: pytest.CaptureFixture[str]) -> None:
    there, back = _json(capsys, "old.toml", "new.toml"), _json(capsys, "new.toml", "old.toml")
    assert back["scenarios"] == {"failing": [], "holding": ["busy"]}
    assert [f["fingerprint"] for f in back["flags"]["resolved"]] == [f["fingerprint"] for f in there["flags"]["new"]]
    for name, figure in there["figures"].items():
        assert back["figures"][name]["delta"] == pytest.approx(-figure["delta"])


@pytest.mark.usefixtures("both")
def test_the_comment_has_figures_open_and_changes_folded(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "old.toml", "new.toml", "--format", "markdown"]) == 0
    page = MarkdownIt("commonmark").enable("table").render(capsys.readouterr().out)
    assert page.startswith("<!-- tenfold diff -->\n<h2>Shop: 1 part changed</h2>")
    assert "<td>280 USD a month</td>" in page
    assert "scenario busy fails" in page[: page.index("<details>")]
    assert "instances: 4 → 3<br>latency" in page[page.index("<details>") :]


CHANGES = {
    "a unit written another way": ('latency = "20 ms"', 'latency = "0.02 s"'),
    "a comment": ("[components.api]", "# why\n[components.api] # here"),
    "a key moved": ('kind = "service"\ncapacity_rps = 50', 'capacity_rps = 50\nkind = "service"'),
    "a table moved": ('[components.web]\nkind = "client"\n', ""),
    "a number with a point": ("instances = 4", "instances = 0x4"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_says_nothing_about_the_system_is_the_same_design(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = CHANGES[name]
    text = SHOP.replace(before, after)
    if "table" in name:
        text += before
    assert text != SHOP
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(SHOP)
    new.write_text(text)
    assert main(["diff", str(old), str(new), "--exit-code"]) == 0
    assert capsys.readouterr().out.endswith(": the same design\n")
    assert _json(capsys, str(old), str(new))["same"] is True


@pytest.mark.usefixtures("both")
@pytest.mark.parametrize(("options", "code"), [([], 0), (["--exit-code"], 1), (["--exit-code", "--format=json"], 1)])
def test_designs_that_differ_end_with_1_where_that_is_asked_for(options: list[str], code: int) -> None:
    assert main(["diff", "old.toml", "new.toml", *options]) == code


def test_a_target_that_is_missed_now_is_told_with_all_three_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(SHOP)
    new.write_text(SHOP.replace("cost_per_month = 70", "cost_per_month = 150"))
    assert main(["diff", str(old), str(new)]) == 0
    assert "! target newly missed: cost per month wanted 500, got 600, was 280" in capsys.readouterr().out


@pytest.mark.usefixtures("both")
def test_a_design_without_a_solution_is_compared_all_the_same_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    loop = '[components.b]\nkind = "service"\n[connections.there]\nfrom = "api"\nto = "b"\n'
    back = '[connections.back]\nfrom = "b"\nto = "api"\ncalls_per_request = 2\n'
    Path("new.toml").write_text(SHOP.replace('[journeys.buy]\nsteps = ["web-api"]\n', "") + loop + back)
    assert main(["diff", "old.toml", "new.toml", "--format", "json"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert found["figures"]["p99_ms"]["new"] is None
    assert found["unknown"]["p99_ms"]
    assert err.startswith("new.toml:")


# Where designs come from -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("old", ["HEAD:designs/shop.toml", "main:./designs/shop.toml", ":designs/shop.toml"])
def test_a_version_of_git_is_read_as_it_was(old: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = _json(capsys, old, "designs/shop.toml")
    assert [change["on"] for change in found["changes"]] == ["components.api"]
    assert found["old"]["file"] == old


@pytest.mark.usefixtures("repository")
def test_the_team_of_the_new_design_sets_the_rules_for_both(capsys: pytest.CaptureFixture[str]) -> None:
    Path(".tenfold").mkdir()
    Path(".tenfold/rules.toml").write_text('[severity]\nSCN001 = { level = "off", why = "not yet" }\n')
    there = _json(capsys, "HEAD:designs/shop.toml", "designs/shop.toml")
    at = _json(capsys, "/dev/null", "HEAD:designs/shop.toml", "--at", "designs/shop.toml")
    assert "SCN001" not in {flag["rule"] for found in (there, at) for flag in found["flags"]["new"]}


@pytest.mark.usefixtures("both")
def test_standard_input_is_a_design(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SHOP.encode())))
    assert main(["diff", "-", "new.toml", "--exit-code"]) == 1
    assert capsys.readouterr().out.startswith("- → new.toml: 1 part changed")


@pytest.mark.usefixtures("both")
def test_nothing_at_all_is_an_empty_design(capsys: pytest.CaptureFixture[str]) -> None:
    added = _json(capsys, "/dev/null", "old.toml")
    assert {change["change"] for change in added["changes"]} == {"added"}
    assert all(change["old_line"] is None and change["new_line"] for change in added["changes"])
    removed = _json(capsys, "old.toml", "/dev/null")
    assert {change["change"] for change in removed["changes"]} == {"removed"}
    assert main(["diff", "/dev/null", "/dev/null", "--exit-code"]) == 0


REFUSED = {
    "an option as a revision": (["--", "--output=x:shop.toml", "designs/shop.toml"], "does not begin with “-”"),
    "a revision git does not know": (["nope:designs/shop.toml", "designs/shop.toml"], "git has no such version"),
    "a path git does not know": (["HEAD:nope.toml", "designs/shop.toml"], "git has no such version"),
    "a folder of git": (["HEAD:designs", "designs/shop.toml"], "a folder"),
    "no path": (["HEAD:", "designs/shop.toml"], "no path follows"),
    "a file that is not there": (["nope.toml", "designs/shop.toml"], "nope.toml:1: there is no such file"),
    "standard input twice": (["-", "-"], "standard input is one"),
    "a hostile revision": (["HEAD;touch x:designs/shop.toml", "designs/shop.toml"], "git has no such version"),
    "a hostile path": (["HEAD:$(touch x)\x1b[31m\n.toml", "designs/shop.toml"], "git has no such version"),
}


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_one_sentence_and_exit_2(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    words, said = REFUSED[name]
    assert main(["diff", *words]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "\x1b" not in err
    assert not Path("x").exists()
    assert not Path("x:shop.toml").exists()


@pytest.mark.usefixtures("both")
def test_outside_of_a_work_tree_and_without_git_a_sentence_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    assert main(["diff", "HEAD:old.toml", "new.toml"]) == 2
    assert "no git work tree" in capsys.readouterr().err
    monkeypatch.setenv("PATH", "")
    assert main(["diff", "HEAD:old.toml", "new.toml"]) == 2
    assert "not installed" in capsys.readouterr().err


@pytest.mark.usefixtures("both")
def test_the_problems_of_both_designs_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("old.toml", "new.toml"):
        Path(name).write_text(SHOP.replace('"service"', '"servce"'))
    assert main(["diff", "old.toml", "new.toml"]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert [line.split(":")[:2] for line in lines] == [["old.toml", "15"], ["new.toml", "15"]]


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.toml")))
def test_a_sample_is_itself_and_came_whole_from_nothing(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(SAMPLES / name)
    assert main(["diff", path, path, "--exit-code"]) == 0
    capsys.readouterr()
    assert main(["diff", "/dev/null", path, "--format", "markdown"]) == 0
    assert len(capsys.readouterr().out) < 60_000


HOSTILE = '"<script>x</script> | `c` @everybody #1 [a](javascript:x) </details> https://evil.example"'


def test_words_of_a_person_do_not_act_in_the_comment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(SHOP)
    new.write_text(SHOP.replace('"Shop"', HOSTILE).replace("[connections", f"purpose = {HOSTILE}\n[connections"))
    assert main(["diff", str(old), str(new), "--format", "markdown"]) == 0
    said = capsys.readouterr().out
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(said)
    assert "<script" not in page
    assert "<a " not in page
    assert page.count("</details>") == 1
    assert "@everybody" not in said
    assert "https://evil" not in said


# The page --------------------------------------------------------------------------------------------------------


def _lines() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("line", [line for line in _lines() if line.startswith("tenfold")])
def test_every_command_of_the_page_runs(line: str, repository: Path) -> None:
    words = shlex.split(line.partition(" > ")[0])[1:]
    if "before.toml" in words:
        Path("before.toml").write_text(SHOP)
    assert main(words) == (1 if "--exit-code" in words else 0)


def test_the_page_sets_git_up_so_that_it_calls_the_program(repository: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "tenfold"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {sys.executable} -m studio "$@"\n')
    program.chmod(0o755)
    (repository / ".gitattributes").write_text("designs/*.toml diff=tenfold\n")
    lines = "\n".join(line for line in _lines() if line.startswith("git "))
    run = subprocess.run(
        ["sh", "-ec", f"PATH={shlex.quote(str(program.parent))}:$PATH\n{lines}"],
        capture_output=True, text=True, check=True, cwd=repository,
    )  # fmt: skip
    assert "instances  4 → 3" in run.stdout
    assert re.search(r"^-.*280", run.stdout, re.MULTILINE), "the summary stands for the file"
    assert "-instances = 4" in run.stdout


def test_the_options_of_the_page_are_those_of_the_command() -> None:
    options = {word for action in parser_of("diff")._actions for word in action.option_strings}
    named = set(re.findall(r"tenfold diff[^`\n]*?(--[a-z-]+)", PAGE))
    assert named <= options
