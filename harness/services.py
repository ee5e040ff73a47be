"""Databases that runs may use: a scratch one for each process, made on a server and dropped afterwards."""

import glob
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError

from clients import HarnessError

SQLITE = "sqlite"
BACKENDS = frozenset({SQLITE, "mysql", "mariadb"})
DEFAULT_NAME = "regression"
CONNECT_SECONDS = 5


class ServiceMissing(HarnessError):
    """A database server that does not answer; the message is the (Chinese) reason of a skip."""


def database_url(given: str) -> URL:
    """The URL, if it can be used; raises `HarnessError`. Its database's name begins those of the made."""
    try:
        url = make_url(given)
        url.get_dialect().import_dbapi()
    except ValueError:
        raise _refused(given, "its port is not a number") from None
    except (ArgumentError, ImportError) as error:
        raise _refused(given, str(error).splitlines()[0]) from None
    if url.get_backend_name() not in BACKENDS:
        raise _refused(given, "neither MariaDB, MySQL nor SQLite")
    if "@" in (url.host or ""):
        raise _refused(given, "an @ in a password is written %40")
    if url.get_backend_name() == SQLITE:
        _check_file(given, url.database)
    return url


def _check_file(given: str, database: str | None) -> None:
    if not database or database == ":memory:":
        raise _refused(given, "a SQLite URL needs a file")
    if not (folder := Path(database).parent).is_dir():
        raise _refused(given, f"there is no folder {folder}")


def _refused(given: str, reason: str) -> HarnessError:
    """Shows the scheme alone of what was given: the rest may hold a password, wherever it stands."""
    scheme, separator, _ = given.partition("://")
    shown = f"{scheme}://…" if separator else "…"
    return HarnessError(
        f"{shown}: not a database URL that can be used: {reason}; write "
        "mysql+pymysql://USER:PASSWORD@HOST:PORT/NAME or sqlite:////FOLDER/NAME.sqlite"
    )


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
        for file in path.parent.glob(f"{glob.escape(path.name)}*"):
            file.unlink()


def _execute(url: URL, statement: str) -> None:
    server = url.set(database="")
    engine = create_engine(server, connect_args={"connect_timeout": CONNECT_SECONDS})
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    except OperationalError as error:
        raise ServiceMissing(
            f"数据库服务不可用：{server.render_as_string()}（{_first_line(error)}）"
        ) from None
    except SQLAlchemyError as error:
        raise HarnessError(f"{server.render_as_string()}: {statement}: {_first_line(error)}") from None
    finally:
        engine.dispose()


def _first_line(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0]
