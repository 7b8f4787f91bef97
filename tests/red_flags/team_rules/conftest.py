"""What the tests of a team's settings share: a design in a few lines, judged under settings in a few lines."""

from collections.abc import Callable
from datetime import date

import pytest

from studio.errors import InvalidFile
from studio.estimates.engine import estimate
from studio.files.loading import parse as parse_design
from studio.red_flags.facts import Facts
from studio.red_flags.report import Report, report
from studio.red_flags.settings import Settings
from studio.red_flags.team_rules.reading import parse

TODAY = date(2026, 11, 21)
HEAD = 'format = 1\n[design]\nname = "Example"\n'
PATTERNS = ("cache-aside", "circuit-breaker")
RULE = '[rules.TEAM-1]\ntitle = "Ours"\nwhy = "Because."\n'


@pytest.fixture
def settings_of() -> Callable[[str], Settings]:
    """The settings in a text."""
    return lambda text: parse(text, "rules.toml", lambda: PATTERNS)


@pytest.fixture
def told() -> Callable[[str], list[str]]:
    """All that is wrong with settings: `line: what; what to do`."""

    def problems(text: str) -> list[str]:
        with pytest.raises(InvalidFile) as caught:
            parse(text, "rules.toml", lambda: PATTERNS)
        return [str(problem).removeprefix("rules.toml:") for problem in caught.value.problems]

    return problems


@pytest.fixture
def judged(settings_of: Callable[[str], Settings]) -> Callable[..., Report]:
    """What all rules say of a design under these settings."""

    def said(design: str, settings: str, **technologies: object) -> Report:
        read = parse_design(design if "[design]" in design else HEAD + design, "example.toml")
        set_ = settings_of(settings)
        facts = Facts(read, estimate(read), today=TODAY, settings=set_, technologies=technologies)
        return report(facts, set_.rules())

    return said


@pytest.fixture
def answer(judged: Callable[..., Report]) -> Callable[..., str]:
    """What one rule of a team says, its other keys given: its message, `? field field`, `passed` or `-`."""

    def said(design: str, keys: str, **technologies: object) -> str:
        found = judged(design, RULE + keys, **technologies)
        ours = [finding for finding in found.findings if finding.rule.id == "TEAM-1"]
        unknown = [one for one in found.unknown if one.rule.id == "TEAM-1"]
        if ours:
            return " | ".join(f"{finding.on}: {finding.verdict.message}" for finding in ours)
        if unknown:
            return "? " + " ".join(dict.fromkeys(field for one in unknown for field in one.missing))
        return {"not_applicable": "-"}.get(found.outcomes["TEAM-1"].value, found.outcomes["TEAM-1"].value)

    return said
