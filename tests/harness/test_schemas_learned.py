"""Columns that were learned from a database, taken over into corrections.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from schemas.corrections import KnownColumns, NamedColumn, read_corrections
from schemas.documents import read_documents
from schemas.generate import build_tables
from schemas.problems import Place, SourceProblem
from schemas.row_schema import row_schema

if TYPE_CHECKING:
    from schemas.columns import Source
    from tests.harness.drifting import Drift, Scratch

SCHEMAS = Path(__file__).parents[2] / "schemas"
HERE = Place("here", 1)


def row_of(table: str, source: Source, **columns: str) -> dict[str, Any]:
    """The row schema of a table with one more entry of known columns."""
    corrections = read_corrections(SCHEMAS)
    corrections.known_columns.append(KnownColumns(HERE, table, source, columns))
    tables = build_tables(read_documents(SCHEMAS), corrections)
    return row_schema(next(made for made in tables if made.name == table))


def test_learned_columns_make_a_named_table_known_in_part() -> None:
    schema = row_of("wx_pay_config", "learned", mch_id="varchar(32)")

    assert (schema["x-knowledge"], schema["additionalProperties"]) == ("partial", True)
    assert schema["properties"]["mch_id"]["x-source"] == "learned"
    assert schema["properties"]["mch_id"]["maxLength"] == 32


def test_learned_columns_stand_behind_those_that_were_known() -> None:
    schema = row_of("store", "learned", city="varchar(20)")

    sources = {name: column["x-source"] for name, column in schema["properties"].items()}
    assert list(sources)[-1] == "city"
    assert (sources["name"], sources["city"]) == ("set", "learned")


def test_what_drift_learns_is_taken_over_as_it_is(drift: Drift, scratch: Scratch, tmp_path: Path) -> None:
    scratch.make("store", {"city": "varchar(20)", "kind": "tinyint(4)", "rate": "double"})
    drift(scratch.url, f"--learn={tmp_path / 'new'}", "--table=store")
    entries = yaml.safe_load((tmp_path / "new" / "corrections.yaml").read_text(encoding="utf-8"))
    corrections = read_corrections(SCHEMAS)
    corrections.known_columns += [KnownColumns(HERE, **entry) for entry in entries["known_columns"]]
    corrections.numbers += [NamedColumn(HERE, **entry) for entry in entries["numbers"]]

    tables = build_tables(read_documents(SCHEMAS), corrections)

    columns = row_schema(next(made for made in tables if made.name == "store"))["properties"]
    assert isinstance(columns, dict)
    assert {"id", "city", "kind"} <= columns.keys()
    assert "rate" not in columns


@pytest.mark.parametrize(
    ("table", "source", "told"),
    [
        ("store", "learned", "the column 'store.name' is known already"),
        ("store", "set", "no table 'store' that a document only names, or it is listed twice"),
        ("event", "learned", "no table 'event' that a document only names, or it is listed twice"),
    ],
)
def test_columns_that_are_known_are_not_learned(table: str, source: Source, told: str) -> None:
    with pytest.raises(SourceProblem) as refused:
        row_of(table, source, name="varchar(20)")

    assert told in str(refused.value)
