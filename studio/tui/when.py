"""Times as a person says them."""

from datetime import datetime


def time_of_day(at: float, now: float | None = None) -> str:
    """`14:02`, with the day before it when that is another one. `at` and `now` are seconds since 1970."""
    then = datetime.fromtimestamp(at).astimezone()
    today = datetime.now().astimezone() if now is None else datetime.fromtimestamp(now).astimezone()
    return f"{then:%H:%M}" if then.date() == today.date() else f"{then:%d %b %H:%M}"
