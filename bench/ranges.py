"""How long ranges take and how much memory, against a floor in the same run: the bare arithmetic in plain Python.

Run it with `.venv/bin/python bench/ranges.py`. The floor is a loop over components and samples that does one product,
one quotient and one comparison of plain floats: what nobody could leave out. Every figure is the median of turns.
"""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from studio.estimates.ranges import ranges  # noqa: E402 (the checkout is measured, not what is installed)
from studio.model.design import Design  # noqa: E402

ROUNDS = 5
BUDGETS = {(100, 1_000): 0.06, (1_000, 1_000): 0.6, (100, 10_000): 0.3, (1_000, 10_000): 3.0}
"""Seconds allowed, by components and samples."""
MOST_MEMORY = 300
"""Megabytes above what the process holds before."""
DEPTH = 10
"""Components a journey passes, one calling the next."""


def document(components: int, *, everywhere: bool) -> dict[str, object]:
    """A design of so many components in chains of `DEPTH`, each a journey; ranges everywhere, or only of users."""
    random = Random(components)  # noqa: S311 (a design is no secret)

    def number(value: float, width: float = 1.5) -> object:
        return [value / width, value * width] if everywhere else value

    parts: dict[str, dict[str, object]] = {"user": {"kind": "client"}}
    connections: dict[str, dict[str, object]] = {}
    journeys: dict[str, dict[str, object]] = {}
    chains = components // DEPTH
    for chain in range(chains):
        names = [f"c{chain}-{place}" for place in range(DEPTH)]
        for place, name in enumerate(names):
            latency = random.choice([2, 5, 10, 20])
            kind = "service" if place < DEPTH - 1 else "database"
            parts[name] = {
                "kind": kind, "instances": random.randint(2, 6), "capacity_rps": number(random.randint(200, 900)),
                "latency": [f"{latency} ms", f"{3 * latency} ms"] if everywhere else f"{latency} ms",
                "availability": [0.99, 0.999] if everywhere else 0.995, "cost_per_month": number(70, 1.2),
                "zones": 3,
            }  # fmt: skip
        steps = list(zip(["user", *names], names, strict=False))
        for source, target in steps:
            connections[f"{source}-{target}"] = {"from": source, "to": target, "traffic": "all"}
        share = 1 / chains
        journeys[f"j{chain}"] = {"share": share, "steps": [f"{source}-{target}" for source, target in steps]}
    users = 30_000 * chains
    scale = {"daily_active_users": [users, 6 * users], "requests_per_user_per_day": 100}
    return {
        "format": 1, "design": {"name": "Generated"}, "requirements": {"scale": scale, "performance": {"p99": "1 s"}},
        "components": parts, "connections": connections, "journeys": journeys,
    }  # fmt: skip


def floor(components: int, samples: int) -> None:
    """The bare arithmetic: load of a component, how full that makes it, whether it is too full."""
    peaks, capacity, full = [float(i) for i in range(samples)], 300.0, 0
    for component in range(components):
        share = 1.0 / (component + 1)
        for peak in peaks:
            full += peak * share / capacity >= 1.0


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def megabytes() -> float:
    """The most memory the process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(components: int, samples: int, *, everywhere: bool) -> None:
    design = Design.model_validate(document(components, everywhere=everywhere))
    before = megabytes()
    first = seconds(lambda: ranges(design, samples=samples))
    memory = megabytes() - before
    rounds = [
        (seconds(lambda: floor(components, samples)), seconds(lambda: ranges(design, samples=samples)))
        for _ in range(ROUNDS)
    ]
    bare, whole = (statistics.median(column) for column in zip(*rounds, strict=True))
    allowed = BUDGETS[components, samples]
    is_within = whole <= allowed and memory <= MOST_MEMORY
    print(
        f"{components:>10,}{samples:>9,}  {'everywhere' if everywhere else 'users':<11}{first * 1000:9.0f} ms"
        f"{whole * 1000:9.0f} ms{allowed * 1000:9.0f} ms{bare * 1000:9.0f} ms{whole / bare:8.2f} ×{memory:8.0f} MB"
        f"  {'within' if is_within else 'BEYOND'}"
    )


def main() -> None:
    """Each case in a process of its own, so that its memory is its own and its first turn is a cold one."""
    if len(sys.argv) == 4:
        measure(int(sys.argv[1]), int(sys.argv[2]), everywhere=sys.argv[3] == "everywhere")
        return
    print(
        f"{'components':>10}{'samples':>9}  {'ranges':<11}{'first':>12}{'median':>12}{'allowed':>12}{'floor':>12}"
        f"{'ratio':>10}{'memory':>11}"
    )
    for components, samples in BUDGETS:
        for where in ("users", "everywhere"):
            command = [sys.executable, __file__, str(components), str(samples), where]
            subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
