"""What the reliability rules say of designs that differ in one thing."""

from collections.abc import Callable

import pytest

Answer = Callable[..., str]

USERS = "requirements.scale.daily_active_users requirements.scale.requests_per_user_per_day"

WEB = '[components.web]\nkind = "client"\n'
LOAD = "[requirements.scale]\ndaily_active_users = 86_400\nrequests_per_user_per_day = 100\npeak_factor = 3\n"


def target(share: float) -> str:
    return f"[requirements.availability]\ntarget = {share}\n"


def component(id_: str, kind: str = "service", said: str = "") -> str:
    return f'[components.{id_}]\nkind = "{kind}"\n{said}\n'


def call(source: str, callee: str, said: str = "") -> str:
    return f'[connections.{source}-{callee}]\nfrom = "{source}"\nto = "{callee}"\n{said}\n'


def api(said: str) -> str:
    return WEB + component("api", said=said) + call("web", "api")


SPARE = "instances = 3\nzones = 2\ncapacity_rps = 200"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (target(0.999) + api("instances = 1"), "error components.api"),
        (target(0.99) + api("instances = 1"), "warning components.api"),
        (api("instances = 1"), "warning components.api"),
        (api(""), "warning components.api"),  # one copy, as the format says when nothing is said
        (LOAD + api(SPARE), "passed"),
        (LOAD + api("instances = 2\nzones = 2\ncapacity_rps = 200"), "warning components.api"),  # both are needed
        (api("instances = 3\nzones = 2"), f"? components.api.capacity_rps {USERS}"),
        (LOAD + api("instances = 3\ncapacity_rps = 200"), "? components.api.zones"),
        (LOAD + api("instances = 3\nzones = 1\ncapacity_rps = 200"), "warning components.api"),
        (LOAD + target(0.99) + api("instances = 3\nzones = 1\ncapacity_rps = 200"), "passed"),
        (target(0.999) + api("managed = true\navailability = 0.9999"), "passed"),
        (target(0.999) + api("managed = true\navailability = 0.995"), "error components.api"),
        (target(0.999) + api("managed = true"), "? components.api.availability"),
        (component("api", said="instances = 1"), "-"),  # nobody is known to wait for it
        (component("api", said="instances = 1\ntier = 1"), "warning components.api"),
    ],
)  # fmt: skip
def test_a_single_point_of_failure_is_what_has_no_spare_copy(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL001") == expected


DB = LOAD + WEB + component("api", said=SPARE) + call("web", "api")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", "warning components.db"),
        ("hard = false", "passed"),
        ('mode = "async"', "passed"),
        ('fallback = "the answer of yesterday"', "passed"),
    ],
)
def test_what_callers_can_do_without_is_no_single_point_of_failure(answer: Answer, said: str, expected: str) -> None:
    assert answer(DB + component("db", "database", "instances = 1") + call("api", "db", said), "REL001") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('failover = { mode = "automatic" }\nzones = 2', "passed"),
        ('failover = { mode = "manual" }\nzones = 2', "warning components.db"),
        ("zones = 2", "? components.db.failover.mode"),
        ('failover = { mode = "automatic" }\nzones = 1', "warning components.db"),
        ('failover = { mode = "automatic" }', "? components.db.zones"),
    ],
)
def test_a_replica_stands_in_when_it_takes_over_by_itself(answer: Answer, said: str, expected: str) -> None:
    text = DB + component("db", "database", f"read_replicas = 1\n{said}") + call("api", "db")
    assert answer(text, "REL001") == expected


def cells(share_one: float, share_two: float, balancer: str = "load-balancer") -> str:
    return (
        WEB
        + component("lb", balancer, "managed = true\navailability = 0.9999")
        + component("one", said="instances = 1")
        + component("two", said="instances = 1")
        + component("db-one", "database", "instances = 1")
        + call("web", "lb")
        + call("lb", "one", f"calls_per_request = {share_one}")
        + call("lb", "two", f"calls_per_request = {share_two}")
        + call("one", "db-one")
    )


