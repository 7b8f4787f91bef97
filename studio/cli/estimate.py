"""Work out the numbers of a design, and where one comes from."""

import argparse
from typing import TYPE_CHECKING

from studio.errors import COULD_NOT_RUN, FINE, TenfoldError

if TYPE_CHECKING:
    from studio.analysis import Analysis
    from studio.model.design import Design

MOST_LOAD = 1e6
"""× today's peak; beyond it a design is another design."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("file", metavar="FILE", help="a design file")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    parser.add_argument("--load", type=_multiple, default=1.0, metavar="X", help="× today's peak (default: 1)")
    parser.add_argument(
        "--down", action="append", default=[], metavar="ID", help="a component that is gone; may be repeated"
    )
    parser.add_argument(
        "--cold", action="append", default=[], metavar="ID", help="a cache that is empty; may be repeated"
    )
    parser.add_argument("--zone-lost", action="store_true", help="one availability zone is gone")
    parser.add_argument("--ladder", action="store_true", help="only what breaks, up to 100 times today's peak")
    parser.add_argument("--decision", metavar="ID", help="only the options of a decision, compared by their figures")
    parser.add_argument("--explain", metavar="FIGURE", help="where a figure comes from, such as components.api.p99_ms")


def _multiple(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no number; write a multiple of today's peak, such as 10") from None
    if not 0 < number <= MOST_LOAD:
        raise argparse.ArgumentTypeError(
            "the load must be above 0 and at most a million; write a multiple of today's peak, such as 10"
        )
    return number


def _checked(parsed: argparse.Namespace, design: "Design") -> None:
    """Refuses a component that is not there, and a cold one that is no cache."""
    known = design.component
    for option in ("down", "cold"):
        for name in getattr(parsed, option):
            place = f"{parsed.file}:1: --{option} {name}"
            if name not in known:
                from studio.text import listed, nearest

                near = nearest(name, known)
                advice = f"did you mean {near}?" if near else f"there is {listed(list(known)) or 'none at all'}"
                raise TenfoldError(f"{place}: there is no such component; {advice}")
            if option == "cold" and known[name].kind not in ("cache", "cdn") and known[name].hit_ratio is None:
                raise TenfoldError(f"{place}: it is no cache; --down {name} says that it is gone")


def run(parsed: argparse.Namespace) -> int:
    """Prints the figures; 2 when the traffic equations have no solution, which stderr explains."""
    from studio.cli.frame.lines import loops
    from studio.cli.frame.reading import opened
    from studio.cli.frame.terminal import flush, say, talk
    from studio.estimates.conditions import Conditions

    conditions = Conditions(parsed.load, frozenset(parsed.down), frozenset(parsed.cold), parsed.zone_lost)
    found = opened(parsed.file, conditions, judged=parsed.decision is not None)
    _checked(parsed, found.analysis.design)
    if parsed.decision is not None:
        return _compared(parsed, found.analysis)
    estimates = found.analysis.estimates
    if parsed.explain:
        from studio.cli.frame.explanation_text import explanation_text
        from studio.estimates.explaining.explain import explain

        say(explanation_text(explain(found.analysis.design, estimates, parsed.explain), estimates.ranges))
        return FINE
    if parsed.ladder:
        from studio.cli.frame.what_if_text import whole_ladder
        from studio.estimates.as_json import plain_json

        say(plain_json(estimates.ladder) if parsed.format == "json" else whole_ladder(estimates))
    elif parsed.format == "json":
        from studio.estimates.as_json import as_json

        say(as_json(estimates))
    else:
        from studio.cli.frame.estimate_text import blocks

        for number, block in enumerate(blocks(estimates)):
            say(f"\n{block}" if number else block)
            flush()
    for loop in loops(parsed.file, found):
        talk(loop)
    return COULD_NOT_RUN if estimates.errors else FINE


def _compared(parsed: argparse.Namespace, analysis: "Analysis") -> int:
    """Prints the options of one decision beside each other."""
    from studio.cli.frame.matrix_text import as_json, as_text, decision_called
    from studio.cli.frame.terminal import say
    from studio.comparing.weighing import matrix

    found = matrix(analysis, decision_called(parsed.file, analysis.design, parsed.decision))
    say(as_json(found) if parsed.format == "json" else as_text(found))
    return FINE
