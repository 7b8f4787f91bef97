"""The same thing said in another legitimate way gets the same answer, and what only sounds like it does not."""

from collections.abc import Callable

import pytest

Answer = Callable[..., str]

WEB = '[components.web]\nkind = "client"\n'
LOAD = "[requirements.scale]\ndaily_active_users = 86_400\nrequests_per_user_per_day = 100\npeak_factor = 3\n"
PERSONAL = '[data.person]\nclassification = "personal"\n'


def part(id_: str, kind: str = "service", more: str = "") -> str:
    return f'[components.{id_}]\nkind = "{kind}"\n{more}\n'


def call(source: str, target: str, more: str = "") -> str:
    return f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\n{more}\n'


def journey(*steps: str, more: str = "") -> str:
    return f"[journeys.go]\nsteps = {list(steps)}\n{more}\n".replace("'", '"')


def hook(more: str = "") -> str:
    """A vendor calls a service of ours."""
    return part("bank", "external") + part("api", more='owner = "us"\ntier = 1') + call("bank", "api", more)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("REL004", hook()),
        ("REL005", hook() + part("db", "database") + call("api", "db", 'timeout = "1 s"')),
        ("REL007", hook("attempts = 5")),
        ("REL009", hook()),
    ],
)
def test_how_a_vendor_calls_is_not_ours_to_set(answer: Answer, rule: str, text: str) -> None:
    assert answer(text, rule) == "-"


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        ("public key signatures", "passed"),
        ("Open ID Connect", "passed"),
        ("no shared secrets: mTLS", "passed"),
        ("no passwords, certificates only", "passed"),
        ("none", "error connections.web-api"),
        ("public", "error connections.web-api"),
        ("open to all", "error connections.web-api"),
        ("no login", "error connections.web-api"),
    ],
)
def test_words_that_begin_like_nobody_is_asked(answer: Answer, auth: str, expected: str) -> None:
    text = WEB + part("api") + call("web", "api", f'auth = "{auth}"\ndata = ["person"]') + PERSONAL
    assert answer(text, "SEC002") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('auth = "mTLS"\nencrypted = true', "passed"),
        ('auth = "mTLS"\nprotocol = "HTTPS"', "passed"),
        ('auth = "mTLS"\nprotocol = "SQL over TLS"', "passed"),
        ('auth = "mTLS"\nprotocol = "HTTPS"\nencrypted = false', "error connections.a-b"),
        ('auth = "mTLS"\nprotocol = "HTTP"', "? connections.a-b.encrypted"),
        ('auth = "mTLS"\nprotocol = "Redis, no TLS"', "? connections.a-b.encrypted"),
        ('auth = "public"\nencrypted = true', "error connections.a-b"),
        ('auth = "public key"\nencrypted = true', "passed"),
    ],
)
def test_a_link_is_closed_by_its_protocol_too(answer: Answer, said: str, expected: str) -> None:
    assert answer(part("a") + part("b") + call("a", "b", f'{said}\ndata = ["person"]') + PERSONAL, "DAT005") == expected


@pytest.mark.parametrize("auth", ["none", "anonymous", "public"])
def test_a_whole_list_for_anybody_is_an_error(answer: Answer, auth: str) -> None:
    lists = f'[components.api.endpoints.all]\nreturns_collection = true\npaginated = false\nauth = "{auth}"\n'
    assert answer(WEB + part("api") + call("web", "api") + lists, "CAP008") == "error components.api.endpoints.all"


@pytest.mark.parametrize(
    ("write", "read", "expected"),
    [
        ("mutating = true", "mutating = false", "warning journeys.go"),
        ('traffic = "writes"', 'traffic = "reads"', "warning journeys.go"),
        ("mutating = false", "mutating = false", "-"),
    ],
)
def test_a_write_is_a_write_by_its_traffic_too(answer: Answer, write: str, read: str, expected: str) -> None:
    parts = WEB + part("api") + part("db", "database") + part("index", "search") + '[data.order]\nstore = "db"\n'
    calls = call("api", "db", f'{write}\ndata = ["order"]') + call("api", "index", f'{read}\ndata = ["order"]')
    assert answer(parts + call("web", "api") + calls + journey("web-api", "api-db", "api-index"), "CON006") == expected


