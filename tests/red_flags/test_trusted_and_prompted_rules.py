"""What the rules about callers, secrets, tenants, models and agents say of designs that differ in one thing."""

from collections.abc import Callable

import pytest

from studio.red_flags.credentials import asks_nobody, has_a_home, is_a_secret, is_borrowed, lies_bare

Answer = Callable[..., str]


@pytest.mark.parametrize(
    ("words", "nobody", "secret", "home", "bare", "borrowed"),
    [
        ("none: public by design", True, False, False, False, False),
        ("JWT for owners, none for visitors", False, False, False, False, False),
        ("API key", False, True, False, False, False),
        ("API key, issued for a day by the platform", False, True, True, False, False),
        ("OAuth 2.0 client credentials, workload identity", False, True, True, False, False),
        ("password in the configuration", False, True, False, True, False),
        ("mTLS, no key lies in code", False, False, True, False, False),
        ("the admin account", False, False, False, False, True),
        ("mTLS", False, False, True, False, False),
    ],
)
def test_the_words_of_an_auth(words: str, nobody: bool, secret: bool, home: bool, bare: bool, borrowed: bool) -> None:
    found = (asks_nobody(words), is_a_secret(words), has_a_home(words), lies_bare(words), is_borrowed(words))
    assert found == (nobody, secret, home, bare, borrowed)


def door(auth: str, more: str = "", plan: str = "", kind: str = "service") -> str:
    return (
        f'{plan}[components.web]\nkind = "client"\n[components.api]\nkind = "{kind}"\n'
        f'[connections.web-api]\nfrom = "web"\nto = "api"\n{auth}\n{more}'
    )


PLAN = '[requirements.security]\nauthentication = "OAuth 2.0"\n'
PUBLIC = '[data.page]\nclassification = "public"\n'
ENDPOINT = '[components.api.endpoints.order]\nmethod = "POST"\nauth = "{auth}"\n'
BEHIND = '[components.shop]\nkind = "service"\n{endpoint}[connections.api-shop]\nfrom = "api"\nto = "shop"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (door(""), "error connections.web-api"),
        (door('auth = "OAuth 2.0"'), "passed"),
        (door('auth = "none: public"'), "passed"),
        (door('auth = "none: public"', ENDPOINT.format(auth="none")), "error connections.web-api"),
        (door("", ENDPOINT.format(auth="bearer")), "passed"),
        (door('data = ["page"]', PUBLIC), "passed"),
        (door('data = ["page"]\nauth = "none"', PUBLIC.replace("public", "health")), "error connections.web-api"),
        (door("", plan=PLAN), "? connections.web-api.auth"),
        (door("", BEHIND.format(endpoint=ENDPOINT.format(auth="bearer").replace("api", "shop")), kind="cdn"), "passed"),
        (door("", kind="external"), "-"),
    ],
)
def test_whoever_comes_in_says_who_they_are(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "SEC002") == expected


def keyed(auth: str, more: str = "") -> str:
    return (
        '[components.shop]\nkind = "service"\n[components.tax]\nkind = "external"\n[connections.shop-tax]\n'
        'from = "shop"\n'
        f'to = "tax"\n{auth}\n{more}'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (keyed('auth = "API key"'), "error design"),
        (keyed('auth = "API key"', '[components.v]\nkind = "secrets"\n'), "passed"),
        (keyed('auth = "API key"', '[requirements.security]\ndata_protection = "keys in the key service"\n'), "passed"),
        (keyed('auth = "API key, in the code"', '[components.v]\nkind = "secrets"\n'), "error design"),
        (keyed('auth = "mTLS"'), "passed"),
        (keyed(""), "? connections.shop-tax.auth"),
        (keyed('auth = "mTLS"', '[data.key]\nclassification = "secret"\n'), "error design"),
    ],
)
def test_secrets_have_a_home(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "SEC005") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", "error components.db"),
        ('tenancy = "row policies"', "passed"),
        ('[patterns.t]\nuse = "tenant-isolation"\non = ["db"]', "passed"),
    ],
)
def test_tenants_are_kept_apart(answer: Answer, said: str, expected: str) -> None:
    text = f'[components.db]\nkind = "database"\n{said}\n[data.bill]\nstore = "db"\ntenant_scoped = true\n'
    assert answer(text, "SEC006") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('auth = "HMAC over the body"\nidempotent = true', "passed"),
        ('auth = "none"\nidempotent = true', "warning connections.bank-shop"),
        ('auth = "HMAC over the body"\nmutating = true\nidempotent = false', "warning connections.bank-shop"),
        ("", "? connections.bank-shop.auth connections.bank-shop.idempotent"),
        ("mutating = false", "-"),
    ],
)
def test_what_a_vendor_sends_is_verified(answer: Answer, said: str, expected: str) -> None:
    text = '[components.bank]\nkind = "external"\n[components.shop]\nkind = "service"\n'
    assert answer(f'{text}[connections.bank-shop]\nfrom = "bank"\nto = "shop"\n{said}\n', "SEC007") == expected


def helper(tool: str = "", agent: str = "", more: str = "", asked: str = 'data = ["q"]') -> str:
    return (
        f'[components.web]\nkind = "client"\n[components.bot]\nkind = "agent"\n{agent}\n[components.shop]\n'
        f'kind = "service"\n'
        '[data.q]\nclassification = "internal"\n[data.card]\nclassification = "payment"\n'
        f'[connections.web-bot]\nfrom = "web"\nto = "bot"\n{asked}\n'
        f'[connections.bot-shop]\nfrom = "bot"\nto = "shop"\ndata = ["q"]\n{tool}\n{more}'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (helper("mutating = true"), "error components.bot"),
        (helper("mutating = false"), "warning components.bot"),
        (helper("mutating = false", asked='data = ["card"]'), "error components.bot"),
        (helper("mutating = true", asked='data = ["q"]\nvalidated = true'), "passed"),
        (helper("mutating = true", more='[patterns.g]\nuse = "guardrails"\non = ["bot"]\n'), "passed"),
        (helper(), "? connections.bot-shop.mutating"),
        (helper("mutating = true").replace('kind = "client"', 'kind = "batch"'), "-"),
    ],
)
def test_foreign_text_meets_a_guard(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "AIX001") == expected


