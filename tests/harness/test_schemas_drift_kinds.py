"""Each kind of difference, made in a scratch database: it is named, and rated, and nothing else is."""

import re
from typing import NamedTuple

import pytest

from tests.harness.drifting import Changes, Drift, Scratch

BREAKING, ADDITIVE = "breaking", "additive"
GROUP, PRODUCTS = "one_yuan_shopping_group", "one_yuan_products"


class Made(NamedTuple):
    """One column made another way, and the one difference that is to be told of it."""

    table: str
    column: str
    definition: str | None
    kind: str
    rating: str
    documented: str | None
    found: str | None
    only: str = ""  # the one database where it can be made


MADE = [
    Made("event", "name", None, "missing column", BREAKING, "varchar(100)", None),
    Made("event", "more", "int NULL", "extra column", ADDITIVE, None, "int"),
    Made("event", "more", "int NOT NULL DEFAULT 1", "extra column", ADDITIVE, None, "int NOT NULL"),
    Made("event", "more", "int NOT NULL", "required extra column", BREAKING, None, "int NOT NULL"),
    Made("store", "name", None, "missing column", BREAKING, "varchar", None),
    # types
    Made("event", "begin_time", "varchar(30) NULL", "type", BREAKING, "datetime", "varchar(30)"),
    Made("event", "order_no", "bigint NULL", "wider type", ADDITIVE, "int", "bigint"),
    Made("event", "organization_id", "int NULL", "type", BREAKING, "bigint", "int"),
    Made("event", "published", "bigint NULL", "type", BREAKING, "tinyint", "bigint"),
    Made("event", "order_no", "int unsigned NULL", "type", BREAKING, "int", "int unsigned", "on_mariadb"),
    Made("goods", "descr", "mediumtext NULL", "wider type", ADDITIVE, "text", "mediumtext"),
    Made("event", "detail", "blob NULL", "type", BREAKING, "mediumtext", "blob"),
    Made("event", "name", "mediumtext NULL", "wider type", ADDITIVE, "varchar(100)", "mediumtext"),
    Made("event", "name", "tinytext NULL", "type", BREAKING, "varchar(100)", "tinytext"),
    Made("event", "name", "char(100) NULL", "type", BREAKING, "varchar(100)", "char(100)"),
    Made("store", "tel", "bigint NULL", "type", BREAKING, "varchar", "bigint"),
    # lengths
    Made("event", "name", "varchar(99) NULL", "shorter", BREAKING, "varchar(100)", "varchar(99)"),
    Made("event", "name", "varchar(101) NULL", "longer", ADDITIVE, "varchar(100)", "varchar(101)"),
    Made(PRODUCTS, "dis_price", "decimal(19,6)", "shorter", BREAKING, "decimal(20,6)", "decimal(19,6)"),
    Made(PRODUCTS, "dis_price", "decimal(21,6)", "longer", ADDITIVE, "decimal(20,6)", "decimal(21,6)"),
    Made(PRODUCTS, "dis_price", "decimal(22,8)", "scale", BREAKING, "decimal(20,6)", "decimal(22,8)"),
    # NULL
    Made(GROUP, "user_id", "bigint NULL", "nullable", BREAKING, "NOT NULL", "NULL"),
    Made(GROUP, "end_time", "datetime NOT NULL", "not null", BREAKING, "NULL", "NOT NULL"),
    Made("event", "id", "bigint NULL", "nullable", BREAKING, "NOT NULL", "NULL"),
    # defaults
    Made(GROUP, "need_num", "int NOT NULL DEFAULT 3", "default", BREAKING, "DEFAULT 2", "DEFAULT 3"),
    Made(GROUP, "need_num", "int NOT NULL", "default", BREAKING, "DEFAULT 2", "no default"),
    Made(GROUP, "user_id", "bigint NOT NULL DEFAULT 0", "added default", ADDITIVE, "no default", "DEFAULT 0"),
    Made(GROUP, "goods_name", "varchar(255) NOT NULL DEFAULT '-'", "default", BREAKING, "DEFAULT ''",
         "DEFAULT '-'"),
    Made(GROUP, "end_time", "datetime DEFAULT CURRENT_TIMESTAMP", "default", BREAKING, "DEFAULT NULL",
         "DEFAULT current_timestamp()"),
    # ON UPDATE
    Made(PRODUCTS, "mtime", "timestamp NOT NULL DEFAULT current_timestamp()", "on update", BREAKING,
         "ON UPDATE current_timestamp()", "ON UPDATE none", "on_mariadb"),
    Made(GROUP, "end_time", "datetime NULL ON UPDATE current_timestamp()", "on update", BREAKING,
         "ON UPDATE none", "ON UPDATE current_timestamp()", "on_mariadb"),
    # character sets
    Made("event", "name", "varchar(100) CHARACTER SET utf8mb3", "charset", BREAKING, "utf8mb4",
         "utf8mb3 (utf8mb3_general_ci)", "on_mariadb"),
    Made(GROUP, "nick_name", "varchar(255) CHARACTER SET utf8mb3", "charset", BREAKING, "utf8mb4",
         "utf8mb3 (utf8mb3_general_ci)", "on_mariadb"),
    Made(GROUP, "avatar", "varchar(255) CHARACTER SET latin1 DEFAULT ''", "charset", BREAKING, "utf8",
         "latin1 (latin1_swedish_ci)", "on_mariadb"),
]  # fmt: skip

