"""Raise the red flags of designs, compare targets, play scenarios."""

import argparse

from studio.cli import reports
from studio.cli.frame import fixing
from studio.discovery import module_names
from studio.errors import COULD_NOT_RUN, FINE, FOUND

THRESHOLDS = ("error", "warning", "note", "never")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="design files")
    parser.add_argument("--format", choices=module_names(reports), default="text", help="how to report (default: text)")
    parser.add_argument("-o", "--output", metavar="PATH", help="where to write the report (default: standard output)")
    parser.add_argument(
        "--fail-on", choices=THRESHOLDS, default="error", help="findings that make it exit 1 (default: error)"
    )
    parser.add_argument(
        "--baseline", metavar="FILE", help="findings to live with for now: only new and worse ones make it exit 1"
    )
    parser.add_argument("--update-baseline", action="store_true", help="write what is found into the baseline; exit 0")
    parser.add_argument("--show-unknown", action="store_true", help="also list what rules could not tell, and why")
    fixing.arguments(parser)


def run(parsed: argparse.Namespace) -> int:
    """Reports every file; 1 when one has an open finding at the threshold, 2 when one cannot be read or solved."""
    if fixing.is_asked(parsed):
        return fixing.fixed(parsed)
    from studio.cli.frame.terminal import talk
    from studio.cli.reports.frame.delivery import delivered, known, refuse_overwriting, updated
    from studio.cli.reports.frame.inspection import Manner, inspected
    from studio.red_flags.rule import Severity

    refuse_overwriting(parsed.files, output=parsed.output, baseline=parsed.baseline)
    baseline = known(parsed.baseline, is_made=parsed.update_baseline)
    found = inspected(parsed.files, baseline)
    for remark in found.broken:
        talk(str(remark))
    delivered(found, parsed.format, Manner(unknown=parsed.show_unknown), parsed.output)
    for remark in (*found.idle, *found.unsolved):
        talk(str(remark))
    if baseline and parsed.update_baseline:
        updated(baseline, found)
    if not found.is_complete:
        return COULD_NOT_RUN
    gated = parsed.fail_on != "never" and not parsed.update_baseline
    return FOUND if gated and found.fails(Severity(parsed.fail_on)) else FINE
