"""What the rules about requirements say of designs that differ in one thing."""

from collections.abc import Callable

import pytest

Answer = Callable[..., str]

WEB = '[components.web]\nkind = "client"\n'
SHOP = WEB + '[components.shop]\nkind = "service"\n[connections.web-shop]\nfrom = "web"\nto = "shop"\n'
STORE = '[components.store]\nkind = "database"\n'
PROTOTYPE = 'format = 1\n[design]\nname = "Example"\nstage = "prototype"\n'
USERS = "[requirements.scale]\ndaily_active_users = 10\nrequests_per_user_per_day = 10\n"
TIMES = '[requirements.performance]\np99 = "1 s"\n'
SURELY = '[requirements.availability]\ntarget = 0.99\nrecovery_time = "1 h"\n'
JOURNEY = '[journeys.buy]\nsteps = ["web-shop"]\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHOP, "warning design"),
        (PROTOTYPE + SHOP, "-"),
        ("", "-"),  # nothing is drawn yet
        (USERS + TIMES + SURELY + SHOP, "passed"),
        (USERS + TIMES + SURELY + SHOP + STORE, "warning design"),  # a store can lose something
        (USERS + SURELY + SHOP + JOURNEY + 'p99 = "1 s"', "passed"),  # the journey says it for itself
        (USERS + SURELY + SHOP + JOURNEY, "warning design"),
        (SURELY + '[components.nightly]\nkind = "batch"\ngenerates_rps = 3', "passed"),  # nobody waits for it
    ],
)
def test_a_design_is_asked_for_the_numbers_it_can_be_judged_by(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REQ001") == expected


def said(text: str, more: str = "") -> str:
    return f'[requirements.functional.search]\ntext = "{text}"\n{more}\n'


WARNED = "warning requirements.functional.search"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (said("The search is fast"), WARNED),
        (said("The search is fast: 300 ms for 99 of 100"), "passed"),
        (said("The search is fast") + TIMES, "passed"),
        (said("The search is highly available") + TIMES, WARNED),
        (said("The search is highly available") + SURELY, "passed"),
        (said("The search is fast and secure") + TIMES, WARNED),
        (said("The search is user-friendly") + TIMES + SURELY, WARNED),
        (said("The search is fast", 'realised_by = ["buy"]') + SHOP + JOURNEY + 'p99 = "1 s"', "passed"),
        (said("Whoever is breakfasting securing a steadfast seat"), "passed"),  # whole words only
        (said("A real-time view of the fleet"), WARNED),
        (said("A film can be watched in fast-forward with a responsive layout"), "passed"),  # words of the trade
        (said("The search is fast", 'priority = "wont"'), "-"),
    ],
)
def test_a_quality_without_a_number_is_vague(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REQ002") == expected


MUST = '[requirements.functional.buy]\npriority = "must"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MUST + SHOP, "error requirements.functional.buy"),
        (MUST, "-"),
        (MUST + 'realised_by = ["shop"]\n' + SHOP, "passed"),
        (MUST + 'realised_by = ["buy"]\n' + SHOP + JOURNEY, "passed"),
        (MUST + 'realised_by = ["buy"]\n' + SHOP + "[journeys.buy]\nshare = 1\n", "? journeys.buy.steps"),
        (MUST + 'realised_by = ["vendor"]\n' + SHOP + "[decisions.vendor]\n", "passed"),
        (
            MUST + 'realised_by = ["vendor"]\n' + SHOP + '[decisions.vendor]\nstatus = "rejected"\n',
            "error requirements.functional.buy",
        ),
        ('[requirements.functional.buy]\npriority = "could"\n' + SHOP, "-"),
        ("[requirements.functional.buy]\n" + SHOP, "? requirements.functional.buy.priority"),
    ],
)
def test_a_must_is_realised_by_something_that_stands(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REQ003") == expected


def part(id_: str, kind: str, more: str = "") -> str:
    return f'[components.{id_}]\nkind = "{kind}"\n{more}\n'


def call(source: str, target: str, mode: str = "sync") -> str:
    return f'[connections.{source}-{target}]\nfrom = "{source}"\nto = "{target}"\nmode = "{mode}"\n'


BUYING = SHOP + JOURNEY


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (part("old", "service"), "warning components.old"),
        (part("old", "service") + call("old", "shop"), "warning components.old"),
        (part("old", "service") + "[requirements.functional.more]\n", "? requirements.functional.more.realised_by"),
        (part("old", "service") + call("shop", "old"), "warning components.old"),  # waited for, and on no journey
        (part("mail", "queue") + part("mailer", "worker") + call("shop", "mail", "async")
         + call("mail", "mailer", "async") + part("post", "external") + call("mailer", "post"), "passed"),
        (part("nightly", "batch") + part("lake", "object-store") + call("nightly", "lake"), "passed"),
        (part("vault", "secrets") + part("watch", "monitoring"), "passed"),
        (part("old", "service") + '[decisions.keep]\nabout = ["old"]\n', "passed"),
        (part("old", "service") + '[requirements.functional.x]\nrealised_by = ["old"]\n', "passed"),
        (part("old", "service") + '[operations]\nruns_on = ["old"]\n', "passed"),
    ],
)  # fmt: skip
def test_what_no_journey_reaches_must_say_what_it_is_for(answer: Answer, more: str, expected: str) -> None:
    assert answer(BUYING + more, "REQ004") == expected


MEANS = "[requirements.cost]\nbudget_per_month = 9\n[constraints]\nteam_size = 3\ntimeline = '9 weeks'\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MEANS + SHOP, "warning design"),
        (MEANS + SHOP + "[requirements.scale]\ngrowth = 1.2", "passed"),  # too little to plan for
        (MEANS + SHOP + "[requirements.scale]\ngrowth = 10", "warning design"),
        (MEANS + SHOP + "[requirements.scale]\ngrowth = 10\nhorizon = '2 years'", "passed"),
        (PROTOTYPE + SHOP, "-"),
        ("", "-"),
    ],
)
def test_growth_needs_a_date_and_a_plan_needs_means(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "REQ005") == expected
