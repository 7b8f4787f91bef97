"""What the rules about long outages say of designs that differ in one thing."""

from collections.abc import Callable

import pytest

from studio.red_flags.report import Finding

Answer = Callable[..., str]
Only = Callable[[str, str], Finding]

WEB = '[components.web]\nkind = "client"\n'


def part(id_: str, kind: str = "service", more: str = "") -> str:
    return f'[components.{id_}]\nkind = "{kind}"\n{more}\n'


def call(source: str, target: str, more: str = "") -> str:
    return f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\n{more}\n'


def api(more: str) -> str:
    return part("api", more="tier = 1\n" + more)


def cloud(name: str) -> str:
    return f'shares_fate_with = ["{name}"]'


ALIKE = "calls_per_request = 0.5\n"
PROVIDERS = WEB + part("lb", "load-balancer") + call("web", "lb") + call("lb", "a", ALIKE) + call("lb", "b", ALIKE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (api('instances = 3\nshares_fate_with = ["config push"]'), "warning components.api"),
        (api('instances = 3\nshares_fate_with = ["config push"]\ncommon_cause = 0.05'), "passed"),
        (api('instances = 3\nshares_fate_with = ["config push"]\ncommon_cause = 0'), "warning components.api"),
        (api("instances = 3"), "? components.api.common_cause"),
        (api("instances = 3\ncommon_cause = 0"), "passed"),
        (api("instances = 1"), "-"),
        (api("instances = 3\nmanaged = true"), "-"),
        (part("api", more='instances = 3\nshares_fate_with = ["zone"]'), "-"),  # no must journey needs it
        (PROVIDERS + part("a", more=cloud("One")) + part("b", more=cloud("one")), "warning components.a"),
        (PROVIDERS + part("a", more=cloud("one")) + part("b", more=cloud("two")), "-"),
    ],
)  # fmt: skip
def test_what_fails_together_is_one(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT001") == expected


STORE_NEEDS_VAULT = part("store", "database", 'needs_to_start = ["vault"]')
STARTS = "? components.api.needs_to_start components.store.needs_to_start"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (part("vault", "secrets", 'needs_to_start = ["store"]') + STORE_NEEDS_VAULT, "error design"),
        (part("vault", "secrets") + STORE_NEEDS_VAULT, "passed"),
        (part("vault", "secrets") + STORE_NEEDS_VAULT + call("vault", "store"), "error design"),
        (part("vault", "secrets") + STORE_NEEDS_VAULT + call("vault", "store", "hard = false"), "warning design"),
        (part("vault", "secrets") + STORE_NEEDS_VAULT + call("vault", "store", 'mode = "async"'), "warning design"),
        (part("vault", "secrets") + part("store", "database") + call("vault", "store") + call("store", "vault"),
         "? components.vault.needs_to_start"),  # calls in a circle are told as such
        (part("vault", "secrets") + part("store", "database") + call("vault", "store")
         + call("store", "vault", 'mode = "async"'), "warning design"),  # others need a tool before they work at all
        (part("api") + part("store", "database") + call("api", "store"), STARTS),
        (part("api") + part("stock") + call("api", "stock") + call("stock", "api", 'mode = "async"')
         + part("seed", more='needs_to_start = ["api"]'), "passed"),  # a circle, but of work and not of starts
        (part("login", "identity") + part("api", more='needs_to_start = ["login"]') + part("events", "queue")
         + call("login", "events", 'mode = "async"') + call("events", "api", 'mode = "async"'), "passed"),
        (part("watch", "monitoring") + part("api", more='needs_to_start = ["watch"]') + call("watch", "api"),
         "passed"),  # monitoring collects from what it watches
        (part("watch", "monitoring") + part("ts", "database", 'needs_to_start = ["watch"]') + call("watch", "ts"),
         "error design"),
        (part("api", more='needs_to_start = ["pay"]') + part("pay", "external") + call("pay", "api"), "-"),
        (part("api"), "-"),
    ],
)  # fmt: skip
def test_nothing_waits_for_itself_to_start(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT002") == expected


def test_the_circle_is_named(finding: Only) -> None:
    text = part("vault", "secrets", 'needs_to_start = ["store"]') + STORE_NEEDS_VAULT
    assert "vault → store → vault" in finding(text, "OUT002").verdict.message


def admits(more: str, rest: str = "") -> str:
    return WEB + part("api", more=more) + call("web", "api") + rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (admits('recovery_admission = "none"'), "warning components.api"),
        (admits('recovery_admission = "limited"'), "passed"),
        (admits(""), "? components.api.recovery_admission"),
        (admits("", '[patterns.shed]\nuse = "load-shedding"\non = ["api"]'), "passed"),
        (admits("managed = true"), "-"),
        (part("api", more='recovery_admission = "none"'), "-"),  # nobody waits for it
        (part("hosts", "worker") + part("leases", more='recovery_admission = "none"') + call("hosts", "leases"),
         "warning components.leases"),
        (part("hosts", "worker") + part("leases") + call("hosts", "leases"), "-"),
        (WEB + part("lb", "load-balancer") + part("api", more='recovery_admission = "limited"') + call("web", "lb")
         + call("lb", "api"), "passed"),  # the balancer leaves it to what is behind
        (part("hosts", "worker") + part("leases", more='tier = 1\nrecovery_admission = "none"')
         + call("hosts", "leases"), "warning components.leases"),
        (admits('recovery_admission = "limited"', part("db2", more='recovery_admission = "none"')
                + call("api", "db2")), "passed"),  # the entrance holds them back
        (admits('recovery_admission = "none"', part("db2", more='recovery_admission = "none"')
                + call("api", "db2")), "warning components.api"),  # told once
        ('[components.web]\nkind = "client"\nrecovery_admission = "none"\n' + part("api") + call("web", "api"),
         "warning components.api"),
    ],
)  # fmt: skip
def test_users_come_back_by_and_by(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT005") == expected


def test_the_caches_that_are_cold_then_are_named(finding: Only) -> None:
    text = admits('recovery_admission = "none"', part("near", "cache", "hit_ratio = 0.9"))
    assert finding(text, "OUT005").verdict.message.endswith("while near is still empty")


def limit(now: str, grows: str | None, more: str = "instances = 10") -> str:
    said = f'grows_with = "{grows}"\n' if grows else ""
    return f'[components.api]\nkind = "service"\n{more}\n[components.api.limits.files]\n{now}\nmax = 1000\n{said}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (limit("now = 700", "time"), "passed"),
        (limit("now = 900", "time"), "warning components.api"),
        (limit("now = 1000", "data"), "error components.api"),
        (limit("now = 300", "fleet", "instances = 10\nautoscale = { max = 20 }"), "passed"),
        (limit("now = 450", "fleet", "instances = 10\nautoscale = { max = 20 }"), "warning components.api"),
        (limit("now = 600", "fleet", "instances = 10\nautoscale = { max = 20 }"), "error components.api"),
        (limit("now = 900", "fleet"), "warning components.api"),
        (limit("now = 450", "fleet") + "[requirements.scale]\ngrowth = 2", "warning components.api"),
        (limit("now = 450", "fleet"), "passed"),  # nobody says that it grows
        (
            limit("now = 600", "fleet") + "[requirements.scale]\ngrowth = 2\n[decisions.files]\nabout = ['api']",
            "note components.api",
        ),
        (limit("now = 90", "load"), "warning components.api"),  # ten times today's load is 900
        (limit("now = 200", "load"), "warning components.api"),
        (limit("now = 200", "load") + '[decisions.files]\nabout = ["api"]', "note components.api"),
        (limit("now = 20", "load"), "passed"),
        (limit("now = 20", None), "? components.api.limits.files.grows_with"),
        (limit("now = 900", None), "warning components.api"),
        (limit("", "time"), "? components.api.limits.files.now"),
        (part("api"), "-"),
    ],
)
def test_a_limit_is_judged_where_it_will_be_fullest(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT007") == expected


def test_a_limit_of_the_fleet_says_how_many_instances_fit(finding: Only) -> None:
    found = finding(limit("now = 600", "fleet", "instances = 10\nautoscale = { max = 20 }"), "OUT007")
    assert "120 % used with all 20 instances: 600 of 1,000 today" in found.verdict.message
    assert found.verdict.fix[0] == "a limit of 1,500 instead of 1,000"
    assert "at most 13 instances" in found.verdict.fix[1]


def expires(*things: str) -> str:
    said = "\n".join(f"expires.thing{place} = {{ {thing} }}" for place, thing in enumerate(things))
    return part("edge", "gateway", said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (expires("on = 2027-06-01, watched = true"), "passed"),
        (expires("on = 2027-06-01, watched = false"), "warning components.edge"),
        (expires("on = 2026-12-21, watched = false"), "error components.edge"),  # in 30 days
        (expires("on = 2026-12-22, watched = false"), "warning components.edge"),
        (expires("on = 2026-11-21, watched = true"), "passed"),  # the last good day
        (expires("on = 2026-11-20, watched = true"), "error components.edge"),
        (expires("watched = false"), "warning components.edge"),
        (expires("on = 2027-06-01"), "? components.edge.expires.thing0.watched"),
        (expires("on = 2026-12-01"), "warning components.edge"),  # soon, and nobody says that somebody is told
        (expires("watched = true"), "? components.edge.expires.thing0.on"),
        (expires('watched = true, renewed_by = "the mesh, daily"'), "passed"),
        (expires('on = 2026-12-01, watched = false, renewed_by = "a timer"'), "warning components.edge"),
        (expires('on = 2026-11-01, watched = false, renewed_by = "a timer"'), "error components.edge"),
        (expires("on = 2027-06-01, watched = true", "on = 2027-07-01, watched = false"), "warning components.edge"),
        (part("edge", "gateway"), "-"),
        (WEB + part("edge", "gateway") + call("web", "edge", "encrypted = true"), "? components.edge.expires"),
        (WEB + part("edge", "gateway", "managed = true") + call("web", "edge", "encrypted = true"), "-"),
    ],
)
def test_an_end_date_is_watched(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT008") == expected


def keyed(column: str, users: int = 100_000, more: str = "") -> str:
    """Half of 100 requests a day of each is a write: 5 million a day for 100,000 users, 2^31 of them in 430 days."""
    scale = f"[requirements.scale]\ndaily_active_users = {users}\nrequests_per_user_per_day = 100\n"
    store = part("db", "database", f'schema = """CREATE TABLE t ({column}, at timestamptz)"""\n{more}')
    return scale + WEB + store + call("web", "db")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (keyed("id serial PRIMARY KEY"), "warning components.db"),
        (keyed("id INT NOT NULL AUTO_INCREMENT"), "warning components.db"),
        (keyed("id int(11) unsigned auto_increment"), "warning components.db"),
        (keyed("id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY"), "warning components.db"),
        (keyed("id serial", users=1_000_000), "error components.db"),
        (keyed("id serial", users=10_000), "passed"),
        (keyed("id bigserial PRIMARY KEY"), "-"),
        (keyed("id bigint GENERATED ALWAYS AS IDENTITY"), "-"),
        (keyed("part int PRIMARY KEY"), "-"),  # somebody assigns it
        (keyed("-- id serial was too small\nid bigserial"), "-"),
        (keyed("id integer PRIMARY KEY AUTO_INCREMENT", more='technology = "sqlite"'), "-"),
        (part("db", "database"), "-"),
    ],
)
def test_generated_keys_last_for_years(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT013") == expected
