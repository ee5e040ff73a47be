"""Tests ask for rows by name; what the database lacks is told as unavailable, not as a failure."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from clients import PlatformFailure
from harness.database import opened_database
from harness.platform import Unavailable
from harness.rows.table_rows import MOST, TableRows
from tests.harness.watched import Rows, rows_file


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    made = rows_file(tmp_path, "worker", "event")
    for key in (9, 7, 8):
        made.put("worker", key, name="张三", member_id=key % 2, worker_no="007")
    return made


@pytest.fixture
def asked(rows: Rows) -> Iterator[TableRows]:
    with opened_database(rows.url) as database:
        yield TableRows(database)


@pytest.mark.parametrize("value", ["1", 1])
def test_rows_are_in_the_order_of_their_keys(asked: TableRows, value: object) -> None:
    assert [row["id"] for row in asked.where("worker", "member_id", value)] == [7, 9]


def test_text_is_asked_for_as_it_is(asked: TableRows) -> None:
    assert len(asked.where("worker", "worker_no", "007")) == 3
    assert asked.where("worker", "worker_no", "7") == []


def test_only_row_is_given(asked: TableRows) -> None:
    assert asked.one("worker", "id", "8")["id"] == 8


@pytest.mark.parametrize(("column", "value", "count"), [("id", "70", 0), ("name", "张三", 3)])
def test_no_row_or_several_are_the_platform_s_fault(
    asked: TableRows, column: str, value: str, count: int
) -> None:
    with pytest.raises(
        PlatformFailure, match=f"worker 里 {column} 为 {value} 的行应恰有一行，实有 {count} 行"
    ):
        asked.one("worker", column, value)


@pytest.mark.parametrize(("table", "column"), [("form", "id"), ("worker", "no_such_column")])
def test_table_or_column_that_is_not_there_is_unavailable(asked: TableRows, table: str, column: str) -> None:
    with pytest.raises(Unavailable, match=rf"^数据库里没有 {table}\.{column}$"):
        asked.where(table, column, "1")


def test_rows_are_bounded(rows: Rows, asked: TableRows) -> None:
    numbers = "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 199 + ?)"
    rows.execute(f"INSERT INTO event (id, name) {numbers} SELECT i, 'x' FROM n", MOST)  # noqa: S608 - ours

    assert len(asked.where("event", "name", "x")) == MOST


def test_id_is_asked_for_as_a_number(rows: Rows) -> None:
    rows.execute("CREATE TABLE typeless (id, member_id)")
    rows.execute("INSERT INTO typeless VALUES (1, 5)")

    with opened_database(rows.url) as database:
        assert TableRows(database).where("typeless", "member_id", "5") == [{"id": 1, "member_id": 5}]


def test_resource_id_of_an_undocumented_table_is_a_text(rows: Rows) -> None:
    rows.execute("CREATE TABLE resource_conf (id, resource_id)")
    rows.execute("INSERT INTO resource_conf VALUES (1, 'hd_5')")

    with opened_database(rows.url) as database:
        (found,) = TableRows(database).where("resource_conf", "resource_id", "hd_5")

    assert found["id"] == 1
