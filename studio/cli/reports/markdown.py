"""Markdown for a comment on a pull or merge request: what to act on first, the rest folded."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from studio.cli.frame.words import shown_target
from studio.cli.reports.frame import wording
from studio.cli.reports.frame.inspection import Checked, Inspection, Manner
from studio.exports.frame import escaping
from studio.red_flags.report import Finding
from studio.red_flags.rule import Severity
from studio.text import one_line, shortened

MARK: Final = "<!-- tenfold check -->"
"""The first line: by it whoever posts the comment finds the one to replace."""
MOST_CHARACTERS: Final = 60_000
"""GitHub refuses a comment of more than 65,536 characters."""
MOST_PROBLEMS: Final = 30
MOST_FRAME: Final = 250
"""Characters around the rows of a table: its title, its rule, the count of what was left out."""
WIDEST: Final = 400
"""Columns of one cell; a longer text is cut with an ellipsis."""

_ACTING: Final = re.compile(r"@(?=\w)|\\#(?=\w)|//(?=\S)|www(?=\.)", re.IGNORECASE)
"""What the two forges make a mention, a reference or a link of, wherever it stands in plain words."""


class Table(NamedTuple):
    """Rows of Markdown cells; with a title it is folded."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[str]]


def render(inspection: Inspection, manner: Manner) -> str:
    """A heading and a part for each design. What would make a comment too long is counted instead."""
    parts = [MARK, f"## {_summary(inspection)}", *_problems(inspection)]
    room = (MOST_CHARACTERS - len("\n\n".join(parts))) // max(1, len(inspection.checked))
    for number, checked in enumerate(inspection.checked):
        part = _design(checked, manner, room)
        if len("\n\n".join([*parts, part])) > MOST_CHARACTERS:
            parts.append(_more(len(inspection.checked) - number, "design"))
            break
        parts.append(part)
    return "\n\n".join(parts) + "\n"


def _problems(inspection: Inspection) -> list[str]:
    """Why something could not be judged, as one list; nothing where all could."""
    found = (*inspection.broken, *inspection.unsolved, *inspection.idle)
    lines = [f"- {words(str(remark))}" for remark in found[:MOST_PROBLEMS]]
    if len(found) > MOST_PROBLEMS:
        lines.append(f"- {_more(len(found) - MOST_PROBLEMS, 'problem')}")
    return ["\n".join(lines)] if lines else []


def _more(number: int, what: str) -> str:
    return f"… and {wording.counted(number, what)} more, which `tenfold check` lists"


def words(text: str) -> str:
    """Words of a person on one line, of bounded length, in which nothing acts: no markup, mention, reference, link."""
    safe = escaping.markdown(shortened(one_line(text), WIDEST))
    return _ACTING.sub(lambda found: f"{found.group().lstrip(chr(92))}<!-- -->", safe)


def _summary(inspection: Inspection) -> str:
    if not inspection.is_complete:
        return "tenfold: not every design can be judged"
    acting = sum(len(checked.acting()) for checked in inspection.checked)
    return f"tenfold: {wording.counted(acting, 'finding')} to act on" if acting else "tenfold: nothing to act on"


def _design(checked: Checked, manner: Manner, room: int) -> str:
    head = f"### {words(checked.name)} ({words(checked.place.path)}): {wording.counts(checked)}"
    foot = _foot(checked)
    parts = [head]
    for table in _tables(checked, manner):
        if table.rows:
            parts.append(_written(table, room - len("\n\n".join([*parts, foot]))))
    return "\n\n".join([*parts, foot])


def _tables(checked: Checked, manner: Manner) -> Iterator[Table]:
    """What to act on open, the rest folded."""
    yield Table("", ("", "finding", "what is wrong", "what to do", "where"), _each(checked.acting(), checked))
    accepted = [(_name(f), words(f.on), words(wording.acceptance(f))) for f in checked.accepted()]
    yield Table("accepted", ("finding", "on", "who accepts it, and why"), accepted)
    held = [(f.severity.value, _name(f), words(f.on)) for f in checked.held_back()]
    yield Table("held back by the baseline", ("", "finding", "on"), held)
    yield Table("no longer found", ("since the baseline",), [(words(line),) for line in wording.gone(checked)])
    unknown = checked.report.unknown if manner.unknown else ()
    open_ = [(words(u.rule.id), words(".".join(u.address)), words(wording.needs(u))) for u in unknown]
    yield Table("that nobody can tell", ("rule", "on", "what would tell"), open_)


def _each(findings: Iterable[Finding], checked: Checked) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for finding in findings:
        state = wording.state(checked, finding)
        bad = f"**{finding.severity.value}**" if finding.severity is Severity.ERROR else finding.severity.value
        fixes = "<br>".join(map(words, finding.verdict.fix))
        where = words(f"{checked.place.path}:{checked.line(finding)}")
        said = words(f"{finding.verdict.message}{f' ({state})' if state else ''}")
        rows.append((bad, f"{_name(finding)}<br>{words(finding.on)}", said, fixes, where))
    return rows


def _name(finding: Finding) -> str:
    return words(f"{finding.rule.id} {finding.rule.title}")


def _foot(checked: Checked) -> str:
    """Targets, what changed since the baseline, how far the rules saw, and what to answer next."""
    targets = checked.opened.analysis.estimates.targets
    missed = [f"missed: {words(', '.join(shown_target(target)[:3]))}" for target in targets if target.met is False]
    unknown = sum(target.met is None for target in targets)
    met = f"{sum(target.met is True for target in targets)} of {len(targets)} met"
    since, question = wording.since(checked), wording.question(checked.report)
    lines = [
        f"Targets: {'; '.join([met, *([f'{unknown} unknown'] if unknown else []), *missed])}" if targets else "",
        f"Baseline: {since}" if since else "",
        f"Coverage: {wording.coverage(checked.report)}",
        *map(words, wording.switched_off(checked.report)),
        f"Next question: {words(question)}" if question else "",
    ]
    return "\n".join(f"- {line}" for line in lines if line)


def _written(table: Table, room: int) -> str:
    """The table, with as many rows as there is room for; the rest is counted."""
    kept, size = 0, len(" ".join(table.head)) * 2 + MOST_FRAME
    while kept < len(table.rows) and size + len(" | ".join(table.rows[kept])) + 5 <= room:
        size += len(" | ".join(table.rows[kept])) + 5
        kept += 1
    lines = [_row(table.head), _row(["---"] * len(table.head)), *map(_row, table.rows[:kept])]
    text = "\n".join(lines) if kept else ""
    if kept < len(table.rows):
        text = f"{text}\n\n{_more(len(table.rows) - kept, 'row')}".lstrip()
    if not table.title:
        return text
    return f"<details><summary>{len(table.rows)} {table.title}</summary>\n\n{text}\n\n</details>"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
