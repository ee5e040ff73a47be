"""How tables are read: by short statements beyond the last key, whatever the key; and samples of them."""

import re

import pytest

from harness.database import opened_database
from schemas.audit.pages import HEAVY_PART, PART, Pages
from schemas.audit.plan import make_plan
from tests.harness.audited import Audited, audit, audit_as_text, watched_statements

Capture = pytest.CaptureFixture[str]
LINK = "role_id BIGINT NOT NULL, privilege_int BIGINT NOT NULL"
ROLES = "dab_privilege_role_map"
LETTERED = "id BIGINT, code VARCHAR(9) NOT NULL, name VARCHAR(300), type VARCHAR(300)"


def link(audited: Audited, key: str, *pairs: tuple[int, int]) -> None:
    """A table of two columns that the documents know."""
    audited.execute(f"CREATE TABLE {ROLES} ({LINK}{key})")
    audited.execute(f"INSERT INTO {ROLES} VALUES (?, ?)", *pairs)  # noqa: S608 - ours


def ids(audited: Audited, *, sample: int | None = None, seed: int = 0, batch: int = 10) -> list[int]:
    """The ids that are read of members, in their order."""
    with opened_database(audited.url, as_texts=True) as database:
        (table,) = make_plan(database, ["member"]).tables
        pages = Pages(database, table, batch)
        parts = pages.whole() if sample is None else pages.sample(sample, seed)
        return [row[0] for part in parts for row in part.rows]


def test_each_statement_reads_a_batch_beyond_the_last_key(audited: Audited) -> None:
    audited.make("member", *[{}] * 25)

    with watched_statements(audited.url) as statements:
        read = ids(audited)

    selects = [one for one in statements if "member" in one]
    assert read == [10 * n for n in range(1, 26)]
    assert [re.sub(".* LIMIT", "LIMIT", one) for one in selects] == ["LIMIT 10"] * 3
    assert [" > " in one for one in selects] == [False, True, True]
    assert not any(" OFFSET " in one or "FOR UPDATE" in one for one in selects)


@pytest.mark.parametrize(("name", "most"), [("member", PART), ("event", HEAVY_PART)])
def test_parts_in_memory_are_bounded(audited: Audited, name: str, most: int) -> None:
    audited.make(name, *[{}] * (2 * most + 1))

    with opened_database(audited.url, as_texts=True) as database:
        (table,) = make_plan(database, [name]).tables
        sizes = [len(part.rows) for part in Pages(database, table, 10**6).whole()]

    assert sizes == [most, most, 1]


def test_session_can_only_read(audited: Audited) -> None:
    audited.make("member", {})

    with (
        opened_database(audited.url, as_texts=True) as database,
        pytest.raises(Exception, match=r"(?i)read.?only"),
    ):
        list(database.stream("DELETE FROM member"))


def test_endless_read_is_left_without_its_rest(audited: Audited) -> None:
    numbers = (
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 900) "
        "SELECT a.i FROM n a, n b"
    )

    with opened_database(audited.url) as database:
        read = database.stream(numbers, batch=10, is_endless=True)
        next(read)
        read.close()

        assert database.connection.invalidated


def test_name_with_a_percent_sign_is_read_by_values_too(audited: Audited) -> None:
    name = 'a%b%%s`"'
    audited.execute(f"CREATE TABLE odd ({audited.quoted(name)} INT)")
    audited.execute("INSERT INTO odd VALUES (?)", (7,), (8,))

    with opened_database(audited.url) as database:
        assert database.rows("odd", name, [7], limit=5, order_by=name) == [{name: 7}]


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
@pytest.mark.parametrize("key", [", PRIMARY KEY (role_id, privilege_int)", ""], ids=["composite", "none"])
def test_table_of_any_key_is_read_whole(capsys: Capture, audited: Audited, key: str, batch: int) -> None:
    pairs = [(n % 3, n) for n in range(7)]
    link(audited, key, *pairs, (9, 2**62))

    outcome = audit(capsys, audited, f"--batch={batch}")

    assert (outcome.code, outcome.of(ROLES)["rows"]) == (0, 8)


