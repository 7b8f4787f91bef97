"""What would mend a red flag: its fixes in words, the fields and patterns that do it, or accepting it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult

from studio.catalogue.entries import Pattern
from studio.tui.canvas.marks import ROLES, SIGNS
from studio.tui.fixing import FieldFix, Fix
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from studio.red_flags.report import Finding


class Fixes(Dialog[str]):
    """The result is the id of a field to set or of a pattern to apply, `accept`, `page` or `go`."""

    shape = "-wide"
    keys = (("Enter", "take"), ("A", "accept"), ("?", "about the rule"), ("Esc", "close"))

    def __init__(self, finding: "Finding", patterns: Sequence[Pattern], fields: Sequence[Fix] = ()) -> None:
        super().__init__()
        self.heading = f"{finding.rule.id} {finding.rule.title}"
        self._finding = finding
        self._patterns = tuple(patterns)
        self._fields = tuple(fields)

    def content(self) -> ComposeResult:
        """The list."""
        yield LineList()

    def on_mount(self) -> None:
        """Shows it."""
        super().on_mount()
        self.query_one(LineList).show(list(self._rows()))

    def _rows(self) -> Iterator[Row]:
        verdict, severity = self._finding.verdict, self._finding.severity
        sign = Span(f"{SIGNS[severity]} ", ROLES[severity])
        yield words("what", sign, verdict.message or self._finding.rule.title, wraps=True, indent=2)
        for name, value in verdict.evidence.items():
            yield words(f"evidence:{name}", Span(f"  {name.replace('_', ' ')}  ", "dim"), str(value))
        if verdict.fix:
            yield words("fix", Span("what would mend it", "title"))
        for number, fix in enumerate(verdict.fix):
            yield words(f"fix:{number}", Span("· ", "accent"), fix, wraps=True, indent=2)
        yield words("do", Span("do", "title"))
        for field in self._fields:
            right = (Span("safe, tried first" if _is_safe(field) else "tried first", "faint"),)
            yield row(field.id, Span("set ", "dim"), _sets(field), right=right, wraps=True, indent=4)
        for pattern in self._patterns:
            yield row(pattern.id, Span("apply ", "dim"), pattern.name, right=(Span(pattern.family, "faint"),))
        yield row("go", "Go to it")
        if self._finding.rule.may_be_accepted:
            yield row("accept", "Accept it, with a reason", right=(Span("A", "key"),))
        yield row("page", "Read about the rule", right=(Span("?", "key"),))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)

    def on_key(self, event: events.Key) -> None:
        """The letters of the last two rows."""
        answer = {"A": "accept", "question_mark": "page"}.get(event.key)
        if answer == "page" or (answer == "accept" and self._finding.rule.may_be_accepted):
            event.stop()
            event.prevent_default()
            self.dismiss(answer)


def _sets(fix: Fix) -> str:
    """What a fix sets: all of a mend, or a field and its value, which may still be asked."""
    if not isinstance(fix, FieldFix):
        return fix.mend.does
    return f"{fix.label} = {'…' if fix.value is None else _said(fix.value)}"


def _is_safe(fix: Fix) -> bool:
    return not isinstance(fix, FieldFix) and fix.mend.is_safe


def _said(value: object) -> str:
    """A proposed value as the file would say it."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_said(inner)}' for key, inner in value.items())} }}"
    return str(value).lower() if isinstance(value, bool) else str(value)
