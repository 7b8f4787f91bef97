"""The design document and the summary: whole, well formed, honest about what is missing, safe whatever is written."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from studio.analysis import Analysis
from studio.exports.document.blocks import Heading
from studio.exports.document.contents import SECTIONS, document
from studio.exports.frame.formats import rendered
from studio.paths import sample_designs
from tests.exports.analyses import SAMPLES, analysed, sample

FORMATS = ("markdown", "html", "summary")
VOID = {"meta", "wbr", "br", "hr", "link", "img", "input"}
EMPTY = 'format = 1\n[design]\nname = "Empty"\n'
HALF = """
format = 1
[design]
name = "Half"
[requirements.scale]
daily_active_users = 1_000_000
requests_per_user_per_day = 10
[requirements.performance]
p99 = "100 ms"
[components.web]
kind = "client"
[components.api]
kind = "service"
technology = "fastapi"
[components.db]
kind = "database"
read_replicas = 1
[connections.web-api]
from = "web"
to = "api"
[connections.api-db]
from = "api"
to = "db"
[journeys.look]
share = 1
steps = ["web-api", "api-db"]
[decisions.open]
title = "Which?"
[data.thing]
"""
ATTACK = (
    "<script>alert(1)</script><img src=https://tracker.invalid/x onerror=alert(1)> [x](https://tracker.invalid) "
    "![x](https://tracker.invalid/y) \"' --> ]]> </style></title><!-- tenfold:end overview --> `x` | **b** &#60;"
)


def attacked() -> Analysis:
    """A sample with hostile words wherever a person may write them."""
    text = (sample_designs() / "url_shortener.toml").read_text(encoding="utf-8")
    keys = "name|overview|text|purpose|why|owner|carries|effect|detection|title|context|path|source|technology|by"
    words = "'" * 3 + ATTACK.replace("'", "’") + "'" * 3
    return analysed(re.sub(rf'^({keys}) = "[^"]+"$', rf"\1 = {words}", text, flags=re.MULTILINE))


class Reader(HTMLParser):
    """A page taken apart: tags must close in the order in which they opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module", params=[*(path.stem for path in SAMPLES), "half", "empty", "attacked"])
def analysis(request: pytest.FixtureRequest) -> Analysis:
    if request.param in ("half", "empty", "attacked"):
        return {"half": lambda: analysed(HALF), "empty": lambda: analysed(EMPTY), "attacked": attacked}[request.param]()
    return sample(sample_designs() / f"{request.param}.toml")


@pytest.fixture(scope="module")
def web_page(analysis: Analysis) -> str:
    found = rendered("html", analysis)
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_says_nothing_a_machine_would_say(name: str, analysis: Analysis) -> None:
    text = rendered(name, analysis)
    assert isinstance(text, str)
    assert not re.search(r"\b(None|nan|inf|TODO)\b", text)


def test_the_same_design_gives_the_same_bytes_in_any_process() -> None:
    program = f"""
import sys
from studio.exports.frame.formats import rendered
from tests.exports.analyses import analysed
for name in {FORMATS!r}:
    sys.stdout.buffer.write(rendered(name, analysed({HALF!r})).encode())
"""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[2],
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"Half") >= 3


def test_no_section_and_nothing_under_a_heading_is_empty(analysis: Analysis) -> None:
    for section in document(analysis).sections:
        assert section.blocks, section.title
        for block, after in zip(section.blocks, (*section.blocks[1:], None), strict=True):
            if isinstance(block, Heading):
                deeper = isinstance(after, Heading) and after.level > block.level
                assert after is not None, block.text
                assert deeper or not isinstance(after, Heading), block.text


def test_the_page_is_well_formed_and_has_its_fourteen_sections(analysis: Analysis, web_page: str) -> None:
    reader = Reader(web_page)
    tags = [tag for tag, _ in reader.tags]
    assert tags.count("section") == len(SECTIONS) == 14
    assert tags.count("h1") == 1
    assert tags.count("svg") == bool(analysis.design.components)
    assert dict(reader.tags)["html"] == {"lang": "en"}


def test_nothing_on_the_page_acts_or_is_fetched(web_page: str) -> None:
    reader = Reader(web_page)
    assert {"script", "link", "img", "iframe", "object", "embed", "form", "base"}.isdisjoint(
        tag for tag, _ in reader.tags
    )
    for tag, attributes in reader.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcset", "action")], tag
        assert (attributes.get("href") or "#").startswith("#"), tag
    assert "default-src 'none'; style-src 'unsafe-inline'" in web_page
    sheets = re.findall(r"<style>(.*?)</style>", web_page, flags=re.DOTALL)
    assert not any("url(" in sheet or "@import" in sheet for sheet in sheets)


