"""What an audit tells of rows: each violation with its table, key, column, value and reason, and no secret.

On SQLite and on MariaDB, which is left out where there is none (or fails, with --require-services).
"""

from pathlib import Path
from typing import Any

import pytest

from tests.harness.audited import CANARY, Audited, audit, audit_as_text

Capture = pytest.CaptureFixture[str]
VIOLATIONS = {
    "enumeration": ("member", "source", "OTHER", "is not one of ['SELF', 'THIRD', None]"),
    "number below": ("event", "published", -1, "is less than the minimum of 0"),
    "number above": ("event", "order_no", 2**31, "is greater than the maximum of 2147483647"),
    "length in code points": ("member", "sex", "🎉" * 46, "is too long"),
    "null": ("one_yuan_products", "product_name", None, "is not of type 'string'"),
    "pattern": ("one_yuan_products", "dis_price", "8.", r"does not match '^-?[0-9]{1,14}(\\.[0-9]{1,6})?$'"),
    "line break behind a pattern": (
        "one_yuan_products",
        "dis_price",
        "8.99\n",
        r"does not match '^-?[0-9]{1,14}(\\.[0-9]{1,6})?$'",
    ),
}


def test_right_rows_are_clean(capsys: Capture, audited: Audited) -> None:
    audited.make("event", {}, {"name": None, "end_time": None}, {"name": "🎉" * 100, "order_no": 2**31 - 1})

    outcome = audit(capsys, audited)

    assert (outcome.code, outcome.violations) == (0, [])
    assert outcome.of("event")["rows"] == 3


@pytest.mark.parametrize(("table", "column", "value", "reason"), VIOLATIONS.values(), ids=VIOLATIONS)
def test_violation_is_told_with_its_place_value_and_reason(
    capsys: Capture, audited: Audited, table: str, column: str, value: Any, reason: str
) -> None:
    audited.make(table, {}, {column: value}, {})

    outcome = audit(capsys, audited)

    assert outcome.code == 1
    assert outcome.violations == [
        {"table": table, "key": {"id": 20}, "column": column, "value": value, "reason": reason}
    ]
    assert outcome.of(table)["violations"] == 1


def test_text_in_place_of_a_number_is_told(capsys: Capture, audited: Audited) -> None:
    audited.make("event", {"published": "ja"}, published="VARCHAR(9)")

    (violation,) = [one for one in audit(capsys, audited).violations if "type" in one["reason"]]

    assert violation["value"] == "ja"
    assert violation["reason"] == "is not of type 'integer', 'null'"


def test_columns_lacking_and_beyond_are_told_once(capsys: Capture, audited: Audited) -> None:
    audited.make("member", {}, {}, left_out="growth", own="INT")

    outcome = audit(capsys, audited)

    assert [(one["key"], one["column"], one["reason"]) for one in outcome.violations] == [
        (None, "growth", "'growth' is a required property"),
        (None, "own", "Additional properties are not allowed ('own' was unexpected)"),
    ]


def test_partly_known_table_accepts_other_columns(capsys: Capture, audited: Audited) -> None:
    audited.make("store", {}, own="INT")

    assert audit(capsys, audited).code == 0


def test_hostile_column_name_is_quoted(capsys: Capture, audited: Audited) -> None:
    audited.make("store", {"name": 1}, {"tel": "x" * 200}, **{'a%b`"\n%%s;--': "INT"})

    assert audit(capsys, audited).of("store")["rows"] == 2


@pytest.mark.parametrize("audited", ["sqlite"], indirect=True)
def test_text_of_sqlite_that_is_not_utf_8_stops_nothing(capsys: Capture, audited: Audited) -> None:
    audited.make("member", {}, {})
    audited.execute("UPDATE member SET source = CAST(x'ff41' AS TEXT) WHERE id = 10")

    outcome = audit(capsys, audited)

    assert [one["value"] for one in outcome.violations] == ["\\xffA"]
    assert outcome.of("member")["rows"] == 2


