"""The tables of a live database. The catalogue is read as rows, so that a name may hold anything.

SQLAlchemy's inspector reads the text of SHOW CREATE TABLE line by line, and a line break in a name breaks it.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from harness.database import Database, DatabaseProblem, Row
from schemas.drift.column_types import parse_type, values_of
from schemas.drift.columns import NO_CHANGE, ColumnFacts, TableFacts, Tables
from schemas.drift.defaults import expression, from_sql, from_text

_OF_SERVER: Final = """
SELECT c.table_name AS `table`, t.table_comment AS title, c.column_name AS name, c.column_type AS type,
       c.is_nullable AS nullable, c.column_default AS `default`, c.extra AS extra,
       c.column_comment AS comment, c.character_set_name AS charset, c.collation_name AS collation
FROM information_schema.columns c JOIN information_schema.tables t
     ON t.table_schema = c.table_schema AND t.table_name = c.table_name
WHERE c.table_schema = DATABASE() ORDER BY c.table_name, c.ordinal_position
"""
_KEYS_OF_SERVER: Final = """
SELECT table_name AS `table`, column_name AS name FROM information_schema.statistics
WHERE table_schema = DATABASE() AND index_name = 'PRIMARY' ORDER BY table_name, seq_in_index
"""
_OF_FILE: Final = """
SELECT m.name AS "table", p.name AS name, p.type AS type, p."notnull" AS not_null, p.dflt_value AS "default",
       p.pk AS key, p.hidden AS hidden
FROM sqlite_master m JOIN pragma_table_xinfo(m.name) p
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY m.name, p.cid
"""
_HIDDEN, _GENERATED = 1, (2, 3)
_ON_UPDATE: Final = re.compile(r"on update (\S+)", re.IGNORECASE)


def read_live(database: Database) -> Tables:
    """Every table of the database by its name; raises `DatabaseProblem`."""
    return _tables_of_file(database) if database.is_sqlite else _tables_of_server(database)


def _tables_of_file(database: Database) -> Tables:
    rows = [row for row in database.read(_OF_FILE) if row["hidden"] != _HIDDEN]
    keys: dict[str, list[Row]] = {}
    for row in sorted((row for row in rows if row["key"]), key=lambda row: int(row["key"])):
        keys.setdefault(str(row["table"]), []).append(row)
    columns = [(row, _column_of_file(row, keys.get(str(row["table"]), []))) for row in rows]
    return _gathered(columns, {table: [row["name"] for row in found] for table, found in keys.items()})


def _column_of_file(row: Row, keys: list[Row]) -> ColumnFacts:
    written = str(row["type"])
    column_type = parse_type(written)
    is_row_id = keys == [row] and column_type.name == "integer"
    nullable = not row["not_null"] and not is_row_id
    return ColumnFacts(
        row["name"],
        column_type,
        written,
        nullable=nullable,
        default=from_sql(_text(row["default"]), column_type.name, nullable=nullable),
        is_filled=is_row_id or row["hidden"] in _GENERATED,
    )


def _tables_of_server(database: Database) -> Tables:
    (server,) = database.read("SELECT DATABASE() AS name, VERSION() AS version")
    if server["name"] is None:
        url = database.connection.engine.url.render_as_string()
        raise DatabaseProblem(f"{url}: names no database; write its name at the end of the URL")
    is_mariadb = "mariadb" in server["version"].lower()
    keys: dict[str, list[str]] = {}
    for row in database.read(_KEYS_OF_SERVER):
        keys.setdefault(row["table"], []).append(row["name"])
    rows = database.read(_OF_SERVER)
    return _gathered([(row, column_of_server(row, is_mariadb=is_mariadb)) for row in rows], keys)


def column_of_server(row: Row, *, is_mariadb: bool) -> ColumnFacts:
    """A column as its row of the catalogue has it; MySQL writes defaults in another way than MariaDB."""
    written, extra, nullable = str(row["type"]), str(row["extra"]), row["nullable"] == "YES"
    column_type = parse_type(written)
    given, kind = _text(row["default"]), column_type.name
    is_generated = "default_generated" in extra.lower()
    return ColumnFacts(
        row["name"],
        column_type,
        written,
        nullable=nullable,
        default=from_sql(given, kind, nullable=nullable)
        if is_mariadb
        else from_text(given, kind, nullable=nullable, is_generated=is_generated),
        on_update=_on_update(extra),
        charset=row["charset"],
        collation=row["collation"],
        values=values_of(written),
        comment=str(row["comment"] or ""),
        is_filled="auto_increment" in extra.lower() or " generated" in f" {extra.lower()}",
    )


def _on_update(extra: str) -> str:
    found = _ON_UPDATE.search(extra)
    return expression(found[1]) if found else NO_CHANGE


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _gathered(columns: Iterable[tuple[Row, ColumnFacts]], keys: dict[str, list[str]]) -> Tables:
    found: dict[str, dict[str, ColumnFacts]] = {}
    titles: dict[str, str] = {}
    for row, column in columns:
        found.setdefault(row["table"], {})[column.name] = column
        titles[row["table"]] = str(row.get("title") or "")
    return {
        name: TableFacts(name, facts, title=titles[name], key=tuple(keys.get(name, ())))
        for name, facts in found.items()
    }
