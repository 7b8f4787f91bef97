"""What the two forges show beside a line: annotations of GitHub, degradations of GitLab."""

import json
import re
from typing import Any

import pytest

from tests.cli.reports.conftest import Run

COMMAND = re.compile(r"::(error|warning|notice) file=([^,]+),line=(\d+)(?:,endLine=(\d+))?,title=([^,]+)::(.*)")


def commands(text: str) -> list[tuple[str, ...]]:
    found = [COMMAND.fullmatch(line) for line in text.splitlines()]
    assert None not in found
    return [match.groups() for match in found if match]


def entries(text: str) -> list[dict[str, Any]]:
    found = json.loads(text)
    assert isinstance(found, list)
    return found


def test_every_line_is_one_command_with_its_place(tree: object, check: Run) -> None:
    code, out, _ = check("designs/shop.toml", "--format", "github")
    assert code == 1
    found = next(command for command in commands(out) if command[4].startswith("REL004"))
    level, file, line, end, title, message = found
    assert (level, file, title) == ("error", "designs/shop.toml", "REL004 Remote call without timeout")
    assert int(end or 0) == int(line) + 3
    assert message.startswith("connections.api-db: API waits for db without a timeout%0A→ ")


def test_a_per_cent_sign_is_escaped_first(tree: object, check: Run) -> None:
    out = check("designs/shop.toml", "--format", "github")[1]
    assert "75 %25 of its capacity" in out


def test_severities_are_those_of_the_forge(tree: object, check: Run) -> None:
    levels = {command[0] for command in commands(check("designs/shop.toml", "--format", "github")[1])}
    assert levels == {"error", "warning", "notice"}
    severities = {e["severity"] for e in entries(check("designs/shop.toml", "--format", "gitlab", "--show-unknown")[1])}
    assert severities == {"critical", "major", "minor", "info"}


def test_a_degradation_has_what_gitlab_asks_for(tree: object, check: Run) -> None:
    found = entries(check("designs/shop.toml", "--format", "gitlab")[1])
    timeout = next(entry for entry in found if entry["check_name"] == "REL004")
    assert list(timeout) == ["description", "check_name", "fingerprint", "severity", "location"]
    assert timeout["location"]["path"] == "designs/shop.toml"
    assert timeout["location"]["lines"]["begin"] < timeout["location"]["lines"]["end"]
    assert timeout["description"].startswith("Remote call without timeout: API waits for db without a timeout. To do: ")


def test_fingerprints_of_two_designs_differ_where_the_finding_is_the_same(tree: object, check: Run) -> None:
    twin = "designs/twin.toml"
    with open("designs/shop.toml") as source, open(twin, "w") as copy:  # noqa: PTH123 (the current folder is the point)
        copy.write(source.read())
    found = entries(check("designs/shop.toml", twin, "--format", "gitlab", "--show-unknown")[1])
    assert len({entry["fingerprint"] for entry in found}) == len(found)


@pytest.mark.parametrize("report", ["github", "gitlab"])
def test_what_is_accepted_or_held_back_is_not_shown(report: str, tree: object, check: Run) -> None:
    out = check("designs/shop.toml", "--format", report)[1]
    assert "REL001" in out
    assert "components.db: db runs as a single copy" not in out
    check("designs/shop.toml", "--baseline", "known.json", "--update-baseline")
    assert check("designs/shop.toml", "--baseline", "known.json", "--format", report)[1] in ("", "[]\n")


def test_a_design_that_cannot_be_judged_is_shown_first(tree: object, check: Run) -> None:
    files = ("designs/shop.toml", "designs/broken.toml")
    github = commands(check(*files, "--format", "github")[1])[0]
    assert github[:3] == ("error", "designs/broken.toml", "5")
    gitlab = entries(check(*files, "--format", "gitlab")[1])[0]
    assert gitlab["severity"] == "blocker"
    assert gitlab["location"] == {"path": "designs/broken.toml", "lines": {"begin": 5, "end": 5}}


def test_an_acceptance_without_effect_is_a_warning(tree: object, check: Run) -> None:
    with open("designs/shop.toml", "a") as file:  # noqa: PTH123 (the current folder is the point)
        file.write('[accepted.old]\nflag = "REL020"\non = "db"\nwhy = "w"\nby = "b"\nuntil = 2001-01-01\n')
    found = commands(check("designs/shop.toml", "--format", "github")[1])[0]
    assert found[0] == "warning"
    assert "ended on 2001-01-01" in found[5]
