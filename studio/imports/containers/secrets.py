"""Secrets that stand in a compose file in plain text: counted and placed, never copied."""

import re
from collections.abc import Iterable
from typing import Final

from studio.imports.containers.services import Said, Service
from studio.imports.containers.tree import walk
from studio.imports.containers.variables import OPEN

_SECRET: Final = re.compile(
    r"(^|[_.-])(pass|passwd|password|passphrase|pwd|secret|token|api_?key|private_?key|access_?key|secret_?key|"
    r"encryption_?key|credentials?)([_.-]|$)|password$|secret$|_auth$",
    re.IGNORECASE,
)
_NO_SECRET: Final = re.compile(
    r"_(file|path|name|id|ttl|expir\w*|length|url|algorithm|enabled|issuer|audience)$", re.IGNORECASE
)
_IN_ADDRESS: Final = re.compile(r"://[^\s/:@]*:([^\s/@]+)@")
_IN_COMMAND: Final = re.compile(
    r"(?:^|\s)(?:--?[\w-]*(?:pass|password|passwd|requirepass|token|secret)[\w-]*[=\s]\s*|-p(?=[^\s-])|-a\s+)(\S+)"
)
_FLAGS: Final = frozenset({"true", "false", "yes", "no", "0", "1", "none", "null"})


def places(services: Iterable[Service]) -> tuple[tuple[str, int], ...]:
    """File and line of each secret, once each, in order."""
    found = {place: None for service in services for place in _of(service)}
    return tuple(sorted(found))


def is_secret(key: str) -> bool:
    """Whether a variable of that name holds a secret."""
    return _SECRET.search(key) is not None and _NO_SECRET.search(key) is None


def holds_secret(text: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether words of the file hold a password, or one of the secrets that are known."""
    return bool(_IN_ADDRESS.search(text) or _IN_COMMAND.search(text) or any(each in text for each in known))


def values(services: Iterable[Service]) -> frozenset[str]:
    """The secrets themselves, to keep them out of what is written."""
    return frozenset(
        said.text
        for service in services
        for key, said in service.environment.items()
        if is_secret(key) and _is_plain(said.text)
    )


def _of(service: Service) -> Iterable[tuple[str, int]]:
    for key, said in service.environment.items():
        in_address = _IN_ADDRESS.search(said.text)
        if (is_secret(key) and _is_plain(said.text)) or (in_address and _is_plain(in_address[1])):
            yield said.node.file, said.node.line
    check = service.node.get("healthcheck", "test")
    for said in (*service.commands, *(Said(text.text or "", text) for text in (walk(check) if check else ()))):
        in_words = _IN_ADDRESS.search(said.text) or _IN_COMMAND.search(said.text)
        if in_words and _is_plain(in_words[1]):
            yield said.node.file, said.node.line


def _is_plain(value: str) -> bool:
    return bool(value) and not OPEN.search(value) and "$" not in value and value.casefold() not in _FLAGS
