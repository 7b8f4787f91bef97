"""The review on the screen: one question after the other, and what came of them."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content

from studio.edits.edit import Edit
from studio.model.address import Address
from studio.reviewing import MINUTES, Answer, Card, Review, accepted, asked, decided
from studio.text import shortened
from studio.tui.lines.line_list import LineList
from studio.tui.lines.rows import Row, Span, row, words
from studio.tui.screens.dialog import Dialog
from studio.tui.screens.entry import Entry, Line

if TYPE_CHECKING:
    from studio.tui.screens.review_actions import ReviewActions

AGAIN: Final = timedelta(days=180)
"""How far ahead an acceptance is proposed to be looked at again."""
WAYS: Final = {
    "d": "a decision: what is chosen, and why",
    "a": "accept the flag, with a reason",
    "o": "nobody knows: an open question",
    "g": "go there; F7 comes back to this question",
    "s": "skip it",
    "b": "back to the question before",
}


class ReviewScreen(Dialog[Address]):
    """Asks; every answer is one step of the session. The result is where the person wants to go, or None."""

    shape = "-wide"
    keys = (("Enter", "take"), ("letters", "answer"), ("Esc", "leave; F7 goes on"))

    def __init__(self, studio: "ReviewActions", review: Review, begun: float) -> None:
        super().__init__()
        self.heading = "Review"
        self._studio = studio
        self.review = review
        self._begun = begun
        self._is_over = review.card is None

    def content(self) -> ComposeResult:
        """The question, and how it may be answered."""
        yield LineList()

    def on_mount(self) -> None:
        """Shows the question; the time is told once a minute."""
        super().on_mount()
        self.show()
        self.set_interval(60, self._tell_time)

    # Showing ---------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Shows where the review stands."""
        card = self.review.card
        rows = list(_card_rows(card, self._ways(card)) if card is not None else _summary(self.review, self._studio))
        first = next((row.key for row in rows if row.can_be_chosen), None)
        shown = self.query_one(LineList)
        shown.show(rows, cursor=first)
        shown.scroll_to(0, 0, animate=False, force=True, immediate=True)
        self._tell_time()

    def _tell_time(self) -> None:
        minute = int((time.monotonic() - self._begun) / 60) + 1
        when = f"minute {minute} of {MINUTES}" if minute <= MINUTES else f"minute {minute}: the rest may wait"
        place = f"question {self.review.place + 1} of {len(self.review.cards)}" if self.review.card else "done"
        frame = self.query_one(".dialog")
        frame.border_title = Content(f" Review · {place} ")
        frame.border_subtitle = Content(f" {when} ")

    def _ways(self, card: Card) -> dict[str, str]:
        left_out = {letter for letter, is_out in (
            ("a", not self._may_be_accepted(card)), ("b", self.review.place == 0),
            ("g", not (card.about or card.sort == "unknown")),
        ) if is_out}  # fmt: skip
        return {letter: text for letter, text in WAYS.items() if letter not in left_out}

    def _may_be_accepted(self, card: Card) -> bool:
        finding = self._studio.finding(card.flag) if card.flag else None
        return finding is not None and finding.rule.may_be_accepted and finding.accepted is None

    # Answering -------------------------------------------------------------------------------------------------

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self._answer(event.key)

    def on_key(self, event: events.Key) -> None:
        """A letter answers."""
        card = self.review.card
        if card is not None and event.character and event.character in self._ways(card):
            event.stop()
            event.prevent_default()
            self._answer(event.character)

    def _answer(self, way: str) -> None:
        card = self.review.card
        if card is None:
            self.dismiss(None)
        elif way == "s":
            self._goes_on("skipped")
        elif way == "b":
            self._stands(self.review.back())
        elif way == "g":
            place = card.id.partition(":")[2].split(".") if card.sort == "unknown" else card.about
            self.dismiss(tuple(place))
        else:
            self._ask(way, card)

    def _ask(self, way: str, card: Card) -> None:
        today = self._studio.session.analysis.today
        entry = {"d": _deciding, "o": _asking, "a": _accepting}[way](card, today)

        def answered(answers: dict[str, str] | None) -> None:
            if answers is not None:
                self._write(way, card, answers, today)

        self.app.push_screen(entry, answered)

    def _write(self, way: str, card: Card, answers: dict[str, str], today: date) -> None:
        edit, answer = self._edit(way, card, answers, today)
        if edit is not None and self._studio.do(edit):
            self._goes_on(answer)
        else:
            self.show_keys((("✗", "that cannot be written down as it stands"), *self.keys))

    def _edit(self, way: str, card: Card, answers: dict[str, str], today: date) -> "tuple[Edit | None, Answer]":
        design = self._studio.session.design
        if way == "d":
            return decided(design, card, answers["chosen"], answers["instead"], answers["why"], today), "decided"
        if way == "o":
            return asked(design, card, answers["text"], answers["ask"]), "asked"
        finding = self._studio.finding(card.flag)
        if finding is None:
            return None, "accepted"
        until = date.fromisoformat(answers["until"])
        return accepted(design, finding, answers["why"], answers["by"], until), "accepted"

    def _goes_on(self, answer: Answer) -> None:
        self._stands(self.review.answered(answer))

    def _stands(self, review: Review) -> None:
        self.review = review
        self.show_keys(self.keys if review.card is not None else (("Enter", "back to the design"),))
        self.show()


