"""Mermaid read into a design: shapes, links, frames; C4; a sequence as a journey; defects have a place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import TenfoldError
from studio.imports.frame.imported import Imported, Source
from studio.imports.mermaid import read


def imported(text: str, number: int = 1) -> Imported:
    return read(Source(text, "notes.md", "Shop", number))


def edges(found: Imported) -> list[tuple[str, str, str, bool]]:
    return [(c.source, c.target, c.carries or "", c.is_synchronous) for c in found.design.connections]


LINKS = {
    "an arrow": ("api --> db", [("api", "db", "", True)]),
    "without blanks": ("api-->db", [("api", "db", "", True)]),
    "a line": ("api --- db", [("api", "db", "", True)]),
    "a longer arrow": ("api -----> db", [("api", "db", "", True)]),
    "a thick arrow": ("api ==> db", [("api", "db", "", True)]),
    "a dotted arrow": ("api -.-> db", [("api", "db", "", False)]),
    "a longer dotted arrow": ("api -...-> db", [("api", "db", "", False)]),
    "a dotted line": ("api -.- db", [("api", "db", "", False)]),
    "words between bars": ("api -->|rows| db", [("api", "db", "rows", True)]),
    "quoted words between bars": ('api -->|"a | b"| db', [("api", "db", "a | b", True)]),
    "words in the arrow": ("api -- rows --> db", [("api", "db", "rows", True)]),
    "words in a thick arrow": ("api == rows ==> db", [("api", "db", "rows", True)]),
    "words in a dotted arrow": ("api -. rows .-> db", [("api", "db", "rows", False)]),
    "a chain": ("api --> db --> log", [("api", "db", "", True), ("db", "log", "", True)]),
    "several ends": ("api & web --> db & log", [("api", "db", "", True), ("api", "log", "", True),
                                              ("web", "db", "", True), ("web", "log", "", True)]),
    "both ways": ("api <--> db", [("api", "db", "", True), ("db", "api", "", True)]),
    "a cross": ("api --x db", [("api", "db", "", True)]),
    "a circle": ("api o--o db", [("api", "db", "", True)]),
    "hidden": ("api ~~~ db", []),
    "with an id": ("api e1@--> db", [("api", "db", "", True)]),
    "ids with hyphens": ("my-api --> the-db", [("my-api", "the-db", "", True)]),
    "a class behind": ("api:::x --> db", [("api", "db", "", True)]),
    "two in a line": ("api --> db; db --> log", [("api", "db", "", True), ("db", "log", "", True)]),
    "an end that begins with o": ("api --> order", [("api", "order", "", True)]),
}  # fmt: skip


@pytest.mark.parametrize("name", LINKS)
def test_a_link_is_a_connection(name: str) -> None:
    text, wanted = LINKS[name]
    found = imported(f"flowchart LR\n  {text}\n")
    assert edges(found) == wanted
    assert not found.defects


NODES = {
    "a box": ("n1[Main store]", "Main store", "service"),
    "quoted": ('n1["a [b] (c)"]', "a [b] (c)", "service"),
    "a cylinder": ("n1[(Orders)]", "Orders", "database"),
    "a cylinder that is a cache": ("n1[(Redis cache)]", "Redis cache", "cache"),
    "a stadium": ("n1([Sign in])", "Sign in", "service"),
    "a circle": ("n1((Web))", "Web", "service"),
    "a hexagon": ("n1{{Edge gateway}}", "Edge gateway", "gateway"),
    "slanted": ("n1[/Orders/]", "Orders", "service"),
    "a flag": ("n1>Orders]", "Orders", "service"),
    "a shape by its name": ('n1@{ shape: cyl, label: "Orders" }', "Orders", "database"),
    "a queue by its name": ("n1@{ shape: das, label: Orders }", "Orders", "queue"),
    "a class that is a kind": ("n1[Orders]:::vector-store", "Orders", "vector-store"),
    "a class that says a kind": ("n1[Orders]:::db", "Orders", "database"),
    "line breaks and tags": ("n1[Main<br/>store of <b>orders</b>]", "Main store of orders", "service"),
    "entities": ('n1["#quot;a#quot; #35; &amp; b"]', '"a" # & b', "service"),
    "Markdown": ('n1["`the **main** store`"]', "the main store", "service"),
    "an icon": ("n1[fa:fa-user Person]", "Person", "service"),
    "a name that says a kind": ("n1[Order Queue]", "Order Queue", "queue"),
    "an escape code": ("n1[a\x1b[31m]", "a\ufffd[31m", "service"),
    "several lines": ('n1["a\n  b"]', "a b", "service"),
}


@pytest.mark.parametrize("name", NODES)
def test_a_node_has_the_name_and_the_kind_its_shape_says(name: str) -> None:
    text, label, kind = NODES[name]
    found = imported(f"graph TD\n  {text}\n")
    assert [(c.label, c.kind) for c in found.design.components] == [(label, kind)]
    assert not found.defects


def test_subgraphs_are_groups_and_the_innermost_holds() -> None:
    inner = "  subgraph inner\n   db[(Store)]\n  end\n"
    text = f"graph\n web --> api\n subgraph eu [EU / west]\n  direction TB\n  api\n{inner} end\n"
    found = imported(text)
    assert [(c.id, c.group) for c in found.design.components] == [
        ("web", None), ("api", "EU - west"), ("db", "EU - west/inner"),
    ]  # fmt: skip


def test_titles_comments_and_styles_are_no_nodes() -> None:
    text = """---
