"""Where a report goes, and what becomes of the baseline."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from studio.cli.frame.baseline_file import Baseline, key_of, read, written
from studio.cli.frame.baselines import held
from studio.cli.frame.terminal import is_colour_welcome, talk
from studio.cli.reports.frame.formats import rendered
from studio.cli.reports.frame.inspection import Inspection, Manner
from studio.errors import TenfoldError
from studio.text import one_line


def refuse_overwriting(designs: Iterable[str], *, output: str | None, baseline: str | None) -> None:
    """Raises TenfoldError when a report or a baseline would take the place of a design, or of each other."""
    taken = {os.path.realpath(design): "a design that is checked" for design in designs}
    for option, path in (("--baseline", baseline), ("--output", output)):
        if path is None:
            continue
        real = os.path.realpath(path)
        if real in taken:
            raise TenfoldError(f"{option} {path} is {taken[real]}; name another file")
        taken[real] = "the baseline"


def known(path: str | None, *, is_made: bool) -> tuple[Path, Baseline] | None:
    """The baseline to hold findings against; None without one. One that `is_made` now may not be there yet."""
    if path is None:
        if is_made:
            raise TenfoldError("--update-baseline writes a baseline; name its file with --baseline FILE")
        return None
    if is_made and not os.path.lexists(path):
        return Path(path), {}
    return Path(path), read(Path(path))


def delivered(inspection: Inspection, report: str, manner: Manner, output: str | None) -> None:
    """Renders and prints a report; with `output` it is written there, and a line of each design is talk."""
    if output is None:
        colour = manner._replace(colour=is_colour_welcome())
        sys.stdout.write(rendered(report, inspection, colour))
        return
    content = rendered(report, inspection, manner)
    try:
        Path(output).write_bytes(content.encode(errors="replace"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise TenfoldError(f"{output}:1: it cannot be written ({reason}); choose another place with -o") from None
    from studio.cli.reports.frame.wording import counts

    for checked in inspection.checked:
        talk(f"{one_line(checked.file)}: {counts(checked)}; see {one_line(output)}")


def updated(baseline: tuple[Path, Baseline], inspection: Inspection) -> None:
    """Writes the findings of every design that could be judged into the baseline, and tells.

    What it holds of other designs stays, as long as their files are there. Raises `SaveRefused`.
    """
    path, before = baseline
    folder = os.path.realpath(path.parent)
    after = {name: findings for name, findings in before.items() if Path(folder, name).exists()}
    judged = (checked for checked in inspection.checked if not checked.loops)
    after |= {key_of(one.file, path): tuple(held(f) for f in one.report.findings) for one in judged}
    changed = written(path, after)
    number = sum(map(len, after.values()))
    talk(f"{path}: {'' if changed else 'unchanged, '}holds {number} findings of {len(after)} designs")
