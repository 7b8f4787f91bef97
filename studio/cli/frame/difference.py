"""Two designs read for `tenfold diff`, and what differs."""

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from studio.analysis import Analysis
from studio.cli.frame import sources
from studio.cli.frame.baselines import held
from studio.cli.frame.sources import Source
from studio.cli.frame.worsening import worse
from studio.comparing.changes import PartChange, changes
from studio.comparing.consequences import Consequences, consequences
from studio.errors import InvalidDesign, TenfoldError
from studio.files.loading import KnownPatterns, parse
from studio.files.source_map import Lines
from studio.model.address import Address
from studio.model.design import Design
from studio.model.requirements import About
from studio.opening import library_for, settings
from studio.red_flags.report import Finding
from studio.red_flags.rule import Severity


class Worsened(NamedTuple):
    """A finding that was there before and is worse now."""

    finding: Finding
    reason: str


class Side:
    """One of the two designs."""

    def __init__(self, source: Source, analysis: Analysis) -> None:
        self.name = source.name
        self.analysis = analysis
        self._text = source.text

    @cached_property
    def _lines(self) -> Lines | None:
        return None if self._text is None else Lines(self._text)

    def line(self, address: Address) -> int | None:
        """The line of a key; None where there is no file at all."""
        return None if self._lines is None else self._lines.line(address)

    def loops(self) -> tuple[str, ...]:
        """The loops that leave it without figures, each at the line of its first connection."""
        found = self.analysis.estimates.working.load.loops
        return tuple(f"{self.name}:{self.line(('connections', o.connections[0])) or 1}: {o.sentence}" for o in found)


class Difference:
    """An old and a new design, what was changed, and what that does."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old = old
        self.new = new

    @cached_property
    def changes(self) -> tuple[PartChange, ...]:
        """What was changed; nothing when the two say the same."""
        return changes(self.old.analysis.design, self.new.analysis.design)

    @cached_property
    def does(self) -> Consequences:
        """What that does."""
        return consequences(self.old.analysis, self.new.analysis, self.changes)

    @cached_property
    def worsened(self) -> tuple[Worsened, ...]:
        """Findings of both that got worse, by the measures a baseline goes by."""
        pairs = ((now, _reason(then, now)) for then, now in self.does.flags.kept)
        return tuple(Worsened(finding, reason) for finding, reason in pairs if reason)

    @property
    def unchanged_flags(self) -> int:
        """How many findings stay as they are, accepted ones among them."""
        return len(self.does.flags.kept) - len(self.worsened)


def _reason(then: Finding, now: Finding) -> str | None:
    ranks = list(Severity)
    if ranks.index(now.severity) < ranks.index(then.severity):
        return f"it was {'an error' if then.severity is Severity.ERROR else f'a {then.severity}'}"
    if then.accepted is not None and now.accepted is None:
        return "nobody accepts it any more"
    return worse(now.rule.id, held(then).evidence, held(now).evidence)


def difference(old: str, new: str, at: str | None = None) -> Difference:
    """Two designs as the person names them, judged by one catalogue, one set of a team's rules, on one day.

    These are those of `at`, else of the place of the new design, else of the old one's. Raises `TenfoldError` with all
    that is wrong with either.
    """
    if old == new == "-":
        raise TenfoldError("both designs are “-”, and standard input is one; name the other as a file or as REV:PATH")
    found = [sources.read(name) for name in (old, new)]
    place = Path(at) if at is not None else found[1].place or found[0].place
    library = library_for(place)
    before, after = _designs(found[0], found[1], library.pattern_ids)
    first = Analysis(before, library, settings=None if place is None else settings(place, library))
    return Difference(Side(found[0], first), Side(found[1], first.instead(after)))


def _designs(old: Source, new: Source, known_patterns: KnownPatterns) -> tuple[Design, Design]:
    """Both designs; one that is not there has the name of the other. Raises `InvalidDesign` with all problems."""
    designs: list[Design | None] = []
    problems: list[str] = []
    for source in (old, new):
        try:
            designs.append(None if source.text is None else parse(source.text, source.name, known_patterns))
        except InvalidDesign as error:
            problems.append(str(error))
    if problems:
        raise TenfoldError("\n".join(problems))
    before, after = designs
    name = next((design.design.name for design in (after, before) if design is not None), "nothing")
    nothing = Design(format=1, design=About(name=name))
    return before or nothing, after or nothing
