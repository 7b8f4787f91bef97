"""What the rules about copies of data, their protection and their recovery say of designs that differ in one thing."""

from collections.abc import Callable

import pytest

from studio.red_flags.report import Finding

Answer = Callable[..., str]
Only = Callable[[str, str], Finding]


def agreeing(regions: str, mode: str = "quorum", p99: str = "50 ms") -> str:
    return (
        f'[components.shop]\nkind = "service"\n[components.db]\nkind = "database"\nregions = {regions}\n'
        f'replication = {{ mode = "{mode}" }}\n[connections.shop-db]\nfrom = "shop"\nto = "db"\n'
        f'[journeys.order]\nsteps = ["shop-db"]\np99 = "{p99}"\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (agreeing('["eu-west-1", "us-east-1"]'), "error journeys.order"),
        (agreeing('["eu-west-1", "us-east-1"]', p99="200 ms"), "passed"),
        (agreeing('["eu-west-1", "us-east-1"]', mode="async"), "-"),
        (agreeing('["eu-west-1", "eu-west-2"]'), "passed"),
        (agreeing('["eu-west-1", "eu-west-2"]', p99="5 ms"), "error journeys.order"),
        (agreeing('["eu-west-1"]'), "-"),
        (agreeing('["eu-west-1", "eu-west-2"]', mode='sync", round_trip = "80 ms'), "error journeys.order"),
        (agreeing('["eu-west-1", "us-east-1"]', mode='sync", round_trip = "30 ms'), "passed"),  # measured
    ],
)
def test_no_commit_is_faster_than_light(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CON003") == expected


def two_writes(more: str = "", db: str = "mutating = true", bus: str = "mode = 'async'", caller: str = "") -> str:
    return (
        '[components.shop]\nkind = "service"\n[components.db]\nkind = "database"\n[components.bus]\nkind = "stream"\n'
        f'[connections.shop-db]\nfrom = "shop"\nto = "db"\n{db}\n[connections.shop-bus]\nfrom = "shop"\n'
        f'to = "bus"\n{bus}\n'
        f"{caller}{more}"
    )


FED = (
    '[components.todo]\nkind = "queue"\n[connections.todo-shop]\nfrom = "todo"\nto = "shop"\nmode = "async"\n'
    'delivery = "at-least-once"\n'
)
TWICE = "mutating = true\nidempotent = true"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (two_writes(), "error components.shop"),
        (two_writes('[patterns.out]\nuse = "transactional-outbox"\non = ["shop-bus"]\n'), "passed"),
        (two_writes().replace('kind = "stream"', 'kind = "object-store"'), "passed"),
        (two_writes(db=""), "? connections.shop-db.mutating"),
        (two_writes(db='traffic = "reads"'), "passed"),
        (two_writes(bus="mode = 'async'\nhard = false\nfallback = 'a sweep sends it'"), "passed"),
        (two_writes(db=TWICE, bus=f"mode = 'async'\n{TWICE}", caller=FED), "passed"),
        (two_writes(db=TWICE, bus=f"mode = 'async'\n{TWICE}"), "error components.shop"),
        (two_writes('[journeys.a]\nsteps = ["shop-db"]\n[journeys.b]\nsteps = ["shop-bus"]\n'), "passed"),
    ],
)
def test_two_writes_of_one_request_are_joined(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CON004") == expected


def shared(owners: str, said: str = "mutating = true") -> str:
    parts, calls = "", ""
    for place, owner in enumerate(owners):
        parts += f'[components.s{place}]\nkind = "service"\nowner = "Team {owner}"\n'
        calls += f'[connections.e{place}]\nfrom = "s{place}"\nto = "db"\n{said}\ndata = ["d{place}"]\n'
    data = "".join(f"[data.d{place}]\n" for place in range(len(owners)))
    return f'{parts}[components.db]\nkind = "database"\n{calls}{data}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (shared("aa").replace('["d1"]', '["d0"]'), "passed"),
        (shared("ab").replace('["d1"]', '["d0"]'), "warning components.db"),
        (shared("abc").replace('["d1"]', '["d0"]').replace('["d2"]', '["d0"]'), "error components.db"),
        (shared("ab"), "passed"),  # each writes what is its own
        (shared("ab", 'traffic = "reads"'), "-"),
        (shared("ab", ""), "? connections.e0.mutating connections.e1.mutating"),
    ],
)
def test_one_team_writes_a_table(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CON005") == expected


def renamed(copy: str, steps: str = '["app-db", "app-copy"]') -> str:
    return (
        f'[components.app]\nkind = "service"\n[components.db]\nkind = "database"\n[components.copy]\n{copy}\n'
        f"[data.name]\n"
        'store = "db"\n[connections.app-db]\nfrom = "app"\nto = "db"\nmutating = true\ndata = ["name"]\n'
        f'[connections.app-copy]\nfrom = "app"\nto = "copy"\ndata = ["name"]\n[journeys.rename]\nsteps = {steps}\n'
    )


ASYNC = 'kind = "database"\nread_replicas = 1\nreplication = { mode = "async" }'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (renamed('kind = "cache"\nttl = "10 min"'), "warning journeys.rename"),
        (renamed('kind = "cache"\ninvalidation = "the write deletes it"'), "passed"),
        (renamed('kind = "search"'), "warning journeys.rename"),
        (renamed(ASYNC), "warning journeys.rename"),
        (renamed(ASYNC.replace("async", "sync")), "passed"),
        (renamed('kind = "database"\nread_replicas = 1'), "? components.copy.replication.mode"),
        (renamed('kind = "cache"\nttl = "10 min"', '["app-copy", "app-db"]'), "-"),
    ],
)
def test_a_journey_sees_what_it_wrote(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CON006") == expected


STALE = 'data = ["price"]\n[data.price]\nallowed_staleness = "1 min"\n'


def cached(said: str, kind: str = "cache", data: str = "") -> str:
    return (
        f'[components.app]\nkind = "service"\n[components.x]\nkind = "{kind}"\n{said}\n[connections.app-x]\n'
        f'from = "app"\n'
        f'to = "x"\n{data}'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (cached(""), "warning components.x"),
        (cached('ttl = "1 min"'), "passed"),
        (cached('invalidation = "never: the key is a hash of the content"'), "passed"),
        (cached("hit_ratio = 0", "cdn"), "-"),
        (cached("hit_ratio = 0.9", "cdn"), "warning components.x"),
        (cached("", data='[data.session]\nstore = "x"\n'), "-"),
        (cached('ttl = "10 min"', data=STALE), "warning components.x"),
        (cached('ttl = "10 min"\ninvalidation = "event PriceChanged"', data=STALE), "passed"),
        (cached('ttl = "1 min"', data=STALE), "passed"),
    ],
)
def test_an_entry_of_a_cache_ends(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "CON007") == expected


