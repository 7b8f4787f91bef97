"""The page about continuous integration and the hooks: what they tell a person to run, runs."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from studio.__main__ import main
from studio.cli import reports
from studio.cli.frame.parsing import parser_of
from studio.discovery import module_names
from tests.cli.reports.conftest import HEAD, PARTS

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "ci.md").read_text()
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Every command line of the program in a block of the page, in its order."""
    lines = (line.strip() for block in blocks(r"\w+") for line in block.splitlines())
    return [found[1] for line in lines if (found := re.match(r"(?:- |run: |- run: )?(tenfold .*)", line))]


def hook(name: str) -> dict[str, Any]:
    return next(hook for hook in HOOKS if hook["id"] == name)


def configured() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each hook as the page configures it, with its definition."""
    config = next(found for block in blocks("yaml") if "repos" in (found := yaml.safe_load(block)))
    for entry in config["repos"][0]["hooks"]:
        yield entry, hook(entry["id"])


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As the page supposes it: two designs in a folder, documents in another."""
    for folder in (".git", "designs", "docs"):
        (tmp_path / folder).mkdir()
    (tmp_path / "designs" / "shop.toml").write_text(HEAD + PARTS)
    (tmp_path / "designs" / "new.toml").write_text('format = 1\n[design]\nname = "New"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def expanded(command: str, folder: Path) -> list[str]:
    """The words of a command, with the files of a pattern in its place, as a shell has it."""
    words = shlex.split(command)[1:]
    return [
        path for word in words for path in (sorted(str(p.relative_to(folder)) for p in folder.glob(word)) or [word])
    ]


def test_every_command_of_the_page_runs(repository: Path) -> None:
    found = commands()
    assert len(found) >= 9
    for command in found:
        assert main(expanded(command, repository)) == 0, command
    written = ("all.sarif", "gl-code-quality-report.json", "tenfold.xml", "comment.md", "docs/shop.md")
    assert all((repository / name).stat().st_size for name in written)


def test_the_gate_of_the_page_fails_on_something_new(repository: Path) -> None:
    first, second, *_ = commands()
    assert main(expanded(first, repository)) == 0
    parts = (
        '[components.a]\nkind = "service"\n[components.b]\nkind = "service"\n[connections.c]\nfrom = "a"\nto = "b"\n'
    )
    with (repository / "designs" / "new.toml").open("a") as file:
        file.write(parts)
    assert main(expanded(second, repository)) == 1


def test_every_block_of_yaml_is_one() -> None:
    assert [sorted(map(str, yaml.safe_load(block))) for block in blocks("yaml")][1:] == [["design"], ["repos"]]


def test_the_page_tells_of_every_format() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(rows) == list(module_names(reports))


@pytest.mark.parametrize("entry", HOOKS, ids=lambda entry: str(entry["id"]))
def test_a_hook_is_a_command_that_can_be_read(entry: dict[str, Any]) -> None:
    assert entry["language"] == "python"
    program, verb, *options = shlex.split(entry["entry"])
    assert program == "tenfold"
    files = ["designs/shop.toml"] if entry.get("pass_filenames", True) else ["d.toml", "--to", "markdown", "-o", "d.md"]
    assert parser_of(verb).parse_args([*options, *files])


@pytest.mark.parametrize(
    ("path", "is_taken"),
    [
        ("shop.toml", True),
        ("designs/url_shortener.toml", True),
        ("pyproject.toml", False),
        ("crates/a/Cargo.toml", False),
        (".taplo.toml", False),
        ("designs/.tenfold/catalogue/patterns/own/x.toml", False),
        ("README.md", False),
    ],
)
def test_which_files_the_hooks_take(path: str, is_taken: bool) -> None:
    for name in ("tenfold-check", "tenfold-fmt"):
        found = hook(name)
        assert bool(re.search(found["files"], path) and not re.search(found["exclude"], path)) is is_taken


def test_the_hooks_run_as_the_page_configures_them(repository: Path) -> None:
    for command in commands():
        assert main(expanded(command, repository)) == 0
    for entry, definition in configured():
        words = [*shlex.split(definition["entry"])[1:], *entry.get("args", [])]
        files = ["designs/shop.toml", "designs/new.toml"] if definition.get("pass_filenames", True) else []
        assert main([*words, *files]) == 0, entry["id"]
        assert re.search(entry["files"], "designs/shop.toml")
