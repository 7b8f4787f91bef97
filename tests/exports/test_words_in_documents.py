"""Documents word by word: figures with their units, ways that were walked, signs that must not act."""

import pytest

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.exports.frame.escaping import markdown
from studio.exports.frame.formats import rendered
from studio.files.loading import parse

DESIGN = """
format = 1
[design]
name = "Shop"
[requirements.availability]
target = 0.999
[requirements.ai]
cache_hit_ratio = [0.2, 0.25]
[components.web]
kind = "client"
[components.api]
kind = "service"
[components.cache]
kind = "cache"
[components.db]
kind = "database"
[connections.web-api]
from = "web"
to = "api"
[connections.api-cache]
from = "api"
to = "cache"
[connections.api-db]
from = "api"
to = "db"
[journeys.look]
steps = ["web-api", "api-cache", "api-db"]
[decisions.store]
title = "Which store?"
chosen = "one"
[decisions.store.options.one]
name = "A, with B"
[decisions.store.options.two]
name = "C, with D"
[decisions.store.options.three]
name = "E"
[accepted.nothing]
flag = "REL002"
why = "w"
by = "b"
until = 2999-01-01
[operations]
support_cost_per_month = 900
[plan.first]
goal = "g"
duration = "3 weeks"
[plan.second]
goal = "g"
duration = ["2 weeks", "4 weeks"]
"""


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return Analysis(parse(DESIGN, "shop.toml"), shipped())


def test_a_journey_in_the_summary_turns_back_where_its_calls_do(analysis: Analysis) -> None:
    assert "web → api → cache; api → db" in rendered("summary", analysis)


def test_options_with_commas_stay_apart(analysis: Analysis) -> None:
    assert "A, with B (not C, with D; not E)" in rendered("summary", analysis)


def test_only_findings_that_are_accepted_count_as_accepted(analysis: Analysis) -> None:
    assert " open, 0 accepted red flags" in rendered("summary", analysis)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("summary", "**first** (3 weeks)"),
        ("summary", "**second** (2 weeks to 4 weeks)"),
        ("markdown", '| <a id="plan-first"></a>first | g | 3 weeks |'),
        ("markdown", "| Availability | target | 99.9 % |"),
        ("markdown", "| AI | cache hit ratio | 20 % to 25 % |"),
        ("markdown", "| Support | – | 900 |"),
    ],
)
def test_figures_carry_their_unit(name: str, words: str, analysis: Analysis) -> None:
    assert words in rendered(name, analysis)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a &lt;b&#62; c", "a \\&lt;b\\&\\#62; c"),
        ("R&D & Co", "R&D & Co"),
        ("$x$", "\\$x\\$"),
        ("from $5 to $60", "from $5 to $60"),
        ("1. first", "1\\. first"),
        ("12) twelfth", "12\\) twelfth"),
        ("- point", "\\- point"),
        ("1.5 times", "1.5 times"),
    ],
)
def test_entities_formulas_and_lists_do_not_act_in_markdown(words: str, written: str) -> None:
    assert markdown(words) == written
