"""What an audit cannot do is one line on stderr with exit code 2, without a secret."""

import io
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from rich.console import Console

from schemas.audit import progress
from schemas.audit.auditing import Audit
from tests.harness.audited import Audited, Outcome, audit, audit_as_text
from tests.harness.projects import PROJECT
from tests.harness.stub_platform import closed_port

Capture = pytest.CaptureFixture[str]
SECRET = "pa55canary"


def refused(outcome: Outcome) -> str:
    """The one line."""
    assert (outcome.code, outcome.out, outcome.error.count("\n")) == (2, "", 1)
    assert SECRET not in outcome.error
    return outcome.error


@pytest.fixture
def member(tmp_path: Path) -> Audited:
    """A SQLite file with one right member."""
    (tmp_path / "rows.sqlite").touch()
    made = Audited(f"sqlite:///{(tmp_path / 'rows.sqlite').as_posix()}")
    made.make("member", {})
    return made


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"nosuch://root:{SECRET}@127.0.0.1/rows", "not a database URL that can be used"),
        (f"mysql+pymysql://root:{SECRET}@nowhere.invalid/rows", "Can't connect"),
        (f"mysql+pymysql://root:{SECRET}@127.0.0.1:x/rows", "its port is not a number"),
        ("sqlite:////nowhere/rows.sqlite", "there is no folder /nowhere"),
        (f"sqlite:///{PROJECT.as_posix()}/nowhere.sqlite", "there is no such file"),
        (f"sqlite:///{PROJECT.as_posix()}/README.md", "file is not a database"),
        (SECRET, "not a database URL that can be used"),
    ],
)
def test_url_that_cannot_be_used(capsys: Capture, url: str, reason: str) -> None:
    assert reason in refused(audit_as_text(capsys, url))


def test_server_that_is_down(capsys: Capture) -> None:
    with closed_port() as closed:
        url = f"mysql+pymysql://root:{SECRET}@127.0.0.1:{urlsplit(closed).port}/rows"

        assert "Can't connect" in refused(audit_as_text(capsys, url))


@pytest.mark.parametrize("audited", ["mariadb"], indirect=True)
def test_wrong_password(capsys: Capture, audited: Audited) -> None:
    address = urlsplit(audited.url)
    url = f"mysql+pymysql://nobody:{SECRET}@{address.hostname}:{address.port}{address.path}"

    assert "Access denied" in refused(audit_as_text(capsys, url))


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("membre", "no document has a table 'membre'; did you mean member"),
        ("%s'\"`;", "no document has a table"),
        ("worker", "there is no table 'worker'"),
    ],
)
def test_table_that_is_not_there(capsys: Capture, member: Audited, table: str, reason: str) -> None:
    assert reason in refused(audit_as_text(capsys, member.url, f"--table={table}"))


def test_table_of_which_nothing_is_known(capsys: Capture, member: Audited) -> None:
    member.execute("CREATE TABLE task (id INT)")

    said = refused(audit_as_text(capsys, member.url, "--table=task"))

    assert "nothing to audit: the documents know no columns of task" in said


def test_database_without_a_documented_table(capsys: Capture, member: Audited) -> None:
    member.execute("DROP TABLE member")

    assert "nothing to audit: the database has no table" in refused(audit_as_text(capsys, member.url))


@pytest.mark.parametrize("option", ["--sample", "--limit-per-table", "--batch"])
@pytest.mark.parametrize("number", ["0", "-1", "many", "1.5", "²", ""])
def test_number_that_is_none(capsys: Capture, member: Audited, option: str, number: str) -> None:
    said = refused(audit_as_text(capsys, member.url, f"{option}={number}"))

    assert f"argument {option}: '{number}' is not a whole number from 1" in said


def test_state_that_cannot_be_written(capsys: Capture, member: Audited, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "state.json"

    assert f"{nowhere}: cannot be written" in refused(audit(capsys, member, f"--resume={nowhere}"))


def test_only_the_tables_asked_for_are_read(capsys: Capture, member: Audited) -> None:
    member.make("worker", {"deleted": 7})

    outcome = audit(capsys, member, "--table=member")

    assert (outcome.code, outcome.of("member")["rows"]) == (0, 1)


def test_reader_that_leaves_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], member: Audited
) -> None:
    def left(_audit: Any) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(Audit, "run", left)

    outcome = audit_as_text(capfd, member.url)

    assert (outcome.code, outcome.error) == (2, "")


def test_no_bar_where_stderr_is_no_terminal(capsys: Capture, member: Audited) -> None:
    assert audit(capsys, member).error == ""


def test_bar_on_a_terminal_is_on_stderr_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, member: Audited
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "Console", lambda **_: Console(file=terminal, force_terminal=True))

    outcome = audit(capsys, member)

    assert outcome.of("member")["rows"] == 1
    assert "member" in terminal.getvalue()