def test_unique_columns_without_null_are_a_key(capsys: Capture, audited: Audited) -> None:
    link(audited, ", UNIQUE (role_id)", (1, 1), (2, 2), (3, 3))

    with watched_statements(audited.url) as statements:
        rows = audit(capsys, audited, "--batch=1").of(ROLES)["rows"]

    assert rows == 3
    assert len([one for one in statements if "LIMIT 1" in one]) == 4


def test_table_without_a_key_is_said_and_its_rows_are_numbered(capsys: Capture, audited: Audited) -> None:
    audited.execute(f"CREATE TABLE {ROLES} (role_id BIGINT, privilege_int VARCHAR(9))")
    audited.execute(f"INSERT INTO {ROLES} VALUES (?, ?)", (1, "a"), (2, "b"))  # noqa: S608 - ours

    outcome = audit(capsys, audited)

    name = "rowid" if audited.is_sqlite else "row"
    assert [one["key"] for one in outcome.violations] == [{name: 1}, {name: 2}]
    assert outcome.of(ROLES)["read"] == ("" if audited.is_sqlite else "one long read: it has no key")


def test_nulls_in_a_key_of_sqlite_hide_no_row(capsys: Capture, audited: Audited) -> None:
    key = "PRIMARY KEY (name)" if audited.is_sqlite else ""
    audited.make("store", *[{"name": None}] * 5, {"name": "x"}, key=key)

    assert audit(capsys, audited, "--batch=2").of("store")["rows"] == 6


@pytest.mark.parametrize("rows", [1, 7, 24, 25, 26, 100])
def test_sample_has_so_many_rows_once_each(audited: Audited, rows: int) -> None:
    audited.make("member", *[{}] * 25)

    read = ids(audited, sample=rows)

    assert len(read) == len(set(read)) == min(rows, 25)


def test_sample_is_spread_and_the_same_for_a_seed(audited: Audited) -> None:
    audited.make("member", *[{}] * 200)

    read, again, other = (ids(audited, sample=20, seed=seed) for seed in (1, 1, 2))

    assert read == again != other
    assert [sum(low < one <= low + 500 for one in read) for low in range(0, 2000, 500)] == pytest.approx(
        [5] * 4, abs=2
    )


def test_sample_reads_no_more_than_it_takes(audited: Audited) -> None:
    audited.make("member", *[{}] * 200)

    with watched_statements(audited.url) as statements:
        ids(audited, sample=20)

    limits = [int(found[1]) for one in statements if (found := re.search(r"LIMIT (\d+)$", one))]
    assert limits == [1] * 20


def test_sample_of_scarce_keys_is_filled_from_the_gaps(audited: Audited) -> None:
    kind = "INTEGER" if audited.is_sqlite else "BIGINT"  # SQLite's rowid
    audited.make("member", *[{"id": n} for n in range(1, 31)], {"id": 2**60}, id=kind)

    read = ids(audited, sample=20)

    assert len(set(read)) == 20
    assert 2**60 in read


def test_sample_of_a_key_that_is_no_number_is_its_first_rows(capsys: Capture, audited: Audited) -> None:
    key = "PRIMARY KEY (name)) WITHOUT ROWID -- " if audited.is_sqlite else "PRIMARY KEY (name)"
    kind = "VARCHAR(9) NOT NULL"
    audited.make("store", *[{"name": f"n{9 - n}", "tel": 1} for n in range(9)], key=key, name=kind)

    with watched_statements(audited.url) as statements:
        text = audit_as_text(capsys, audited.url, "--sample=3", "--batch=2")

    assert text.out.count("its first rows: its key is no number") == 1
    assert "3 rows" in text.out
    assert len([one for one in statements if "LIMIT 2" in one]) == 2


def test_sample_of_a_table_without_a_key_reads_no_more(capsys: Capture, audited: Audited) -> None:
    link(audited, "", *[(n, n) for n in range(9)])

    with watched_statements(audited.url) as statements:
        rows = audit(capsys, audited, "--sample=4").of(ROLES)["rows"]

    assert rows == 4
    assert all(
        "LIMIT" in one for one in statements if f"FROM {audited.quoted(ROLES)}" in one and "MIN(" not in one
    )


def test_sample_of_an_empty_table_is_empty(capsys: Capture, audited: Audited) -> None:
    audited.make("member")

    assert audit(capsys, audited, "--sample=4").of("member")["rows"] == 0
