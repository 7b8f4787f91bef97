from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.estimates.as_json import plain
from studio.estimates.conditions import Conditions
from studio.estimates.engine import Estimates, estimate
from studio.estimates.sides.limits import limits
from studio.estimates.what_breaks.ladder import Rung, ladder
from studio.model.design import Design
from studio.model.document import document

Described = Callable[[str], Design]

SHOP = """
[requirements.scale]
daily_active_users = 864
requests_per_user_per_day = 100
peak_factor = {peak}
[requirements.cost]
budget_per_month = {budget}
[components.user]
kind = "client"
[components.api]
kind = "service"
instances = {instances}
capacity_rps = {capacity}
latency = "{latency} ms"
availability = 0.999
cost_per_month = 70
[components.db]
kind = "database"
capacity_rps = {store}
latency = "2 ms"
availability = 0.999
cost_per_month = 500
{more}
[connections.user-api]
from = "user"
to = "api"
[connections.api-db]
from = "api"
to = "db"
calls_per_request = {calls}
{call}
[journeys.buy]
share = 1
steps = ["user-api", "api-db"]
{journey}
"""
PLAIN = {
    "peak": 100, "budget": 1_000_000, "instances": 4, "capacity": 100, "latency": 20, "store": 500, "calls": 1,
    "more": "", "call": "", "journey": "",
}  # fmt: skip


def _shop(**asked: object) -> str:
    return SHOP.format(**(PLAIN | asked))


def _rungs(design: Design) -> tuple[Rung, ...]:
    return ladder(estimate(design).working)


def _with(design: Design, rungs: Sequence[Rung]) -> Design:
    """The design with the fixes of these rungs."""
    data = document(design)
    for rung in rungs:
        for change in rung.changes:
            table = data
            for part in change.on.split("."):
                table = table[part]
            if isinstance(table.get(change.field), dict) and change.field == "max":
                table = table[change.field]
            table[change.field] = change.after
    return Design.model_validate(data)


def _at(design: Design, load: float) -> Estimates:
    return estimate(design, Conditions(load))


def _with_users(design: Design, load: float) -> Estimates:
    """At a multiple of today's use, not of its peak alone: a bill is that of use."""
    data = document(design)
    data["requirements"]["scale"]["daily_active_users"] *= load
    return estimate(Design.model_validate(data))


def _is_over(found: Estimates, rung: Rung) -> bool:
    if rung.what == "cost_per_month":
        found = _with_users(found.working.basis.design, found.load)
        cost, budget = found.cost_per_month, found.working.basis.design.requirements.cost.budget_per_month
        return cost is not None and budget is not None and cost > float(str(budget)) * (1 + 1e-6)
    if rung.what.endswith("_ms"):
        return next(target for target in found.targets if target.target == rung.what).met is False
    if rung.what.endswith(".utilisation"):
        return found.working.is_overloaded(rung.subject)
    share = {limit.path: limit.share for limit in limits(found.working)}[rung.what]
    return share is not None and share >= 1


def _first(rungs: Sequence[Rung], what: str) -> Rung:
    return next(rung for rung in rungs if rung.what == what)


def test_what_is_fullest_breaks_first_and_what_it_hid_breaks_next(design: Described) -> None:
    rungs = _rungs(design(_shop()))
    assert [(round(rung.at, 9), rung.subject) for rung in rungs[:4]] == [(4, "api"), (5, "db"), (8, "api"), (10, "db")]
    assert rungs[0].why == "api is full: 400 requests/s arrive and its 4 copies serve 400"
    assert rungs[0].fix == "8 instances of api instead of 4"
    assert rungs[0].changes == (("components.api", "instances", 4, 8),)
    assert rungs[0].cost_per_month == pytest.approx(8 * 70 + 500)
    assert rungs[0].holds_until == pytest.approx(8)
    assert rungs[0].inputs["components.api.peak_rps"] == pytest.approx(400)


def test_a_ladder_ends_at_a_hundred_times_the_peak(design: Described) -> None:
    assert not _rungs(design(_shop(instances=400, store=40_000)))
    assert max(rung.at for rung in _rungs(design(_shop()))) <= 100


def test_what_is_broken_already_stands_below_one_and_is_mended_for_twice_today(design: Described) -> None:
    rung = _rungs(design(_shop(instances=1, peak=200)))[0]
    assert rung.subject == "api"
    assert rung.at == pytest.approx(0.5)
    assert rung.changes[0].after == 4


