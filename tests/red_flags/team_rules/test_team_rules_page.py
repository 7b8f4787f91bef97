"""The page about a team's rules: its example is one, its tables are complete."""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from studio.red_flags.page import text
from studio.red_flags.settings import Settings
from studio.red_flags.team_rules.fields import SECTIONS
from studio.red_flags.team_rules.measures import DIFFERING, MEASURES
from studio.red_flags.team_rules.own_rules import checks
from studio.red_flags.team_rules.reading import parse
from studio.red_flags.thresholds import DEFAULTS

ROOT = Path(__file__).parents[3]
KEYS = {
    "field",
    "values",
    "technologies",
    "regions",
    "least",
    "most",
    "counts",
    "pattern",
    "expect",
    "to",
    "where",
    "section",
}
PAGE = (ROOT / "docs" / "team_rules.md").read_text(encoding="utf-8")


def _rows(heading: str) -> dict[str, list[str]]:
    """The rows of the first table below a heading, by their first cell without quotes."""
    table = PAGE.partition(f"{heading}\n")[2].partition("|---|")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[1:]]
    return {row[0].strip("`| "): row[1:] for row in cells}


def test_the_example_is_read_as_it_stands() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    shipped = [path.stem for path in (ROOT / "catalogue" / "patterns").rglob("*.toml")]
    found = parse(example, "rules.toml", lambda: shipped)
    assert len(found.pages) == example.count("[rules.")
    assert {check for check in checks() if f'check = "{check}"' in example} == set(checks())
    assert found.exceptions.differs()
    assert found.switched_off()


def test_every_check_is_described_with_its_keys() -> None:
    described = _rows("### The checks")
    assert set(described) == set(checks())
    for check in checks():
        words = import_module(f"studio.red_flags.team_rules.checks.{check.replace('-', '_')}").__doc__ or ""
        keys = KEYS & set(re.findall(r"`([a-z]+)`", words.partition("Keys:")[2]))
        assert keys
        assert {key for key in keys if f"`{key}`" not in " ".join(described[check])} <= {"from", "to"}


def test_every_threshold_is_listed_with_its_default_and_reach() -> None:
    listed = _rows("## Thresholds")
    assert list(listed) == list(DEFAULTS._fields)
    for name, (default, reach, *_) in listed.items():
        sections = [section.removesuffix("s") for section, names in DIFFERING.items() if name in names]
        assert [section for section in sections if section not in reach] == []
        assert (reach == "—") == (not sections)
        measure = MEASURES[name]
        written = default.strip("`")
        value = written.strip('"') if '"' in written else float(written) if "." in written else int(written)
        assert measure.check(value) == pytest.approx(getattr(DEFAULTS, name))


def test_every_section_is_named() -> None:
    (named,) = re.findall(r"`section` is one of (.*?)\. `where`", PAGE, re.DOTALL)
    assert set(re.findall(r"`([a-z]+)`", named)) == set(SECTIONS)


def test_a_page_of_a_team_rule_reads_well(settings_of: Callable[[str], Settings]) -> None:
    rule = '[rules.TEAM-1]\ntitle = "No owner"\nwhy = "Night."\ncheck = "required-field"\nfield = "owner"\n'
    (page,) = settings_of(f"{rule}may_be_accepted = false").pages
    assert text(page) == (
        "# TEAM-1 No owner (warning)\n\nA rule of the team.\n\n## Why it matters\nNight.\n\n## What is checked\n"
        "Every component says owner.\n\n## Sources\n- rules.toml, line 1\n\nThis flag cannot be accepted."
    )
