"""How a design begins: an empty one with hints, or one of the samples."""

from pathlib import Path

from studio.errors import TenfoldError
from studio.files.writing import inline_text
from studio.paths import sample_designs
from studio.text import listed, nearest, one_line

_BLANK = """\
# A design for tenfold. Everything may be left out except what is marked as required.
format = 1

[design]
name = {name}  # required
# overview = "What it is and for whom, in two or three sentences."
# stage = "mvp"  # prototype | mvp | growth | critical
# goals = ["…"]
# non_goals = ["…"]

# What it must do: one table for each requirement.
# [requirements.functional.first]
# text = "…"
# priority = "must"  # must | should | could | wont

# How much of it. Any number may be a range: [low, high].
[requirements.scale]
# daily_active_users = 10_000
# requests_per_user_per_day = 20
# peak_factor = 3  # peak / average
# reads_per_write = 10

# [requirements.performance]
# p99 = "200 ms"

# [requirements.availability]
# target = "99.9%"

# The boxes: one table for each. Load enters at clients.
[components.client]
name = "Client"
kind = "client"

[components.api]
name = "API server"
kind = "service"  # cdn, gateway, database, cache, queue, worker, external, …
# instances = 2
# capacity_rps = 200  # requests/s one instance serves at most
# latency = "20 ms"  # of one unloaded request

# The arrows: who calls whom.
[connections.client-api]
from = "client"
to = "api"
# timeout = "2 s"

# What nobody knows yet.
# [questions.first]
# text = "…"
"""


def blank(name: str) -> str:
    """The text of a new design called `name`, with comments that guide; it loads as it is."""
    return _BLANK.replace("{name}", inline_text(one_line(name) or "New design"))


def title_of(path: Path) -> str:
    """What to call a new design in that file: `my_shop.toml` is «My shop»."""
    name = path.stem.replace("_", " ").replace("-", " ").strip() or "New design"
    return name[:1].upper() + name[1:]


def sample_ids() -> tuple[str, ...]:
    """The ids of the sample designs, sorted."""
    return tuple(sorted(path.stem for path in sample_designs().glob("*.toml")))


def sample_text(sample_id: str) -> str:
    """The text of a sample design. Raises `TenfoldError`, naming the nearest, when there is none of that id."""
    known = sample_ids()
    if sample_id in known:
        return Path(sample_designs() / f"{sample_id}.toml").read_text(encoding="utf-8")
    near = nearest(sample_id, known) if len(sample_id) <= 64 else None
    advice = f"did you mean “{near}”?" if near else f"the samples are {listed(known) or 'not installed'}"
    raise TenfoldError(f"there is no sample design “{one_line(sample_id)[:64]}”; {advice}")