@pytest.mark.parametrize(
    ("reads_per_write", "field"), [(99, "read_replicas"), (0.01, "shards")], ids=["reads", "writes"]
)
def test_a_store_gets_replicas_for_reads_and_shards_for_writes(
    design: Described, reads_per_write: float, field: str
) -> None:
    text = _shop().replace("peak_factor", f"reads_per_write = {reads_per_write}\npeak_factor")
    assert _first(_rungs(design(text)), "components.db.utilisation").changes[0].field == field


def test_a_vendor_is_asked_for_more(design: Described) -> None:
    text = _shop(more="managed = true\nquota_rps = 300").replace("cost_per_month = 500\n", "")
    rungs = _rungs(design(text))
    assert rungs[0].what == "components.db.quota_rps"
    assert rungs[0].fix == "ask the vendor of db for 601 requests/s instead of 300"
    assert _first(rungs, "components.db.utilisation").fix.startswith("ask the vendor of db for 1,000 requests/s")


def test_a_fix_within_autoscale_says_so(design: Described) -> None:
    text = _shop().replace("instances = 4", "instances = 4\nautoscale = { max = 10 }")
    rungs = [rung for rung in _rungs(design(text)) if rung.subject == "api"]
    assert rungs[0].fix == "8 instances of api instead of 4 (within autoscale.max 10)"
    assert rungs[1].fix == "16 instances of api instead of 8 (beyond autoscale.max 10)"


def test_more_instances_open_more_connections_than_the_store_accepts(design: Described) -> None:
    text = _shop(more="max_connections = 100").replace("instances = 4", "instances = 4\npool_size = 20")
    rungs = _rungs(design(text))
    assert [rung.what for rung in rungs[:2]] == ["components.api.utilisation", "components.db.max_connections"]
    assert [rung.at for rung in rungs[:2]] == pytest.approx([4, 4])
    assert rungs[1].why == "the pools of api open 160 connections and db accepts 100"
    assert "or a pooler" in rungs[1].fix


def test_the_fixes_of_lower_rungs_run_up_to_the_budget_once(design: Described) -> None:
    rungs = _rungs(design(_shop(budget=1_500)))
    over = [rung for rung in rungs if rung.subject == "cost"]
    assert len(over) == 1
    assert over[0].at == pytest.approx(5)
    assert over[0].why == "a month costs 1,560, more than the 1,500 there are"
    assert over[0].changes == (("requirements.cost", "budget_per_month", 1_500, 1_560),)


def test_tokens_grow_into_the_budget(design: Described) -> None:
    tokens = (
        "[requirements.ai]\nrequests_per_user_per_day = 1\ninput_tokens = 1000\noutput_tokens = 0\n"
        "price_per_million_tokens = 1\n"
    )
    rung = _rungs(design(tokens + _shop(budget=780 + 25.92 * 3)))[0]
    assert rung.subject == "cost"
    assert rung.at == pytest.approx(3, rel=1e-5)


def test_a_percentile_no_copies_cure_is_said_and_left(design: Described) -> None:
    rungs = _rungs(design(_shop(journey='p99 = "60 ms"')))
    assert (rungs[0].what, rungs[0].at, rungs[0].changes) == ("journeys.buy.p99_ms", 0, ())
    assert "shorten the latency of api" in rungs[0].fix
    assert rungs[0].holds_until is None
    assert len([rung for rung in rungs if rung.subject == "buy"]) == 1
    assert len(rungs) > 1


def test_a_percentile_breaks_before_anything_is_full(design: Described) -> None:
    given_design = design(_shop(journey='p99 = "200 ms"'))
    rung = _rungs(given_design)[0]
    assert rung.what == "journeys.buy.p99_ms"
    assert rung.at < 4
    assert not _is_over(_at(given_design, rung.at * 0.999), rung)
    assert _is_over(_at(given_design, rung.at * 1.001), rung)


def test_retries_make_a_callee_collapse_before_it_is_full(design: Described) -> None:
    call = 'timeout = "60 ms"\nattempts = 3'
    given_design = design(_shop(call=call, instances=40))
    rung = _rungs(given_design)[0]
    assert rung.subject == "db"
    assert 1 < rung.at < 5
    assert "collapses under retries" in rung.why
    assert not _is_over(_at(given_design, rung.at * 0.99), rung)
    assert _is_over(_at(given_design, rung.at * 1.01), rung)