@pytest.mark.parametrize(
    ("backup", "expected"),
    [
        ('every = "1 h"', "warning components.db"),
        ('every = "1 h", restore_tested = 2026-05-25', "passed"),  # 180 days before
        ('every = "1 h", restore_tested = 2026-05-24', "warning components.db"),
    ],
)
def test_a_restore_is_half_a_year_old_at_most(answer: Answer, backup: str, expected: str) -> None:
    assert answer(f'[components.db]\nkind = "database"\nbackup = {{ {backup} }}\n', "DAT002") == expected


def recovering(store: str, wanted: str = 'recovery_point = "5 min"') -> str:
    return f'[requirements.availability]\n{wanted}\n[components.db]\nkind = "database"\n{store}\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (recovering('backup = { every = "1 h" }'), "error components.db"),
        (recovering('backup = { every = "1 h" }\nreplication = { mode = "sync" }'), "passed"),
        (recovering('replication = { mode = "async", lag = "10 min" }'), "error components.db"),
        (recovering(""), "? components.db.backup.every"),
        (recovering('backup = { every = "1 h" }', ""),
         "? requirements.availability.recovery_point requirements.availability.recovery_time"),
        (recovering('backup = { restore_time = "2 h" }', 'recovery_time = "1 h"'), "error components.db"),
    ],
)  # fmt: skip
def test_the_mechanism_can_do_what_is_promised(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "DAT003") == expected


def linked(said: str, classified: str = "health", source: str = "service", target: str = "database") -> str:
    return (
        f'[components.a]\nkind = "{source}"\n[components.b]\nkind = "{target}"\n[data.d]\n'
        f'classification = "{classified}"\n'
        f'[connections.a-b]\nfrom = "a"\nto = "b"\ndata = ["d"]\n{said}\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (linked('encrypted = true\nauth = "mTLS"'), "passed"),
        (linked('encrypted = false\nauth = "mTLS"'), "error connections.a-b"),
        (linked('encrypted = true\nauth = "none"'), "error connections.a-b"),
        (linked("encrypted = true"), "? connections.a-b.auth"),
        (linked("", "public"), "-"),
        (linked("encrypted = false", "public", "client", "service"), "error connections.a-b"),
        (linked("encrypted = true", "public", "client", "service"), "passed"),
        (linked("encrypted = false", "public", "service", "external"), "error connections.a-b"),
    ],
)
def test_what_is_sensitive_or_leaves_the_house_is_encrypted(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "DAT005") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('store = "db"\nclassification = "personal"', "error data.d"),
        ('store = "db"\nclassification = "personal"\nretention = "1 year"', "passed"),
        ('store = "db"\nclassification = "internal"', "-"),
        ('classification = "personal"', "-"),
        ('store = "db"', "? data.d.classification"),
        ('store = "db"\nclassification = "internal"\nsize = "1 TB"\ngrowth_per_month = "200 GB"', "warning data.d"),
        ('store = "db"\nclassification = "internal"\nsize = "1 TB"\ngrowth_per_month = "50 GB"', "-"),
        ('store = "db"\nsize = "1 TB"\ngrowth_per_month = "200 GB"\nretention = "1 year"', "passed"),
        ('store = "db"\nclassification = "personal"\nsize = "1 TB"\ngrowth_per_month = "200 GB"', "error data.d"),
    ],
)
def test_data_about_people_end(answer: Answer, said: str, expected: str) -> None:
    assert answer(f'[components.db]\nkind = "database"\n[data.d]\n{said}\n', "DAT006") == expected


