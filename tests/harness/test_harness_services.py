"""Scratch databases: what URL can be used, that nothing is left of them, and what a missing server says.

Without a MariaDB the tests that need one are skipped by the harness itself, or fail with --require-services.
"""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import URL, create_engine, text

from clients import HarnessError
from harness.run import Run
from harness.services import ServiceMissing, database_url, scratch_database
from tests.harness.stub_platform import closed_port

SECRET = "pa55canary"
MEND = "; write mysql+pymysql://USER:PASSWORD@HOST:PORT/NAME or sqlite:////FOLDER/NAME.sqlite"


@pytest.fixture
def mariadb(run: Run) -> URL:
    with scratch_database(run.mariadb):
        return run.mariadb


@pytest.fixture
def sqlite(tmp_path: Path) -> URL:
    return database_url(f"sqlite:///{(tmp_path / 'rows [1].sqlite').as_posix()}")


def executed(url: str | URL, statement: str) -> list[str]:
    """The first column of what a statement answers."""
    engine = create_engine(url)
    with engine.begin() as connection:
        result = connection.execute(text(statement))
        rows = [str(row[0]) for row in result] if result.returns_rows else []
    engine.dispose()
    return rows


def used_until_it_fails(url: URL, seen: list[str]) -> None:
    with scratch_database(url) as made:
        executed(made, "CREATE TABLE t (id INTEGER)")
        seen.append(made)
        raise RuntimeError("halfway")


def missing(url: URL) -> str:
    with pytest.raises(ServiceMissing) as absent, scratch_database(url):
        pass
    return str(absent.value)


@pytest.mark.parametrize(
    ("given", "shown", "reason"),
    [
        ("", "…", "Could not parse SQLAlchemy URL"),
        (f"root:{SECRET}@127.0.0.1/rows", "…", "Could not parse SQLAlchemy URL"),
        (f"mysql:/root:{SECRET}@127.0.0.1/rows", "…", "Could not parse SQLAlchemy URL"),
        (f"mysql+pymysql://root:{SECRET}", "mysql+pymysql://…", "its port is not a number"),
        (f"mysql+pymysql://root:x@{SECRET}@host", "mysql+pymysql://…", "an @ in a password is written %40"),
        (f"nosuch://root:{SECRET}@host/rows", "nosuch://…", "Can't load plugin: sqlalchemy.dialects:nosuch"),
        (f"mysql+nosuch://root:{SECRET}@host", "mysql+nosuch://…", "Can't load plugin: sqlalchemy.dialects"),
        (f"mysql+asyncmy://root:{SECRET}@host", "mysql+asyncmy://…", "No module named 'asyncmy'"),
        ("sqlite://", "sqlite://…", "a SQLite URL needs a file"),
        ("sqlite:///:memory:", "sqlite://…", "a SQLite URL needs a file"),
        ("sqlite:///no/such/rows.sqlite", "sqlite://…", f"there is no folder {Path('no/such')}"),
    ],
)
def test_url_that_cannot_be_used_is_told_with_its_mend(given: str, shown: str, reason: str) -> None:
    with pytest.raises(HarnessError) as refused:
        database_url(given)

    said = str(refused.value)
    assert said.startswith(f"{shown}: not a database URL that can be used: {reason}")
    assert said.endswith(MEND)
    assert SECRET not in said


@pytest.mark.parametrize(
    "given", ["mysql+pymysql://root@127.0.0.1/rows", "mariadb+pymysql://h:3307", "sqlite:///x"]
)
def test_url_that_can_be_used_is_kept_as_it_is(given: str) -> None:
    assert database_url(given).render_as_string() == given


def test_sqlite_scratch_is_a_file_beside_the_named(sqlite: URL, tmp_path: Path) -> None:
    with scratch_database(sqlite) as url:
        executed(url, "CREATE TABLE t (id INTEGER)")

        (made,) = tmp_path.iterdir()

    assert made.name.startswith("rows [1]_")
    assert made.suffix == ".sqlite"
    assert list(tmp_path.iterdir()) == []