def test_alike_boxes_that_share_the_calls_stand_in_for_each_other(answer: Answer) -> None:
    assert answer(cells(0.5, 0.5), "REL001") == "passed"
    assert answer(cells(0.7, 0.3), "REL001") == "passed"


def test_boxes_that_are_all_called_or_called_for_different_things_do_not(answer: Answer) -> None:
    all_three = "warning components.db-one, warning components.one, warning components.two"
    assert answer(cells(1, 1), "REL001") == all_three
    assert answer(cells(0.7, 0.3, "gateway"), "REL001") == all_three
    different = cells(0.5, 0.5).replace("[components.two]", '[components.two]\ntechnology = "spring"')
    assert answer(different, "REL001") == all_three


def test_what_both_stand_ins_need_is_needed(answer: Answer) -> None:
    assert answer(cells(0.5, 0.5) + call("two", "db-one"), "REL001") == "warning components.db-one"


JOURNEYS = (
    WEB
    + component("api", said="instances = 1")
    + component("reports", said="instances = 1")
    + component("jobs", "queue", "instances = 1")
    + component("worker", "worker", "instances = 1")
    + call("web", "api")
    + call("api", "reports")
    + call("api", "jobs", 'mode = "async"')
    + call("jobs", "worker", 'mode = "async"')
)


def test_only_journeys_that_realise_a_must_requirement_count(answer: Answer) -> None:
    buy = '[journeys.buy]\nsteps = ["web-api"]\n[journeys.look]\nsteps = ["web-api", "api-reports"]\n'
    must = '[requirements.functional.buy]\npriority = "must"\nrealised_by = ["buy"]\n'
    assert answer(JOURNEYS + buy + must, "REL001") == "warning components.api"
    assert answer(JOURNEYS + buy, "REL001") == "warning components.api, warning components.reports"


def test_a_queue_that_takes_work_over_must_be_there_and_its_consumer_need_not(answer: Answer) -> None:
    text = JOURNEYS + '[journeys.order]\nsteps = ["web-api", "api-jobs", "jobs-worker"]\n'
    assert answer(text, "REL001") == "warning components.api, warning components.jobs"


def test_a_step_of_writes_is_not_needed_by_a_journey_of_reads(answer: Answer) -> None:
    text = JOURNEYS.replace('to = "reports"', 'to = "reports"\ntraffic = "writes"')
    text += '[journeys.look]\ntraffic = "reads"\nsteps = ["web-api", "api-reports"]\n'
    assert answer(text, "REL001") == "warning components.api"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (target(0.999) + api("managed = true\navailability = 0.99"), "? journeys"),
        (target(0.999) + api("managed = true") + "[journeys.use]\n", "? journeys.use.steps"),
        (api("managed = true\navailability = 0.99"), "-"),
        (api("managed = true") + '[journeys.use]\nsteps = ["web-api"]\n', "? requirements.availability.target"),
        (target(0.999) + api("managed = true") + '[journeys.use]\nsteps = ["web-api"]\n',
         "? components.api.availability"),
        (target(0.999) + api("managed = true\navailability = 0.99") + '[journeys.use]\nsteps = ["web-api"]\n',
         "error journeys.use"),
        (target(0.999) + api("managed = true\navailability = 0.999") + '[journeys.use]\nsteps = ["web-api"]\n',
         "passed"),
        (api("managed = true\navailability = 0.99") + '[journeys.use]\navailability = 0.98\nsteps = ["web-api"]\n',
         "passed"),
        (target(0.999) + api("availability = 0.99\ninstances = 2") + '[journeys.use]\nsteps = ["web-api"]\n',
         f"? components.api.capacity_rps {USERS}"),
    ],
)  # fmt: skip
def test_a_promise_is_held_against_the_product_of_its_parts(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REL002") == expected


def nested(outer: str, inner: str, more: str = "") -> str:
    own = 'instances = 1\ncapacity_rps = 1000\nlatency = "1 ms"'
    return (
        LOAD
        + WEB
        + component("a")
        + component("b", said=own)
        + component("c")
        + call("web", "a")
        + call("a", "b", outer)
        + call("b", "c", inner)
        + more
    )


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ('timeout = "1 s"', 'timeout = "1 s"', "warning connections.a-b"),
        ('timeout = "1 s"', 'timeout = "1 s"\nmutating = true', "error connections.a-b"),
        ('timeout = "1 s"', 'timeout = "1 s"\nmutating = true\nidempotent = true', "warning connections.a-b"),
        ('timeout = "1 s"', 'timeout = "400 ms"\nattempts = 2\nbackoff = "fixed"', "passed"),
        ('timeout = "1 s"', 'timeout = "500 ms"\nattempts = 2', "warning connections.a-b"),
        ('timeout = "1 s"', 'timeout = "300 ms"\ncalls_per_request = 4', "warning connections.a-b"),
        ('timeout = "1 s"', 'timeout = "300 ms"\ncalls_per_request = 4\nparallel = true', "passed"),
        ('timeout = "1 s"', 'timeout = "5 s"\nmode = "async"', "-"),
        ('timeout = "1 s"\ntraffic = "reads"', 'timeout = "5 s"\ntraffic = "writes"', "-"),
        ("", 'timeout = "1 s"', "? connections.a-b.timeout"),
        ('timeout = "1 s"', "", "? connections.b-c.timeout"),
        ('mode = "async"', 'timeout = "1 s"', "-"),
    ],
)
def test_a_caller_waits_longer_than_what_it_calls(answer: Answer, outer: str, inner: str, expected: str) -> None:
    assert answer(nested(outer, inner), "REL005") == expected


