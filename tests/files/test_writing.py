import tomllib
from datetime import date
from typing import Any

import pytest

from studio.files.loading import parse, validated
from studio.files.writing import AsWritten, Remarks, entry_text, key_text, new_text, written

DESIGN: dict[str, Any] = {
    "format": 1,
    "design": {"name": "Shop", "goals": []},
    "requirements": {
        "functional": {"buy": {"text": "Buy", "realised_by": ["api"]}},
        "availability": {"target": 0.999, "recovery_time": "1 h"},
    },
    "components": {
        "api": {
            "kind": "service",
            "capacity_rps": [100, 300],
            "autoscale": {"max": 20, "metric": "CPU"},
            "limits": {"connections": {"now": 4, "max": 10}, "files": {"max": 5}},
            "observe": {"metrics": ["m" * 30] * 4, "logs": True},
            "schema": 'CREATE "x"\n\\',
            "endpoints": {"create": {"method": "POST"}},
        },
    },
    "decisions": {"d": {"options": {"a": {"pros": ["cheap"]}}}},
    "plan": {"first": {"milestones": ["x" * 50, "y" * 50]}},
}

CANONICAL = f"""\
format = 1

[design]
name = "Shop"
goals = []

[requirements.functional.buy]
text = "Buy"
realised_by = ["api"]

[requirements.availability]
target = 0.999
recovery_time = "1 h"

[components.api]
kind = "service"
autoscale = {{ max = 20, metric = "CPU" }}
capacity_rps = [100, 300]
limits.connections = {{ now = 4, max = 10 }}
limits.files = {{ max = 5 }}
schema = \"\"\"
CREATE \\"x\\"
\\\\\"\"\"

[components.api.observe]
metrics = [
  "{"m" * 30}",
  "{"m" * 30}",
  "{"m" * 30}",
  "{"m" * 30}",
]
logs = true

[components.api.endpoints.create]
method = "POST"

[decisions.d.options.a]
pros = ["cheap"]

[plan.first]
milestones = [
  "{"x" * 50}",
  "{"y" * 50}",
]
"""


def test_a_design_has_one_canonical_text() -> None:
    assert new_text(validated(DESIGN)) == CANONICAL
    assert new_text(parse(CANONICAL, "x")) == CANONICAL


VALUES = [
    ("plain", '"plain"'),
    ('quo"te \\ \t', '"quo\\"te \\\\ \t"'),
    (True, "true"),
    (1e20, "1e+20"),
    (0.1, "0.1"),
    (date(2027, 1, 31), "2027-01-31"),
    ([], "[]"),
    ({}, "{}"),
    ([["a"], ["b", "c"]], '[["a"], ["b", "c"]]'),
    ({"a": [1, 2], "b c": "x\ny"}, '{ a = [1, 2], "b c" = "x\\ny" }'),
    ("two\nlines", '"""\ntwo\nlines"""'),
    (AsWritten("1_000"), "1_000"),
    ([AsWritten("'a'")], "['a']"),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_a_value_has_one_text_that_means_it(value: Any, text: str) -> None:
    assert entry_text("k", value) == f"k = {text}"
    if not isinstance(value, AsWritten) and value != [AsWritten("'a'")]:
        assert tomllib.loads(entry_text("k", value)) == {"k": value}


@pytest.mark.parametrize(("key", "text"), [("a-b_1", "a-b_1"), ("a b", '"a b"'), ("", '""'), ('"', '"\\""')])
def test_keys_are_quoted_only_where_they_must_be(key: str, text: str) -> None:
    assert key_text(key) == text


def test_comments_find_their_place_and_those_of_missing_tables_the_end() -> None:
    remarks = {
        ("design",): Remarks(("# above",), "# behind", ("# below",)),
        ("design", "name"): Remarks(("", "# of the name"), "# short"),
        ("components", "gone"): Remarks(("# lost",)),
        (): Remarks(below=("# top",)),
    }
    assert written({"format": 1, "design": {"name": "x"}}, remarks) == (
        'format = 1\n# top\n\n# above\n[design]  # behind\n# of the name\nname = "x"  # short\n# below\n\n# lost\n'
    )


def test_a_small_structure_with_a_comment_inside_gets_a_table_of_its_own() -> None:
    tree = {"components": {"a": {"kind": "cache", "deploy": {"strategy": "canary"}}}}
    assert "\ndeploy = { strategy" in written(tree, {("components", "a", "deploy"): Remarks(behind="# x")})
    text = written(tree, {("components", "a", "deploy", "strategy"): Remarks(("# why",))})
    assert text.endswith('\n[components.a.deploy]\n# why\nstrategy = "canary"\n')