def test_every_link_of_the_page_leads_to_one_place_in_it(web_page: str) -> None:
    attributes = [attributes for _, attributes in Reader(web_page).tags]
    places = [found["id"] for found in attributes if "id" in found]
    assert len(places) == len(set(places))
    assert {found["href"] for found in attributes if "href" in found} <= {f"#{place}" for place in places}


def test_headings_of_the_page_skip_no_level(web_page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Reader(web_page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_links_in_markdown_lead_to_one_place_in_it(analysis: Analysis) -> None:
    text = rendered("markdown", analysis)
    assert isinstance(text, str)
    places = re.findall(r'<a id="([a-z0-9_-]+)"></a>', text)
    assert len(places) == len(set(places))
    assert set(re.findall(r"(?<!\\)\]\(#([^)]*)\)", text)) <= set(places)


OURS = re.compile(
    r'<a id="[a-z0-9_-]+">|</a>|(<a id="[a-z0-9_-]+"></a>|<!-- tenfold:(begin|end) [a-z-]+( [0-9a-f]{8})? -->)\s*'
)


@pytest.mark.parametrize("name", ["markdown", "summary"])
def test_a_reader_of_markdown_finds_our_headings_and_tables_and_no_foreign_markup(
    name: str, analysis: Analysis
) -> None:
    text = rendered(name, analysis)
    assert isinstance(text, str)
    outer = MarkdownIt("commonmark").enable("table").parse(text)
    tokens = [*outer, *(child for token in outer for child in token.children or ())]
    assert [
        token.content for token in tokens if token.type.startswith("html") and not OURS.fullmatch(token.content)
    ] == []
    assert [token for token in tokens if token.type == "image"] == []
    assert all(str(token.attrs["href"]).startswith("#") for token in tokens if token.type == "link_open")
    assert sum(token.type == "heading_open" and token.tag == "h2" for token in tokens) == (
        14 if name == "markdown" else 8
    )
    rows = len(
        re.findall(r"^\|", re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL), flags=re.MULTILINE)
    )
    tables = sum(token.type == "table_open" for token in tokens)
    assert sum(token.type == "tr_open" for token in tokens) == rows - tables


def test_hostile_words_stay_words() -> None:
    analysis = attacked()
    for name in ("markdown", "summary"):
        text = rendered(name, analysis)
        assert isinstance(text, str)
        outside = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
        assert not re.search(r"(?<!\\)<(script|img)", outside)
        assert not re.search(r"(?<!\\)\]\(http", outside)
        assert len(re.findall("^<!-- tenfold:end overview -->$", text, flags=re.MULTILINE)) == (name == "markdown")
    assert "alert(1)" in Reader(str(rendered("html", analysis))).text


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_summary_of_a_sample_is_one_page(path: Path) -> None:
    text = rendered("summary", sample(path))
    assert isinstance(text, str)
    assert len(text.splitlines()) <= 80
    headings = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    assert headings == [
        "Requirements Summary", "Architecture", "Data Flow", "Scalability", "Reliability", "Trade-offs",
        "Estimated Costs", "Implementation Plan",
    ]  # fmt: skip


def test_the_summary_of_a_large_design_is_one_page_too() -> None:
    text = EMPTY
    for number in range(40):
        text += f"""
[requirements.functional.r{number}]
text = "Must {number}"
priority = "must"
[components.c{number}]
kind = "service"
[connections.k{number}]
from = "c{number}"
to = "c{(number + 1) % 40}"
mode = "async"
[journeys.j{number}]
steps = ["k{number}"]
[decisions.d{number}]
[plan.p{number}]
"""
    found = rendered("summary", analysed(text))
    assert isinstance(found, str)
    assert len(found.splitlines()) <= 80
    assert re.search(r"^- and 3\d more$", found, flags=re.MULTILINE)
    assert ", c39." in found


@pytest.mark.parametrize(
    "words",
    [
        "| Load at peak | 347/sᵃ |",
        "peak factor 3 | `requirements.scale.peak_factor` | peak hour ÷ average",
        "fastapi: ",
        "`design.overview`",
        "`decisions.open.why`",
        "latency of db is not given: ",
        "Owner is not stated: `components.ID.owner` says it.",
        "How much harm a leak does is not stated of thing: `data.ID.classification` says it.",
        "| [db](#components-db) | 2 (1 primary, 1 replica) |",
        "Budget | – | not stated; requirements.cost.budget\\_per\\_month says it",
    ],
)
def test_what_is_assumed_or_missing_is_said_with_the_field_that_tells(words: str) -> None:
    text = rendered("markdown", analysed(HALF))
    assert isinstance(text, str)
    assert words in text


def test_each_assumption_is_explained_once_and_every_letter_is() -> None:
    text = str(rendered("markdown", analysed(HALF)))
    explained = re.findall(r'<a id="assumes-\d+"></a>(\S+) \|', text)
    used = set(re.findall(r"[ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]", text))
    assert len(explained) == len(set(explained))
    assert used == set(explained)
