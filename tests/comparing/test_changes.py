"""What changed between two designs: laws over any edit, and which new ids are renames."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.comparing.changes import changes
from studio.comparing.fields import tables
from studio.model.design import Design

HEAD = 'format = 1\n[design]\nname = "Shop"\n'
API = '[components.api]\nkind = "service"\nlatency = "20 ms"\ninstances = 2\n'
WEB = '[components.web]\nkind = "client"\n'
CALL = '[connections.web-api]\nfrom = "web"\nto = "api"\n'


def design(text: str) -> Design:
    return Design.model_validate(tomllib.loads(HEAD + text))


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(".".join(change.address), change.sort) for change in changes(design(old), design(new))]


FIELDS = st.dictionaries(
    st.sampled_from(["name", "purpose", "technology", "owner"]), st.sampled_from(["a", "b", "c"]), max_size=4
)
PARTS = st.dictionaries(st.sampled_from(["api", "db", "cache", "mail"]), FIELDS, max_size=4)


def built(parts: dict[str, dict[str, str]]) -> Design:
    components = {id_: {"kind": "service", **fields} for id_, fields in parts.items()}
    return Design.model_validate({"format": 1, "design": {"name": "X"}, "components": components})


@settings(max_examples=60)
@given(PARTS, PARTS)
def test_designs_have_no_changes_exactly_when_they_say_the_same(old: object, new: object) -> None:
    before, after = built(old), built(new)  # type: ignore[arg-type] # Hypothesis gives what the strategy says
    assert (not changes(before, after)) is (tables(before) == tables(after))


@settings(max_examples=60)
@given(PARTS, PARTS)
def test_every_part_of_either_side_is_accounted_for_once(old: object, new: object) -> None:
    before, after = built(old), built(new)  # type: ignore[arg-type] # Hypothesis gives what the strategy says
    found = changes(before, after)
    came = {c.address for c in found if c.sort == "added"}
    went = {c.address for c in found if c.sort == "removed"}
    renamed = {c.address: c.was for c in found if c.sort == "renamed"}
    there, here = set(tables(before)), set(tables(after))
    assert came | set(renamed) == here - there
    assert went | set(renamed.values()) == there - here
    assert len(set(renamed.values())) == len(renamed)


RENAMES = {
    "most of it stayed": (API + WEB, API.replace("api", "server") + WEB, [("components.server", "renamed")]),
    "one value of three is another": (
        API, API.replace("api", "server").replace("= 2", "= 3"), [("components.server", "renamed")],
    ),
    "another kind": (
        API, API.replace("api", "server").replace("service", "worker"),
        [("components.server", "added"), ("components.api", "removed")],
    ),
    "little is said of either": (
        WEB, WEB.replace("web", "app"), [("components.app", "added"), ("components.web", "removed")],
    ),
    "what names it follows": (
        API + WEB + CALL, (API + WEB + CALL).replace('"api"', '"server"').replace(".api", ".server"),
        [("components.server", "renamed")],
    ),
    "a connection keeps its ends": (
        API + WEB + CALL, API + WEB + CALL.replace("web-api", "ask"), [("connections.ask", "renamed")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RENAMES)
def test_a_part_with_a_new_id_is_renamed_when_it_is_the_same_part(name: str) -> None:
    old, new, expected = RENAMES[name]
    assert told(old, new) == expected


DEEP = {
    "an endpoint is a field of its component": (
        API, API + '[components.api.endpoints.buy]\nmethod = "POST"\n', ("components", "api"),
        [("endpoints.buy.method", None, "POST")],
    ),
    "a small structure has dotted fields": (
        API, API + 'autoscale = { max = 9 }\n', ("components", "api"), [("autoscale.max", None, 9)],
    ),
    "a requirement without an id": (
        "", '[requirements.scale]\ngrowth = 5\n', ("requirements", "scale"), [("growth", None, 5)],
    ),
    "a range against a number": (
        API, API.replace('"20 ms"', '["10 ms", "30 ms"]'), ("components", "api"),
        [("latency", "20 ms", ["10 ms", "30 ms"])],
    ),
    "false is not nothing": (API, API + "pooled = false\n", ("components", "api"), [("pooled", None, False)]),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEP)
def test_a_change_is_told_at_its_part_with_the_key_and_both_values(name: str) -> None:
    old, new, address, fields = DEEP[name]
    (change,) = changes(design(old), design(new))
    assert change.address == address
    assert [tuple(field) for field in change.fields] == fields
