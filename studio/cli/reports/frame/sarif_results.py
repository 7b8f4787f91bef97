"""The results of a SARIF log: findings, what could not be told, and what a baseline held that is no more."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from studio.cli.frame.baselines import Gone, State
from studio.cli.reports.frame.inspection import Checked, Inspection
from studio.cli.reports.frame.places import Place
from studio.cli.reports.frame.values import known
from studio.cli.reports.frame.wording import needs, sentences, to_do
from studio.red_flags.report import Finding, Unknown
from studio.red_flags.rule import Outcome, Severity
from studio.text import one_line

STATES: Final = {State.NEW: "new", State.WORSENED: "updated", State.UNCHANGED: "unchanged"}
KINDS: Final = {Outcome.UNKNOWN: "open", Outcome.PASSED: "pass", None: "notApplicable"}
"""What a rule says now of a subject whose finding is gone."""

_PLACEHOLDER = re.compile(r"\{\d+\}")
"""What stands for an argument of a message (SARIF 2.1.0, 3.11.5)."""
_LINK = re.compile(r"\[(?=[^\]]*\]\()")
"""What begins an embedded link (SARIF 2.1.0, 3.11.6)."""


def results(inspection: Inspection, rules: Sequence[str], *, unknown: bool) -> Iterator[dict[str, Any]]:
    """Design by design: the findings as the report orders them, then what is open, then what is gone.

    `rules` are the ids of the rules of the log, in its order.
    """
    index = {rule: place for place, rule in enumerate(rules)}
    for checked in inspection.checked:
        for finding in checked.report.findings:
            yield _finding(finding, checked) | {"ruleIndex": index[finding.rule.id]}
        for open_ in checked.report.unknown if unknown else ():
            yield _open(open_, checked) | {"ruleIndex": index[open_.rule.id]}
        for gone in checked.standing.gone if checked.standing else ():
            yield _gone(gone, checked) | ({"ruleIndex": index[gone.held.rule]} if gone.held.rule in index else {})


def level(severity: Severity) -> str:
    """The level of a severity: the two name them alike."""
    return severity.value


def artifact(place: Place) -> dict[str, Any]:
    """Where a file lies: from the top of its work tree, where it lies in one."""
    return {"uri": place.uri} | ({"uriBaseId": "%SRCROOT%"} if place.is_in_work_tree else {})


def plain_text(text: str) -> str:
    """Words as a plain message: no placeholder and no link of theirs acts.

    Braces are doubled only where one could be a placeholder: few readers halve them again, and most braces are TOML.
    """
    words = _LINK.sub(r"\\[", one_line(text))
    return words.replace("{", "{{").replace("}", "}}") if _PLACEHOLDER.search(words) else words


def _finding(finding: Finding, checked: Checked) -> dict[str, Any]:
    state = checked.state(finding)
    reason = checked.standing.reasons.get(finding.fingerprint) if checked.standing else None
    message = sentences([finding.verdict.message, to_do(finding)])
    return {
        **_result(finding.rule.id, "fail", level(finding.severity), message),
        "locations": [_location(checked.line(finding), finding.on, checked)],
        "partialFingerprints": _fingerprints(finding.fingerprint),
        "suppressions": _suppressions(finding),
        **({} if state is None else {"baselineState": STATES[state]}),
        "properties": {
            "evidence": known(finding.verdict.evidence),
            "fix": list(finding.verdict.fix),
            "patterns": list(finding.rule.patterns),
            **({"worse": reason} if reason else {}),
        },
    }


def _open(unknown: Unknown, checked: Checked) -> dict[str, Any]:
    on = ".".join(unknown.address)
    message = f"Nobody can tell: {on} {needs(unknown)}."
    return {
        **_result(unknown.rule.id, "open", "none", message),
        "locations": [_location(checked.opened.lines.line(unknown.address), on, checked)],
        "suppressions": [],
        "properties": {"missing": list(unknown.missing)},
    }


def _gone(gone: Gone, checked: Checked) -> dict[str, Any]:
    old = gone.held
    became = "resolved" if gone.is_resolved else "no longer told"
    line = checked.opened.lines.line(tuple(old.on.split(".")))
    return {
        **_result(old.rule, KINDS[gone.outcome], "none", f"The finding {old.rule} on {old.on} is {became}."),
        "locations": [_location(line, old.on, checked)],
        "partialFingerprints": _fingerprints(old.fingerprint),
        "suppressions": [],
        "baselineState": "absent",
    }


def _result(rule: str, kind: str, level_: str, message: str) -> dict[str, Any]:
    return {"ruleId": rule, "kind": kind, "level": level_, "message": {"text": plain_text(message)}}


def _location(line: int, on: str, checked: Checked) -> dict[str, Any]:
    region = checked.region(line)
    logical = {"fullyQualifiedName": on, "name": on.rpartition(".")[2], "kind": on.partition(".")[0]}
    return {
        "physicalLocation": {
            "artifactLocation": artifact(checked.place),
            "region": {"startLine": region.line, "startColumn": region.column, "endLine": region.end_line},
        },
        "logicalLocations": [logical],
    }


def _fingerprints(fingerprint: str) -> dict[str, str]:
    """Ours, and the same under the one name GitHub reads: an alert then stays itself when its line changes."""
    return {"tenfold/v1": fingerprint, "primaryLocationLineHash": f"{fingerprint}:1"}


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    """The acceptance of a finding; of the others none, which is not the same as unknown (3.27.23)."""
    accepted = finding.accepted
    if accepted is None:
        return []
    who = {"by": accepted.by, "until": accepted.until.isoformat()}
    why = f"{one_line(accepted.why)} (by {one_line(accepted.by)}, until {accepted.until})"
    return [{"kind": "external", "status": "accepted", "justification": why, "properties": who}]