def test_held_workers_break_before_the_capacity(design: Described) -> None:
    text = _shop().replace("instances = 4", "instances = 4\nblocking = true").replace('"2 ms"', '"40 ms"')
    given_design = design(text)
    rung = _first(_rungs(given_design), "components.api.workers")
    assert rung.at < 4
    assert not _is_over(_at(given_design, rung.at * 0.999), rung)
    assert _is_over(_at(given_design, rung.at * 1.001), rung)


def test_a_stated_limit_that_grows_with_load_breaks_in_proportion(design: Described) -> None:
    limits_table = "limits.files = { now = 40, max = 100, grows_with = 'load' }"
    rung = _rungs(design(_shop(more=limits_table)))[0]
    assert rung.what == "components.db.limits.files"
    assert rung.at == pytest.approx(2.5)
    assert rung.changes[0].after == pytest.approx(201, abs=1)


def test_the_data_are_plain(design: Described) -> None:
    found = plain(_rungs(design(_shop()))[0])
    assert list(found) == [
        "at", "what", "subject", "why", "fix", "changes", "cost_per_month", "holds_until", "inputs",
    ]  # fmt: skip
    assert found["changes"] == [{"on": "components.api", "field": "instances", "before": 4, "after": 8}]


def test_absurd_numbers_in_a_cycle_have_a_ladder(design: Described) -> None:
    text = _shop(peak=1e19, capacity=1e-6, call='attempts = 50\ntimeout = "1 ms"')
    text += "[connections.db-api]\nfrom = 'db'\nto = 'api'\ncalls_per_request = 0.9\nattempts = 3\ntimeout = '1 s'\n"
    rungs = _rungs(design(text.replace('"api-db"]', '"api-db", "db-api"]')))
    assert rungs
    assert all(0 <= rung.at <= 100 for rung in rungs)


def test_unknown_load_breaks_nothing(design: Described) -> None:
    assert not _rungs(design(_shop().replace("daily_active_users = 864\n", "")))


shops = st.builds(
    _shop,
    peak=st.sampled_from([20, 100, 700]),
    budget=st.sampled_from([900, 5_000, 1_000_000]),
    instances=st.integers(1, 6),
    capacity=st.sampled_from([60, 100, 250]),
    latency=st.sampled_from([5, 20]),
    store=st.sampled_from([300, 500, 2_000]),
    calls=st.sampled_from([0.2, 1, 3]),
    more=st.sampled_from(["", "quota_rps = 700", "max_connections = 90", "hot_share = 0.7\nshards = 2"]),
    call=st.sampled_from(["", 'timeout = "80 ms"\nattempts = 2']),
    journey=st.sampled_from(["", 'p99 = "250 ms"', 'p99 = "90 ms"']),
)


@settings(max_examples=25, deadline=None)
@given(text=shops)
def test_rungs_rise_and_below_the_first_nothing_is_over(design: Described, text: str) -> None:
    given_design = design(text)
    rungs = _rungs(given_design)
    assert [rung.at for rung in rungs] == sorted(rung.at for rung in rungs)
    assert len({(rung.subject, rung.at) for rung in rungs}) == len(rungs)
    if rungs and rungs[0].at > 0.01:
        below = _at(given_design, rungs[0].at * 0.998)
        assert not any(_is_over(below, rung) for rung in rungs)


@settings(max_examples=25, deadline=None)
@given(text=shops)
def test_with_the_fixes_made_what_broke_is_whole_again(design: Described, text: str) -> None:
    given_design = design(text)
    rungs = _rungs(given_design)
    for number, rung in enumerate(rungs[:6]):
        if rung.changes:
            mended = _at(_with(given_design, rungs[: number + 1]), max(rung.at, 0.01))
            assert not _is_over(mended, rung), rung


@settings(max_examples=25, deadline=None)
@given(text=shops, low=st.floats(0.1, 20), more=st.floats(1, 5))
def test_more_load_never_lowers_a_utilisation(design: Described, text: str, low: float, more: float) -> None:
    before, after = _at(design(text), low).components, _at(design(text), low * more).components
    for name in ("api", "db"):
        assert (after[name].utilisation or 0) >= (before[name].utilisation or 0) * (1 - 1e-6)
