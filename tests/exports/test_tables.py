"""CSV: tables any spreadsheet reads, and no cell that acts in one."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from studio.analysis import Analysis
from studio.exports.csv import owns
from studio.exports.frame.formats import rendered
from studio.exports.frame.options import Options
from tests.exports.analyses import SAMPLES, analysed, sample

NAMES = ["components.csv", "connections.csv", "costs.csv", "findings.csv"]
HOSTILE = ["=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x","y")', "a,b", 'say "x"', "; =1", "用户 é"]


def tables(analysis: Analysis) -> dict[str, list[dict[str, str]]]:
    found = rendered("csv", analysis, Options(folder=True))
    assert isinstance(found, Mapping)
    return {name: list(csv.DictReader(io.StringIO(text, newline=""), strict=True)) for name, text in found.items()}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_has_a_row_for_each_part_and_its_own_figures(path: Path) -> None:
    analysis = sample(path)
    found = tables(analysis)
    assert list(found) == NAMES
    assert [row["id"] for row in found["components.csv"]] == [c.id for c in analysis.design.components]
    assert [row["id"] for row in found["connections.csv"]] == [c.id for c in analysis.design.connections]
    assert len(found["findings.csv"]) == len(analysis.report.findings)
    whole = analysis.estimates.cost_per_month
    assert whole is not None
    assert float(found["costs.csv"][-1]["cost_per_month"]) == pytest.approx(whole)
    assert all(None not in row and None not in row.values() for rows in found.values() for row in rows)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_costs_of_the_parts_add_up_to_the_whole(path: Path) -> None:
    *parts, whole = tables(sample(path))["costs.csv"]
    assert sum(float(row["cost_per_month"] or 0) for row in parts) == pytest.approx(float(whole["cost_per_month"]))


def test_one_file_is_the_table_of_the_components() -> None:
    text = rendered("csv", sample(SAMPLES[0]))
    folder = rendered("csv", sample(SAMPLES[0]), Options(folder=True))
    assert isinstance(folder, Mapping)
    assert text == folder["components.csv"]
    assert isinstance(text, str)
    assert text.endswith("\r\n")


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_are_a_formula_and_none_are_lost(words: str) -> None:
    given = f"format = 1\n[design]\nname = 'x'\n[components.a]\nkind = 'service'\nname = {json.dumps(words)}\n"
    row = tables(analysed(given))["components.csv"][0]
    assert row["name"].removeprefix("'") == words
    assert not row["name"].startswith(("=", "+", "-", "@"))


def test_numbers_stay_numbers_and_what_is_unknown_is_empty_with_its_reason() -> None:
    text = "format = 1\n[design]\nname = 'x'\n[components.a]\nkind = 'service'\ncost_per_month = 70.5\ninstances = 2\n"
    found = tables(analysed(text))
    row = found["components.csv"][0]
    assert (row["cost_per_month"], row["instances"], row["p99_ms"]) == ("141", "2", "")
    assert "p99_ms" in row["unknown"]
    assert found["costs.csv"][0]["one_costs_per_month"] == "70.5"


def test_only_tables_with_our_columns_are_ours() -> None:
    folder = rendered("csv", sample(SAMPLES[0]), Options(folder=True))
    assert isinstance(folder, Mapping)
    assert all(owns(name, text) for name, text in folder.items())
    assert not owns("costs.csv", "item,price\r\nx,1\r\n")
    assert not owns("other.csv", folder["costs.csv"])
