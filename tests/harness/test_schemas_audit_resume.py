"""An audit that was cut off goes on: its report is that of one that was not, and its file holds no secret."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event

from schemas.audit import state as state_module
from tests.harness.audited import CANARY, Audited, Outcome, audit, audit_as_text

Capture = pytest.CaptureFixture[str]
CUT = 8  # the statement at which it happens


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "state.json"


@pytest.fixture(autouse=True)
def written_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state_module, "SECONDS_BETWEEN_WRITES", 0.0)


@pytest.fixture
def filled(audited: Audited) -> Audited:
    wrong = {"source": "OTHER", "mobile": f"{CANARY}{'9' * 90}"}
    audited.make("dab_role", *[{"deleted": n % 2 * 7} for n in range(4)])
    audited.make("member", *[wrong if n % 4 == 0 else {} for n in range(30)])
    audited.make("worker", {"mobile": f"{CANARY}{'9' * 90}"})
    return audited


@contextmanager
def cut_off(how: Any) -> Iterator[None]:
    """Something happens at a statement that reads rows."""
    seen: list[str] = []

    def note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement) if " LIMIT 3" in statement else None
        if len(seen) == CUT:
            seen.append("done")
            how(connection)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(seen) >= CUT


def interrupt(_connection: Any) -> None:
    raise KeyboardInterrupt


def interrupted(capsys: Capture, audited: Audited, *options: str) -> Outcome:
    with cut_off(interrupt):
        return audit(capsys, audited, "--batch=3", *options)


def test_resumed_report_is_that_of_an_uninterrupted_audit(
    capsys: Capture, filled: Audited, kept: Path
) -> None:
    whole = audit(capsys, filled, "--batch=3")

    cut = interrupted(capsys, filled, f"--resume={kept}")
    resumed = audit(capsys, filled, "--batch=3", f"--resume={kept}")

    assert cut.code == 130
    assert len(cut.records) < len(whole.records)
    assert (resumed.code, resumed.records) == (whole.code, whole.records)
    assert not kept.exists()


def test_resumed_audit_reads_on_from_the_last_key(capsys: Capture, filled: Audited, kept: Path) -> None:
    interrupted(capsys, filled, f"--resume={kept}")
    filled.execute("DELETE FROM member WHERE id <= 60")  # they have been read

    outcome = audit(capsys, filled, f"--resume={kept}")

    assert outcome.of("member")["rows"] == 30
    assert {"id": 10} in [one["key"] for one in outcome.violations]


def test_file_has_the_last_rows_though_it_is_not_written_each_time(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture, filled: Audited, kept: Path
) -> None:
    monkeypatch.setattr(state_module, "SECONDS_BETWEEN_WRITES", 3600.0)

    interrupted(capsys, filled, f"--resume={kept}")

    assert json.loads(kept.read_bytes())["tables"]["member"]["rows"] == 15


def test_interrupted_audit_ends_with_the_summary_so_far(capsys: Capture, filled: Audited) -> None:
    with cut_off(interrupt):
        outcome = audit_as_text(capsys, filled.url, "--batch=3")

    assert outcome.code == 130
    assert any(line.startswith("member ") and line.endswith("not finished") for line in outcome.lines)
    assert "interrupted, 3 tables were to be read" in outcome.out
    assert outcome.error == ""


@pytest.mark.parametrize("audited", ["mariadb"], indirect=True)
def test_killed_connection_is_one_line_and_the_file_is_good(
    capsys: Capture, filled: Audited, kept: Path
) -> None:
    whole = audit(capsys, filled, "--batch=3")

    def kill(connection: Any) -> None:
        other = create_engine(filled.url)
        with other.connect() as killer:
            killer.exec_driver_sql(f"KILL CONNECTION {connection.connection.dbapi_connection.thread_id()}")
        other.dispose()

    with cut_off(kill):
        cut = audit(capsys, filled, "--batch=3", f"--resume={kept}")
    resumed = audit(capsys, filled, "--batch=3", f"--resume={kept}")

    assert (cut.code, cut.error.count("\n")) == (2, 1)
    assert "Lost connection" in cut.error
    assert resumed.records == whole.records


def test_file_holds_no_secret(capsys: Capture, filled: Audited, kept: Path) -> None:
    interrupted(capsys, filled, f"--resume={kept}")

    text = kept.read_text(encoding="utf-8")
    shown = json.loads(text)["tables"]["member"]["shown"]
    assert [one["value"] for one in shown[:2]] == ["***", "OTHER"]
    assert CANARY not in text
    assert "root@" not in text


def test_key_that_is_a_secret_is_not_written(capsys: Capture, audited: Audited, kept: Path) -> None:
    keys = [{"mobile": f"139000000{n:02}", "deleted": 7} for n in range(30)]
    without_rowid = ") WITHOUT ROWID -- " if audited.is_sqlite else ""
    audited.make("worker", *keys, key=f"PRIMARY KEY (mobile){without_rowid}", mobile="CHAR(11) NOT NULL")
    whole = audit(capsys, audited)

    interrupted(capsys, audited, f"--resume={kept}")
    text = kept.read_text(encoding="utf-8")

    assert "139000000" not in text
    assert audit(capsys, audited, f"--resume={kept}").records == whole.records


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--limit-per-table=9"], "limit-per-table: 100, now 9"),
        (["--sample=5"], "sample: None, now 5"),
        (["--seed=5"], "seed: 0, now 5"),
        (["--table=member"], "tables: dab_role, member, worker, now member"),
    ],
)
def test_file_of_other_options_is_refused(
    capsys: Capture, filled: Audited, kept: Path, options: list[str], what: str
) -> None:
    interrupted(capsys, filled, f"--resume={kept}")
    before = kept.read_bytes()

    outcome = audit(capsys, filled, f"--resume={kept}", *options)

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.error.startswith(f"{kept}: the state of another audit ({what});")
    assert outcome.error.count("\n") == 1
    assert kept.read_bytes() == before


def test_file_is_refused_after_a_table_has_changed(capsys: Capture, filled: Audited, kept: Path) -> None:
    interrupted(capsys, filled, f"--resume={kept}")
    filled.execute("ALTER TABLE member ADD COLUMN own INT")

    assert "columns and schemas" in audit(capsys, filled, f"--resume={kept}").error


def test_file_of_another_database_is_refused(
    capsys: Capture, filled: Audited, kept: Path, tmp_path: Path
) -> None:
    interrupted(capsys, filled, f"--resume={kept}")
    (tmp_path / "other.sqlite").touch()
    other = Audited(f"sqlite:///{(tmp_path / 'other.sqlite').as_posix()}")
    for table in ("dab_role", "member", "worker"):
        other.make(table)

    assert "the state of another audit (database: " in audit(capsys, other, f"--resume={kept}").error


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"of": {}, "tables": []}', '{"of": 1, "tables": {"a": 1}}', "\xff"]
)
def test_file_that_is_no_state_is_refused(
    capsys: Capture, audited: Audited, kept: Path, content: str
) -> None:
    audited.make("member", {})
    kept.write_text(content, encoding="latin-1")

    outcome = audit(capsys, audited, f"--resume={kept}")

    assert outcome.code == 2
    assert "state of an" in outcome.error
    assert kept.read_text(encoding="latin-1") == content
