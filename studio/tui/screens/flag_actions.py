"""Red flags: going from one to the next, what would mend one, accepting one, reading about it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from studio.edits.edit import Add, Change, Edit, Several
from studio.edits.gestures import free_id
from studio.model.address import dotted
from studio.model.records import Acceptance
from studio.tui.fixing import field_fixes
from studio.tui.screens.base import StudioBase
from studio.tui.screens.entry import Entry, Line
from studio.tui.screens.fixes import Fixes
from studio.tui.screens.page import Page, text_rows

if TYPE_CHECKING:
    from studio.red_flags.report import Finding

REVIEW = timedelta(days=180)
"""How far ahead an acceptance is proposed to be looked at again."""


class FlagActions(StudioBase):
    """Actions on findings and pages."""

    def finding(self, fingerprint: str) -> "Finding | None":
        """The finding with this fingerprint, as of now."""
        found = self.view.analysis.report.findings
        return next((finding for finding in found if finding.fingerprint == fingerprint), None)

    def action_flag(self, by: int) -> None:
        """Goes to the next open flag (or the one before) and to its box."""
        open_ = {f.fingerprint: f for f in self.view.analysis.report.findings if f.accepted is None}
        found = [open_[row.key] for row in self.estimates.flags.rows if row.key in open_]
        if not found:
            self.tell("no open flags in the list; Esc in it shows all" if open_ else "no open flags")
            return
        here = next((i for i, f in enumerate(found) if f.fingerprint == self.estimates.flags.cursor), None)
        if here is not None and not self._is_at(found[here]):
            by = 0
        finding = found[((here if here is not None else -1 if by > 0 else 0) + by) % len(found)]
        self.estimates.flags.point(finding.fingerprint)
        self.go_to(finding.address)
        self.tell(f"{finding.rule.id} {finding.verdict.message or finding.rule.title}")

    def _is_at(self, finding: "Finding") -> bool:
        subject = finding.address[:2]
        return subject[0] not in ("components", "connections") or subject == self.selection

    def show_fixes(self, fingerprint: str) -> None:
        """Shows what would mend a finding."""
        finding = self.finding(fingerprint)
        if finding is None:
            return
        known = [self.session.library.pattern(id_) for id_ in finding.rule.patterns if self._is_known(id_)]

        fields = {fix.id: fix for fix in field_fixes(finding, self.session.design)}

        def answered(answer: str | None) -> None:
            if answer == "accept":
                self.accept(fingerprint)
            elif answer == "page":
                self.show_page(f"rule:{finding.rule.id}")
            elif answer == "go":
                self.go_to(finding.address)
            elif answer is not None and answer in fields:
                self.offer_field(fields[answer])
            elif answer is not None:
                self.offer_pattern(answer, finding.address[:2])

        self.app.push_screen(Fixes(finding, known, tuple(fields.values())), answered)

    def _is_known(self, pattern: str) -> bool:
        return pattern in self.session.library.pattern_ids()

    # Accepting -------------------------------------------------------------------------------------------------

    def accept(self, fingerprint: str) -> None:
        """Asks for reason, person and date, and writes the acceptance."""
        finding = self.finding(fingerprint)
        if finding is None:
            return
        if not finding.rule.may_be_accepted:
            self.tell(f"{finding.rule.id} cannot be accepted: it must be mended")
            return
        today = self.session.analysis.today
        decisions = tuple(decision.id for decision in self.session.design.decisions)
        lines = (
            Line("why", "Why is it right to accept this?"),
            Line("by", "Who answers for it?"),
            Line("until", "When must it be looked at again?", (today + REVIEW).isoformat()),
            Line(
                "decision", "Which decision says so? (may be empty)", "", decisions, must_offer=True, may_be_empty=True
            ),
        )
        text = f"{finding.rule.id} {finding.verdict.message or finding.rule.title}"
        screen = Entry("Accept a flag", lines, judge=lambda answers: _wrong_date(answers, today), text=text)
        self.app.push_screen(screen, lambda answers: self._accepted(finding, answers))

    def _accepted(self, finding: "Finding", answers: dict[str, str] | None) -> None:
        if answers is None:
            return
        taken = [accepted.id for accepted in self.session.design.accepted]
        id_ = free_id(f"{finding.rule.id}-{finding.address[-1]}", taken)
        on = None if finding.address == ("design",) else dotted(finding.address)
        decided = answers["decision"]
        accepted = Acceptance(
            id=id_,
            flag=finding.rule.id,
            on=on,
            why=f"{answers['why']} (decision {decided})" if decided else answers["why"],
            by=answers["by"],
            until=date.fromisoformat(answers["until"]),
        )
        edits: tuple[Edit, ...] = (Add(("accepted", id_), accepted), *self._linked(decided, finding))
        if self.do(edits[0] if len(edits) == 1 else Several(f"add {id_}", edits)):
            self.tell(f"accepted {finding.rule.id} until {answers['until']}")

    def _linked(self, decision: str, finding: "Finding") -> tuple[Edit, ...]:
        """What makes a decision one about the subject of a finding; nothing where it is already."""
        about = next((found.about for found in self.session.design.decisions if found.id == decision), None)
        subject = finding.address[1] if finding.address[0] in ("components", "connections", "data", "journeys") else ""
        if about is None or not subject or subject in about:
            return ()
        return (Change(("decisions", decision), "about", (*about, subject)),)

    # Pages -----------------------------------------------------------------------------------------------------

    def show_page(self, which: str) -> None:
        """Shows the page of `pattern:id`, `technology:id` or `rule:ID`."""
        sort, _, id_ = which.partition(":")
        if sort == "rule":
            from studio.red_flags.page import text

            page = next(page for page in self.view.analysis.settings.all_pages() if page.rule.id == id_)
            self.app.push_screen(Page(id_, text_rows(text(page))))
            return
        from studio.catalogue.pages import pattern_page, technology_page

        library = self.session.library
        found = pattern_page(library.pattern(id_)) if sort == "pattern" else technology_page(library.technology(id_))
        self.app.push_screen(Page(id_, text_rows(found)))

    def explain(self, figure: str) -> None:
        """Shows where a figure comes from."""
        if figure == "complexity":
            from studio.red_flags.points import spent

            lines = (line.words for line in spent(self.view.analysis.facts) if line.points)
            self.app.push_screen(Page(figure, text_rows("\n".join(lines))))
            return
        from studio.estimates.explaining.explain import explain
        from studio.tui.screens.explanation import Explained

        analysis = self.view.analysis
        try:
            found = explain(analysis.design, analysis.estimates, figure)
        except LookupError as error:
            self.tell(str(error.args[0]) if error.args else f"nothing more is known of {figure}")
            return
        self.app.push_screen(Explained(found, analysis.estimates), self._explain_further)

    def _explain_further(self, figure: str | None) -> None:
        if figure is not None:
            self.explain(figure)


def _wrong_date(answers: dict[str, str], today: date) -> str:
    try:
        until = date.fromisoformat(answers["until"])
    except ValueError:
        return "a date is wanted, such as 2027-01-31"
    return "" if until >= today else "that date is past; an acceptance looks ahead"
