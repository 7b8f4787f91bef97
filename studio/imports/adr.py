"""Decision records in Markdown: MADR 2 to 4, its kin, and the form of Nygard; one file, or a folder of them."""

from pathlib import Path
from typing import Final

from studio.errors import TenfoldError
from studio.imports.frame.imported import Imported, Source
from studio.imports.records.meaning import Read, decision_of, is_record
from studio.imports.records.parsing import parsed
from studio.model.design import Design
from studio.text import listed

SUFFIXES: Final = (".md", ".markdown")
TAKES_FOLDERS: Final = True
"""A folder stands for the files in it."""
_MOST_NAMED: Final = 5
_LONGEST: Final = 2**18
"""Characters; a longer text is no record of one decision."""


def read(source: Source) -> Imported:
    """A design that says nothing but the decisions of these records, in the order of the files.

    What a record says and a design has no place for is told, file by file; what our own records say to be about parts
    may name some that the design does not have. Raises TenfoldError when no file is a record.
    """
    taken: set[str] = set()
    found: list[tuple[str, Read]] = []
    skipped: list[str] = []
    for each in (source, *source.also):
        if len(each.text) > _LONGEST:
            raise TenfoldError(f"{each.file}:1: it is too long for a decision record; name the records one by one")
        record = parsed(each.text)
        if is_record(record):
            found.append((each.file, decision_of(record, Path(each.file).stem, taken)))
        else:
            skipped.append(each.file)
    if not found:
        raise TenfoldError(
            f"{source.file}:1: it is no decision record; one has a title and sections such as «Context» and «Decision»"
        )
    decisions = {read.decision.id: read.decision for _, read in found}
    design = Design.model_validate(
        {"format": 1, "design": {"name": source.title}, "decisions": tuple(decisions.values())}
    )
    return Imported(design, tuple(_unknown(design)), others=_others(skipped), remarks=tuple(_lost(found)))


def _others(skipped: list[str]) -> str:
    names = [Path(file).name for file in skipped[:_MOST_NAMED]]
    more = [f"{len(skipped) - _MOST_NAMED} more"] if len(skipped) > _MOST_NAMED else []
    was = "is no decision record and was" if len(skipped) == 1 else "are no decision records and were"
    return f"{listed([*names, *more])} {was} left out" if skipped else ""


def _lost(found: list[tuple[str, Read]]) -> list[str]:
    return [f"{file}: not kept: {listed(dict.fromkeys(read.lost))}" for file, read in found if read.lost]


def _unknown(design: Design) -> list[str]:
    """What of the decisions is not said, those that matter most first."""
    told = []
    for missing, of in (
        ("no option is chosen", [d.id for d in design.decisions if d.chosen is None]),
        ("fewer than two options", [d.id for d in design.decisions if len(d.options) < 2]),
        ("no status", [d.id for d in design.decisions if d.status is None]),
        ("nothing says when to look again (revisit_when)", [d.id for d in design.decisions if not d.revisit_when]),
        ("what it is about is not said (about)", [d.id for d in design.decisions if not d.about]),
    ):
        if of:
            more = f" and {len(of) - _MOST_NAMED} more" if len(of) > _MOST_NAMED else ""
            told.append(f"{missing}: {', '.join(of[:_MOST_NAMED])}{more}")
    return told
