"""The picture drawn without another program: well-formed, whole, readable in the dark, and harmless."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.diagrams.layout import lay_out
from studio.diagrams.outline import Box, Link, Outline
from studio.exports.frame.formats import rendered
from studio.exports.frame.options import Options
from studio.exports.frame.overlays import OVERLAYS
from studio.exports.picture.page import picture
from studio.exports.picture.wires import wires
from studio.files.loading import read
from studio.paths import sample_designs

SAMPLES = sorted(sample_designs().glob("*.toml"))
HOSTILE = [
    "</text><script>alert(1)</script>", "]]> & <!-- -->", "\x00\x1b[2J\x0b", "\ud800\uffff\ufffe", "\u202eabc",
    "שלום עולם", "🚀👩‍🚀 用户", 'style="x" href="javascript:1"', "' onload='x", "&lt;&#0;", "</style>", "<![CDATA[",
]  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def analysis_of(path: Path) -> Analysis:
    return Analysis(read(path).design, shipped())


def drawn(path: Path, options: Options = Options()) -> str:  # noqa: B008 (a NamedTuple cannot be changed)
    found = rendered("svg", analysis_of(path), options)
    assert isinstance(found, str)
    return found


def texts(root: ET.Element, *kinds: str) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text") if each.attrib["class"].split()[0] in kinds]


@pytest.mark.parametrize("direction", ["TB", "LR"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_name_and_label_is_there_once_and_every_wire_is_one_path(path: Path, direction: str) -> None:
    options = Options(direction="LR" if direction == "LR" else "TB")
    analysis = analysis_of(path)
    root = ET.fromstring(drawn(path, options))  # noqa: S314 (it was written here)
    names = sorted(word for name in texts(root, "name") for word in name.split())
    labels = sorted(word for label in texts(root, "label") for word in label.split())
    design = analysis.design
    assert names == sorted(word for component in design.components for word in component.label.split())
    assert labels == sorted(word for connection in design.connections for word in (connection.carries or "").split())
    paths = [each.attrib["class"] for each in root.iter(f"{SVG}path")]
    assert sum(kind.split()[0] == "wire" for kind in paths) == len(design.connections)
    assert paths.count("wire later") == sum(not connection.is_synchronous for connection in design.connections)
    frames = {
        component.groups[:depth] for component in design.components for depth in range(1, len(component.groups) + 1)
    }
    assert paths.count("frame") == len(texts(root, "frame-title")) == len(frames)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_it_says_what_it_shows_to_whoever_cannot_see_it(path: Path) -> None:
    root = ET.fromstring(drawn(path))  # noqa: S314 (it was written here)
    design = analysis_of(path).design
    named = {each.attrib["id"]: each.text or "" for each in root if each.tag in (f"{SVG}title", f"{SVG}desc")}
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == list(named)
    title, description = named.values()
    assert title == design.design.name
    assert all(component.label in description for component in design.components if design.calls_of[component.id])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_it_needs_nothing_from_outside_and_has_a_dark_side(path: Path) -> None:
    text = drawn(path)
    assert text == drawn(path)
    assert "@media (prefers-color-scheme:dark)" in text
    assert not re.search(r"<script|<image|<use|href|@import|url\(|style=", text)
    assert re.findall(r"https?://[^\"\s]+", text) == ["http://www.w3.org/2000/svg"]


def test_every_text_can_be_read_on_its_ground_in_light_and_dark() -> None:
    from studio.exports.picture.sheet import _DARK, _LIGHT

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    pairs = [("ink", "paper"), ("ink", "face"), ("ink", "ground"), ("quiet", "face"), ("quiet", "ground")]
    pairs += [("quiet", "paper"), *((f"{level}_ink", level) for level in ("fine", "some", "much", "bad"))]
    for colours in (_LIGHT, _DARK):
        for text, ground in pairs:
            light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)
        light, dark = sorted((luminance(colours["line"]), luminance(colours["ground"])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3


@pytest.mark.parametrize("direction", ["TB", "LR"])
def test_nothing_a_person_calls_a_thing_acts_in_it(direction: str) -> None:
    boxes = tuple(Box(f"b{i}", text, group=(text,)) for i, text in enumerate(HOSTILE))
    links = tuple(Link(f"l{i}", f"b{i}", f"b{i + 1}", text) for i, text in enumerate(HOSTILE[:-1]))
    scene = lay_out(Outline(boxes, links), direction="LR" if direction == "LR" else "TB")
    text = picture(scene, HOSTILE[0])
    root = ET.fromstring(text.encode())  # noqa: S314 (it was written here)
    tags = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "path", "polygon", "g", "text"}
    keys = {key for each in root.iter() for key in each.attrib}
    assert not keys & {"style", "href", "onload"}
    assert [each.attrib.get("id") for each in root.iter() if "id" in each.attrib] == [
        "drawing-title", "drawing-description",
    ]  # fmt: skip
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ufffe\uffff]", text)
    assert {"שלום עולם", "🚀👩‍🚀 用户", "</style>"} <= set(texts(root, "name"))


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_an_overlay_adds_marks_and_moves_nothing(path: Path, overlay: str) -> None:
    plain, marked = drawn(path), drawn(path, Options(overlay=next(name for name in OVERLAYS if name == overlay)))
    lines = marked.splitlines()
    assert [line for line in plain.splitlines() if line.startswith("<g>")] == [
        line for line in lines if line.startswith("<g>") and 'class="mark ' not in line
    ]
    assert 'class="legend-title"' in marked
    ET.fromstring(marked)  # noqa: S314 (it was written here)


def test_a_wire_passes_under_the_one_it_crosses() -> None:
    boxes = tuple(Box(name, name) for name in "abcdef")
    links = tuple(Link(one + two, one, two, one + two) for one in "abc" for two in "def")
    scene = lay_out(Outline(boxes, links))
    from studio.diagrams.raster import line_cells

    crossings = sum(len(cell.arms) > 1 for cell in line_cells(scene).values())
    pieces = sum(found.count("M") for wire in wires(scene) for found in re.findall(r' d="([^"]+)"', wire))
    assert crossings
    assert len(links) < pieces <= len(links) + 2 * crossings


_WORD = st.sampled_from(["api", "用户", "🚀go", "WWWW", "x", "Ω", "<b>", "a&b"])
_TEXT = st.lists(_WORD, min_size=1, max_size=4).map(" ".join)


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    count = draw(st.integers(0, 6))
    boxes = tuple(Box(f"b{i}", f"{draw(_TEXT)} {i}", group=draw(st.sampled_from([(), ("a",)]))) for i in range(count))
    ends = st.integers(0, count - 1).map("b{}".format)
    drawn = draw(st.lists(st.tuples(ends, ends, _TEXT, st.booleans()), max_size=8)) if count else []
    return Outline(boxes, tuple(Link(f"l{i}", *parts) for i, parts in enumerate(drawn)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(outlines(), st.sampled_from(["TB", "LR"]))
def test_everything_lies_on_whole_pixels_inside_of_the_paper(outline: Outline, direction: str) -> None:
    scene = lay_out(outline, direction="LR" if direction == "LR" else "TB")
    root = ET.fromstring(picture(scene, "x"))  # noqa: S314 (it was written here)
    left, top, wide, high = map(int, root.attrib["viewBox"].split())
    assert sum(each.attrib["class"].startswith("wire") for each in root.iter(f"{SVG}path")) == len(outline.links)
    for each in root.iter(f"{SVG}text"):
        assert left <= int(each.attrib["x"]) <= left + wide
        assert top <= int(each.attrib["y"]) <= top + high
    for each in root.iter(f"{SVG}polygon"):
        for corner in each.attrib["points"].split():
            across, down = map(int, corner.split(","))
            assert left <= across <= left + wide
            assert top <= down <= top + high
