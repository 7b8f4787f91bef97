"""What is exported as Mermaid or DOT and imported again has the same boxes, frames, lines and labels."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.analysis import Analysis
from studio.catalogue.library import Library
from studio.exports import dot, mermaid
from studio.exports.frame.options import Options
from studio.files.loading import parse, read
from studio.imports.dot import read as read_dot
from studio.imports.frame.imported import Imported, Source
from studio.imports.mermaid import read as read_mermaid
from studio.model.design import Design
from studio.text import one_line

SAMPLES = sorted((Path(__file__).resolve().parents[2] / "sample_designs").glob("*.toml"))
Projection = tuple[Counter[tuple[str, str | None]], Counter[tuple[str, str, str, bool]]]


def projection(design: Design) -> Projection:
    """Boxes with their frames, and lines with their labels: what a drawing shows."""
    label = {component.id: one_line(component.label) for component in design.components}
    boxes = Counter((label[c.id], one_line("/".join(c.groups)) or None) for c in design.components)
    calls = design.connections
    return boxes, Counter(
        (label[c.source], label[c.target], one_line(c.carries or ""), c.is_synchronous) for c in calls
    )


def through_dot(design: Design) -> Imported:
    return read_dot(Source(dot.render(design, Analysis(design, Library(()))), "x.dot", "X"))


def through_mermaid(design: Design) -> Imported:
    return read_mermaid(Source(mermaid.render(design, Analysis(design, Library(()))), "x.mmd", "X"))


def through_c4(design: Design) -> Imported:
    text = mermaid.render(design, Analysis(design, Library(())), Options(notation="c4"))
    return read_mermaid(Source(text, "x.mmd", "X"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_comes_back_through_dot(path: Path) -> None:
    design = read(path).design
    found = through_dot(design)
    assert not found.defects
    assert projection(found.design) == projection(design)
    assert found.design.design.name == design.design.name


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_comes_back_through_mermaid_with_its_kinds(path: Path) -> None:
    design = read(path).design
    found = through_mermaid(design)
    assert not found.defects
    assert projection(found.design) == projection(design)
    assert Counter(c.kind for c in found.design.components) == Counter(c.kind for c in design.components)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_comes_back_through_c4(path: Path) -> None:
    design = read(path).design
    found = through_c4(design)
    assert not found.defects
    boxes, lines = projection(found.design)
    assert sum(boxes.values()) == len(design.components)
    assert sum(lines.values()) == len(design.connections)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), min_size=1, max_size=12
)
NAMES = WORDS.map(one_line).filter(bool)
GROUPS = st.none() | NAMES.filter(lambda name: "/" not in name)


@st.composite
def designs(draw: st.DrawFn) -> Design:
    ids = draw(st.lists(st.from_regex(r"[a-z0-9][a-z0-9_-]{0,6}", fullmatch=True), min_size=1, max_size=4, unique=True))
    kinds = ("service", "database", "queue", "client", "cache")
    components: dict[str, dict[str, object]] = {}
    for id_ in ids:
        given = {"kind": draw(st.sampled_from(kinds)), "name": draw(st.none() | NAMES), "group": draw(GROUPS)}
        components[id_] = {key: value for key, value in given.items() if value is not None}
    ends = st.tuples(st.sampled_from(ids), st.sampled_from(ids), st.none() | NAMES, st.booleans())
    connections = {
        f"c{number}": {"from": source, "to": target, "mode": "async" if late else "sync", "carries": label}
        for number, (source, target, label, late) in enumerate(draw(st.lists(ends, max_size=4)))
    }  # fmt: skip
    design = {"format": 1, "design": {"name": "X"}, "components": components, "connections": connections}
    return Design.model_validate(design)


@settings(max_examples=60, deadline=None)
@given(designs())
def test_any_design_comes_back_through_dot(design: Design) -> None:
    found = through_dot(design)
    assert not found.defects
    assert projection(found.design) == projection(design)


@settings(max_examples=60, deadline=None)
@given(designs())
def test_any_design_comes_back_through_mermaid(design: Design) -> None:
    found = through_mermaid(design)
    assert not found.defects
    assert projection(found.design) == projection(design)


def test_a_name_that_acts_in_the_other_language_comes_back_as_it_was() -> None:
    hostile = '"]; end --> x <b>#35; `y` %%{z} \\\\n |a| \\N'
    text = f"format = 1\n[design]\nname = 'X'\n[components.a]\nkind = 'service'\nname = '{hostile}'\n"
    design = parse(text, "x.toml")
    assert through_dot(design).design.components[0].label == hostile
    assert through_mermaid(design).design.components[0].label == hostile
