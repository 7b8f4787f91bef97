"""How long all figures of a point estimate take, against a floor in the same run: the design's bare arithmetic.

The floor carries load along the same calls and works out the same Erlang C, means and three percentiles for each
component in one plain loop over tuples of floats: no model, no reasons, no journeys. Run it with
`.venv/bin/python bench/estimates.py`; machines are noisy, so the ratios of turn-by-turn pairs count. «Main» are the
figures of components, connections, journeys, the whole and its cost with their targets; «all» has the side figures too.
"""

import math
import statistics
import sys
import time
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from studio.estimates.engine import estimate
from studio.estimates.figures import all_figures
from studio.model.design import Design

ROUNDS = 15
SIZES = (100, 1000)
BUDGETS = {100: 0.005, 1000: 0.03}
"""Seconds allowed for the main figures, by components, without journeys."""
MAIN = (
    "traffic", "ai", "components", "connections", "journeys", "availability", "downtime_minutes_per_month", "p50_ms",
    "p99_ms", "cost_per_month", "breaks_first", "targets",
)  # fmt: skip
STEPS = 8
PEAK = 3000.0


def connections(size: int) -> list[tuple[int, int, float]]:
    """Caller, callee and calls for each request: every component calls the next one of its chain and a shared store."""
    found = []
    for i in range(size):
        if (i + 1) % STEPS and i + 1 < size:
            found.append((i, i + 1, 0.5 + 0.5 * (i % 2)))
        if i % 3 == 0 and i + STEPS < size:
            found.append((i, i + STEPS, 0.25))
    return found


def design(size: int, *, with_journeys: bool) -> Design:
    """Chains of services behind one client; each chain with a journey, when asked for."""
    heads = range(0, size, STEPS)
    lines = [
        "format = 1", "[design]", 'name = "Generated"', "[requirements.scale]",
        f"daily_active_users = {PEAK}", "requests_per_user_per_day = 86400", "peak_factor = 1",
        '[components.user]\nkind = "client"',
    ]  # fmt: skip
    for i in range(size):
        lines += [
            f"[components.s{i}]", 'kind = "service"', f"instances = {2 + i % 5}", "workers = 16",
            "capacity_rps = 4000", 'latency = "4 ms"', "availability = 0.999", "cost_per_month = 80",
        ]  # fmt: skip
    lines.append("[connections]")
    entering = 1 if with_journeys else 1 / len(heads)  # a journey has its share; without, load is split here
    lines += [f'u{i} = {{ from = "user", to = "s{i}", calls_per_request = {entering} }}' for i in heads]
    for i, j, calls in connections(size):
        lines.append(f'c{i}-{j} = {{ from = "s{i}", to = "s{j}", calls_per_request = {calls}, timeout = "1 s" }}')
    if with_journeys:
        for i in heads:
            steps = [f'"u{i}"', *(f'"c{j}-{j + 1}"' for j in range(i, min(i + STEPS, size) - 1))]
            lines.append(f"[journeys.j{i}]\nshare = {1 / len(heads)}\nsteps = [{', '.join(steps)}]")
    return Design.model_validate(tomllib.loads("\n".join(lines)))


def floor(size: int, calls: list[tuple[int, int, float]]) -> float:
    """The bare arithmetic: load, utilisation, Erlang C, mean and three percentiles of every component."""
    rates, total = [0.0] * size, 0.0
    heads = len(range(0, size, STEPS))
    for i in range(0, size, STEPS):
        rates[i] += PEAK / heads
    for i, j, number in calls:
        rates[j] += rates[i] * number
    for i, rate in enumerate(rates):
        each, servers, service = rate / (2 + i % 5), 16, 0.004
        offered = each * service
        inverse = 1.0
        for k in range(1, servers + 1):
            inverse = 1.0 + inverse * k / offered
        blocked = 1.0 / inverse
        waiting = blocked / (1.0 - offered / servers * (1.0 - blocked))
        spare = servers / service - each
        total += waiting / spare + service
        for late in (0.5, 0.05, 0.01):
            t = -math.log(late) * service
            for _ in range(5):
                gap = (1 / service - spare) * t
                grown = waiting * t * math.expm1(gap) / gap
                t -= (t / service - math.log1p(grown / service) + math.log(late)) * service
            total += t
    return total


def main_figures(subject: Design) -> int:
    """Works out the main figures, every row of every table."""
    found = estimate(subject)
    return sum(len(dict(value)) if isinstance(value, Mapping) else 1 for value in (getattr(found, key) for key in MAIN))


def every_figure(subject: Design) -> int:
    """Works out the side figures besides."""
    return sum(1 for _ in all_figures(estimate(subject)))


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(size: int, *, with_journeys: bool) -> None:
    subject, calls = design(size, with_journeys=with_journeys), connections(size)
    works = (lambda: floor(size, calls), lambda: main_figures(subject), lambda: every_figure(subject))
    turns = [[seconds(work) for work in works] for _ in range(ROUNDS + 1)][1:]  # the first turn warms the caches
    words = f"{size} components" + (", journeys" if with_journeys else "")
    shown = f"{words:<28}"
    for column in (1, 2):
        middle = statistics.median(turn[column] for turn in turns)
        ratio = statistics.median(turn[column] / turn[0] for turn in turns)
        shown += f"{middle * 1000:9.1f} ms{ratio:7.1f} ×"
    print(shown + ("" if with_journeys else f"{BUDGETS[size] * 1000:9.0f} ms"))


def main() -> None:
    print(f"{'':<28}{'main':>12}{'floor':>9}{'all':>12}{'floor':>9}{'main allowed':>14}")
    for size in SIZES:
        for with_journeys in (False, True):
            measure(size, with_journeys=with_journeys)


if __name__ == "__main__":
    main()
