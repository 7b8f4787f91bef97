from collections.abc import Callable

import pytest

from studio.estimates.engine import Estimates

Estimated = Callable[..., Estimates]

SCALE = """
[requirements.scale]
daily_active_users = 1_000_000
requests_per_user_per_day = 20
reads_per_write = 9
"""
PEAK = 20e6 / 86_400 * 3
CHAIN = """
[components.user]
kind = "client"
[components.api]
kind = "service"
[components.cache]
kind = "cache"
hit_ratio = 0.9
[components.db]
kind = "database"
[connections.user-api]
from = "user"
to = "api"
[connections.api-cache]
from = "api"
to = "cache"
traffic = "reads"
[connections.api-db]
from = "api"
to = "db"
traffic = "reads"
on_miss_of = "cache"
[connections.api-db-write]
from = "api"
to = "db"
traffic = "writes"
"""


def _rates(found: Estimates, *names: str) -> list[float]:
    rates = [found.components[name].peak_rps for name in names]
    assert None not in rates
    return [rate for rate in rates if rate is not None]


def test_load_moves_from_the_clients_along_every_connection(estimated: Estimated) -> None:
    found = estimated(SCALE + CHAIN)
    assert found.traffic.peak_rps == pytest.approx(PEAK)
    assert found.traffic.peak_read_rps == pytest.approx(0.9 * PEAK)
    assert _rates(found, "user", "api", "cache") == pytest.approx([PEAK, PEAK, 0.9 * PEAK])
    db = found.components["db"]
    assert (db.peak_read_rps, db.peak_write_rps) == pytest.approx((0.09 * PEAK, 0.1 * PEAK))
    assert found.connections["api-db"].peak_rps == pytest.approx(0.09 * PEAK)


def test_load_multiplies_the_peak_and_nothing_else(estimated: Estimated) -> None:
    once, thrice = estimated(SCALE + CHAIN), estimated(SCALE + CHAIN, load=3)
    assert _rates(thrice, "api", "db") == pytest.approx([3 * rate for rate in _rates(once, "api", "db")])
    assert thrice.traffic.peak_rps == pytest.approx(3 * PEAK)
    assert thrice.traffic.average_rps == once.traffic.average_rps
    assert thrice.traffic.requests_per_day == once.traffic.requests_per_day


def test_a_cache_that_is_down_misses_always(estimated: Estimated) -> None:
    found = estimated(SCALE + CHAIN, down=("cache",))
    assert _rates(found, "db") == pytest.approx([PEAK])
    assert found.down == ("cache",)
    assert found.components["cache"].availability == 0.0
    assert found.unknown["components.cache.utilisation"] == "cache is down"


def test_a_component_that_is_down_passes_nothing_on(estimated: Estimated) -> None:
    found = estimated(SCALE + CHAIN, down=("api",))
    assert _rates(found, "api", "db", "cache") == pytest.approx([PEAK, 0, 0])


@pytest.mark.parametrize("kind", ["cdn", "cache"])
@pytest.mark.parametrize(("down", "reaching"), [((), 0.9 * 0.2 + 0.1), (("edge",), 1.0)])
def test_what_lies_behind_a_cdn_or_an_inline_cache_sees_misses_and_writes(
    estimated: Estimated, kind: str, down: tuple[str, ...], reaching: float
) -> None:
    text = f"""{SCALE}
[components.user]
kind = "client"
[components.edge]
kind = "{kind}"
hit_ratio = 0.8
[components.api]
kind = "service"
[connections.a]
from = "user"
to = "edge"
[connections.b]
from = "edge"
to = "api"
"""
    assert _rates(estimated(text, down=down), "api") == pytest.approx([reaching * PEAK])


def test_clients_share_the_load_evenly_unless_one_says_otherwise(estimated: Estimated) -> None:
    clients = (
        '[components.web]\nkind = "client"\n{}\n[components.app]\nkind = "client"\n[components.tv]\nkind = "client"\n'
    )
    assert _rates(estimated(SCALE + clients.format("")), "web", "app", "tv") == pytest.approx([PEAK / 3] * 3)
    found = estimated(SCALE + clients.format("share = 0.5"))
    assert _rates(found, "web", "app", "tv") == pytest.approx([PEAK / 2, PEAK / 4, PEAK / 4])


@pytest.mark.parametrize(("calls", "mode"), [(0.2, "sync"), (5, "sync"), (1, "async"), (2.5, "stream")])
def test_calls_per_request_multiply_and_asynchronous_calls_count(estimated: Estimated, calls: float, mode: str) -> None:
    text = f"""{SCALE}
[components.user]
kind = "client"
[components.api]
kind = "service"
[connections.a]
from = "user"
to = "api"
calls_per_request = {calls}
mode = "{mode}"
"""
    assert _rates(estimated(text), "api") == pytest.approx([calls * PEAK])


