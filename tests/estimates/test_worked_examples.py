"""Back-of-the-envelope examples of public sources, each output as a formula of the engine against its exact value."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.estimates.cost import Tier, requests_per_month, tiered_cost, use_cost
from studio.estimates.formulas.ai import TokenPrices, cost_per_month, tokens_per_day
from studio.estimates.formulas.availability import repeated_unavailability
from studio.estimates.formulas.retries import amplification
from studio.estimates.formulas.sizing import instances_needed, utilisation
from studio.estimates.formulas.traffic import (
    average_rate,
    bandwidth,
    bytes_per_day,
    peak_rate,
    per_month,
    read_share,
    requests_per_day,
    stored_bytes,
    stored_bytes_per_day,
    write_share,
)

_GOLDEN = Path(__file__).parent.parent / "data" / "golden" / "worked_examples.json"
_EXAMPLES: dict[str, dict[str, Any]] = {
    example["id"]: example for example in json.loads(_GOLDEN.read_text())["examples"]
}
_DAY, _MONTH, _YEAR = 86_400, 30 * 86_400, 365 * 86_400
_BLENDED = TokenPrices(3, 3)
_BILL = 1_000_000 * 5
"""Model calls a day of the seed."""


def _flat(quantity: float, price: float) -> float:
    return tiered_cost(quantity, [Tier(math.inf, price)])


def _cloudfront(gigabytes: float) -> float:
    return tiered_cost(gigabytes, [Tier(10_240, 0.085), Tier(51_200, 0.080), Tier(math.inf, 0.060)])


def _compute(seconds: float) -> float:
    return tiered_cost(seconds, [Tier(400_000, 0), Tier(math.inf, 1.667e-5)])


def _kps_url(reads_per_write: float = 100) -> float:
    """Requests a day, reads and writes, of 100 million new links a month."""
    return 100e6 / 30 * (1 + reads_per_write)


FORMULAS: dict[str, dict[str, Callable[[], float]]] = {
    "seed_20_req": {
        "requests_per_day": lambda: requests_per_day(1e6, 20),
        "avg_rps": lambda: average_rate(requests_per_day(1e6, 20)),
        "peak_rps": lambda: peak_rate(average_rate(requests_per_day(1e6, 20)), 3),
        "instances": lambda: instances_needed(peak_rate(average_rate(requests_per_day(1e6, 20)), 3), 200),
    },
    "seed_50_req": {
        "requests_per_day": lambda: requests_per_day(1e6, 50),
        "avg_rps": lambda: average_rate(requests_per_day(1e6, 50)),
        "peak_rps": lambda: peak_rate(average_rate(requests_per_day(1e6, 50)), 3),
        "bytes_per_day": lambda: bytes_per_day(requests_per_day(1e6, 50), 1000),
        "bytes_per_month": lambda: per_month(bytes_per_day(requests_per_day(1e6, 50), 1000)),
    },
    "seed_llm_tokens": {
        "tokens_per_day": lambda: tokens_per_day(_BILL, 1000, 500),
        "tokens_per_month": lambda: per_month(tokens_per_day(_BILL, 1000, 500)),
        "usd_per_month": lambda: cost_per_month(_BILL, 1000, 500, _BLENDED),
    },
    "seed_output_trim": {
        "tokens_saved_per_month": lambda: per_month(tokens_per_day(_BILL, 0, 500) - tokens_per_day(_BILL, 0, 300)),
        "usd_saved_per_month": lambda: (
            cost_per_month(_BILL, 1000, 500, _BLENDED) - cost_per_month(_BILL, 1000, 300, _BLENDED)
        ),
    },
    "seed_semantic_cache": {
        "saved_low": lambda: 675_000 - cost_per_month(_BILL, 1000, 500, _BLENDED, 0.2),
        "saved_high": lambda: 675_000 - cost_per_month(_BILL, 1000, 500, _BLENDED, 0.4),
        "bill_after_30pct": lambda: cost_per_month(_BILL, 1000, 500, _BLENDED, 0.3),
        "bill_after_30pct_and_trim": lambda: cost_per_month(_BILL, 1000, 300, _BLENDED, 0.3),
    },
    "seed_month_seconds": {"seconds_per_month": lambda: requests_per_month(1)},
    "sdp_pastebin": {
        "new_bytes_month": lambda: per_month(bytes_per_day(10e6 / 30, 1000 + 7 + 4 + 5 + 255)),
        "bytes_3y": lambda: stored_bytes(bytes_per_day(10e6 / 30, 1271), 36 * _MONTH),
        "pastes_3y": lambda: stored_bytes(10e6 / 30, 36 * _MONTH),
    },
    "sdp_twitter": {
        "fanout_per_day": lambda: requests_per_day(500e6, 10),
        "bytes_month": lambda: per_month(bytes_per_day(500e6, 10e3)),
    },
    "sdp_mint": {
        "bytes_month": lambda: per_month(bytes_per_day(5e9 / 30, 50)),
        "bytes_3y": lambda: stored_bytes(bytes_per_day(5e9 / 30, 50), 36 * _MONTH),
    },
    "sdp_query_cache": {"bytes_month": lambda: per_month(bytes_per_day(10e9 / 30, 270))},
    "kps_url": {
        "write_rps": lambda: average_rate(_kps_url()) * write_share(100),
        "read_rps": lambda: average_rate(_kps_url()) * read_share(100),
        "write_bw": lambda: bandwidth(average_rate(_kps_url()) * write_share(100), 500),
        "read_bw": lambda: bandwidth(average_rate(_kps_url()) * read_share(100), 500),
        "records": lambda: stored_bytes(100e6 / 30, 120 * _MONTH),
        "storage": lambda: stored_bytes(stored_bytes_per_day(_kps_url(), 100, 500), 120 * _MONTH),
    },
    "kps_twitter": {
        "tweets_day": lambda: requests_per_day(200e6, 5),
        "rps": lambda: average_rate(requests_per_day(200e6, 5)),
        "text_bytes_day": lambda: bytes_per_day(1e9, 100),
        "media_bytes_day": lambda: bytes_per_day(requests_per_day(200e6, 5 * 0.1), 50e3),
        "storage_10y": lambda: stored_bytes(bytes_per_day(1e9, 100) + bytes_per_day(1e8, 50e3), 10 * _YEAR),
        "ingress": lambda: bandwidth(average_rate(1e9), 100) + bandwidth(average_rate(1e8), 50e3),
    },
    "kps_uber": {
        "requests_day": lambda: requests_per_day(100e6, 10),
        "rps": lambda: average_rate(requests_per_day(100e6, 10)),
        "bytes_day": lambda: bytes_per_day(1e9, 400),
        "storage_10y": lambda: stored_bytes(bytes_per_day(1e9, 400), 10 * _YEAR),
        "ingress": lambda: bandwidth(average_rate(1e9), 400),
    },
    "xu_twitter_qps": {
        "qps": lambda: average_rate(requests_per_day(150e6, 2)),
        "peak_qps": lambda: peak_rate(average_rate(requests_per_day(150e6, 2)), 2),
        "media_day": lambda: bytes_per_day(requests_per_day(150e6, 2 * 0.1), 1e6),
        "media_5y": lambda: stored_bytes(bytes_per_day(requests_per_day(150e6, 2 * 0.1), 1e6), 5 * _YEAR),
    },
    "xu_url": {
        "write_qps": lambda: average_rate(100e6 * 11) * write_share(10),
        "read_qps": lambda: average_rate(100e6 * 11) * read_share(10),
        "storage": lambda: stored_bytes(stored_bytes_per_day(100e6 * 11, 10, 100), 10 * _YEAR),
    },
    "xu_drive": {
        "qps": lambda: average_rate(requests_per_day(10e6, 2)),
        "peak": lambda: peak_rate(average_rate(requests_per_day(10e6, 2)), 2),
    },
    "xu_nearby": {
        "update_qps": lambda: average_rate(requests_per_day(10e6, _DAY / 30)),
        "push_per_s": lambda: average_rate(requests_per_day(requests_per_day(10e6, _DAY / 30), 400 * 0.1)),
        "servers": lambda: utilisation(
            average_rate(requests_per_day(requests_per_day(10e6, _DAY / 30), 400 * 0.1)), 100e3
        ),
    },
    "xu_leaderboard": {
        "avg_users_s": lambda: average_rate(5e6),
        "peak": lambda: peak_rate(500, 5),
    },
    "so_2016": {
        "avg_rps": lambda: average_rate(209_420_973),
        "avg_page_rps": lambda: average_rate(66_294_789),
        "egress_bps": lambda: average_rate(1_240_266_346_053) * 8,
        "sql_qps": lambda: average_rate(504_816_843),
        "redis_ops": lambda: average_rate(5_831_683_114),
        "sql_concurrency": lambda: average_rate(607_073.066),
        "aspnet_concurrency": lambda: average_rate(1_609_944.301),
    },
    "lambda_ex1": {
        "compute_usd": lambda: _compute(1_500_000),
        "request_usd": lambda: use_cost(3e6, 0.20, 1e6),
        "total_usd": lambda: _compute(1_500_000) + use_cost(3e6, 0.20, 1e6),
    },
    "retry_layers": {
        "a_backend_calls": lambda: amplification([4] * 3),
        "b_backend_calls": lambda: amplification([3] * 5),
    },
    "tail_63": {
        "p_request_slow": lambda: repeated_unavailability(0.01, 100),
        "p_all_fast": lambda: 1 - repeated_unavailability(0.01, 100),
    },
    "infracost_monthly": {
        "m5_large": lambda: _flat(730, 0.096),
        "t3_medium": lambda: _flat(730, 0.0416),
        "alb": lambda: _flat(730, 0.0225),
        "lcu_1.3698": lambda: _flat(1.3698 * 730, 0.008),
        "nat": lambda: _flat(730, 0.045),
        "nat_100gb": lambda: _flat(100, 0.045),
        "eks": lambda: _flat(730, 0.10),
        "fargate_1vcpu": lambda: _flat(730, 0.04048),
        "fargate_8gb": lambda: _flat(8 * 730, 0.004445),
        "s3_10tb": lambda: _flat(10_000, 0.023),
        "cloudfront_first_10tb": lambda: _cloudfront(10_240),
        "cloudfront_next_40tb": lambda: _cloudfront(51_200) - _cloudfront(10_240),
        "dynamodb_storage_230": lambda: _flat(230, 0.25),
        "msk_kafka_m5_24xlarge_2920h": lambda: _flat(2920, 10.08),
    },
}
_CASES = [(example, output) for example, outputs in FORMULAS.items() for output in outputs]


@pytest.mark.parametrize(("example", "output"), _CASES, ids=str)
def test_a_worked_example_is_reproduced(example: str, output: str) -> None:
    exact = next(float(found["exact"]) for found in _EXAMPLES[example]["outputs"] if found["name"] == output)
    assert FORMULAS[example][output]() == pytest.approx(exact, rel=1e-9)


BEYOND = {
    "sdp_pastebin": {"record_bytes", "write_rps", "read_rps"},
    "sdp_twitter": {"read_rps", "tweet_wps", "fanout_wps", "search_rps"},
    "sdp_mint": {"write_rps", "read_rps", "seller_dict_bytes"},
    "sdp_query_cache": {"rps"},
    "sdp_social_graph": {"relations", "rps"},
    "kps_url": {"reads_per_day", "cache_bytes_day"},
    "kps_url_keys": {"keys", "key_bytes"},
    "xu_drive": {"quota_total"},
    "xu_object": {"objects", "meta"},
    "xu_leaderboard": {"qps"},
    "so_2016": {
        "bytes_per_http", "sql_mean_ms", "tag_mean_ms", "sql_per_http", "redis_per_http", "sql_hours", "tag_hours",
        "aspnet_hours",
    },
    "lambda_ex1": {"gb_seconds", "billable"},
}  # fmt: skip
"""No figure of a design: rates of a month of 2.5 million seconds (the engine's has 2,592,000), values a source rounded
before it went on, counts of keys and objects, ratios of two measured totals, units of a bill."""
LITTLE = "pgbench_little"


def test_every_output_is_reproduced_or_named_as_beyond_the_formulas() -> None:
    for example in _EXAMPLES.values():
        if example["id"] == LITTLE:
            continue
        outputs = {output["name"] for output in example["outputs"]}
        assert outputs == set(FORMULAS.get(example["id"], {})) | BEYOND.get(example["id"], set()), example["id"]


@pytest.mark.parametrize("run", _EXAMPLES[LITTLE]["inputs"]["runs"], ids=lambda run: run["run"])
def test_measured_throughput_times_latency_is_the_number_of_clients(run: dict[str, Any]) -> None:
    """Little's law: the seconds all transactions of a day take, averaged over the day."""
    name = run["run"].replace(" ", "_")
    exact = next(float(o["exact"]) for o in _EXAMPLES[LITTLE]["outputs"] if o["name"] == name)
    assert average_rate(run["tps"] * _DAY * run["latency_ms"] / 1000) == pytest.approx(exact, rel=1e-9)
    assert exact == pytest.approx(256, rel=0.003)
