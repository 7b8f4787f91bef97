"""The review: made beside the keys, shown when it is ready, kept while somebody goes to look at something."""

import time
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from studio.analysis import Analysis
from studio.model.address import Address
from studio.tui.screens.flag_actions import FlagActions

if TYPE_CHECKING:
    from studio.reviewing import Card, Review
    from studio.tui.screens.review import ReviewScreen


class ReviewActions(FlagActions):
    """Begins a review, or goes on with it."""

    _review: "Review | None" = None
    _review_begun = 0.0

    class Questions(Message):
        """The questions of a review are ready."""

        def __init__(self, cards: "tuple[Card, ...]") -> None:
            super().__init__()
            self.cards = cards

    def action_review(self) -> None:
        """Asks ten minutes of questions about this design; goes on where it was left."""
        if self._review is not None:
            self._show_review(self._review)
        else:
            self.tell("making the questions of the review …")
            self._make_questions(self.session.analysis)

    @work(thread=True, exclusive=True, group="review")
    def _make_questions(self, analysis: Analysis) -> None:
        from studio.reviewing import deck

        self.post_message(self.Questions(deck(analysis)))

    @on(Questions)
    def _begin_review(self, message: Questions) -> None:
        from studio.reviewing import Review

        message.stop()
        if self.app.screen is self and self._review is None:
            self._review_begun = time.monotonic()
            self.tell("")
            self._show_review(Review(message.cards))

    def _show_review(self, review: "Review") -> None:
        from studio.tui.screens.review import ReviewScreen

        screen = ReviewScreen(self, review, self._review_begun)
        self.app.push_screen(screen, lambda address: self._review_left(screen, address))

    def _review_left(self, screen: "ReviewScreen", address: Address | None) -> None:
        self._review = screen.review if screen.review.card is not None else None
        if address:
            self.go_to(address)
        self.tell(
            "F7 goes on with the review" if self._review is not None else "the review is done; F4 has its records"
        )
