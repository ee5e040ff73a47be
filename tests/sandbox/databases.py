"""The databases that a sandbox is tried on: SQLite always, MariaDB or MySQL where one answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

SERVER: Final = "mysql+pymysql://root@127.0.0.1:3306"
PATIENCE = 3  # seconds until a server counts as absent


@contextmanager
def scratch_database(name: str) -> Iterator[str | None]:
    """The URL of an empty database, dropped at the end; None is the sandbox's own temporary SQLite file."""
    if name == "sqlite":
        yield None
        return
    scratch = f"sandbox_scratch_{uuid4().hex}"
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": PATIENCE})
    try:
        connection = engine.connect()
    except OperationalError as error:
        pytest.skip(f"127.0.0.1:3306 上没有可用的 MariaDB 或 MySQL：{error.orig}")
    with connection:
        connection.execute(text(f"CREATE DATABASE {scratch}"))
        try:
            yield f"{SERVER}/{scratch}"
        finally:
            connection.execute(text(f"DROP DATABASE {scratch}"))
    engine.dispose()
