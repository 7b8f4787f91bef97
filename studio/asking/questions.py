"""The questions, in the order in which they are asked: the one table of their words."""

from typing import Final, NamedTuple

from studio.model.address import Address

SCALE: Final = ("requirements", "scale")
SEVERAL: Final = "; "
"""What stands between several things in one answer."""


class Question(NamedTuple):
    """One question. An answer goes into a field of the design, or decides what is drawn."""

    id: str
    topic: str
    ask: str
    why: str
    """Why it is asked: what hangs on it."""
    default: str = ""
    """What is taken when nobody answers, as a person would write it; nothing where only a person can know."""
    table: Address = ()
    key: str = ""
    """The field of `table` it fills; nothing for what only decides about parts."""
    example: str = ""
    several: bool = False


QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "name", "functional", "What is the system called?",
        "the document, the drawing and every report begin with it", "New design", ("design",), "name",
    ),
    Question(
        "overview", "functional", "What is it, and for whom?",
        "whoever reads the design for the first time reads this", "", ("design",), "overview",
        "turns long URLs into short ones, for owners of campaigns",
    ),
    Question(
        "must", "functional", "What must it do?",
        "every part has to serve one of these, and the targets hold for them", "", (), "",
        "shorten a link; follow a short link", several=True,
    ),
    Question(
        "later", "functional", "What may happen after the answer, when nobody waits for it?",
        "such work belongs behind a queue: it then survives a peak, and a slow part does not slow the answer", "",
        (), "", "send a mail; make thumbnails", several=True,
    ),
    Question(
        "files", "functional", "Which files does it keep: pictures, documents, videos?",
        "a database is a dear and slow place for them; an object store is made for it", "", (), "",
        "photos of the goods", several=True,
    ),
    Question(
        "outside", "functional", "Which services of others does it call?",
        "each is a part that fails by itself, has a quota, and sends a bill", "", (), "",
        "payment; e-mail", several=True,
    ),
    Question(
        "users", "scale", "How many people use it on an average day?",
        "all load follows from it", "10_000", SCALE, "daily_active_users",
    ),
    Question(
        "requests", "scale", "How many requests does one of them make in a day?",
        "users × requests ÷ 86,400 is the average rate", "20", SCALE, "requests_per_user_per_day",
    ),
    Question(
        "peak", "scale", "How many times the average is the busiest hour?",
        "capacity is bought for the peak and not for the average", "3", SCALE, "peak_factor",
    ),
    Question(
        "reads", "scale", "How many reads come for each write?",
        "reads can be cached and copied, writes cannot", "10", SCALE, "reads_per_write",
    ),
    Question(
        "record", "scale", "How large is what one write stores?",
        "it decides how much is stored in the end", "1 KB", SCALE, "record_size",
    ),
    Question(
        "retention", "scale", "How long is it kept?",
        "without an end data only grow, and the law may want an end", "5 years", SCALE, "retention",
    ),
    Question(
        "growth", "scale", "Which multiple of today's load must it survive without a new design?",
        "what breaks below that is told now, when it is cheap", "10", SCALE, "growth",
    ),
    Question(
        "p99", "performance", "How long may an answer take, 99 times of 100?",
        "a mean hides the slow ones; one page makes many requests, so most people meet the slowest of a hundred",
        "500 ms", ("requirements", "performance"), "p99",
    ),
    Question(
        "availability", "availability", "Which share of the time must it work?",
        "99.9% leaves 43 minutes a month; each further nine costs a multiple", "99.9%",
        ("requirements", "availability"), "target",
    ),
    Question(
        "rto", "availability", "How long may the longest outage be?",
        "it decides whether a person may repair it or a machine has to (RTO)", "1 h",
        ("requirements", "availability"), "recovery_time",
    ),
    Question(
        "rpo", "availability", "How much of the latest data may be lost, as time?",
        "it decides how often is backed up, and whether copies must be in step (RPO)", "5 min",
        ("requirements", "availability"), "recovery_point",
    ),
    Question(
        "consistency", "consistency", "May a reader see old data for a while: strong (never), eventual (yes) or mixed?",
        "caches and copies are only allowed where it may be old", "mixed", ("requirements", "consistency"), "need",
    ),
    Question(
        "partition", "consistency", "When parts cannot reach each other, stay available or stay consistent?",
        "during a partition nobody has both (CAP)", "available", ("requirements", "consistency"), "during_partition",
    ),
    Question(
        "authentication", "security", "How do callers prove who they are?",
        "an entrance nobody guards is the first thing that is found", "", ("requirements", "security"),
        "authentication", "OpenID Connect with the company's provider",
    ),
    Question(
        "authorization", "security", "Who may do what to which record?",
        "the most frequent hole is a record that anybody may read who knows its number", "",
        ("requirements", "security"), "authorization", "a user may change only their own links",
    ),
    Question(
        "sensitivity", "security",
        "What does it hold at worst: public, internal, confidential, personal, health, payment or secret data?",
        "encryption, retention and who may see a log hang on it", "personal",
    ),
    Question(
        "budget", "cost", "What may it cost in a month, in US dollars?",
        "a design that is too dear is no design", "1_000", ("requirements", "cost"), "budget_per_month",
    ),
    Question(
        "team", "constraints", "How many people build and run it?",
        "every part wants somebody who knows it at three in the morning", "4", ("constraints",), "team_size",
    ),
    Question(
        "skills", "constraints", "What does the team know already?",
        "a technology nobody knows costs months", "", ("constraints",), "skills", "python; postgresql", several=True,
    ),
    Question(
        "timeline", "constraints", "When must it run?",
        "what does not fit the time must be left out now", "12 weeks", ("constraints",), "timeline",
    ),
    Question(
        "regulations", "constraints", "Which laws and standards apply?",
        "they forbid places, demand deletion, and decide who may run it", "", ("constraints",), "regulations",
        "GDPR; PCI DSS", several=True,
    ),
    Question(
        "regions", "constraints", "Where must it run?",
        "distance is time, and data may not lie everywhere", "", ("constraints",), "regions", "eu-west", several=True,
    ),
)  # fmt: skip
"""All of them."""

TOPICS: Final = tuple(dict.fromkeys(question.topic for question in QUESTIONS))
"""What the questions are about, in their order."""
