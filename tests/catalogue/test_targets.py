"""Roles: what may fill them, and how ids given in a row find theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from studio.catalogue.library import Library
from studio.catalogue.targets import given_roles, targets_for
from studio.errors import EditRefused
from studio.model.design import Design


@pytest.mark.parametrize(
    ("pattern", "candidates"),
    [
        ("cache-aside", {"caller": ("web", "api"), "store": ("db", "mail")}),
        (
            "circuit-breaker",
            {
                "call": ("web-api", "api-db", "api-mail"),
                "caller": ("web", "api"),
                "callee": ("web", "api", "db", "mail"),
            },
        ),
        ("balancer", {"servers": ("web", "api"), "watcher": ()}),
    ],
)
def test_each_role_offers_what_fits_in_file_order(
    library: Library, shop: Design, pattern: str, candidates: dict[str, tuple[str, ...]]
) -> None:
    found = targets_for(library.pattern(pattern), shop)
    assert {each.role: each.ids for each in found} == candidates
    assert list(candidates) == [each.role for each in found]
    assert all(bool(each.reason) is not bool(each.ids) for each in found)


def test_a_role_without_a_candidate_says_why(library: Library, shop: Design) -> None:
    empty = shop.changed(components=(), connections=())
    reasons = {each.role: each.reason for each in targets_for(library.pattern("balancer"), empty)}
    assert reasons == {
        "servers": "the design has no service; one is brought: Web server",
        "watcher": "the design has no monitoring; this role may stay empty",
    }
    reasons = {each.role: each.reason for each in targets_for(library.pattern("circuit-breaker"), empty)}
    assert reasons["call"] == "the design has no connection; one is brought"


@pytest.mark.parametrize(
    ("pattern", "on", "roles"),
    [
        ("cache-aside", ["api", "db"], {"caller": ("api",), "store": ("db",)}),
        ("cache-aside", ["api"], {"caller": ("api",)}),
        ("cache-aside", {"store": ["db"]}, {"store": ("db",)}),
        ("cache-aside", {"store": ["db"], "caller": []}, {"store": ("db",)}),
        ("cache-aside", [], {}),
        ("balancer", ["api", "web"], {"servers": ("api", "web")}),
        ("circuit-breaker", ["api-db", "api-mail"], {"call": ("api-db", "api-mail")}),
        ("circuit-breaker", ["api-db", "web"], {"call": ("api-db",), "caller": ("web",)}),
        ("circuit-breaker", ["web", "mail"], {"caller": ("web",), "callee": ("mail",)}),
        ("circuit-breaker", ["mail"], {"callee": ("mail",)}),
    ],
)
def test_ids_in_a_row_fill_the_roles_in_their_order(
    library: Library,
    shop: Design,
    pattern: str,
    on: Sequence[str] | Mapping[str, Sequence[str]],
    roles: dict[str, tuple[str, ...]],
) -> None:
    assert given_roles(library.pattern(pattern), shop, on) == roles


@pytest.mark.parametrize(
    ("pattern", "on", "said"),
    [
        ("circuit-breaker", {"call": ["api"]}, "as call, circuit-breaker is applied to a connection; api is a service"),
        ("cache-aside", ["db", "api"], "is applied to a service, worker, function or gateway; db is a database"),
        ("cache-aside", {"caller": ["api-db"]}, "api-db is a connection"),
        ("cache-aside", ["api", "db", "mail"], "takes 2 ids (caller and store); there is no role for mail"),
        ("cache-aside", ["apii"], "the design has no apii; did you mean api?"),
        ("cache-aside", ["\x1b[2J"], "the design has no \ufffd[2J; there is web, api, db and mail"),
        ("circuit-breaker", {"call": ["api-bd"]}, "the design has no api-bd; did you mean api-db?"),
        ("cache-aside", {"caler": ["api"]}, "cache-aside has no role caler; did you mean caller?"),
        ("cache-aside", {"caller": ["api", "web"]}, "as caller, cache-aside takes one id, not 2; choose one"),
        ("circuit-breaker", {"caller": ["api"], "callee": ["api"]}, "api is given twice, as caller and as callee"),
        ("balancer", ["api", "api"], "api is given twice"),
        ("balancer", {"watcher": ["db"]}, "as watcher, balancer is applied to a monitoring; db is a database"),
    ],
)  # fmt: skip
def test_ids_that_do_not_fit_are_refused_in_words(
    library: Library, shop: Design, pattern: str, on: Sequence[str] | Mapping[str, Sequence[str]], said: str
) -> None:
    with pytest.raises(EditRefused) as caught:
        given_roles(library.pattern(pattern), shop, on)
    assert said in str(caught.value)


def test_several_leave_one_for_each_role_behind_that_needs_one(library: Library, shop: Design) -> None:
    pattern = library.pattern("balancer")
    servers, watcher = pattern.targets
    needy = replace(pattern, targets=(servers, replace(watcher, kinds=("service", "database"), optional=False)))
    assert given_roles(needy, shop, ["web", "api"]) == {"servers": ("web",), "watcher": ("api",)}
    assert given_roles(needy, shop, ["web", "api", "db"]) == {"servers": ("web", "api"), "watcher": ("db",)}
