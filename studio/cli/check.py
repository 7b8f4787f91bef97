"""Raise the red flags of designs, compare targets, play scenarios."""

import argparse
from typing import TYPE_CHECKING

from studio.errors import COULD_NOT_RUN, FINE, FOUND, InvalidDesign

if TYPE_CHECKING:
    from studio.cli.frame.reading import Opened

FORMATS = ("text", "json")
THRESHOLDS = ("error", "warning", "note", "never")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="design files")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to report (default: text)")
    parser.add_argument(
        "--fail-on", choices=THRESHOLDS, default="error", help="findings that make it exit 1 (default: error)"
    )
    parser.add_argument("--show-unknown", action="store_true", help="also list what rules could not tell, and why")


def run(parsed: argparse.Namespace) -> int:
    """Reports every file; 1 when one has an open finding at the threshold, 2 when one cannot be read or solved."""
    from studio.cli.frame.idle_acceptances import idle_acceptances
    from studio.cli.frame.lines import loops
    from studio.cli.frame.reading import opened
    from studio.cli.frame.terminal import is_colour_welcome, say, talk

    read: list[tuple[str, Opened]] = []
    broken = False
    for file in parsed.files:
        try:
            read.append((file, opened(file)))
        except InvalidDesign as error:
            talk(str(error))
            broken = True
    if parsed.format == "json":
        from studio.cli.frame.check_json import as_json

        say(as_json(read))
    else:
        from studio.cli.frame.check_text import as_text

        for file, found in read:
            print(as_text(file, found, unknown=parsed.show_unknown, colour=is_colour_welcome()))
    unsolved = [loop for file, found in read for loop in loops(file, found)]
    idle = [warning for file, found in read for warning in idle_acceptances(file, found)]
    for line in (*idle, *unsolved):
        talk(line)
    if broken or unsolved:
        return COULD_NOT_RUN
    return FOUND if any(_fails(found, parsed.fail_on) for _, found in read) else FINE


def _fails(found: "Opened", fail_on: str) -> bool:
    from studio.red_flags.rule import Severity

    return fail_on != "never" and bool(found.analysis.report.open(Severity(fail_on)))
