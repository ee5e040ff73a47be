"""Values in the data that the documents do not name: found byte for byte, in a bounded part of the table."""

import re
from unittest.mock import patch

import pytest

from harness.database import opened_database
from schemas.drift.documented import read_documented
from schemas.drift.live import read_live
from schemas.drift.values import ROWS, VALUES, Sample, sample_values
from tests.harness.drifting import Drift, Scratch


def sampled(scratch: Scratch, rows: int) -> tuple[Sample, list[str]]:
    """What is found in event_order, and the statements that it takes."""
    with opened_database(scratch.url) as database:
        live = read_live(database)["event_order"]
        with patch.object(database, "read", wraps=database.read) as read:
            sample = sample_values(database, read_documented()["event_order"], live, rows=rows)
        return sample, [call.args[0] for call in read.call_args_list]


def test_undocumented_values_are_one_difference_of_their_column(drift: Drift, scratch: Scratch) -> None:
    scratch.make("event_order")
    scratch.insert("event_order", "status", ["UNPAID", "LOST", "USED", None, "STOLEN", "LOST"])

    (found,) = drift.json(scratch.url, "--table=event_order").differences

    assert (found["column"], found["kind"], found["rating"]) == ("status", "value", "breaking")
    assert found["documented"].startswith('"UNPAID", "PAY_PROCESSING", ')
    assert sorted(found["database"].split(", ")) == ['"LOST"', '"STOLEN"']


@pytest.mark.parametrize("value", ["unpaid", "UNPAID ", " UNPAID", "ÚNPAID", "", "活动"])
def test_value_is_compared_byte_for_byte(drift: Drift, scratch: Scratch, value: str) -> None:
    scratch.make("event_order")
    scratch.insert("event_order", "status", ["UNPAID", value, "UNPAID"])

    (found,) = drift.json(scratch.url, "--table=event_order").differences

    assert found["database"] == f'"{value}"'


def test_value_of_a_file_may_be_no_text_at_all(drift: Drift, on_sqlite: Scratch) -> None:
    on_sqlite.make("event_order", {"status": "varchar(20) COLLATE NOCASE"})
    on_sqlite.execute(
        "INSERT INTO event_order (id, status) VALUES (1, CAST(x'ff41' AS TEXT)), (2, 'used'), (3, 'USED')"
    )

    (found,) = drift.json(on_sqlite.url, "--table=event_order").differences

    assert sorted(found["database"].split(", ")) == ['"0xff41"', '"used"']


def test_number_that_is_no_documented_one_is_found(drift: Drift, scratch: Scratch) -> None:
    scratch.make("article", {"more": "int"})
    scratch.insert("article", "url_type", [1, 2, 3, None, 4])

    found = drift.json(scratch.url, "--table=article").differences

    assert [(one["kind"], one["database"]) for one in found][1:] == [("value", "4")]


def test_text_is_no_documented_number(drift: Drift, scratch: Scratch) -> None:
    scratch.make("article", {"url_type": "varchar(9)"})
    scratch.insert("article", "url_type", ["1"])

    found = drift.json(scratch.url, "--table=article").differences

    assert [(one["kind"], one["database"]) for one in found][1:] == [("value", '"1"')]


def test_no_values_looks_at_no_row(drift: Drift, scratch: Scratch) -> None:
    scratch.make("event_order")
    scratch.insert("event_order", "status", ["LOST"])

    said = drift.json(scratch.url, "--table=event_order", "--no-values")

    assert (said.code, said.differences) == (0, [])


def test_newest_rows_are_looked_at_and_the_cut_is_told(drift: Drift, scratch: Scratch) -> None:
    scratch.make("event_order")
    scratch.insert("event_order", "status", ["OLD", *["USED"] * (ROWS - 1), "NEW"])

    said = drift.json(scratch.url, "--table=event_order")

    assert [one["database"] for one in said.differences] == ['"NEW"']
    assert "values: the newest 10,000 rows of event_order were looked at, not all" in said.report["notes"]


def test_table_that_was_looked_at_whole_tells_no_cut(scratch: Scratch) -> None:
    scratch.make("event_order")
    scratch.insert("event_order", "status", ["USED"] * 20)

    assert sampled(scratch, 20)[0].cut == ""
    assert sampled(scratch, 19)[0].cut != ""


def test_every_statement_on_the_data_is_bounded(scratch: Scratch) -> None:
    scratch.make("event_order")

    _, seen = sampled(scratch, 7)

    assert len(seen) == 3  # of two enumerations, and whether there is more
    assert all(re.search(r"LIMIT (7\) newest LIMIT 100|1 OFFSET 7)$", statement) for statement in seen)


def test_an_index_on_the_column_is_not_sorted_for_the_newest(on_mariadb: Scratch) -> None:
    on_mariadb.make("event_order")
    on_mariadb.execute("CREATE INDEX by_status ON event_order (status)")
    on_mariadb.insert("event_order", "status", ["USED"] * 2000)
    _, seen = sampled(on_mariadb, 500)

    with opened_database(on_mariadb.url) as database:
        plans = [database.read(f"EXPLAIN {statement}") for statement in seen[:2]]

    assert all(
        "FORCE INDEX (PRIMARY)" in statement for statement in seen[:2]
    )  # other servers may choose worse
    for plan in plans:
        (inner,) = (step for step in plan if step["table"] == "event_order")
        assert (inner["key"], inner["Extra"].count("filesort")) == ("PRIMARY", 0)


def test_table_without_a_key_is_looked_at_as_it_lies(drift: Drift, scratch: Scratch) -> None:
    scratch.make("event_order", {"id": "bigint NOT NULL"})
    scratch.insert("event_order", "status", ["LOST"] * 3)

    (found,) = drift.json(scratch.url, "--table=event_order").differences

    assert found["database"] == '"LOST"'


def test_many_values_are_counted_not_listed(drift: Drift, scratch: Scratch) -> None:
    scratch.make("event_order")
    scratch.insert("event_order", "status", [str(number) for number in range(VALUES + 5)])

    (found,) = drift.json(scratch.url, "--table=event_order").differences

    assert found["database"].count(",") == 9
    assert found["database"].endswith(" and 90 more at least")


def test_values_are_redacted_and_cut(drift: Drift, scratch: Scratch) -> None:
    scratch.make("event_order")
    scratch.insert("event_order", "status", ["13800138000", "x" * 99])

    (found,) = drift.json(scratch.url, "--table=event_order").differences

    assert sorted(found["database"].split(", ")) == ['"***"', f'"{"x" * 80}…"']


def test_key_of_any_name_and_order_is_followed(drift: Drift, on_mariadb: Scratch) -> None:
    on_mariadb.make("event_order", {"id": "bigint NOT NULL", "a%`b": "int NOT NULL DEFAULT 0"})
    on_mariadb.execute("ALTER TABLE event_order ADD PRIMARY KEY (`a%``b`, id)")
    on_mariadb.insert("event_order", "status", ["LOST"])

    found = drift.json(on_mariadb.url, "--table=event_order").differences

    assert [one["kind"] for one in found] == ["extra column", "value"]
