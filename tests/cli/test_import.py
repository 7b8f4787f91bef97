"""`tenfold import` as a person types it."""

from pathlib import Path

import pytest

from studio.__main__ import main
from studio.files.loading import read

SAMPLE = str(Path(__file__).resolve().parents[2] / "sample_designs" / "url_shortener.toml")
DRAWING = "┌─────┐   ┌────┐\n│ Web ├──►│ DB │\n└─────┘   └────┘\n"


def test_a_drawing_becomes_a_design_that_loads_and_never_overwrites(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawing, design = tmp_path / "README.md", tmp_path / "my_shop.toml"
    drawing.write_text(f"# Shop\n\n```\n{DRAWING}```\n")
    assert main(["import", "ascii", str(drawing), "-o", str(design)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "2 components, 1 connection\n" in told.err
    assert "components.ID.kind" in told.err
    assert read(design).design.design.name == "My shop"
    assert main(["check", str(design), "--fail-on", "never"]) == 0
    before = design.read_bytes()
    assert main(["import", "ascii", str(drawing), "-o", str(design)]) == 2
    assert design.read_bytes() == before


@pytest.mark.parametrize("charset", ["ascii", "unicode"])
def test_what_was_exported_can_be_imported(charset: str, tmp_path: Path) -> None:
    drawing, design = tmp_path / "drawing.txt", tmp_path / "design.toml"
    assert main(["export", SAMPLE, "--to", charset, "-o", str(drawing)]) == 0
    assert main(["import", "ascii", str(drawing), "-o", str(design)]) == 0
    old, new = read(Path(SAMPLE)).design, read(design).design
    assert {(c.label, c.group) for c in new.components} == {(c.label, c.group) for c in old.components}
    assert len(new.connections) == len(old.connections)


def test_defects_are_told_with_their_place_and_the_rest_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawing, design = tmp_path / "drawing.txt", tmp_path / "design.toml"
    drawing.write_text(DRAWING.replace("│ DB │", "│ DB │  \x1b[31mstray"))
    assert main(["import", "ascii", str(drawing), "-o", str(design)]) == 1
    told = capsys.readouterr().err
    assert f"{drawing}:2:19: " in told
    assert "\x1b" not in told
    assert len(read(design).design.components) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["asci", "{}", "-o", "new.toml"], "did you mean ascii?"),
        (["ascii", "nowhere.txt", "-o", "new.toml"], "no such file"),
        (["ascii", ".", "-o", "new.toml"], "folder"),
        (["ascii", "{}", "-o", "no/such/folder.toml"], "does not exist"),
        (["ascii", "{}"], "-o"),
        (["ascii", "{}", "-o", "new.toml", "--number", "0"], "from 1"),
        (["ascii", "{}", "-o", "new.toml", "--number", "2"], "1 drawing;"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("drawing.txt").write_text(DRAWING)
    assert main(["import", *(each.replace("{}", "drawing.txt") for each in arguments)]) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["drawing.txt"]


def test_a_text_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawing = tmp_path / "drawing.txt"
    drawing.write_bytes(b"words\n\xff\xfe\n")
    assert main(["import", "ascii", str(drawing), "-o", str(tmp_path / "new.toml")]) == 2
    assert f"{drawing}:2: the text is not UTF-8" in capsys.readouterr().err


def test_the_command_is_listed_under_the_name_people_type(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "  import " in capsys.readouterr().out
    assert main(["import", "--help"]) == 0
    assert "usage: tenfold import" in capsys.readouterr().out
