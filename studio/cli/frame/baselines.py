"""Findings held against a baseline: what is new, what got worse, what is gone.

A baseline is what a design's findings were on the day somebody decided to live with them for now. It holds back what
it knows, and nothing that is new or worse.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from studio.cli.frame.worsening import Mark, marks, worse
from studio.red_flags.report import Finding, Report
from studio.red_flags.rule import Outcome, Severity


class Held(NamedTuple):
    """A finding as a baseline holds it."""

    fingerprint: str
    rule: str
    on: str
    severity: Severity
    accepted: bool
    evidence: Mapping[str, Mark]
    """The figures that tell whether it gets worse."""


class State(StrEnum):
    """What a finding is, seen from a baseline."""

    NEW = "new"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"


class Gone(NamedTuple):
    """A finding of the baseline that is no more."""

    held: Held
    outcome: Outcome | None
    """What the rule says of the same subject now; None when either is no longer there."""

    @property
    def is_resolved(self) -> bool:
        """Whether somebody mended it; a rule that can no longer tell resolves nothing."""
        return self.outcome is not Outcome.UNKNOWN


class Standing(NamedTuple):
    """One design seen from a baseline."""

    states: Mapping[str, State]
    """By fingerprint."""
    reasons: Mapping[str, str]
    """Why a finding is worse, by fingerprint."""
    gone: tuple[Gone, ...]

    def count(self, state: State) -> int:
        """How many findings are so."""
        return sum(found is state for found in self.states.values())

    def resolved(self) -> tuple[Gone, ...]:
        """What was mended."""
        return tuple(gone for gone in self.gone if gone.is_resolved)

    def unclear(self) -> tuple[Gone, ...]:
        """What nobody can tell any more."""
        return tuple(gone for gone in self.gone if not gone.is_resolved)


def held(finding: Finding) -> Held:
    """A finding as a baseline keeps it."""
    evidence = marks(finding.rule.id, finding.verdict.evidence)
    accepted = finding.accepted is not None
    return Held(finding.fingerprint, finding.rule.id, finding.on, finding.severity, accepted, evidence)


def standing(report: Report, baseline: Iterable[Held]) -> Standing:
    """A design's findings seen from its baseline."""
    known = {old.fingerprint: old for old in baseline}
    states: dict[str, State] = {}
    reasons: dict[str, str] = {}
    for finding in report.findings:
        old = known.pop(finding.fingerprint, None)
        reason = None if old is None else _worse(old, held(finding))
        states[finding.fingerprint] = State.NEW if old is None else State.WORSENED if reason else State.UNCHANGED
        if reason:
            reasons[finding.fingerprint] = reason
    return Standing(states, reasons, tuple(Gone(old, _now(old, report)) for old in known.values()))


def _worse(old: Held, new: Held) -> str | None:
    ranks = list(Severity)
    if ranks.index(new.severity) < ranks.index(old.severity):
        return f"it was {'an error' if old.severity is Severity.ERROR else f'a {old.severity}'}"
    if old.accepted and not new.accepted:
        return "nobody accepts it any more"
    return worse(old.rule, old.evidence, new.evidence)


def _now(old: Held, report: Report) -> Outcome | None:
    """What the rule says of the subject now."""
    unknown = ((u.rule.id, ".".join(u.address)) for u in report.unknown)
    if (old.rule, old.on) in unknown:
        return Outcome.UNKNOWN
    passed = ((p.rule.id, ".".join(p.address)) for p in report.passed)
    return Outcome.PASSED if (old.rule, old.on) in passed else None