APPROVED = 'limits_of_agent = { approval = "all refunds" }'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (helper('mutating = true\nauth = "workload identity"'), "error components.bot"),
        (helper('mutating = true\nauth = "workload identity"', APPROVED), "passed"),
        (helper('mutating = true\nauth = "the admin account"', APPROVED), "error components.bot"),
        (helper("mutating = true", APPROVED), "? connections.bot-shop.auth"),
        (helper("mutating = false"), "passed"),
        (helper(""), "? connections.bot-shop.mutating"),
    ],
)
def test_an_agent_asks_before_it_changes_things(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "AIX004") == expected


@pytest.mark.parametrize(
    ("users", "said", "expected"),
    [
        (10_000, "input_tokens = 2000", "warning design"),
        (1_000, "input_tokens = 2000", "-"),
        (10_000, "input_tokens = 2000\ncached_input_ratio = 0.8", "passed"),
        (10_000, "input_tokens = 500", "? requirements.ai.cache_hit_ratio requirements.ai.repeat_share"),
        (10_000, "input_tokens = 500\ncache_hit_ratio = 0", "passed"),
        (10_000, "input_tokens = 500\nrepeat_share = 0.1", "passed"),
        (10_000, "input_tokens = 500\nrepeat_share = 0.3", "warning design"),
        (10_000, "input_tokens = 500\nrepeat_share = 0.3\ncache_hit_ratio = 0.2", "passed"),
        (1_000, "input_tokens = 500\nrepeat_share = 0.3", "-"),
        (10_000, "", "? requirements.ai.input_tokens"),
    ],
)
def test_the_same_beginning_is_not_paid_each_time(answer: Answer, users: int, said: str, expected: str) -> None:
    text = f"[requirements.scale]\ndaily_active_users = {users}\n[requirements.ai]\nrequests_per_user_per_day = 5\n"
    assert answer(f'{text}{said}\n[components.m]\nkind = "llm"\n', "AIX006") == expected


def asked(said: str, mode: str = "sync") -> str:
    return (
        '[components.web]\nkind = "client"\n[components.shop]\nkind = "service"\n[components.m]\nkind = "llm"\n'
        f'[connections.web-shop]\nfrom = "web"\nto = "shop"\nmode = "{mode}"\n'
        f'[connections.shop-m]\nfrom = "shop"\nto = "m"\n{said}\n'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (asked(""), "error connections.shop-m"),
        (asked('timeout = "4 s"'), "error connections.shop-m"),
        (asked('timeout = "4 s"\nfallback = "the page without it"'), "passed"),
        (asked("hard = false"), "-"),
        (asked("", "async"), "-"),
        (asked('timeout = "4 s"').replace('kind = "service"', 'kind = "agent"'), "error connections.web-shop"),
    ],
)
def test_nobody_must_wait_for_a_model(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "AIX007") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (helper("mutating = true\nvalidated = false"), "error connections.bot-shop"),
        (helper("mutating = true\nvalidated = true"), "passed"),
        (helper("mutating = true"), "? connections.bot-shop.validated"),
        (helper("mutating = true", APPROVED), "passed"),
        (helper('traffic = "reads"'), "-"),
    ],
)
def test_what_a_model_writes_is_checked(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "AIX008") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("model = { pinned = true, evaluated = 2026-11-01 }", "passed"),
        ("model = { pinned = false, evaluated = 2026-11-01 }", "warning components.m"),
        ("model = { pinned = true, evaluated = 2026-01-01 }", "warning components.m"),
        ("model = { pinned = true }", "? components.m.model.evaluated"),
        ('model = { pinned = true }\n[patterns.e]\nuse = "evaluation-set"\non = ["m"]', "passed"),
        ("", "? components.m.model.evaluated components.m.model.pinned"),
    ],
)
def test_a_model_is_pinned_and_measured(answer: Answer, said: str, expected: str) -> None:
    assert answer(f'[components.m]\nkind = "llm"\n{said}\n', "AIX009") == expected


def searched(index: str = "", data: str = "user_owned = true", reader: str = "agent", more: str = "") -> str:
    return (
        f'[components.bot]\nkind = "{reader}"\n[components.ix]\nkind = "vector-store"\n{index}\n[data.letter]\n'
        f'store = "ix"\n'
        f'{data}\n[connections.bot-ix]\nfrom = "bot"\nto = "ix"\n{more}'
    )


CALLS_A_MODEL = '[components.m]\nkind = "llm"\n[connections.bot-m]\nfrom = "bot"\nto = "m"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (searched(), "error components.ix"),
        (searched('tenancy = "filter by owner"'), "passed"),
        (searched(data="user_owned = false\ntenant_scoped = false"), "passed"),
        (searched(data='classification = "public"'), "passed"),
        (searched(data=""), "? data.letter.tenant_scoped data.letter.user_owned"),
        (searched(reader="service"), "-"),
        (searched(reader="service", more=CALLS_A_MODEL), "error components.ix"),
    ],
)
def test_a_prompt_finds_only_what_its_caller_may_read(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "AIX010") == expected
