"""`python -m schemas.drift`: databases as the documents have them, its options and its exit codes."""

import subprocess
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import URL

from harness.services import SQLITE
from tests.harness.drifting import COMMAND, Drift, Scratch
from tests.harness.projects import PROJECT

SANDBOX_ALONE = {"sandbox_mark", "message_outbox", "platform_order", "platform_parameter"}


def serve_and_stop(url: str) -> None:
    """Have a sandbox make its tables there, with its rows."""
    command = [*COMMAND[:2], "sandbox", "--port", "0", "--database", url]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603 - our own command
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://")
        process.terminate()


def test_database_made_of_the_schemas_shows_nothing(drift: Drift, scratch: Scratch) -> None:
    scratch.make_all()

    said = drift.json(scratch.url)

    assert said.differences == []
    assert (said.code, said.report["tables"]) == (0, 114)
    assert said.report["counts"] == {"breaking": 0, "additive": 0}


def test_sandbox_lacks_tables_and_differs_in_nothing_else_that_breaks(drift: Drift, scratch: Scratch) -> None:
    serve_and_stop(scratch.url)

    whole, present = drift.json(scratch.url), drift.json(scratch.url, "--present-only")

    breaking = Counter(one["kind"] for one in whole.differences if one["rating"] == "breaking")
    assert set(breaking) == {"missing table"}
    assert (whole.code, present.code) == (1, 0)
    assert {one["table"] for one in present.differences if one["kind"] == "extra table"} == SANDBOX_ALONE
    assert (
        f"{breaking['missing table']} documented tables are not there, and not compared"
        in (present.report["notes"])
    )


@pytest.mark.parametrize(
    ("changes", "arguments", "code"),
    [
        ({}, [], 0),
        ({"more": "int"}, [], 0),
        ({"more": "int"}, ["--strict"], 1),
        ({"fields": None}, [], 1),
        ({"fields": None}, ["--table", "channel"], 0),
    ],
)
def test_exit_code_is_that_of_the_worst(
    drift: Drift, on_sqlite: Scratch, changes: dict[str, str | None], arguments: list[str], code: int
) -> None:
    on_sqlite.make("channel")
    on_sqlite.make("form", changes)

    said = drift(on_sqlite.url, "--present-only", *arguments)

    assert (said.code, said.err) == (code, "")


def test_strict_rates_an_addition_breaking(drift: Drift, on_sqlite: Scratch) -> None:
    on_sqlite.make("channel", {"more": "int"})

    said = drift.json(on_sqlite.url, "--table=channel", "--strict")

    (difference,) = said.differences
    assert (difference["kind"], difference["rating"]) == ("extra column", "breaking")
    assert said.report["counts"] == {"breaking": 1, "additive": 0}


def test_tables_that_are_named_are_compared_alone(drift: Drift, on_sqlite: Scratch) -> None:
    said = drift.json(on_sqlite.url, "--table", "event", "--table=channel", "--table", "event")

    assert [one["table"] for one in said.differences] == ["channel", "event"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("evnt", "--table evnt: neither documented nor in the database; did you mean event, tenant?"),
        ("extr", "--table extr: neither documented nor in the database; did you mean extra?"),
        ("no\x1b[2Jsuch", '--table "no\\x1b[2Jsuch": neither documented nor in the database'),
    ],
)
def test_table_that_is_unknown_is_told_with_near_names(
    drift: Drift, on_sqlite: Scratch, name: str, told: str
) -> None:
    on_sqlite.execute("CREATE TABLE extra (id int)")

    said = drift(on_sqlite.url, "--table", name)

    assert (said.code, said.out, said.err) == (2, "", f"{told}\n")


def test_output_has_the_report_and_the_terminal_its_counts(
    drift: Drift, on_sqlite: Scratch, tmp_path: Path
) -> None:
    file = tmp_path / "report.txt"

    said, shown = drift(on_sqlite.url, "--output", file), drift(on_sqlite.url)

    assert said.code == 1
    assert said.out == f"tables compared: 114, breaking: 114, additive: 0; written to {file}\n"
    assert file.read_text(encoding="utf-8") == shown.out


def test_output_that_cannot_be_written_is_one_line(drift: Drift, on_sqlite: Scratch, tmp_path: Path) -> None:
    said = drift(on_sqlite.url, "--output", tmp_path / "no" / "report.txt")

    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert "report.txt: cannot be written: No such file" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("sqlite:///x", "--format", "xml"),
        ("sqlite:///x", "--nonsense"),
        ("sqlite:///x", "--learn=y", "--strict"),
    ],
)
def test_wrong_use_has_its_own_code(drift: Drift, arguments: tuple[str, ...]) -> None:
    said = drift(*arguments)

    assert said.code == 2
    assert said.err.startswith("usage: python -m schemas.drift")


def test_help_states_how_each_kind_is_rated(drift: Drift) -> None:
    said = drift("--help")

    assert "missing column         breaking  every row lacks" in said.out
    assert "longer                 additive  all documented lengths fit" in said.out


def test_file_of_any_name_is_read_and_nothing_is_made_beside_it(drift: Drift, tmp_path: Path) -> None:
    odd = Scratch(
        URL.create("sqlite", database=(tmp_path / "a#b%41?c d.sqlite").as_posix()).render_as_string()
    )
    odd.make("channel")
    before = list(tmp_path.iterdir())

    said = drift.json(odd.url, "--table=channel")

    assert (said.code, said.differences) == (0, [])
    assert list(tmp_path.iterdir()) == before


def test_sqlite_tells_what_it_cannot_compare(drift: Drift, scratch: Scratch) -> None:
    notes = drift.json(scratch.url).report["notes"]

    assert any("ON UPDATE and character sets" in note for note in notes) == scratch.url.startswith(SQLITE)
