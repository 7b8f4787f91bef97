"""What several reports say in the same words. Nothing here is escaped: each report does that for its language."""

from collections import Counter
from collections.abc import Iterable

from studio.cli.frame.baselines import Gone, State
from studio.cli.reports.frame.inspection import Checked
from studio.red_flags.report import Finding, Report, Unknown
from studio.red_flags.rule import Severity
from studio.text import listed, one_line


def counts(checked: Checked) -> str:
    """How many findings there are: `1 error, 0 warnings, 2 notes, 1 accepted`; those held back are told apart."""
    found = Counter(finding.severity for finding in checked.acting())
    parts = [counted(found[severity], severity.value) for severity in Severity]
    more = {"accepted": len(checked.accepted()), "held back": len(checked.held_back())}
    return ", ".join([*parts, *(f"{number} {what}" for what, number in more.items() if number)])


def counted(number: int, what: str) -> str:
    """A number of things: `1 error`, `2 errors`."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def coverage(report: Report) -> str:
    """How far the rules saw."""
    found = report.coverage()
    return (
        f"{sum(found.values())} rules: {found['failed']} failed, {found['passed']} passed, "
        f"{found['not_applicable']} not applicable, {found['unknown']} cannot tell"
    )


def question(report: Report) -> str | None:
    """The question whose answer settles most, with its field."""
    asked = report.next_question
    return None if asked is None else f"{asked.ask} ({asked.field}; settles {', '.join(asked.unblocks)})"


def acceptance(finding: Finding) -> str:
    """Who accepts a finding, until when and why."""
    found = finding.accepted
    return "" if found is None else f"accepted by {found.by} until {found.until}: {one_line(found.why)}"


def state(checked: Checked, finding: Finding) -> str:
    """`new`, or what got worse, seen from the baseline; nothing without one."""
    if checked.standing is None or checked.state(finding) is State.UNCHANGED:
        return ""
    reason = checked.standing.reasons.get(finding.fingerprint)
    return f"worsened, {reason}" if reason else "new"


def since(checked: Checked) -> str | None:
    """How a design stands against the baseline, in numbers; None without one."""
    found = checked.standing
    if found is None:
        return None
    parts = [f"{found.count(state)} {state.value}" for state in State]
    unclear = [f"{len(found.unclear())} no longer told"] if found.unclear() else []
    return ", ".join([*parts, *unclear, f"{len(found.resolved())} resolved since the baseline"])


def gone(checked: Checked) -> list[str]:
    """What the baseline held and is no more, one a line."""
    found = checked.standing
    lines = [] if found is None else [f"resolved: {_name(old)}" for old in found.resolved()]
    unclear = [] if found is None else found.unclear()
    return [*lines, *(f"no longer told: {_name(old)}, {_needs(old, checked.report)}" for old in unclear)]


def _name(old: Gone) -> str:
    return f"{old.held.rule} on {old.held.on}"


def _needs(old: Gone, report: Report) -> str:
    found = next(u for u in report.unknown if u.rule.id == old.held.rule and ".".join(u.address) == old.held.on)
    return needs(found)


def needs(unknown: Unknown) -> str:
    """What would settle an unknown."""
    return f"needs {listed(unknown.missing)}"


def to_do(finding: Finding) -> str:
    """What would make a finding go away, as one sentence; nothing where the rule names nothing."""
    return f"To do: {'; '.join(finding.verdict.fix)}" if finding.verdict.fix else ""


def switched_off(report: Report) -> list[str]:
    """The rules a team keeps from being asked, one a line."""
    return [
        ", ".join(filter(None, [f"switched off: {off.rule}", off.where and f"for {off.where}", one_line(off.why)]))
        for off in report.switched_off
    ]


def sentences(parts: Iterable[str]) -> str:
    """Sentences without full stops as a text of sentences."""
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)
