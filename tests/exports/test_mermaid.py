"""Mermaid: every name arrives as it was written, and nothing in it, nor in an id, is read as a word of the language."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.analysis import Analysis
from studio.exports.frame.escaping import mermaid
from studio.exports.frame.formats import rendered
from studio.exports.frame.options import Options
from studio.text import one_line
from tests.exports.analyses import SAMPLES, analysed, sample

SHOP = """
format = 1
[design]
name = "Shop"
[components.web]
kind = "client"
[components.api]
kind = "service"
name = "Shop API"
group = "eu/private"
[components.orders]
kind = "queue"
group = "eu"
[components.db]
kind = "database"
technology = "postgresql"
purpose = "Orders"
group = "eu/private"
[components.mail]
kind = "external"
[connections.web-api]
from = "web"
to = "api"
carries = "buy"
protocol = "HTTPS"
[connections.api-orders]
from = "api"
to = "orders"
mode = "async"
[connections.api-db]
from = "api"
to = "db"
"""
FLOWCHART = """\
---
title: "Shop"
---
flowchart LR
  web(["web"]):::client
  mail[["mail"]]:::external
  subgraph group-1["eu"]
    orders[/"orders"/]:::queue
    subgraph group-2["private"]
      api["Shop API"]:::service
      db[("db")]:::database
    end
  end
  web -->|"buy"| api
  api -.-> orders
  api --> db
"""
C4 = """\
C4Container
  title Shop
  Person(web, "web")
  System_Ext(mail, "mail")
  Boundary(group-1, "eu", "group") {
    ContainerQueue(orders, "orders", "queue")
    Boundary(group-2, "private", "group") {
      Container(api, "Shop API", "service")
      ContainerDb(db, "db", "postgresql", "Orders")
    }
  }
  Rel(web, api, "buy", "HTTPS")
  Rel(api, orders, "calls", "async")
  Rel(api, db, "calls")
"""


def drawn(analysis: Analysis, options: Options | None = None) -> str:
    text = rendered("mermaid", analysis, options or Options())
    assert isinstance(text, str)
    return text


def named(words: str, id_: str = "a", notation: str = "flowchart") -> str:
    said = json.dumps(words, ensure_ascii=False)
    group = json.dumps(words.replace("/", "|"), ensure_ascii=False)
    text = (
        f"format = 1\n[design]\nname = {said}\n"
        f'[components.{id_}]\nkind = "service"\nname = {said}\ngroup = {group}\n'
        f'[components.other]\nkind = "database"\n[connections.c]\nfrom = "{id_}"\nto = "other"\ncarries = {said}\n'
    )
    return drawn(analysed(text), Options(notation="c4" if notation == "c4" else "flowchart"))


def test_a_flowchart_has_frames_shapes_classes_and_arrows() -> None:
    assert drawn(analysed(SHOP), Options(direction="LR")) == FLOWCHART


def test_a_c4_diagram_has_people_systems_boundaries_and_relations() -> None:
    assert drawn(analysed(SHOP), Options(notation="c4")) == C4


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_has_a_node_for_each_component_and_an_arrow_for_each_connection(path: Path) -> None:
    analysis = sample(path)
    text = drawn(analysis)
    assert len(re.findall(r'^ *[\w-]+[\[({/]+".*"[\])}/]+:::[a-z-]+$', text, re.MULTILINE)) == len(
        analysis.design.components
    )
    assert len(re.findall(r"^  [\w-]+ (?:-->|-\.->)", text, re.MULTILINE)) == len(analysis.design.connections)


HOSTILE = [
    'a "quoted" name', "`code`", "[x] (y) {z}", "<script>alert(1)</script>", "&lt;b&gt; #quot; #35;", "1. first",
    '%%{init: {"theme":"dark"}}%%', "12) x", "- point", "*b* _it_ user_id ~~s~~", "$$x^2$$", "https://example.com/?a=1",
    "me@example.com", "fa:fa-car", "style x fill:#f00;", "classDef a fill:#fff;", "a|b||c", "back\\slash", "用户 é 🚀",
    '"]:::x', "ﬂ°°35¶ß", "end", "subgraph x", "", "&nbsp;", "==x==",
]  # fmt: skip
_LABEL = re.compile(r'"([^"]*)"')


def shown(label: str) -> str:
    """What Mermaid shows for a label: its entities as the signs they stand for."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_label_shows_the_words_as_they_were_written(words: str) -> None:
    lines = named(words).splitlines()[4:]
    labels = [shown(label) for line in lines for label in _LABEL.findall(line)]
    assert labels.count(one_line(words) or "a") + labels.count(one_line(words.replace("/", "|"))) >= 1 + bool(words)


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_a_label_acts(words: str) -> None:
    for line in named(words).splitlines()[4:]:
        for label in _LABEL.findall(line):
            plain = re.sub(r"#\d+;", "", label)
            assert not re.search(r"[\"#&<>`{}\[\]|\\;%$@*~^]|style|classDef|:fa|://", plain)
    for line in named(words, notation="c4").splitlines():
        assert line.count('"') % 2 == 0
        assert "%%{" not in line


@settings(max_examples=80)
@given(st.text(max_size=40))
def test_any_text_is_shown_as_it_is_on_one_line(words: str) -> None:
    label = mermaid(words)
    assert shown(label).replace("\u200b", "") == one_line(words).replace("\u200b", "")
    assert "\n" not in label
    assert '"' not in label


IDS = [
    "end",
    "end-user",
    "graph",
    "graph-db",
    "default",
    "style",
    "class",
    "click",
    "v",
    "a--b",
    "a-",
    "1",
    "constructor",
]
_NODE = re.compile(r'^ +([\w-]+)\["', re.MULTILINE)


@pytest.mark.parametrize("id_", IDS)
def test_no_id_is_a_word_of_the_language(id_: str) -> None:
    node = _NODE.findall(named("x", id_))[0]
    assert re.fullmatch(r"[a-z0-9]\w*(?:-\w+)*", node)
    assert not {"end", "graph", "default", "style", "class", "click", "v", "constructor"} & set(node.split("-"))


def test_ids_stay_apart_and_plain_ones_stay_as_they_are() -> None:
    parts = "".join(
        f'[components.{id_}]\nkind = "service"\n' for id_ in ("link-check", "end-user", "end_user", "group-1")
    )
    text = drawn(analysed(f"format = 1\n[design]\nname = 'x'\n{parts}[components.g]\nkind='service'\ngroup='f'\n"))
    assert re.findall(r'^  ([\w-]+)\["', text, re.MULTILINE) == ["link-check", "end_user", "end_user-2", "group-1"]
    assert "subgraph group-1-2[" in text
