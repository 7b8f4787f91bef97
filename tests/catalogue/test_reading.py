"""Entries: what a good file gives, and what a broken one is told, with the line."""

import subprocess
import sys
from pathlib import Path

import pytest

from studio.catalogue.library import Library
from studio.catalogue.reading import InvalidEntry, read_pattern, read_technology
from studio.units import Dimension, Interval


def test_a_pattern_is_read_whole(library: Library) -> None:
    pattern = library.pattern("cache-aside")
    assert (pattern.id, pattern.name, pattern.family) == ("cache-aside", "Cache-aside", "scalability")
    assert pattern.sketch.startswith("┌────────┐ 1 get")
    assert pattern.sketch.endswith("└───────┘")
    assert [target.role for target in pattern.targets] == ["caller", "store"]
    assert [parameter.id for parameter in pattern.parameters] == ["ttl", "hit_ratio"]
    assert pattern.components[0].id == "$store-cache"
    assert (pattern.connections[0].source, pattern.connections[0].target) == ("caller", "cache")
    assert pattern.sets_between == {("caller", "store"): {"on_miss_of": "$cache"}}
    assert pattern.needs[1].check.names == ("store.utilisation", "store.p99_ms")
    assert pattern.failure_modes[0].mitigation == "One caller fills, the others wait"
    assert pattern.sources[0].year == 2018


def test_a_technology_gives_figures_in_base_units_with_their_source(library: Library) -> None:
    postgresql = library.technology("postgresql")
    capacity, latency = postgresql.figures["capacity_rps"], postgresql.figures["latency"]
    assert capacity.value == Interval(4639, 4882)
    assert capacity.point == pytest.approx(4760.5)
    assert (capacity.dimension, latency.dimension) == (Dimension.RATE, Dimension.DURATION)
    assert latency.value == latency.point == 0.0012
    assert (capacity.source.title, capacity.confidence) == ("ClickHouse/PostgresBench raw results", "high")
    assert "availability" not in postgresql.figures


