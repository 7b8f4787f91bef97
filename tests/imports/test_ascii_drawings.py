"""A drawing read back into a design: what it says is there, what it does not say is listed, defects have a place."""

from collections import Counter
from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.diagrams.from_design import outline
from studio.diagrams.glyphs import Charset
from studio.diagrams.layout import lay_out
from studio.diagrams.text import render_text
from studio.errors import TenfoldError
from studio.files.loading import parse
from studio.files.writing import new_text
from studio.imports.ascii import read
from studio.imports.frame.formats import imported
from studio.imports.frame.imported import Imported, Source
from studio.model.design import Design
from studio.model.kinds import KINDS

SHOP = """\
┌────────┐
│ Client │
└───┬────┘
┌╌╌╌┼╌ eu ╌╌╌╌╌╌╌╌┐
╎   ▼ orders      ╎
╎ ┌──────────┐    ╎
╎ │ Shop API │    ╎
╎ └───┬──────┘    ╎
╎     ┆ paid      ╎
╎     ▼           ╎
╎ ┌─────────────┐ ╎
╎ │ Order Queue │ ╎
╎ └─────────────┘ ╎
└╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
"""
PLAIN = """\
+-----+      +----+
| Web |----->| DB |
+-----+      +----+
"""


def found(text: str, number: int = 1) -> Imported:
    return read(Source(text, "notes.md", "Shop", number))


def edges(design: Design) -> Counter[tuple[str, str, str, bool]]:
    label = {component.id: component.label for component in design.components}
    calls = design.connections
    return Counter((label[c.source], label[c.target], c.carries or "", c.is_synchronous) for c in calls)


def test_a_drawing_becomes_components_groups_and_connections() -> None:
    design = found(SHOP).design
    assert design.design.name == "Shop"
    assert [(c.id, c.label, c.kind, c.groups) for c in design.components] == [
        ("client", "Client", "client", ()),
        ("shop-api", "Shop API", "service", ("eu",)),
        ("order-queue", "Order Queue", "queue", ("eu",)),
    ]
    assert edges(design) == {("Client", "Shop API", "orders", True): 1, ("Shop API", "Order Queue", "paid", False): 1}
    assert not found(SHOP).defects


def test_what_a_drawing_cannot_know_is_listed() -> None:
    unknown = found(SHOP).unknown
    assert "Client (client)" in unknown[0]
    assert "Shop API" in unknown[1]
    assert "components.ID.kind" in unknown[1]
    asked = imported("ascii", Source(SHOP, "notes.md", "Shop")).asks
    assert any("requirements" in sentence for sentence in asked)
    assert any("web-db" in sentence for sentence in found(PLAIN).unknown)


