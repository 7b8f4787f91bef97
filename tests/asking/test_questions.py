"""The guided questions: every one of them can be answered, refused and left, whatever is typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.asking.guided import Guided
from studio.asking.questions import QUESTIONS, TOPICS, Question
from studio.asking.reading import read
from studio.errors import TenfoldError

BY_ID = {question.id: question for question in QUESTIONS}


def test_the_order_is_what_then_how_much_then_how_well_then_at_what_price() -> None:
    topics = (
        "functional", "scale", "performance", "availability", "consistency", "security", "cost", "constraints",
    )  # fmt: skip
    assert topics == TOPICS
    assert len(BY_ID) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question.id))
def test_a_question_says_why_and_its_default_and_its_example_are_answers(question: Question) -> None:
    assert question.ask.endswith("?")
    assert question.why
    assert question.default or question.example
    for answer in filter(None, (question.default, question.example)):
        assert read(question, answer)


READ = [
    ("users", "10_000", 10_000),
    ("users", "10,000", 10_000),
    ("users", "10k", 10_000),
    ("users", "2M", 2_000_000),
    ("users", "[10k, 30,000]", [10_000, 30_000]),
    ("peak", "2.5", 2.5),
    ("p99", "200 ms", "200 ms"),
    ("p99", "[200 ms, 1 s]", ["200 ms", "1 s"]),
    ("availability", "99.95%", "99.95%"),
    ("availability", "0.9995", 0.9995),
    ("consistency", "Strong", "strong"),
    ("must", "buy; sell ;; pay", ["buy", "sell", "pay"]),
    ("later", "none", []),
]


@pytest.mark.parametrize(("id_", "typed", "meant"), READ)
def test_an_answer_means_what_the_file_would_say(id_: str, typed: str, meant: object) -> None:
    assert read(BY_ID[id_], typed) == meant


REFUSED = [
    ("users", "many", "number"),
    ("users", "-5", "0"),
    ("users", "[3, 1]", "low"),
    ("users", "inf", ""),
    ("p99", "200", "unit"),
    ("availability", "99.9", "percentage"),
    ("availability", "101%", "ratio"),
    ("consistency", "stron", "did you mean strong?"),
    ("consistency", "xyzzy", "strong, eventual or mixed"),
    ("name", "a\x1b[31m", "control character"),
    ("overview", "x" * 2_001, "2,000"),
    ("must", ";".join("a" * 21), "21 things"),
]


@pytest.mark.parametrize(("id_", "typed", "said"), REFUSED)
def test_what_is_no_answer_is_refused_in_a_sentence(id_: str, typed: str, said: str) -> None:
    with pytest.raises(TenfoldError) as refused:
        read(BY_ID[id_], typed)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@settings(max_examples=150)
@given(st.sampled_from(QUESTIONS), st.text(max_size=40))
def test_whatever_is_typed_is_an_answer_or_refused_in_words(question: Question, typed: str) -> None:
    refusal = "none"
    try:
        read(question, typed)
    except TenfoldError as error:
        refusal = str(error)
    assert refusal
    assert "\n" not in refusal


def test_an_empty_answer_takes_the_default_and_keeps_what_was_said_before() -> None:
    guided = Guided("Shop").answered("").answered("").answered("sell")
    assert [answer.manner for _, answer in guided.answers] == ["default", "open", "said"]
    again = guided.back().answered("")
    assert again.value("must") == ["sell"]
    assert again.place == 3
    assert again.back().answered("buy").value("must") == ["buy"]


def test_only_the_name_cannot_be_left_open() -> None:
    guided = Guided("Shop").left_open().left_open()
    assert guided.value("name") == "Shop"
    assert guided.value("overview") is None


def test_the_way_ends_and_stays_at_its_ends() -> None:
    end = Guided().finished()
    assert end.question is None
    assert end.answered("x") == end
    assert end.left_open() == end
    assert Guided().back() == Guided()
