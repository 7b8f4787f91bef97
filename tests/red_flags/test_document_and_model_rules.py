"""What the rules about documents and language models say of designs that differ in one thing."""

from collections.abc import Callable

import pytest

from studio.red_flags.report import Finding

Answer = Callable[..., str]
Only = Callable[[str, str], Finding]


WORDS = 'purpose = "p"\nwhy = "w"\nowner = "o"\ntechnology = "t"'


@pytest.mark.parametrize(
    ("kind", "said", "more", "expected"),
    [
        ("service", WORDS, "", "passed"),
        ("service", WORDS.replace('why = "w"\n', ""), "", "warning components.x"),
        ("service", WORDS.replace('why = "w"\n', ""), '[decisions.d]\nabout = ["x"]\n', "passed"),
        ("external", 'purpose = "p"\nwhy = "w"', "", "passed"),
        ("external", "", "", "warning components.x"),
        ("client", "", "", "-"),
    ],
)
def test_a_component_says_what_why_and_whose(answer: Answer, kind: str, said: str, more: str, expected: str) -> None:
    assert answer(f'[components.x]\nkind = "{kind}"\n{said}\n{more}', "DOC001") == expected


def test_one_finding_names_all_that_is_missing(finding: Only) -> None:
    found = finding('[components.x]\nkind = "service"\nowner = "o"\n', "DOC001")
    assert found.verdict.evidence["lacking"] == ["purpose", "why", "technology"]


TWO = '[decisions.d.options.a]\ncons = ["dear"]\n[decisions.d.options.b]\nname = "The other"\ncons = ["slow"]\n'


@pytest.mark.parametrize(
    ("said", "options", "expected"),
    [
        ('chosen = "a"\nstatus = "accepted"', TWO, "passed"),
        ('chosen = "The other"', TWO, "passed"),
        ('chosen = "c"', TWO, "warning decisions.d"),
        ('status = "accepted"', TWO, "warning decisions.d"),
        ('status = "proposed"', TWO, "passed"),
        ('chosen = "a"', TWO.replace('cons = ["dear"]', ""), "warning decisions.d"),
        ('chosen = "a"', TWO.split("[decisions.d.options.b]", maxsplit=1)[0], "warning decisions.d"),
        ('status = "rejected"', "", "-"),
        ('status = "superseded"', "", "-"),
    ],
)
def test_a_decision_has_alternatives_and_a_price(answer: Answer, said: str, options: str, expected: str) -> None:
    assert answer(f"[decisions.d]\n{said}\n{options}", "DOC004") == expected


def prompt(model: str, data: str, classified: str = "", more: str = "") -> str:
    return (
        f'[components.api]\nkind = "service"\n[components.m]\nkind = "llm"\n{model}\n'
        f'[data.ticket]\n{classified}\n[connections.api-m]\nfrom = "api"\nto = "m"\n{data}\n{more}'
    )


TICKET = 'data = ["ticket"]'
PERSONAL = 'classification = "personal"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (prompt("managed = true", TICKET, PERSONAL), "error connections.api-m"),
        (prompt("", TICKET, PERSONAL), "error connections.api-m"),
        (prompt("managed = false", TICKET, PERSONAL), "-"),
        (prompt("instances = 2", TICKET, PERSONAL), "-"),  # it runs on own instances
        (prompt("", TICKET, 'classification = "public"'), "passed"),
        (prompt("", TICKET), "? data.ticket.classification"),
        (prompt("", ""), "? connections.api-m.data"),
        (prompt("", TICKET, PERSONAL, '[patterns.m]\nuse = "pii-masking"\non = ["api"]\n'), "passed"),
    ],
)
def test_private_data_are_masked_before_they_leave(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "AIX002") == expected


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ('limits_of_agent = { steps = 9, cost = 1, deadline = "1 min" }', "passed"),
        ("limits_of_agent = { steps = 9, cost = 1 }", "error components.x"),
        ("", "error components.x"),
    ],
)
def test_an_agent_is_stopped_by_steps_cost_and_time(answer: Answer, limits: str, expected: str) -> None:
    assert answer(f'[components.x]\nkind = "agent"\n{limits}\n', "AIX003") == expected
    assert answer(f'[components.x]\nkind = "service"\n{limits}\n', "AIX003") == "-"


def tokens(budget: str, more: str = "", price: str = "price_per_million_tokens = 3") -> str:
    """$1,350 a month."""
    return (
        "[requirements.scale]\ndaily_active_users = 1000\n[requirements.ai]\nrequests_per_user_per_day = 10\n"
        f"input_tokens = 1000\noutput_tokens = 500\n{price}\n[requirements.cost]\n{budget}\n"
        f'[components.m]\nkind = "llm"\n{more}'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (tokens("budget_per_month = 4500"), "passed"),
        (tokens("budget_per_month = 4400"), "warning design"),
        (tokens("budget_per_month = 4400", '[decisions.d]\nabout = ["m"]\n'), "passed"),
        (tokens("budget_per_month = 1300", '[decisions.d]\nabout = ["m"]\n'), "error design"),
        (tokens(""), "? requirements.cost.budget_per_month"),
        (tokens("budget_per_month = 4400", price=""), "? requirements.ai.price_per_million_tokens"),
        (tokens("", price="input_price_per_million_tokens = 3"), "? requirements.ai.output_price_per_million_tokens"),
        ('[components.x]\nkind = "service"\n', "-"),
    ],
)
def test_tokens_take_their_share_of_the_budget_or_a_decision(answer: Answer, text: str, expected: str) -> None:
    assert answer(text, "AIX005") == expected
