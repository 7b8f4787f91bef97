"""Compose files as files: several of them, what they include and extend, what is wrong in them, and their limits."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import TenfoldError
from studio.imports.compose import read
from studio.imports.frame.imported import Imported, Source


def imported(text: str, *others: str, folder: Path | None = None) -> Imported:
    also = tuple(Source(other, f"over{number}.yml", "") for number, other in enumerate(others))
    file = str(folder / "compose.yml") if folder else "compose.yml"
    return read(Source(text, file, "Shop", also=also, folder=folder))


def pairs(found: Imported) -> list[tuple[str, str]]:
    return [(c.source, c.target) for c in found.design.connections]


STORES = "  db: {image: postgres}\n  cache: {image: redis}\n"


def test_a_later_file_overrides_as_compose_does() -> None:
    below = "services:\n  app: {image: a, environment: [A_HOST=db], depends_on: [db], deploy: {replicas: 2}}\n" + STORES
    over = "services:\n  app: {image: node, environment: {B_HOST: cache}, deploy: {replicas: 5}}\n"
    found = imported(below, over)
    assert pairs(found) == [("app", "db"), ("app", "cache")]
    assert found.design.component["app"].instances == 5
    assert found.design.component["app"].technology == "node"


OVERRIDES = {
    "another value": ("environment: {A_HOST: cache}", [("app", "cache")]),
    "taken away": ("environment: !reset null", []),
    "put in its place": ("environment: !override {B: x}", []),
    "nothing said": ("environment:", [("app", "db")]),
}


@pytest.mark.parametrize("name", OVERRIDES)
def test_variables_are_laid_over_each_other_by_name(name: str) -> None:
    said, wanted = OVERRIDES[name]
    below = "services:\n  app: {image: a, environment: {A_HOST: db}}\n" + STORES
    assert pairs(imported(below, f"services:\n  app:\n    {said}\n")) == wanted


def test_documents_of_one_file_are_laid_over_each_other() -> None:
    text = f"services:\n{STORES}---\nservices: {{app: {{image: a, depends_on: [db]}}}}\n"
    assert pairs(imported(text)) == [("app", "db")]


def test_anchors_and_merge_keys_are_followed() -> None:
    services = "services:\n  app: {image: a, <<: *a}\n  two: {image: b, environment: {<<: [*e], B_HOST: cache}}\n"
    text = f"x-a: &a\n  environment: &e {{A_HOST: db}}\n{services}{STORES}"
    assert set(pairs(imported(text))) == {("app", "db"), ("two", "db"), ("two", "cache")}


def test_a_service_extends_another_of_the_file() -> None:
    base = "  base: {image: a, environment: {A_HOST: db}}\n"
    text = f"services:\n{base}  app: {{extends: base, environment: {{B_HOST: cache}}}}\n{STORES}"
    assert pairs(imported(text)) == [("base", "db"), ("app", "db"), ("app", "cache")]


def test_files_inside_the_folder_are_included_and_extended(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "stores.yml").write_text(f"services:\n{STORES}")
    (tmp_path / "base.yml").write_text("services: {base: {image: a, depends_on: [db]}}")
    text = "include: [parts/stores.yml]\nservices: {app: {extends: {file: base.yml, service: base}}}\n"
    found = imported(text, folder=tmp_path)
    assert pairs(found) == [("app", "db")]
    assert not found.defects
    assert [d.what for d in imported(text).defects] != []


OUTSIDE = ["../secret.yml", "/etc/passwd", "link.yml", "~/x.yml"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_outside_of_the_folder_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("services: {stolen: {image: x}}")
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "link.yml").symlink_to(tmp_path / "secret.yml")
    found = imported(f"include: ['{name}']\nservices: {{app: {{image: a}}}}\n", folder=folder)
    assert [c.id for c in found.design.components] == ["app"]
    assert found.defects[0].line == 1


def test_a_file_that_includes_itself_is_a_defect(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("include: [b.yml]\nservices: {a: {image: x}}")
    (tmp_path / "b.yml").write_text("include: [a.yml]\nservices: {b: {image: x}}")
    found = imported("include: [a.yml]\nservices: {c: {image: x}}", folder=tmp_path)
    assert {c.id for c in found.design.components} == {"a", "b", "c"}
    assert "includes itself" in found.defects[0].what


DEFECTS = {
    "a dependency that is not there": ("app: {image: a, depends_on: [dbb]}", 2, "depends on dbb", "did you mean db?"),
    "a link that is not there": ("app: {image: a, links: [dbb]}", 2, "depends on dbb", "did you mean db?"),
    "neither image nor build": ("app: {command: x}", 2, "neither image nor build", "give it one"),
    "nothing": ("app:", 2, "says nothing", "image"),
    "extends what is not there": ("app: {extends: dbb, image: a}", 2, "extends dbb", "did you mean db?"),
    "extends itself": ("app: {extends: app, image: a}", 2, "extends itself", ""),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_is_imported(name: str) -> None:
    said, line, what, advice = DEFECTS[name]
    found = imported(f"services:\n  {said}\n{STORES}")
    assert found.defects[0].line == line
    assert what in found.defects[0].what
    assert advice in found.defects[0].advice
    assert {"app", "db", "cache"} <= {c.id for c in found.design.components}


LAUGHS = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
REFUSED = {
    "an empty file": ("", 1, "says nothing"),
    "a list": ("- a\n", 1, "no table"),
    "other YAML": ("a: 1\nb: 2\n", 1, "no services"),
    "broken YAML": ("services:\n  a: [\n", 3, "no YAML"),
    "a key twice": ("services:\n  a: {image: x}\n  a: {image: y}\n", 3, "there twice"),
    "an alias of nothing": ("services:\n  a: *b\n", 2, "names nothing"),
    "an alias of itself": ("services: &a\n  a: *a\n", 2, "names nothing"),
    "a key that is a list": ("services:\n  [a]: x\n", 2, "must be a word"),
    "too deep": ("[" * 100, 1, "nested more than 64 deep"),
    "a billion laughs": ("a0: &a0 [x, x]\n" + LAUGHS, 6, "200,000 values"),
    "too many documents": ("--- 1\n" * 30, 21, "more than 20 documents"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_compose_file_is_refused_with_a_line(name: str) -> None:
    text, line, what = REFUSED[name]
    with pytest.raises(TenfoldError) as refused:
        imported(text)
    assert str(refused.value).startswith(f"compose.yml:{line}: ")
    assert what in str(refused.value)


def test_objects_of_python_are_never_made() -> None:
    found = imported("services: {app: !!python/object/apply:os.system {image: 'echo x'}}")
    assert [c.id for c in found.design.components] == ["app"]


PIECES = [
    "services:", "\n", "  web:", " image: x", "  - a", "{", "}", "[", "]", "&a ", "*a", "<<: ", "environment",
    "${A:-b}", "$", "depends_on: [db]", "db", "build: .", "ports: ['80:80']", "\t", "  ", "!reset ", "|", "'",
    '"', ": ", "networks:", "x: http://db:5432", "command: x db:80", "extends: db", "include: [x]",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=25).map("".join)), st.booleans())
def test_any_text_is_imported_or_refused_in_a_sentence(text: str, is_begun: bool) -> None:
    said = refusal(f"services:\n  db: {{image: x}}\n{text}" if is_begun else text)
    assert said is None or said.startswith("compose.yml:")


def refusal(text: str) -> str | None:
    try:
        imported(text)
    except TenfoldError as refused:
        return str(refused)
    return None
