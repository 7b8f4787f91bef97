"""DOT: what a person calls a thing is shown by Graphviz as it was written."""

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from studio.exports.frame.formats import rendered
from tests.exports.analyses import analysed

HOSTILE = [
    "<b>bold</b>", "<script>alert(1)</script>", "&lt;b&gt; &amp; R&D", "&#60;i>", "back\\slash \\n \\N \\G", 'a "b" c',
    "a|b {c} <d>", "subgraph", "-> x [label=y];", "用户 é", "http://x/?a=1&b=2",
]  # fmt: skip


@pytest.mark.skipif(shutil.which("dot") is None, reason="no dot program on this machine")
@pytest.mark.parametrize("words", HOSTILE)
def test_graphviz_shows_a_name_a_label_and_a_frame_as_they_are(words: str) -> None:
    said = json.dumps(words, ensure_ascii=False)
    group = json.dumps(words.replace("/", "|"), ensure_ascii=False)
    text = (
        f'format = 1\n[design]\nname = {said}\n[components.a]\nkind = "service"\nname = {said}\ngroup = {group}\n'
        f'[components.node]\nkind = "database"\n[connections.c]\nfrom = "a"\nto = "node"\ncarries = {said}\n'
    )
    source = rendered("dot", analysed(text))
    assert isinstance(source, str)
    drawn = subprocess.run(["dot", "-Tsvg"], input=source, capture_output=True, text=True, check=True)
    assert not drawn.stderr
    nodes = ET.fromstring(drawn.stdout).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314 (Graphviz wrote it)
    shown = [(node.text or "").replace("\xa0", " ") for node in nodes]
    assert sorted(shown) == sorted([words, words, words, words.replace("/", "|"), "node"])


def test_a_node_says_its_kind() -> None:
    source = rendered("dot", analysed('format = 1\n[design]\nname = "x"\n[components.a]\nkind = "load-balancer"\n'))
    assert isinstance(source, str)
    assert 'class="load-balancer"' in source
