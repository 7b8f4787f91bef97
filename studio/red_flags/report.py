"""All rules on one design: findings, coverage, and the one question whose answer settles most."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from studio.model.address import Address, dotted, type_at
from studio.model.fields import shapes
from studio.model.records import Acceptance
from studio.red_flags.acceptances import covers, is_expired
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Outcome, Rule, Severity, Subject, Verdict, not_applicable
from studio.red_flags.settings import SetSeverity, SwitchedOff
from studio.red_flags.tiers import tier_of


class Finding(NamedTuple):
    """A failed rule on one subject."""

    rule: Rule
    address: Address
    severity: Severity
    verdict: Verdict
    accepted: Acceptance | None

    @property
    def on(self) -> str:
        """The subject: `components.db`."""
        return dotted(self.address)

    @property
    def fingerprint(self) -> str:
        """Stable over edits elsewhere: made of the rule and the subject only."""
        import hashlib

        return hashlib.sha256(f"{self.rule.id} {self.on}".encode()).hexdigest()[:16]


class Unknown(NamedTuple):
    """A rule that could not tell."""

    rule: Rule
    address: Address
    missing: tuple[str, ...]


class Passed(NamedTuple):
    """A rule that looked at a subject and found nothing."""

    rule: Rule
    address: Address


class Question(NamedTuple):
    """The field whose answer would settle most rules."""

    field: str
    ask: str
    unblocks: tuple[str, ...]


class Report(NamedTuple):
    """What all rules said."""

    findings: tuple[Finding, ...]
    """Errors first, then warnings and notes; by rule id, then in file order."""
    unknown: tuple[Unknown, ...]
    outcomes: Mapping[str, Outcome]
    """Each rule by its worst subject."""
    next_question: Question | None
    switched_off: tuple[SwitchedOff, ...] = ()
    """The rules that the team's settings keep from being asked, everywhere or somewhere."""
    rules: tuple[Rule, ...] = ()
    """All that were asked, in their order."""
    passed: tuple[Passed, ...] = ()

    def coverage(self) -> dict[str, int]:
        """How many rules failed, passed, did not apply, or could not tell."""
        counted = Counter(self.outcomes.values())
        order = (Outcome.FAILED, Outcome.PASSED, Outcome.NOT_APPLICABLE, Outcome.UNKNOWN)
        return {outcome.value: counted[outcome] for outcome in order}

    def open(self, least: Severity) -> tuple[Finding, ...]:
        """Findings nobody accepted, of this severity or worse."""
        ranks = list(Severity)
        return tuple(f for f in self.findings if f.accepted is None and ranks.index(f.severity) <= ranks.index(least))


def report(facts: Facts, rules: Iterable[Rule]) -> Report:
    """Asks every rule about each of its subjects; a rule that the team switched off there does not apply."""
    asked = tuple(rules)
    findings: list[Finding] = []
    passed: list[Passed] = []
    unknowns: list[Unknown] = []
    outcomes: dict[str, Outcome] = {}
    nothing, severities = not_applicable(), facts.settings.severities
    differs = severities.differs()
    for rule in asked:
        seen, everywhere = {Outcome.NOT_APPLICABLE}, severities.everywhere.get(rule.id)
        for subject in facts.subjects(rule.scope):
            set_ = _set_severity(rule, subject, facts) if differs else everywhere
            if set_ is not None and set_.severity is None:
                continue
            verdict = rule.check(subject.part, facts)
            if verdict is nothing:
                continue
            seen.add(verdict.outcome)
            if verdict.outcome is Outcome.FAILED:
                findings.append(_finding(rule, subject, verdict, facts, set_))
            elif verdict.outcome is Outcome.UNKNOWN:
                unknowns.append(Unknown(rule, subject.address, verdict.missing))
            elif verdict.outcome is Outcome.PASSED:
                passed.append(Passed(rule, subject.address))
        outcomes[rule.id] = next(outcome for outcome in Outcome if outcome in seen)
    ranks = list(Severity)
    findings.sort(key=lambda finding: (ranks.index(finding.severity), finding.rule.id))
    off = facts.settings.switched_off()
    return Report(
        tuple(findings), tuple(unknowns), outcomes, _next_question(unknowns, facts), off, asked, tuple(passed)
    )


def _set_severity(rule: Rule, subject: Subject, facts: Facts) -> SetSeverity | None:
    """What the team says of the rule for this subject; None when it says nothing."""
    severities = facts.settings.severities
    return severities.holding_for(subject.address, tier_of(subject.part, facts)).get(rule.id)


def _finding(rule: Rule, subject: Subject, verdict: Verdict, facts: Facts, set_: SetSeverity | None) -> Finding:
    """A severity the team set is its last word; else the verdict's or the rule's, milder for a prototype."""
    severity = set_.severity if set_ and set_.severity else verdict.severity or rule.severity
    if set_ is None and facts.stage == "prototype" and severity is Severity.ERROR and not _harms_at_once(rule):
        severity = Severity.WARNING
    return Finding(rule, subject.address, severity, verdict, _acceptance(rule, subject.address, facts))


def _harms_at_once(rule: Rule) -> bool:
    """Whether it is about security or data, which a prototype can lose too."""
    return rule.id.rstrip("0123456789") in ("SEC", "DAT")


def _acceptance(rule: Rule, address: Address, facts: Facts) -> Acceptance | None:
    """The acceptance that covers a finding today; none when it has expired or the rule may not be accepted."""
    valid = (accepted for accepted in facts.design.accepted if not is_expired(accepted, facts.today))
    return next((accepted for accepted in valid if covers(accepted, rule, address)), None)


def _next_question(unknowns: Iterable[Unknown], facts: Facts) -> Question | None:
    asked: dict[str, dict[str, int]] = {}
    for found in unknowns:
        for field in found.missing:
            counts = asked.setdefault(field, {})
            counts[found.rule.id] = counts.get(found.rule.id, 0) + 1
    if not asked:
        return None
    order = {field: place for place, field in enumerate(asked)}
    best = max(asked, key=lambda field: (len(asked[field]), sum(asked[field].values()), -order[field]))
    return Question(best, ask(best, facts), tuple(sorted(asked[best])))


def ask(field: str, facts: Facts) -> str:
    """A question for a dotted field, made of what the model says the field means."""
    *place, key = field.split(".")
    address = tuple(place)
    try:
        shape: Any = shapes(type_at(address)).get(key)
    except LookupError:
        shape = None
    meaning = shape.description if shape is not None else key
    about = [*([facts.label(address)] if address else []), key.replace("_", " ")]
    return f"{', '.join(about)}: {meaning[:1].lower()}{meaning[1:]}?"
