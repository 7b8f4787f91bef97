"""Options side by side, as text; and sections and records as rows."""

import tomllib

import pytest

from studio.model.design import Design
from studio.model.records import Decision
from studio.model.values import DecisionId
from studio.text import width
from studio.tui.lines.rows import Row
from studio.tui.records.sections import first_words, record_rows, section_rows, unfolded
from studio.tui.records.trade_offs import CHOSEN, trade_off_rows, window

DESIGN = Design.model_validate(
    tomllib.loads("""
format = 1
[design]
name = "Shop"
[decisions.store]
title = "Which store?"
context = "Orders must not be lost."
chosen = "sql"
why = "We know it."
[decisions.store.options.sql]
name = "One relational store"
pros = ["transactions", "known"]
cons = ["one writer"]
[decisions.store.options.wide]
name = "广泛的列存储"
pros = ["writes scale"]
[decisions.store.options.files]
cons = ["no queries at all, whatever one does about it"]
[scenarios.loss]
down = []
""")
)
STORE = DESIGN.decisions[0]
TABLE = """\
Orders must not be lost.

› One relational store    广泛的列存储            files
  ✓ chosen                wide                    files

For                     For                     For
+ transactions          + writes scale          nothing is said
+ known

Against                 Against                 Against
− one writer            nothing is said         − no queries at all,
                                                  whatever one does
                                                  about it

Why this one
We know it.
"""


def text(rows: list[Row]) -> str:
    return "\n".join("".join(span.text for span in row.spans).rstrip() for row in rows).rstrip() + "\n"


def test_options_stand_side_by_side_with_the_chosen_one_marked() -> None:
    assert text(trade_off_rows(STORE, 70)) == TABLE


@pytest.mark.parametrize("columns", [20, 40, 70, 118])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_the_table_is_never_wider_than_its_columns_and_shows_the_option_under_the_mark(columns: int, at: int) -> None:
    rows = trade_off_rows(STORE, columns, at)
    table = [row for row in rows if not row.wraps]
    assert max(width("".join(span.text for span in row.spans).rstrip()) for row in table) <= columns
    name = STORE.options[at].name or STORE.options[at].id
    assert name.split()[0] in text(rows)
    assert len({row.key for row in rows}) == len(rows)


def test_options_that_do_not_fit_are_counted() -> None:
    shown = text(trade_off_rows(STORE, 30, 1))
    assert "1 more to the left · 1 more to the right" in shown
    assert CHOSEN not in shown


@pytest.mark.parametrize(("count", "columns", "at"), [(1, 10, 0), (3, 30, 2), (9, 80, 0), (9, 80, 8), (9, 500, 4)])
def test_the_window_holds_the_option_asked_for(count: int, columns: int, at: int) -> None:
    found = window(count, columns, at)
    assert at in found
    assert found.start >= 0
    assert found.stop <= count
    assert len(found) >= 1


def test_a_decision_without_options_says_so() -> None:
    assert "no options" in text(trade_off_rows(Decision(id=DecisionId("x")), 40))


def test_sections_count_their_records_and_those_in_trouble() -> None:
    rows = {row.key: "".join(span.text for span in row.right) for row in section_rows(DESIGN, {"scenarios": 1})}
    assert rows["decisions"] == "1"
    assert rows["scenarios"] == "x1 1"
    assert rows["risks"] == "–"


def test_a_record_says_its_first_words() -> None:
    assert first_words(STORE) == "Which store?"
    assert [row.key for row in record_rows(DESIGN, "decisions", {})] == ["store"]
    assert [row.key for row in record_rows(DESIGN, "operations", {})] == ["operations"]
    assert unfolded(("decisions", "store")) == {"table:decisions.store.options"}
