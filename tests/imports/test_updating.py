"""A file imported once more: what is new comes in, what a person wrote stays, nothing is deleted."""

import pytest

from studio.files.loading import parse
from studio.files.saving import merged
from studio.files.writing import new_text
from studio.imports.frame.formats import imported
from studio.imports.frame.imported import Imported, Source
from studio.imports.frame.updating import Update, updated
from studio.model.design import Design

FILE = """
services:
  web: {image: nginx, ports: ['80:80'], depends_on: [api]}
  api: {image: acme/api, deploy: {replicas: 2}, environment: {DB_HOST: db}}
  db: {image: 'postgres:16'}
"""


def compose(text: str) -> Imported:
    return imported("compose", Source(text, "compose.yml", "Shop"))


def again(change: tuple[str, str], *edits: tuple[str, str]) -> tuple[Design, Update]:
    """The design of the file as a person has gone on writing it, and what a changed file makes of it."""
    text = new_text(compose(FILE).design)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    design = parse(text, "shop.toml")
    assert change[0] in FILE
    update = updated(design, compose(FILE.replace(*change)))
    assert parse(merged(text, design, update.design), "shop.toml") == update.design
    return design, update


def test_the_same_file_changes_nothing() -> None:
    design, update = again(("", ""), ("[components.api]\n", '[components.api]\nlatency = "20 ms"\n'))
    assert update.design == design
    assert (update.new, update.changed, update.kept, update.vanished) == ((), (), (), ())


def test_what_is_new_in_the_file_is_added() -> None:
    _, update = again(("  db:", "  mail: {image: acme/mail, depends_on: [api]}\n  db:"))
    assert update.new == ("mail (service)", "mail → api")
    assert update.design.component["mail"].origin is not None


def test_what_changed_in_the_file_changes_and_what_a_person_added_stays() -> None:
    _, update = again(
        ("replicas: 2", "replicas: 5"), ("[components.api]\n", '[components.api]\nlatency = "20 ms"\nowner = "me"\n')
    )
    api = update.design.component["api"]
    assert (api.instances, api.latency, api.owner) == (5, 0.02, "me")
    assert update.changed == ("api: instances 2 → 5",)


def test_what_a_person_changed_is_kept_and_the_difference_told() -> None:
    _, update = again(("postgres:16", "mysql:8"), ('technology = "postgresql"', 'technology = "cockroach"'))
    assert update.design.component["db"].technology == "cockroach"
    assert update.kept == ("db: technology cockroach → mysql",)
    assert update.changed == ()


def test_what_is_gone_from_the_file_is_told_and_stays() -> None:
    _, update = again(("  db: {image: 'postgres:16'}\n", ""))
    assert set(update.vanished) == {"db", "api-db"}
    assert "db" in update.design.component


def test_a_component_that_was_renamed_is_found_again() -> None:
    edits = (("[components.api]", "[components.shop]"), ('from = "api"', 'from = "shop"'),
             ('to = "api"', 'to = "shop"'), ('needs_to_start = ["api"]', 'needs_to_start = ["shop"]'))  # fmt: skip
    _, update = again(("replicas: 2", "replicas: 5"), *edits)
    assert update.design.component["shop"].instances == 5
    assert "api" not in update.design.component
    assert (update.new, update.kept) == ((), ())


def test_a_connection_that_was_confirmed_stays_confirmed() -> None:
    _, update = again(("DB_HOST: db", "DB_URL: 'postgres://db/x'"), ('confidence = "certain"\n', ""))
    connection = update.design.connection["api-db"]
    assert (connection.protocol, connection.confidence) == ("SQL", None)


def test_what_a_person_drew_by_hand_is_not_drawn_twice() -> None:
    text = 'format = 1\n[design]\nname = "S"\n[components.api]\nkind = "worker"\n[components.db]\nkind = "database"\n'
    design = parse(text + '[connections.x]\nfrom = "api"\nto = "db"\n', "s.toml")
    update = updated(design, compose(FILE))
    assert update.design.component["api"].kind == "worker"
    assert [c.id for c in update.design.connections if c.target == "db"] == ["x"]
    assert "api: kind worker → service, instances not said → 2" in update.kept


CIRCLES = {
    "a likely call is taken out": ("a: {image: x, depends_on: [b]}, b: {image: x, environment: {A_HOST: a}}", {"a-b"}),
    "of two sure ones the one that leads back": (
        "a: {image: x, ports: ['1:1'], environment: {B_HOST: b}}, b: {image: x, environment: {A_HOST: a}}",
        {"b-a"},
    ),
    "three in a circle": (
        "a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [c]}, c: {image: x, depends_on: [a]}", {"c-a"}
    ),
    "no circle": ("a: {image: x, depends_on: [b]}, b: {image: x}", set()),
}  # fmt: skip


@pytest.mark.parametrize("name", CIRCLES)
def test_a_circle_of_calls_is_opened_and_asked_about(name: str) -> None:
    from studio.analysis import Analysis
    from studio.catalogue.library import Library

    services, silenced = CIRCLES[name]
    found = compose(f"services: {{{services}}}")
    assert {c.id for c in found.design.connections if c.calls_per_request == 0} == silenced
    assert {question.id for question in found.design.questions} == silenced
    assert bool(silenced) == ("closes a circle" in found.unknown[0])
    assert Analysis(found.design, Library(())).estimates.traffic is not None


def test_a_circle_that_a_merge_closes_is_opened_among_the_new_connections_only() -> None:
    _, update = again(("{image: 'postgres:16'}", "{image: 'postgres:16', environment: {X_HOST: api}}"))
    assert {c.id for c in update.design.connections if c.calls_per_request == 0} == {"db-api"}


def test_what_is_asked_first_settles_most_rules() -> None:
    asks = compose(FILE).asks
    counts = [int(sentence.rpartition("; ")[2].split()[0]) for sentence in asks if "wait" in sentence]
    assert counts == sorted(counts, reverse=True)
    assert "requirements.scale.daily_active_users" in asks[0]
    assert asks[-1].endswith("tenfold check --show-unknown lists them")


def test_a_call_taken_out_of_a_circle_still_follows_the_file() -> None:
    text = "services: {a: {image: x, depends_on: [b]}, b: {image: x, environment: {A_HOST: a}}}"
    design = compose(text).design
    assert design.connection["a-b"].calls_per_request == 0
    update = updated(design, compose(text.replace("depends_on: [b]", "environment: {B_URL: 'https://b:443'}")))
    assert (update.design.connection["a-b"].protocol, update.design.connection["a-b"].encrypted) == ("HTTPS", True)
    assert update.kept == ()
    assert update.design.connection["a-b"].calls_per_request == 0


def test_who_comes_to_wait_for_a_job_sends_no_more_requests_there() -> None:
    text = "services: {a: {image: x, depends_on: {b: {condition: service_healthy}}}, b: {image: x}}"
    update = updated(compose(text).design, compose(text.replace("healthy", "completed_successfully")))
    assert update.design.connection["a-b"].calls_per_request == 0
    assert update.design.component["b"].kind == "batch"
