"""What a service of a compose file is: its kind, its technology and what else the file says of it."""

import pytest

from studio.imports.compose import read
from studio.imports.containers.kinds import image_name
from studio.imports.frame.imported import Imported, Source
from studio.model.component import Component
from studio.model.kinds import KINDS


def imported(text: str) -> Imported:
    return read(Source(text, "compose.yml", "Shop"))


def service(said: str, name: str = "app") -> Component:
    return imported(f"services:\n  {name}: {{{said}}}\n").design.component[name]


IMAGES = {
    "postgres:16": ("database", "postgresql"),
    "docker.io/library/postgres:16-alpine": ("database", "postgresql"),
    "bitnami/postgresql:latest": ("database", "postgresql"),
    "ghcr.io/acme/redis@sha256:0123": ("cache", "redis"),
    "localhost:5000/rabbitmq:3-management": ("queue", "rabbitmq"),
    "confluentinc/cp-kafka:7.6": ("stream", "kafka"),
    "${REGISTRY}/mysql:8": ("database", "mysql"),
    "${IMAGE:-redis}:${TAG:-7}": ("cache", "redis"),
    "minio/minio": ("object-store", "MinIO"),
    "docker.elastic.co/elasticsearch/elasticsearch:8": ("search", "elasticsearch"),
    "traefik:v3": ("load-balancer", "Traefik"),
    "quay.io/keycloak/keycloak:26": ("identity", "keycloak"),
    "prom/prometheus": ("monitoring", "prometheus"),
    "ollama/ollama": ("llm", "Ollama"),
    "node:22": ("service", "node"),
    "acme/shop:1": ("service", None),
    "acme/redis-like": ("service", None),
}


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_says_kind_and_technology_whoever_published_it(image: str) -> None:
    found = service(f'image: "{image}"')
    assert (found.kind, found.technology) == IMAGES[image]


def test_the_table_of_images_names_kinds_that_there_are() -> None:
    from studio.imports.containers.kinds import _images

    assert len(_images()) > 150
    assert {kind for kind, _ in _images().values()} <= set(KINDS)
    assert all(image_name(name) == name for name in _images())


ROLES = {
    "what is built": ("build: .", "app", "service"),
    "a worker by its name": ("build: .", "mail-worker", "worker"),
    "a worker by its command": ("image: acme/app, command: celery -A shop worker", "tasks", "worker"),
    "a scheduler by its command": ("image: acme/app, command: celery -A shop beat", "tasks", "scheduler"),
    "a scheduler by its times": ("image: acme/app, command: '\"0 3 * * * clean up\"'", "cleaning", "scheduler"),
    "a job by its name": ("image: acme/app", "db-migrate", "batch"),
    "a job that does not start again": ("image: acme/app, restart: 'no'", "filling", "batch"),
    "a database somebody built upon": ("build: ./postgres", "postgres", "database"),
    "a service called users": ("build: .", "users", "service"),
    "a service called search": ("build: .", "search", "service"),
    "a service of an agent": ("image: acme/agent", "agent", "service"),
}


@pytest.mark.parametrize("name", ROLES)
def test_a_service_is_what_its_image_its_command_or_its_name_says(name: str) -> None:
    said, id_, kind = ROLES[name]
    assert service(said, id_).kind == kind


