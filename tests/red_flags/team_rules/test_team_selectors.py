"""Which parts a rule of a team is about, as its `where` says."""

from collections.abc import Callable

import pytest

from studio.red_flags.report import Report

Answer = Callable[..., str]

PARTS = """
[components.web]
kind = "client"
[components.api]
kind = "service"
owner = "Ada"
group = "eu/private"
[components.db]
kind = "database"
technology = "PostgreSQL 16"
[connections.web-api]
from = "web"
to = "api"
timeout = "2 s"
[connections.api-db]
from = "api"
to = "db"
mode = "async"
[journeys.buy]
steps = ["web-api", "api-db"]
"""


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        ("{}", "api db"),
        ('{ kind = ["client", "service"] }', "web api"),
        ('{ kind = "*" }', "web api db"),
        ('{ id = "[ad]*" }', "api db"),
        ("{ tier = 1 }", "api"),
        ("{ tier = [2, 3] }", "db"),
        ('{ group = "private", kind = "service" }', "api"),
        ('{ group = "eu/*", kind = "service" }', "api"),
        ('{ group = "eu", kind = "service" }', "api"),
        ("{ instances = 1 }", "api db"),
        ("{ managed = true }", ""),
    ],
)
def test_a_selector_chooses_components(judged: Callable[..., Report], where: str, chosen: str) -> None:
    rule = f'[rules.TEAM-1]\ntitle = "x"\nwhy = "y"\ncheck = "required-field"\nfield = "health_check"\nwhere = {where}'
    found = judged(PARTS, rule).findings
    assert " ".join(f.address[1] for f in found if f.rule.id == "TEAM-1") == chosen


@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        ('{ from = "web" }', "web-api"),
        ('{ to = { kind = "database" } }', "api-db"),
        ('{ mode = "sync" }', "web-api"),
        ("{ tier = 1 }", "web-api api-db"),
        ('{ from = { kind = "client" }, mode = "async" }', ""),
    ],
)
def test_a_selector_chooses_connections(judged: Callable[..., Report], where: str, chosen: str) -> None:
    rule = '[rules.TEAM-1]\ntitle = "x"\nwhy = "y"\ncheck = "required-field"\nfield = "auth"\nsection = "connections"\n'
    found = judged(PARTS, f"{rule}where = {where}").findings
    assert " ".join(f.address[1] for f in found if f.rule.id == "TEAM-1") == chosen


def test_a_part_that_does_not_say_its_tier_is_asked_for_it(answer: Answer) -> None:
    keys = 'check = "required-field"\nfield = "health_check"\nwhere = { tier = 2, kind = "database" }'
    assert answer(PARTS, keys) == "? components.db.tier"
