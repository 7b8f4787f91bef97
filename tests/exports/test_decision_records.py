"""MADR records: the form people know, and what goes out comes back in the same."""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.analysis import Analysis
from studio.catalogue.library import shipped
from studio.exports.adr import owns
from studio.exports.frame.formats import rendered
from studio.imports.adr import read
from studio.imports.frame.imported import Source
from studio.model.design import Design
from studio.model.document import document
from studio.model.records import Decision
from tests.exports.analyses import SAMPLES, analysed, sample

SHOP = """
format = 1
[design]
name = "Shop"
[components.api]
kind = "service"
[decisions.queue]
title = "Queue or call?"
status = "accepted"
about = ["api"]
context = "A mail takes a second.\\n\\nThe shop must not wait."
chosen = "later"
why = "The shop must not wait; a mail may be late."
revisit_when = "peak_rps > 2000"
decided = 2026-09-01
decided_by = ["Ann", "Bob, with Eve"]
[decisions.queue.options.later]
name = "A queue | with *retries*"
pros = ["Fast"]
cons = ["One more part"]
[decisions.queue.options.now]
name = "A call"
[decisions.open]
"""
RECORD = """\
---
status: accepted
date: 2026-09-01
decision-makers: ["Ann", "Bob, with Eve"]
tenfold: {"digest": "DIGEST", "id": "queue", "title": "Queue or call?", "about": ["api"], \
"chosen": "later", "options": {"later": "A queue | with *retries*", "now": "A call"}}
---

# Queue or call?

## Context and Problem Statement

A mail takes a second.

The shop must not wait.

## Considered Options

* A queue \\| with \\*retries\\*
* A call

## Decision Outcome

Chosen option: "A queue \\| with \\*retries\\*", because The shop must not wait; a mail may be late.

### Consequences

* Good, because Fast
* Bad, because One more part

### Confirmation

Look at it again when: `peak_rps > 2000`

It is a comparison on the figures of `tenfold estimate`.

## Pros and Cons of the Options

### A queue \\| with \\*retries\\*

* Good, because Fast
* Bad, because One more part

### A call

Nothing is written down for or against it.
"""


def records(analysis: Analysis) -> Mapping[str, str]:
    found = rendered("adr", analysis)
    assert isinstance(found, Mapping)
    return found


def read_back(files: Mapping[str, str]) -> tuple[Decision, ...]:
    first, *rest = (Source(text, name, "x") for name, text in files.items())
    return read(first._replace(also=tuple(rest))).design.decisions


def test_a_record_has_the_form_of_madr() -> None:
    found = records(analysed(SHOP))
    assert list(found) == ["0001-queue.md", "0002-open.md"]
    assert re.sub(r'(?<="digest": ")[0-9a-f]{8}', "DIGEST", found["0001-queue.md"]) == RECORD
    assert "No option is chosen yet." in found["0002-open.md"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_decisions_of_a_sample_come_back(path: Path) -> None:
    analysis = sample(path)
    found = records(analysis)
    assert folded(read_back(found)) == folded(analysis.design.decisions)
    assert all(owns(name, text) for name, text in found.items())


def folded(decisions: tuple[Decision, ...]) -> list[object]:
    """Decisions with white space as Markdown keeps it: none at either end, single blanks, no blank line twice."""
    design = Design.model_validate({"format": 1, "design": {"name": "x"}, "decisions": decisions})
    return [_folded(given) for given in document(design)["decisions"].items()]


def _folded(value: object) -> object:
    if isinstance(value, str):
        return [line for line in (" ".join(line.split()) for line in value.splitlines()) if line]
    if isinstance(value, dict):
        return {key: kept for key, inner in value.items() if (kept := _folded(inner)) not in ([], {}, "")}
    return [_folded(item) for item in value] if isinstance(value, list | tuple) else value


_SIGNS = st.sampled_from(
    [*"ab Z1#*_-+=.:\\\"'|`<>[](){}!&~\n", "## ", "because", "Good, because ", "---", "é", "用", "\u2028"]
)
_TEXT = st.lists(_SIGNS, max_size=12).map("".join)
_LINE = _TEXT.map(lambda text: " ".join(text.split()))
_SAID = _LINE.filter(bool)
_IDS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,6}", fullmatch=True)


def _given(**fields: object) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value not in (None, ())}


_OPTION = st.builds(
    lambda name, pros, cons: _given(name=name, pros=tuple(pros), cons=tuple(cons)),
    st.none() | _LINE, st.lists(_SAID, max_size=2), st.lists(_SAID, max_size=2),
)  # fmt: skip


