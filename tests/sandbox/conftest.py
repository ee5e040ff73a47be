"""One sandbox for the whole run, back at its seed for each test."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import make_url

from sandbox import Sandbox, running, serving
from tests.sandbox.actors import Actor, member, tenant
from tests.sandbox.brokers import Listener, listening
from tests.sandbox.databases import scratch_database
from tests.sandbox.one_yuan import make_product
from tests.sandbox.served import Served
from tests.sandbox.services import SERVICES

Rows = Callable[..., list[dict[str, Any]]]


def pytest_configure(config: pytest.Config) -> None:
    SERVICES.take(config)


@pytest.fixture(scope="session")
def sandbox_of_the_run() -> Iterator[Sandbox]:
    with running() as app:
        yield app


@pytest.fixture
def app(sandbox_of_the_run: Sandbox) -> Sandbox:
    Actor(sandbox_of_the_run, "/_sandbox").post("/reset")
    return sandbox_of_the_run


@pytest.fixture
def admin(app: Sandbox) -> Actor:
    return tenant(app, "admin")


@pytest.fixture
def other(app: Sandbox) -> Actor:
    """Another organization's admin."""
    return tenant(app, "other")


@pytest.fixture
def plain(app: Sandbox) -> Actor:
    """A plain member."""
    return member(app, "plain")


@pytest.fixture
def first(app: Sandbox) -> Actor:
    """A new member."""
    return member(app, "first")


@pytest.fixture
def product_id(admin: Actor) -> str:
    """A one-yuan product on the list."""
    return make_product(admin)


@pytest.fixture
def control(app: Sandbox) -> Actor:
    return Actor(app, "/_sandbox")


@pytest.fixture
def stranger(app: Sandbox) -> Actor:
    """Nobody who is signed in; give whole paths."""
    return Actor(app, "")


@pytest.fixture
def rows(app: Sandbox) -> Rows:
    """The rows of a query, seen through a connection that is not the sandbox's."""

    def read(query: str, *values: object) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(make_url(app.database_url).database or "")) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query, values)]

    return read


@pytest.fixture(scope="module", params=["sqlite", "mariadb"])
def server(request: pytest.FixtureRequest) -> Iterator[Served]:
    """On each kind of database; tests use `served`."""
    with scratch_database(request.param) as database, running(database) as app, serving(app) as url:
        yield Served(app, url)


@pytest.fixture
def served(server: Served) -> Served:
    Actor(server.app, "/_sandbox").post("/reset")
    return server


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as listener:
        yield listener
