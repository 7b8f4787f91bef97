"""Red flags as rows: the question that would settle most, then by severity and family or by what they are on."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from studio.red_flags.rule import Severity
from studio.tui.canvas.marks import ROLES, SIGNS
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.panes.signs import UNICODE, Signs
from studio.tui.view import View

if TYPE_CHECKING:
    from studio.red_flags.report import Finding, Report

NAMES = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.NOTE: ("note", "notes"),
}


class FlagBoard(NamedTuple):
    """How a person wants the flags shown."""

    by_subject: bool = False
    """By the component or connection they are on; else by severity and family."""
    with_notes: bool = True
    with_accepted: bool = True
    wanted: str = ""
    """Only flags with these words; all when empty."""
    signs: Signs = UNICODE


def flag_rows(view: View, board: FlagBoard = FlagBoard()) -> list[Row]:  # noqa: B008 (a frozen value)
    """The rows of the list of flags; the key of a flag is its fingerprint."""
    return list(_rows(view.analysis.report, board))


def _rows(report: "Report", board: FlagBoard) -> Iterator[Row]:
    could, asked = told(report)
    yield words("told", Span(f"{could} of {asked} checks could tell", "faint"), right=tuple(_how(board)))
    if report.next_question is not None and not board.wanted:
        question = report.next_question
        settles = f" (settles {', '.join(question.unblocks)})"
        yield row("question", Span("? ", "accent"), question.ask, Span(settles, "faint"), wraps=True, indent=2)
    open_ = [finding for finding in report.findings if finding.accepted is None and is_wanted(finding, board.wanted)]
    shown = [finding for finding in open_ if board.with_notes or finding.severity is not Severity.NOTE]
    yield from _by_subject(shown) if board.by_subject else _by_severity(shown)
    if len(shown) < len(open_):
        yield words("hidden-notes", Span(f"{len(open_) - len(shown)} {NAMES[Severity.NOTE][1]} hidden: n", "faint"))
    yield from _accepted(report, board)
    if board.wanted and not open_:
        yield words("nothing", Span("nothing fits", "faint"))


def told(report: "Report") -> tuple[int, int]:
    """How many checks could tell, and how many apply at all."""
    counted = report.coverage()
    could = counted["failed"] + counted["passed"]
    return could, could + counted["unknown"]


def is_wanted(finding: "Finding", words_typed: str) -> bool:
    """Whether a flag has every word that was typed: in its rule, its family, its subject or its sentence."""
    text = f"{finding.rule.id} {family(finding)} {finding.rule.title} {finding.on} {_what(finding)}".lower()
    return all(word in text for word in words_typed.lower().split())


def family(finding: "Finding") -> str:
    """The family of its rule: `data protection`."""
    return finding.rule.check.__module__.split(".")[-2].replace("_", " ")


def _how(board: FlagBoard) -> Iterator[Span]:
    if board.wanted:
        yield Span(f"/{board.wanted}", "accent")


def _by_severity(findings: "list[Finding]") -> Iterator[Row]:
    for severity, group in groupby(findings, key=lambda finding: finding.severity):
        found = list(group)
        yield words(f"group:{severity}", Span(f"{len(found)} {NAMES[severity][len(found) != 1]}", "title"))
        known = ""
        for finding in found:
            here = family(finding)
            said = Span(f"  {here}", "faint") if here != known else Span("")
            known = here
            yield _row(finding, f"{finding.rule.id} ", said)


def _by_subject(findings: "list[Finding]") -> Iterator[Row]:
    subjects: dict[str, list[Finding]] = {}
    for finding in findings:
        subjects.setdefault(_subject(finding), []).append(finding)
    for subject, found in subjects.items():
        yield words(f"group:{subject}", Span(subject, "title"), right=(Span(f"{len(found)}", "faint"),))
        for finding in found:
            yield _row(finding, f"{finding.rule.id} ")


def _subject(finding: "Finding") -> str:
    return finding.address[1] if len(finding.address) > 1 else "the whole design"


def _row(finding: "Finding", where: str, *said: Span) -> Row:
    sign = Span(f"{SIGNS[finding.severity]} ", ROLES[finding.severity])
    return row(finding.fingerprint, sign, Span(where, "dim"), _what(finding), *said, wraps=True, indent=2)


def _accepted(report: "Report", board: FlagBoard) -> Iterator[Row]:
    found = [f for f in report.findings if f.accepted is not None and is_wanted(f, board.wanted)]
    if not found:
        return
    if not board.with_accepted:
        yield words("hidden-accepted", Span(f"{len(found)} accepted hidden: a", "faint"))
        return
    yield words("accepted", Span(f"{len(found)} accepted", "title"))
    yield from _accepted_rows(found, board.signs)


def _accepted_rows(found: "Iterable[Finding]", signs: Signs) -> Iterator[Row]:
    for finding in found:
        said = finding.accepted
        by = f" by {said.by} until {said.until}" if said else ""
        yield row(
            finding.fingerprint, Span(f"{signs.met} ", "good"), Span(f"{_where(finding)}{by}", "dim"),
            wraps=True, indent=2,
        )  # fmt: skip


def _what(finding: "Finding") -> str:
    return finding.verdict.message or finding.rule.title


def _where(finding: "Finding") -> str:
    return f"{finding.rule.id} {finding.address[-1]}: {finding.rule.title}"
