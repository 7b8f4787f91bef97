"""Who waits how long for what."""

from collections.abc import Callable

import pytest

from studio.estimates.engine import Estimates

Estimated = Callable[..., Estimates]

_CHAIN = """
[components]
user = {{ kind = "client" }}
api = {{ kind = "service" }}
orders = {{ kind = "service" }}
db = {{ kind = "database" }}
mail = {{ kind = "queue" }}
[connections]
user-api = {{ from = "user", to = "api", timeout = "2 s" }}
api-orders = {{ from = "api", to = "orders"{orders} }}
orders-db = {{ from = "orders", to = "db", timeout = "500 ms", attempts = 3, backoff = "fixed"{db} }}
orders-mail = {{ from = "orders", to = "mail", mode = "async" }}
"""


def _chain(orders: str = ', timeout = "1 s"', db: str = "") -> str:
    return _CHAIN.format(orders=orders, db=db)


def test_nobody_waits_longer_than_the_shortest_timeout_above(estimated: Estimated) -> None:
    budgets = estimated(_chain()).call_budgets
    assert list(budgets) == ["user-api", "api-orders", "orders-db"]
    assert [budget.deadline_ms for budget in budgets.values()] == [2000, 1000, 500]
    assert [b.deadline_ms for b in estimated(_chain(orders=', timeout = "5 s"')).call_budgets.values()] == [
        2000, 2000, 500,
    ]  # fmt: skip


def test_what_a_callee_may_spend_is_the_worst_case_of_its_own_calls(estimated: Estimated) -> None:
    budgets = estimated(_chain()).call_budgets
    assert [budget.worst_case_ms for budget in budgets.values()] == [2000, 1000, 1700]
    assert [budget.below_ms for budget in budgets.values()] == [1000, 1700, 0]
    assert [budget.is_inverted for budget in budgets.values()] == [False, True, False]


def test_a_call_that_never_gives_up_leaves_what_is_above_it_unknown(estimated: Estimated) -> None:
    found = estimated(_chain(orders=""))
    budget = found.call_budgets["user-api"]
    assert (budget.below_ms, budget.is_inverted) == (None, None)
    assert found.unknown["call_budgets.user-api.below_ms"] == "timeout of api-orders is not given"
    assert found.call_budgets["api-orders"].deadline_ms == 2000


def test_reads_and_writes_never_wait_for_each_other(estimated: Estimated) -> None:
    found = estimated(_chain(orders=', timeout = "1 s", traffic = "reads"', db=', traffic = "writes"'))
    assert found.call_budgets["api-orders"].below_ms == 0


@pytest.mark.parametrize(("calls", "below"), [("calls_per_request = 4", 6800), ("parallel = true", 1700)])
def test_calls_count_as_often_as_they_are_made(estimated: Estimated, calls: str, below: float) -> None:
    assert estimated(_chain(db=f", {calls}")).call_budgets["api-orders"].below_ms == pytest.approx(below)


def test_how_often_a_call_is_late_is_unknown_without_the_time_of_its_callee(estimated: Estimated) -> None:
    found = estimated(_chain())
    assert found.call_budgets["orders-db"].expected_attempts is None
    assert found.unknown["call_budgets.orders-db.expected_attempts"] == "latency of db is not given"
