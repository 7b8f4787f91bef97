"""SARIF as code scanning reads it: valid against the schema of the standard, each result at its place."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from studio.red_flags.library import rules
from tests.cli.reports.conftest import Run

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = sorted((ROOT / "sample_designs").glob("*.toml"))


@cache
def schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / "tests/data/sarif/sarif-schema-2.1.0.json").read_text()))


def the_run(text: str) -> dict[str, Any]:
    log = json.loads(text)
    assert [error.message for error in schema().iter_errors(log)] == []
    (run,) = log["runs"]
    return dict(run)


def of_rule(run: dict[str, Any], rule: str, on: str) -> dict[str, Any]:
    (found,) = [
        result
        for result in run["results"]
        if result["ruleId"] == rule and result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == on
    ]
    return dict(found)


def test_every_sample_at_once_is_valid(check: Run) -> None:
    code, out, _ = check(*map(str, SAMPLES), "--format", "sarif", "--show-unknown", "--fail-on", "never")
    run = the_run(out)
    assert code == 0
    assert len(run["artifacts"]) == len(SAMPLES)
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_the_log_names_every_rule_that_was_asked_with_its_page(tree: Path, check: Run) -> None:
    run = the_run(check("designs/shop.toml", "--format", "sarif")[1])
    driver = run["tool"]["driver"]
    assert driver["name"] == "tenfold"
    assert [rule["id"] for rule in driver["rules"]] == [rule.id for rule in rules()]
    timeout = next(rule for rule in driver["rules"] if rule["id"] == "REL004")
    assert timeout["name"] == "RemoteCallWithoutTimeout"
    assert timeout["defaultConfiguration"] == {"level": "error"}
    assert timeout["properties"]["tags"] == ["reliability"]
    assert "## Why it matters" in timeout["help"]["markdown"]
    assert all(driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_a_finding_lies_on_the_table_of_its_element(tree: Path, check: Run) -> None:
    found = of_rule(the_run(check("designs/shop.toml", "--format", "sarif")[1]), "REL004", "connections.api-db")
    lines = (tree / "designs/shop.toml").read_text().splitlines()
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "designs/shop.toml", "uriBaseId": "%SRCROOT%"}
    region = place["region"]
    assert lines[region["startLine"] - 1] == "[connections.api-db]"
    assert lines[region["endLine"] - 1] == 'traffic = "all"'
    assert region["startColumn"] == 1
    assert (found["kind"], found["level"]) == ("fail", "error")
    assert found["message"]["text"].startswith("API waits for db without a timeout. To do: ")


def test_a_finding_about_a_field_lies_on_its_entry(tree: Path, check: Run) -> None:
    design = tree / "designs/shop.toml"
    design.write_text(design.read_text().replace("instances = 1\n", "  instances = 1\n"))
    found = of_rule(the_run(check(str(design), "--format", "sarif")[1]), "CAP001", "components.api")
    region = found["locations"][0]["physicalLocation"]["region"]
    assert design.read_text().splitlines()[region["startLine"] - 1] == "  instances = 1"
    assert (region["startColumn"], region["endLine"]) == (3, region["startLine"])


def test_fingerprints_are_of_rule_and_subject_from_whatever_folder(
    tree: Path, check: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = check("designs/shop.toml", "--format", "sarif")[1]
    monkeypatch.chdir(tree / "designs")
    assert check("shop.toml", "--format", "sarif")[1] == first
    design = tree / "designs/shop.toml"
    design.write_text("# one line more\n" + design.read_text())
    before, after = ([r["partialFingerprints"] for r in the_run(text)["results"]] for text in (first, check(
        "shop.toml", "--format", "sarif")[1]))  # fmt: skip
    assert before == after
    assert len({fingerprint["tenfold/v1"] for fingerprint in before}) == len(before)


def test_an_acceptance_suppresses_and_all_others_say_that_nothing_does(tree: Path, check: Run) -> None:
    run = the_run(check("designs/shop.toml", "--format", "sarif")[1])
    (suppression,) = of_rule(run, "REL001", "components.db")["suppressions"]
    assert suppression == {
        "kind": "external",
        "status": "accepted",
        "justification": "one zone will do until spring (by Ann, until 2999-01-01)",
        "properties": {"by": "Ann", "until": "2999-01-01"},
    }
    assert sum(bool(result["suppressions"]) for result in run["results"]) == 1


def test_what_nobody_can_tell_is_open_and_only_shown_on_request(tree: Path, check: Run) -> None:
    shown = the_run(check("designs/shop.toml", "--format", "sarif", "--show-unknown")[1])
    open_ = [result for result in shown["results"] if result["kind"] == "open"]
    assert open_
    assert all(result["level"] == "none" and result["properties"]["missing"] for result in open_)
    hidden = the_run(check("designs/shop.toml", "--format", "sarif")[1])
    assert all(result["kind"] == "fail" for result in hidden["results"])


def test_a_broken_design_is_a_notification_and_the_others_are_judged(tree: Path, check: Run) -> None:
    code, out, err = check("designs/broken.toml", "designs/shop.toml", "--format", "sarif")
    run = the_run(out)
    assert code == 2
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["level"] == "error"
    place = told["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "designs/broken.toml"
    assert place["region"] == {"startLine": 5}
    assert told["message"]["text"].rstrip(".") in err
    assert run["results"]


def test_a_run_in_which_nothing_could_be_read_is_valid_too(tree: Path, check: Run) -> None:
    code, out, _ = check("designs/broken.toml", "--format", "sarif")
    assert code == 2
    assert the_run(out)["results"] == []


def test_states_say_what_became_of_the_baseline(tree: Path, check: Run) -> None:
    design = tree / "designs/shop.toml"
    text = design.read_text()
    check(str(design), "--baseline", "known.json", "--update-baseline")
    changed = text.replace("capacity_rps = 40", "capacity_rps = 31").replace('traffic = "all"', 'timeout = "1 s"')
    design.write_text(changed + '[components.new]\nkind = "service"\n')
    run = the_run(check(str(design), "--baseline", "known.json", "--format", "sarif")[1])
    worse = of_rule(run, "CAP001", "components.api")
    assert worse["baselineState"] == "updated"
    assert worse["properties"]["worse"] == "utilisation 75 % → 97 %"
    assert of_rule(run, "DOC001", "components.api")["baselineState"] == "unchanged"
    assert of_rule(run, "DOC001", "components.new")["baselineState"] == "new"
    gone = of_rule(run, "REL004", "connections.api-db")
    assert (gone["baselineState"], gone["kind"], gone["level"]) == ("absent", "pass", "none")
