"""Mends of findings tried out and kept: a design in, out the design with what fields alone can settle, settled.

A mend is kept when the rule no longer fails there, nothing that was mended before fails again, and no error comes that
was not there. Mends are tried together and, where that does not hold, in halves: a design of which every mend is good
is worked out once for each round.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from studio.analysis import Analysis
from studio.edits.edit import Several, applied
from studio.edits.mend import Mend
from studio.errors import EditRefused
from studio.text import listed

if TYPE_CHECKING:
    from studio.red_flags.report import Finding
    from studio.red_flags.rule import Rule

NOT_SAFE = "it is not safe"
MOST_ROUNDS = 20
"""Each round mends what the one before brought to light."""


class Kept(NamedTuple):
    """A finding and the mend that settled it."""

    finding: "Finding"
    mend: Mend


class Left(NamedTuple):
    """A finding that is still there, and why no mend settled it."""

    finding: "Finding"
    mend: Mend | None
    """The mend that was not set; None when fields alone do not settle it."""
    why: str


class Mended(NamedTuple):
    """A design before and after its mends."""

    before: Analysis
    after: Analysis
    kept: tuple[Kept, ...]
    """In the order in which they were set."""
    left: tuple[Left, ...]
    """Open findings of the rules asked for, worst first."""

    @property
    def edit(self) -> Several:
        """All mends as one step."""
        some = listed(dict.fromkeys(kept.finding.rule.id for kept in self.kept))
        return Several(f"mend {some}", tuple(kept.mend.edit for kept in self.kept))


Wanted: TypeAlias = Callable[["Rule"], bool]
"""Which rules are asked for."""


def mended(before: Analysis, is_wanted: Wanted, *, unsafe: bool = False) -> Mended:
    """The design with the open findings of some rules mended: by safe mends, or with `unsafe` by any.

    What somebody accepted is left alone.
    """
    work = _Work(before, is_wanted, unsafe=unsafe)
    for _ in range(MOST_ROUNDS):
        chosen = work.next_round()
        if not chosen:
            break
        work.keep(chosen)
    return Mended(before, work.now, tuple(work.kept), tuple(map(work.left, work.open())))


class _Work:
    """The design as it stands, what was kept and what was refused."""

    def __init__(self, before: Analysis, is_wanted: Wanted, *, unsafe: bool) -> None:
        self.now = before
        self.kept: list[Kept] = []
        self._is_wanted, self._unsafe = is_wanted, unsafe
        self._refused: dict[tuple[str, str], str] = {}

    def open(self) -> "list[Finding]":
        """The findings asked for that are there and nobody accepted."""
        found = self.now.report.findings
        return [finding for finding in found if finding.accepted is None and self._is_wanted(finding.rule)]

    def next_round(self) -> list[Kept]:
        """For each finding its first mend that was not refused; one for each field, others wait for a later round."""
        chosen, taken = [], set[tuple[tuple[str, ...], str]]()
        for finding in self.open():
            mend = next(self._choices(finding), None)
            fields = set() if mend is None else {(setting.address, setting.key) for setting in mend.settings}
            if mend is not None and not fields & taken:
                chosen.append(Kept(finding, mend))
                taken |= fields
        return chosen

    def _choices(self, finding: "Finding") -> Iterator[Mend]:
        return (
            mend
            for mend in finding.verdict.mends
            if (mend.is_safe or self._unsafe) and (finding.fingerprint, mend.does) not in self._refused
        )

    def keep(self, chosen: Sequence[Kept]) -> None:
        """Keeps as many of these as hold what they promise, all at once where possible."""
        there = {finding.fingerprint for finding in self.open()}
        chosen = [kept for kept in chosen if kept.finding.fingerprint in there]
        after, why = self._tried(chosen)
        if after is not None:
            self.now = after
            self.kept += chosen
        elif len(chosen) == 1:
            finding, mend = chosen[0]
            self._refused[finding.fingerprint, mend.does] = why
        else:
            self.keep(chosen[: len(chosen) // 2])
            self.keep(chosen[len(chosen) // 2 :])

    def _tried(self, chosen: Sequence[Kept]) -> tuple[Analysis | None, str]:
        """The design with these mends; or nothing, and why not."""
        edit = Several("mend", tuple(kept.mend.edit for kept in chosen))
        try:
            design = applied(edit, self.now.design)
        except EditRefused as error:
            return None, str(error)
        after = self.now.instead(design)
        there = {finding.fingerprint: finding for finding in after.report.findings}
        settled = (kept.finding.fingerprint for kept in (*chosen, *self.kept))
        again = next((there[fingerprint] for fingerprint in settled if fingerprint in there), None)
        if again is not None:
            return None, f"{again.rule.id} still fails on {again.on}: {again.verdict.message}"
        come = new_errors(self.now, after)
        return (None, f"it brings {come[0]}") if come else (after, "")

    def left(self, finding: "Finding") -> Left:
        """Why a finding is still there."""
        refused = [(mend, why) for mend in finding.verdict.mends if (why := self._why(finding, mend))]
        if refused:
            return Left(finding, *refused[0])
        untried = next(self._choices(finding), None)
        if untried is not None:
            return Left(finding, untried, f"{MOST_ROUNDS} rounds of mends are over; run it again")
        unsafe = next((mend for mend in finding.verdict.mends if not mend.is_safe), None)
        return Left(finding, unsafe, NOT_SAFE if unsafe else "")

    def _why(self, finding: "Finding", mend: Mend) -> str:
        return self._refused.get((finding.fingerprint, mend.does), "")


def new_errors(before: Analysis, after: Analysis) -> tuple[str, ...]:
    """The open errors that are in one report and were not in the other, as `RULE subject`."""
    known = set(_errors(before))
    return tuple(name for name in _errors(after) if name not in known)


def _errors(analysis: Analysis) -> list[str]:
    from studio.red_flags.rule import Severity

    return [f"{finding.rule.id} {finding.on}" for finding in analysis.report.open(Severity.ERROR)]
