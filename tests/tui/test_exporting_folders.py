"""Exports of several files from the studio: a folder beside the design, and nothing of other people is replaced."""

from pathlib import Path

import pytest

from studio.errors import SaveRefused
from studio.tui.exporting import Export, write
from tests.exports.analyses import analysed

SHOP = 'format = 1\n[design]\nname = "Shop"\n[decisions.queue]\ntitle = "Queue?"\n'


def test_decisions_are_proposed_as_a_folder_and_written_into_it(tmp_path: Path) -> None:
    export, analysis = Export("adr"), analysed(SHOP)
    path = export.path(tmp_path / "shop.toml")
    assert path.name == "shop_decisions"
    assert export.seen(analysis) == ["a folder of 1 file", "", "0001-queue.md"]
    write(path, export.content(analysis), export.format)
    assert "# Queue?" in (path / "0001-queue.md").read_text()
    (path / "0001-queue.md").write_text("mine\n")
    with pytest.raises(SaveRefused, match="was not written by this program"):
        write(path, export.content(analysis), export.format)
    assert (path / "0001-queue.md").read_text() == "mine\n"


def test_the_notation_of_a_chart_is_a_choice() -> None:
    export = Export("mermaid").next("notation")
    content = export.content(analysed(SHOP))
    assert isinstance(content, str)
    assert content.startswith("C4Container\n")
