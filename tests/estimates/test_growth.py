from collections.abc import Callable

import pytest

from studio.estimates.engine import Estimates, estimate
from studio.estimates.what_breaks.growth import growth
from studio.model.design import Design
from studio.model.document import document

Estimated = Callable[..., Estimates]

DESIGN = """
[requirements.scale]
daily_active_users = 864
requests_per_user_per_day = 100
peak_factor = 100
record_size = "1 KB"
reads_per_write = 1
{growth}
[requirements.ai]
requests_per_user_per_day = 1
input_tokens = 1000
output_tokens = 0
price_per_million_tokens = 10
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = 4
capacity_rps = 100
latency = "20 ms"
cost_per_month = 70
[components.db]
kind = "database"
instances = 30
capacity_rps = 500
latency = "2 ms"
cost_per_month = 10
[components.mail]
kind = "external"
capacity_rps = 500
latency = "2 ms"
cost_per_million_requests = 5
[connections]
user-api = {{ from = "user", to = "api" }}
api-db = {{ from = "api", to = "db" }}
api-mail = {{ from = "api", to = "mail", mode = "async" }}
[journeys.buy]
share = 1
steps = ["user-api", "api-db", "api-mail"]
"""


def _text(growth_asked: str = "") -> str:
    return DESIGN.format(growth=growth_asked)


def _ten_times(text: str) -> str:
    return text.replace("daily_active_users = 864", "daily_active_users = 8640")


def test_ten_times_is_asked_where_nobody_says(estimated: Estimated) -> None:
    found = growth(estimated(_text()).working)
    assert found is not None
    assert found.multiple == 10
    assert "default" in found.origin
    asked = growth(estimated(_text("growth = 3")).working)
    assert asked is not None
    assert (asked.multiple, asked.origin) == (3, "requirements.scale.growth in the design")


def test_frozen_instances_are_what_the_design_gives_at_that_load(estimated: Estimated) -> None:
    found, then = growth(estimated(_text()).working), estimated(_ten_times(_text()))
    assert found is not None
    assert found.frozen.over == {"api": pytest.approx(2.5), "mail": pytest.approx(2)}
    assert found.frozen.p99_ms is None
    assert found.frozen.cost_per_month == pytest.approx(then.cost_per_month)
    assert found.cost_per_month_today == pytest.approx(estimated(_text()).cost_per_month)


def test_the_sized_design_is_what_the_design_gives_with_the_instances_recommended(estimated: Estimated) -> None:
    before = estimated(_text())
    found = growth(before.working)
    assert found is not None
    recommended = estimated(_ten_times(_text())).components["api"].instances_recommended
    assert found.sized.instances == {"api": recommended}
    data = document(before.working.basis.design)
    data["components"]["api"]["instances"] = recommended
    data["requirements"]["scale"]["daily_active_users"] = 8640
    then = estimate(Design.model_validate(data))
    assert found.sized.cost_per_month == pytest.approx(then.cost_per_month)
    assert found.sized.p99_ms == pytest.approx(then.journeys["buy"].p99_ms)
    assert found.sized.cost_factor == pytest.approx((then.cost_per_month or 0) / (before.cost_per_month or 1))
    requests = 10 * 864 * 100 * 30
    assert found.sized.cost_per_thousand_requests == pytest.approx((then.cost_per_month or 0) / requests * 1000)


def test_what_a_vendor_cannot_carry_stays_over(estimated: Estimated) -> None:
    found = growth(estimated(_text()).working)
    assert found is not None
    assert list(found.sized.over) == ["mail"]


def test_storage_and_tokens_grow_with_the_load(estimated: Estimated) -> None:
    found, today = growth(estimated(_text()).working), estimated(_text())
    assert found is not None
    assert today.ai is not None
    assert found.stored_bytes_per_month == pytest.approx(10 * (today.traffic.stored_bytes_per_month or 0))
    assert found.tokens_per_month == pytest.approx(10 * (today.ai.tokens_per_month or 0))


def test_the_load_asked_for_does_not_multiply_the_growth(estimated: Estimated) -> None:
    assert growth(estimated(_text(), load=5).working) == growth(estimated(_text()).working)


def test_without_a_peak_there_is_no_growth(estimated: Estimated) -> None:
    assert growth(estimated(_text().replace("daily_active_users = 864\n", "")).working) is None
