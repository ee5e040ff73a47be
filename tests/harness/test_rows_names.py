"""What `data/rows.yaml` names is there: every call that writes, every table, column and field."""

from collections.abc import Iterator

from harness.rows.shown import wire_columns
from tests.harness.audited import schema_of
from tests.harness.calls.table import CALLS
from tests.harness.drifting import TABLES
from tests.harness.projects import PROJECT
from tests.harness.watched import row_rules

ANSWERS = PROJECT / "schemas" / "answers"
METHODS = {wire.call: wire.method for _, wire in CALLS.values()}
"""By the name of each call of the clients."""


def is_column(table: str, column: str) -> bool:
    """Whether the documents, where they know the table's columns, have it."""
    schema = schema_of(table)
    return schema["x-knowledge"] != "documented" or column in schema["properties"]


def fields_of(table: str) -> set[str]:
    return set(wire_columns(table))


def named_columns() -> Iterator[tuple[str, str]]:
    rules = row_rules()
    for family in rules.families:
        for link in family.links:
            yield from ((link.table, link.column), (link.parent, link.parent_column))
    for effects in rules.calls.values():
        yield from ((about.table, about.column) for about in effects.about)
        yield from ((table, name) for table, names in effects.changes.items() for name in names.names)
    yield from ((table, name) for table, names in rules.computed.items() for name in names)


def named_tables() -> set[str]:
    rules = row_rules()
    found = {*rules.reference, *(table for family in rules.families for table in family.tables)}
    found |= {one.table for places in rules.shown.values() for one in places}
    for effects in rules.calls.values():
        found |= {*effects.makes, *effects.changes, *effects.removes, *effects.says}
    return found | {table for table, _ in named_columns()}


def test_each_call_that_is_no_get_is_known_to_write_or_to_read() -> None:
    rules = row_rules()
    known = rules.calls.keys() | rules.reads

    writing = {name for name, method in METHODS.items() if method != "GET"}

    assert {name for name in writing - known if not name.startswith("sandbox.")} == set()


def test_each_entry_is_a_call_that_there_is() -> None:
    rules = row_rules()
    named = rules.calls.keys() | rules.reads | rules.shown.keys()

    assert named - METHODS.keys() == set()
    assert named - {path.stem for path in ANSWERS.glob("*.json")} == set()


def test_no_call_both_reads_and_writes() -> None:
    rules = row_rules()

    assert rules.calls.keys() & rules.reads == set()
    assert {METHODS[name] for name in rules.reads} == {"POST"}


def test_each_table_is_one_of_the_documents() -> None:
    assert named_tables() - {path.stem for path in TABLES.glob("*.json")} == set()


def test_each_column_is_one_of_its_table() -> None:
    wrong = {f"{table}.{column}" for table, column in named_columns() if not is_column(table, column)}

    assert wrong == set()


def test_each_field_that_is_said_is_one_of_the_wire() -> None:
    said = [(table, names) for effects in row_rules().calls.values() for table, names in effects.says.items()]

    assert {f"{table}.{name}" for table, names in said for name in names.names - fields_of(table)} <= {
        "event.status",
        "group_buy_event.status",
    }


def test_no_reference_table_is_changed_by_a_call() -> None:
    rules = row_rules()
    touched = {table for effects in rules.calls.values() for table in (*effects.makes, *effects.changes)}

    assert touched & set(rules.reference) == set()
