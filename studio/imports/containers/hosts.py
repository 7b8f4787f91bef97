"""Which hosts a text names: the host of an address, never its user, password, path or database."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from studio.imports.containers.variables import OPEN

_URL: Final = re.compile(
    r"(?<![\w.+-])((?:jdbc:)?[a-z][a-z0-9+.-]{0,40}):(?:thin:@)?//"
    r"((?:(?!,[a-z][a-z0-9+.-]{0,40}://)[^\s/?#\"'<>`|;()])+)",
    re.IGNORECASE,
)
_TCP: Final = re.compile(r"\b(?:tcp|tcp4)\(([^()\s]+)\)")
"""The address in a data source name of Go's MySQL driver: `user:password@tcp(db:3306)/name`."""
_PAIR: Final = re.compile(
    r"(?:^|[;\s])(?:host|hostaddr|server|data source|addr|address)\s*=\s*([^;,\s'\"]+)", re.IGNORECASE
)
"""A host in a list of keys and values, as libpq and ADO.NET take them."""
_ENTRY: Final = re.compile(
    r"""(?:^\s*|["'{,\s])(?:host|hostname|server|address)["']?\s*:\s*["']?([A-Za-z0-9][\w.-]*)"""
)
"""A host in JSON or YAML."""
_WITH_PORT: Final = re.compile(r"^(?:[\w.]+=)?(?:\S*@)?([A-Za-z0-9][\w.-]*):(\d{2,5})(?:[:;]\d+)*(?:/\S*)?$")
_LEAST_PORT: Final = 80
"""Below are no services of compose files, but versions: `redis:7`."""
_HOST_WORDS: Final = frozenset({
    "addr", "addrs", "address", "addresses", "bootstrap", "broker", "brokers", "dsn", "endpoint", "endpoints", "fqdn",
    "host", "hostname", "hostnames", "hosts", "seeds", "sentinels", "server", "servers", "upstream", "upstreams",
    "uri", "uris", "url", "urls",
})  # fmt: skip
_ENDINGS: Final = ("host", "hosts", "url", "uri", "addr")
"""Of words grown together: `PGHOST`."""
_VAGUE: Final = frozenset({"server", "servers", "broker", "brokers", "fqdn", "bootstrap"})
"""Words after which a bare name may be that of a product."""
_SECRET: Final = frozenset({
    "auth", "credential", "credentials", "image", "images", "key", "login", "pass", "passwd", "password", "pwd",
    "secret", "tag", "token", "user", "username", "version",
})  # fmt: skip
_LABEL: Final = frozenset({
    "backend", "bucket", "connection", "database", "db", "driver", "email", "engine", "method", "mode", "name",
    "prefix", "queue", "schema", "store", "topic", "type",
})  # fmt: skip
"""Last words of variables whose bare value is a name of something else."""
_NOT_CALLED: Final = re.compile(
    r"allowed?_?hosts?|no_?proxy|cors|csrf|allowed?_?origins?|trusted|whitelist|allow_?list|advertised?|listen|bind|"
    r"virtual_?host|letsencrypt|server_?name|initial_master|(^|_)origins?$|(^|_)domains?$",
    re.IGNORECASE,
)
"""Variables that say who may come, or what a service is called itself."""
_OPTION: Final = re.compile(r"^--?(?:h|[\w-]*(?:host|hostname|server|address|addr|url|uri|endpoint))$", re.IGNORECASE)
_PROTOCOLS: Final = {
    "amqp": "AMQP", "amqps": "AMQP", "grpc": "gRPC", "http": "HTTP", "https": "HTTPS", "ldap": "LDAP", "ldaps": "LDAP",
    "mariadb": "SQL", "mongodb": "MongoDB", "mqtt": "MQTT", "mysql": "SQL", "mysql2": "SQL", "nats": "NATS",
    "postgres": "SQL", "postgresql": "SQL", "redis": "Redis", "rediss": "Redis", "smtp": "SMTP", "smtps": "SMTP",
    "ws": "WebSocket", "wss": "WebSocket",
}  # fmt: skip
_ENCRYPTED: Final = frozenset({"https", "wss", "rediss", "amqps", "smtps", "ldaps"})


