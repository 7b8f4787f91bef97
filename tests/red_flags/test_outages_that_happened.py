"""Designs after public accounts of outages: the cause is told while it is there, and gone when it is mended.

Each folder of tests/data/outages holds a design as it was and as it would have to be. The comment at its head names the
account, and the rules that see the cause.
"""

import re
from pathlib import Path

import pytest

from studio.estimates.engine import estimate
from studio.files.loading import parse
from studio.red_flags.facts import Facts
from studio.red_flags.library import rules
from studio.red_flags.report import Report, report
from tests.red_flags.conftest import TODAY

OUTAGES = Path(__file__).parents[1] / "data" / "outages"
NAMES = sorted(folder.name for folder in OUTAGES.iterdir())


def judged(name: str, state: str) -> tuple[set[str], Report]:
    """The rules the head of a design names, and what all rules say of it."""
    path = OUTAGES / name / f"{state}.toml"
    text = path.read_text(encoding="utf-8")
    named = re.search(r"^# (?:Raises|No longer raises): (.+)$", text, re.MULTILINE)
    assert named is not None
    design = parse(text, path.name)
    return set(named[1].split(", ")), report(Facts(design, estimate(design), today=TODAY), rules())


@pytest.mark.parametrize("name", NAMES)
def test_the_cause_of_an_outage_is_told_as_more_than_a_note(name: str) -> None:
    causes, found = judged(name, "broken")
    assert causes <= {finding.rule.id for finding in found.findings if finding.severity != "note"}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_mended_is_no_longer_told_and_nothing_else_is_an_error(name: str) -> None:
    causes, found = judged(name, "mended")
    assert not causes & {finding.rule.id for finding in found.findings}
    assert not [f"{finding.rule.id} {finding.on}" for finding in found.findings if finding.severity == "error"]


def test_both_states_are_one_design_after_a_dated_account() -> None:
    assert len(NAMES) >= 20
    for name in NAMES:
        texts = [(OUTAGES / name / f"{state}.toml").read_text(encoding="utf-8") for state in ("broken", "mended")]
        parts = {tuple(parse(text, name).component) for text in texts}
        assert len(parts) == 1, name
        assert len({re.sub(r"(?s)# (Raises|No longer).*", "", text) for text in texts}) == 1, name
        assert re.search(r"\b(19|20)\d\d\b", texts[0].partition("# Raises")[0]), name
