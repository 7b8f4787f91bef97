"""A question nobody answers is answered by whoever types the code.

## Why it matters
«TBD» in a design becomes a default in a program: the timeout of the library, the rights of the first account, the
number somebody liked. An assumption whose day has passed is still in every figure, only that nobody believes it any
more.

## What to do
Answer it, or turn it into a question with a person behind it (questions.ID with ask), or into an assumption with its
source and the day on which it will have been checked. When the day has come: check, and write the new one.

## When it is fine
Questions that say whom to ask are a plan, not a gap. An empty field is a gap that the rules which need it tell.
"""

import re
from collections.abc import Iterator

from studio.model.address import Address, dotted
from studio.model.design import Design
from studio.model.part import Named, Part
from studio.red_flags.facts import Facts
from studio.red_flags.rule import Rule, Severity, Verdict, failed, not_applicable, passed
from studio.text import listed, one_line, shortened

OPEN = re.compile(
    r"\b(TBD|tbd|TBC|FIXME|XXX)\b|\bTODO\b(?!s|[ -](list|item|app|entr|task|service))|\?\?\?|needs clarification|"
    r"\bto be (decided|defined|determined)\b"
)
MARKS = ("TODO", "TBD", "tbd", "TBC", "FIXME", "XXX", "???", "needs clarification", "to be ")
"""What every such word holds."""
SHOWN = 3
LETTERS = 60


def check(design: Design, facts: Facts) -> Verdict:
    """Warns about words that stand for an answer, questions without a person and assumptions past their day; an error
    at the stage critical."""
    faults = [*_marked(design), *_unasked(design), *_overdue(design, facts)]
    if not faults:
        return passed(assumptions=len(design.assumptions)) if _says_anything(design) else not_applicable()
    shown = [words for _, words, _ in faults[:SHOWN]]
    more = [f"{len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
    return failed(
        f"open: {listed((*shown, *more))}",
        evidence={"places": [place for place, _, _ in faults]},
        fix=tuple(dict.fromkeys(advice for _, _, advice in faults))[:SHOWN],
        severity=Severity.ERROR if facts.stage == "critical" else None,
        field=faults[0][0],
    )


def _says_anything(design: Design) -> bool:
    return bool(design.components or design.assumptions or design.questions)


def _marked(design: Design) -> Iterator[tuple[str, str, str]]:
    """Places whose words stand for an answer that is not there."""
    words: list[str] = []
    _collect(design, words)
    everything = "\n".join(words)
    if not any(mark in everything for mark in MARKS):
        return  # one look at all of it is much quicker than a pattern on each
    for address, text in _texts(design, ()):
        if OPEN.search(text):
            place = dotted(address)
            yield place, f"{place} (“{shortened(one_line(text), LETTERS)}”)", f"an answer in {place}"


def _collect(part: Part, words: list[str]) -> None:
    """Adds all text of a part and what lies inside it, in any order."""
    fields = vars(part)
    for name in part.model_fields_set:
        value = fields[name]
        if type(value) is str:
            words.append(value)
        elif type(value) is tuple:
            for item in value:
                if type(item) is str:
                    words.append(item)
                elif isinstance(item, Part):
                    _collect(item, words)
        elif isinstance(value, Part):
            _collect(value, words)


def _texts(part: Part, address: Address) -> list[tuple[Address, str]]:
    """All that somebody wrote as text into a part and what lies inside it, each with the address of its field."""
    found: list[tuple[Address, str]] = []
    for name in sorted(part.model_fields_set):
        value = getattr(part, name)
        if isinstance(value, str):
            found.append(((*address, _key(part, name)), value))
        elif isinstance(value, Part):
            found += _texts(value, (*address, _key(part, name)))
        elif isinstance(value, tuple):
            place = (*address, _key(part, name))
            found += [(place, item) for item in value if isinstance(item, str)]
            found += [text for item in value if isinstance(item, Part) for text in _texts(item, (*place, *_id(item)))]
    return found


def _key(part: Part, name: str) -> str:
    return type(part).model_fields[name].alias or name


def _id(item: Part) -> tuple[str, ...]:
    return (item.id,) if isinstance(item, Named) else ()


def _unasked(design: Design) -> Iterator[tuple[str, str, str]]:
    for question in design.questions:
        if not question.ask:
            place = f"questions.{question.id}"
            yield place, f"{place}, which nobody is asked", f"{place}.ask: who can answer it"


def _overdue(design: Design, facts: Facts) -> Iterator[tuple[str, str, str]]:
    for assumption in design.assumptions:
        place = f"assumptions.{assumption.id}"
        if assumption.check_by is None and not assumption.source:
            words = f"{place}, with neither source nor day"
            yield place, words, f"{place}.source, or check_by: the day it will have been checked"
        elif assumption.check_by is not None and assumption.check_by < facts.today:
            words = f"{place}, to be checked by {assumption.check_by.isoformat()}"
            yield f"{place}.check_by", words, f"check {place}, then a new check_by"


RULE = Rule(
    id="DOC007",
    title="Left open",
    severity=Severity.WARNING,
    scope="design",
    check=check,
    sources=(
        "ISO/IEC/IEEE 29148, Requirements engineering, section 5.2.6, no TBD in a complete set (2018)",
        "Steve McConnell, Code Complete, 2nd edition, chapter 3, Measure Twice, Cut Once (2004)",
    ),
)

_ASSUMED = """
[components.api]
kind = "service"
[assumptions.peak]
text = "The busiest second carries three times the average"
check_by = {day}
"""

FLAGGED = _ASSUMED.format(day="2026-03-31")

FINE = _ASSUMED.format(day="2027-03-31")
