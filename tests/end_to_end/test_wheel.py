"""What people install: the wheel, in an environment of its own, used from another folder."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run([sys.executable, *build], check=True, capture_output=True)
    return next(folder.glob("tenfold-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and nothing of this checkout; its dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    site = next(folder.glob("lib/python3*/site-packages"))
    target = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(wheel)]
    subprocess.run([sys.executable, *target], check=True, capture_output=True)
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "dependencies.pth").write_text(f"{here}\n")
    return folder / "bin" / "python"


def run(python: Path, *arguments: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COVERAGE"))}
    command = [str(python), "-m", "studio", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_only_thing_at_its_top_is_studio(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"studio"}
    assert any(name.startswith("studio/_bundled/catalogue/patterns/") for name in names)
    assert any(name.startswith("studio/_bundled/sample_designs/") for name in names)
    assert not any("__pycache__" in name for name in names)


def test_it_runs_from_another_folder(installed: Path, tmp_path: Path) -> None:
    where = run(installed, "doctor", folder=tmp_path)
    assert "_bundled" in where.stdout, where.stderr
    assert run(installed, "new", "mine.toml", "--from", "url_shortener", folder=tmp_path).returncode == 0
    checked = run(installed, "check", "mine.toml", folder=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    drawn = run(installed, "export", "mine.toml", "--to", "unicode", folder=tmp_path)
    assert "┌" in drawn.stdout
    shown = run(installed, "catalogue", "show", "bulkhead", folder=tmp_path)
    assert "Bulkhead" in shown.stdout


def test_without_a_terminal_the_studio_says_so(installed: Path, tmp_path: Path) -> None:
    run(installed, "new", "mine.toml", folder=tmp_path)
    refused = run(installed, "mine.toml", folder=tmp_path)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
    assert "terminal" in refused.stderr
