"""What the rules about running it and about what is written say of designs that differ in one thing."""

from collections.abc import Callable

import pytest

from studio.red_flags.report import Finding, Report

Answer = Callable[..., str]
Judge = Callable[..., Report]
Only = Callable[[str, str], Finding]


def through(*traces: str, kind: str = "service") -> str:
    parts = "".join(f'[components.s{n}]\nkind = "{kind}"\n{said}\n' for n, said in enumerate(traces))
    pairs = range(len(traces) - 1)
    calls = "".join(f'[connections.e{n}]\nfrom = "s{n}"\nto = "s{n + 1}"\n' for n in pairs)
    return f"{parts}{calls}[journeys.go]\nsteps = {[f'e{n}' for n in pairs]}\n"


YES, NO = "observe = { traces = true }", "observe = { traces = false }"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (through(YES, YES, YES), "passed"),
        (through(YES, NO, YES), "warning journeys.go"),
        (through(YES, "", YES), "? components.s1.observe.traces"),
        (through("", "", ""), "warning journeys.go"),
        (through("", ""), "-"),
        (through("", "", kind="agent"), "warning journeys.go"),
        (through("", "", "") + '[patterns.t]\nuse = "distributed-traces"\n', "passed"),
    ],
)
def test_three_hops_want_a_trace(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OPS003") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('tier = 1\ndeploy = { strategy = "canary", rollback = "one command" }', "passed"),
        ('tier = 2\ndeploy = { strategy = "canary" }', "warning components.x"),
        ('tier = 2\ndeploy = { strategy = "In place, at night", rollback = "one command" }', "warning components.x"),
        ("tier = 2", "warning components.x"),
        ("tier = 3", "-"),
        ("tier = 1\nmanaged = true", "-"),
    ],
)
def test_a_change_can_be_taken_back(answer: Answer, said: str, expected: str) -> None:
    assert answer(f'[components.x]\nkind = "service"\n{said}\n', "OPS004") == expected


SAID_NOTHING = ["none", "None.", "no", "none: nobody built one", "n/a", "not yet"]
CALLED = (
    '[components.web]\nkind = "client"\n[components.api]\nkind = "service"\ntier = 1\ninstances = 2\n{part}\n'
    '[components.pay]\nkind = "external"\n[connections.web-api]\nfrom = "web"\nto = "api"\n'
    '[connections.api-pay]\nfrom = "api"\nto = "pay"\n{call}\n'
)


@pytest.mark.parametrize("words", SAID_NOTHING)
@pytest.mark.parametrize(
    ("rule", "part", "call"),
    [
        ("REL018", 'rate_limit = "{}"', ""),
        ("REL021", 'health_check = "{}"', ""),
        ("OPS004", 'deploy = {{ strategy = "canary", rollback = "{}" }}', ""),
        ("REL009", "", 'fallback = "{}"'),
    ],
)
def test_to_write_that_there_is_nothing_is_to_have_nothing(
    answer: Answer, rule: str, part: str, call: str, words: str
) -> None:
    text = CALLED.format(part=part.format(words), call=call.format(words))
    assert answer(text, rule).startswith(("error", "warning"))
    there = CALLED.format(part=part.format("yes, /ready"), call=call.format("no card needed below 20"))
    assert answer(there, rule) == "passed"


def tool(said: str, id_: str = "m", kind: str = "monitoring") -> str:
    return f'[components.{id_}]\nkind = "{kind}"\n{said}\n'


def reaching(source: str, target: str, more: str = "") -> str:
    return f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\n{more}\n'


def watched(operations: str, more: str = "") -> str:
    return (
        f'[operations]\n{operations}\n[components.x]\nkind = "service"\ntier = 1\n[components.y]\n'
        f'kind = "external"\n{more}'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (watched('monitoring = "all"\nruns_on = ["x"]'), "warning design"),
        (watched('monitoring = "all"\nruns_on = ["y"]'), "passed"),
        (watched('monitoring = "all"'), "? operations.runs_on"),
        (watched('monitoring = "a probe in another cloud"'), "passed"),
        (watched(""), "-"),
        (watched("", '[components.m]\nkind = "monitoring"\nneeds_to_start = ["x"]\n'), "warning design"),
        (
            watched(
                "", tool('shares_fate_with = ["lan"]') + tool('tier = 1\nshares_fate_with = ["lan"]', "api", "service")
            ),
            "warning design",
        ),
        (watched('runs_on = ["m"]', tool('needs_to_start = ["y"]') + reaching("m", "x")), "passed"),  # it collects
        (watched('runs_on = ["s"]', tool("", "s", "service") + reaching("s", "x")), "warning design"),
        (watched('runs_on = ["s"]', tool("", "s", "service") + reaching("s", "x", "hard = false")), "passed"),
        (
            watched("", tool("") + tool("tier = 1", "log", "stream") + reaching("log", "m", 'mode = "stream"')),
            "warning design",
        ),
        (
            watched(
                'runs_on = ["y"]',
                tool('shares_fate_with = ["LAN"]') + tool('tier = 1\nshares_fate_with = ["lan"]', "api", "service"),
            ),
            "warning design",
        ),
        (
            watched(
                'runs_on = ["y"]',
                tool('shares_fate_with = ["LAN"]') + tool('tier = 1\nshares_fate_with = ["wan"]', "api", "service"),
            ),
            "passed",
        ),
    ],
)
def test_the_watcher_does_not_fall_with_the_watched(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "OPS005") == expected


