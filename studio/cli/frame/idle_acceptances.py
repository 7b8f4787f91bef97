"""Acceptances in a design that accept nothing: their flag is no rule, or their time is over."""

from collections.abc import Iterator

from studio.cli.frame.reading import Opened
from studio.cli.frame.remarks import Remark
from studio.model.records import Acceptance
from studio.text import nearest


def idle_acceptances(file: str, opened: Opened) -> tuple[Remark, ...]:
    """A warning for each, at its line."""
    return tuple(
        Remark(
            file, opened.lines.line(("accepted", accepted.id, key)), f"accepted.{accepted.id} {why}", is_warning=True
        )
        for accepted in opened.loaded.design.accepted
        for key, why in _why_idle(accepted, opened)
    )


def _why_idle(accepted: Acceptance, opened: Opened) -> Iterator[tuple[str, str]]:
    """The key that makes it idle, what is wrong with it and what to do."""
    known = opened.analysis.report.outcomes
    if accepted.flag not in known:
        near = nearest(accepted.flag, known)
        advice = f"did you mean {near}?" if near else "“tenfold explain --list” names all"
        yield "flag", f"accepts {accepted.flag}, which is no red flag; {advice}"
    elif accepted.until < opened.analysis.facts.today:
        yield "until", f"ended on {accepted.until}; mend what it accepted, or accept it anew with a later date"