def test_with_journeys_load_moves_along_their_steps_only(estimated: Estimated) -> None:
    text = (
        SCALE
        + CHAIN
        + """
[journeys.read]
share = 0.6
traffic = "reads"
steps = ["user-api", "api-cache", "api-db"]
[journeys.write]
share = 0.1
traffic = "writes"
steps = ["user-api", "api-db-write"]
[journeys.both]
share = 0.2
steps = ["user-api", "api-db-write"]
"""
    )
    found = estimated(text)
    assert _rates(found, "api", "cache") == pytest.approx([0.9 * PEAK, 0.6 * PEAK])
    assert _rates(found, "db") == pytest.approx([(0.06 + 0.1 + 0.2 * 0.1) * PEAK])
    assert found.journeys["both"].peak_rps == pytest.approx(0.2 * PEAK)
    assert found.traffic.unassigned_rps == pytest.approx(0.1 * PEAK)
    assert any("on no journey" in note for note in found.notes)


@pytest.mark.parametrize(
    ("first", "second", "total"), [("0.9", "0.9", "1.8"), ("0.2", "0.3", "0.5"), ("1", None, None), ("0.4", None, None)]
)
def test_shares_of_clients_that_are_not_all_requests_are_told(
    first: str, second: str | None, total: str | None, estimated: Estimated
) -> None:
    shares = f'share = {first}\n[components.app]\nkind = "client"\n' + (f"share = {second}\n" if second else "")
    found = estimated(SCALE + f'[components.web]\nkind = "client"\n{shares}')
    told = [f"the shares of the clients add up to {total} of all requests, and 1 is all of them"] if total else []
    assert list(found.notes) == told


def test_a_journey_without_a_share_carries_nothing_when_others_do(estimated: Estimated) -> None:
    text = SCALE + CHAIN + '[journeys.a]\nshare = 1\nsteps = ["user-api"]\n[journeys.b]\nsteps = ["user-api"]\n'
    found = estimated(text)
    assert _rates(found, "api", "db") == pytest.approx([PEAK, 0])
    assert found.unknown["journeys.b.peak_rps"] == "share of b is not given"
    assert found.traffic.unassigned_rps == 0


def test_load_a_component_makes_by_itself_moves_on_and_does_not_grow_with_users(estimated: Estimated) -> None:
    text = f"""{SCALE}{CHAIN}
[components.nightly]
kind = "scheduler"
generates_rps = 5
[connections.n]
from = "nightly"
to = "db"
calls_per_request = 10
"""
    once, twice = estimated(text), estimated(text, load=2)
    assert _rates(once, "nightly", "db") == pytest.approx([5, 0.19 * PEAK + 50])
    assert _rates(twice, "nightly", "db") == pytest.approx([5, 0.38 * PEAK + 50])


def test_an_answer_to_a_client_is_no_new_load(estimated: Estimated) -> None:
    text = SCALE + CHAIN + '[connections.back]\nfrom = "api"\nto = "user"\n'
    assert _rates(estimated(text), "user", "api") == pytest.approx([PEAK, PEAK])


def test_a_callback_within_a_journey_is_a_loop(estimated: Estimated) -> None:
    text = SCALE + CHAIN + '[connections.loop]\nfrom = "db"\nto = "api"\n'
    text += '[journeys.j]\nshare = 1\ntraffic = "writes"\nsteps = ["user-api", "api-db-write", "loop"]\n'
    found = estimated(text)
    assert "api-db-write → loop" in found.errors[0] or "loop → api-db-write" in found.errors[0]
    assert found.components["api"].peak_rps is None


def test_an_unknown_hit_ratio_makes_only_what_lies_behind_unknown(estimated: Estimated) -> None:
    found = estimated(SCALE + CHAIN.replace("hit_ratio = 0.9\n", ""))
    assert _rates(found, "api", "cache") == pytest.approx([PEAK, 0.9 * PEAK])
    assert found.components["db"].peak_rps is None
    assert found.unknown["components.db.peak_rps"] == "hit_ratio of cache is not given"
    assert found.unknown["connections.api-db.peak_rps"] == "hit_ratio of cache is not given"
    assert found.connections["api-db-write"].peak_rps == pytest.approx(0.1 * PEAK)


def test_without_users_every_load_is_unknown_and_none_is_zero(estimated: Estimated) -> None:
    found = estimated(CHAIN)
    assert all(figures.peak_rps is None for figures in found.components.values())
    assert found.unknown["components.db.peak_rps"] == "requirements.scale.daily_active_users is not given"
    assert found.unknown["traffic.peak_rps"] == "requirements.scale.daily_active_users is not given"


def test_without_a_client_nobody_knows_where_load_enters(estimated: Estimated) -> None:
    found = estimated(SCALE + '[components.api]\nkind = "service"\n')
    assert found.components["api"].peak_rps is None
    assert "client" in found.unknown["components.api.peak_rps"]


def test_an_empty_design_has_figures_all_the_same(estimated: Estimated) -> None:
    found = estimated("")
    assert found.cost_per_month == 0
    assert found.availability is None
    assert found.unknown["availability"] == "no journey is given"