@pytest.mark.parametrize(
    ("extra", "expected"), [("", "warning connections.a-b"), ('at_once = [["b-c", "b-d"]]', "passed")]
)
def test_serial_calls_add_and_calls_at_once_do_not(answer: Answer, extra: str, expected: str) -> None:
    more = component("d") + call("b", "d", 'timeout = "600 ms"')
    more += f'[journeys.use]\nshare = 1\nsteps = ["web-a", "a-b", "b-c", "b-d"]\n{extra}\n'
    assert answer(nested('timeout = "1 s"', 'timeout = "600 ms"', more), "REL005") == expected


def test_calls_of_other_journeys_do_not_add(answer: Answer) -> None:
    more = component("d") + call("b", "d", 'timeout = "600 ms"')
    more += '[journeys.use]\nshare = 0.5\nsteps = ["web-a", "a-b", "b-c"]\n'
    more += '[journeys.other]\nshare = 0.5\nsteps = ["web-a", "a-b", "b-d"]\n'
    assert answer(nested('timeout = "1 s"', 'timeout = "600 ms"', more), "REL005") == "passed"


def test_a_client_has_its_own_patience(answer: Answer) -> None:
    text = WEB + component("a") + component("b") + call("web", "a") + call("a", "b", 'timeout = "1 s"')
    assert answer(text, "REL005") == "-"


PAIR = component("api") + component("db", "database")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("attempts = 2\nmutating = true", "error connections.api-db"),
        ('attempts = 2\ntraffic = "writes"', "error connections.api-db"),
        ("attempts = 2\nmutating = true\nidempotent = true", "passed"),
        ("attempts = 2\nmutating = false", "-"),
        ('attempts = 2\ntraffic = "reads"', "-"),
        ("attempts = 2", "? connections.api-db.mutating"),
        ("mutating = true", "-"),
        ("attempts = 1\nmutating = true", "-"),
    ],
)
def test_a_retried_write_must_be_idempotent(answer: Answer, said: str, expected: str) -> None:
    assert answer(PAIR + call("api", "db", said), "REL006") == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('attempts = 3\nbackoff = "exponential"\njitter = true', "passed"),
        ('attempts = 3\nbackoff = "exponential"', "warning connections.api-db"),
        ('attempts = 3\nbackoff = "fixed"\njitter = true', "warning connections.api-db"),
        ("attempts = 3", "warning connections.api-db"),
        ("", "-"),
    ],
)
def test_retries_wait_longer_each_time_and_not_in_step(answer: Answer, said: str, expected: str) -> None:
    assert answer(PAIR + call("api", "db", said), "REL007") == expected


