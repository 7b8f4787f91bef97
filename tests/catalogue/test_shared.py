"""What a pattern needs once only: a second application uses the one that is there, and the load stays right."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from studio.analysis import Analysis
from studio.applying import Preview, preview
from studio.catalogue.entries import Pattern
from studio.catalogue.library import shipped
from studio.catalogue.pages import page
from studio.model.design import Design

TODAY = date(2026, 11, 21)
SHOP = """
format = 1
[design]
name = "Shop"
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
peak_factor = 3
reads_per_write = 4
[components]
users = { kind = "client" }
staff = { kind = "client" }
api = { kind = "service", instances = 4 }
admin = { kind = "service", instances = 2 }
db = { kind = "database", max_connections = 100 }
files = { kind = "object-store" }
model = { kind = "llm" }
stock = { kind = "worker" }
mirror = { kind = "worker" }
orders = { kind = "stream" }
mails = { kind = "queue" }
[connections]
users-api = { from = "users", to = "api" }
staff-api = { from = "staff", to = "api", calls_per_request = 0.5 }
staff-admin = { from = "staff", to = "admin" }
api-db = { from = "api", to = "db", calls_per_request = 2 }
admin-db = { from = "admin", to = "db", calls_per_request = 3 }
api-files = { from = "api", to = "files", traffic = "reads" }
admin-files = { from = "admin", to = "files" }
api-model = { from = "api", to = "model" }
admin-model = { from = "admin", to = "model" }
api-stock = { from = "api", to = "stock" }
admin-stock = { from = "admin", to = "stock" }
api-mirror = { from = "api", to = "mirror", calls_per_request = 2 }
api-orders = { from = "api", to = "orders", traffic = "writes" }
api-mails = { from = "api", to = "mails", traffic = "writes", calls_per_request = 0.5 }
"""

SHOP_DESIGN = Design.model_validate(tomllib.loads(SHOP))

TWICE: Mapping[str, tuple[str, str]] = {
    "metrics": ("services=api", "services=admin stores=db"),
    "structured-logs": ("services=api", "services=admin"),
    "distributed-traces": ("services=api", "services=admin"),
    "ci-cd-pipeline": ("services=api", "services=admin"),
    "container-image": ("services=api", "services=admin"),
    "container-orchestration": ("services=api", "services=admin"),
    "feature-flags": ("services=api", "services=admin"),
    "encryption-at-rest": ("stores=db", "stores=files"),
    "mutual-tls": ("calls=api-db", "calls=admin-db"),
    "secrets-vault": ("services=api stores=db", "services=admin stores=db"),
    "audit-log": ("actors=api", "actors=admin"),
    "change-data-capture": ("store=db readers=stock", "store=db readers=mirror"),
    "rate-limiting-sliding-window": ("entry=api client=users", "entry=api client=staff"),
    "guardrails": ("caller=api model=model", "caller=admin model=model"),
    "pii-masking": ("call=api-model", "call=admin-model"),
    "model-routing": ("caller=api model=model", "caller=admin model=model"),
    "retrieval-augmented-generation": ("caller=api model=model source=files", "caller=admin model=model source=files"),
    "search-index": ("caller=api store=db", "caller=admin store=db"),
    "retention-and-tiering": ("store=db caller=api", "store=db caller=admin"),
    "message-queue": ("producer=api consumer=stock", "producer=admin consumer=stock"),
    "async-processing": ("caller=api callee=model", "caller=admin callee=model"),
    "connection-pooling": ("store=db callers=api", "store=db callers=admin"),
    "load-balancer-l4": ("service=api callers=users", "service=api callers=staff"),
    "load-balancer-l7": ("service=api callers=users", "service=api callers=staff"),
    "web-application-firewall": ("clients=users entry=api", "clients=staff entry=api"),
    "cdn": ("clients=users origin=api", "clients=staff origin=api"),
    "zero-trust": ("clients=staff resources=api", "clients=staff resources=admin identity=identity"),
    "api-gateway": ("client=staff services=api", "client=staff services=admin"),
    "backend-for-frontend": ("client=staff services=api", "client=staff services=admin"),
    "graphql": ("clients=staff services=api", "clients=staff services=admin"),
    "event-driven": ("producer=api consumers=stock", "producer=api consumers=mirror"),
    "event-stream": ("producer=api consumers=stock", "producer=api consumers=mirror"),
    "publish-subscribe": ("publisher=api subscribers=stock", "publisher=api subscribers=mirror"),
    "transactional-outbox": ("writer=api store=db broker=orders", "writer=api store=db broker=mails"),
}
"""Two applications of a pattern, each as ids by role."""
LOADED = sorted(set(TWICE) - {"retention-and-tiering", "transactional-outbox"})
"""All but those whose shared component reads the store by itself: two of them would read it twice."""


def _on(text: str) -> dict[str, tuple[str, ...]]:
    return {role: (id_,) for role, _, id_ in (pair.partition("=") for pair in text.split())}


def _applied(pattern: Pattern, design: Design, on: str) -> Preview:
    return preview(Analysis(design, shipped(), today=TODAY), pattern, _on(on), {})


def _twice(pattern: Pattern, design: Design = SHOP_DESIGN) -> tuple[Preview, Preview]:
    first = _applied(pattern, design, TWICE[pattern.id][0])
    return first, _applied(pattern, first.after.design, TWICE[pattern.id][1])


def _loads(design: Design) -> dict[str, float]:
    """Reads and writes a second at every component the shop had."""
    figures = Analysis(design, shipped(), today=TODAY).estimates.components
    kinds = ("peak_read_rps", "peak_write_rps")
    each = (
        (f"{id_} {kind}", getattr(figures[id_], kind)) for id_ in tomllib.loads(SHOP)["components"] for kind in kinds
    )
    return {name: load for name, load in each if load is not None}


def _each_for_itself(pattern: Pattern) -> Pattern:
    return replace(pattern, components=tuple(replace(added, shared=False) for added in pattern.components))


CLASSES = ("all", "reads", "writes")


@pytest.mark.parametrize("second", CLASSES)
@pytest.mark.parametrize("first", CLASSES)
@pytest.mark.parametrize(
    ("id_", "connections"),
    [("event-driven", ("api-stock", "api-mirror")), ("api-gateway", ("staff-api", "staff-admin"))],
)
def test_what_stands_before_several_is_shared_only_by_requests_that_enter_it_already(
    id_: str, connections: tuple[str, str], first: str, second: str
) -> None:
    tables = tomllib.loads(SHOP)
    for connection, traffic in zip(connections, (first, second), strict=True):
        tables["connections"][connection]["traffic"] = traffic
    pattern, design = shipped().pattern(id_), Design.model_validate(tables)
    one, two = _twice(pattern, design)[1], _twice(_each_for_itself(pattern), design)[1]
    assert _loads(one.after.design) == pytest.approx(_loads(two.after.design))
    assert (one.components == ()) == (first in ("all", second))


def test_another_client_does_not_enter_the_gateway_of_the_first() -> None:
    """Each request that enters it is taken to call all that lies behind."""
    first = _applied(shipped().pattern("api-gateway"), SHOP_DESIGN, "client=staff services=api")
    second = _applied(shipped().pattern("api-gateway"), first.after.design, "client=users services=api")
    assert second.components == ("gateway-2",)


def test_what_watches_a_gateway_does_not_keep_it_from_being_shared() -> None:
    design = _applied(shipped().pattern("api-gateway"), SHOP_DESIGN, "client=staff services=api").after.design
    for pattern in ("metrics", "ci-cd-pipeline"):
        design = _applied(shipped().pattern(pattern), design, "services=gateway").after.design
    assert _applied(shipped().pattern("api-gateway"), design, "client=staff services=admin").components == ()


def test_every_entry_that_shares_a_component_is_tried() -> None:
    sharing = {pattern.id for pattern in shipped().patterns() if any(added.shared for added in pattern.components)}
    assert sharing == set(TWICE)


@pytest.mark.parametrize("id_", TWICE)
def test_a_second_application_uses_what_the_first_one_brought(id_: str) -> None:
    pattern = shipped().pattern(id_)
    shared = [added for added in pattern.components if added.shared]
    second = _twice(pattern)[1]
    assert second.components == ()
    told = [note for note in second.notes if note.endswith("is used as it is, and no second one is brought")]
    assert len(told) == len(shared)


@pytest.mark.parametrize("id_", LOADED)
def test_the_shared_one_leaves_every_load_as_one_for_each_would(id_: str) -> None:
    pattern = shipped().pattern(id_)
    one, two = (_loads(_twice(each)[1].after.design) for each in (pattern, _each_for_itself(pattern)))
    assert one == pytest.approx(two)
    assert one["api peak_read_rps"] > 0


def test_a_component_of_the_same_id_and_another_kind_is_not_taken_for_it() -> None:
    text = SHOP.replace("[connections]", 'logs = { kind = "queue" }\n[connections]')
    design = Design.model_validate(tomllib.loads(text))
    assert _applied(shipped().pattern("structured-logs"), design, "services=api").components == ("logs-2",)


def test_one_the_person_drew_is_used_and_keeps_what_it_says() -> None:
    text = SHOP.replace("[connections]", 'logs = { kind = "monitoring", name = "Loki" }\n[connections]')
    design = Design.model_validate(tomllib.loads(text))
    seen = _applied(shipped().pattern("structured-logs"), design, "services=api")
    assert (seen.components, seen.connections) == ((), ("api-logs",))
    assert seen.after.design.component["logs"] == design.component["logs"]


def test_a_role_of_which_one_is_enough_takes_the_only_one_there_is() -> None:
    text = SHOP.replace("[connections]", 'sign-in = { kind = "identity" }\n[connections]')
    seen = _applied(
        shipped().pattern("oauth-jwt"), Design.model_validate(tomllib.loads(text)), "service=api client=users"
    )
    assert seen.components == ()
    assert "sign-in is there already: it is used as identity, and no second one is brought" in seen.notes


@pytest.mark.parametrize(
    ("stores", "brought"),
    [
        ("", ()),
        ('ledger = { kind = "database" }\n', ("lock-store",)),
    ],
    ids=["one database", "two databases, nobody says which"],
)
def test_a_role_is_not_guessed_among_several(stores: str, brought: tuple[str, ...]) -> None:
    text = SHOP.replace("[connections]", f"{stores}[connections]")
    design = Design.model_validate(tomllib.loads(text))
    assert _applied(shipped().pattern("distributed-lock"), design, "holder=api resource=files").components == brought


def test_a_store_that_is_protected_does_not_keep_the_lock_unasked() -> None:
    seen = _applied(shipped().pattern("distributed-lock"), SHOP_DESIGN, "holder=api resource=db")
    assert seen.components == ("lock-store",)


def test_the_page_of_an_entry_says_what_is_brought_once_only() -> None:
    assert "component **Logs** (monitoring), unless it is there already" in page(shipped().pattern("structured-logs"))