def test_text_line_reads_as_a_sentence(capsys: Capture, audited: Audited) -> None:
    audited.make("member", {"source": "别\n处\x1b"})

    outcome = audit_as_text(capsys, audited.url)

    first, _, figures, total, *_ = outcome.lines
    assert first == """member id=10 source: "别\\n处\\u001b" is not one of ['SELF', 'THIRD', None]"""
    assert figures.split()[:3] == ["member", "1", "1"]
    assert total == "1 tables, 1 rows, 1 violations"


@pytest.mark.parametrize("hidden", ["\x9b2J", "\u202e", "\x7f"])
def test_nothing_of_a_value_reaches_the_terminal_as_a_command(
    capsys: Capture, audited: Audited, hidden: str
) -> None:
    audited.make("member", {"source": f"别处{hidden}"})

    outcome = audit_as_text(capsys, audited.url)

    assert all(line.isprintable() for line in outcome.lines)
    assert "别处\\u00" in outcome.lines[0] or "别处\\u20" in outcome.lines[0]


def test_name_in_a_text_line_is_quoted_where_it_is_odd(capsys: Capture, audited: Audited) -> None:
    audited.make("member", {}, **{"a\nb": "INT"})

    assert audit_as_text(capsys, audited.url).lines[0].startswith('member "a\\nb": Additional properties')


def test_secret_by_its_column_is_in_no_output(capsys: Capture, audited: Audited, tmp_path: Path) -> None:
    spelled = " ".join(CANARY)  # no longer looks like a mobile
    audited.make("member", {"mobile": f"{spelled}{'9' * 46}", "source": "OTHER"})
    state = tmp_path / "state.json"
    audited.make("worker", {"mobile": f"{spelled}{'9' * 99}"})

    outcome = audit(capsys, audited, f"--resume={state}")
    text = audit_as_text(capsys, audited.url).out

    found = next(one for one in outcome.violations if one["column"] == "mobile")
    assert (found["value"], found["reason"]) == ("***", "is too long")
    assert spelled not in outcome.out + outcome.error + text


def test_secret_by_its_look_is_in_no_output(capsys: Capture, audited: Audited) -> None:
    audited.make("member", {"sex": f"打 {CANARY} 找我{'长' * 46}"}, {"source": CANARY})

    outcome = audit(capsys, audited)

    assert [one["value"] for one in outcome.violations] == [f"打 *** 找我{'长' * 46}", "***"]
    assert CANARY not in outcome.out + outcome.error + audit_as_text(capsys, audited.url).out


def test_key_is_redacted_too(capsys: Capture, audited: Audited) -> None:
    audited.make(
        "worker",
        {"mobile": "秘密", "id": 1 << 40, "deleted": 5},
        key="PRIMARY KEY (mobile)",
        mobile="CHAR(9)",
    )

    (violation,) = audit(capsys, audited).violations

    assert violation["key"] == {"mobile": "***"}


def test_violations_beyond_the_limit_are_counted(capsys: Capture, audited: Audited) -> None:
    audited.make("member", *[{"source": "OTHER"}] * 7)

    outcome = audit(capsys, audited, "--limit-per-table=3")

    assert [one["key"]["id"] for one in outcome.violations] == [10, 20, 30]
    assert outcome.of("member")["violations"] == 7
    assert "7 violations (4 not shown)" in audit_as_text(capsys, audited.url, "--limit-per-table=3").out


def test_tables_not_audited_are_said(capsys: Capture, audited: Audited) -> None:
    audited.make("member", {})
    audited.execute("CREATE TABLE task (id INT)")
    audited.execute("CREATE TABLE of_their_own (id INT)")

    lines = audit_as_text(capsys, audited.url).lines

    assert "skipped, their columns are in no document (1): task" in lines
    assert "in no document (1): of_their_own" in lines
    assert any(line.startswith("not in the database (43): article, ") for line in lines)
    assert "not in the database, and but named in the documents: 69 more" in lines
