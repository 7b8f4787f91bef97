"""A code quality report of GitLab: a list of degradations in the JSON of Code Climate, as far as GitLab reads it."""

import hashlib
from typing import Any, Final

from studio.cli.frame.remarks import Remark
from studio.cli.reports.frame import wording
from studio.cli.reports.frame.inspection import Checked, Inspection, Manner
from studio.cli.reports.frame.places import place_of
from studio.cli.reports.frame.regions import Region
from studio.cli.reports.frame.values import as_text
from studio.red_flags.report import Finding, Unknown
from studio.red_flags.rule import Severity
from studio.text import one_line

SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "minor"}
CANNOT_BE_JUDGED: Final = "blocker"
CANNOT_TELL: Final = "info"


def render(inspection: Inspection, manner: Manner) -> str:
    """What somebody must act on: no finding that is accepted or held back. Files that cannot be judged come first."""
    entries = [
        _remark(remark) for remark in dict.fromkeys((*inspection.broken, *inspection.unsolved, *inspection.idle))
    ]
    for checked in inspection.checked:
        entries += [_finding(finding, checked) for finding in checked.acting()]
        entries += [_unknown(found, checked) for found in (checked.report.unknown if manner.unknown else ())]
    return as_text(entries)


def _finding(finding: Finding, checked: Checked) -> dict[str, Any]:
    parts = [
        f"{finding.rule.title}: {finding.verdict.message}",
        wording.state(checked, finding),
        wording.to_do(finding),
    ]
    entry = _entry(checked.place.path, checked.region(checked.line(finding)), finding.rule.id, finding.on)
    return entry | {"description": _said(parts), "severity": SEVERITIES[finding.severity]}


def _unknown(found: Unknown, checked: Checked) -> dict[str, Any]:
    on = ".".join(found.address)
    entry = _entry(checked.place.path, checked.region(checked.opened.lines.line(found.address)), found.rule.id, on)
    said = _said([f"{found.rule.title}: nobody can tell, {on} {wording.needs(found)}"])
    return entry | {"description": said, "severity": CANNOT_TELL}


def _remark(remark: Remark) -> dict[str, Any]:
    severity = SEVERITIES[Severity.WARNING] if remark.is_warning else CANNOT_BE_JUDGED
    check = "no-effect" if remark.is_warning else "cannot-be-judged"
    entry = _entry(place_of(remark.file).path, Region(remark.line, 1, remark.line), check, remark.text)
    return entry | {"description": _said([remark.text]), "severity": severity}


def _said(parts: list[str]) -> str:
    return one_line(wording.sentences(parts))


def _entry(path: str, region: Region, check: str, on: str) -> dict[str, Any]:
    return {
        "description": "",
        "check_name": check,
        "fingerprint": _fingerprint(path, check, on),
        "severity": "",
        "location": {"path": one_line(path), "lines": {"begin": region.line, "end": region.end_line}},
    }


def _fingerprint(path: str, check: str, on: str) -> str:
    """Its own in a report of several designs; nothing in it moves when lines do."""
    return hashlib.sha256(f"{path}\n{check}\n{on}".encode(errors="replace")).hexdigest()