def test_sqlite_scratch_takes_its_companions_along(sqlite: URL, tmp_path: Path) -> None:
    with scratch_database(sqlite) as url:
        executed(url, "CREATE TABLE t (id INTEGER)")
        (made,) = tmp_path.iterdir()
        for ending in ("-wal", "-shm", "-journal"):
            made.with_name(made.name + ending).touch()

    assert list(tmp_path.iterdir()) == []


def test_sqlite_scratch_is_removed_after_an_exception(sqlite: URL, tmp_path: Path) -> None:
    made: list[str] = []

    with pytest.raises(RuntimeError, match="halfway"):
        used_until_it_fails(sqlite, made)

    assert len(made) == 1
    assert list(tmp_path.iterdir()) == []


def test_sqlite_scratch_leaves_other_files_alone(sqlite: URL, tmp_path: Path) -> None:
    named = tmp_path / "rows [1].sqlite"
    named.touch()

    with scratch_database(sqlite) as url:
        executed(url, "CREATE TABLE t (id INTEGER)")

    assert list(tmp_path.iterdir()) == [named]
    assert named.stat().st_size == 0


def test_sqlite_scratches_do_not_meet(sqlite: URL) -> None:
    with scratch_database(sqlite) as one, scratch_database(sqlite) as other:
        executed(one, "CREATE TABLE t (id INTEGER)")

        seen = executed(other, "SELECT name FROM sqlite_master")

    assert one != other
    assert seen == []


def test_mariadb_scratch_is_new_and_empty_and_dropped(mariadb: URL) -> None:
    with scratch_database(mariadb) as url:
        name = url.rpartition("/")[2]
        (charset,) = executed(url, "SELECT @@character_set_database")
        tables, there = executed(url, "SHOW TABLES"), executed(url, "SHOW DATABASES")

    assert name.startswith(f"{mariadb.database}_")
    assert (charset, tables) == ("utf8mb4", [])
    assert name in there
    assert name not in executed(mariadb.set(database=""), "SHOW DATABASES")


def test_mariadb_scratch_is_dropped_after_an_exception(mariadb: URL) -> None:
    made: list[str] = []

    with pytest.raises(RuntimeError, match="halfway"):
        used_until_it_fails(mariadb, made)

    assert made[0].rpartition("/")[2] not in executed(mariadb.set(database=""), "SHOW DATABASES")


def test_mariadb_scratches_do_not_meet(mariadb: URL) -> None:
    with scratch_database(mariadb) as one, scratch_database(mariadb) as other:
        executed(one, "CREATE TABLE t (id INTEGER)")

        seen = executed(other, "SHOW TABLES")

    assert one != other
    assert seen == []


def test_server_that_is_down_is_missing() -> None:
    with closed_port() as url:
        port = urlsplit(url).port

        said = missing(database_url(f"mysql+pymysql://root:{SECRET}@127.0.0.1:{port}/rows"))

    assert said.startswith(f"数据库服务不可用：mysql+pymysql://root:***@127.0.0.1:{port}/（")
    assert "Can't connect to MySQL server" in said
    assert SECRET not in said


def test_server_that_refuses_the_password_is_missing(mariadb: URL) -> None:
    said = missing(mariadb.set(username="nobody", password=SECRET))

    assert said.startswith("数据库服务不可用：mysql+pymysql://nobody:***@")
    assert "Access denied for user 'nobody'" in said
    assert SECRET not in said


def test_server_that_will_not_make_a_database_is_no_skip(mariadb: URL) -> None:
    with (
        pytest.raises(HarnessError, match="CREATE DATABASE") as refused,
        scratch_database(mariadb.set(database="x" * 60)),
    ):
        pass

    assert not isinstance(refused.value, ServiceMissing)
    assert "`xxx" in str(refused.value)
