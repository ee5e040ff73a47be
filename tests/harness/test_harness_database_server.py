"""A MariaDB is read in UTC+8 and read only, with every value as the row schemas have it."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from harness.database import Database, DatabaseProblem, opened_database
from tests.harness.drifting import Scratch

SECRET = "pa55canary"
KINDS = {
    "id": ("bigint PRIMARY KEY", "9007199254740993", 9007199254740993),
    "at": ("datetime", "'2026-01-31 10:00:05'", "2026-01-31 10:00:05"),
    "fine": ("datetime(3)", "'2026-01-31 10:00:05.250'", "2026-01-31 10:00:05.250000"),
    "day": ("date", "'2026-01-31'", "2026-01-31"),
    "price": ("decimal(18,8)", "8.9", "8.90000000"),
    "bit": ("bit(1)", "b'1'", 1),
    "tiny": ("tinyint(1)", "0", 0),
    "text": ("varchar(20)", "'张三🎉'", "张三🎉"),
    "bytes": ("varbinary(9)", "0xFF00", "0xff00"),
    "none": ("int", "NULL", None),
}


@pytest.fixture
def database(on_mariadb: Scratch) -> Iterator[Database]:
    columns = ", ".join(f"`{name}` {kind}" for name, (kind, _, _) in KINDS.items())
    values = ", ".join(value for _, value, _ in KINDS.values())
    on_mariadb.execute(
        f"CREATE TABLE kinds ({columns}, KEY pair (`day`, `text`))",
        f"INSERT INTO kinds VALUES ({values})",  # noqa: S608 - our own values
    )
    with opened_database(on_mariadb.url) as opened:
        yield opened


def test_each_value_is_as_the_schemas_have_it(database: Database) -> None:
    (row,) = database.rows("kinds", "text", ["张三🎉"], limit=2)

    assert row == {name: wanted for name, (_, _, wanted) in KINDS.items()}
    assert [type(value) for value in row.values()] == [type(wanted) for _, _, wanted in KINDS.values()]


def test_timestamp_is_shown_in_utc8(on_mariadb: Scratch) -> None:
    on_mariadb.execute(
        "CREATE TABLE t (id int, at timestamp NULL)",
        "SET time_zone = '+00:00'",
        "INSERT INTO t VALUES (1, '2026-01-01 00:00:00')",
    )

    with opened_database(on_mariadb.url) as database:
        assert database.rows("t", "id", [1], limit=1)[0]["at"] == "2026-01-01 08:00:00"


@pytest.mark.parametrize("statement", ["DELETE FROM kinds", "INSERT INTO kinds (id) VALUES (1)"])
def test_session_refuses_a_write(database: Database, statement: str) -> None:
    with pytest.raises(DatabaseProblem, match="READ ONLY"):
        database.read(statement)

    assert len(database.read("SELECT id FROM kinds")) == 1


def test_indexed_columns_are_the_first_of_each_index(database: Database) -> None:
    assert database.indexed_columns() == {("kinds", "id"), ("kinds", "day")}


def test_now_is_the_server_s_clock(database: Database) -> None:
    before = int(time.time() * 1000)

    now = database.now()

    assert now is not None
    assert before - 1000 <= now <= int(time.time() * 1000) + 1000


def test_tables_are_those_of_one_database(database: Database) -> None:
    assert database.columns == {"kinds": list(KINDS)}


def test_wrong_password_is_told_without_it(on_mariadb: Scratch) -> None:
    url = make_url(on_mariadb.url).set(username="nobody", password=SECRET)

    with pytest.raises(DatabaseProblem, match="Access denied") as refused, opened_database(url):
        pass

    assert SECRET not in str(refused.value)
    assert "nobody:***@" in str(refused.value)


def test_texts_are_left_as_they_come_where_that_is_asked(database: Database) -> None:
    with opened_database(database.url, as_texts=True) as opened:
        ((row,),) = opened.stream("SELECT id, at, price FROM kinds")

    assert row == (9007199254740993, "2026-01-31 10:00:05", "8.90000000")


def test_stream_that_is_left_early_leaves_the_server_at_rest(database: Database) -> None:
    endless = "SELECT a.id FROM kinds a, seq_1_to_100000000 b"
    stream = database.stream(endless, batch=10, is_endless=True)

    assert len(next(stream)) == 10
    stream.close()

    assert database.connection.invalidated
