"""The house itself: sizes, forbidden shortcuts, and which module may bring what."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("studio", "tests", "bench", "docs") for path in (ROOT / folder).rglob("*.py"))
LONGEST = 400
HEADLESS = ["units", "errors", "text", "paths", "discovery", "comparisons", "model", "edits", "files", "catalogue",
            "estimates", "diagrams", "red_flags", "analysis", "applying", "session", "exports",
            "imports", "cli", "asking", "comparing", "reviewing", "configuration", "key_names"]  # fmt: skip


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_no_file_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


@pytest.mark.parametrize("path", [path for path in SOURCES if path.parts[-2] != "architecture"], ids=named)
def test_nothing_is_changed_without_validation(path: Path) -> None:
    assert "model_copy(update" not in path.read_text()


@pytest.mark.parametrize("path", [path for path in SOURCES if "studio" in path.parts], ids=named)
def test_every_ignored_complaint_gives_its_reason(path: Path) -> None:
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        for mark in re.findall(r"#\s*(?:noqa|type: ignore)[^#]*(.*)", line):
            reason = re.search(r"(?:noqa: [A-Z0-9, ]+\(.+\)|type: ignore\[[a-z-]+\]\s+# .+)", line)
            assert reason, f"{path}:{number} {mark}"


def modules(package: str) -> Iterator[str]:
    folder = ROOT / "studio" / package
    if folder.is_dir():
        for path in sorted(folder.rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    else:
        yield f"studio.{package}"


@pytest.mark.parametrize("package", HEADLESS)
def test_nothing_below_the_screen_brings_textual(package: str) -> None:
    imports = "; ".join(f"import {module}" for module in modules(package))
    code = f"import sys; {imports}; print([m for m in ('textual', 'graphviz') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert found.stdout.strip() == "[]"


def test_the_command_line_brings_neither_pydantic_nor_rich_before_it_must() -> None:
    heavy = "('pydantic', 'rich.console', 'textual')"
    run = "import sys; from studio.__main__ import main; main(['--help'])"
    code = f"{run}; assert not [m for m in {heavy} if m in sys.modules]"
    subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)


@pytest.mark.parametrize(("command", "capacity"), [("check", "[1, 9]"), ("estimate", "9")])
def test_numpy_comes_only_when_a_range_is_worked_out(command: str, capacity: str, tmp_path: Path) -> None:
    design = tmp_path / "plain.toml"
    parts = f'[components.api]\nkind = "service"\ncapacity_rps = {capacity}\n'
    design.write_text(f'format = 1\n[design]\nname = "Plain"\n{parts}')
    run = f"import sys; from studio.__main__ import main; main(['{command}', {str(design)!r}])"
    code = f"{run}; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)


@pytest.mark.parametrize("path", [path for path in SOURCES if "studio" in path.parts], ids=named)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_the_version_is_written_once() -> None:
    from studio import __version__

    others = [p for p in (ROOT / "pyproject.toml", ROOT / "README.md") if f'"{__version__}"' in p.read_text()]
    assert others == []
