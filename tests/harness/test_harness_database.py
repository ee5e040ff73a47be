"""A live database is read by names that it has, within bounds, and never written."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest

from clients import HarnessError
from harness.database import PARAMETER, DatabaseProblem, opened_database
from tests.harness.drifting import Scratch
from tests.harness.watched import Rows, rows_file

HOSTILE = "o'dd \"%s` ; --"


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """Workers 1 to 5, the oldest last."""
    made = rows_file(tmp_path, "worker")
    for key in range(5, 0, -1):
        made.put("worker", key, name=f"员工{key}", department="甲" if key < 4 else "乙")
    return made


def said(rows: Rows, table: str, column: str) -> str:
    with opened_database(rows.url) as database, pytest.raises(DatabaseProblem) as told:
        database.rows(table, column, [1], limit=1)
    return str(told.value)


def test_unknown_table_is_told_with_near_names(rows: Rows) -> None:
    assert said(rows, "workers", "id") == f"{rows.url}: there is no table 'workers'; did you mean worker?"


def test_unknown_column_is_told_with_near_names(rows: Rows) -> None:
    message = said(rows, "worker", "worker_number")

    assert "there is no column of worker 'worker_number'; did you mean worker_no" in message


def test_name_that_is_like_none_has_no_hint(rows: Rows) -> None:
    assert said(rows, "xyz", "id").endswith("there is no table 'xyz'")


def test_name_that_is_sql_is_unknown(rows: Rows) -> None:
    assert "there is no column" in said(rows, "worker", "id) OR (1=1")


def test_rows_are_those_of_the_list(rows: Rows) -> None:
    with opened_database(rows.url) as database:
        found = database.rows("worker", "id", (key for key in (2, 4, 99)), limit=9)

    assert {row["id"]: row["name"] for row in found} == {2: "员工2", 4: "员工4"}
    assert list(found[0])[:2] == ["id", "name"]


def test_rows_are_limited_after_they_were_ordered(rows: Rows) -> None:
    with opened_database(rows.url) as database:
        found = database.rows("worker", "department", ["甲", "乙"], limit=2, order_by="id")

    assert [row["id"] for row in found] == [1, 2]


def test_order_by_an_unknown_column_is_told(rows: Rows) -> None:
    with (
        opened_database(rows.url) as database,
        pytest.raises(DatabaseProblem, match="'ids'; did you mean id"),
    ):
        database.rows("worker", "id", [1], limit=1, order_by="ids")


def test_empty_list_finds_nothing(rows: Rows) -> None:
    with opened_database(rows.url) as database:
        assert database.rows("worker", "id", [], limit=9) == []


def test_value_is_never_sql(rows: Rows) -> None:
    with opened_database(rows.url) as database:
        assert database.rows("worker", "name", ["x' OR '1'='1", "%"], limit=9) == []


def test_raw_rows_are_the_driver_s(rows: Rows) -> None:
    with opened_database(rows.url) as database:
        statement = f"SELECT id, name FROM worker WHERE id > {PARAMETER} ORDER BY id"  # noqa: S608 - a mark

        assert [tuple(row) for row in database.raw(statement, [3])] == [(4, "员工4"), (5, "员工5")]


def test_read_sees_what_is_committed_by_then(rows: Rows) -> None:
    with opened_database(rows.url) as database:
        before = database.rows("worker", "id", [1], limit=1)
        rows.set("worker", 1, name="李四")
        after = database.rows("worker", "id", [1], limit=1)

    assert (before[0]["name"], after[0]["name"]) == ("员工1", "李四")


@pytest.mark.parametrize(
    "statement", ["DELETE FROM worker", "CREATE TABLE x (a)", "UPDATE worker SET name = 1"]
)
def test_sqlite_file_is_never_written(rows: Rows, statement: str) -> None:
    with opened_database(rows.url) as database:
        with pytest.raises(DatabaseProblem, match="readonly"):
            database.read(statement)

        assert len(database.read("SELECT id FROM worker")) == 5


def test_missing_file_is_told_and_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "none.sqlite"

    with (
        pytest.raises(DatabaseProblem, match=r"none\.sqlite: there is no such file"),
        opened_database(f"sqlite:///{missing.as_posix()}"),
    ):
        pass

    assert not missing.exists()


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.sqlite").write_text(
        "no database, but a text that is long enough to be read as one" * 20
    )

    with (
        pytest.raises(DatabaseProblem, match="not a database"),
        opened_database(f"sqlite:///{(tmp_path / 'text.sqlite').as_posix()}"),
    ):
        pass


def test_url_that_cannot_be_used_shows_no_secret() -> None:
    with (
        pytest.raises(HarnessError) as refused,
        opened_database("postgresql+nosuch://root:pa55canary@127.0.0.1/x"),
    ):
        pass

    assert "pa55canary" not in str(refused.value)


@pytest.mark.parametrize("name", ["a#b", "a?mode=rwc", "a%20b", "字 库"])
def test_file_of_any_name_is_read_and_not_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.sqlite"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE t (id)")
    made.close()

    with opened_database(f"sqlite:///{quote(path.as_posix())}") as database:
        assert database.columns == {"t": ["id"]}
        with pytest.raises(DatabaseProblem, match="readonly"):
            database.read("INSERT INTO t VALUES (1)")


def test_name_with_any_character_is_quoted(scratch: Scratch) -> None:
    mark = '"' if scratch.is_sqlite else "`"
    quoted = mark + HOSTILE.replace(mark, mark * 2) + mark
    scratch.execute(
        f"CREATE TABLE {quoted} (id bigint, {quoted} varchar(20))",
        f"INSERT INTO {quoted} VALUES (1, 'a%b'), (2, 'a?b')",  # noqa: S608 - our own names
    )

    with opened_database(scratch.url) as database:
        assert database.columns == {HOSTILE: ["id", HOSTILE]}
        (row,) = database.rows(HOSTILE, HOSTILE, ["a%b"], limit=5, order_by=HOSTILE)
        statement = f"SELECT id FROM {database.table(HOSTILE)}"  # noqa: S608 - quoted
        streamed = list(database.stream(statement, batch=1))

    assert row == {"id": 1, HOSTILE: "a%b"}
    assert streamed == [[(1,)], [(2,)]]


def test_statement_that_fails_shows_no_values(scratch: Scratch) -> None:
    with opened_database(scratch.url) as database, pytest.raises(DatabaseProblem) as told:
        database.read(f"SELECT * FROM nothing WHERE a = {PARAMETER}", ["13912345678"])  # noqa: S608 - a mark

    assert "nothing" in str(told.value)
    assert "13912345678" not in str(told.value)
