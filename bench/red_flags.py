"""How long all rules take on a large design, against a floor in the same run: touching every part once for each rule.

The floor asks each rule's subjects for nothing: one call of an empty check for every subject of every rule. Run it with
`.venv/bin/python bench/red_flags.py`; processor time counts, the best of several rounds, as machines are noisy. The
figures of the design are worked out before; what rules work out from them is not.
"""

import gc
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from studio.estimates.engine import Estimates, estimate
from studio.files.loading import parse
from studio.model.design import Design
from studio.red_flags.facts import Facts
from studio.red_flags.library import rules
from studio.red_flags.report import report
from studio.red_flags.rule import Verdict, not_applicable

TODAY = date(2026, 11, 21)
ROUNDS = 15
COMPONENTS, CONNECTIONS, JOURNEYS = 200, 400, 12
BUDGET = 0.05
"""Seconds of processor time for all rules on a quiet machine."""
KINDS = ("service", "service", "service", "worker", "database", "cache", "queue", "gateway", "function")
WHOLE = """
format = 1
[design]
name = "Generated"
[requirements.scale]
daily_active_users = 1_000_000
requests_per_user_per_day = 20
[requirements.availability]
target = 0.999
recovery_time = "1 h"
recovery_point = "5 min"
[requirements.performance]
p99 = "500 ms"
[components.c0]
kind = "client"
"""


def design() -> Design:
    """Components in a row, each calling some a little further down; journeys that walk along the calls."""
    dice = Random(7)  # noqa: S311 (a design is no secret)
    lines, kinds = [WHOLE], ["client"]
    for place in range(1, COMPONENTS):
        kinds.append(dice.choice(KINDS))
        hits = "hit_ratio = 0.9\n" if kinds[-1] == "cache" else ""
        lines.append(
            f'[components.c{place}]\nkind = "{kinds[-1]}"\ninstances = {dice.choice((1, 2, 3, 4))}\nzones = 2\n'
            f'capacity_rps = {dice.choice((500, 5000))}\nlatency = "5 ms"\navailability = 0.999\n{hits}'
        )
    calls: dict[int, list[int]] = {}
    while sum(map(len, calls.values())) < CONNECTIONS:
        source = dice.randrange(COMPONENTS - 1)
        target = min(COMPONENTS - 1, source + 1 + int(dice.expovariate(0.05)))
        if kinds[source] != "database" and target not in calls.get(source, ()):
            calls.setdefault(source, []).append(target)
            lines.append(_call(source, target, later="queue" in (kinds[source], kinds[target])))
    lines += [_journey(number, calls, dice) for number in range(JOURNEYS)]
    return parse("".join(lines), "generated.toml")


def _call(source: int, target: int, *, later: bool) -> str:
    how = 'mode = "async"\ndelivery = "at-least-once"' if later else 'timeout = "200 ms"\nattempts = 2'
    ends = f'from = "c{source}"\nto = "c{target}"'
    return f"[connections.x{source}-{target}]\n{ends}\ncalls_per_request = 0.3\n{how}\n"


def _journey(number: int, calls: dict[int, list[int]], dice: Random) -> str:
    steps, here = [], 0
    while here in calls and len(steps) < 14:
        ahead = dice.choice(calls[here])
        steps.append(f'"x{here}-{ahead}"')
        here = ahead
    return f"[journeys.j{number}]\nshare = 0.08\nsteps = [{', '.join(steps)}]\n"


def best(work: Callable[[], object]) -> float:
    """Seconds of processor time, the least of all rounds."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def nothing(_: object, __: Facts) -> Verdict:
    """The check of the floor."""
    return not_applicable()


def facts_of(built: Design, figures: Estimates) -> Facts:
    """Fresh facts: what rules share is worked out again in each round."""
    return Facts(built, figures, today=TODAY)


def main() -> int:
    """Prints the time of all rules and of the floor; 1 when the rules are over their budget."""
    built = design()
    figures = estimate(built)
    report(facts_of(built, figures), rules())
    idle = [rule._replace(check=nothing) for rule in rules()]
    floor = best(lambda: report(facts_of(built, figures), idle))
    taken = best(lambda: report(facts_of(built, figures), rules()))
    print(f"{len(rules())} rules, {COMPONENTS} components, {CONNECTIONS} connections: {taken * 1000:.1f} ms")
    print(f"floor: {floor * 1000:.1f} ms, {taken / floor:.1f} times that; budget {BUDGET * 1000:.0f} ms")
    return int(taken > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
