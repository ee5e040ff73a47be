"""`--learn`: schemas of tables that the documents only name, which hold for the very rows of the database."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from harness.database import opened_database
from tests.harness.drifting import Drift, Said, Scratch, schema_of

NAMED = "wx_pay_config"
COLUMNS = {
    # definition: a value of it, the schema's type and one more keyword of it
    "bigint NOT NULL": ("'9223372036854775807'", "integer", ("maximum", 2**63 - 1)),
    "bigint unsigned NOT NULL": ("18446744073709551615", "integer", ("maximum", 2**64 - 1)),
    "int unsigned NULL": ("NULL", ["integer", "null"], ("minimum", 0)),
    "smallint NOT NULL": ("-32768", "integer", ("minimum", -(2**15))),
    "tinyint(1) NOT NULL": ("1", "integer", ("maximum", 1)),
    "tinyint(4) NOT NULL": ("-128", "integer", ("minimum", -128)),
    "tinyint unsigned NOT NULL": ("255", "integer", ("maximum", 255)),
    "bit(1) NOT NULL": ("b'1'", "integer", ("maximum", 1)),
    "bit(9) NOT NULL": ("b'100000001'", ["string", "integer"], None),
    "double NOT NULL": ("1.5e300", "number", None),
    "float NOT NULL": ("0.25", "number", None),
    "decimal(8,2) NOT NULL DEFAULT 1.5": ("123456.78", "string", ("default", "1.5")),
    "decimal(8,2) unsigned NOT NULL": ("1.00", "string", None),
    "char(3) NOT NULL": ("'活动🎉'", "string", ("maxLength", 3)),
    "varchar(20) NOT NULL DEFAULT 'it''s'": ("'x'", "string", ("default", "it's")),
    "longtext NULL": ("'x'", ["string", "null"], ("maxLength", 2**32 - 1)),
    "json NOT NULL": ("'{\"a\": 1}'", "string", None),
    "enum('A','it''s','b,c') NULL": ("'it''s'", ["string", "null"], ("enum", ["A", "it's", "b,c", None])),
    "set('A','B') NOT NULL": ("'A,B'", "string", None),
    "blob NOT NULL": ("x'01'", ["string", "integer"], None),
    "varbinary(9) NOT NULL": ("x'ff00'", ["string", "integer"], None),
    "time NOT NULL": ("'-26:03:04'", "string", None),
    "year NOT NULL": ("2026", "integer", ("maximum", 2155)),
    "date NOT NULL": ("'2026-02-28'", "string", None),
    "datetime(3) NULL ON UPDATE current_timestamp(3)": (
        "'2026-02-28 01:02:03.045'", ["string", "null"], ("x-on-update", "current_timestamp()"),
    ),
    "timestamp NOT NULL DEFAULT current_timestamp()": (
        "'2026-02-28 01:02:03'", "string", ("x-default", "current_timestamp()"),
    ),
    "uuid NOT NULL": ("uuid()", "string", None),
    "point NOT NULL": ("point(1, 2)", ["string", "number"], None),
}  # fmt: skip


def learned(folder: Path, table: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((folder / f"{table}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return schema


def errors(scratch: Scratch, schema: dict[str, Any], table: str) -> list[str]:
    """What the schema says of the rows that are really there."""
    with opened_database(scratch.url) as database:
        rows = database.read(f"SELECT * FROM {table}")  # noqa: S608 - our own name
    assert rows
    return [error.message for row in rows for error in Draft202012Validator(schema).iter_errors(row)]


def learn(drift: Drift, scratch: Scratch, folder: Path, *arguments: str) -> Said:
    said = drift(scratch.url, "--learn", folder, *arguments)
    assert (said.code, said.err) == (0, "")
    return said


def test_learned_types_hold_for_the_rows_of_the_server(
    drift: Drift, on_mariadb: Scratch, tmp_path: Path
) -> None:
    columns = ", ".join(f"c{number} {definition}" for number, definition in enumerate(COLUMNS))
    values = ", ".join(value for value, _, _ in COLUMNS.values())
    on_mariadb.execute(
        f"CREATE TABLE {NAMED} ({columns})",
        f"INSERT INTO {NAMED} VALUES ({values})",  # noqa: S608 - our own
    )

    learn(drift, on_mariadb, tmp_path / "new")

    schema = learned(tmp_path / "new", NAMED)
    assert errors(on_mariadb, schema, NAMED) == []
    for number, (definition, (_, kind, more)) in enumerate(COLUMNS.items()):
        column = schema["properties"][f"c{number}"]
        assert column["type"] == kind, definition
        assert more is None or column[more[0]] == more[1], definition
        assert column["x-source"] == "learned"


def test_learned_types_hold_for_the_rows_of_a_file(drift: Drift, on_sqlite: Scratch, tmp_path: Path) -> None:
    columns = {
        "id INTEGER PRIMARY KEY": "1",
        "price DECIMAL(8,2) NOT NULL": "1.5",
        "open BOOLEAN": "1",
        "made DATETIME": "'2026-02-28 01:02:03.000000'",
        "rate REAL": "0.5",
        "raw BLOB": "x'00'",
        "any": "'x'",
    }
    values = ", ".join(columns.values())
    on_sqlite.execute(
        f"CREATE TABLE {NAMED} ({', '.join(columns)})",
        f"INSERT INTO {NAMED} VALUES ({values})",  # noqa: S608 - our own
    )

    learn(drift, on_sqlite, tmp_path / "new")

    assert errors(on_sqlite, learned(tmp_path / "new", NAMED), NAMED) == []


def test_learned_schema_has_the_shape_of_the_others(drift: Drift, scratch: Scratch, tmp_path: Path) -> None:
    scratch.execute(f"CREATE TABLE {NAMED} (id bigint NOT NULL PRIMARY KEY, name varchar(9))")
    scratch.insert(NAMED, "name", ["x", None])

    learn(drift, scratch, tmp_path / "new")

    schema, named, full = learned(tmp_path / "new", NAMED), schema_of(NAMED), schema_of("event")
    assert errors(scratch, schema, NAMED) == []
    assert list(schema) == list(named)
    assert (schema["x-knowledge"], schema["$id"]) == ("learned", named["$id"])
    assert (schema["required"], schema["additionalProperties"]) == (["id", "name"], False)
    assert schema["properties"]["id"].keys() == full["properties"]["id"].keys()


def test_partly_known_table_keeps_what_was_known(drift: Drift, scratch: Scratch, tmp_path: Path) -> None:
    scratch.make("store", {"city": "varchar(9) NULL"})
    scratch.insert("store", "name", ["x"])

    learn(drift, scratch, tmp_path / "new")

    schema = learned(tmp_path / "new", "store")
    assert errors(scratch, schema, "store") == []
    sources = {name: column["x-source"] for name, column in schema["properties"].items()}
    assert sources.pop("id") == sources.pop("city") == "learned"
    assert set(sources.values()) == {"set"}
    assert schema["properties"]["name"] == schema_of("store")["properties"]["name"]


def test_comments_become_descriptions_and_titles(drift: Drift, on_mariadb: Scratch, tmp_path: Path) -> None:
    on_mariadb.execute(f"CREATE TABLE {NAMED} (mch varchar(9) COMMENT '商户\x1b号') COMMENT '微信支付'")

    learn(drift, on_mariadb, tmp_path / "new")

    schema = learned(tmp_path / "new", NAMED)
    assert (schema["title"], schema["properties"]["mch"]["description"]) == ("微信支付", "商户\x1b号")
    assert "商户\\u001b号" in (tmp_path / "new" / f"{NAMED}.json").read_text(encoding="utf-8")


def test_documented_and_unknown_tables_are_not_learned(
    drift: Drift, scratch: Scratch, tmp_path: Path
) -> None:
    scratch.make("channel", {"more": "int"})
    scratch.execute("CREATE TABLE mine (id int)")

    said = learn(drift, scratch, tmp_path / "new")

    assert list((tmp_path / "new").iterdir()) == []
    assert said.out.splitlines()[-1] == f"tables learned: 0, in {tmp_path / 'new'}"


def test_foreign_types_and_the_way_to_adopt_are_said(
    drift: Drift, on_mariadb: Scratch, tmp_path: Path
) -> None:
    on_mariadb.execute(f"CREATE TABLE {NAMED} (rate double, note varchar(9))")

    said = learn(drift, on_mariadb, tmp_path / "new", f"--table={NAMED}")

    assert said.out.splitlines() == [
        f"{NAMED}.rate: double is no type of the documents, its values are taken as number",
        f"tables learned: 1, in {tmp_path / 'new'}",
        f"to adopt a table: read its file, move its entry of {tmp_path / 'new' / 'corrections.yaml'} to"
        " schemas/corrections.yaml, and run python -m schemas.generate",
    ]


def test_hostile_columns_are_learned_and_not_adopted(
    drift: Drift, on_mariadb: Scratch, tmp_path: Path
) -> None:
    name = "a`\n\x1b[2J: - #%"
    on_mariadb.execute(f"CREATE TABLE {NAMED} (`a``\n\x1b[2J: - #%` int, note varchar(9))")

    said = learn(drift, on_mariadb, tmp_path / "new", f"--table={NAMED}")

    assert all(one.isprintable() or one == "\n" for one in said.out)
    assert name in learned(tmp_path / "new", NAMED)["properties"]
    (entry,) = yaml.safe_load((tmp_path / "new" / "corrections.yaml").read_text("utf-8"))["known_columns"]
    assert entry["columns"] == {"note": "varchar(9)"}


@pytest.mark.parametrize("given", ["full", "file", "no/parent"])
def test_folder_that_is_not_new_or_empty_is_refused(
    drift: Drift, on_sqlite: Scratch, tmp_path: Path, given: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept").touch()
    (tmp_path / "file").touch()
    before = sorted(tmp_path.rglob("*"))

    said = drift(on_sqlite.url, "--learn", tmp_path / given)

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith(f"--learn {tmp_path / given}: ")
    assert sorted(tmp_path.rglob("*")) == before


def test_empty_folder_is_filled(drift: Drift, on_sqlite: Scratch, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    on_sqlite.execute(f"CREATE TABLE {NAMED} (id int)")

    learn(drift, on_sqlite, tmp_path / "empty")

    assert sorted(path.name for path in (tmp_path / "empty").iterdir()) == [
        "corrections.yaml",
        f"{NAMED}.json",
    ]