def bound(regulation: str, more: str = "") -> str:
    return f'[constraints]\nregulations = ["{regulation}"]\n{more}'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (bound("GDPR"), "error design"),
        (bound("HIPAA (US)"), "error design"),
        (bound("PCI-DSS 4.0"), "error design"),
        (bound("SOC 2"), "error design"),
        (bound("NIS2"), "warning design"),
        (bound("NIS2", '[risks.law]\ntext = "The authority wants reports"\nmitigation = "NIS2 officer"\n'), "passed"),
        ("", "-"),
    ],
)
def test_a_regulation_is_answered(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "DAT007") == expected


def test_the_finding_lists_what_a_regulation_asks_for(finding: Only) -> None:
    text = bound("SOC 2", '[requirements.security]\nauthorization = "by role"\n[operations]\nmonitoring = "all"\n')
    assert finding(text, "DAT007").verdict.message == (
        "SOC 2 asks for recovery from incidents (CC7.5) and managed changes (CC8.1), and nothing answers it"
    )


def resident(region: str, allowed: str) -> str:
    return (
        f'[components.db]\nkind = "database"\nregions = ["{region}"]\n[data.d]\nstore = "db"\n'
        f'residency = ["{allowed}"]\n'
    )


@pytest.mark.parametrize(
    ("region", "allowed", "expected"),
    [
        ("eu-west-1", "eu-west-1", "passed"),
        ("eu-west-1", "EU", "passed"),
        ("europe-west4", "Europe", "passed"),
        ("westeurope", "European Union", "passed"),
        ("us-east-1", "EU", "error data.d"),
        ("eu-west-1", "eu-central-1", "error data.d"),
        ("eu-west-10", "eu-west-1", "error data.d"),
    ],
)
def test_data_stay_in_their_region(answer: Answer, region: str, allowed: str, expected: str) -> None:
    assert answer(resident(region, allowed), "DAT008") == expected


@pytest.mark.parametrize(
    ("backup", "expected"),
    [
        ('every = "1 h", regions = ["us-east-1"]', "error data.d"),
        ('every = "1 h", regions = ["eu-central-1"], offsite = true', "passed"),
        ('every = "1 h"', "passed"),
        ('every = "1 h", offsite = true', "? components.db.backup.regions"),
    ],
)
def test_backups_stay_there_too(answer: Answer, backup: str, expected: str) -> None:
    text = resident("eu-west-1", "EU").replace("[data.d]", f"backup = {{ {backup} }}\n[data.d]")
    assert answer(text, "DAT008") == expected


def kept_in(home: str, data: str = "") -> str:
    return f'[components.home]\n{home}\n[data.d]\nstore = "home"\n{data}\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (kept_in('kind = "database"'), "passed"),
        (kept_in('kind = "cache"'), "error data.d"),
        (kept_in('kind = "cache"\nttl = "1 h"'), "? data.d.retention"),
        (kept_in('kind = "cache"\nttl = "1 h"', 'retention = "1 h"'), "passed"),
        (kept_in('kind = "queue"\nmax_age = "1 day"', 'retention = "1 year"'), "error data.d"),
        (kept_in('kind = "stream"'), "passed"),
        (kept_in('kind = "service"\nstate = "disk"'), "error data.d"),
    ],
)
def test_data_have_a_home_that_keeps_them(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "DAT009") == expected


def test_a_prototype_need_not_classify(answer: Answer) -> None:
    assert answer("[data.d]\n", "DAT010") == "warning data.d"
    prototype = 'format = 1\n[design]\nname = "Try"\nstage = "prototype"\n[data.d]\n'
    assert answer(prototype, "DAT010") == "-"
