"""The design that the answers give: requirements as they were said, a small skeleton, and what is taken for true."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from studio.analysis import Analysis
from studio.asking.guided import SOURCE, Guided
from studio.asking.parts import Skeleton, Table, skeleton, wanted
from studio.asking.questions import QUESTIONS, Question
from studio.files.loading import parse
from studio.files.writing import new_text
from studio.model.design import Design
from studio.model.references import free_id
from studio.text import one_line

_HEAD: Final = """\
# Begun with the guided questions. Everything may be changed: what nobody was sure of stands under [assumptions],
# what nobody could say under [questions], and each part says why it is there.

"""
_LONGEST_ID: Final = 32
_SKELETON: Final = "skeleton of the guided questions"
"""The source of an assumption about a part that was drawn."""


class FirstDesign(NamedTuple):
    """What the answers give."""

    design: Design
    left_out: tuple[str, ...]
    """Why a cache, a queue or an object store is not there, in words."""

    @property
    def text(self) -> str:
        """The file, in canonical layout."""
        return _HEAD + new_text(self.design)


def first_design(guided: Guided) -> FirstDesign:
    """The design of the answers so far; what was not asked yet is open. The same answers give the same bytes."""
    requirements, constraints = _tables(guided)
    asked = wanted(guided, requirements)
    parts = skeleton(asked)
    document: dict[str, Any] = {
        "format": 1,
        "design": _about(guided),
        "requirements": requirements,
        "constraints": constraints,
        "components": parts.components,
        "connections": parts.connections,
        **_data(guided),
        "journeys": _journeys(asked.reads_per_write, parts),
        "assumptions": _assumptions(guided, parts),
        "questions": _questions(guided),
    }
    kept = {key: value for key, value in document.items() if value != {}}
    return FirstDesign(Design.model_validate(kept, by_alias=True, by_name=False), parts.left_out)


def open_questions(analysis: Analysis, most: int = 5) -> tuple[str, ...]:
    """What to answer next: what was left open, then the fields that let most rules tell, as sentences."""
    from studio.red_flags.report import ask

    counts: dict[str, set[str]] = {}
    for unknown in analysis.report.unknown:
        for field in unknown.missing:
            counts.setdefault(field, set()).add(unknown.rule.id)
    ranked = sorted(counts, key=lambda field: -len(counts[field]))
    skipped = [question.text or question.id for question in analysis.design.questions]
    asked = [f"{ask(field, analysis.facts)} ({field} settles {', '.join(sorted(counts[field]))})" for field in ranked]
    return (*skipped, *asked[: max(most - len(skipped), 1)])


def checked(found: FirstDesign) -> Design:
    """The design as its own text says it: proof that the file will load. Raises `InvalidDesign`, which is a fault."""
    return parse(found.text, "the first design")


def _about(guided: Guided) -> Table:
    about = {"name": guided.value("name") or guided.name, "overview": guided.value("overview")}
    return {key: value for key, value in about.items() if value is not None}


def _tables(guided: Guided) -> tuple[Table, Table]:
    """Requirements and constraints: what each answer says, at its field."""
    found: dict[str, Table] = {}
    for question in QUESTIONS:
        value = guided.value(question.id)
        if question.table and question.table != ("design",) and value not in (None, []):
            found.setdefault(question.table[-1], {})[question.key] = value
    constraints = found.pop("constraints", {})
    functional: dict[str, Table] = {}
    for text in guided.value("must") or ():
        id_ = free_id(_id(text), functional)
        functional[id_] = {"text": text, "priority": "must", "realised_by": ["service"]}
    return ({"functional": functional} if functional else {}) | found, constraints


def _id(text: str) -> str:
    """An id made of words; a number of no words is none."""
    words = "-".join(re.findall(r"[a-z0-9]+", one_line(text).lower()))
    return words[:_LONGEST_ID].strip("-") or "requirement"


def _data(guided: Guided) -> Table:
    said = {"classification": guided.value("sensitivity"), "retention": guided.value("retention")}
    record = {"store": "store", **{key: value for key, value in said.items() if value is not None}}
    return {"data": {"record": record}} if guided.value("sensitivity") else {}


def _journeys(reads: float | None, parts: Skeleton) -> dict[str, Table]:
    """One for reads and one for writes, where it is known how many of each there are."""
    if reads is None:
        return {}
    writing = [id_ for id_, call in parts.connections.items() if call.get("traffic") in (None, "writes")]
    reading = [id_ for id_, call in parts.connections.items() if call.get("traffic") in (None, "reads")]
    share = round(reads / (reads + 1), 6)
    found = {"read": {"name": "Read", "share": share, "traffic": "reads", "steps": reading}}
    found["write"] = {"name": "Write", "share": round(1 - share, 6), "traffic": "writes", "steps": writing}
    return {id_: journey for id_, journey in found.items() if journey["share"]}


def _assumptions(guided: Guided, parts: Skeleton) -> dict[str, Table]:
    taken = [question for question in _of(guided, "default") if question.id != "name"]
    found = {f"default-{q.id}": {"text": f"{q.ask} {q.default}", "source": SOURCE} for q in taken}
    return found | {id_: {"text": text, "source": _SKELETON} for id_, text in parts.assumptions.items()}


def _questions(guided: Guided) -> dict[str, Table]:
    """What was left open; what may well be answered with nothing is no question."""
    asked = (q for q in _of(guided, "open") if q.id not in ("later", "files", "outside"))
    return {question.id: {"text": question.ask} for question in asked}


def _of(guided: Guided, manner: str) -> Iterator[Question]:
    given = guided.given
    return (q for q in QUESTIONS if q.id in given and given[q.id].manner == manner)
