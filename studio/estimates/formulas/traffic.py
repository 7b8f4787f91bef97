"""Requests, bytes and storage from users and habits. Decimal bytes; a day has 86,400 s, a month 30 days.

Source: the back-of-the-envelope method of the System Design Primer and Xu, System Design Interview, 2020.
"""

SECONDS_PER_DAY = 86_400
DAYS_PER_MONTH = 30
SECONDS_PER_MONTH = DAYS_PER_MONTH * SECONDS_PER_DAY


def requests_per_day(users: float, requests_per_user: float) -> float:
    """Daily active users × requests each makes a day."""
    return users * requests_per_user


def average_rate(per_day: float) -> float:
    """Requests/s averaged over a day: per day ÷ 86,400."""
    return per_day / SECONDS_PER_DAY


def peak_rate(average: float, peak_factor: float) -> float:
    """Requests/s at peak: average × peak factor."""
    return average * peak_factor


def read_share(reads_per_write: float) -> float:
    """The share of requests that are reads: r/(r + 1)."""
    return reads_per_write / (reads_per_write + 1)


def write_share(reads_per_write: float) -> float:
    """The share of requests that are writes: 1/(r + 1)."""
    return 1 / (reads_per_write + 1)


def bytes_per_day(requests: float, request_size: float) -> float:
    """Bytes moved a day: requests a day × bytes of one."""
    return requests * request_size


def per_month(per_day: float) -> float:
    """A month's worth of a daily figure: × 30."""
    return per_day * DAYS_PER_MONTH


def stored_bytes_per_day(requests: float, reads_per_write: float, record_size: float) -> float:
    """New bytes kept a day, before replication: writes a day × bytes of one record."""
    return requests * write_share(reads_per_write) * record_size


def stored_bytes(per_day: float, kept_seconds: float) -> float:
    """Bytes held once ``kept_seconds`` have passed at today's rate: bytes a day × days kept."""
    return per_day * kept_seconds / SECONDS_PER_DAY


def bandwidth(rate: float, request_size: float) -> float:
    """Bytes/s: requests/s × bytes of one."""
    return rate * request_size
