"""A baseline holds back what it knows; what is new or worse still fails."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.reports.conftest import HEAD, PARTS, Run

BASE = ("--baseline", "known.json")
DESIGN = "designs/shop.toml"


@pytest.fixture
def known(tree: Path, check: Run) -> Path:
    """A work tree whose design has a baseline."""
    code, _, err = check(DESIGN, *BASE, "--update-baseline")
    assert (code, err) == (0, f"known.json: holds {len(entries(tree))} findings of 1 designs\n")
    return tree


def entries(tree: Path, design: str = DESIGN) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((tree / "known.json").read_text())["designs"][design]["findings"]
    return found


def change(tree: Path, old: str, new: str) -> None:
    file = tree / DESIGN
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))


def test_a_baseline_says_what_it_holds(known: Path) -> None:
    document = json.loads((known / "known.json").read_text())
    assert list(document) == ["format", "designs"]
    assert document["format"] == 1
    found = {(entry["rule"], entry["on"]): entry for entry in entries(known)}
    assert found["CAP001", "components.api"] == {
        "fingerprint": "fbbf6f3c8694624f",
        "rule": "CAP001",
        "on": "components.api",
        "severity": "warning",
        "evidence": {"utilisation": 0.75},
    }
    assert found["REL001", "components.db"]["accepted"] is True
    assert list(found) == sorted(found)


def test_what_is_known_does_not_fail_from_whatever_folder(
    known: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = check(DESIGN, *BASE)
    assert code == 0
    lines = [line.split() for line in out.splitlines()]
    assert ["held", "back", "by", "the", "baseline:"] in lines
    assert "REL004 Remote call without timeout" in out
    assert "API waits for db" not in out
    assert "0 new, 0 worsened, " in out
    monkeypatch.chdir(known / "designs")
    assert check("shop.toml", "--baseline", "../known.json", "--fail-on", "note")[0] == 0


CHANGES = {
    "a component nobody described": ('[journeys.buy]', '[components.new]\nkind = "service"\n[journeys.buy]', "(new)"),
    "more load for each copy": ("capacity_rps = 40", "capacity_rps = 31", "(worsened, utilisation 75 % → 97 %)"),
    "a dearer database": ("cost_per_month = 60", "cost_per_month = 80", "(worsened, cost per month 180 → 200; p90"),
    "a severity that rose": ("capacity_rps = 40", "capacity_rps = 20", "(worsened, it was a warning)"),
    "an acceptance taken back": ("2999-01-01", "2001-01-01", "(worsened, nobody accepts it any more)"),
    "one thing more that is lacking": ('purpose = "sells"\n', "", "(worsened, lacking: also purpose)"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_new_or_worse_fails(name: str, tree: Path, check: Run) -> None:
    old, new, said = CHANGES[name]
    check(DESIGN, *BASE, "--update-baseline")
    assert check(DESIGN, *BASE, "--fail-on", "note")[0] == 0
    change(tree, old, new)
    code, out, _ = check(DESIGN, *BASE, "--fail-on", "note")
    assert code == 1
    assert said in out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("capacity_rps = 40", "capacity_rps = 41"),
        ("capacity_rps = 40", "capacity_rps = 39.9"),
        ("cost_per_month = 60", "cost_per_month = 50"),
        ('name = "Shop"', 'name = "Another"'),
        ("format = 1", "# a line\n\nformat = 1"),
    ],
)
def test_what_got_better_or_hardly_moved_does_not_fail(old: str, new: str, known: Path, check: Run) -> None:
    change(known, old, new)
    assert check(DESIGN, *BASE, "--fail-on", "note")[0] == 0


def test_only_what_is_new_counts_for_the_threshold(known: Path, check: Run) -> None:
    change(known, "capacity_rps = 40", "capacity_rps = 31")
    assert check(DESIGN, *BASE, "--fail-on", "error")[0] == 0
    assert check(DESIGN, *BASE, "--fail-on", "warning")[0] == 1


def test_what_was_mended_is_named(known: Path, check: Run) -> None:
    change(known, 'traffic = "all"', 'timeout = "1 s"')
    code, out, _ = check(DESIGN, *BASE)
    assert code == 0
    assert "1 resolved since the baseline" in out
    assert "  resolved: REL004 on connections.api-db" in out


def test_what_nobody_can_tell_any_more_is_not_called_resolved(known: Path, check: Run) -> None:
    change(known, "capacity_rps = 40\n", "")
    code, out, _ = check(DESIGN, *BASE)
    assert code == 0
    assert "no longer told: CAP001 on components.api, needs components.api.capacity_rps" in out
    found = json.loads(check(DESIGN, *BASE, "--format", "json")[1])["designs"][0]["baseline"]
    assert "CAP001" in [gone["rule"] for gone in found["unclear"]]
    assert "CAP001" not in [gone["rule"] for gone in found["resolved"]]


def test_json_says_of_each_finding_what_it_is(known: Path, check: Run) -> None:
    change(known, "capacity_rps = 40", "capacity_rps = 31")
    (design,) = json.loads(check(DESIGN, *BASE, "--format", "json")[1])["designs"]
    states = {finding["baseline"] for finding in design["findings"]}
    assert states == {"unchanged", "worsened"}
    assert design["baseline"]["worsened"] == len(design["baseline"]["worse"])
    assert list(design["findings"][0])[-1] == "baseline"
    (plain,) = json.loads(check(DESIGN, "--format", "json")[1])["designs"]
    assert plain["baseline"] is None
    assert plain["findings"][0]["baseline"] is None


def test_a_design_the_baseline_does_not_know_has_all_new(known: Path, check: Run) -> None:
    (known / "other.toml").write_text(HEAD + PARTS)
    assert check("other.toml", *BASE)[0] == 1


def test_several_designs_share_a_baseline_and_each_is_written_by_itself(known: Path, check: Run) -> None:
    (known / "other.toml").write_text(HEAD + PARTS)
    before = entries(known)
    _, _, err = check("other.toml", *BASE, "--update-baseline")
    assert err.endswith("findings of 2 designs\n")
    assert entries(known) == before
    assert check("other.toml", DESIGN, *BASE)[0] == 0
    (known / "other.toml").unlink()
    assert "of 1 designs" in check(DESIGN, *BASE, "--update-baseline")[2]


def test_what_cannot_be_judged_keeps_its_entries(known: Path, check: Run) -> None:
    before = entries(known)
    text = (known / DESIGN).read_text()
    loop = '[connections.back]\nfrom = "db"\nto = "api"\ncalls_per_request = 2\n'
    for broken in (text + loop, text + "x = ["):
        (known / DESIGN).write_text(broken)
        assert check(DESIGN, *BASE, "--update-baseline")[0] == 2
        assert entries(known) == before


def test_an_update_that_changes_nothing_leaves_the_file_alone(known: Path, check: Run) -> None:
    before = (known / "known.json").stat().st_mtime_ns
    assert "unchanged, holds" in check(DESIGN, *BASE, "--update-baseline")[2]
    assert (known / "known.json").stat().st_mtime_ns == before


ENTRY = '{"fingerprint": "", "rule": "", "on": "", "severity": "note", "evidence": {"hops": 1}}'
HOLDING = '{"format": 1, "designs": {"a": {"findings": [%s]}}}'

DAMAGED = {
    "no JSON": ('{"format": 1,\n<<<<<<<', ":2: this is no JSON"),
    "another format": ('{"format": 2}', ":1: this is no baseline of format 1"),
    "a list": ("[]", ":1: this is no baseline of format 1"),
    "no designs": ('{"format": 1}', "an entry is damaged ('designs')"),
    "designs in a list": ('{"format": 1, "designs": []}', "an entry is damaged"),
    "an entry without a rule": (HOLDING % '{"on": "b"}', "an entry is damaged"),
    "a severity nobody knows": (HOLDING % ENTRY.replace("note", "fatal"), "an entry is damaged ('fatal' is"),
    "a figure without end": (HOLDING % ENTRY.replace("1}", "1e999}"), "an entry is damaged (inf is no figure)"),
    "a text as figure": (HOLDING % ENTRY.replace("1}", '"\\u001b[31m"}'), "an entry is damaged (�[31m is no figure)"),
    "nested beyond measure": ("[" * 100_000, "this is no JSON"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_baseline_is_one_sentence_and_is_not_overwritten(name: str, tree: Path, check: Run) -> None:
    text, said = DAMAGED[name]
    (tree / "known.json").write_text(text)
    for more in ((), ("--update-baseline",)):
        code, _, err = check(DESIGN, *BASE, *more)
        assert code == 2
        assert said in err
        assert "--update-baseline" in err
        assert len(err.splitlines()) == 1
        assert (tree / "known.json").read_text() == text


def test_bytes_that_are_no_text_are_told(tree: Path, check: Run) -> None:
    (tree / "known.json").write_bytes(b"\xff\xfe")
    assert "known.json:1: the text is not UTF-8" in check(DESIGN, *BASE)[2]
