import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.estimates.engine import Estimates
from studio.estimates.explaining.explanation import Lookup
from studio.estimates.explaining.of_error_budget import ERROR_BUDGET_RULES
from studio.estimates.sides.error_budget import dependencies_below, error_budget
from studio.estimates.sides.results import ErrorBudget

Estimated = Callable[..., Estimates]
_GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "golden" / "availability.json").read_text()
)

DESIGN = """
[requirements.scale]
daily_active_users = 100_000
requests_per_user_per_day = 1
[requirements.availability]
target = {target}
[components.user]
kind = "client"
[components.vendor]
kind = "external"
managed = true
availability = {availability}
[components.mailer]
kind = "external"
managed = true
availability = 0.9
[connections.call]
from = "user"
to = "vendor"
[connections.mail]
from = "user"
to = "mailer"
hard = false
[journeys.use]
share = 1
steps = ["call", "mail"]
"""


def _found(estimates: Estimates) -> tuple[ErrorBudget | None, dict[str, str]]:
    unknown = dict(estimates.unknown)
    return error_budget(estimates.working, estimates.availability, unknown), unknown


def _budget(estimated: Estimated, target: float, availability: float = 0.9999, **asked: Any) -> ErrorBudget:
    found, _ = _found(estimated(DESIGN.format(target=target, availability=availability), **asked))
    assert found is not None
    return found


@pytest.mark.parametrize("row", _GOLDEN["error_budget"], ids=lambda row: "-".join(map(str, row))[:60])
def test_published_error_budgets(estimated: Estimated, row: dict[str, Any]) -> None:
    found = _budget(estimated, row["slo"])
    minutes = row["budget_s"] / 60 if "budget_s" in row else row.get("budget_min")
    if minutes is not None:
        assert found.minutes_per_month == pytest.approx(minutes, rel=1e-9)
    if "hours_to_exhaust" in row:
        assert found.hours_at_fast_burn == pytest.approx(row["hours_to_exhaust"], rel=1e-9)
    if "allowed_failures" in row:
        assert found.requests_per_month == pytest.approx(3 * row["allowed_failures"], rel=1e-9)


@pytest.mark.parametrize("row", _GOLDEN["nines"], ids=lambda row: str(row["availability"]))
def test_published_nines(estimated: Estimated, row: dict[str, Any]) -> None:
    found = _budget(estimated, 0.99, row["availability"])
    assert found.nines == pytest.approx(row["nines"], rel=1e-9)
    assert found.used_share == pytest.approx((1 - row["availability"]) / 0.01, rel=1e-9)


def test_each_of_ten_dependencies_must_be_a_nine_better(estimated: Estimated) -> None:
    row = _GOLDEN["rule_of_extra_nine"][0]
    found = _budget(estimated, row["service"])
    assert found.dependency_availability == pytest.approx(row["per_dependency"], rel=1e-12)


@pytest.mark.parametrize(("availability", "share", "days"), [(0.9995, 0.5, 60), (0.999, 1, 30), (0.997, 3, 10)])
def test_a_design_spends_its_share_of_the_budget(
    estimated: Estimated, availability: float, share: float, days: float
) -> None:
    found = _budget(estimated, 0.999, availability)
    assert found.used_share == pytest.approx(share)
    assert found.days_until_spent == pytest.approx(days)


def test_a_higher_peak_lets_no_more_requests_fail(estimated: Estimated) -> None:
    calm, busy = (_budget(estimated, 0.999, load=load).requests_per_month for load in (1, 10))
    assert calm == busy


def test_without_a_target_there_is_no_budget(estimated: Estimated) -> None:
    text = DESIGN.format(target=0.9, availability=0.9).replace("target = 0.9\n", "")
    found, unknown = _found(estimated(text))
    assert found is None
    assert unknown["error_budget.minutes_per_month"] == "requirements.availability.target is not given"


def test_a_target_of_always_leaves_nothing_to_fail(estimated: Estimated) -> None:
    found, unknown = _found(estimated(DESIGN.format(target=1, availability=0.99)))
    assert found is not None
    assert (found.minutes_per_month, found.requests_per_month, found.used_share) == (0, 0, None)
    assert unknown["error_budget.used_share"] == "a target of 100 % leaves nothing to fail"


def test_what_never_fails_never_spends(estimated: Estimated) -> None:
    found, unknown = _found(estimated(DESIGN.format(target=0.99, availability=1)))
    assert found is not None
    assert (found.used_share, found.days_until_spent, found.nines) == (0, None, None)
    assert unknown["error_budget.days_until_spent"] == "nothing ever fails by the numbers given"


def test_what_is_always_down_has_no_nines(estimated: Estimated) -> None:
    found = _budget(estimated, 0.99, down=("vendor",))
    assert found.nines == 0
    assert found.used_share == pytest.approx(100)


def test_an_unknown_availability_spends_an_unknown_share(estimated: Estimated) -> None:
    text = DESIGN.format(target=0.99, availability=0.5).replace("availability = 0.5\n", "")
    found, unknown = _found(estimated(text))
    assert found is not None
    assert found.used_share is None
    assert unknown["error_budget.used_share"] == "availability of vendor is not given"


@pytest.mark.parametrize(("target", "below"), [(0.999, ()), (0.9995, ("vendor",)), (0.9, ())])
def test_only_hard_dependencies_that_promise_too_little_are_named(
    estimated: Estimated, target: float, below: tuple[str, ...]
) -> None:
    working = estimated(DESIGN.format(target=target, availability=0.9999)).working
    assert dependencies_below(working) == below


@pytest.mark.parametrize("target", [0.9, 0.99999, 1])
@pytest.mark.parametrize("availability", [0, 0.5, 1])
def test_every_unknown_figure_has_its_reason(estimated: Estimated, target: float, availability: float) -> None:
    found, unknown = _found(estimated(DESIGN.format(target=target, availability=availability)))
    for figure in ErrorBudget._fields:
        assert (getattr(found, figure) is None) == bool(unknown.get(f"error_budget.{figure}"))


def test_every_figure_explains_itself(estimated: Estimated) -> None:
    lookup = Lookup(estimated(DESIGN.format(target=0.999, availability=0.9999)))
    assert set(ERROR_BUDGET_RULES) == set(ErrorBudget._fields)
    for rule in ERROR_BUDGET_RULES.values():
        explained = rule(lookup)
        assert explained.formula
        assert explained.source
        assert all(given.origin for given in explained.inputs)
