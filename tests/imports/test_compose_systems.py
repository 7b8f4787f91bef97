"""Compose files of known systems, put briefly: every service and every call they state is found, and none beside."""

from pathlib import Path

import pytest

from studio.files.loading import parse
from studio.files.writing import new_text
from studio.imports.frame.formats import imported
from studio.imports.frame.imported import Source

FOLDER = Path(__file__).resolve().parents[1] / "data" / "compose"
FILES = sorted(FOLDER.glob("*.yml"))


def said(path: Path, key: str) -> list[str]:
    line = next(line for line in path.read_text().splitlines() if line.startswith(f"# {key}:"))
    return line.partition(":")[2].split()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_all_that_a_file_states_is_found_and_nothing_beside(path: Path) -> None:
    found = imported("compose", Source(path.read_text(), path.name, "T"))
    design = found.design
    assert {f"{c.source}>{c.target}" for c in design.connections} == set(said(path, "calls"))
    for pair in said(path, "kinds"):
        id_, _, kind = pair.partition("=")
        assert design.component[id_].kind == kind, id_
    assert not found.defects
    assert parse(new_text(design), "t.toml") == design


def test_there_are_files_of_ten_systems() -> None:
    assert len(FILES) == 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_secret_of_a_file_is_in_the_design(path: Path) -> None:
    found = imported("compose", Source(path.read_text(), path.name, "T"))
    text = new_text(found.design) + " ".join((*found.unknown, *found.remarks))
    for secret in ("difyai123456", "miniosecret", "myredissecret", "mysalt", "postgres:postgres@"):
        assert secret not in text
