"""Where a report goes, how files are named in it, and which exit code follows."""

from pathlib import Path

import pytest

from studio.cli import reports
from studio.cli.reports.frame.places import place_of
from studio.discovery import module_names
from tests.cli.reports.conftest import Run

FORMATS = module_names(reports)


def test_the_formats_are_those_of_the_contract() -> None:
    assert FORMATS == ("github", "gitlab", "json", "junit", "markdown", "sarif", "text")


@pytest.mark.parametrize("report", FORMATS)
def test_the_same_designs_give_the_same_bytes(report: str, tree: Path, check: Run) -> None:
    arguments = ("designs/shop.toml", "designs/broken.toml", "--format", report, "--show-unknown")
    assert check(*arguments)[:2] == check(*arguments)[:2]


@pytest.mark.parametrize("report", FORMATS)
def test_a_report_in_a_file_is_what_would_be_printed(report: str, tree: Path, check: Run) -> None:
    printed = check("designs/shop.toml", "--format", report)
    code, out, err = check("designs/shop.toml", "--format", report, "-o", "found")
    assert (code, out) == (1, "")
    assert Path("found").read_text() == printed[1]
    assert err.startswith("designs/shop.toml: 7 errors, ")
    assert err.endswith("; see found\n")


@pytest.mark.parametrize("report", FORMATS)
def test_every_format_ends_with_the_same_exit_code(report: str, tree: Path, check: Run) -> None:
    assert check("designs/shop.toml", "--format", report)[0] == 1
    assert check("designs/shop.toml", "--format", report, "--fail-on", "never")[0] == 0
    assert check("designs/shop.toml", "designs/broken.toml", "--format", report, "--fail-on", "never")[0] == 2


def test_a_file_named_twice_is_judged_once(tree: Path, check: Run) -> None:
    assert check("designs/shop.toml", "designs/shop.toml") == check("designs/shop.toml")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "designs/shop.toml"], "--output designs/shop.toml is a design that is checked; name another file"),
        (["-o", "designs"], "designs:1: it cannot be written (Is a directory); choose another place with -o"),
        (["-o", "none/found"], "none/found:1: it cannot be written (No such file or directory)"),
        (["--baseline", "designs/../designs/shop.toml"], "is a design that is checked; name another file"),
        (["--baseline", "b", "-o", "./b", "--update-baseline"], "--output ./b is the baseline; name another file"),
        (["--update-baseline"], "name its file with --baseline FILE"),
        (["--baseline", "none.json"], "none.json:1: there is no such baseline"),
        (["--baseline", "designs"], "designs:1: the baseline cannot be read (Is a directory)"),
        (["--format", "xml"], "sarif"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: list[str], said: str, tree: Path, check: Run) -> None:
    before = (tree / "designs/shop.toml").read_text()
    try:
        code, _, err = check("designs/shop.toml", *arguments)
    except SystemExit as stop:
        pytest.fail(f"it left with {stop.code}")
    except Exception as error:  # noqa: BLE001 (what main tells as one sentence is raised below it)
        pytest.fail(repr(error))
    assert code == 2
    assert said in err
    assert len(err.splitlines()) == 1
    assert (tree / "designs/shop.toml").read_text() == before


def test_a_file_is_named_from_the_top_of_its_work_tree(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree / "designs")
    assert place_of("shop.toml") == ("designs/shop.toml", True)
    assert place_of("../designs/./shop.toml").uri == "designs/shop.toml"


def test_a_file_of_a_linked_work_tree_is_named_the_same(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    assert place_of(str(tmp_path / "a.toml")) == ("a.toml", True)


def test_without_a_work_tree_a_file_is_named_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    assert place_of("a b.toml") == ("a b.toml", False)
    assert place_of("a b.toml").uri == "a%20b.toml"
    outside = place_of("../c:d.toml")
    assert outside.path == str(tmp_path / "c:d.toml")
    assert outside.uri.startswith("file:///")
    assert outside.uri.endswith("/c%3Ad.toml")