@pytest.mark.parametrize(
    ("feed", "expected"),
    [('mode = "stream"', "error design"), ('mode = "batch"', "error design"), ("", "passed")],
)
def test_a_replica_drawn_as_a_box_of_its_own_runs_behind(answer: Answer, feed: str, expected: str) -> None:
    stores = part("primary", "database") + part("copy", "database") + call("primary", "copy", feed)
    calls = call("api", "primary", 'traffic = "writes"') + call("api", "copy", 'traffic = "reads"')
    need = '[requirements.consistency]\nneed = "strong"\n'
    assert answer(need + WEB + part("api") + stores + call("web", "api") + calls, "CON001") == expected


@pytest.mark.parametrize(
    ("where", "allowed", "constraint", "expected"),
    [
        ("eu-west-1", "EU", "", "passed"),
        ("polandcentral", "EU", "", "passed"),
        ("eu-west-2", "EU", "", "error data.person"),  # London
        ("europe-west6", "EU", "", "error data.person"),  # Zurich
        ("switzerlandnorth", "EU", "", "error data.person"),
        ("switzerlandnorth", "Europe", "", "passed"),
        ("eu-west-2", "Europe", "", "passed"),
        ("eu-west-2", "eu-west-2", "", "passed"),
        ("norwayeast", "EEA", "", "passed"),
        ("", "EU", "eu-west-1", "passed"),
        ("", "EU", "us-east-1", "error data.person"),
        ("", "EU", 'eu-west-1", "us-east-1', "? components.db.regions"),  # which of the two, nobody says
        ("", "EU", "", "? components.db.regions"),
    ],
)
def test_regions_are_known_by_where_they_lie(
    answer: Answer, where: str, allowed: str, constraint: str, expected: str
) -> None:
    given = f'[constraints]\nregions = ["{constraint}"]\n' if constraint else ""
    held = f'[data.person]\nstore = "db"\nresidency = ["{allowed}"]\n'
    assert (
        answer(given + held + part("db", "database", f'regions = ["{where}"]' if where else ""), "DAT008") == expected
    )


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("canary 5 %, then all; roll back with one command", "passed"),
        ("Canary with automatic halt; one command back", "passed"),
        ("canary 5 %, then all", "warning components.api"),
        ("canary, no rollback", "warning components.api"),
        ("all servers at once, rollback by hand", "warning components.api"),
        ("none", "warning components.api"),
    ],
)
def test_a_plan_for_all_says_how_each_changes(answer: Answer, plan: str, expected: str) -> None:
    assert (
        answer(f'[operations]\nrollout = "{plan}"\n' + part("api", more="tier = 1\ninstances = 3"), "OPS004")
        == expected
    )


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("metrics, and traces end to end", "passed"),
        ("OpenTelemetry from the edge on", "passed"),
        ("metrics only, no tracing yet", "warning journeys.go"),
        ("metrics", "warning journeys.go"),
    ],
)
def test_a_plan_for_all_says_that_requests_are_traced(answer: Answer, plan: str, expected: str) -> None:
    parts = WEB + part("a") + part("b") + part("c") + call("web", "a") + call("a", "b") + call("b", "c")
    assert answer(f'[operations]\nmonitoring = "{plan}"\n{parts}{journey("web-a", "a-b", "b-c")}', "OPS003") == expected


SOC = (
    '[constraints]\nregulations = ["SOC 2"]\n[requirements.security]\nauthorization = "roles"\n'
    '[operations]\nmonitoring = "rates"\nrollout = "canary"\n'
)
AGENT = part("db", "database") + '[connections.agent-db]\nfrom = "agent"\nto = "db"\nmutating = true\n'


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("AIX004", part("agent", "agent", 'limits_of_agent = { approval = "none" }') + AGENT, "error components.agent"),
        ("AIX004", part("agent", "agent", 'limits_of_agent = { approval = "all" }') + AGENT,
         "? connections.agent-db.auth"),
        ("AIX004", part("agent", "agent", 'limits_of_agent = { approval = "all" }') + AGENT
         + 'auth = "an account of its own, never admin"', "passed"),
        ("AIX004", part("agent", "agent", 'limits_of_agent = { approval = "all" }') + AGENT
         + 'auth = "the admin account"', "error components.agent"),
        ("AIX008", part("agent", "agent", 'limits_of_agent = { approval = "no" }') + AGENT + "validated = false",
         "error connections.agent-db"),
        ("CAP004", LOAD + WEB + part("api", more='capacity_rps = 400\nscaling = "none"') + call("web", "api"),
         "warning components.api"),
        ("CON007", WEB + part("keep", "cache", 'hit_ratio = 0.5\ninvalidation = "none"') + call("web", "keep"),
         "warning components.keep"),
        ("CON007", WEB + part("keep", "cache", 'hit_ratio = 0.5\ninvalidation = "never: keys are hashes"')
         + call("web", "keep"), "passed"),
        ("DAT007", SOC + 'disaster_recovery = "a drill each quarter"', "passed"),
        ("DAT007", SOC + 'disaster_recovery = "none"', "error design"),
        ("OPS002", part("a", more='tier = 1\nobserve = { metrics = ["x"], alerts = ["y"], slo = "none" }'),
         "warning components.a"),
        ("DOC007", part("a", more='purpose = "tbd"'), "warning design"),
    ],
)  # fmt: skip
def test_none_is_no_answer(answer: Answer, rule: str, text: str, expected: str) -> None:
    assert answer(text, rule) == expected


