"""Which figures tell that a finding got worse, and by how much they may move."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.cli.frame.worsening import FALLING, GATHERING, IN_RULE, RISING, WORKING, Mark, marks, worse

ROOT = Path(__file__).resolve().parents[3]


def test_every_figure_that_tells_is_one_a_rule_gives() -> None:
    rules = "".join(path.read_text() for path in sorted((ROOT / "studio" / "red_flags").rglob("*.py")))
    names = RISING | FALLING | WORKING | GATHERING | {name for of_rule in IN_RULE.values() for name in of_rule}
    assert [name for name in sorted(names) if f'"{name}"' not in rules] == []


@pytest.mark.parametrize(
    ("rule", "before", "now", "reason"),
    [
        ("CAP001", {"utilisation": 0.8}, {"utilisation": 0.95}, "utilisation 80 % → 95 %"),
        ("CAP001", {"utilisation": 0.95}, {"utilisation": 0.8}, None),
        ("CST004", {"utilisation": 0.1}, {"utilisation": 0.2}, None),
        ("REL010", {"hops": 5}, {"hops": 6}, "hops 5 → 6"),
        ("REL002", {"availability": 0.999}, {"availability": 0.998}, "availability 99.9 % → 99.8 %"),
        ("REL002", {"availability": 0.999}, {"availability": 0.999002}, None),
        ("CAP003", {"breaks_at": {"db": 2.0}}, {"breaks_at": {"db": 1.5}}, "breaks at of db 2× → 1.5×"),
        ("CAP003", {"breaks_at": {"db": 2.0}}, {"breaks_at": {"api": 9.0}}, "breaks at: also api"),
        ("REL018", {"unlimited": ["api"]}, {"unlimited": ["admin"]}, "unlimited: also admin"),
        ("REL018", {"unlimited": ["api", "b"]}, {"unlimited": ["b"]}, None),
        ("DAT007", {"open": {"GDPR": ["a"]}}, {"open": {"GDPR": ["a", "b"]}}, "open: also GDPR: b"),
        ("DAT002", {"days_since": 10}, {"days_since": 900}, None),
        ("CAP010", {"p99_ms": None}, {"p99_ms": 9.0}, None),
        ("CAP010", {"p99_ms": float("inf")}, {"p99_ms": 9.0}, None),
        ("TEAM-OWN", {"anything": 1}, {"anything": 2}, None),
    ],
)
def test_what_got_worse_is_told_in_figures(
    rule: str, before: dict[str, Any], now: dict[str, Any], reason: str | None
) -> None:
    assert worse(rule, marks(rule, before), marks(rule, now)) == reason


numbers = st.floats(0, 1e9)
evidence: st.SearchStrategy[dict[str, Mark]] = st.fixed_dictionaries(
    {},
    optional={
        "hops": numbers,
        "years": numbers,
        "availability": st.floats(0, 1),
        "breaks_at": st.dictionaries(st.sampled_from("abc"), numbers),
        "lacking": st.lists(st.sampled_from("abc"), unique=True),
    },
)


@settings(max_examples=50)
@given(evidence)
def test_nothing_is_worse_than_itself(found: dict[str, Mark]) -> None:
    assert worse("REL010", marks("REL010", found), marks("REL010", found)) is None


@settings(max_examples=50)
@given(evidence, evidence)
def test_of_single_figures_one_way_at_most_is_worse(one: dict[str, Mark], other: dict[str, Mark]) -> None:
    for name in ("hops", "years", "availability"):
        first, second = (marks("REL010", {name: found[name]} if name in found else {}) for found in (one, other))
        assert not (worse("REL010", first, second) and worse("REL010", second, first))
