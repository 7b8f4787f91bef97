"""Thresholds as a team sets them reach the rules: for all, for a tier, for one part; the nearest wins."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest

from studio import red_flags
from studio.estimates.engine import estimate
from studio.files.loading import parse as parse_design
from studio.model.part import Part
from studio.model.values import WholeNumber
from studio.red_flags.facts import Facts
from studio.red_flags.library import pages
from studio.red_flags.report import Report, report
from studio.red_flags.settings import Scoped, Settings
from studio.red_flags.team_rules.measures import DIFFERING, MEASURES
from studio.red_flags.thresholds import DEFAULTS, Thresholds
from studio.red_flags.tiers import place_of

HEAD = 'format = 1\n[design]\nname = "Example"\n'
BUSY = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 1
[components.web]
kind = "client"
[components.api]
kind = "service"
capacity_rps = 200
[components.db]
kind = "database"
capacity_rps = 180
[connections.web-api]
from = "web"
to = "api"
[connections.api-db]
from = "api"
to = "db"
hard = false
"""


def test_every_threshold_can_be_set_and_nothing_else() -> None:
    assert set(MEASURES) == set(Thresholds._fields)
    assert set().union(*DIFFERING.values()) < set(MEASURES)


@pytest.mark.parametrize("name", Thresholds._fields)
def test_the_default_lies_within_its_own_bounds(name: str) -> None:
    measure, value = MEASURES[name], getattr(DEFAULTS, name)
    assert isinstance(measure, WholeNumber) == (get_type_hints(Thresholds)[name] is int)
    plain = value if isinstance(measure, WholeNumber) or "round_trip" not in name else f"{value * 1000:g} ms"
    assert measure.check(plain) == pytest.approx(value)


class Asked(Thresholds):
    """Thresholds that write down which were read, and for what."""

    seen: set[tuple[str, str]]
    section: str

    def __getattribute__(self, name: str) -> object:
        if name in Thresholds._fields:
            object.__getattribute__(self, "seen").add((object.__getattribute__(self, "section"), name))
        return super().__getattribute__(name)


class Watched(Facts):
    """Facts that know which thresholds rules looked up for which sort of part."""

    seen: set[tuple[str, str]]

    def thresholds_for(self, part: Part) -> Thresholds:
        """The defaults, and a note of what is read of them."""
        asked = Asked(*DEFAULTS)
        asked.seen, asked.section = self.seen, (place_of(part, self) or ("",))[0]
        return asked


def _looked_up() -> Iterator[tuple[str, str]]:
    for page in pages():
        for text in (page.flagged, page.fine, page.unknown):
            if text:
                design = parse_design(text if "[design]" in text else HEAD + text, "example.toml")
                facts = Watched(design, estimate(design), today=date(2026, 11, 21))
                facts.seen = set()
                report(facts, [page.rule])
                yield from facts.seen


def test_rules_look_thresholds_up_for_the_parts_they_may_differ_for() -> None:
    declared = {(section, name) for section, names in DIFFERING.items() for name in names}
    assert {(section, name) for section, name in _looked_up() if section} <= declared


def test_every_threshold_that_may_differ_is_looked_up_for_a_part_and_the_others_are_not() -> None:
    folder = Path(red_flags.__path__[0])
    sources = "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))
    for_parts = set(re.findall(r"(?:thresholds_for\(\w+\)|\blimits)\.([a-z_]+)", sources)) & set(MEASURES)
    for_all = set(
        re.findall(r"\bfacts\.thresholds\.([a-z_]+)", sources) + re.findall(r"self\.thresholds\.(growth)", sources)
    )
    assert for_parts == set().union(*DIFFERING.values())
    assert for_parts | for_all == set(MEASURES)


@pytest.mark.parametrize(
    ("settings", "flagged"),
    [
        ("", ""),
        ("[thresholds]\nutilisation_warning = 0.4", "components.api components.db"),
        ("[thresholds]\nutilisation_warning = 0.52", "components.db"),
        ("[thresholds.tier-1]\nutilisation_warning = 0.4", "components.api"),
        ("[thresholds.components.db]\nutilisation_warning = 0.4", "components.db"),
        (
            "[thresholds.tier-1]\nutilisation_warning = 0.3\n[thresholds.components.api]\nutilisation_warning = 0.8",
            "",
        ),
    ],
)
def test_the_nearest_threshold_wins(judged: Callable[..., Report], settings: str, flagged: str) -> None:
    found = judged(BUSY, settings).findings
    assert " ".join(f.on for f in found if f.rule.id == "CAP001") == flagged


def test_a_what_if_is_judged_by_the_same_thresholds(judged: Callable[..., Report]) -> None:
    cold = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 1
[components.web]
kind = "client"
[components.api]
kind = "service"
[scenarios.calm]
expect = ["peak_rps <= 100"]
[connections.web-api]
from = "web"
to = "api"
"""
    assert judged(cold, "[thresholds]\nutilisation_warning = 0.5").outcomes["SCN001"] == "passed"


def test_a_set_threshold_is_in_the_words_of_the_finding(judged: Callable[..., Report]) -> None:
    chain = "".join(
        f'[connections.{a}-{b}]\nfrom = "{a}"\nto = "{b}"\n[components.{b}]\nkind = "service"\n'
        for a, b in ("wa", "ab")
    )
    design = f'[components.w]\nkind = "client"\n{chain}[journeys.buy]\nsteps = ["w-a", "a-b"]'
    (found,) = [
        f for f in judged(design, "[thresholds.journeys.buy]\nsynchronous_hops = 1").findings if f.rule.id == "REL010"
    ]
    assert "2 calls one inside the other, more than 1" in found.verdict.message


def test_settings_of_a_part_come_before_those_of_its_tier_and_those_before_all_others() -> None:
    scoped = Scoped({"a": 1, "b": 1, "c": 1}, {1: {"b": 2, "c": 2}}, {("components", "x"): {"c": 3}})
    assert scoped.holding_for(("components", "x", "endpoints", "y"), 1) == {"a": 1, "b": 2, "c": 3}
    assert scoped.holding_for(("components", "z"), None) == {"a": 1, "b": 1, "c": 1}
    assert scoped.differs()
    assert not Settings().exceptions.differs()