@pytest.mark.parametrize(
    ("caller", "kind", "callee", "said", "expected"),
    [
        ("", "external", "", "", "warning connections.api-x"),
        ("tier = 1", "external", "", "", "error connections.api-x"),
        ("", "llm", "", "", "warning connections.api-x"),
        ("", "external", "", "circuit_breaker = true", "passed"),
        ("", "external", "", "bulkhead = true", "passed"),
        ("", "external", "", 'fallback = "yesterday"', "passed"),
        ("", "external", "", "hard = false", "-"),
        ("", "external", "", 'mode = "async"', "-"),
        ('owner = "a"', "service", 'owner = "b"', "", "warning connections.api-x"),
        ('owner = "a"', "service", 'owner = "A"', "", "-"),
        ('owner = "a"', "service", "", "", "? components.x.owner"),
        ('tier = 2\nowner = "a"', "service", 'tier = 3\nowner = "a"', "", "warning connections.api-x"),
        ("", "database", "", "", "-"),
    ],
)
def test_calls_to_what_others_run_have_a_guard(
    answer: Answer, caller: str, kind: str, callee: str, said: str, expected: str
) -> None:
    text = component("api", said=caller) + component("x", kind, callee) + call("api", "x", said)
    assert answer(text, "REL009") == expected


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        ("service", 'state = "memory"\ninstances = 2', "error components.x"),
        ("service", 'state = "disk"\nautoscale = { max = 4, metric = "CPU" }', "error components.x"),
        ("service", 'state = "memory"\ninstances = 1', "-"),
        ("service", 'state = "memory"', "? components.x.instances"),
        ("service", 'state = "memory"\ninstances = 2\nshards = 2', "passed"),
        ("service", 'state = "none"\ninstances = 2', "passed"),
        ("service", "instances = 2", "? components.x.state"),
        ("function", 'state = "memory"', "error components.x"),
        ("database", 'state = "disk"\ninstances = 3', "-"),
        ("cache", 'state = "memory"\ninstances = 3', "-"),
    ],
)
def test_state_in_one_of_several_copies_is_flagged(answer: Answer, kind: str, said: str, expected: str) -> None:
    assert answer(component("x", kind, said), "REL017") == expected


@pytest.mark.parametrize(
    ("kind", "said", "behind", "expected"),
    [
        ("service", "", "", "warning components.x"),
        ("service", 'rate_limit = "10/s"', "", "passed"),
        ("gateway", "", "", "warning components.x"),
        ("cdn", "", "", "-"),  # files only
        ("cdn", "", component("y") + call("x", "y"), "warning components.x"),
        ("load-balancer", "", component("y", said='rate_limit = "10/s"') + call("x", "y"), "passed"),
        ("external", "", "", "-"),
        ("identity", "", "", "-"),
    ],
)
def test_an_entrance_limits_its_callers(answer: Answer, kind: str, said: str, behind: str, expected: str) -> None:
    assert answer(WEB + component("x", kind, said) + call("web", "x") + behind, "REL018") == expected


def test_an_applied_pattern_limits_callers_too(answer: Answer) -> None:
    text = (
        WEB + component("x") + call("web", "x") + '[patterns.limit]\nuse = "rate-limiting-token-bucket"\non = ["x"]\n'
    )
    assert answer(text, "REL018") == "passed"


ROW = '[components.x.failures.gone]\nmode = "m"\neffect = "e"\ndetection = "d"\n'


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("tier = 1", "warning components.x"),
        ("tier = 2", "warning components.x"),
        ("tier = 3", "-"),
        ("", "-"),
        ("tier = 2\n" + ROW + 'mitigation = "m"', "passed"),
        ("tier = 2\n" + ROW, "warning components.x"),
    ],
)
def test_important_components_say_how_they_fail(answer: Answer, said: str, expected: str) -> None:
    assert answer(component("x", said=said), "REL020") == expected
