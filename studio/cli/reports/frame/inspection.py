"""What was inspected: the designs that could be read, each with its findings and where they lie, and the rest told."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from studio.cli.frame.baselines import Standing, State, standing
from studio.cli.frame.lines import line_of, loop_remarks
from studio.cli.frame.reading import Opened, opened
from studio.cli.frame.remarks import Remark, remarks_of
from studio.errors import InvalidFile
from studio.red_flags.report import Finding, Report
from studio.red_flags.rule import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from studio.cli.frame.baseline_file import Baseline
    from studio.cli.reports.frame.places import Place
    from studio.cli.reports.frame.regions import Region, Regions


class Manner(NamedTuple):
    """How a report is made."""

    unknown: bool = False
    """Whether what rules could not tell is listed too."""
    colour: bool = False
    """Whether the report goes where colour is welcome; only text has any."""


class Checked:
    """One design with all its answers. `standing` is how it stands against the baseline, None where there is none."""

    def __init__(self, file: str, found: Opened, standing: Standing | None = None) -> None:
        self.file = file
        self.opened = found
        self.standing = standing

    @property
    def name(self) -> str:
        """What the design is called."""
        return self.opened.loaded.design.design.name

    @property
    def report(self) -> Report:
        """What all rules say."""
        return self.opened.analysis.report

    @cached_property
    def place(self) -> "Place":
        """Where the file lies, as others name it."""
        from studio.cli.reports.frame.places import place_of

        return place_of(self.file)

    @cached_property
    def loops(self) -> tuple[Remark, ...]:
        """What keeps the design from having figures."""
        return loop_remarks(self.file, self.opened)

    def line(self, finding: Finding) -> int:
        """The line a finding is told at."""
        return line_of(finding, self.opened)

    def region(self, line: int) -> "Region":
        """The table or the entry that begins on a line."""
        return self._regions.at(line)

    @cached_property
    def _regions(self) -> "Regions":
        from studio.cli.reports.frame.regions import Regions

        return Regions(self.opened.loaded.text)

    def state(self, finding: Finding) -> State | None:
        """What a finding is, seen from the baseline; None without one."""
        return None if self.standing is None else self.standing.states[finding.fingerprint]

    def is_held_back(self, finding: Finding) -> bool:
        """Whether the baseline knows a finding as it is."""
        return self.state(finding) is State.UNCHANGED

    def acting(self) -> tuple[Finding, ...]:
        """The findings somebody must act on: neither accepted nor held back."""
        return tuple(f for f in self.report.findings if f.accepted is None and not self.is_held_back(f))

    def held_back(self) -> tuple[Finding, ...]:
        """The findings nobody accepted that the baseline holds back."""
        return tuple(f for f in self.report.findings if f.accepted is None and self.is_held_back(f))

    def accepted(self) -> tuple[Finding, ...]:
        """The findings somebody accepts."""
        return tuple(f for f in self.report.findings if f.accepted is not None)


class Inspection(NamedTuple):
    """Everything one run of the check found."""

    checked: tuple[Checked, ...]
    broken: tuple[Remark, ...]
    """What keeps files from being read."""

    @property
    def unsolved(self) -> tuple[Remark, ...]:
        """What keeps designs from having figures."""
        return tuple(remark for one in self.checked for remark in one.loops)

    @property
    def idle(self) -> tuple[Remark, ...]:
        """Acceptances that accept nothing, and settings of a team for parts that are nowhere."""
        from studio.cli.frame.idle_acceptances import idle_acceptances
        from studio.cli.frame.idle_settings import idle_settings

        accepting = (remark for one in self.checked for remark in idle_acceptances(one.file, one.opened))
        return (*accepting, *idle_settings(one.opened for one in self.checked))

    @property
    def is_complete(self) -> bool:
        """Whether every file could be judged."""
        return not self.broken and not self.unsolved

    def fails(self, least: Severity) -> bool:
        """Whether somebody must act on a finding of this severity or a worse one."""
        ranks = list(Severity)
        return any(ranks.index(f.severity) <= ranks.index(least) for one in self.checked for f in one.acting())


def inspected(files: Iterable[str], baseline: "tuple[Path, Baseline] | None" = None) -> Inspection:
    """Reads and judges every file, once where it is named twice. A design the baseline does not know has all new."""
    checked: list[Checked] = []
    broken: list[Remark] = []
    for file in dict.fromkeys(files):
        try:
            found = opened(file)
        except InvalidFile as error:
            broken.extend(remarks_of(error))
            continue
        checked.append(Checked(file, found, _standing(file, found, baseline)))
    return Inspection(tuple(checked), tuple(dict.fromkeys(broken)))


def _standing(file: str, found: Opened, baseline: "tuple[Path, Baseline] | None") -> Standing | None:
    if baseline is None:
        return None
    from studio.cli.frame.baseline_file import key_of

    path, known = baseline
    return standing(found.analysis.report, known.get(key_of(file, path), ()))
