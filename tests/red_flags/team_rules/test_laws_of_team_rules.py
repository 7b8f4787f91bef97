"""Whatever stands in a team's file: it is read or refused in sentences, and what is read can judge any design."""

from collections.abc import Callable

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from studio.errors import InvalidFile, Problem
from studio.red_flags.report import Report
from studio.red_flags.settings import Settings
from studio.red_flags.team_rules.measures import MEASURES
from studio.red_flags.team_rules.own_rules import checks
from studio.red_flags.team_rules.reading import parse

VALUES = st.sampled_from([
    "3", "0", "-1", "1.5", "nan", "inf", "true", "[]", "{}", "[[1]]", "2027-01-01", "1e300", "99999999999999999999",
    '"x"', '""', '"*"', '"[a-"', '"[!]"', '"1 s"', '"99.9%"', '["a", 3]', '["*", "b?"]', '"owner"', '"backup.every"',
    '"backup"', '"zones"', '"id"', '"limits.x"', '"components"', '"design"', '"connections"', '"journeys"', '"data"',
    '"utilisation <= 1"', '"components.api.p99_ms > 0.5 * latency"', '"peak_rps == nothing"', '"a <= b and c"',
    '{ kind = "service" }', '{ kind = "*", tier = [1, 2] }', '{ technology = "p*", group = "a/*" }', '{ from = "web" }',
    '{ from = { managed = true }, to = { tier = 1 } }', '{ backup = { offsite = true } }', '{ a = { b = { c = 1 } } }',
    '{ instances = 1, regions = "eu-*" }', '{ id = 3 }', '{ kind = [] }',
])  # fmt: skip
KEYS = st.sampled_from([
    "section", "where", "field", "values", "technologies", "regions", "least", "most", "from", "to", "counts",
    "pattern", "expect", "severity", "fix", "patterns", "sources", "may_be_accepted", "unknown-key",
])  # fmt: skip
RULES = st.builds(
    lambda check, keys: "\n".join([f'check = "{check}"', *(f"{key} = {value}" for key, value in keys.items())]),
    st.sampled_from(checks()),
    st.dictionaries(KEYS, VALUES, max_size=5),
)
DESIGN = """
[requirements.scale]
daily_active_users = 86_400
requests_per_user_per_day = 100
[components.web]
kind = "client"
[components.api]
kind = "service"
group = "a/b"
capacity_rps = [100, 300]
[components.api.endpoints.list]
path = "/"
[components.db]
kind = "database"
technology = "postgresql"
regions = ["eu-west"]
[connections.web-api]
from = "web"
to = "api"
timeout = ["1 s", "2 s"]
[connections.api-db]
from = "api"
to = "db"
mode = "async"
[data.order]
store = "db"
[journeys.buy]
steps = ["web-api", "api-db"]
[journeys.look]
share = 0.1
"""


def _read(text: str) -> Settings | tuple[Problem, ...]:
    try:
        return parse(text, "rules.toml", lambda: ("cache-aside",))
    except InvalidFile as error:
        return error.problems


quick = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(keys=RULES)
@example(keys='check = "value-range"\nfield = "capacity_rps"\nleast = 1e300')
@example(keys='check = "required-connection"\nto = {}')
def test_a_rule_is_refused_in_sentences_or_judges_a_design(judged: Callable[..., Report], keys: str) -> None:
    text = f'[rules.TEAM-1]\ntitle = "x"\nwhy = "y"\n{keys}\n'
    read = _read(text)
    if not isinstance(read, Settings):
        assert all(problem.what and problem.advice and 1 <= problem.line <= 9 for problem in read)
        return
    found = judged(DESIGN, text)
    words = [finding.verdict.message for finding in found.findings if finding.rule.id == "TEAM-1"]
    assert all(message and "None" not in message and "nan" not in message for message in words)
    assert all(unknown.missing for unknown in found.unknown)
    assert [finding.verdict for finding in judged(DESIGN, text).findings] == [f.verdict for f in found.findings]


@quick
@given(
    st.dictionaries(st.sampled_from([*MEASURES, "tier-1", "tier-9", "components", "journeys", "x"]), VALUES, max_size=4)
)
def test_a_threshold_is_refused_in_sentences_or_set_within_its_bounds(said: dict[str, str]) -> None:
    text = "[thresholds]\n" + "".join(f"{key} = {value}\n" for key, value in said.items())
    read = _read(text)
    if isinstance(read, Settings):
        assert all(value > 0 or name == "cache_rps" for name, value in read.thresholds._asdict().items())
    else:
        assert all(problem.what and problem.advice for problem in read)
