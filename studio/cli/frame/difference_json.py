"""`tenfold diff --format json`: the stable form other tools read."""

from typing import Any, Final

from studio.cli.frame.difference import Difference, Side
from studio.comparing.changes import FieldChange, PartChange
from studio.comparing.consequences import TargetTurn
from studio.estimates.as_json import plain_json
from studio.estimates.results import Target
from studio.model.address import dotted
from studio.red_flags.report import Finding

FORMAT: Final = 1


def as_json(found: Difference) -> str:
    """All of it; unknown is null, with its reason under `unknown`."""
    does = found.does
    data: dict[str, Any] = {
        "format": FORMAT,
        "old": _side(found.old),
        "new": _side(found.new),
        "same": not found.changes,
        "changes": [_change(part, found) for part in found.changes],
        "figures": {f.name: {"old": f.before, "new": f.after, "delta": f.delta} for f in does.figures},
        "breaks_first": {"old": does.breaks_first[0], "new": does.breaks_first[1]},
        "utilisation": [
            {"component": c.component, "old": c.before, "new": c.after, "limit": c.limit} for c in does.crossings
        ],
        "targets": [_turn(turn) for turn in does.targets],
        "scenarios": {"failing": list(does.failing), "holding": list(does.holding)},
        "flags": _flags(found),
        "coverage": {"old": does.coverage[0], "new": does.coverage[1]},
        "unknown": {f.name: f.why_unknown for f in does.figures if f.why_unknown},
    }
    return plain_json(data)


def _side(side: Side) -> dict[str, Any]:
    return {"file": side.name, "design": side.analysis.design.design.name}


def _change(part: PartChange, found: Difference) -> dict[str, Any]:
    old_line = None if part.was is None else found.old.line(part.was)
    new_line = None if part.sort == "removed" else found.new.line(part.address)
    return {
        "on": dotted(part.address),
        "change": part.sort,
        "was": dotted(part.was) if part.sort == "renamed" and part.was else None,
        "old_line": old_line,
        "new_line": new_line,
        "fields": [_field(part, change, found) for change in part.fields],
    }


def _field(part: PartChange, change: FieldChange, found: Difference) -> dict[str, Any]:
    key = tuple(change.key.split("."))
    is_old = part.was is not None and change.before is not None
    return {
        "field": change.key,
        "old": _value(change.before),
        "new": _value(change.after),
        "old_line": found.old.line((*part.was, *key)) if is_old and part.was else None,
        "new_line": found.new.line((*part.address, *key)) if change.after is not None else None,
    }


def _value(value: Any) -> Any:
    """A value of TOML as JSON has it: days as texts, the rest as it is."""
    if isinstance(value, list):
        return [_value(item) for item in value]
    return value if value is None or isinstance(value, str | int | float | dict) else str(value)


def _turn(turn: TargetTurn) -> dict[str, Any]:
    target = turn.after or turn.before
    name = target.target if target else ""
    return {"target": name, "change": turn.turn, "old": _target(turn.before), "new": _target(turn.after)}


def _target(target: Target | None) -> dict[str, Any] | None:
    return None if target is None else {"wanted": target.wanted, "got": target.got, "met": target.met}


def _flags(found: Difference) -> dict[str, Any]:
    flags = found.does.flags
    return {
        "new": [_finding(finding, found.new) for finding in flags.new],
        "worsened": [_finding(w.finding, found.new) | {"reason": w.reason} for w in found.worsened],
        "resolved": [_finding(finding, found.old) for finding in flags.resolved],
        "no_longer_told": [_finding(finding, found.old) for finding in flags.no_longer_told],
        "unchanged": found.unchanged_flags,
    }


def _finding(finding: Finding, side: Side) -> dict[str, Any]:
    """A finding with the line of its subject in the design it was found in."""
    return {
        "rule": finding.rule.id,
        "title": finding.rule.title,
        "severity": finding.severity.value,
        "on": finding.on,
        "line": side.line(finding.address),
        "message": finding.verdict.message,
        "accepted": finding.accepted is not None,
        "fingerprint": finding.fingerprint,
    }
