"""Rows are read by their keys: a whole family from any of its rows, the newest, and what came since."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from harness.database import opened_database
from harness.rows.row_reader import FAMILY_LIMIT, NEWEST, RowReader
from harness.rows.snapshots import Extent, Snapshot
from tests.harness.drifting import Scratch
from tests.harness.watched import Rows, row_rules, rows_file

TABLES = ("event", "event_session", "event_order", "form", "channel", "worker")


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """Event 1 with two sessions, an order and a form; event 2 with a session of its own."""
    made = rows_file(tmp_path, *TABLES)
    made.put("event", 1, form_id=31, resource_id="hd_1")
    made.put("event", 2, form_id=None, resource_id="hd_2")
    for key, event in ((11, 1), (12, 1), (13, 2)):
        made.put("event_session", key, event_id=event)
    made.put("event_order", 21, event_id=1)
    made.put("form", 31)
    made.put("form", 32)
    return made


@pytest.fixture
def reader(rows: Rows) -> Iterator[RowReader]:
    with opened_database(rows.url) as database:
        yield RowReader(database, row_rules(), alone=True)


def keys(snapshot: Snapshot) -> dict[str, set[int]]:
    return {table: set(found) for table, found in snapshot.tables.items() if found}


def family(reader: RowReader, table: str, column: str, *values: object) -> Snapshot:
    found = Snapshot()
    reader.families(table, column, values, found)
    return found


WHOLE = {"event": {1}, "event_session": {11, 12}, "event_order": {21}, "form": {31}}


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("event", "id", 1),
        ("event", "resource_id", "hd_1"),
        ("event_session", "id", 12),
        ("event_order", "id", 21),
        ("form", "id", 31),
    ],
)
def test_family_is_whole_from_any_of_its_rows(
    reader: RowReader, table: str, column: str, value: object
) -> None:
    assert keys(family(reader, table, column, value)) == WHOLE


def test_families_of_several_rows_are_read_together(reader: RowReader) -> None:
    found = keys(family(reader, "event", "id", 1, 2, 99))

    assert found == WHOLE | {"event": {1, 2}, "event_session": {11, 12, 13}}


def test_row_that_is_not_there_has_no_family(reader: RowReader) -> None:
    assert keys(family(reader, "event", "id", 99)) == {}


def test_table_or_column_that_is_not_there_has_no_rows(reader: RowReader) -> None:
    assert keys(family(reader, "group_buy_event", "id", 1)) == {}
    assert keys(family(reader, "event", "no_such_column", 1)) == {}


def test_table_of_more_rows_than_the_limit_is_cut(rows: Rows, reader: RowReader) -> None:
    many = "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 99 + ?)"
    rows.execute(f"INSERT INTO event_session (id, event_id) {many} SELECT i, 2 FROM n", FAMILY_LIMIT)  # noqa: S608 - ours

    found = family(reader, "event", "id", 2)

    assert found.cut == {"event_session"}
    assert family(reader, "event", "id", 1).cut == set()


def test_newest_are_the_last_of_each_table(rows: Rows, reader: RowReader) -> None:
    for key in range(1, 10):
        rows.put("worker", key)

    found = keys(reader.newest(["worker", "event", "no_such_table"]))

    assert found == {"worker": set(range(10 - NEWEST, 10)), "event": {1, 2}}
    assert keys(reader.newest(["worker"], 2)) == {"worker": {8, 9}}


def test_rows_are_read_again_as_they_are_now(rows: Rows, reader: RowReader) -> None:
    before, after = family(reader, "event", "id", 1), Snapshot()
    rows.set("event", 1, name="新名")
    rows.remove("event_order", 21)

    reader.again(before, after)

    assert keys(after) == {table: found for table, found in WHOLE.items() if table != "event_order"}
    assert reader.row("event", after.tables["event"][1])["name"] == "新名"


def test_row_that_was_read_already_is_not_read_again(reader: RowReader) -> None:
    before, after = family(reader, "event", "id", 1), Snapshot({"event": {1: ("known",)}})

    reader.again(before, after)

    assert after.tables["event"] == {1: ("known",)}


def test_extents_are_of_every_documented_table_that_is_there(rows: Rows, reader: RowReader) -> None:
    rows.execute("CREATE TABLE undocumented (id bigint)")

    extents = reader.extents()

    assert extents.keys() == set(TABLES)
    assert (extents["event_session"], extents["worker"]) == (Extent(13, 3), Extent(0, 0))


def test_database_without_documented_tables_has_no_extents(tmp_path: Path) -> None:
    with opened_database(rows_file(tmp_path).url) as database:
        assert RowReader(database, row_rules(), alone=True).extents() == {}


def test_made_since_is_what_came_after_the_last_key(rows: Rows, reader: RowReader) -> None:
    before, found = reader.extents(), Snapshot()
    rows.put("channel", 5)
    rows.put("form", 40)
    rows.put("form", 5)  # below the last

    reader.made_since(before, reader.extents(), found)

    assert keys(found) == {"channel": {5}, "form": {40}}


def test_rows_have_the_schemas_values(reader: RowReader) -> None:
    found = reader.rows("event", {1, 99})

    assert list(found) == [1]
    assert (found[1]["id"], found[1]["resource_id"]) == (1, "hd_1")
    assert reader.rows("no_such_table", {1}) == {}
    assert reader.rows("event", set()) == {}


def test_unknown_are_the_tables_and_columns_that_the_database_lacks(reader: RowReader) -> None:
    unknown = reader.unknown

    assert "group_buy_event.id" in unknown
    assert "form_data.event_order_id" in unknown
    assert not {"event.id", "event_session.event_id", "worker.id"} & set(unknown)
    assert unknown == sorted(set(unknown))


def test_nothing_is_unknown_where_every_table_is(tmp_path: Path) -> None:
    rules = replace(row_rules(), families=row_rules().families[-1:])
    with opened_database(rows_file(tmp_path, "worker").url) as database:
        assert RowReader(database, rules, alone=True).unknown == []


@pytest.fixture
def shared(on_mariadb: Scratch) -> Rows:
    """The sessions can be searched by their event, the orders not."""
    made = Rows(on_mariadb.url)
    made.make("event", "event_session", "event_order")
    made.execute("ALTER TABLE event_session ADD KEY (event_id)")
    made.put("event", 1)
    made.put("event_session", 11, event_id=1)
    made.put("event_order", 21, event_id=1)
    return made


def test_link_without_an_index_is_not_followed_where_others_write(shared: Rows) -> None:
    with opened_database(shared.url) as database:
        reader = RowReader(database, row_rules(), alone=False)

        assert keys(family(reader, "event", "id", 1)) == {"event": {1}, "event_session": {11}}
        assert keys(family(reader, "event_order", "event_id", 1)) == {}
        assert "event_order.event_id" in reader.unknown
        assert "event_session.event_id" not in reader.unknown


def test_every_link_is_followed_where_nobody_else_writes(shared: Rows) -> None:
    with opened_database(shared.url) as database:
        reader = RowReader(database, row_rules(), alone=True)

        assert keys(family(reader, "event", "id", 1))["event_order"] == {21}
        assert "event_order.event_id" not in reader.unknown
