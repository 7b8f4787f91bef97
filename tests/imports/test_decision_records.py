"""Decision records of other people: MADR of all versions and the form of Nygard, and what of them is not kept."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.errors import TenfoldError
from studio.imports.adr import read
from studio.imports.frame.imported import Imported, Source
from studio.imports.records.meaning import is_record
from studio.imports.records.parsing import parsed
from studio.model.records import Decision

MADR_4 = """\
---
status: "superseded by ADR-0009"
date: 2024-03-05
decision-makers:
  - Ann
  - "Bob"
consulted: Eve
---

# Where do orders live?

## Context and Problem Statement

Orders must survive, see `orders_v2`.

## Decision Drivers

* Known to the team
* Cheap

## Considered Options

* [PostgreSQL](#postgresql)
* DynamoDB

## Decision Outcome

Chosen option: "PostgreSQL", because we
know it.

### Consequences

* Good, because one engine
* Bad, because one writer

### Confirmation

A test in the build.

## Pros and Cons of the Options

### PostgreSQL

Version 17.

* Good, because known
* Neutral, because everywhere

### DynamoDB

#### Against it

* Bad, because new,
  and a vendor

## More Information

See the wiki.
"""
MADR_2 = """\
# Use a queue <!-- short -->

* Status: accepted <!-- optional -->
* Deciders: Ann, Bob
* Date: 2020-10-27

Technical Story: mails are late

## Considered Options

1. Call
2. Queue

## Decision Outcome

Chosen option: 'Queue', because nobody waits.

### Positive Consequences

* Fast

### Negative Consequences

* One more part

## Links

* [x](y)
"""
NYGARD = """\
# 9. Help scripts

Date: 2018-06-26

## Status

Accepted

## Context

Help is taken from comments.

## Decision

Where necessary, help is made by a script.

## Consequences

Scripts can include scripts.
"""
OPTIONS = """\
# ADR-004: Store

**Status:** Proposed

## Context

```
## no heading
```

## Alternatives Considered

### Option 1: Postgres

**Pros:**
- Known

**Cons:**
- One writer

### Option 2: Dynamo

Cons:

- New

## Decision

We chose **Postgres** because it is known.
"""


def found(text: str, name: str = "0001-a-record.md") -> Imported:
    return read(Source(text, name, "Shop"))


def decision(text: str, name: str = "0001-a-record.md") -> Decision:
    return found(text, name).design.decisions[0]


def options(said: Decision) -> dict[str, tuple[str | None, tuple[str, ...], tuple[str, ...]]]:
    return {option.id: (option.name, option.pros, option.cons) for option in said.options}


def test_a_record_of_madr_4_is_read_whole() -> None:
    said = decision(MADR_4, "0003-orders-store.md")
    assert (said.id, said.title, said.status) == ("orders-store", "Where do orders live?", "superseded")
    assert (said.decided, said.decided_by) == (date(2024, 3, 5), ("Ann", "Bob"))
    assert said.context == "Orders must survive, see `orders_v2`.\n\nDecision drivers: Known to the team; Cheap."
    assert (said.chosen, said.why) == ("postgresql", "we\nknow it.")
    assert options(said) == {
        "postgresql": ("PostgreSQL", ("known", "neutral: everywhere", "one engine"), ("one writer",)),
        "dynamodb": ("DynamoDB", (), ("new, and a vendor",)),
    }


def test_what_has_no_place_in_a_design_is_told() -> None:
    told = found(MADR_4).remarks[0]
    assert told.startswith("0001-a-record.md: not kept: ")
    for word in ("superseded by ADR-0009", "option «PostgreSQL»", "«Confirmation»", "section «More Information»"):
        assert word in told


def test_a_record_of_madr_2_is_read() -> None:
    said = decision(MADR_2)
    assert (said.title, said.status, said.decided) == ("Use a queue", "accepted", date(2020, 10, 27))
    assert said.decided_by == ("Ann", "Bob")
    assert (said.chosen, said.why) == ("queue", "nobody waits.")
    assert options(said) == {"call": ("Call", (), ()), "queue": ("Queue", ("Fast",), ("One more part",))}


def test_a_record_of_nygard_is_its_own_option() -> None:
    said = decision(NYGARD)
    assert (said.title, said.status, said.decided) == ("Help scripts", "accepted", date(2018, 6, 26))
    assert said.context == "Help is taken from comments."
    assert said.chosen == "decided"
    assert said.why == "Where necessary, help is made by a script.\n\nConsequences: Scripts can include scripts."
    assert "fewer than two options: a-record" in found(NYGARD).unknown


def test_options_under_headings_with_labelled_lists_are_read() -> None:
    said = decision(OPTIONS)
    assert (said.title, said.status, said.chosen, said.why) == ("Store", "proposed", "postgres", "it is known.")
    assert options(said) == {"postgres": ("Postgres", ("Known",), ("One writer",)), "dynamo": ("Dynamo", (), ("New",))}
    assert said.context == "```\n## no heading\n```"


NAMES = {
    "0012-use-redis.md": "use-redis",
    "20240131-use-redis.md": "use-redis",
    "2024-01-31-use-redis.md": "use-redis",
    "adr-7_Use Redis.md": "use-redis",
    "用户.md": "decision",
    "12.md": "12",
}


@pytest.mark.parametrize("name", NAMES)
def test_the_id_is_the_name_of_the_file_without_its_number(name: str) -> None:
    assert decision(NYGARD, name).id == NAMES[name]


STATUSES = {
    "Accepted": "accepted", "approved": "accepted", "**Proposed**": "proposed", "DEPRECATED": "superseded",
    "Rejected on 2020-01-01": "rejected", "whatever": None,
}  # fmt: skip


@pytest.mark.parametrize("said", STATUSES)
def test_a_status_is_one_of_ours_or_told(said: str) -> None:
    got = found(NYGARD.replace("Accepted", said))
    assert got.design.decisions[0].status == STATUSES[said]
    assert bool(got.remarks) == (said.strip("*").lower() != STATUSES[said])


def test_a_date_that_is_none_is_told() -> None:
    got = found(NYGARD.replace("2018-06-26", "26/06/2018"))
    assert got.design.decisions[0].decided is None
    assert "date «26/06/2018»" in got.remarks[0]


def test_files_that_are_no_records_are_left_out_and_named() -> None:
    others = (
        Source("# Read me\n", "README.md", ""),
        Source(MADR_4.replace("Where do orders live?", "{title}"), "t.md", ""),
    )
    got = read(Source(NYGARD, "1.md", "x", also=others))
    assert len(got.design.decisions) == 1
    assert got.others == "README.md and t.md are no decision records and were left out"
    with pytest.raises(TenfoldError, match=r"README\.md:1: it is no decision record"):
        read(others[0])


def test_records_of_one_name_get_ids_of_their_own() -> None:
    got = read(Source(NYGARD, "a/0001-x.md", "x", also=(Source(MADR_2, "b/0002-x.md", ""),)))
    assert [said.id for said in got.design.decisions] == ["x", "x-2"]


BROKEN = {
    "json that is none": "tenfold: {not json}",
    "an id that is none": 'tenfold: {"id": "../x", "title": null, "about": [], "chosen": null, "options": {}}',
    "a control character": 'tenfold: {"id": "q", "title": "\\u001b[31m", "about": [], "chosen": null, "options": {}}',
    "the wrong shape": 'tenfold: {"id": "q", "options": [1]}',
    "depth": "tenfold: " + "[" * 5000,
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_line_of_ours_that_somebody_broke_is_not_believed(what: str) -> None:
    said = decision(f"---\n{BROKEN[what]}\n---\n{NYGARD}")
    assert said.title == "Help scripts"
    assert "\x1b" not in str(said)


def test_control_characters_do_not_reach_the_design() -> None:
    said = decision(NYGARD.replace("Help scripts", "Help \x1b[31m scripts").replace("comments", "com\x00ments"))
    assert said.title == "Help \ufffd[31m scripts"
    assert said.context == "Help is taken from com\ufffdments."


def test_a_text_too_long_for_a_record_is_refused() -> None:
    with pytest.raises(TenfoldError, match="too long for a decision record"):
        found(NYGARD + "x" * 2**18)


_HEADINGS = ["# T\n", "## Context\n", "## Decision\n", "## Considered Options\n", "### a\n", "### Consequences\n"]
_SIGNS = [
    "* Good, because x\n",
    "- y\n",
    "---\n",
    "```\n",
    "<!--",
    "-->",
    "a",
    '"',
    "**",
    "[",
    "](",
    "\n",
    "\x1b",
    "用",
]
_SAYINGS = ["status: accepted\n", 'Chosen option: "', ", because ", "Status\n", "tenfold: {}\n", "## Pros and Cons\n"]
_PIECES = st.sampled_from([*_HEADINGS, *_SIGNS, *_SAYINGS])


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_text_is_a_record_or_refused_in_a_sentence(text: str) -> None:
    try:
        count = len(found(text).design.decisions)
    except TenfoldError:
        count = 0
    assert count == (1 if is_record(parsed(text)) else 0)