@st.composite
def decisions(draw: st.DrawFn) -> tuple[Decision, ...]:
    found = []
    for id_ in draw(st.lists(_IDS, min_size=1, max_size=3, unique=True)):
        options = draw(st.dictionaries(_IDS, _OPTION, max_size=3))
        chosen = draw(st.none() | _SAID | (st.sampled_from(list(options)) if options else st.none()))
        given = _given(
            title=draw(st.none() | _LINE),
            status=draw(st.sampled_from([None, "proposed", "accepted", "superseded", "rejected"])),
            about=tuple(draw(st.lists(_IDS, max_size=2))),
            context=draw(st.none() | _TEXT),
            chosen=chosen,
            why=draw(st.none() | _TEXT),
            revisit_when=draw(st.none() | _SAID | st.just("peak_rps > 2000")),
            decided=draw(st.none() | st.dates(date(1990, 1, 1), date(2090, 1, 1))),
            decided_by=tuple(draw(st.lists(_SAID, max_size=2))),
            options=options or None,
        )
        found.append(Decision.model_validate({"id": id_, **given}))
    return tuple(found)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(decisions())
def test_decisions_written_and_read_are_the_same_but_for_white_space(given: tuple[Decision, ...]) -> None:
    design = Design.model_validate({"format": 1, "design": {"name": "x"}, "decisions": given})
    assert folded(read_back(records(Analysis(design, shipped())))) == folded(given)


HOSTILE = 'a|b <!-- x --> --- \\" # h ```\n## Decision\n---\nstatus: rejected'


def test_words_of_a_person_make_no_heading_comment_or_front_matter() -> None:
    words = json.dumps(HOSTILE)
    text = f'{SHOP}\n[decisions.h]\ncontext = {words}\nwhy = {words}\nchosen = "x"\n'
    record = records(analysed(text))["0003-h.md"]
    assert [line for line in record.splitlines() if line.startswith("#")] == [
        "# h", "## Context and Problem Statement", "## Considered Options", "## Decision Outcome",
    ]  # fmt: skip
    assert record.splitlines().count("---") == 2
    assert "<!--" not in record.replace("\\<", "")


def test_only_records_as_this_program_wrote_them_are_ours() -> None:
    record = records(analysed(SHOP))["0001-queue.md"]
    assert owns("0001-x.md", record)
    assert owns("0001-x.md", record.replace("\n", "\r\n"))
    assert not owns("0001-x.md", record.replace("accepted", "rejected"))
    assert not owns("0001-x.md", record + "Mine.\n")
    assert not owns("0001-x.md", record.replace("tenfold:", "other:"))
    assert not owns("0001-x.md", "# tenfold: {\n")
    assert not owns("notes.txt", record)


COMPARED = """
[components.api]
kind = "service"
[decisions.size]
title = "How many?"
chosen = "four"
weights = { cost = 2, p99 = [1, 3] }
[decisions.size.options.four]
[decisions.size.options.two]
name = "Two"
set = ["components.api.instances = 2"]
without = ["web-api"]
"""


def test_what_an_option_would_change_and_what_counts_comes_back() -> None:
    design = Design.model_validate(tomllib.loads(f'format = 1\n[design]\nname = "X"\n{COMPARED}'))
    found = records(Analysis(design, shipped()))
    assert folded(read_back(found)) == folded(design.decisions)


@pytest.mark.parametrize(
    ("kept", "broken"),
    [
        ('"set": ["components.api.instances = 2"]', '"set": ["components.api.instnces = 2"]'),
        ('"set": ["components.api.instances = 2"]', '"set": 3'),
        ('"without": ["web-api"]', '"without": [["x"]]'),
        ('"without": ["web-api"]', '"pros": ["x"]'),
        ('"edits": {"two"', '"edits": {"four": 3, "two"'),
        ('"weights": {"cost": 2', '"weights": {"cost": -2'),
    ],
)
def test_a_record_that_somebody_broke_loses_what_cannot_be(kept: str, broken: str) -> None:
    design = Design.model_validate(tomllib.loads(f'format = 1\n[design]\nname = "X"\n{COMPARED}'))
    (text,) = records(Analysis(design, shipped())).values()
    assert kept in text
    (decision,) = read_back({"0001-size.md": text.replace(kept, broken)})
    assert [option.id for option in decision.options] == ["four", "two"]
    assert folded((decision,)) != folded(design.decisions) or "four" in broken