@pytest.mark.parametrize(
    ("authentication", "expected"),
    [("OAuth 2.0", "passed"), ("none: all of it is public", "passed"), ("none", "error design")],
)
def test_a_plan_may_answer_none_with_a_reason(answer: Answer, authentication: str, expected: str) -> None:
    plan = (
        f'authentication = "{authentication}"\nauthorization = "roles"\ndata_protection = "TLS"\nthreat_model = "bots"'
    )
    text = f"[requirements.security]\n{plan}\n" + WEB + part("api") + call("web", "api")
    assert answer(text, "SEC001") == expected


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("DAT002", 'backup = { every = "1 h", restore_tested = 2027-06-01 }', "warning components.db"),
        ("DAT002", 'backup = { every = "1 h", restore_tested = 2026-11-21 }', "passed"),
        ("AIX009", 'model = { name = "m", pinned = true, evaluated = 2027-06-01 }', "warning components.db"),
        ("AIX009", 'model = { name = "m", pinned = true, evaluated = 2026-11-21 }', "passed"),
    ],
)
def test_a_day_still_to_come_is_a_plan(answer: Answer, rule: str, text: str, expected: str) -> None:
    assert answer(part("db", "database" if rule == "DAT002" else "llm", text), rule) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("dead_letter = true", "passed"),  # whatever the guarantee
        ('delivery = "at-most-once"', "-"),
        ("", "? connections.jobs-worker.delivery"),
    ],
)
def test_a_guarantee_is_not_asked_for_where_it_changes_nothing(answer: Answer, said: str, expected: str) -> None:
    text = part("jobs", "queue") + part("worker", "worker") + call("jobs", "worker", f'mode = "async"\n{said}')
    assert answer(text, "REL012") == expected


@pytest.mark.parametrize(
    ("key", "hashed", "expected"),
    [
        ("ulid", False, "warning components.db"),
        ("ulid", True, "passed"),
        ("hash(ulid)", False, "passed"),
        ("day", True, "warning components.db"),  # all of a day have one hash
    ],
)
def test_a_hash_spreads_what_grows_unless_many_share_it(answer: Answer, key: str, hashed: bool, expected: str) -> None:
    pattern = '[patterns.spread]\nuse = "consistent-hashing"\non = ["db"]\n' if hashed else ""
    held = f'[data.order]\nstore = "db"\npartition_key = "{key}"\n'
    assert answer(part("db", "database", "shards = 4\nhot_share = 0.25") + held + pattern, "CAP006") == expected


@pytest.mark.parametrize(
    ("auth", "expected"),
    [
        ("API key in an environment variable", "error design"),
        ("API key from the vault, as an environment variable", "passed"),
        ("API key in the image, rotated", "error design"),
    ],
)
def test_a_variable_that_a_vault_fills_is_no_home(answer: Answer, auth: str, expected: str) -> None:
    text = part("api") + part("tax", "external") + call("api", "tax", f'auth = "{auth}"')
    assert answer(text, "SEC005") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Login with OAuth 2.0 is fast", "warning requirements.functional.a"),
        ("Files in S3 are read quickly", "warning requirements.functional.a"),
        ("Login with OAuth 2.0 is fast: within 300 ms", "passed"),
        ("A fast search, p99 below 300 ms", "passed"),
        ("Fast: <300 ms", "passed"),
    ],
)
def test_a_number_in_a_name_measures_nothing(answer: Answer, words: str, expected: str) -> None:
    assert answer(f'[requirements.functional.a]\ntext = "{words}"\n', "REQ002") == expected
