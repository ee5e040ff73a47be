"""Reports in three forms, and what a hostile name does to them: nothing."""

import json
from xml.etree import ElementTree as ET

import pytest

from harness.showing import printable, quoted, readable_json, shown_name, shown_words
from schemas.drift.__main__ import OF_SQLITE
from schemas.drift.ratings import RATINGS, Kind
from tests.harness.drifting import Drift, Said, Scratch
from tests.harness.drifting import quoted as in_sql

HOSTILE = [
    "a`b",
    'a"b',
    "a'b; DROP TABLE event; --",
    "a\nb\r\nc\tb",
    "100%s %% %(name)s %",
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b31m\x7f\x00"[:-1],
    "\u202eevitcefni\u2066",
    "::error::owned",
    "<![CDATA[x]]> & <failure/>",
    "[red]a[/red] {0} \\ \\n",
    "活动🎉"[:2],
]


def cases(said: Said) -> dict[str, ET.Element]:
    root = ET.fromstring(said.out)  # noqa: S314 - written by the command itself
    return {case.attrib["name"]: case for case in root.iter("testcase")}


def test_text_is_grouped_by_table_and_ends_with_the_counts(drift: Drift, on_sqlite: Scratch) -> None:
    on_sqlite.make("channel", {"more": "int", "name": None})
    on_sqlite.make("store", {"tel": "bigint"})

    said = drift(on_sqlite.url, "--table=channel", "--table=store")

    assert said.out.splitlines() == [
        "channel",
        "  breaking  name: missing column: documented varchar, not found",
        "  additive  more: extra column: not documented, found INT",
        "",
        "store",
        "  breaking  tel: type: documented varchar, found bigint",
        "",
        OF_SQLITE,
        on_sqlite.url,
        "tables compared: 2, breaking: 2, additive: 1",
        "  missing column: 1",
        "  extra column: 1",
        "  type: 1",
    ]


def test_junit_has_a_case_for_each_table_and_one_failure_with_a_line_each(
    drift: Drift, on_sqlite: Scratch
) -> None:
    on_sqlite.make("channel", {"more": "int", "name": None, "id": "int NOT NULL"})
    on_sqlite.make("form", {"more": "int"})
    on_sqlite.make("event")

    said = drift(on_sqlite.url, "--format=junit", "--table=channel", "--table=form", "--table=event")

    found = cases(said)
    (failure,) = found["channel"].iter("failure")
    assert failure.text is not None
    assert failure.text.splitlines() == [
        "id: type: documented bigint, found INT",
        "name: missing column: documented varchar, not found",
    ]
    assert failure.attrib["message"] == "id: type: documented bigint, found INT (and 1 more)"
    assert found["channel"].findtext("system-out") == "more: extra column: not documented, found INT"
    assert [child.tag for child in found["form"]] == ["system-out"]
    assert list(found["event"]) == []


@pytest.mark.parametrize(("arguments", "failures"), [([], "1"), (["--strict"], "2")])
def test_junit_counts_what_fails(
    drift: Drift, on_sqlite: Scratch, arguments: list[str], failures: str
) -> None:
    on_sqlite.make("channel", {"name": None})
    on_sqlite.make("form", {"more": "int"})

    said = drift(on_sqlite.url, "--format=junit", "--table=channel", "--table=form", *arguments)

    (suite,) = ET.fromstring(said.out)  # noqa: S314 - written by the command itself
    counts = {name: suite.attrib[name] for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "2", "failures": failures, "errors": "0", "skipped": "0"}
    assert len(list(suite.iter("failure"))) == int(failures)


def test_json_tells_the_same_as_the_text(drift: Drift, scratch: Scratch) -> None:
    scratch.make("channel", {"name": None})

    text, found = drift(scratch.url), drift.json(scratch.url)

    counts = found.report["counts"]
    assert f"tables compared: 114, breaking: {counts['breaking']}, additive: {counts['additive']}" in text.out
    assert len(found.differences) == sum(counts.values())
    assert found.report["notes"] == [note for note in found.report["notes"] if note in text.out.splitlines()]


def test_password_is_in_no_report(drift: Drift, on_mariadb: Scratch) -> None:
    on_mariadb.execute("CREATE TABLE mine (id int)")
    url = on_mariadb.url.replace("root@", "root:@") + "?charset=utf8mb4"

    said = drift.json(url, "--table=mine")

    assert said.code == 0
    assert "root" not in said.report["database"]


@pytest.mark.parametrize("form", ["text", "json", "junit"])
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_shown_and_do_nothing(drift: Drift, scratch: Scratch, name: str, form: str) -> None:
    quote = '"' if scratch.is_sqlite else "`"
    scratch.execute(f"CREATE TABLE {in_sql(name, quote)} ({in_sql(name, quote)} int)")
    scratch.make("channel", {name: "int"})

    said = drift(scratch.url, "--format", form, f"--table={name}", "--table=channel")

    assert (said.code, said.err) == (0, "")
    assert all(one.isprintable() or one == "\n" for one in said.out)
    if form == "json":
        assert {one["table"] for one in said.differences} == {name, "channel"}
        assert {one["column"] for one in said.differences} == {name, None}
    elif form == "junit":
        assert set(cases(said)) == {shown_name(name), "channel"}
    else:
        assert shown_name(name) in said.out.splitlines()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("event_order", "event_order"),
        ("活动", "活动"),
        ("a b", '"a b"'),
        ("", '""'),
        ('a"\\', r'"a\"\\"'),
        ("a\n\x1b\u202e", r'"a\n\x1b\u202e"'),
        ("x" * 81, "x" * 81),
        ("x " * 41, f'"{"x " * 40}…"'),
    ],
)
def test_name_is_quoted_where_it_is_not_plain(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_text_is_shown_on_one_line_and_cut() -> None:
    assert printable("活动\r\x7f\ud800") == r"活动\r\x7f\ud800"
    assert quoted("y" * 99) == f'"{"y" * 80}…"'
    assert shown_words("y" * 999) == f"{'y' * 320}…"


@pytest.mark.parametrize("text", ["活动 🎉", "\x1b\x7f\x9b\u202e\n\t", "\U000e0001", '"\\'])
def test_json_is_readable_and_reads_back(text: str) -> None:
    written = readable_json({text: [text]})

    assert json.loads(written) == {text: [text]}
    assert all(one.isprintable() or one == "\n" for one in written)


def test_every_kind_is_rated() -> None:
    assert list(RATINGS) == list(Kind)
