"""Every sample in every format: whole, the same each time, and safe whatever people call things."""

import json
import re
import shutil
from pathlib import Path

import pytest

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.errors import TenfoldError
from studio.exports.frame.formats import formats, rendered
from studio.exports.frame.options import Options
from studio.files.loading import parse
from studio.model.design import Design
from studio.paths import sample_designs
from tests.exports.analyses import sample

SAMPLES = sorted(sample_designs().glob("*.toml"))
PICTURES = {"svg", "png", "pdf"}
BY_GRAPHVIZ = Options(engine="dot")
FOLDERS = {"adr"}
TEXTS = [name for name in formats() if name not in (PICTURES - {"svg"}) | FOLDERS]
SECTIONS = [
    "Overview", "Goals", "Non-Goals", "Requirements", "Architecture", "Data Model", "APIs", "Scaling Strategy",
    "Reliability", "Security", "Monitoring", "Trade-offs", "Future Considerations", "Open Questions",
]  # fmt: skip
HOSTILE = 'a|b `c` <script>alert(1)</script> [x](javascript:1) \\N \\G "q" # * _ ~ {y} & é 用户 \u202e ]] --> '
EMPTY = Design.model_validate({"format": 1, "design": {"name": "Empty"}})


def analysis_of(path: Path) -> Analysis:
    return sample(path)


def hostile() -> Analysis:
    text = json.dumps(HOSTILE.replace("\u202e", ""))
    source = f"""
format = 1
[design]
name = {text}
overview = {text}
goals = [{text}]
[requirements.functional.r]
text = {text}
[components.a]
kind = "service"
name = {text}
group = {text}
purpose = {text}
[components.a.endpoints.e]
path = {text}
[components.a.failures.f]
mode = {text}
[components.node]
kind = "database"
[connections.c]
from = "a"
to = "node"
carries = {text}
[decisions.d]
title = {text}
context = {text}
[decisions.d.options.o]
name = {text}
pros = [{text}]
"""
    return Analysis(parse(source, "hostile.toml"), shipped())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", TEXTS)
def test_a_sample_in_a_format_is_whole_and_the_same_each_time(path: Path, name: str) -> None:
    first, second = (rendered(name, analysis_of(path)) for _ in range(2))
    assert first == second
    assert isinstance(first, str)
    assert first.strip()
    assert first.endswith("\n")
    if name != "schema":
        assert not re.search(r"\b(None|nan|inf|TODO)\b", first)


@pytest.mark.parametrize("name", TEXTS)
def test_an_empty_design_can_be_exported(name: str) -> None:
    assert isinstance(rendered(name, Analysis(EMPTY, shipped())), str)


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_a_person_calls_a_thing_acts_in_a_format(name: str) -> None:
    text = rendered(name, hostile())
    assert isinstance(text, str)
    assert "\x1b" not in text
    if name in ("markdown", "summary"):
        outside = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
        assert "<script>" not in outside.replace("\\<script\\>", "")
        assert not re.search(r"(?<!\\)\]\((?!#)", outside)
    if name == "json":
        assert json.loads(text)["design"]["name"] == HOSTILE.replace("\u202e", "")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_document_has_its_fourteen_sections_and_no_gap(path: Path) -> None:
    text = rendered("markdown", analysis_of(path))
    assert isinstance(text, str)
    found = re.findall(r"^## (\d+)\. (.+)$", text, flags=re.MULTILINE)
    assert found == [(str(number), title) for number, title in enumerate(SECTIONS, start=1)]
    assert "Not stated yet" not in text


def test_what_is_missing_is_said_with_the_field_to_fill() -> None:
    text = rendered("markdown", Analysis(EMPTY, shipped()))
    assert isinstance(text, str)
    assert text.count("Not stated yet") >= 14
    assert "`design.overview`" in text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_row_of_a_table_has_as_many_cells_as_its_head(path: Path) -> None:
    for analysis in (analysis_of(path), hostile()):
        text = rendered("markdown", analysis)
        assert isinstance(text, str)
        for table in re.findall(r"(?:^\|.*\|$\n?)+", text, flags=re.MULTILINE):
            counts = {len(re.findall(r"(?<!\\)\|", row)) for row in table.strip().splitlines()}
            assert len(counts) == 1, table


def test_the_ascii_drawing_is_ascii_and_the_unicode_one_has_every_name() -> None:
    for path in SAMPLES:
        analysis = analysis_of(path)
        drawing, plain = rendered("unicode", analysis), rendered("ascii", analysis)
        assert isinstance(drawing, str)
        assert isinstance(plain, str)
        assert plain.isascii()
        words = set(re.split(r"[\s│├┤]+", drawing))
        assert all(word in words for component in analysis.design.components for word in component.label.split())


@pytest.mark.skipif(shutil.which("dot") is None, reason="no dot program on this machine")
@pytest.mark.parametrize("name", sorted(PICTURES))
def test_graphviz_draws_pictures(name: str) -> None:
    starts = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}
    for analysis in (analysis_of(SAMPLES[0]), hostile()):
        picture = rendered(name, analysis, BY_GRAPHVIZ)
        assert isinstance(picture, bytes)
        assert picture.startswith(starts[name])


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_without_graphviz_a_sentence_says_what_to_do(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TenfoldError, match="install Graphviz"):
        rendered(name, analysis_of(SAMPLES[0]), BY_GRAPHVIZ)


@pytest.mark.parametrize("name", ["png", "pdf"])
def test_only_graphviz_draws_pixels_and_pages(name: str) -> None:
    with pytest.raises(TenfoldError, match="Graphviz only"):
        rendered(name, analysis_of(SAMPLES[0]), Options(engine="own"))


@pytest.mark.parametrize("name", ["unicode", "ascii"])
def test_graphviz_draws_no_text(name: str) -> None:
    with pytest.raises(TenfoldError, match="leave out --engine"):
        rendered(name, analysis_of(SAMPLES[0]), BY_GRAPHVIZ)


@pytest.mark.parametrize("name", ["markdown", "json", "png", "dot"])
def test_a_format_without_overlays_says_so(name: str) -> None:
    with pytest.raises(TenfoldError, match="ascii, svg or unicode"):
        rendered(name, analysis_of(SAMPLES[0]), Options(overlay="load"))