def _card_rows(card: Card, ways: dict[str, str]) -> Iterator[Row]:
    yield words("question", Span(card.question, "strong"), wraps=True)
    yield words("gap", " ")
    for place, fact in enumerate(card.facts):
        yield words(f"fact:{place}", Span("· ", "faint"), Span(fact, "dim"), wraps=True, indent=2)
    yield words("gap-2", " ")
    for letter, text in ways.items():
        yield row(letter, Span(f"{letter}  ", "key"), text)


def _summary(review: Review, studio: "ReviewActions") -> Iterator[Row]:
    named: tuple[tuple[str, Answer], ...] = (
        ("decided", "decided"), ("flags accepted", "accepted"), ("open questions", "asked"), ("skipped", "skipped"),
    )  # fmt: skip
    yield words("head", Span("What came of it", "strong"))
    for name, answer in named:
        yield words(f"count:{answer}", f"{review.count(answer):>4}  {name}")
    told: tuple[tuple[Answer, str], ...] = (
        ("decided", "Decided"), ("accepted", "Accepted"), ("asked", "To be found out"),
    )  # fmt: skip
    for answer, name in told:
        cards = review.of((answer,))
        if cards:
            yield words(f"heading:{answer}", Span(name, "title"))
        for card in cards:
            yield words(f"{answer}:{card.id}", f"  {card.question}", wraps=True, indent=2)
    left = sum(finding.accepted is None for finding in studio.view.analysis.report.findings)
    yield words("left", Span(f"{left} flags are open. F4 has the records, u takes an answer back.", "dim"), wraps=True)
    yield row("done", Span("Enter", "key"), "  back to the design")


def _deciding(card: Card, today: date) -> Entry:
    del today
    lines = (
        Line("chosen", "What is chosen?"),
        Line("instead", "Instead of what? (may be empty)", may_be_empty=True),
        Line("why", "Why?"),
    )
    return Entry("A decision", lines, text=card.question)


def _asking(card: Card, today: date) -> Entry:
    del today
    lines = (
        Line("text", "What has to be found out?", shortened(card.question, 200)),
        Line("ask", "Who knows? (may be empty)", may_be_empty=True),
    )
    return Entry("An open question", lines, text=card.question)


def _accepting(card: Card, today: date) -> Entry:
    def judge(answers: dict[str, str]) -> str:
        try:
            until = date.fromisoformat(answers["until"])
        except ValueError:
            return "a date is wanted, such as 2027-01-31"
        return "" if until >= today else "that date is past; an acceptance looks ahead"

    lines = (
        Line("why", "Why is it right to accept this?"),
        Line("by", "Who answers for it?"),
        Line("until", "When must it be looked at again?", (today + AGAIN).isoformat()),
    )
    return Entry("Accept a flag", lines, judge=judge, text=card.question)
