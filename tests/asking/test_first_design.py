"""The first design: which answers call for which parts, what it says of its own guesses, and that it always loads."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.analysis import Analysis
from studio.asking.first_design import checked, first_design, open_questions
from studio.asking.guided import SOURCE, Guided
from studio.asking.questions import QUESTIONS
from studio.catalogue.library import shipped
from studio.errors import TenfoldError
from studio.exports.frame.formats import rendered
from studio.files.formatting import formatted
from studio.model.design import Design

TODAY = date(2026, 11, 21)
BUSY = {"users": "1M", "reads": "20"}


def guided(**answers: str) -> Guided:
    """Those answers, and the default for the rest; `?` leaves open."""
    found = Guided("Shop")
    while found.question is not None:
        answer = answers.get(found.question.id, "")
        found = found.left_open() if answer == "?" else found.answered(answer)
    return found


def drawn(**answers: str) -> Design:
    return first_design(guided(**answers)).design


PARTS = [
    ({}, {"client", "service", "store"}),
    (BUSY, {"client", "service", "store", "cache"}),
    (BUSY | {"consistency": "strong"}, {"client", "service", "store"}),
    (BUSY | {"reads": "4"}, {"client", "service", "store"}),
    (BUSY | {"users": "10k"}, {"client", "service", "store"}),
    (BUSY | {"users": "?"}, {"client", "service", "store"}),
    ({"later": "mail"}, {"client", "service", "store", "jobs", "worker"}),
    ({"later": "none", "files": "no"}, {"client", "service", "store"}),
    ({"files": "photos"}, {"client", "service", "store", "files"}),
    ({"outside": "pay; post"}, {"client", "service", "store", "outside-1", "outside-2"}),
]


@pytest.mark.parametrize(("answers", "parts"), PARTS)
def test_a_part_is_there_only_where_the_answers_call_for_it(answers: dict[str, str], parts: set[str]) -> None:
    assert {component.id for component in drawn(**answers).components} == parts


def test_every_part_says_why_it_is_there_and_what_is_missing_says_why_it_is_not() -> None:
    found = first_design(guided())
    assert all(component.why for component in found.design.components)
    assert [reason.split(":")[0] for reason in found.left_out] == ["no cache", "no queue", "no object store"]
    assert "6.31 reads/s at peak are fewer than 100" in found.left_out[0]


COPIES = [
    ({"users": "10k", "availability": "99%"}, 1),
    ({"users": "10k", "availability": "99.9%"}, 2),
    ({"users": "1M", "availability": "99%"}, 6),
    ({"users": "1M", "availability": "99.9%"}, 7),
    ({"users": "?", "availability": "?"}, 1),
]


@pytest.mark.parametrize(("answers", "copies"), COPIES)
def test_the_peak_and_the_availability_target_decide_how_many_copies_run(answers: dict[str, str], copies: int) -> None:
    assert drawn(**answers).component["service"].instances == copies


def test_what_nobody_said_is_an_assumption_with_its_source_and_what_was_left_open_a_question() -> None:
    design = drawn(users="500", skills="go", p99="?")
    sources = {assumption.id: assumption.source for assumption in design.assumptions}
    assert sources["default-requests"] == SOURCE
    assert "default-users" not in sources
    assert {"p99", "overview"} <= {question.id for question in design.questions}
    assert "skills" not in {question.id for question in design.questions}
    assert design.requirements.performance.p99 is None


def test_with_all_defaults_the_first_design_meets_its_targets_of_speed_and_availability() -> None:
    analysis = Analysis(drawn(), shipped(), today=TODAY)
    met = {target.target: target.met for target in analysis.estimates.targets}
    assert met["p99_ms"] is True
    assert met["availability"] is True
    assert not analysis.estimates.errors


def test_open_questions_begin_with_what_was_left_open_and_end_with_what_settles_most() -> None:
    found = open_questions(Analysis(drawn(overview="x", must="y"), shipped(), today=TODAY))
    assert found[0] == "How do callers prove who they are?"
    assert "settles" in found[-1]


ANSWERS = {
    "users": ("", "?", "0", "500", "[1k, 2M]", "900M"),
    "reads": ("", "?", "0", "0.5", "[5, 50]", "1000"),
    "requests": ("", "?", "0", "1000"),
    "availability": ("", "?", "0", "99.99%", "[0.9, 0.999]", "1"),
    "consistency": ("", "?", "strong", "eventual"),
    "must": ("?", "a; a; ä; 日本; !!!", "<b>[x](y)</b>; [components.x]"),
    "later": ("", "mail; \"quotes\" and 'more'"),
    "files": ("", "pictures"),
    "outside": ("", "pay; pay; 日本"),
    "sensitivity": ("", "?", "health"),
    "name": ("", "a \"b\" \\ 'c' # d"),
    "skills": ("", "MySQL; go"),
}


@settings(max_examples=40)
@given(st.fixed_dictionaries({id_: st.sampled_from(answers) for id_, answers in ANSWERS.items()}))
def test_whatever_is_answered_the_design_loads_is_in_layout_draws_and_checks(answers: dict[str, str]) -> None:
    found = first_design(guided(**answers))
    assert checked(found) == found.design
    assert formatted(found.text) == found.text
    analysis = Analysis(found.design, shipped(), today=TODAY)
    assert not analysis.estimates.errors
    assert "┌" in str(rendered("unicode", analysis))
    assert analysis.report.coverage()
    assert first_design(guided(**answers)).text == found.text


def test_a_way_that_is_not_at_its_end_gives_a_design_too() -> None:
    found = Guided("Shop")
    for _ in QUESTIONS:
        assert checked(first_design(found))
        try:
            found = found.answered("strong")
        except TenfoldError:
            found = found.answered("")
