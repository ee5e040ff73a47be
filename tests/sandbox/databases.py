"""The databases that a sandbox is tried on: SQLite always, MariaDB or MySQL where one answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.sandbox.services import SERVICES

PATIENCE = 3  # seconds until a server counts as absent


@contextmanager
def scratch_database(name: str) -> Iterator[str | None]:
    """The URL of an empty database, dropped at the end; None is the sandbox's own temporary SQLite file."""
    if name == "sqlite":
        yield None
        return
    scratch = f"sandbox_scratch_{uuid4().hex}"
    server = SERVICES.mariadb
    engine = create_engine(server, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": PATIENCE})
    try:
        connection = engine.connect()
    except OperationalError as error:
        SERVICES.absent(f"没有可用的 MariaDB 或 MySQL：{error.orig}")
    with connection:
        connection.execute(text(f"CREATE DATABASE {scratch}"))
        try:
            yield f"{server}/{scratch}"
        finally:
            connection.execute(text(f"DROP DATABASE {scratch}"))
    engine.dispose()
