"""What is wrong with a team's settings is told all at once, with lines; what is right is taken."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.errors import InvalidDesign
from studio.red_flags.library import rules
from studio.red_flags.rule import Rule, Severity
from studio.red_flags.settings import UNSET, InvalidSettings, SetSeverity, Settings
from studio.red_flags.team_rules.reading import parse

Told = Callable[[str], list[str]]
SettingsOf = Callable[[str], Settings]
DATA = Path(__file__).parents[2] / "data" / "team_rules"
RULE = '[rules.TEAM-1]\ntitle = "Ours"\nwhy = "Because."\n'


def _cases() -> list[tuple[str, str]]:
    """Settings with one thing wrong, and what is told; `RULE` stands for the head of a rule."""
    blocks = (DATA / "problems.txt").read_text(encoding="utf-8").split("\n\n")
    cases = (block.strip().split("\n=> ") for block in blocks)
    return [(text.replace("RULE\n", RULE), problem) for text, problem in cases]


@pytest.mark.parametrize(("text", "problem"), _cases())
def test_a_problem_is_told_with_its_line(told: Told, text: str, problem: str) -> None:
    assert told(text) == [problem]


def test_all_problems_are_told_at_once(told: Told) -> None:
    text = '[thresholds]\nx = 1\n[severity]\ny = "off"\n[rules.TEAM-1]\ncheck = "naming"\n'
    assert [line.partition(":")[0] for line in told(text)] == ["2", "4", "5", "5", "5"]


def test_a_rule_that_could_not_be_read_is_still_known_to_the_severities(told: Told) -> None:
    problems = told('[severity]\nTEAM-1 = "off"\n[rules.TEAM-1]\ntitle = "x"\nwhy = "y"\ncheck = "nothing"')
    assert problems == ["6: there is no check “nothing”; did you mean naming?"]


def test_settings_that_cannot_be_used_count_as_a_design_that_cannot_be_read() -> None:
    assert issubclass(InvalidSettings, InvalidDesign)


@pytest.mark.parametrize("text", ["", "\n", "# nothing yet\n", "format = 1\n", "[thresholds]\n[severity]\n[rules]\n"])
def test_a_file_that_says_nothing_sets_nothing(text: str) -> None:
    assert parse(text, "rules.toml", tuple) == UNSET


def test_severities_are_read_for_everything_for_tiers_and_for_parts(settings_of: SettingsOf) -> None:
    set_ = settings_of(
        '[severity]\nREL004 = "note"\nCAP008 = { level = "off", why = "no lists" }\n'
        '[severity.tier-2]\nDOC001 = "off"\n[severity.connections.api-db]\nREL004 = "error"'
    ).severities
    assert set_.everywhere == {"REL004": SetSeverity(Severity.NOTE), "CAP008": SetSeverity(None, "no lists")}
    assert set_.tiers == {2: {"DOC001": SetSeverity(None)}}
    assert set_.parts == {("connections", "api-db"): {"REL004": SetSeverity(Severity.ERROR)}}


def test_a_rule_of_a_team_is_a_rule_like_all_others(settings_of: SettingsOf) -> None:
    keys = 'severity = "error"\ncheck = "maximum-count"\nmost = 1\nfix = "less"\npatterns = "cache-aside"\n'
    set_ = settings_of(f'{RULE}{keys}sources = ["Book"]')
    (page,) = set_.pages
    assert page.rule == Rule(
        id="TEAM-1",
        title="Ours",
        severity=Severity.ERROR,
        scope="design",
        check=page.rule.check,
        patterns=("cache-aside",),
        sources=("Book", "rules.toml, line 1"),
        may_be_accepted=True,
    )
    assert page.words == (
        "A rule of the team.\n\n## Why it matters\nBecause.\n\n## What is checked\nThere are at most 1 component."
        "\n\n## What to do\n- less"
    )
    assert [rule.id for rule in set_.rules()] == sorted(["TEAM-1", *(rule.id for rule in rules())])


def test_words_of_a_team_cannot_act(settings_of: SettingsOf) -> None:
    rule = '[rules.TEAM-1]\ntitle = "a\\u202eb"\nwhy = """x\\u2066y"""\ncheck = "maximum-count"\nmost = 1\n'
    (page,) = settings_of(f'{rule}fix = "\\u202ez"\nsources = ["\\ufeffq"]').pages
    shown = (page.rule.title, page.words, *page.rule.sources)
    assert not any(sign in words for words in shown for sign in "\u202e\u2066\ufeff")
