"""What `tenfold check --fix` set, what it left and why, and which commands would go further: in words."""

import difflib
import shlex
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from studio.analysis import Analysis
from studio.errors import EditRefused
from studio.mending import NOT_SAFE, Left, Mended
from studio.red_flags.rule import Severity

if TYPE_CHECKING:
    from studio.catalogue.entries import Pattern
    from studio.red_flags.report import Finding

MOST_NEW = 20
"""New findings that are told one by one."""
MOST_TRIED = 12
"""Patterns that are tried at most: each works the design out once."""


def as_text(file: str, done: Mended, named: frozenset[str], *, dry_run: bool) -> str:
    """What was set, what is left of the rules that were `named`, the commands of patterns, and the findings before and
    after."""
    return "\n".join(_lines(file, done, named, dry_run=dry_run))


def difference(file: str, before: str, after: str) -> str:
    """The change as a unified diff; empty when there is none."""
    was, is_ = (text.removesuffix("\n").split("\n") for text in (before, after))
    return "\n".join(difflib.unified_diff(was, is_, file, file, lineterm=""))


def _lines(file: str, done: Mended, named: frozenset[str], *, dry_run: bool) -> Iterator[str]:
    verb = "would set" if dry_run else "set"
    yield f"{file}: {verb} {_counted(len(done.kept), 'mend')}"
    for finding, mend in done.kept:
        yield f"  ✓ {finding.rule.id} {finding.on}: {mend.does}"
        if mend.because:
            yield f"      {mend.because}"
    for left in done.left:
        if left.finding.rule.id in named:
            yield from _left(left)
    others = Counter(left.finding.rule.id for left in done.left if left.mend and left.finding.rule.id not in named)
    if others:
        rules = " ".join(f"--fix {rule}" for rule in sorted(others))
        yield f"  · {_counted(others.total(), 'finding')} more by what is not safe: {rules} --unsafe"
    yield from _commands(file, done, named)
    yield from _balance(done)


def _left(left: Left) -> Iterator[str]:
    finding = left.finding
    place = f"{finding.rule.id} {finding.on}"
    if left.mend is None:
        yield f"  ✗ {place}: no field settles it by itself"
        yield from (f"      → {fix}" for fix in finding.verdict.fix)
    elif left.why == NOT_SAFE:
        yield f"  ✗ {place}: {left.why}: {left.mend.does}; --unsafe sets it"
        if left.mend.because:
            yield f"      {left.mend.because}"
    else:
        yield f"  ✗ {place}: not {left.mend.does}: {left.why}"


def _commands(file: str, done: Mended, named: frozenset[str]) -> Iterator[str]:
    """Commands that settle what is left by a pattern, where nothing has to be asked."""
    tried: Counter[str] = Counter()
    for left in done.left:
        for id_ in left.finding.rule.patterns if left.finding.rule.id in named else ():
            tried[id_] += 1
            if tried.total() > MOST_TRIED:
                return
            on = _targets(id_, left.finding, done.after)
            if on is not None:
                ids = " ".join(f"--on {name}" for name in on)
                settles = f"{left.finding.rule.id} {left.finding.on}"
                yield f"  or tenfold apply {shlex.quote(file)} {id_} {ids}  (settles {settles})"


def _targets(id_: str, finding: "Finding", analysis: Analysis) -> tuple[str, ...] | None:
    """What to apply a pattern on so that it settles a finding; None when it does not, or it is not clear on what."""
    from studio.applying import preview

    if id_ not in analysis.library.pattern_ids() or finding.address[0] not in ("components", "connections"):
        return None
    pattern = analysis.library.pattern(id_)
    on = _around(pattern, finding.address[1], analysis)
    if on is None:
        return None
    try:
        seen = preview(analysis, pattern, on, {})
    except EditRefused:
        return None
    is_met = all(need.met is not False for need in seen.needs)
    return on if is_met and f"{finding.rule.id} {finding.on}" in seen.resolved else None


def _around(pattern: "Pattern", subject: str, analysis: Analysis) -> tuple[str, ...] | None:
    """The subject, and for each other role that must be filled the only part that fits; None when several do."""
    from studio.catalogue.targets import targets_for

    found: list[str] = []
    for role in targets_for(pattern, analysis.design):
        if subject in role.ids and subject not in found:
            found.append(subject)
        elif not role.target.optional and role.ids:
            left = [name for name in role.ids if name not in (*found, subject)]
            if len(left) != 1:
                return None
            found.append(left[0])
    return tuple(found) if subject in found else None


def _balance(done: Mended) -> Iterator[str]:
    before, after = _open(done.before), _open(done.after)
    yield f"findings: {_severities(before)} → {_severities(after)}"
    new = [name for name in after if name not in before]
    yield from (f"  ! new: {after[name].value} {name}" for name in new[:MOST_NEW])
    if len(new) > MOST_NEW:
        yield f"  ! new: {len(new) - MOST_NEW} more"


def _open(analysis: Analysis) -> dict[str, Severity]:
    found = analysis.report.open(Severity.NOTE)
    return {f"{finding.rule.id} {finding.on}": finding.severity for finding in found}


def _severities(found: dict[str, Severity]) -> str:
    counts = Counter(found.values())
    return ", ".join(_counted(counts[severity], severity.value) for severity in Severity)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
