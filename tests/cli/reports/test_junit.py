"""JUnit XML as a CI counts it: a case for each rule and subject, for each target, for each scenario."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from studio.cli.reports.junit import WANTED_IN
from studio.model.address import type_at
from studio.model.fields import shapes
from tests.cli.reports.conftest import Run


def cases(text: str) -> dict[str, Element]:
    root = fromstring(text.removeprefix('<?xml version="1.0" encoding="UTF-8"?>\n'))  # noqa: S314 (made by ourselves)
    return {f"{case.get('classname')} / {case.get('name')}": case for case in root.iter("testcase")}


def case(text: str, topic: str, name: str) -> Element:
    return cases(text)[f"Shop (designs/shop.toml): {topic} / {name}"]


def outcome(found: Element) -> str:
    return next((child.tag for child in found), "passed")


@pytest.mark.parametrize(
    ("topic", "name", "became", "said"),
    [
        ("reliability", "REL004 Remote call without timeout: connections.api-db", "failure", "without a timeout"),
        ("reliability", "REL001 Single point of failure: components.db", "skipped", "accepted by Ann until 2999-01-01"),
        ("reliability", "REL011 Synchronous calls in a circle: components.api", "passed", ""),
        ("capacity", "CAP001 Utilisation too high at peak: components.db", "skipped", "components.db.capacity_rps"),
        ("scenarios", "SCN001 Scenario not met: scenarios.twice", "failure", "does not hold"),
        ("targets", "availability", "passed", ""),
        ("targets", "cost per month", "failure", "wanted 100"),
    ],
)
def test_what_became_of_a_case(topic: str, name: str, became: str, said: str, tree: object, check: Run) -> None:
    found = case(check("designs/shop.toml", "--format", "junit")[1], topic, name)
    assert outcome(found) == became
    if said:
        assert said in (found[0].get("message") or "")


def test_a_failure_says_where_and_what_to_do(tree: object, check: Run) -> None:
    out = check("designs/shop.toml", "--format", "junit")[1]
    found = case(out, "reliability", "REL004 Remote call without timeout: connections.api-db")
    failure = found[0]
    assert failure.get("type") == "error"
    message, place, *fixes = (failure.text or "").splitlines()
    assert message == "API waits for db without a timeout"
    assert place == f"designs/shop.toml:{found.get('line')}"
    assert fixes[0].startswith("→ ")


def test_the_numbers_of_a_suite_are_those_of_its_cases(tree: object, check: Run) -> None:
    out = check("designs/shop.toml", "designs/broken.toml", "--format", "junit")[1]
    root = fromstring(out.split("\n", 1)[1])  # noqa: S314 (made by ourselves)
    assert root[0].get("errors") == "1"
    for element in (root, *root):
        found = [outcome(case) for case in element.iter("testcase")]
        counted = {name: int(element.get(name, "")) for name in ("tests", "failures", "errors", "skipped")}
        assert counted == {
            "tests": len(found),
            "failures": found.count("failure"),
            "errors": found.count("error"),
            "skipped": found.count("skipped"),
        }


def test_a_case_is_named_once(tree: object, check: Run) -> None:
    out = check("designs/shop.toml", "--format", "junit")[1]
    assert len(cases(out)) == out.count("<testcase ")


def test_what_the_baseline_holds_back_does_not_fail(tree: object, check: Run) -> None:
    check("designs/shop.toml", "--baseline", "known.json", "--update-baseline")
    out = check("designs/shop.toml", "--baseline", "known.json", "--format", "junit")[1]
    found = case(out, "reliability", "REL004 Remote call without timeout: connections.api-db")
    assert outcome(found) == "skipped"
    assert (found[0].get("message") or "").startswith("held back by the baseline: ")
    assert [name for name, c in cases(out).items() if outcome(c) == "failure" and ": targets" not in name] == []


def test_a_loop_without_end_is_an_error_of_its_design(tree: object, check: Run) -> None:
    with open("designs/shop.toml", "a") as file:  # noqa: PTH123 (the current folder is the point)
        file.write('[connections.back]\nfrom = "db"\nto = "api"\ncalls_per_request = 2\n')
    code, out, _ = check("designs/shop.toml", "--format", "junit")
    errors = [found for found in cases(out).values() if outcome(found) == "error"]
    assert code == 2
    assert "multiplies traffic" in (errors[0][0].get("message") or "")


@pytest.mark.parametrize("figure", WANTED_IN)
def test_a_target_is_looked_for_where_the_file_asks_for_it(figure: str) -> None:
    table, key = WANTED_IN[figure]
    assert key in shapes(type_at(("requirements", table)))