title: "Sho\\"p"
---
%%{init: {"theme": "dark"}}%%
flowchart LR
  %% web --> nowhere
  a1[Web] --> b1[Api]
  classDef big fill:#f96,stroke:#333
  class a1,b1 big
  class b1 gateway
  style a1 fill:#bbf
  linkStyle 0 stroke:#ff3
  click a1 "https://example.com" _blank
  accTitle: x
"""
    found = imported(text)
    assert found.design.design.name == 'Sho"p'
    assert [(c.id, c.kind) for c in found.design.components] == [("web", "service"), ("api", "gateway")]
    assert not found.defects


DEFECTS = {
    "no node behind an arrow": ("api --> ) x", 2, 9, "stands where a node should"),
    "an arrow to nothing": ("api -->", 2, 8, "a node is missing"),
    "words behind a node": ("api what", 2, 5, "neither a link nor a node"),
    "an open shape": ("api[x", 2, 4, "not closed"),
    "an end of nothing": ("api\nend", 3, 1, "ends nothing"),
    "a subgraph without an end": ("subgraph x\napi", 3, 4, "has no end"),
    "an arrow to a subgraph": ("subgraph x\napi\nend\nweb --> x", 5, 4, "has the subgraph x at its end"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_what_is_not_understood_is_told_with_its_place(name: str) -> None:
    text, line, column, what = DEFECTS[name]
    defects = imported(f"flowchart LR\n{text}").defects
    assert [(defect.line, defect.column) for defect in defects] == [(line, column)]
    assert what in defects[0].what


def test_diagrams_are_found_in_a_readme_and_chosen_by_number() -> None:
    text = (
        "# Shop\n\n```mermaid\ngraph\n web\n```\n\n> ```mermaid\n> graph\n>  api --> ) \n> ```\n```python\nx = 1\n```\n"
    )
    first, second = imported(text), imported(text, 2)
    assert first.design.components[0].id == "web"
    assert second.design.components[0].id == "api"
    assert (second.defects[0].line, second.defects[0].column) == (10, 12)
    assert "2 diagrams, on line 4 and line 9" in first.others
    with pytest.raises(TenfoldError, match="it has 2 diagrams"):
        imported(text, 3)


C4 = """C4Container
title Shop
Person(buyer, "Buyer", "buys things")
System_Boundary(shop, "Shop") {
  Container(api, "API", "FastAPI", "answers")
  ContainerDb(db, "Store", "PostgreSQL")
  ContainerQueue(q, "Orders")
}
System_Ext(pay, "Payments")
Rel(buyer, api, "orders", "HTTPS")
Rel(api, q, "puts", "AMQP, async")
Rel_Back(db, api, "asks")
BiRel(api, pay, "pays")
UpdateRelStyle(buyer, api, $offsetX="1")
Rel(api, nowhere, "x")
"""


def test_a_c4_diagram_says_kinds_technologies_and_relations() -> None:
    found = imported(C4)
    assert [(c.label, c.kind, c.technology, c.group) for c in found.design.components] == [
        ("Buyer", "client", None, None), ("API", "service", "FastAPI", "Shop"),
        ("Store", "database", "PostgreSQL", "Shop"), ("Orders", "queue", None, "Shop"),
        ("Payments", "external", None, None),
    ]  # fmt: skip
    assert [(c.source, c.target, c.protocol, c.mode) for c in found.design.connections] == [
        ("buyer", "api", "HTTPS", None), ("api", "orders", "AMQP", "async"), ("api", "db", None, None),
        ("api", "pay", None, None), ("pay", "api", None, None),
    ]  # fmt: skip
    assert [(d.line, d.what) for d in found.defects] == [(15, "nowhere is no element")]


SEQUENCE = """sequenceDiagram
  title Buy
  autonumber
  actor U as User
  box Aqua Backend
  participant S as Shop API
  end
  U->>+S: buy
  loop every item
  S->>D: insert
  D-->>S: done
  end
  S-)Mail: send
  S-->>-U: thanks
  S->>S: think
  Note over U,S: the end
  what is this
"""


def test_a_sequence_becomes_calls_and_one_journey_and_answers_are_no_calls() -> None:
    found = imported(SEQUENCE)
    assert edges(found) == [
        ("user", "shop-api", "buy", True), ("shop-api", "d", "insert", True), ("shop-api", "mail", "send", False),
    ]  # fmt: skip
    journey = found.design.journeys[0]
    assert (journey.name, journey.notes) == ("Buy", ("buy", "insert", "send"))
    assert journey.steps == tuple(c.id for c in found.design.connections)
    assert found.design.component["shop-api"].group == "Backend"
    assert [(d.line, d.column) for d in found.defects] == [(17, 3)]


REFUSED = {"nothing": "", "another diagram": "pie\n a: 1\n", "no node": "graph LR\n", "words": "Hello there.\n"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_diagram_to_be_read_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(TenfoldError, match=r"^notes\.md:1: "):
        imported(REFUSED[name])


PIECES = [
    "flowchart LR", "\n", "A", "B", "-->", "-.->", "|x|", "[", "]", "((", "{", "}", "subgraph", "end", "&", ";",
    "%%", "@{shape: cyl}", ":::db", "-- t -->", "sequenceDiagram\n", "->>", "--)", "A->>B: x", "C4Container\n",
    'Person(a,"b")', "Rel(a,b)", "---", "x", "o", '"', "<-->", " ", "loop x", "class A db", "`",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)))
def test_any_text_is_imported_or_refused_in_a_sentence(text: str) -> None:
    for begin in ("", "flowchart LR\n", "sequenceDiagram\n"):
        said = refusal(begin + text)
        assert said is None or said.startswith("notes.md:")


def refusal(text: str) -> str | None:
    try:
        imported(text)
    except TenfoldError as refused:
        return str(refused)
    return None
