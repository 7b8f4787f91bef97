"""What must hold for any design, on random ones: a client, services that call each other, a cached store."""

import tomllib
from dataclasses import dataclass

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.estimates.conditions import Conditions
from studio.estimates.engine import Estimates, estimate
from studio.estimates.figures import all_figures
from studio.model.design import Design

_SETTINGS = settings(max_examples=40, deadline=None)


@dataclass(frozen=True)
class Plan:
    """A random design: services in a row, each calling some of the later ones, the last a store behind a cache."""

    users: int
    calls: tuple[tuple[int, int, float], ...]
    instances: tuple[int, ...]
    capacity: tuple[int, ...]
    zones: int
    variation: float

    def toml(self, *, without: str = "", more_instances: int = 0) -> str:
        lines = [
            "format = 1", "[design]", 'name = "Random"', "[requirements.scale]", f"daily_active_users = {self.users}",
            "requests_per_user_per_day = 20", "reads_per_write = 3", '[components.user]\nkind = "client"',
            '[components.cache]\nkind = "cache"\nhit_ratio = 0.8\ncapacity_rps = 90000\nlatency = "1 ms"',
            "availability = 0.999\ncost_per_month = 50",
        ]  # fmt: skip
        for i, (instances, capacity) in enumerate(zip(self.instances, self.capacity, strict=True)):
            lines += [
                f"[components.s{i}]", 'kind = "service"', f"instances = {instances + more_instances}",
                f"capacity_rps = {capacity}", 'latency = "8 ms"', "availability = 0.99", "cost_per_month = 70",
                f"zones = {self.zones}", f"service_variation = {self.variation}",
            ]  # fmt: skip
        lines.append('[connections]\nuser-s0 = { from = "user", to = "s0" }\ns0-cache = { from = "s0", to = "cache" }')
        for n, (source, target, number) in enumerate(self.calls):
            miss = ', on_miss_of = "cache"' if n % 2 else ""
            lines.append(f'c{n} = {{ from = "s{source}", to = "s{target}", calls_per_request = {number}{miss} }}')
        steps = ", ".join(f'"{name}"' for name in ("user-s0", "s0-cache", *(f"c{n}" for n in range(len(self.calls)))))
        lines.append(f'[journeys.j]\nshare = 1\ntraffic = "reads"\nsteps = [{steps}]')
        return "\n".join(line for line in lines if line != without)

    def estimates(self, *, load: float = 1.0, without: str = "", more_instances: int = 0) -> Estimates:
        text = self.toml(without=without, more_instances=more_instances)
        return estimate(Design.model_validate(tomllib.loads(text)), Conditions(load))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    size = draw(st.integers(1, 5))
    pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6)) if pairs else []
    calls = tuple((i, j, draw(st.sampled_from([0.1, 0.5, 1, 2]))) for i, j in sorted(chosen))
    instances = tuple(draw(st.lists(st.integers(1, 6), min_size=size, max_size=size)))
    capacity = tuple(draw(st.lists(st.integers(50, 2000), min_size=size, max_size=size)))
    return Plan(
        draw(st.integers(1000, 3_000_000)), calls, instances, capacity, draw(st.integers(1, 3)),
        draw(st.sampled_from([1, 0.3, 2])),
    )  # fmt: skip


def _is_at_least(more: float | None, less: float | None) -> bool:
    """Whether a figure did not fall; one that became unknown by overload has grown beyond bounds."""
    return more is None or less is None or more >= less * (1 - 1e-6)


@given(plans(), st.floats(1.01, 20))
@_SETTINGS
def test_more_load_never_lowers_utilisation_or_response_times(plan: Plan, load: float) -> None:
    before, after = plan.estimates(), plan.estimates(load=load)
    for name, figures in before.components.items():
        for figure in ("utilisation", "mean_ms", "p50_ms", "p99_ms", "instances_needed"):
            assert _is_at_least(getattr(after.components[name], figure), getattr(figures, figure))
        if figures.p99_ms is None:
            assert after.components[name].p99_ms is None
    assert _is_at_least(after.journeys["j"].p99_ms, before.journeys["j"].p99_ms)
    assert _is_at_least(after.journeys["j"].mean_ms, before.journeys["j"].mean_ms)


@given(plans())
@_SETTINGS
def test_another_instance_never_lowers_availability_when_as_many_are_needed(plan: Plan) -> None:
    before, after = plan.estimates(), plan.estimates(more_instances=1)
    for name, figures in before.components.items():
        assert figures.availability is not None
        assert after.components[name].instances_needed == figures.instances_needed
        if figures.utilisation is not None and figures.utilisation <= 1:
            better = after.components[name].availability
            assert better is not None
            assert better >= figures.availability - 1e-12


@given(plans(), st.integers(2, 9))
@_SETTINGS
def test_rates_are_linear_in_the_number_of_users(plan: Plan, times: int) -> None:
    once, more = plan.estimates(), plan.estimates(load=times)
    crowd = Plan(plan.users * times, plan.calls, plan.instances, plan.capacity, plan.zones, plan.variation).estimates()
    for found in (more, crowd):
        for name, figures in once.components.items():
            assert abs((found.components[name].peak_rps or 0) - times * (figures.peak_rps or 0)) <= 1e-9 * times * (
                figures.peak_rps or 1
            )


_REMOVABLE = st.sampled_from(
    [
        "daily_active_users",
        "hit_ratio",
        "capacity_rps",
        'latency = "8 ms"',
        "availability = 0.99",
        "cost_per_month = 70",
    ]
)


@given(plans(), _REMOVABLE)
@_SETTINGS
def test_what_is_not_given_makes_figures_unknown_and_never_other_numbers(plan: Plan, field: str) -> None:
    """One service's field, the users or the hit ratio is left out, of a design that carries its load.

    Nobody can see that a component is overloaded, and so never available, once its load or its capacity is gone.
    """
    assume(all((found.utilisation or 0.0) < 1.0 for found in plan.estimates().components.values()))
    lines = plan.toml().split("\n")
    removed = next(line for line in reversed(lines) if line.startswith(field))
    kept = list(lines)
    kept.reverse()
    kept.remove(removed)
    kept.reverse()
    before = dict(all_figures(plan.estimates()))
    after = estimate(Design.model_validate(tomllib.loads("\n".join(kept))))
    for name, value in all_figures(after):
        if name == "breaks_first.at" or value == before[name]:
            continue
        assert value is None, name
        assert after.unknown[name]


@given(plans())
@_SETTINGS
def test_the_breaking_point_is_where_it_breaks(plan: Plan) -> None:
    first = plan.estimates().breaks_first
    assert first is not None
    at_the_edge = plan.estimates(load=first.at).components[first.component].utilisation
    assert at_the_edge is not None
    assert abs(at_the_edge - 1) < 1e-9