def test_reading_a_technology_loads_no_validation_library(entries: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from studio.catalogue.library import Library;"
        f"Library((Path({str(entries)!r}),)).technology('redis');"
        "print(sorted({'pydantic', 'rich', 'textual', 'platformdirs'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


def _broken(file: Path, old: str, new: str, folder: Path) -> Path:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"the case changes nothing: {old}"
    path = folder / file.parent.name / file.name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


CACHE = "patterns/scalability/cache-aside.toml"
BREAKER = "patterns/reliability/circuit-breaker.toml"
RELAY = "patterns/communication/relay.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "said"),
    [
        (CACHE, "format = 1", "format = 2", "format", "format must be 1"),
        (CACHE, 'name = "Cache-aside"\n', "", "format", "name is missing"),
        (CACHE, 'name = "Cache-aside"', "name = 3", "name", "name must be a text that says something"),
        (CACHE, 'name = "Cache-aside"', 'name = " "', "name", "name must be a text that says something"),
        (CACHE, '"Cache-aside"', '"Cache\\u001b[2J"', "name", "holds the control character U+001B"),
        (CACHE, '"scalability"', '"speed"', "family", "family is speed and the folder is scalability"),
        (CACHE, "The caller asks", "The caller" + " asks" * 20, "summary", "use at most 120"),
        (CACHE, 'pros = [', 'prons = [', "prons", "prons is not known here; did you mean pros?"),
        (CACHE, 'tags = ["cache",', "tags = [1,", "tags", "tags must be a list of texts"),
        (CACHE, 'questions = ["How stale may an answer be?"]', "questions = []", "questions", "has no points"),
        (CACHE, "┌────────┐ 1 get", "┌────────┐" + "─" * 60, "sketch", "the sketch is 81 columns wide"),
        (CACHE, "└───────┘\n'''", "\n\n\n\n\n\n\n└─┘\n'''", "sketch", "the sketch has 15 lines"),
        (CACHE, '"reads_per_write >= 5"', '"reads_per_write"', "check", "has no operator"),
        (CACHE, '"reads_per_write >= 5"', '"reads_per_wirte >= 5"', "check", "did you mean reads_per_write?"),
        (CACHE, "store.p99_ms", "stoer.p99_ms", "check", "begins with no role; write caller or store"),
        (CACHE, "store.p99_ms", "store.p99", "check", "store.p99 is no figure of a design"),
        (CACHE, 'ask = "Which store does it protect?"\n', "", "[targets.store]", "ask is missing"),
        (CACHE, '"database", "search"', '"databse", "search"', "kinds", "“databse” is no kind of component"),
        (CACHE, '"database", "search"', '"connection", "search"', "kinds", "“connection” is no kind of component"),
        (CACHE, 'kind = "database", name', 'kind = "databse", name', "skeleton", "it must be 'client'"),
        (CACHE, "[parameters.hit_ratio]", "[parameters.hitRatio]", "[parameters.hitRatio]", "cannot be a name"),
        (CACHE, "[parameters.ttl]", "[parameters.store]", "[parameters.store]", "“store” is also a name in targets"),
        (CACHE, 'kind = "duration"', 'kind = "time"', "kind", "kind cannot be “time”"),
        (CACHE, 'default = "10 min"', "default = 10", "default", "a duration needs a unit"),
        (CACHE, 'default = "10 min"', 'default = "10 ms"', "default", "must be at least 1 s"),
        (CACHE, 'low = "1 s"', 'low = "1 parsec"', "low", "has no unit of duration"),
        (CACHE, 'kind = "cache"', 'kind = "cash"', "kind", "kind cannot be “cash”; did you mean cache?"),
        (CACHE, 'ttl = "$ttl"', 'tll = "$ttl"', "tll", "tll is not known here; did you mean ttl?"),
        (CACHE, 'ttl = "$ttl"', 'ttl = "$tttl"', "ttl", "$tttl stands for nothing; did you mean ttl?"),
        (CACHE, 'ttl = "$ttl"', 'ttl = "$hit_ratio"', "ttl", "ttl: a duration needs a unit"),
        (CACHE, '"$store-cache"', '"$shop-cache"', "id", "$shop-cache stands for nothing"),
        (CACHE, 'to = "$cache"', 'to = "$cash"', "to", "“cash” is no component of this pattern"),
        (CACHE, 'traffic = "reads"', 'traffic = "read"', "traffic", "it must be 'all', 'reads' or 'writes'"),
        (CACHE, "[sets.caller]", "[sets.calller]", "[sets.calller]", "“calller” is no role; did you mean caller?"),
        (CACHE, "[sets.caller]", '[sets.caller]\nkind = "service"', "kind", "kind cannot be set by a pattern"),
        (CACHE, "[sets.caller]", "[sets.caller]\nlimits.a = {}", "limits.a", "limits cannot be set by a pattern"),
        (CACHE, "caller-store =", "caller-shop =", "caller-shop", "“caller-shop” is not two roles"),
        (CACHE, "on_miss_of =", "on_mis_of =", "caller-store", "did you mean on_miss_of?"),
        (CACHE, 'effect = "The store gets', 'efect = "The store gets', "[failure_modes.stampede]", "effect is missing"),
        (CACHE, "year = 2018", 'year = "2018"', "year", "year must be a whole number"),
        (CACHE, "[sources.nygard]", "[[sources.nygard]]", "[[sources.nygard]]", "nygard must be a table"),
        (CACHE, "[sources.nygard]", "[source.nygard]", "[source.nygard]", "not known here; did you mean sources?"),
        (CACHE, "[needs.headroom]", "[needs.headroom", "[needs.headroom", "this is no TOML"),
        (CACHE, "advice =", "name = 1\nname = 2 #", "name", "this is no TOML: Cannot overwrite a value"),
        (BREAKER, '{ from = "caller"', '{ from = "caler"', "skeleton", "“caler” is no component of this pattern"),
        (BREAKER, 'skeleton = { from = "caller", to = "callee", carries = "call" }\n', "",
         "[targets.call]", "“call” is a connection, and nothing says what it joins; add skeleton = {"),
        (BREAKER, "circuit_breaker = true", "circuit_breaker = 1", "circuit_breaker", "true or false is wanted here"),
        (BREAKER, 'default = "error 503"', 'default = "nothing"', "default", "choose error 503 or last known answer"),
        (BREAKER, '"error 503", "last known answer"', '"error 503"', "choices", "write at least 2"),
        (BREAKER, "several = true", 'several = "yes"', "several", "several must be true or false"),
        (CACHE, 'kind = "cache"', 'kind = "cache"\nshared = "yes"', "shared", "shared must be true or false"),
        (BREAKER, "several = true", "several = true\nshared = true", "shared", "without a skeleton of a kind"),
        (RELAY, "[moves.calls]", "[move.calls]", "[move.calls]", "move is not known here; did you mean moves?"),
        (RELAY, 'between = "sender-receiver"\n', "", "[moves.calls]", "which connections are moved is not clear"),
        (RELAY, '"sender-receiver"\nto', '"sender-sender2"\nto', "between", "“sender-sender2” names no connections"),
        (RELAY, '"sender-receiver"\nto', '"sender-call"\nto', "between", "“call” is a connection, not an end of one"),
        (RELAY, 'to = "$relay"\nch', "ch", "[moves.calls]", "no end is moved; write to = "),
        (RELAY, 'to = "$relay"\nch', 'to = "$relay"\nfrom = "$relay"\nch', "[moves.calls]", "two ends are moved"),
        (RELAY, 'to = "$relay"\nch', 'to = "$rely"\nch', "to", "“rely” is no component of this pattern; did you mean"),
        (RELAY, 'to = "$relay"\nch', 'to = "$archive"\nch', "to", "leads from archive to receiver"),
        (RELAY, "{ encrypted = true }", "{ encrypt = true }", "changes", "did you mean encrypted?"),
        (RELAY, "{ encrypted = true }", '{ from = "x" }', "changes", "from cannot be set by a pattern"),
        (RELAY, '"receiver.state != none"', '"receiver.state"', "when", "has no operator"),
        (RELAY, '"receiver.state != none"', '"receiver.stat != none"', "when", "did you mean state?"),
        (RELAY, '"receiver.state != none"', '"receiver.utilisation > 1"', "when", "is no field of a design"),
        (RELAY, '"receiver.state != none"', '"receivr.state != none"', "when", "begins with no role"),
        (RELAY, "step = \"after sender-relay", "step = \"behind sender-relay", "step", "a step says where it stands"),
        (RELAY, "step = \"after sender-relay", "step = \"after $cal", "step", "“cal” is no connection here; did you"),
        (RELAY, '"calls_per_request", "t', '"calls_per_requests", "t', "copies", "did you mean calls_per_request?"),
        (RELAY, 'like = "sender-receiver"\n', "", "copies", "copies says which fields, and nothing says of what"),
        (RELAY, "[changes.receiver]", "[changes.reciever]", "[changes.reciever]", "is no role; did you mean receiver?"),
        (RELAY, 'instances = "$instances"', 'instances = "$instance"', "instances", "$instance stands for nothing"),
    ],
)  # fmt: skip
def test_a_broken_pattern_names_the_line_and_what_to_do(
    entries: Path, tmp_path: Path, file: str, old: str, new: str, at: str, said: str
) -> None:
    path = _broken(entries / file, old, new, tmp_path)
    with pytest.raises(InvalidEntry) as caught:
        read_pattern(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    told = [lines[problem.line - 1] for problem in caught.value.problems if said in str(problem)]
    assert [line for line in told if line.startswith(at)], str(caught.value)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ('kind = "database"', 'kind = "databank"', "kind", "kind cannot be “databank”; did you mean database?"),
        ('kind = "database"', 'kind = "cache"', "kind", "kind is cache and the folder is database"),
        ("managed = false", 'managed = "no"', "managed", "managed must be true or false"),
        ('cap = "cp"', 'cap = "ca"', "cap", "cap cannot be “ca”; write cp, ap, configurable or none"),
        ("[figures.capacity_rps]", "[figures.capacity]", "[figures.capacity]", "capacity is no figure that is known"),
        (
            "value = [4639, 4882]",
            'value = "4639/s"',
            "value",
            "capacity_rps: “4639/s” is no rate (requests/s); write a plain number",
        ),
        ("value = [4639, 4882]", "value = [4882, 4639]", "value", "the range runs from high to low"),
        ('value = "1.2 ms"', "value = 1.2", "value", "latency: a duration needs a unit"),
        ('value = "1.2 ms"\n', "", "[figures.latency]", "value is missing"),
        ('source = "pgbench"', 'source = "pgbnech"', "source", "no source is called pgbnech; write pgbench"),
        ('confidence = "high"', 'confidence = "sure"', "confidence", "confidence cannot be “sure”"),
        ('date = "2026-03"', "date = 2026-03-01", "date", "date must be a text"),
        ("skills =", "skill =", "skill", "skill is not known here; did you mean skills?"),
        ("[sources.pgbench]", "[sources]", "title", "title must be a table"),
    ],
)
def test_a_broken_technology_names_the_line_and_what_to_do(
    entries: Path, tmp_path: Path, old: str, new: str, at: str, said: str
) -> None:
    path = _broken(entries / "technologies/database/postgresql.toml", old, new, tmp_path)
    with pytest.raises(InvalidEntry) as caught:
        read_technology(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    told = [lines[problem.line - 1] for problem in caught.value.problems if said in str(problem)]
    assert [line for line in told if line.startswith(at)], str(caught.value)


def test_all_problems_of_a_file_are_told_at_once(entries: Path, tmp_path: Path) -> None:
    path = _broken(entries / CACHE, 'name = "Cache-aside"', "nmae = 1\nwhy = 2", tmp_path)
    with pytest.raises(InvalidEntry) as caught:
        read_pattern(path)
    assert [(problem.line, problem.what) for problem in caught.value.problems] == [
        (1, "name is missing"),
        (2, "nmae is not known here"),
        (3, "why is not known here"),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "the file is not UTF-8; save it as UTF-8"),
        (b"", "name is missing"),
        (b"a = " + b"[" * 5000, "nested too deeply"),
        (b"#" * 1_000_001, "this is no file of the catalogue"),
    ],
)
def test_a_file_that_is_no_entry_at_all_is_told_so(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "strange.toml"
    path.write_bytes(content)
    for read in (read_pattern, read_technology):
        with pytest.raises(InvalidEntry, match=said):
            read(path)


def test_headers_inside_a_sketch_are_no_tables(entries: Path, tmp_path: Path) -> None:
    path = _broken(entries / CACHE, "'''\n┌", "'''\n[targets.store]\n┌", tmp_path)
    path = _broken(path, 'ask = "Which store does it protect?"\n', "", tmp_path)
    with pytest.raises(InvalidEntry) as caught:
        read_pattern(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    assert caught.value.problems[0].line == len(lines) - lines[::-1].index("[targets.store]")


def test_a_pattern_shows_as_the_kind_it_brings_or_is_applied_to(library: Library) -> None:
    kinds = {pattern.id: pattern.kind for pattern in library.patterns()}
    assert kinds == {
        "balancer": "load-balancer",
        "cache-aside": "cache",
        "circuit-breaker": "service",
        "relay": "gateway",
    }
