"""Databases that runs may use: a scratch one for each process, made on a server and dropped afterwards."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from clients import HarnessError

SQLITE = "sqlite"
DEFAULT_NAME = "regression"
CONNECT_SECONDS = 5


class ServiceMissing(HarnessError):
    """A database server that does not answer; the message is the (Chinese) reason of a skip."""


def database_url(given: str) -> URL:
    """The URL, if it can be one; raises `HarnessError`. Its database's name begins those of the made."""
    try:
        url = make_url(given)
        url.get_dialect()
    except (ArgumentError, SQLAlchemyError, ImportError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise HarnessError(
            f"{given.partition('://')[0]}://…: not a database URL that can be used: {reason}; write "
            "mysql+pymysql://USER:PASSWORD@HOST:PORT/NAME or sqlite:////FOLDER/NAME.sqlite"
        ) from None
    if url.get_backend_name() == SQLITE and not url.database:
        raise HarnessError("a SQLite URL needs a file: sqlite:////FOLDER/NAME.sqlite")
    return url


@contextmanager
def scratch_database(url: URL) -> Iterator[str]:
    """The URL of a new, empty database beside the one that `url` names; raises `ServiceMissing`."""
    name = f"{url.database or DEFAULT_NAME}_{uuid.uuid4().hex[:12]}"
    if url.get_backend_name() == SQLITE:
        yield from _scratch_file(url)
        return
    _execute(url, f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(url, f"DROP DATABASE IF EXISTS `{name}`")


def _scratch_file(url: URL) -> Iterator[str]:
    given = Path(url.database or "")
    path = given.with_name(f"{given.stem}_{uuid.uuid4().hex[:12]}{given.suffix}")
    try:
        yield url.set(database=path.as_posix()).render_as_string(hide_password=False)
    finally:
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()


def _execute(url: URL, statement: str) -> None:
    server = url.set(database="")
    engine = create_engine(server, connect_args={"connect_timeout": CONNECT_SECONDS})
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        raise ServiceMissing(f"数据库服务不可用：{server.render_as_string()}（{reason}）") from None
    finally:
        engine.dispose()
