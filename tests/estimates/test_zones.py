"""Zones that fail as a whole: six instances in two zones, and parts that stand in the same zones."""

from collections.abc import Callable

import pytest

from studio.estimates.engine import Estimates

Estimated = Callable[..., Estimates]

_SIX = """
[requirements.scale]
daily_active_users = 3
requests_per_user_per_day = 86_400
peak_factor = 1
[components.user]
kind = "client"
[components.balancer]
kind = "load-balancer"
managed = true
availability = 0.9999
[components.web]
kind = "service"
instances = 6
zones = {zones}
capacity_rps = 1
latency = "1 ms"
availability = 0.995
{web}
[components.store]
kind = "database"
instances = {stores}
zones = {zones}
capacity_rps = 3
latency = "1 ms"
availability = {store}
{web}
[connections]
user-balancer = {{ from = "user", to = "balancer" }}
balancer-web = {{ from = "balancer", to = "web" }}
web-store = {{ from = "web", to = "store" }}
[journeys.use]
share = 1
steps = ["user-balancer", "balancer-web"{more}]
"""


def _six(**changes: object) -> str:
    plain = {"zones": 2, "stores": 1, "store": 1, "web": "zone_availability = 0.9995", "more": ""}
    return _SIX.format(**{**plain, **changes})


def test_three_of_six_instances_in_two_zones(estimated: Estimated) -> None:
    found = estimated(_six())
    assert found.components["web"].instances_needed == 3
    assert 1 - (found.components["web"].availability or 0) == pytest.approx(1.5e-5, rel=0.02)
    assert 1 - (found.journeys["use"].availability or 0) == pytest.approx(1.15e-4, rel=0.005)


def test_zones_that_never_fail_make_it_sixteen_hundred_times_better(estimated: Estimated) -> None:
    found = estimated(_six(web=""))
    assert 1 - (found.components["web"].availability or 0) == pytest.approx(9e-9, rel=0.05)


def test_parts_in_the_same_zones_go_down_together(estimated: Estimated) -> None:
    """Two stores, one needed: conditioned on the zones, z = 1 − 0.9995, u and s of one zone's part.

    With both zones up, either part fails only by itself; with one up, both need that zone's half.
    """
    found = estimated(_six(stores=2, store=0.99, more=', "web-store"'))
    z, u, s = 0.0005, 0.005, 0.01
    both = (1 - _k_of_n(3, 6, u)) * (1 - s**2)
    one = (1 - u) ** 3 * (1 - s)
    works = (1 - z) ** 2 * both + 2 * z * (1 - z) * one
    assert found.journeys["use"].availability == pytest.approx(0.9999 * works, rel=1e-12)
    apart = (found.components["web"].availability or 0) * (found.components["store"].availability or 0) * 0.9999
    assert (found.journeys["use"].availability or 0) > apart


_SHARDED = """
[requirements.scale]
daily_active_users = 79
requests_per_user_per_day = 86_400
peak_factor = 1
[components.user]
kind = "client"
[components.store]
kind = "database"
instances = 2
shards = 20
zones = 2
zone_availability = 0.9995
capacity_rps = 2
latency = "1 ms"
availability = {store}
{more}
[connections]
user-store = {{ from = "user", to = "store" }}
[journeys.use]
share = 1
steps = ["user-store"]
"""


@pytest.mark.parametrize("more", ["", "common_cause = 0.1"])
def test_all_shards_stand_in_the_same_zones(estimated: Estimated, more: str) -> None:
    """Twenty shards of two copies that are both needed: one zone less stops them all at once, not each by itself."""
    found = estimated(_SHARDED.format(store=0.9999, more=more))
    assert found.components["store"].instances_needed == 2
    shared = 0.1 if more else 0.0
    shard = (1 - shared * 1e-4) * (1 - (1 - shared) * 1e-4) ** 2
    works = 0.9995**2 * shard**20
    assert found.components["store"].availability == pytest.approx(works, rel=1e-12)
    assert found.journeys["use"].availability == pytest.approx(works, rel=1e-12)


def test_shards_in_zones_are_sampled_as_they_are_estimated(estimated: Estimated) -> None:
    found = estimated(_SHARDED.format(store="[0.9998, 0.9999]", more=""))
    spread = found.ranges.figures["components.store.availability"]
    ends = [0.9995**2 * up**40 for up in (0.9998, 0.9999)]
    assert (spread.p5, spread.p95) == pytest.approx(ends, rel=1e-6)


def _k_of_n(needed: int, copies: int, down: float) -> float:
    from math import comb

    return sum(comb(copies, i) * (1 - down) ** i * down ** (copies - i) for i in range(needed))


def test_a_lost_zone_takes_its_share_of_every_part_spread_over_zones(estimated: Estimated) -> None:
    calm, lost = estimated(_six()), estimated(_six(), zone_lost=True)
    assert (calm.components["web"].instances, lost.components["web"].instances) == (6, 3)
    assert lost.components["web"].utilisation == pytest.approx(2 * (calm.components["web"].utilisation or 0))
    assert lost.components["web"].cost_per_month == calm.components["web"].cost_per_month


def test_a_part_whose_last_instance_stood_in_the_lost_zone_is_down(estimated: Estimated) -> None:
    found = estimated(_six(more=', "web-store"'), zone_lost=True)
    assert found.down == ("store",)
    assert found.components["store"].availability == 0
    assert found.journeys["use"].availability == 0
    assert found.zone_lost
