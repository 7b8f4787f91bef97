"""The questions of a review, and its answers as edits."""

from datetime import date
from pathlib import Path

import pytest

from studio.analysis import Analysis
from studio.edits.edit import applied
from studio.model.kinds import KINDS
from studio.reviewing import MOST, Card, Review, accepted, asked, decided, deck
from studio.session import Session

TODAY = date(2027, 1, 31)


def analysis_of(text: str) -> Analysis:
    session = Session.from_text(text, Path("design.toml"))
    return Analysis(session.design, session.library, today=TODAY)


def sample(name: str) -> Analysis:
    session = Session.from_sample(name, Path("design.toml"))
    return Analysis(session.design, session.library, today=TODAY)


EMPTY = 'format = 1\n[design]\nname = "Empty"\n'
SHOP = (
    EMPTY
    + """
[requirements.scale]
daily_active_users = 100_000
requests_per_user_per_day = 20
[components.client]
kind = "client"
[components.api]
kind = "service"
technology = "python"
capacity_rps = 200
latency = "20 ms"
[components.db]
kind = "database"
technology = "postgresql"
capacity_rps = 900
latency = "5 ms"
[connections.client-api]
from = "client"
to = "api"
[connections.api-db]
from = "api"
to = "db"
[journeys.order]
share = 1
steps = ["client-api", "api-db"]
"""
)


@pytest.mark.parametrize("name", ["url_shortener", "notification_system"])
def test_a_review_of_a_sample_asks_several_kinds_of_questions_and_always_the_same(name: str) -> None:
    cards = deck(sample(name))
    assert 5 <= len(cards) <= MOST
    assert len({card.sort for card in cards}) >= 4
    assert len({card.id for card in cards}) == len(cards)
    assert [card.weight for card in cards] == sorted((card.weight for card in cards), reverse=True)
    assert deck(sample(name)) == cards


def test_an_empty_design_is_asked_what_it_is_for() -> None:
    assert [card.sort for card in deck(analysis_of(EMPTY))][-1] == "purpose"


def test_a_shop_is_asked_about_every_side() -> None:
    cards = {card.id: card for card in deck(analysis_of(SHOP))}
    assert {"loss:db", "why:db", "owner:api", "slow:api-db", "growth"} <= set(cards)
    assert cards["loss:db"].facts[0] == "what stops: order, 100 % of all requests"
    assert "no timeout" in cards["slow:api-db"].facts[0]


def test_no_more_is_asked_than_there_is_time_for() -> None:
    boxes = "".join(f'[components.{kind}]\nkind = "{kind}"\ntechnology = "x"\n' for kind in KINDS)
    assert len(deck(analysis_of(EMPTY + boxes))) <= MOST
    assert len(deck(analysis_of(SHOP), most=3)) == 3


def card_of(cards: tuple[Card, ...], id_: str) -> Card:
    return next(card for card in cards if card.id == id_)


def test_an_answer_becomes_a_decision_with_its_alternative() -> None:
    found = analysis_of(SHOP)
    card = card_of(deck(found), "why:db")
    design = applied(decided(found.design, card, "PostgreSQL", "DynamoDB", "orders need joins", TODAY), found.design)
    decision = design.decisions[-1]
    assert decision.title == card.question
    assert (decision.chosen, decision.why, decision.about, decision.decided) == (
        "postgresql", "orders need joins", ("db",), TODAY,
    )  # fmt: skip
    assert [option.name for option in decision.options] == ["PostgreSQL", "DynamoDB"]
    again = decided(design, card, "?", "", "why not", TODAY)
    assert again.address[-1] != decision.id
    assert applied(again, design).decisions[-1].options[0].name == "?"


def test_a_decision_takes_its_question_from_the_review() -> None:
    found = analysis_of(SHOP)
    card = card_of(deck(found), "why:db")
    design = applied(decided(found.design, card, "PostgreSQL", "DynamoDB", "joins", TODAY), found.design)
    after = Analysis(design, found.library, today=TODAY)
    assert "why:db" not in {other.id for other in deck(after)}


def test_what_nobody_knows_becomes_an_open_question() -> None:
    found = analysis_of(SHOP)
    card = card_of(deck(found), "growth")
    design = applied(asked(found.design, card, "Who pays for ten times as much?", ""), found.design)
    assert (design.questions[-1].text, design.questions[-1].ask) == ("Who pays for ten times as much?", None)


def test_an_accepted_flag_is_accepted() -> None:
    found = sample("url_shortener")
    card = next(card for card in deck(found) if card.sort == "flag")
    finding = next(finding for finding in found.report.findings if finding.fingerprint == card.flag)
    edit = accepted(found.design, finding, "The vendor promises it", "Web team", date(2027, 6, 1))
    after = Analysis(applied(edit, found.design), found.library, today=TODAY)
    assert next(other for other in after.report.findings if other.fingerprint == card.flag).accepted is not None


def test_a_review_goes_through_its_cards_and_counts() -> None:
    review = Review(deck(analysis_of(SHOP), most=3))
    first = review.card
    review = review.answered("decided").answered("skipped")
    assert review.back().back().card == first
    assert (review.count("decided"), review.count("skipped")) == (1, 1)
    again = review.back().answered("asked")
    assert (again.count("skipped"), again.count("asked")) == (0, 1)
    over = again.answered("skipped")
    assert over.card is None
    assert over.answered("skipped") == over
    assert over.of(("decided",)) == (first,)
