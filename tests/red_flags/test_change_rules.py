"""What the rules about changes, destruction and takeovers say of designs that differ in one thing."""

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


def rolled(more: str, copies: int = 4) -> str:
    return api(f"instances = {copies}\ndeploy = {{ {more} }}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (rolled('stages = ["all"]'), "error components.api"),
        (rolled('stages = ["all"], automatic_halt = true'), "warning components.api"),
        (rolled('strategy = "in-place"'), "error components.api"),
        (rolled('strategy = "rolling"'), "? components.api.deploy.stages"),
        (rolled('stages = ["5 %", "all"]'), "? components.api.deploy.automatic_halt"),
        (rolled('stages = ["5 %", "all"], automatic_halt = false'), "warning components.api"),
        (rolled('stages = ["5 %", "all"], automatic_halt = true'), "passed"),
        (rolled('stages = ["all"]', copies=1), "-"),
        (api("instances = 4"), "? components.api.deploy.stages"),
        (api("instances = 4\nmanaged = true"), "-"),
        (part("api", more='instances = 4\ndeploy = { stages = ["all"] }'), "-"),
        (rolled('strategy = "pushed to every server in one go"'), "error components.api"),
        (rolled('strategy = "big bang, no canary"'), "error components.api"),
        (rolled('strategy = "active everywhere, without a flag"'), "error components.api"),
        (rolled('strategy = "behind a flag, with immediate way back"'), "? components.api.deploy.stages"),
        (rolled('strategy = "one after another to all hosts"'), "? components.api.deploy.stages"),
        (rolled('strategy = "canary, then all regions"'), "? components.api.deploy.stages"),
        (
            api("instances = 4") + part("b", more="tier = 1\ninstances = 2") + '[operations]\nrollout = "global push"',
            "error components.api",
        ),  # told once
    ],
)
def test_a_change_goes_in_stages_that_stop(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT003") == expected


def builder(carries: str, more: str = 'stages = ["all"]', through: str = 'mode = "async"') -> str:
    """A job of one copy that writes into a store the entrance reads."""
    return (
        part("job", "batch", f"deploy = {{ {more} }}") + part("files", "object-store") + part("edge", "gateway") + WEB
        + call("web", "edge") + call("job", "files", f'{through}\ncarries = "{carries}"')
        + call("edge", "files", 'traffic = "reads"')
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (builder("firewall rules"), "error components.job"),
        (builder("feature file", through="mutating = true"), "error components.job"),
        (builder("feature file", through=""), "error components.job"),
        (builder("nightly totals"), "?"),
        (builder("firewall rules", 'stages = ["1 city", "all"], automatic_halt = true'), "?"),
        (builder("firewall rules", 'stages = ["all"], automatic_halt = true'), "warning components.job"),
        (builder("firewall rules", through='traffic = "reads"'), "?"),  # it reads them itself
    ],
)
def test_what_tells_others_what_to_do_is_judged_by_what_it_reaches(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT003").startswith(expected) or (expected == "?" and answer(text, "OUT003") == "-")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (part("j", "batch") + api("") + call("j", "api", 'mode = "async"\nvalidated = false'),
         "warning connections.j-api"),
        (part("j", "batch", 'deploy = { strategy = "all at once" }') + api("")
         + call("j", "api", 'mode = "async"\nvalidated = false'), "error connections.j-api"),
        (part("j", "batch") + api("") + call("j", "api", 'mode = "async"\nvalidated = true'), "passed"),
        (part("rules", "batch") + api("") + call("rules", "api", 'mode = "async"'),
         "? connections.rules-api.validated"),
        (part("j", "batch") + api("") + call("j", "api", 'mode = "async"'), "-"),  # ordinary data
        (part("j", "batch") + part("b") + call("j", "b", 'mode = "async"\nvalidated = false'), "-"),  # nobody needs b
        (part("j", "llm") + api("") + call("j", "api", "validated = false"), "-"),  # AIX008
        (WEB + api("") + call("web", "api", "validated = false"), "warning connections.web-api"),
        (part("j", "batch") + part("kv", "database") + api("") + call("j", "kv", "mutating = true\nvalidated = false")
         + call("api", "kv", 'traffic = "reads"'), "warning connections.j-kv"),
        (api("") + part("kv", "database") + call("api", "kv", 'traffic = "reads"\nvalidated = false'),
         "warning connections.api-kv"),  # what arrives is what it reads
        (api("") + part("config") + call("api", "config", "hard = false\nvalidated = false"),
         "warning connections.api-config"),
        (part("j", "batch") + part("kv", "database") + call("j", "kv", 'traffic = "reads"\nvalidated = false'), "-"),
        (part("rules", "batch") + part("hosts", "external")
         + call("rules", "hosts", 'mode = "async"\nvalidated = false'), "-"),
    ],
)  # fmt: skip
def test_what_is_used_is_checked_before(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT014") == expected


def failover(more: str, tier: str = "tier = 1") -> str:
    return part("store", "database", f"{tier}\nread_replicas = 1\nfailover = {{ {more} }}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (failover("exercised = 2026-05-25"), "passed"),  # 180 days before the day of the tests
        (failover("exercised = 2026-05-24"), "warning components.store"),
        (failover("exercised = 2027-01-01"), "warning components.store"),  # planned is not exercised
        (failover('mode = "manual"'), "warning components.store"),  # no day is the only way to say never
        (failover('mode = "manual"', "tier = 1\nmanaged = true"), "? components.store.failover.exercised"),
        (failover("exercised = 2020-01-01", tier=""), "-"),
        (part("store", "database", "tier = 1"), "-"),
    ],
)
def test_a_takeover_was_practised_lately(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT004") == expected


def test_how_long_ago_is_said_in_days(finding: Only) -> None:
    assert finding(failover("exercised = 2026-05-24"), "OUT004").verdict.message.endswith("181 days ago")


def guarded(more: str, rest: str = "") -> str:
    return part("store", "database", more) + rest


ELSEWHERE = "backup = { every = '1 h', offsite = true }"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (guarded('guard = "none"'), "error components.store"),
        (guarded('guard = " None. "'), "error components.store"),
        (guarded(f'guard = "none"\n{ELSEWHERE}'), "warning components.store"),
        (guarded('guard = "none but the two of us may drop a table"'), "passed"),
        (guarded(""), "? components.store.guard"),
        (guarded("", '[data.order]\nstore = "store"'), "? components.store.guard"),
        (guarded("", '[data.order]\nstore = "store"\n' + part("index", "search")), "? components.store.guard"),
        (part("cache", "cache", 'guard = "none"'), "-"),
        (guarded('guard = "none: any row may be dropped"'), "error components.store"),
        (guarded('guard = "no limit on what one job removes"'), "error components.store"),
        (guarded('guard = "nobody may drop a table alone"'), "passed"),
        (part("tool", "service", 'guard = "none"'), "warning components.tool"),
        (part("tool", "service", 'guard = "at most 5 hosts at once"'), "passed"),
        (part("tool"), "-"),
        (part("purge", "batch") + guarded("", call("purge", "store")), "warning components.purge"),
        (part("purge", "batch") + guarded('guard = "soft delete"', call("purge", "store")), "passed"),
        (part("purge", "batch") + guarded("", call("purge", "store", 'traffic = "reads"')), "? components.store.guard"),
        (part("totals", "batch") + guarded("", call("totals", "store")), "? components.store.guard"),
        (
            part("rotate", "batch", 'purpose = "Removes old keys"') + part("kms", "secrets") + call("rotate", "kms"),
            "warning components.rotate",
        ),
        (
            part("move", "scheduler", 'purpose = "Deschedules jobs"') + api("") + call("move", "api"),
            "warning components.move",
        ),
    ],
)
def test_what_destroys_everything_is_guarded(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OUT009") == expected


def promoted(lost: str | None, mode: str, takeover: str = "automatic", more: str = "") -> str:
    wanted = f'[requirements.availability]\nrecovery_point = "{lost}"\n' if lost else ""
    said = f'failover = {{ mode = "{takeover}", fence = true }}\nreplication = {{ mode = "{mode}", lag = "2 s" }}\n'
    return wanted + part("store", "database", said) + more


STRONG = '[data.order]\nstore = "store"\nconsistency = "strong"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (promoted("0 s", "async"), "error components.store"),
        (promoted("0 s", "sync"), "passed"),
        (promoted("0 s", "quorum"), "passed"),
        (promoted("0 s", "async", "manual"), "-"),
        (promoted("5 min", "async"), "passed"),
        (promoted("5 min", "async", more=STRONG), "warning components.store"),
        (promoted(None, "async"), "? requirements.availability.recovery_point"),
        (promoted(None, "async", more=STRONG), "warning components.store"),
        (promoted("5 min", "async", more='[requirements.consistency]\nneed = "strong"'), "warning components.store"),
        (
            promoted(None, "async", more='[requirements.consistency]\nduring_partition = "consistent"'),
            "warning components.store",
        ),
        (promoted("5 min", "async", more='[requirements.consistency]\nneed = "eventual"'), "passed"),
        (part("store", "database"), "-"),
        (part("near", "cache", 'failover = { mode = "automatic" }'), "-"),
    ],
)
def test_a_copy_that_runs_behind_is_not_promoted_where_nothing_may_be_lost(
    answer: Answer, text: str, expected: str
) -> None:
    assert answer(text, "OUT010") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('failover = { mode = "automatic", fence = false }', "error components.store"),
        ('failover = { mode = "automatic", fence = true }', "passed"),
        ('failover = { mode = "automatic" }', "? components.store.failover.fence"),
        ('failover = { mode = "automatic" }\nmanaged = true', "-"),
        ('failover = { mode = "automatic", fence = false }\nreplication = { mode = "quorum" }', "passed"),
        ('failover = { mode = "manual", fence = false }', "-"),
        ("failover = { fence = false }", "? components.store.failover.mode"),
    ],
)
def test_the_old_primary_is_kept_from_writing(answer: Answer, said: str, expected: str) -> None:
    assert answer(part("store", "database", said), "OUT011") == expected
