"""Documents written onto themselves: what a person added stays, what is stale is found, nothing is lost unasked."""

from pathlib import Path

import pytest

from studio.__main__ import main
from studio.exports.frame.managed import part


@pytest.fixture
def written(design: Path) -> Path:
    """The document of a design, with a line of a person behind its overview."""
    document = design.with_name("DESIGN.md")
    assert main(["export", str(design), "--to", "markdown", "-o", str(document)]) == 0
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("end overview -->\n", "end overview -->\n\nRead this first.\n"), encoding="utf-8")
    return document


def export(design: Path, document: Path, *more: str) -> int:
    return main(["export", str(design), "--to", "markdown", "-o", str(document), *more])


def grow(design: Path) -> None:
    """One more thing in the design."""
    design.write_text(design.read_text() + '[questions.why]\ntext = "Why at all?"\n')


def test_words_beside_the_parts_survive_and_are_not_stale(design: Path, written: Path) -> None:
    assert export(design, written, "--check") == 0
    grow(design)
    assert export(design, written) == 0
    text = written.read_text(encoding="utf-8")
    assert "Read this first." in text
    assert "Why at all?" in text


def test_a_stale_part_is_found_and_nothing_is_written(
    design: Path, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grow(design)
    before = written.read_bytes()
    assert export(design, written, "--check") == 1
    assert (
        f"{written}:1: it is stale; run: tenfold export {design} --to markdown -o {written}" in capsys.readouterr().err
    )
    assert written.read_bytes() == before


def test_words_inside_a_part_stop_the_export_until_it_is_forced(
    design: Path, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = written.read_text(encoding="utf-8").replace("# X\n", "# X, my way\n")
    written.write_text(changed, encoding="utf-8")
    assert export(design, written, "--check") == 1
    assert export(design, written) == 2
    said = capsys.readouterr().err
    assert f"{written}:1: somebody wrote into the generated part «title»" in said
    assert written.read_text(encoding="utf-8") == changed
    assert export(design, written, "--force") == 0
    text = written.read_text(encoding="utf-8")
    assert "my way" not in text
    assert "Read this first." in text


def test_a_text_by_hand_is_not_replaced_unasked(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = design.with_name("README.md")
    mine.write_text("# Mine\n")
    assert export(design, mine) == 2
    assert f"{mine}:1: no part of it is marked as generated; " in capsys.readouterr().err
    assert mine.read_text() == "# Mine\n"
    assert export(design, mine, "--force") == 0
    assert "# X" in mine.read_text(encoding="utf-8")


def test_a_readme_may_hold_the_summary(design: Path) -> None:
    readme = design.with_name("README.md")
    readme.write_text("# Mine\n\n<!-- tenfold:begin summary -->\n<!-- tenfold:end summary -->\n\nMore.\n")
    assert main(["export", str(design), "--to", "summary", "-o", str(readme)]) == 0
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# Mine\n\n<!-- tenfold:begin summary ")
    assert "# System Design: X" in text
    assert text.endswith("\n\nMore.\n")


@pytest.mark.parametrize("more", [(), ("--force",), ("--check",)])
def test_damaged_markers_are_never_guessed(
    more: tuple[str, ...], design: Path, written: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = written.read_text(encoding="utf-8").replace("<!-- tenfold:end goals -->\n", "")
    written.write_text(damaged, encoding="utf-8")
    assert export(design, written, *more) == (1 if more == ("--check",) else 2)
    assert "«non-goals» begins inside «goals»" in capsys.readouterr().err
    assert written.read_text(encoding="utf-8") == damaged


def test_formats_without_parts_replace_the_file(design: Path) -> None:
    page = design.with_name("page.html")
    page.write_text(part("title", "old"))
    assert main(["export", str(design), "--to", "html", "-o", str(page)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
