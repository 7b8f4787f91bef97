"""A person's text, a change to the design, and the text after saving it."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.errors import SaveRefused
from studio.files.loading import parse, validated
from studio.files.merging import renames
from studio.files.saving import merged
from studio.model.document import document

EXAMPLE = Path(__file__).parents[1] / "data" / "format_example.toml"
Change = Callable[[dict[str, Any]], object]

TEXT = """\
# licence

format = 1   # keep

[design]
name = 'Shop'            # the name

# the front
[components.api]  # box
  kind = "service"       # aligned
  capacity_rps = 1_000   # measured
  # about zones
  zones = 2
  autoscale = {max=20, metric='CPU 60 %'}
  regions = [
    "eu",  # home
    "us"
  ]

# --- data ---

[components.db]
kind = "database"
# end of db

[components.api.endpoints.create]
method = "POST"

[connections.api-db]
from = "api"
to = "db"
"""


def saved(text: str, change: Change) -> str:
    old = parse(text, "old")
    table = document(old)
    change(table)
    return merged(text, old, validated(table))


def with_lines(text: str, *changes: tuple[str, str]) -> str:
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def reordered(table: dict[str, Any], *keys: str) -> None:
    items = {key: table[key] for key in keys}
    table.clear()
    table.update(items)


def renamed(table: dict[str, Any], old: str, new: str) -> None:
    items = {new if key == old else key: value for key, value in table.items()}
    table.clear()
    table.update(items)


def front_for_api(table: dict[str, Any]) -> dict[str, Any]:
    renamed(table["components"], "api", "front")
    table["connections"]["api-db"]["from"] = "front"
    found: dict[str, Any] = table["components"]["front"]
    return found


CASES: list[Any] = [
    pytest.param(dict, [], id="nothing"),
    pytest.param(
        lambda d: d["components"]["api"].update(capacity_rps=1500),
        [("1_000   # measured", "1500   # measured")],
        id="a value, its comment stays",
    ),
    pytest.param(
        lambda d: d["design"].update(name="It's"), [("'Shop'   ", '"It\'s"   ')], id="a text that needs other quotes"
    ),
    pytest.param(
        lambda d: d["components"]["api"].update(workers=4, zones=3),
        [("zones = 2", "zones = 3"), ('    "us"\n  ]\n', '    "us"\n  ]\n  workers = 4\n')],
        id="a new key goes behind the last of its table, indented like it",
    ),
    pytest.param(
        lambda d: d["components"]["db"].update(zones=2),
        [('kind = "database"\n', 'kind = "database"\nzones = 2\n')],
        id="a new key goes above the comments at the end of its table",
    ),
    pytest.param(
        lambda d: d["components"]["api"].pop("zones"),
        [("  zones = 2\n", "")],
        id="a removed key, the comment above stays",
    ),
    pytest.param(
        lambda d: d["components"]["api"].pop("capacity_rps"),
        [("  capacity_rps = 1_000   # measured\n", "")],
        id="a removed key takes the comment behind it along",
    ),
    pytest.param(
        lambda d: d["components"]["api"]["autoscale"].update(max=30),
        [("max=20", "max=30")],
        id="a value in braces, the rest of the braces stays",
    ),
    pytest.param(
        lambda d: d["components"]["api"]["autoscale"].pop("max"),
        [("{max=20, metric='CPU 60 %'}", "{metric='CPU 60 %'}")],
        id="a key taken out of braces",
    ),
    pytest.param(
        lambda d: d["components"]["api"].update(regions=["eu", "us", "ap"]),
        [('  regions = [\n    "eu",  # home\n    "us"\n', '  # home\n  regions = [\n    "eu",\n    "us",\n    "ap"\n')],
        id="a list over lines stays one, its comments go above it",
    ),
    pytest.param(
        lambda d: d["components"]["db"].update(purpose='Two\n"lines"', backup={"every": "1 h"}),
        [
            (
                'kind = "database"\n',
                'kind = "database"\npurpose = """\nTwo\n\\"lines\\""""\nbackup = { every = "1 h" }\n',
            )
        ],
        id="a text of several lines and a small structure",
    ),
    pytest.param(
        lambda d: d["components"]["db"].update(limits={"connections": {"max": 9}}),
        [('kind = "database"\n', 'kind = "database"\nlimits.connections = { max = 9 }\n')],
        id="a limit in braces behind its name",
    ),
    pytest.param(
        lambda d: d["components"].update(cache={"kind": "cache", "ttl": "5 min"}),
        [("# end of db\n\n", '# end of db\n\n[components.cache]\nkind = "cache"\nttl = "5 min"\n\n')],
        id="a new table goes behind the last of its section",
    ),
    pytest.param(
        lambda d: d["components"]["api"]["endpoints"].update(list={"method": "GET", "paginated": True}),
        [
            (
                'method = "POST"\n',
                'method = "POST"\n\n[components.api.endpoints.list]\nmethod = "GET"\npaginated = true\n',
            )
        ],
        id="a new table inside a table",
    ),
    pytest.param(
        lambda d: d.update(risks={"vendor": {"text": "gone"}}),
        [('to = "db"\n', 'to = "db"\n\n[risks.vendor]\ntext = "gone"\n')],
        id="the first table of the last section",
    ),
    pytest.param(
        lambda d: d.update(requirements={"scale": {"growth": 10}, "cost": {"budget_per_month": 500}}),
        [
            (
                "# the name\n\n",
                "# the name\n\n[requirements.scale]\ngrowth = 10\n\n[requirements.cost]\nbudget_per_month = 500\n\n",
            )
        ],
        id="the first tables of a section in the middle",
    ),
    pytest.param(
        lambda d: (d["components"].pop("db"), d.pop("connections")),
        [
            ('[components.db]\nkind = "database"\n# end', "# end"),
            ('\n[connections.api-db]\nfrom = "api"\nto = "db"\n', ""),
        ],
        id="removed tables, their comments stay",
    ),
    pytest.param(
        front_for_api,
        [
            ("[components.api]  # box", "[components.front]  # box"),
            ("[components.api.endpoints.create]", "[components.front.endpoints.create]"),
            ('from = "api"', 'from = "front"'),
        ],
        id="a renamed table keeps everything else",
    ),
    pytest.param(
        lambda d: front_for_api(d)["endpoints"].update(x={}),
        [
            ("[components.api]  # box", "[components.front]  # box"),
            ("[components.api.endpoints.create]", "[components.front.endpoints.create]"),
            ('method = "POST"\n', 'method = "POST"\n\n[components.front.endpoints.x]\n'),
            ('from = "api"', 'from = "front"'),
        ],
        id="renamed and added to",
    ),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("change", "changes"), CASES)
def test_only_what_changed_is_written_anew(change: Change, changes: list[tuple[str, str]], newline: str) -> None:
    expected = with_lines(TEXT, *changes).replace("\n", newline)
    assert saved(TEXT.replace("\n", newline), change) == expected


def test_tables_change_their_order_and_what_separates_them_stays() -> None:
    text = 'format = 1\n[design]\nname = "x"\n\n[questions.a]\ntext = "1"\n\n\n# b is better\n[questions.b]\ntext = "2"'
    after = saved(text, lambda d: reordered(d["questions"], "b", "a"))
    assert after == (
        'format = 1\n[design]\nname = "x"\n\n# b is better\n[questions.b]\ntext = "2"\n\n\n[questions.a]\ntext = "1"'
    )
    assert saved(after, lambda d: reordered(d["questions"], "a", "b")) == text


def test_a_new_table_in_the_middle_goes_to_its_place() -> None:
    text = 'format = 1\n[design]\nname = "x"\n\n[questions.a]\ntext = "1"\n\n# b\n[questions.b]\ntext = "2"\n'

    def insert(table: dict[str, Any]) -> None:
        table["questions"]["new"] = {"text": "3"}
        reordered(table["questions"], "a", "new", "b")

    after = saved(text, insert)
    assert after == with_lines(text, ('"1"\n\n', '"1"\n\n[questions.new]\ntext = "3"\n\n'))
    assert saved(after, lambda d: d["questions"].pop("new")) == text


HEAD = 'format = 1\n[design]\nname = "x"\n'
STYLES = [
    pytest.param(
        "[components]\na.kind = 'cache'\nb.kind = 'queue'\n",
        lambda d: d["components"].update(c={"kind": "stream", "zones": 2}),
        "[components]\na.kind = 'cache'\nb.kind = 'queue'\nc.kind = \"stream\"\nc.zones = 2\n",
        id="dotted neighbours, a dotted table",
    ),
    pytest.param(
        "[components]\na = {kind = 'cache'}\n",
        lambda d: d["components"].update(c={"kind": "stream"}),
        "[components]\na = {kind = 'cache'}\nc = { kind = \"stream\" }\n",
        id="neighbours in braces, a table in braces",
    ),
    pytest.param(
        "[components]\na.kind = 'cache'\nb.kind = 'queue'\n",
        lambda d: d["components"]["a"].update(zones=2, endpoints={"x": {"method": "GET"}}),
        "[components]\na.kind = 'cache'\na.zones = 2\na.endpoints.x.method = \"GET\"\nb.kind = 'queue'\n",
        id="dotted keys inside a dotted table",
    ),
    pytest.param(
        "[components]\na = {kind = 'cache'}\n",
        lambda d: d["components"]["a"].update(zones=2, limits={"x": {"max": 3}}),
        "[components]\na = {kind = 'cache', zones = 2, limits.x = { max = 3 }}\n",
        id="keys into braces, never dotted keys beside them",
    ),
    pytest.param(
        "[components.a]\nkind = 'cache'\nlimits = { x.max = 3 }\n",
        lambda d: d["components"]["a"]["limits"].update(y={"max": 4}),
        "[components.a]\nkind = 'cache'\nlimits = { x.max = 3, y = { max = 4 } }\n",
        id="a limit beside others in braces",
    ),
    pytest.param(
        "[components.a]\nkind = 'cache'\n[components.a.limits.x]\nmax = 3\n",
        lambda d: d["components"]["a"]["limits"].update(y={"max": 4}),
        "[components.a]\nkind = 'cache'\n[components.a.limits.x]\nmax = 3\n\n[components.a.limits.y]\nmax = 4\n",
        id="a limit beside others with headers",
    ),
    pytest.param(
        "[components.a]\nkind = 'cache'\n[components.a.deploy]\nstrategy = 'canary'\n",
        lambda d: d["components"]["a"]["deploy"].update(automatic_halt=True),
        "[components.a]\nkind = 'cache'\n[components.a.deploy]\nstrategy = 'canary'\nautomatic_halt = true\n",
        id="a key into a small structure with a header",
    ),
    pytest.param(
        "[decisions.d.options.a]\nname = 'A'\n",
        lambda d: d["decisions"]["d"].update(title="T"),
        "[decisions.d]\ntitle = \"T\"\n[decisions.d.options.a]\nname = 'A'\n",
        id="the first key of a table that only its inner tables name",
    ),
    pytest.param(
        "[requirements]\nscale.growth = 2\n",
        lambda d: d["requirements"]["scale"].update(peak_factor=4),
        "[requirements]\nscale.growth = 2\nscale.peak_factor = 4\n",
        id="a dotted key beside a dotted key",
    ),
    pytest.param(
        "[components]\na.kind = 'cache'\na.failover.fence = true\n",
        lambda d: d["components"]["a"]["failover"].pop("fence"),
        "[components]\na.kind = 'cache'\na.failover = {}\n",
        id="the last key of a dotted table goes, the table stays",
    ),
    pytest.param(
        "[components]\n'a'.kind = 'cache'\n[data.x]\n[components.\"a\".endpoints.y]\n",
        lambda d: renamed(d["components"], "a", "b"),
        "[components]\nb.kind = 'cache'\n[data.x]\n[components.b.endpoints.y]\n",
        id="a table spread over the file renamed",
    ),
    pytest.param(
        "[components]\na = { kind = 'cache', limits = { old.max = 1 } }\n",
        lambda d: renamed(d["components"]["a"]["limits"], "old", "new"),
        "[components]\na = { kind = 'cache', limits = { new.max = 1 } }\n",
        id="renamed inside braces",
    ),
]


@pytest.mark.parametrize(("text", "change", "expected"), STYLES)
def test_new_text_follows_its_neighbours(text: str, change: Change, expected: str) -> None:
    assert saved(HEAD + text, change) == HEAD + expected


def test_a_section_that_cannot_be_changed_piece_by_piece_is_written_anew_with_its_comments() -> None:
    text = (
        HEAD + "# overall\n[components]  # boxes\n# about a\na.kind = 'cache'  # fast\nb = { kind = 'queue' }\n"
        "# the end\n\n# --- wires ---\n[connections.c]\nfrom='a'\nto='b'  # odd  spacing\n"
    )
    after = saved(text, lambda d: reordered(d["components"], "b", "a"))
    assert after.startswith(HEAD)
    assert after.endswith("# --- wires ---\n[connections.c]\nfrom='a'\nto='b'  # odd  spacing\n")
    assert list(tomllib.loads(after)["components"]) == ["b", "a"]
    assert [after.count(f"# {note}") for note in ("overall", "boxes", "about a", "fast", "the end")] == [1] * 5


def test_a_file_without_a_last_line_end_gets_none() -> None:
    text = HEAD + "[components.a]\nkind = 'cache'"
    assert saved(text, lambda d: d["components"]["a"].update(zones=2)) == text + "\nzones = 2"


def test_the_example_changes_in_one_line() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    after = saved(text, lambda d: d["components"]["api"].update(instances=6))
    changed = [(a, b) for a, b in zip(text.splitlines(), after.splitlines(), strict=True) if a != b]
    assert [(a.split("#")[0].strip(), b.split("#")[0].strip()) for a, b in changed] == [
        ("instances = 4", "instances = 6")
    ]


def test_a_text_that_says_something_else_is_not_changed() -> None:
    old, new = parse(HEAD, "x"), parse(HEAD.replace('"x"', '"y"'), "x")
    with pytest.raises(SaveRefused, match="as it was"):
        merged(HEAD + "[components.a]\nkind = 'cache'\n", old, new)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (["a", "b", "c"], ["a", "x", "c"], {"b": "x"}),
        (["a", "b"], ["x", "y"], {"a": "x", "b": "y"}),
        (["a", "b", "c"], ["a", "c", "x"], {}),
        (["a", "b"], ["b", "a"], {}),
        (["a", "b"], ["a", "x", "y"], {}),
    ],
)
def test_an_id_at_the_place_of_another_is_a_new_name(old: list[str], new: list[str], found: dict[str, str]) -> None:
    assert renames(old, new) == found