def drawn(said: str, target: str = "service", more: str = "") -> str:
    return (
        f'[components.a]\nkind = "service"\n[components.b]\nkind = "{target}"\n[connections.a-b]\nfrom = "a"\n'
        f'to = "b"\n'
        f"{said}\n{more}"
    )


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        (drawn(""), ["protocol"]),
        (drawn('protocol = "AMQP"', "queue"), ["mode"]),
        (drawn('protocol = "SQL"', more="[data.d]\n"), ["data"]),
    ],
)
def test_an_arrow_says_what_it_is(finding: Only, text: str, lacking: list[str]) -> None:
    assert finding(text, "DOC002").verdict.evidence["lacking"] == lacking


def test_a_described_arrow_passes(answer: Answer) -> None:
    assert answer(drawn('protocol = "HTTP"'), "DOC002") == "passed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (drawn("") + '[components.c]\nkind = "service"\n', "warning design"),
        (drawn("") + '[components.c]\nkind = "monitoring"\n', "passed"),
        (drawn("") + '[components.c]\nkind = "service"\n[journeys.go]\nsteps = ["a-b"]\n', "passed"),
        (drawn("") + "[data.d]\n", "warning design"),
        (drawn('data = ["d"]') + "[data.d]\n", "passed"),
        ('[components.c]\nkind = "service"\n', "-"),
    ],
)
def test_what_nothing_touches_is_named(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "DOC003") == expected


GIVEN = '[constraints]\ntechnology = ["Oracle for everything"]\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[components.db]\nkind = "database"\n', "warning components.db"),
        ('[components.db]\nkind = "database"\n[decisions.a]\nabout = ["db"]\n', "passed"),
        ('[components.db]\nkind = "database"\n[data.d]\nstore = "db"\n[decisions.a]\nabout = ["d"]\n', "passed"),
        ('[components.db]\nkind = "database"\n[decisions.a]\nstatus = "rejected"\nabout = ["db"]\n',
         "warning components.db"),
        (f'{GIVEN}[components.db]\nkind = "database"\ntechnology = "Oracle"\n', "passed"),
        ('[components.cache]\nkind = "cache"\n', "-"),
    ],
)  # fmt: skip
def test_what_is_dear_to_change_has_a_decision(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "DOC005") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[components.a]\nkind = "service"\npurpose = "TBD"\n', "warning design"),
        ('[components.a]\nkind = "service"\npurpose = "Keeps the TODO lists of people"\n', "passed"),
        ('[components.a]\nkind = "service"\npurpose = "TODO: ask Ada"\n', "warning design"),
        ('[components.a]\nkind = "service"\npurpose = "Keeps lists"\n', "passed"),
        ('[components.a]\nkind = "service"\nresponsibilities = ["prices", "to be decided"]\n', "warning design"),
        ('[components.a.endpoints.e]\npurpose = "???"\n[components.a]\nkind = "service"\n', "warning design"),
        ('[questions.q]\ntext = "How long?"\n', "warning design"),
        ('[questions.q]\ntext = "How long?"\nask = "Legal"\n', "passed"),
        ('[assumptions.a]\ntext = "Three times"\ncheck_by = 2026-11-20\n', "warning design"),
        ('[assumptions.a]\ntext = "Three times"\ncheck_by = 2026-11-21\n', "passed"),
        ('[assumptions.a]\ntext = "Three times"\n', "warning design"),
        ("", "-"),
    ],
)
def test_what_is_left_open_is_named(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "DOC007") == expected


def test_an_open_word_is_shown_with_its_place(finding: Only) -> None:
    verdict = finding('[components.a]\nkind = "service"\nresponsibilities = ["prices", "TBD"]\n', "DOC007").verdict
    assert verdict.message == "open: components.a.responsibilities (“TBD”)"
    assert verdict.field == "components.a.responsibilities"


def test_a_critical_system_leaves_nothing_open(answer: Answer) -> None:
    text = (
        'format = 1\n[design]\nname = "Heart"\nstage = "critical"\noverview = "TBD"\n[components.a]\nkind = "service"\n'
    )
    assert answer(text, "DOC007") == "error design"


ACCEPTED = """
[components.db]
kind = "database"
{store}
[accepted.later]
flag = "{flag}"
on = "{on}"
why = "only test data"
by = "Ada"
until = {until}
"""


@pytest.mark.parametrize(
    ("flag", "on", "until", "store", "expected"),
    [
        ("DAT001", "db", "2026-11-21", "", "passed"),
        ("DAT001", "components.db", "2026-11-21", "", "passed"),
        ("DAT001", "db", "2026-11-20", "", "error accepted.later"),
        ("DAT001", "db", "2027-01-01", 'backup = { every = "1 h" }', "error accepted.later"),
        ("DAT001", "db", "2027-01-01", "backup = { offsite = true }", "? components.db.backup.every"),
        ("DAT999", "db", "2027-01-01", "", "error accepted.later"),
        ("DOC008", "later", "2027-01-01", "", "error accepted.later"),
    ],
)
def test_an_acceptance_covers_something_today(
    answer: Answer, flag: str, on: str, until: str, store: str, expected: str
) -> None:
    assert answer(ACCEPTED.format(flag=flag, on=on, until=until, store=store), "DOC008") == expected


def test_an_expired_acceptance_leaves_its_flag_open_and_is_one_itself(judge: Judge) -> None:
    text = ACCEPTED.format(flag="DAT001", on="db", until="2026-11-20", store="")
    found = judge(text, "DAT001", "DOC008").findings
    assert [(finding.rule.id, finding.on, finding.accepted) for finding in found] == [
        ("DAT001", "components.db", None),
        ("DOC008", "accepted.later", None),
    ]
