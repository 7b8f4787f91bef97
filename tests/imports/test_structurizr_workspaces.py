"""A Structurizr workspace read into a design: containers, people, what lies outside, decisions, copies."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import TenfoldError
from studio.imports.frame.imported import Imported, Source
from studio.imports.structurizr import read


def imported(workspace: object) -> Imported:
    text = workspace if isinstance(workspace, str) else json.dumps(workspace, indent=1)
    return read(Source(text, "workspace.json", "Bank"))


def bank() -> dict[str, Any]:
    return {
        "name": "Bank",
        "description": "Accounts on the web",
        "model": {
            "people": [
                {
                    "id": "1",
                    "name": "Customer",
                    "relationships": [
                        {"sourceId": "1", "destinationId": "10", "description": "Uses", "technology": "HTTPS"},
                        {"sourceId": "1", "destinationId": "2", "description": "Uses"},
                        {"sourceId": "1", "destinationId": "2", "linkedRelationshipId": "20"},
                    ],
                }
            ],
            "softwareSystems": [
                {
                    "id": "2",
                    "name": "Banking",
                    "containers": [
                        {
                            "id": "10",
                            "name": "Web",
                            "technology": "fastapi",
                            "description": "Answers",
                            "group": "Front",
                            "properties": {"owner": "Team W"},
                            "components": [
                                {
                                    "id": "30",
                                    "name": "Sign in",
                                    "description": "lets in",
                                    "relationships": [{"destinationId": "11", "description": "reads"}],
                                }
                            ],
                        },
                        {
                            "id": "11",
                            "name": "Accounts",
                            "tags": "Element,Container,Database",
                            "documentation": {
                                "decisions": [
                                    {
                                        "title": "Use SQL",
                                        "status": "Accepted",
                                        "date": "2024-02-03T00:00:00Z",
                                        "content": "# 1\n## Context\nTables.\n## Decision\nSQL.\n",
                                    }
                                ]
                            },
                        },
                        {
                            "id": "12",
                            "name": "Events",
                            "tags": "Message Bus",
                            "relationships": [
                                {"destinationId": "3", "description": "mails", "interactionStyle": "Asynchronous"}
                            ],
                        },
                    ],
                },
                {"id": "3", "name": "E-mail"},
            ],
            "deploymentNodes": [
                {
                    "environment": "Live",
                    "instances": "2",
                    "children": [
                        {"instances": 3, "containerInstances": [{"containerId": "10", "environment": "Live"}]},
                    ],
                },
                {"environment": "Dev", "containerInstances": [{"containerId": "10", "environment": "Dev"}]},
            ],
        },
    }


def test_containers_people_and_outside_systems_become_components() -> None:
    found = imported(bank())
    assert [(c.id, c.kind, c.technology, c.group) for c in found.design.components] == [
        ("customer", "client", None, None),
        ("web", "service", "fastapi", "Front"),
        ("accounts", "database", None, None),
        ("events", "queue", None, None),
        ("e-mail", "external", None, None),
    ]
    web = found.design.component["web"]
    assert (web.purpose, web.owner, web.responsibilities) == ("Answers", "Team W", ("Sign in: lets in",))
    assert found.design.design.overview == "Accounts on the web"
    assert not found.defects


def test_relationships_are_told_of_the_container_round_them_and_implied_ones_left_out() -> None:
    found = imported(bank())
    assert [(c.source, c.target, c.carries, c.protocol, c.mode) for c in found.design.connections] == [
        ("customer", "web", "Uses", "HTTPS", None),
        ("web", "accounts", "reads", None, None),
        ("events", "e-mail", "mails", None, "async"),
    ]
    assert "Banking" not in " ".join(found.unknown)


def test_a_relationship_with_a_system_as_a_whole_is_asked_about() -> None:
    workspace = bank()
    workspace["model"]["people"][0]["relationships"] = [{"destinationId": "2", "description": "Uses"}]
    assert "Customer → Banking" in imported(workspace).unknown[0]


def test_copies_are_those_of_production_and_otherwise_those_all_environments_agree_on() -> None:
    workspace = bank()
    assert imported(workspace).design.component["web"].instances == 6
    workspace["model"]["deploymentNodes"][0]["environment"] = "Test"
    workspace["model"]["deploymentNodes"][0]["children"][0]["containerInstances"][0]["environment"] = "Test"
    found = imported(workspace)
    assert found.design.component["web"].instances is None
    assert any("the environments differ" in sentence for sentence in found.unknown)


def test_decisions_come_with_status_day_and_what_they_are_about() -> None:
    (decision,) = imported(bank()).design.decisions
    assert (decision.id, decision.title, decision.status, decision.about) == (
        "use-sql",
        "Use SQL",
        "accepted",
        ("accounts",),
    )
    assert (decision.context, decision.why, str(decision.decided)) == ("Tables.", "SQL.", "2024-02-03")


def test_of_several_systems_each_is_a_group_and_without_containers_none_is_outside() -> None:
    systems: list[dict[str, Any]] = [
        {"id": "1", "name": "A", "containers": [{"id": "2", "name": "x"}]},
        {"id": "3", "name": "B", "containers": [{"id": "4", "name": "y"}]},
    ]
    found = imported({"model": {"softwareSystems": systems}}).design
    assert [c.group for c in found.components] == ["A", "B"]
    plain = [{"id": "1", "name": "A"}, {"id": "2", "name": "B", "tags": "External"}]
    assert [c.kind for c in imported({"model": {"softwareSystems": plain}}).design.components] == [
        "service",
        "external",
    ]


def test_a_relationship_to_nothing_is_told_with_its_line() -> None:
    workspace = bank()
    workspace["model"]["softwareSystems"][1]["relationships"] = [{"destinationId": "77"}]
    text = json.dumps(workspace, indent=1)
    (defect,) = imported(text).defects
    assert '"destinationId": "77"' in text.split("\n")[defect.line - 1][defect.column - 1 :]
    assert "leads to 77, which is no element" in defect.what


REFUSED = {
    "no JSON": ("workspace {\n}", 1),
    "JSON broken in its third line": ('{"a": 1,\n"b": 2,\n}', 3),
    "a list": ("[]", 1),
    "no model": ("{}", 1),
    "nested too deep": ("[" * 100_000, 1),
    "a number too long": ('{"a": ' + "1" * 5_000 + "}", 1),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_workspace_is_refused_with_a_line(name: str) -> None:
    text, line = REFUSED[name]
    with pytest.raises(TenfoldError, match=rf"^workspace\.json:{line}: "):
        imported(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["1", "2", "", "x", "\ud800", "\x1b[31m"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "name", "tags", "containers", "components", "relationships", "destinationId",
                         "instances", "documentation", "decisions", "title", "date", "content",
                         "properties", "environment"]),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(JSON, max_size=3), st.lists(JSON, max_size=3))
def test_any_model_is_imported_or_refused_in_a_sentence(people: list[object], systems: list[object]) -> None:
    model = {"people": people, "softwareSystems": [{"id": "9", "name": "x"}, *systems], "deploymentNodes": people}
    found = imported({"model": model})
    assert found.design.components
