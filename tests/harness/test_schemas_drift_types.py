"""Types and defaults as the servers write them, MySQL's too, which writes both in its own way."""

import pytest

from schemas.columns import ColumnType
from schemas.drift.column_types import Match, match_of, parse_type, values_of
from schemas.drift.columns import NO_DEFAULT, NULL
from schemas.drift.defaults import from_sql
from schemas.drift.live import column_of_server

NOW = "current_timestamp()"


@pytest.mark.parametrize(
    ("written", "name", "arguments"),
    [
        ("bigint(20)", "bigint", ()),
        ("bigint", "bigint", ()),
        ("bigint(20) unsigned zerofill", "bigint unsigned", ()),
        ("int unsigned", "int unsigned", ()),
        ("VARCHAR(255)", "varchar", (255,)),
        ("decimal(20,6)", "decimal", (20, 6)),
        ("DECIMAL(20, 6)", "decimal", (20, 6)),
        ("decimal(8,2) unsigned", "decimal unsigned", (8, 2)),
        ("datetime(3)", "datetime", ()),
        ("timestamp", "timestamp", ()),
        ("bit(8)", "bit", (8,)),
        ("double precision", "double", ()),
        ("enum('a','b(1)')", "enum", ()),
        ("", "", ()),
        ("((nonsense\n", "", ()),
    ],
)
def test_type_is_read_without_what_means_nothing(written: str, name: str, arguments: tuple[int, ...]) -> None:
    assert parse_type(written) == ColumnType(name, arguments)


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("enum('A','B')", ("A", "B")),
        ("enum('it''s','a,b','(','')", ("it's", "a,b", "(", "")),
        (r"enum('a\\b','c\nd')", ("a\\b", "c\nd")),
        ("set('A','B')", ()),
        ("varchar(9)", ()),
    ],
)
def test_values_of_an_enum_are_read(written: str, values: tuple[str, ...]) -> None:
    assert values_of(written) == values


@pytest.mark.parametrize(
    ("documented", "found", "match"),
    [
        ("int", "mediumint", Match.OTHER),
        ("int", "tinyint", Match.OTHER),
        ("tinyint", "int", Match.OTHER),
        ("tinyint", "bit", Match.OTHER),
        ("bigint", "bigint unsigned", Match.OTHER),
        ("varchar", "longtext", Match.WIDER),
        ("text", "longtext", Match.WIDER),
        ("mediumtext", "text", Match.OTHER),
        ("text", "varchar", Match.OTHER),
        ("datetime", "timestamp", Match.OTHER),
        ("timestamp", "datetime", Match.OTHER),
        ("datetime", "date", Match.OTHER),
        ("decimal", "double", Match.OTHER),
    ],
)
def test_type_is_wider_only_where_it_holds_all_and_travels_alike(
    documented: str, found: str, match: Match
) -> None:
    assert match_of(ColumnType(documented), ColumnType(found)) is match


@pytest.mark.parametrize(("length", "match"), [(63, Match.WIDER), (64, Match.OTHER)])
def test_text_of_limited_bytes_is_wider_where_each_character_has_four(length: int, match: Match) -> None:
    assert match_of(ColumnType("varchar", (length,)), ColumnType("tinytext")) is match


@pytest.mark.parametrize(
    ("documented", "found"),
    [("bigint", "integer"), ("tinyint", "boolean"), ("mediumtext", "text"), ("timestamp", "datetime"),
     ("decimal", "varchar")],
)  # fmt: skip
def test_sqlite_has_its_own_words(documented: str, found: str) -> None:
    both = ColumnType(documented), ColumnType(found)

    assert match_of(*both, is_sqlite=True) is Match.EQUAL
    assert match_of(*both) is not Match.EQUAL


@pytest.mark.parametrize(
    ("text", "kind", "nullable", "default"),
    [
        (None, "int", True, NULL),
        (None, "int", False, NO_DEFAULT),
        ("NULL", "int", True, NULL),
        ("0", "int", False, "0"),
        ("'0'", "int", False, "0"),
        ("0.500000", "decimal", False, "0.5"),
        ("''", "varchar", False, "''"),
        ("'it''s'", "varchar", False, "'it''s'"),
        ("'NULL'", "varchar", True, "'NULL'"),
        ("CURRENT_TIMESTAMP", "datetime", False, NOW),
        ("current_timestamp(3)", "timestamp", False, NOW),
        ("'nonsense'", "int", False, "'nonsense'"),
        ("uuid()", "varchar", False, "uuid()"),
    ],
)
def test_default_of_mariadb_and_sqlite_is_sql(
    text: str | None, kind: str, nullable: bool, default: str
) -> None:
    assert from_sql(text, kind, nullable=nullable) == default


@pytest.mark.parametrize(
    ("text", "kind", "nullable", "extra", "default"),
    [
        (None, "varchar(9)", "YES", "", NULL),
        (None, "varchar(9)", "NO", "", NO_DEFAULT),
        ("", "varchar(9)", "NO", "", "''"),
        ("NULL", "varchar(9)", "YES", "", "'NULL'"),
        ("it's", "varchar(9)", "NO", "", "'it''s'"),
        ("0", "int", "NO", "", "0"),
        ("CURRENT_TIMESTAMP", "datetime", "NO", "", NOW),
        ("CURRENT_TIMESTAMP", "varchar(99)", "NO", "", "'CURRENT_TIMESTAMP'"),
        ("CURRENT_TIMESTAMP", "timestamp", "NO", "DEFAULT_GENERATED on update CURRENT_TIMESTAMP", NOW),
        ("uuid()", "varchar(36)", "NO", "DEFAULT_GENERATED", "uuid()"),
    ],
)
def test_column_of_mysql_is_read_in_its_way(
    text: str | None, kind: str, nullable: str, extra: str, default: str
) -> None:
    row = {"name": "c", "type": kind, "nullable": nullable, "default": text, "extra": extra}
    row |= {"comment": "", "charset": None, "collation": None}

    column = column_of_server(row, is_mariadb=False)

    assert (column.default, column.is_filled) == (default, False)
    assert column.on_update == (NOW if "on update" in extra else "none")