SAME: list[tuple[str, Changes]] = [
    ("event", {"order_no": "int(5) NULL", "published": "tinyint(4) NULL", "begin_time": "datetime(6) NULL"}),
    ("event", {"organization_id": "bigint NOT NULL", "order_no": "int NOT NULL DEFAULT 7"}),
    ("channel", {"name": "varchar(7) NULL"}),
    ("store", {"more": "int NULL", "name": "varchar(7) NOT NULL DEFAULT '-'"}),
    ("wx_pay_config", {"more": "json NULL"}),
    (GROUP, {"need_num": "int NOT NULL DEFAULT '2'", "end_time": "datetime NULL"}),
    (GROUP, {"avatar": "varchar(255) DEFAULT ''"}),
]


@pytest.mark.parametrize(
    ("made", "database"),
    [
        pytest.param(made, database, id=f"{made.kind}-{made.definition}-{database}")
        for made in MADE
        for database in ("on_sqlite", "on_mariadb")
        if made.only in {"", database}
    ],
)
def test_difference_is_named_and_rated(
    request: pytest.FixtureRequest, drift: Drift, made: Made, database: str
) -> None:
    scratch: Scratch = request.getfixturevalue(database)
    scratch.make(made.table, {made.column: made.definition})

    said = drift.json(scratch.url, "--table", made.table)

    expected = made._asdict() | {"database": made.found}
    wanted = {key: expected[key] for key in ("table", "column", "kind", "rating", "documented", "database")}
    assert [shown_alike(one) for one in said.differences] == [shown_alike(wanted)]
    assert said.code == (made.rating == BREAKING)


def shown_alike(difference: dict[str, str | None]) -> dict[str, str | None]:
    """Without the display widths of integers, which MariaDB adds."""
    return {key: re.sub(r"int\(\d+\)", "int", value or "").lower() for key, value in difference.items()}


@pytest.mark.parametrize(("table", "changes"), SAME)
def test_what_the_documents_do_not_say_is_no_difference(
    drift: Drift, scratch: Scratch, table: str, changes: Changes
) -> None:
    scratch.make(table, changes)

    assert drift.json(scratch.url, "--table", table).differences == []


def test_missing_and_extra_tables_are_named(drift: Drift, scratch: Scratch) -> None:
    scratch.execute("CREATE TABLE mine (id int, name varchar(3))")

    found = drift.json(scratch.url).differences

    told = {one["table"]: (one["kind"], one["rating"], one["documented"], one["database"]) for one in found}
    assert told.pop("mine") == ("extra table", ADDITIVE, None, "with 2 columns")
    assert told["wx_pay_config"] == ("missing table", BREAKING, "by name only", None)
    assert told["event_session"][:2] == ("missing table", BREAKING)
    assert len(told) == 114


def test_several_differences_are_several(drift: Drift, scratch: Scratch) -> None:
    scratch.make(GROUP, {"goods_name": "varchar(30) NULL DEFAULT '-'", "status": None})

    found = drift.json(scratch.url, "--table", GROUP).differences

    assert [(one["column"], one["kind"]) for one in found] == [
        ("goods_name", "shorter"),
        ("goods_name", "nullable"),
        ("goods_name", "default"),
        ("status", "missing column"),
    ]


def test_column_that_counts_by_itself_needs_no_value(drift: Drift, on_mariadb: Scratch) -> None:
    on_mariadb.make("event", {"id": "bigint NOT NULL", "no": "int NOT NULL AUTO_INCREMENT PRIMARY KEY"})

    (found,) = drift.json(on_mariadb.url, "--table=event").differences

    assert found["kind"] == "extra column"


def test_row_id_of_a_file_is_never_null(drift: Drift, on_sqlite: Scratch) -> None:
    on_sqlite.make("channel", {"id": "INTEGER PRIMARY KEY"})

    assert drift.json(on_sqlite.url, "--table=channel").differences == []


def test_character_set_that_is_documented_is_a_note(drift: Drift, on_mariadb: Scratch) -> None:
    on_mariadb.make("one_yuan_shopping_group_details")

    said = drift.json(on_mariadb.url, "--table=one_yuan_shopping_group_details")

    assert said.differences == []
    assert said.report["notes"] == [
        "no emoji survives in these, as their DDL has it: one_yuan_shopping_group_details.avatar"
    ]