class Named(NamedTuple):
    """A host that a text names."""

    host: str
    protocol: str | None
    encrypted: bool
    is_plain: bool
    """Whether the text says beyond doubt that this is an address."""


def hosts_of_variable(key: str, value: str) -> Iterator[Named]:
    """The hosts that an environment variable names; none for variables that say who may come in."""
    if _NOT_CALLED.search(key):
        return
    found = list(_addresses(value))
    yield from found
    if found or "://" in value:
        return
    words = [word for word in re.split(r"[^a-z0-9]+", _split_camel(key).casefold()) if word]
    if words and words[-1] not in _SECRET:
        for item in re.split(r"[,\s]+", value):
            yield from _bare(item, words)


def hosts_of_command(text: str) -> Iterator[Named]:
    """The hosts that a command line, or a configuration written in the file, names; comments left out."""
    for line in text.splitlines():
        bare = re.sub(r"(^|\s)#.*", "", line)
        yield from _addresses(bare)
        words = [word.strip("\"',;()[]") for word in bare.split()]
        for place, word in enumerate(words):
            option, equals, value = word.partition("=")
            if equals and _OPTION.match(option):
                yield from _name(value)
            if place + 1 < len(words) and _OPTION.match(word):
                yield from _name(words[place + 1])
            if place + 1 < len(words) and _is_port(words[place + 1]):
                yield Named(word, None, encrypted=False, is_plain=False)
            if "://" not in word:
                yield from _ported(value if equals and option.startswith("-") else word)


def open_hosts(key: str, value: str | None) -> Iterator[str]:
    """Variables without a value that stand where a host would; None is a variable handed on from outside."""
    if _NOT_CALLED.search(key):
        return
    words = re.split(r"[^a-z0-9]+", _split_camel(key).casefold())
    speaks_of_host = _speaks_of_host(words) and words[-1] not in _SECRET | _LABEL
    if value is None:
        yield from (key,) if speaks_of_host else ()
        return
    whole = OPEN.match(value)
    if whole and speaks_of_host:
        yield whole[1]
    for found in _URL.finditer(value):
        host = OPEN.match(found[2].rsplit("@", 1)[-1])
        if host:
            yield host[1]


def _addresses(text: str) -> Iterator[Named]:
    for found in _URL.finditer(text):
        scheme = found[1].casefold().removeprefix("jdbc:").split("+", 1)[0]
        if scheme in ("unix", "file", "sqlite", "sqlite3"):
            continue
        for host in found[2].rsplit("@", 1)[-1].split(","):
            name = re.sub(r":[^:]*$", "", host)
            yield Named(name, _PROTOCOLS.get(scheme), scheme in _ENCRYPTED, is_plain=True)
    for pattern in (_TCP, _PAIR, _ENTRY):
        for found in pattern.finditer(text):
            name = re.sub(r"[:,]\d+$", "", found[1].removeprefix("tcp:"))
            yield Named(name, None, encrypted=False, is_plain=pattern is not _ENTRY)


def _bare(item: str, words: list[str]) -> Iterator[Named]:
    ported = list(_ported(item))
    yield from ported
    if (
        not ported
        and "=" not in item
        and _speaks_of_host(words)
        and (words[-1] not in _LABEL or words[-2:] == ["host", "name"])
    ):
        is_plain = any(_speaks_of_host([word]) for word in words if word not in _VAGUE)
        yield Named(item.strip("/"), None, encrypted=False, is_plain=is_plain)


def _ported(item: str) -> Iterator[Named]:
    found = _WITH_PORT.match(item.strip("\"'"))
    if found and _LEAST_PORT <= int(found[2]) < 2**16:
        yield Named(found[1], None, encrypted=False, is_plain=True)


def _name(word: str) -> Iterator[Named]:
    if "://" not in word:
        yield Named(re.sub(r":\d+$", "", word.strip("\"'")), None, encrypted=False, is_plain=True)


def _speaks_of_host(words: list[str]) -> bool:
    return any(word in _HOST_WORDS or word.endswith(_ENDINGS) for word in words)


def _is_port(word: str) -> bool:
    return word.isascii() and word.isdigit() and _LEAST_PORT <= int(word[:6]) < 2**16


def _split_camel(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key)