FIELDS = {
    "replicas": ("deploy: {replicas: 3}", "instances", 3),
    "scale": ("scale: 2", "instances", 2),
    "replicas from a default": ("deploy: {replicas: '${N:-4}'}", "instances", 4),
    "none": ("deploy: {replicas: 0}", "instances", None),
    "a named volume": ("volumes: ['data:/var/lib/x']", "state", "disk"),
    "a long volume": ("volumes: [{type: volume, source: data, target: /x}]", "state", "disk"),
    "a folder of data": ("volumes: ['./data:/data']", "state", "disk"),
    "a folder of code": ("volumes: ['.:/app']", "state", None),
    "a volume only to read": ("volumes: ['data:/x:ro']", "state", None),
    "a file of settings": ("volumes: ['./app.conf:/etc/app.conf']", "state", None),
    "the socket of the machine": ("volumes: ['/var/run/docker.sock:/var/run/docker.sock']", "state", None),
    "a check": ("healthcheck: {test: [CMD, curl, -f, 'http://localhost/health']}", "health_check",
                "curl -f http://localhost/health"),
    "a check in a shell": ("healthcheck: {test: [CMD-SHELL, 'pg_isready -U $$USER']}", "health_check",
                           "pg_isready -U $USER"),
    "a check with a password": ("healthcheck: {test: 'redis-cli -a hunter2 ping'}", "health_check", "redis-cli …"),
    "a check that is off": ("healthcheck: {disable: true, test: x}", "health_check", None),
    "no check": ("healthcheck: {test: [NONE]}", "health_check", None),
    "an owner": ("labels: {com.acme.owner: Team A}", "owner", "Team A"),
    "an owner in a list": ("labels: ['team=Team B']", "owner", "Team B"),
    "a profile": ("profiles: [debug]", "purpose", "Runs only with the profile debug"),
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_what_a_file_says_of_a_service_is_taken_over(name: str) -> None:
    said, field, wanted = FIELDS[name]
    assert getattr(service(f"image: acme/app, {said}"), field) == wanted


PORTS = {
    "a short one": ("['80:80']", True),
    "a long one": ("[{target: 80, published: '8080'}]", True),
    "of the container only": ("['80']", True),
    "of the machine only": ("['127.0.0.1:80:80']", False),
    "of the machine only, in words": ("[{target: 80, published: '80', host_ip: 127.0.0.1}]", False),
}


@pytest.mark.parametrize("name", PORTS)
def test_a_published_port_means_a_client(name: str) -> None:
    ports, is_public = PORTS[name]
    found = imported(f"services: {{app: {{image: acme/app, ports: {ports}}}}}")
    assert [(c.source, c.target, c.confidence) for c in found.design.connections] == (
        [("client", "app", "likely")] if is_public else []
    )
    assert is_public or "ports of app" in " ".join(found.unknown)


def test_a_port_of_a_store_is_asked_about_and_makes_no_client() -> None:
    found = imported("services: {db: {image: postgres, ports: ['5432:5432']}}")
    assert found.design.connections == ()
    assert "published ports of db" in " ".join(found.unknown)


NETWORKS = {
    "one each": ("[front]", "[back]", ("front", "back")),
    "one in both": ("[front, back]", "[back]", (None, "back")),
    "all in one": ("[back]", "[back]", (None, None)),
    "with a slash": ("{'a/b': {}}", "[back]", ("a-b", "back")),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_is_a_group_where_it_tells_services_apart(name: str) -> None:
    first, second, groups = NETWORKS[name]
    text = f"services: {{a: {{image: x, networks: {first}}}, b: {{image: x, networks: {second}}}}}"
    assert tuple(c.group for c in imported(text).design.components) == groups


def test_language_models_of_the_file_are_components() -> None:
    text = "services: {app: {build: ., models: [chat]}}\nmodels: {chat: {model: ai/smollm2}}\n"
    design = imported(text).design
    assert design.component["chat"].kind == "llm"
    assert [(c.source, c.target) for c in design.connections] == [("app", "chat")]


def test_secrets_are_counted_and_placed_and_never_copied() -> None:
    text = """services:
  app:
    image: acme/app
    environment:
      DB_PASSWORD: hunter2
      DB_URL: postgres://u:hunter3@db/x
      TOKEN: ${TOKEN}
      KEY_FILE: /run/secrets/key
    command: run --password hunter4
"""
    found = imported(text)
    assert found.remarks[0].startswith(
        "3 secrets stand in plain text, at compose.yml:5, compose.yml:6 and compose.yml:9"
    )
    assert "hunter" not in f"{found}"


def test_what_nothing_says_is_listed() -> None:
    text = "services: {app: {image: acme/app, env_file: .env, volumes: ['./x.conf:/x.conf:ro']}, mq: {image: nats}}"
    unknown = imported(text).unknown
    for words in (".env name", "x.conf name", "what app is made of", "publishes to mq"):
        assert any(words in sentence for sentence in unknown), words


def test_a_name_that_can_be_an_id_is_one_and_others_are_kept_as_names() -> None:
    design = imported(
        "services: {my_db: {image: postgres}, My.Shop: {image: x}, client: {image: x, ports: ['1:1']}}"
    ).design
    assert [(c.id, c.name) for c in design.components] == [
        ("client-2", "Client"), ("my_db", None), ("my-shop", "My.Shop"), ("client", None),
    ]  # fmt: skip
