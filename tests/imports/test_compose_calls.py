"""What in a compose file is a call of another service, and what only looks like one."""

import pytest

from studio.imports.compose import read
from studio.imports.frame.imported import Source
from studio.model.connection import Connection

SERVICES = """
services:
  app:
    image: acme/app
    {key}:
      {value}
  db: {{image: postgres, container_name: shop_database, networks: {{back: {{aliases: [primary]}}}}}}
  cache: {{image: redis}}
  kafka: {{image: apache/kafka}}
  web: {{image: nginx}}
"""


def calls(key: str, value: str) -> dict[str, Connection]:
    text = SERVICES.format(key=key, value=value)
    found = read(Source(text, "compose.yml", "T")).design.connections
    return {c.target: c for c in found if c.source == "app"}


NAMED = {
    "an address": ("DATABASE_URL: postgres://u:p@db:5432/shop", ["db"], "certain"),
    "an address without a port": ("DATABASE_URL: postgres://u:p@db/shop", ["db"], "certain"),
    "an address with a driver": ("X: postgresql+psycopg2://u:p@db/shop", ["db"], "certain"),
    "an address for JDBC": ("SPRING_DATASOURCE_URL: jdbc:postgresql://db:5432/shop", ["db"], "certain"),
    "a bare host": ("DB_HOST: db", ["db"], "certain"),
    "a host, words grown together": ("PGHOST: db", ["db"], "certain"),
    "a host in camel case": ("dbHost: db", ["db"], "certain"),
    "a host with a port": ("CACHE: cache:6379", ["cache"], "certain"),
    "several hosts": ("BROKERS: kafka:9092,kafka2:9092", ["kafka"], "certain"),
    "several hosts in an address": ("M: mongodb://db:27017,cache:27017/x", ["db", "cache"], "certain"),
    "several addresses": ("URLS: http://web:80,http://cache:81", ["web", "cache"], "certain"),
    "an address without a password": ("BROKER: redis://:@cache:6379/0", ["cache"], "certain"),
    "the data source of a Go driver": ("DSN: root:pw@tcp(db:3306)/kafka", ["db"], "certain"),
    "keys and values of libpq": ("DSN: host=db user=kafka dbname=cache", ["db"], "certain"),
    "keys and values of ADO.NET": ("X: Server=db;Database=cache;User Id=web;", ["db"], "certain"),
    "JSON": ("CONFIG: '{\"host\": \"db\", \"user\": \"cache\"}'", ["db"], "likely"),
    "the name of the container": ("DB_HOST: shop_database", ["db"], "certain"),
    "an alias in a network": ("DB_HOST: primary", ["db"], "certain"),
    "a default": ("DB_HOST: ${HOST:-db}", ["db"], "certain"),
    "a default if unset": ("DB_HOST: ${HOST-db}", ["db"], "certain"),
    "a default in a default": ("DB_URL: ${URL:-http://${HOST:-db}:80}", ["db"], "certain"),
    "a word that may be a product": ("DB_SERVER: db", ["db"], "likely"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_an_environment_that_names_a_host_is_a_call(name: str) -> None:
    value, targets, confidence = NAMED[name]
    found = calls("environment", value)
    assert list(found) == targets
    assert {c.confidence for c in found.values()} == {confidence}


NOT_NAMED = {
    "a user called as a service": "DATABASE_URL: postgres://kafka:pw@db.example.com/x",
    "a password called as a service": "DATABASE_URL: postgres://u:kafka@db.example.com/x",
    "a database called as a service": "DATABASE_URL: postgres://u:pw@db.example.com/kafka",
    "the name of a database": "POSTGRES_DB: kafka",
    "the name of a user": "DB_USER: db",
    "a password": "DB_PASSWORD: cache",
    "a driver": "CACHE_DRIVER: cache",
    "a kind of connection": "DB_CONNECTION: db",
    "a sort": "DB_TYPE: db",
    "an image with its tag": "SIDE_IMAGE: kafka:9092",
    "a tag": "X: db:16",
    "a host elsewhere": "DB_HOST: db.example.com",
    "who may come": "ALLOWED_HOSTS: web,cache",
    "who may come from where": "CORS_ORIGIN: http://web:80",
    "what goes past the proxy": "NO_PROXY: db,cache",
    "itself": "SELF_URL: http://app:80",
    "a path": "FILE_PATH: /var/lib/db",
    "a value that is open": "DB_HOST: ${DB_HOST}",
    "words": "GREETING: call db or cache now",
    "an escaped dollar sign": "DB_HOST: $${HOST:-db}",
}


@pytest.mark.parametrize("name", NOT_NAMED)
def test_what_only_looks_like_a_host_is_no_call(name: str) -> None:
    assert calls("environment", NOT_NAMED[name]) == {}


COMMANDS = {
    "an address": ('["run", "--db", "postgres://u:p@db/x"]', ["db"]),
    "a host with a port": ("[wait-for-it, 'kafka:9092', --, run]", ["kafka"]),
    "an option": ("[run, --host=db]", ["db"]),
    "an option and its value": ("[run, --redis-host, cache]", ["cache"]),
    "a host and a port apart": ("[sh, -c, 'until nc -z db 5432; do sleep 1; done']", ["db"]),
    "a comment": ("[sh, -c, 'run # then redis://cache']", []),
    "words": ("[run, web, cache]", []),
    "an own port": ("[run, --bind, '0.0.0.0:80']", []),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_names_a_host_is_a_likely_call(name: str) -> None:
    value, targets = COMMANDS[name]
    found = calls("command", value)
    assert list(found) == targets
    assert {c.confidence for c in found.values()} <= {"likely"}


@pytest.mark.parametrize(
    "form", ["[db, cache]", "{db: {condition: service_healthy}, cache: {condition: service_started}}"]
)
def test_a_dependency_is_a_likely_call_and_is_needed_to_start(form: str) -> None:
    text = SERVICES.format(key="depends_on", value=form)
    design = read(Source(text, "compose.yml", "T")).design
    assert {(c.target, c.confidence) for c in design.connections} == {("db", "likely"), ("cache", "likely")}
    assert design.component["app"].needs_to_start == ("db", "cache")


def test_who_waits_for_a_job_sends_no_request_there() -> None:
    text = SERVICES.format(key="depends_on", value="{db: {condition: service_completed_successfully}}")
    design = read(Source(text, "compose.yml", "T")).design
    assert design.component["db"].kind == "batch"
    assert design.connections[0].calls_per_request == 0
    assert not design.connections[0].is_hard


def test_of_two_words_about_a_call_the_surer_holds() -> None:
    text = SERVICES.format(key="depends_on", value="[db]\n    environment: {DB_URL: 'https://db:443'}")
    found = read(Source(text, "compose.yml", "T")).design.connections
    assert [(c.target, c.confidence, c.protocol, c.encrypted) for c in found] == [("db", "certain", "HTTPS", True)]


def test_a_link_gives_a_name_that_only_one_service_knows() -> None:
    text = SERVICES.format(key="links", value="['db:store']\n    environment: {STORE_HOST: store}")
    text += "  other: {image: x, environment: {STORE_HOST: store}}\n"
    found = read(Source(text, "compose.yml", "T")).design.connections
    assert [(c.source, c.target, c.confidence) for c in found] == [("app", "db", "certain")]


def test_a_proxy_calls_the_services_whose_labels_it_reads() -> None:
    text = SERVICES.format(key="labels", value="['traefik.http.routers.app.rule=Host(`x`)']")
    text += "  edge: {image: 'traefik:3', ports: ['80:80']}\n"
    found = read(Source(text, "compose.yml", "T")).design.connections
    assert [(c.source, c.target) for c in found] == [("client", "edge"), ("edge", "app")]


def test_which_hosts_open_variables_name_is_asked_and_an_env_file_answers() -> None:
    text = SERVICES.format(key="environment", value="[DB_HOST, 'CACHE_URL=redis://${CACHE}:6379']")
    asked = read(Source(text, "compose.yml", "T")).unknown[0]
    assert "DB_HOST and CACHE" in asked
    assert "--env-file" in asked
    found = read(Source(text, "compose.yml", "T", variables={"CACHE": "cache"})).design.connections
    assert [c.target for c in found] == ["cache"]
