"""Rows for tests that ask for them by name: what no answer shows (F-05, P-03, C-10)."""

from typing import Any

from clients import PlatformFailure
from harness.database import Database, Row
from harness.platform import Unavailable
from harness.rows.judging import column_type
from harness.rows.places import is_id

MOST = 200


class TableRows:
    """Finds rows by one column, which should have an index; a table or column that is not there is told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def where(self, table: str, column: str, value: Any) -> list[Row]:
        """In the order of their keys."""
        if column not in self._database.columns.get(table, ()):
            raise Unavailable(f"数据库里没有 {table}.{column}")
        is_number = column_type(table, column) == "bigint" and is_id(value)
        wanted = int(value) if is_number else value  # C-06; resource ids are texts in any table
        return self._database.rows(table, column, [wanted], limit=MOST, order_by="id")

    def one(self, table: str, column: str, value: Any) -> Row:
        """The only row; raises `PlatformFailure` where there is none, or more."""
        rows = self.where(table, column, value)
        if len(rows) != 1:
            raise PlatformFailure(f"{table} 里 {column} 为 {value} 的行应恰有一行，实有 {len(rows)} 行")
        return rows[0]
