"""The numbers at which rules speak. Where no source decides they are a judgement of ours."""

from collections.abc import Mapping
from typing import NamedTuple


class Thresholds(NamedTuple):
    """All thresholds with their defaults."""

    utilisation_warning: float = 0.7
    """Share of capacity at peak above which waiting grows fast (M/M/c); the usual planning limit."""
    growth: float = 10.0
    """× today's peak a design is asked to survive when it does not say."""
    growth_worth_a_plan: float = 1.5
    """× today's peak up to which nobody needs a scaling strategy."""
    deployables_per_engineer: float = 2.0
    """What a team builds and deploys itself, for each engineer, before keeping it up to date fills the week."""
    smallest_microservice_team: int = 8
    """Two teams of four: below this a service boundary is a wall inside one team."""
    complexity_per_engineer: float = 10.0
    """Points of complexity in the budget, for each engineer."""
    complexity_error: float = 1.5
    """× the complexity budget at which a warning becomes an error."""
    prototype_complexity: float = 0.5
    """Share of the complexity budget that a prototype may spend."""
    model_cost_share: float = 0.3
    """Share of the budget that calls of language models may take without a decision."""
    latency_error: float = 1.2
    """× the latency budget at which a warning becomes an error."""
    synchronous_hops: int = 4
    """Calls one inside the other, proxies not counted, that one request may wait for."""
    retry_product: float = 4.0
    """Calls that one request may become while everything fails."""
    retry_product_error: float = 10.0
    """Calls for one request from which the retries alone are the outage."""
    budget_share_of_a_dependency: float = 0.1
    """Share of the error budget one dependency may spend: the rule of the extra nine."""
    several_regions: float = 0.9999
    """The availability from which a single region is too few."""
    limit_share: float = 0.8
    """Share of a hard limit in use from which somebody must be at work on it."""
    expires_soon_days: float = 30.0
    """Days before an end date from which nobody may be unaware of it."""
    ids_last_years: float = 10.0
    """Years that generated keys must last at today's load."""
    pool_share: float = 0.8
    """Share of the connections a store accepts that its callers may open; the rest is for people and deploys."""
    quota_share: float = 0.8
    """Share of a vendor's quota in use at peak above which the next good day hits it."""
    calls_for_one_request: float = 20.0
    """Calls over one connection for one request of a user, above which it is fan-out."""
    calls_one_after_another: int = 3
    """Different components one component waits for, one after the other, in one journey."""
    longest_page: float = 1000.0
    """Items a list may return at once."""
    keys_per_shard: float = 10.0
    """Distinct keys for each shard, below which chance alone makes some shards hot."""
    hot_shard_factor: float = 2.0
    """× its even share that the hottest shard may take."""
    region_round_trip: float = 0.010
    """Seconds: the shortest round trip between two regions of one continent (Dublin and London)."""
    continent_round_trip: float = 0.060
    """Seconds: the shortest round trip between regions of two continents (Virginia and Dublin: light in fibre alone
    takes 55 ms there and back)."""
    drill_days: int = 180
    """Days after which a restore, a failover or a measurement of a model counts as not done."""
    cost_growth: float = 1.2
    """× the growth of the load that the cost may grow."""
    idle_utilisation: float = 0.15
    """Share of capacity at peak below which more than the fewest copies are idle."""
    availability_without_regions: float = 0.99
    """Up to this availability one region is enough."""
    focus: float = 0.6
    """Share of working time that goes into building: the rest is meetings, support, holidays and illness."""
    on_call: int = 6
    """People who share a pager around the clock: with fewer somebody is on call more than every sixth week."""
    on_call_availability: float = 0.999
    """From this availability on somebody must be woken: 43 minutes a month are less than one night."""
    cache_rps: float = 10.0
    """Reads/s below which a cache is not worth its trouble."""
    cache_hit_ratio: float = 0.5
    """Hit ratio below which a cache costs more than it saves."""
    reads_for_copies: float = 2.0
    """Reads for each write below which copies for reads spend their time on replaying writes."""
    degree: int = 10
    """Connections of one component before it is where every change meets."""
    entities: int = 8
    """Kinds of data one component may own."""
    model_calls_per_day: float = 10_000.0
    """Calls of language models a day from which a cache is worth building."""
    shared_prefix_tokens: float = 1_000.0
    """Input tokens from which the same beginning is worth keeping with the provider."""
    repeat_share: float = 0.2
    """Share of calls of language models that repeat others, from which keeping their answers pays."""
    data_growth: float = 0.1
    """Growth of stored data in a month, as a share of what there is, from which they need an end."""
    hops_to_trace: int = 3
    """Deployables on one journey from which one needs a trace to find the slow one."""

    def changed(self, values: Mapping[str, float]) -> "Thresholds":
        """The same with these values, by name; whole numbers where whole numbers are wanted."""
        return Thresholds(**{**self._asdict(), **values})


DEFAULTS = Thresholds()
