"""The sandbox's tables, written by hand, are those of the documents: held against the generated schemas."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import BigInteger, Boolean, Integer, String, Text
from sqlalchemy.types import TypeEngine

import sandbox
from sandbox.db import Base
from sandbox.models.columns import Exact, Id, Moment, Timestamp

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas" / "tables"
OWN_TABLES = {"sandbox_mark", "message_outbox", "platform_order", "platform_parameter"}
KNOWN = {"documented", "ddl"}
TABLES = sorted(Base.metadata.tables.keys() - OWN_TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_table_is_one_of_the_documents(name: str) -> None:
    assert (SCHEMAS / f"{name}.json").is_file()


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in TABLES
        if json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))["x-knowledge"] in KNOWN
    ],
)
def test_documented_table_has_exactly_its_columns(name: str) -> None:
    columns = {column.name for column in Base.metadata.tables[name].columns}

    assert columns == _schema(name)["properties"].keys()


@pytest.mark.parametrize("name", TABLES)
def test_columns_have_the_types_of_the_documents(name: str) -> None:
    documented = _schema(name)["properties"]

    wrong = {
        column.name: (str(column.type), documented[column.name]["x-column-type"])
        for column in Base.metadata.tables[name].columns
        if column.name in documented and not _agree(column.type, documented[column.name])
    }

    assert wrong == {}


@pytest.mark.parametrize("name", TABLES)
def test_seeded_rows_are_valid(name: str, seeded_rows: dict[str, list[dict[str, Any]]]) -> None:
    validator = Draft202012Validator(_schema(name))

    wrong = [f"{row}: {error.message}" for row in seeded_rows[name] for error in validator.iter_errors(row)]

    assert wrong == []


@pytest.fixture(scope="module")
def seeded_rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as another program reads them."""
    file = tmp_path_factory.mktemp("sandbox") / "platform.sqlite"
    with sandbox.running(f"sqlite:///{file}"):
        connection = sqlite3.connect(file)
        connection.row_factory = sqlite3.Row
        rows = {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]  # noqa: S608 - our own names
            for name in TABLES
        }
        connection.close()
    return rows


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    return schema


def _agree(type_: TypeEngine[Any], documented: dict[str, Any]) -> bool:
    kind, _, width = documented["x-column-type"].rstrip(")").partition("(")
    expected: dict[str, Any] = {
        "bigint": (Id, BigInteger),
        "int": Integer,
        "tinyint": Boolean,
        "datetime": Moment,
        "timestamp": Timestamp,
        "decimal": Exact,
        "varchar": String,
        "mediumtext": Text,
    }
    right_length = kind != "varchar" or not width or getattr(type_, "length", None) == int(width)
    return isinstance(type_, expected[kind]) and right_length
