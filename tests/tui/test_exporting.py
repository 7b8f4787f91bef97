"""What the studio writes: around what a person added to a document."""

from pathlib import Path

from studio.exports.frame.managed import part
from studio.tui.exporting import write


def test_replacing_a_document_keeps_what_a_person_wrote_beside_it(tmp_path: Path) -> None:
    document = tmp_path / "design.md"
    document.write_text(f"mine\n{part('one', 'old')}")
    write(document, part("one", "new"), "markdown")
    assert document.read_text() == f"mine\n{part('one', 'new')}"


def test_replacing_any_other_text_replaces_it(tmp_path: Path) -> None:
    document = tmp_path / "design.md"
    document.write_text("mine\n")
    write(document, part("one", "new"), "markdown")
    assert document.read_text() == part("one", "new")
