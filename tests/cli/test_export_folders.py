"""`tenfold export` into a folder: what is ours is written, what is not stays, and what is stale is named."""

import re
import shlex
from pathlib import Path

import pytest

from studio.__main__ import main
from studio.cli.frame.parsing import parser_of

SHOP = """
format = 1
[design]
name = "Shop"
[components.api]
kind = "service"
[decisions.queue]
title = "Queue?"
chosen = "yes"
[decisions.vendor]
title = "Vendor?"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.toml"
    path.write_text(SHOP)
    return path


def export(shop: Path, to: str, *more: str) -> int:
    return main(["export", str(shop), "--to", to, *more])


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


WRITTEN = {
    ("csv",): ["components.csv", "connections.csv", "costs.csv", "findings.csv"],
    ("adr",): ["0001-queue.md", "0002-vendor.md"],
    ("agents",): ["AGENTS.md", "CLAUDE.md"],
    ("agents", "--per-component"): ["AGENTS.md", "CLAUDE.md", "api/AGENTS.md"],
}


@pytest.mark.parametrize("arguments", WRITTEN, ids=" ".join)
def test_a_folder_is_made_filled_and_then_up_to_date(arguments: tuple[str, ...], shop: Path, tmp_path: Path) -> None:
    to, *more = arguments
    folder = tmp_path / "new" / "out"
    place = ["-o", f"{folder}/", *more]
    assert export(shop, to, *place, "--check") == 1
    assert not folder.exists()
    assert export(shop, to, *place) == 0
    assert names(folder) == WRITTEN[arguments]
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert export(shop, to, *place, "--check") == 0
    assert export(shop, to, *place) == 0
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_stale_record_and_one_left_over_are_named_and_others_stay(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "adr"
    export(shop, "adr", "-o", str(folder))
    (folder / "0003-mine.md").write_text("# Mine\n")
    shop.write_text(SHOP.replace('title = "Queue?"', 'title = "Which queue?"').split("[decisions.vendor]")[0])
    capsys.readouterr()
    assert export(shop, "adr", "-o", str(folder), "--check") == 1
    told = capsys.readouterr().err
    assert f"{folder / '0001-queue.md'}:1: it is stale; run: tenfold export {shop} --to adr -o {folder}" in told
    assert f"{folder / '0002-vendor.md'}:1: the design has nothing for it any more" in told
    assert "mine" not in told
    assert export(shop, "adr", "-o", str(folder)) == 1
    assert names(folder) == ["0001-queue.md", "0002-vendor.md", "0003-mine.md"]
    assert "# Which queue?" in (folder / "0001-queue.md").read_text()
    (folder / "0002-vendor.md").unlink()
    assert export(shop, "adr", "-o", str(folder), "--check") == 0


FOREIGN = {"adr": "0001-queue.md", "csv": "costs.csv", "agents": "CLAUDE.md"}


@pytest.mark.parametrize("to", FOREIGN)
def test_a_file_of_somebody_else_stays_until_force(
    to: str, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    foreign = folder / FOREIGN[to]
    foreign.write_text("mine\n")
    assert export(shop, to, "-o", str(folder)) == 1
    assert foreign.read_text() == "mine\n"
    assert f"{foreign}:1: it is not as this program wrote it and stays" in capsys.readouterr().err
    assert len(names(folder)) > 1
    assert export(shop, to, "-o", str(folder), "--force") == 0
    assert foreign.read_text() != "mine\n"


def test_a_record_somebody_changed_is_theirs(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "adr"
    export(shop, "adr", "-o", str(folder))
    record = folder / "0001-queue.md"
    record.write_text(record.read_text().replace("## Considered", "Mine.\n\n## Considered"))
    assert export(shop, "adr", "-o", str(folder)) == 1
    assert "Mine." in record.read_text()
    assert "read it with tenfold import adr, or replace it with --force" in capsys.readouterr().err


def test_a_claude_file_that_includes_the_contract_is_fine_as_it_is(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "CLAUDE.md").write_text("# Mine\n\n@AGENTS.md\n")
    assert export(shop, "agents", "-o", str(tmp_path)) == 0
    assert export(shop, "agents", "-o", str(tmp_path), "--check") == 0
    assert (tmp_path / "CLAUDE.md").read_text() == "# Mine\n\n@AGENTS.md\n"


def test_words_beside_the_contract_stay_and_do_not_make_it_stale(shop: Path, tmp_path: Path) -> None:
    page = tmp_path / "AGENTS.md"
    assert export(shop, "agents", "-o", str(page)) == 0
    page.write_text(f"# Ours\n\n{page.read_text()}\nRun make test.\n")
    assert export(shop, "agents", "-o", str(page), "--check") == 0
    shop.write_text(SHOP.replace('name = "Shop"', 'name = "Store"'))
    assert export(shop, "agents", "-o", str(page), "--check") == 1
    assert export(shop, "agents", "-o", str(page)) == 0
    text = page.read_text()
    assert text.startswith("# Ours\n")
    assert "# Store: contract for coding agents" in text
    assert text.endswith("Run make test.\n")


def test_words_inside_the_contract_are_not_thrown_away_unasked(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(shop, "agents", "-o", f"{tmp_path}/")
    page = tmp_path / "AGENTS.md"
    page.write_text(page.read_text().replace("## Components", "## Components\n\nMine."))
    assert export(shop, "agents", "-o", str(tmp_path), "--check") == 1
    assert export(shop, "agents", "-o", str(tmp_path)) == 2
    assert "Mine." in page.read_text()
    assert "somebody wrote into the generated part" in capsys.readouterr().err


CANNOT = {
    ("adr",): "adr is a folder of files; name it with -o FOLDER/",
    ("adr", "-o", "{file}"): "it is a file, and adr is a folder of files",
    ("agents", "--per-component"): "--per-component writes several files; name a folder with -o FOLDER/",
    ("agents", "--per-component", "-o", "x.md"): "--per-component writes several files",
    ("adr", "--check"): "name it with -o FOLDER/",
}


@pytest.mark.parametrize("arguments", CANNOT, ids=" ".join)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: tuple[str, ...], shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to, *more = (each.replace("{file}", str(shop)) for each in arguments)
    assert export(shop, to, *more) == 2
    assert CANNOT[arguments] in capsys.readouterr().err


def test_one_table_and_the_notation_of_a_chart_go_to_standard_output(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(shop, "csv") == 0
    assert capsys.readouterr().out.startswith("id,name,kind,")
    assert export(shop, "mermaid", "--notation", "c4") == 0
    assert capsys.readouterr().out.startswith("C4Container\n")


def test_decisions_go_out_and_come_back_into_the_design_they_belong_to(shop: Path, tmp_path: Path) -> None:
    folder, bare = tmp_path / "adr", tmp_path / "bare.toml"
    shop.write_text(SHOP.replace('chosen = "yes"', 'chosen = "yes"\nabout = ["api"]'))
    export(shop, "adr", "-o", str(folder))
    bare.write_text(SHOP.split("[decisions.queue]", maxsplit=1)[0])
    assert main(["import", "adr", str(folder), "-o", str(bare), "--merge"]) == 0
    from studio.files.loading import read

    assert read(bare).design == read(shop).design
    alone = tmp_path / "alone.toml"
    assert main(["import", "adr", str(folder), "-o", str(alone)]) == 0
    assert [(d.id, d.about) for d in read(alone).design.decisions] == [("queue", ()), ("vendor", ())]


def test_every_command_the_page_about_contracts_names_can_be_typed() -> None:
    page = (Path(__file__).parents[2] / "docs" / "agents.md").read_text()
    lines = re.findall(r"^(tenfold .*)$|`(tenfold [^`]+)`", page, re.MULTILINE)
    assert len(lines) >= 6
    for line in (block or inline for block, inline in lines):
        _, verb, *arguments = shlex.split(line)
        assert parser_of(verb).parse_args(arguments)