WRAPPED = {
    "alone": (PLAIN, 1),
    "in a fence": (f"# Shop\n\nSome words: a | b.\n\n```text\n{PLAIN}```\n\nMore.\n", 6),
    "in a fence of tildes, indented": ("- list\n\n" + indent(f"~~~\n{PLAIN}~~~\n", "  "), 4),
    "between words": (f"Words before.\n{PLAIN}Words after it.\n", 2),
    "in comments of Python": ("import os\n" + "".join(f"# {line}\n" for line in PLAIN.splitlines()) + "x = 1\n", 2),
    "in comments of C": ("/*\n" + "".join(f" * {line}\n" for line in PLAIN.splitlines()) + " */\n", 2),
    "quoted": ("".join(f"> {line}\n" for line in PLAIN.splitlines()), 1),
    "with line ends of Windows": (PLAIN.replace("\n", "\r\n"), 1),
    "after a table": (f"| a | b |\n|---|---|\n| 1 | 2 |\n\nWords.\n\n{PLAIN}", 7),
    "with tabs before it": ("".join(f"\t{line}\n" for line in PLAIN.splitlines()), 1),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_a_drawing_is_found_wherever_people_put_one(name: str) -> None:
    text, _ = WRAPPED[name]
    assert edges(found(text).design) == {("Web", "DB", "", True): 1}
    assert not found(text).defects


@pytest.mark.parametrize("name", WRAPPED)
def test_a_defect_is_told_at_its_line_and_column_in_the_file(name: str) -> None:
    text, line = WRAPPED[name]
    broken = text.replace("| DB |", "| DB |  stray")
    defect = found(broken).defects[0]
    assert (defect.file, defect.line) == ("notes.md", line + 1)
    written = broken.replace("\r\n", "\n").expandtabs(8).split("\n")[line]
    assert written[defect.column - 1 :].startswith("stray")
    assert "stray" in str(defect)


DEFECTS = {
    "a line that ends nowhere": ("┌───┐\n│ A ├─────\n└───┘\n", 2, 6, "leads from no box"),
    "a line from nowhere": ("        ┌───┐\n   ────►│ A │\n        └───┘\n", 2, 4, "leads from no box"),
    "an empty box": ("┌───┐  ┌───┐\n│ A │  │   │\n└───┘  └───┘\n", 1, 8, "says nothing"),
    "words in wide characters before it": ("┌────────┐\n│ 用户用 │  旧\n└────────┘\n", 2, 10, "旧"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_what_is_not_understood_is_told(name: str) -> None:
    text, line, column, what = DEFECTS[name]
    defects = found(text).defects
    assert [(defect.line, defect.column) for defect in defects] == [(line, column)]
    assert what in defects[0].what


def test_one_of_several_drawings_is_chosen() -> None:
    text = f"```\n{SHOP}```\nand\n```\n{PLAIN}```\n"
    assert len(found(text).design.components) == 3
    assert len(found(text, 2).design.components) == 2
    assert "line 2 and line 19" in found(text).others
    with pytest.raises(TenfoldError, match="it has 2 drawings"):
        found(text, 3)


NOTHING = {
    "an empty text": "",
    "words": "Just words: a + b | c.\n",
    "a table of Markdown": "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "a table of reStructuredText": "+===+===+\n| a | b |\n+===+===+\n",
    "a broken box": "┌──────┐\n│ Shop │\n└──\n",
    "a marked box": "┌──26%─┐\n│ Shop │\n└──────┘\n",
}


@pytest.mark.parametrize("name", NOTHING)
def test_where_there_is_no_drawing_a_sentence_says_so(name: str) -> None:
    with pytest.raises(TenfoldError, match=r"notes\.md:\d+: .*(box|drawing)"):
        found(NOTHING[name])


@pytest.mark.parametrize("text", ["+--+\n|" + "+" * 30_000 + "\n", "+--+\n|" + " " * 6_000 + "|\n"])
def test_what_is_too_large_for_a_drawing_is_refused_at_once(text: str) -> None:
    with pytest.raises(TenfoldError, match=r"notes\.md:1: it is too large"):
        found(text)


def test_ids_differ_where_names_are_alike_or_have_no_letter() -> None:
    boxes = "┌─────┐  ┌─────┐  ┌──────┐\n│ API │  │ api │  │ 用户 │\n└─────┘  └─────┘  └──────┘\n"
    assert [component.id for component in found(boxes).design.components] == ["api", "api-2", "box-3"]


def test_the_longest_names_give_ids_that_ids_may_be() -> None:
    long = "a very long name indeed that goes on and on without any end to it at all"
    side = "─" * (len(long) + 2)
    text = f"┌{side}┐   ┌{side}┐\n│ {long} ├──►│ {long} │\n└{side}┘   └{side}┘\n"
    design = found(text).design
    assert max(len(part.id) for part in (*design.components, *design.connections)) <= 64
    assert parse(new_text(design), "x.toml") == design


_WORD = st.sampled_from(
    ["api", "user", "cache", "用户", "store", "🚀go", "write-behind", "x", "a.b", "Ω", "Queue", "v2"]
)
_NAME = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)
_LABEL = st.none() | st.lists(_WORD, min_size=1, max_size=3).map(" ".join)
_GROUP = st.sampled_from([None, "eu", "us", "eu/private", "eu/private/data", "the edge"])


@st.composite
def designs(draw: st.DrawFn) -> Design:
    count = draw(st.integers(1, 7))
    components = {
        f"c{i}": {"name": f"{draw(_NAME)} {i}", "kind": draw(st.sampled_from(KINDS)), "group": draw(_GROUP)}
        for i in range(count)
    }
    ends = st.integers(0, count - 1).map("c{}".format)
    calls = draw(st.lists(st.tuples(ends, ends, _LABEL, st.sampled_from(["sync", "async"])), max_size=10))
    connections = {
        f"l{i}": {"from": source, "to": target, "carries": label, "mode": mode}
        for i, (source, target, label, mode) in enumerate(calls)
    }
    given = {"format": 1, "design": {"name": "Any"}, "components": components, "connections": connections}
    return Design.model_validate(given)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(designs(), st.sampled_from(["unicode", "ascii"]), st.sampled_from(["TB", "LR"]), st.booleans())
def test_a_design_drawn_and_read_has_the_same_names_frames_edges_and_labels(
    design: Design, charset: Charset, direction: str, fenced: bool
) -> None:
    scene = lay_out(outline(design), direction="LR" if direction == "LR" else "TB")
    text = render_text(scene, charset=charset)
    got = found(f"Words.\n\n```\n{text}```\n" if fenced else text)
    assert not got.defects
    assert sorted((c.label, c.groups) for c in got.design.components) == sorted(
        (c.label, c.groups) for c in design.components
    )
    assert edges(got.design) == edges(design)
    assert parse(new_text(got.design), "x.toml") == got.design
