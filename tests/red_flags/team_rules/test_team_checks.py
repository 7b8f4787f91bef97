"""Each check of a team's rule on designs it flags, finds fine, cannot judge, and has nothing to say about."""

from collections.abc import Callable

import pytest

from studio.red_flags.report import Report
from studio.red_flags.team_rules.own_rules import checks

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
CHAIN = """
[components.web]
kind = "client"
[components.a]
kind = "service"
[components.b]
kind = "service"
[connections.wa]
from = "web"
to = "a"
[connections.ab]
from = "a"
to = "b"
[journeys.buy]
steps = ["wa", "ab"]
"""
LOAD = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 3
"""

CASES = [
    # required-field
    ("required-field", PARTS, 'field = "owner"\nwhere = { id = "db" }', "components.db: db does not say owner"),
    ("required-field", PARTS, 'field = "owner"\nwhere = { kind = "service" }', "passed"),
    ("required-field", PARTS, 'field = "owner"\nwhere = { kind = "queue" }', "-"),
    (
        "required-field",
        PARTS,
        'field = ["timeout", "auth"]\nsection = "connections"\nwhere = { mode = "sync" }',
        "connections.web-api: web-api does not say auth",
    ),
    (
        "required-field",
        PARTS,
        'field = "requirements.security.threat_model"\nsection = "design"',
        "design: the design does not say requirements.security.threat_model",
    ),
    ("required-field", PARTS, 'field = "owner"\nwhere = { technology = "oracle*", kind = "service" }', "passed"),
    (
        "required-field",
        PARTS,
        'field = "why"\nwhere = { technology = "oracle*", kind = "service" }',
        "? components.api.technology",
    ),
    # allowed-value and forbidden-value
    (
        "allowed-value",
        PARTS,
        'section = "connections"\nfield = "mode"\nvalues = "sync"',
        "connections.api-db: api-db has mode async, and only “sync” is allowed",
    ),
    ("allowed-value", PARTS, 'section = "connections"\nfield = "mode"\nvalues = ["sync", "async"]', "passed"),
    (
        "allowed-value",
        PARTS,
        'section = "connections"\nfield = "encrypted"\nvalues = true',
        "? connections.web-api.encrypted connections.api-db.encrypted",
    ),
    (
        "allowed-value",
        PARTS.replace('timeout = "2 s"', "encrypted = false"),
        'section = "connections"\nfield = "encrypted"\nvalues = true\nwhere = { id = "web-api" }',
        "connections.web-api: web-api has encrypted false, and only true is allowed",
    ),
    (
        "forbidden-value",
        PARTS,
        'section = "connections"\nfield = "timeout"\nvalues = ["2000 ms"]\nwhere = { mode = "sync" }',
        "connections.web-api: web-api has timeout 2, which is not allowed",
    ),
    ("forbidden-value", PARTS, 'field = "owner"\nvalues = "b*"\nwhere = { kind = "service" }', "passed"),
    ("forbidden-value", PARTS, 'field = "owner"\nvalues = "*"\nwhere = { kind = "database" }', "? components.db.owner"),
    # technologies
    (
        "allowed-technology",
        PARTS,
        'technologies = ["mysql"]\nwhere = { kind = "database" }',
        "components.db: db uses PostgreSQL 16, and the technology must be “mysql”",
    ),
    ("allowed-technology", PARTS, 'technologies = ["postgresql*"]\nwhere = { kind = "database" }', "passed"),
    (
        "allowed-technology",
        PARTS,
        'technologies = "postgresql"\nwhere = { kind = "service" }',
        "? components.api.technology",
    ),
    (
        "forbidden-technology",
        PARTS,
        'technologies = ["Postgre*"]\nwhere = { kind = "database" }',
        "components.db: db uses PostgreSQL 16, and the technology must not be “Postgre*”",
    ),
    ("forbidden-technology", PARTS, 'technologies = ["oracle"]\nwhere = { kind = "database" }', "passed"),
    ("forbidden-technology", PARTS, 'technologies = ["oracle"]', "? components.api.technology"),
    ("forbidden-technology", PARTS, 'technologies = ["oracle"]\nwhere = { kind = "cache" }', "-"),
    # regions
    ("allowed-region", PARTS, 'regions = ["eu-*"]\nwhere = { id = "db" }', "? components.db.regions"),
    ("allowed-region", '[constraints]\nregions = ["eu-west"]' + PARTS, 'regions = ["eu-*"]', "passed"),
    (
        "allowed-region",
        PARTS.replace('owner = "Ada"', 'regions = ["eu-west", "us-east"]'),
        'regions = ["eu-*"]\nwhere = { kind = "service" }',
        "components.api: api has regions us-east, and only “eu-*” is allowed",
    ),
    # value-range
    (
        "value-range",
        PARTS,
        'section = "connections"\nfield = "timeout"\nmost = "1 s"',
        "connections.web-api: web-api has timeout 2 s, and it must be at most 1 s",
    ),
    (
        "value-range",
        PARTS,
        'section = "connections"\nfield = "timeout"\nmost = "2000 ms"\nwhere = { from = "web" }',
        "passed",
    ),
    (
        "value-range",
        PARTS,
        'section = "connections"\nfield = "timeout"\nleast = "1 ms"\nwhere = { from = "api" }',
        "? connections.api-db.timeout",
    ),
    (
        "value-range",
        PARTS,
        'field = "zones"\nleast = 2\nwhere = { kind = "database" }',
        "components.db: db has zones 1, and it must be at least 2",
    ),
    # forbidden-connection
    (
        "forbidden-connection",
        PARTS,
        'from = { kind = "service" }\nto = { kind = "database" }',
        "connections.api-db: api calls db, which is not allowed",
    ),
    ("forbidden-connection", PARTS, 'from = "web"\nto = "db"', "-"),
    ("forbidden-connection", PARTS, 'from = "api"\nwhere = { mode = "sync" }', "-"),
    (
        "forbidden-connection",
        PARTS,
        'to = { group = "private" }',
        "connections.web-api: web calls api, which is not allowed",
    ),
    ("forbidden-connection", PARTS, 'to = { group = "public", kind = "database" }', "? components.db.group"),
    # required-connection
    (
        "required-connection",
        PARTS,
        'where = { kind = "service" }\nto = { kind = "monitoring" }',
        "components.api: api calls no component with kind = “monitoring”",
    ),
    ("required-connection", PARTS, 'where = { kind = "service" }\nfrom = { kind = "client" }', "passed"),
    ("required-connection", PARTS, 'where = { kind = "service" }\nto = { technology = "mysql" }',
     "components.api: api calls no component with technology = “mysql”"),
    (
        "required-connection",
        PARTS,
        'where = { kind = "database" }\nfrom = { technology = "fastapi" }',
        "? components.api.technology",
    ),
    # maximum-depth
    (
        "maximum-depth",
        CHAIN,
        "most = 1",
        "journeys.buy: buy waits for 2 calls one inside the other, more than 1: web → a → b",
    ),
    ("maximum-depth", CHAIN, "most = 2", "passed"),
    ("maximum-depth", CHAIN, 'most = 1\ncounts = { id = "b" }', "passed"),
    ("maximum-depth", CHAIN, 'most = 0\nwhere = { id = "sell" }', "-"),
    ("maximum-depth", CHAIN, 'most = 1\nwhere = { p99 = "1 s" }', "? journeys.buy.p99"),
    ("maximum-depth", CHAIN.replace('steps = ["wa", "ab"]', "share = 1"), "most = 1", "? journeys.buy.steps"),
    (
        "maximum-depth",
        CHAIN.partition("[journeys")[0],
        "most = 1",
        "design: users wait for 2 calls one inside the other, more than 1: web → a → b",
    ),
    # naming
    (
        "naming",
        PARTS,
        'pattern = ["svc-*", "d?"]',
        "components.api: the id “api” of a component is not of the form “svc-*” or “d?”",
    ),
    ("naming", PARTS, 'pattern = "[a-d]*"', "passed"),
    ("naming", PARTS, 'field = "name"\npattern = "*"\nwhere = { id = "db" }', "? components.db.name"),
    (
        "naming",
        PARTS,
        'field = "owner"\npattern = "ada"\nwhere = { kind = "service" }',
        "components.api: the owner “Ada” of a component is not of the form “ada”",
    ),
    # counts
    ("maximum-count", PARTS, 'most = 1', "design: there are 2 components, more than 1"),
    (
        "maximum-count",
        PARTS,
        'most = 0\nwhere = { kind = "database" }',
        "design: there is 1 component with kind = “database”",
    ),
    ("maximum-count", PARTS, "most = 2", "passed"),
    ("maximum-count", PARTS, 'most = 0\nwhere = { technology = "mysql" }', "? components.api.technology"),
    (
        "minimum-count",
        PARTS,
        'least = 1\nwhere = { kind = "monitoring" }',
        "design: there is no component with kind = “monitoring”, and 1 must be there",
    ),
    ("minimum-count", PARTS, 'least = 2\nsection = "connections"', "passed"),
    ("minimum-count", PARTS, 'least = 1\nwhere = { technology = "fastapi" }', "? components.api.technology"),
    # expected-figure
    (
        "expected-figure",
        LOAD + PARTS,
        'expect = "peak_rps <= 200"',
        "design: peak_rps <= 200 does not hold for the design: peak_rps is 300/s",
    ),
    ("expected-figure", LOAD + PARTS, 'expect = "peak_rps <= 300"', "passed"),
    (
        "expected-figure",
        PARTS,
        'expect = "peak_rps <= 300"',
        "? requirements.scale.daily_active_users requirements.scale.requests_per_user_per_day",
    ),
    (
        "expected-figure",
        LOAD + PARTS.replace('owner = "Ada"', "capacity_rps = 400"),
        'section = "components"\nexpect = "utilisation <= 50%"\nwhere = { kind = "service" }',
        "components.api: utilisation <= 50% does not hold for api: utilisation is 75 %",
    ),
    (
        "expected-figure",
        LOAD + PARTS,
        'section = "components"\nexpect = "utilisation <= 50%"\nwhere = { kind = "service" }',
        "? components.api.capacity_rps",
    ),
    ("expected-figure", LOAD + PARTS, 'expect = "components.cache.utilisation <= 50%"', "-"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "design", "keys", "said"), CASES)
def test_a_check_says_of_a_design(answer: Answer, check: str, design: str, keys: str, said: str) -> None:
    assert answer(design, f'check = "{check}"\n{keys}') == said


@pytest.mark.parametrize("check", checks())
def test_every_check_is_seen_to_fail_and_to_pass_or_not_apply(check: str) -> None:
    said = [case[3] for case in CASES if case[0] == check]
    assert any(": " in words for words in said)
    assert {"passed", "-"} & set(said)
    assert any(words.startswith("?") for words in said) or check == "required-field"


def test_a_technology_is_known_by_its_id_in_the_catalogue(answer: Answer) -> None:
    class Entry:
        id = "postgresql"

    keys = 'check = "allowed-technology"\ntechnologies = ["postgresql"]\nwhere = { kind = "database" }'
    assert answer(PARTS, keys, **{"PostgreSQL 16": Entry()}) == "passed"


def test_what_the_team_says_to_do_comes_before_what_the_check_knows(judged: Callable[..., Report]) -> None:
    rule = '[rules.TEAM-1]\ntitle = "x"\nwhy = "y"\ncheck = "required-field"\nfield = "owner"\nfix = "ask the guild"'
    (found,) = [finding for finding in judged(PARTS, rule).findings if finding.rule.id == "TEAM-1"]
    assert found.verdict.fix == ("ask the guild", "components.db.owner: who answers for it")


def test_a_finding_of_a_team_can_be_accepted_like_any_other(judged: Callable[..., Report]) -> None:
    accepted = '[accepted.x]\nflag = "TEAM-1"\non = "db"\nwhy = "later"\nby = "Ada"\nuntil = 2027-01-01\n'
    rule = '[rules.TEAM-1]\ntitle = "x"\nwhy = "y"\ncheck = "required-field"\nfield = "owner"\n'
    (found,) = [f for f in judged(PARTS + accepted, rule).findings if f.rule.id in ("TEAM-1", "DOC008")]
    assert found.accepted is not None
    firm = judged(PARTS + accepted, f"{rule}may_be_accepted = false").findings
    assert {f.rule.id: f.accepted for f in firm if f.rule.id in ("TEAM-1", "DOC008")} == {
        "TEAM-1": None,
        "DOC008": None,
    }


def test_a_hostile_pattern_and_a_hostile_name_take_no_time(answer: Answer) -> None:
    name = "a" * 60_000
    pattern = "*a" * 20 + "b"
    keys = f'check = "naming"\nfield = "name"\npattern = "{pattern}"'
    design = f'[components.x]\nkind = "service"\nname = "{name}"'
    assert "is not of the form" in answer(design, keys)
