"""`tenfold estimate` as a person types it."""

import json
from pathlib import Path

import pytest

from studio.__main__ import main

SAMPLE = str(Path(__file__).resolve().parents[2] / "sample_designs" / "url_shortener.toml")


def test_the_seed_example_comes_out_exactly(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(design), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found)[:4] == ["format", "design", "load", "down"]
    assert found["traffic"]["average_rps"] == pytest.approx(231.4814814814815, rel=1e-12)
    assert found["traffic"]["peak_rps"] == pytest.approx(694.4444444444445, rel=1e-12)
    assert found["components"]["api"]["instances_needed"] == 4
    assert found["components"]["api"]["p99_ms"] is None
    assert "components.api.p99_ms" in found["unknown"]


def test_load_multiplies_the_peak_and_nothing_else(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["estimate", str(design), "--format", "json", "--load", "10"])
    found = json.loads(capsys.readouterr().out)
    assert found["load"] == 10
    assert found["components"]["api"]["peak_rps"] == pytest.approx(6944.444444444445)


def test_a_figure_tells_where_it_comes_from(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(design), "--explain", "components.api.utilisation"]) == 0
    out = capsys.readouterr().out
    assert "200" in out
    assert main(["estimate", str(design), "--explain", "components.api.utilization"]) == 2
    assert "components.api.utilisation" in capsys.readouterr().err


def test_a_component_that_is_not_there_cannot_be_down(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(design), "--down", "zzz"]) == 2
    assert capsys.readouterr().err.strip().endswith("there is no such component; there is web and api")
    assert main(["estimate", str(design), "--down", "apj"]) == 2
    assert capsys.readouterr().err.strip().endswith("did you mean api?")


def test_ranges_stand_in_the_json_and_are_the_same_each_time(ranged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(ranged), "--format", "json"]) == 0
    first = capsys.readouterr().out
    assert main(["estimate", str(ranged), "--format", "json"]) == 0
    assert capsys.readouterr().out == first
    ranges = json.loads(first)["ranges"]
    assert ranges["components.api.capacity_rps"]["p50"] == pytest.approx(4 * 173.205, rel=0.01)
    assert ranges["components.api.capacity_rps"]["p5"] == pytest.approx(400, rel=0.02)
    assert ranges["components.api.capacity_rps"]["p95"] == pytest.approx(1200, rel=0.02)
    assert 0 < ranges["overloaded"]["api"] < 1
    assert ranges["measure_first"][0]["input"] == "components.api.capacity_rps"


def test_a_design_without_a_range_has_none(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(design), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["ranges"] == {}


def test_the_text_says_how_sure_it_is_and_what_to_measure(ranged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(ranged)]) == 0
    out = capsys.readouterr().out
    assert "in 90 of 100 cases" in out
    assert "overloaded in" in out
    assert "components.api.capacity_rps  →" in out


def test_a_figure_says_how_sure_it_is(ranged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(ranged), "--explain", "components.api.utilisation"]) == 0
    assert "in 90 of 100 cases between 58 % and 174 %, median 100 %" in capsys.readouterr().out


def test_the_ladder_says_what_breaks_and_what_mends_it(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(design), "--ladder"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split(maxsplit=1) == ["1.15×", "api is full: 800 requests/s arrive and its 4 copies serve 800"]
    assert lines[1].strip().startswith("8 instances of api instead of 4")
    assert len(lines) == 14


def test_the_ladder_of_a_design_without_numbers_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bare.toml"
    path.write_text('format = 1\n[design]\nname = "X"\n')
    assert main(["estimate", str(path), "--ladder"]) == 0
    assert capsys.readouterr().out.startswith("nothing breaks up to 100×")


def test_a_loss_says_which_journeys_stop_and_which_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", SAMPLE, "--down", "redirect", "--down", "cache"]) == 0
    out = capsys.readouterr().out
    assert "URL shortener, without redirect, cache" in out
    assert "of all requests 97 % fail" in out
    assert "follow stops" in out
    assert "without redirect" in out


def test_a_cold_cache_misses_and_a_lost_zone_takes_instances(capsys: pytest.CaptureFixture[str]) -> None:
    def figures(*options: str) -> dict[str, dict[str, float]]:
        assert main(["estimate", SAMPLE, "--format", "json", *options]) == 0
        found: dict[str, dict[str, float]] = json.loads(capsys.readouterr().out)["components"]
        return found

    calm, cold, lost = figures(), figures("--cold", "cache"), figures("--zone-lost")
    assert cold["db"]["peak_rps"] > 5 * calm["db"]["peak_rps"]
    assert (calm["redirect"]["instances"], lost["redirect"]["instances"]) == (6, 4)


def test_only_a_cache_can_be_cold(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(design), "--cold", "api"]) == 2
    assert "--cold api: it is no cache; --down api says that it is gone" in capsys.readouterr().err


def test_the_ladder_can_be_read_by_programs(design: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["estimate", str(design), "--ladder", "--format", "json"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    assert first["what"] == "components.api.utilisation"
    assert first["changes"] == [{"on": "components.api", "field": "instances", "before": 4, "after": 8}]
