"""What the doctor says of a platform's database and of its message queue."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.brokers import scratch_exchange
from harness.database import Database
from harness.doctor.databases import TABLES, _clock, _rights, database, messages
from harness.doctor.findings import Finding, State
from harness.run import Run
from tests.harness.doctored import SECRET, SIGN_IN, found, one, profile_of, states, subject_of
from tests.harness.drifting import Scratch
from tests.harness.stub_platform import closed_port

NAMES = sorted(path.stem for path in TABLES.glob("*.json"))


def file_with(folder: Path, tables: list[str]) -> str:
    path = folder / "rows.sqlite"
    with closing(sqlite3.connect(path)) as made:
        for table in tables:
            made.execute(f'CREATE TABLE "{table}" (id INTEGER)')
        made.commit()
    return f"sqlite:///{path.as_posix()}"


def examined(folder: Path, url: str | None) -> list[Finding]:
    environment = SIGN_IN if url is None else {**SIGN_IN, "DAB_ROWS": url}
    return found(database, profile_of(folder, environment, database={"url_env": "DAB_ROWS"}))


def test_database_with_all_tables_is_in_order(tmp_path: Path) -> None:
    findings = examined(tmp_path, file_with(tmp_path, NAMES))

    assert set(states(findings).values()) == {State.OK}
    assert one(findings, "tables").found == "all 114 are there, and can be read"
    assert "SQLite 3." in one(findings, "database").found


def test_tables_that_are_not_there_are_named(tmp_path: Path) -> None:
    finding = one(examined(tmp_path, file_with(tmp_path, NAMES[10:])), "tables")

    assert finding.state is State.WARN
    assert finding.found.startswith(f"104 of 114 can be seen; not: {NAMES[0]}, ")
    assert finding.found.endswith(f"{NAMES[7]} and 2 more")


def test_database_without_any_table_is_another_one(tmp_path: Path) -> None:
    assert one(examined(tmp_path, file_with(tmp_path, ["other"])), "tables").state is State.FAILED


def test_database_of_the_sandbox_may_have_fewer(tmp_path: Path) -> None:
    environment = {**SIGN_IN, "DAB_ROWS": file_with(tmp_path, NAMES[:3])}
    with subject_of(profile_of(tmp_path, environment, database={"url_env": "DAB_ROWS"})) as subject:
        subject.profile = replace(subject.profile, sandbox=True)
        finding = one(list(database(subject)), "tables")

    assert (finding.state, finding.found.partition(":")[0]) == (State.OK, "3 of 114")


def test_unknown_database_is_a_warning(tmp_path: Path) -> None:
    (only,) = examined(tmp_path, None)

    assert (only.state, only.mend) == (State.WARN, "[database] url_env, with a user that may only read")


@pytest.mark.parametrize(
    "url",
    [
        f"mysql+pymysql://root:{SECRET}@127.0.0.1:{{port}}/rows",
        f"nosuch://root:{SECRET}@127.0.0.1/rows",
        f"{SECRET}",
        "sqlite:////nowhere/rows.sqlite",
    ],
    ids=["down", "other kind", "no URL", "no file"],
)
def test_database_that_cannot_be_read_fails_without_its_password(url: str, tmp_path: Path) -> None:
    with closed_port() as place:
        (only,) = examined(tmp_path, url.format(port=place.rpartition(":")[2]))

    assert only.state is State.FAILED
    assert only.mend.startswith("check the URL in the variable of [database] url_env")
    assert SECRET not in str(only)


class Granted(Database):
    """A server that tells these grants and this clock."""

    def __init__(self, *grants: str, now: int = 0) -> None:
        self._grants = grants
        self._now = now

    @property
    def is_sqlite(self) -> bool:
        return False

    def now(self) -> int:
        return self._now

    def raw(self, statement: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        return [(grant,) for grant in self._grants]


USAGE = "GRANT USAGE ON *.* TO `reader`@`%` IDENTIFIED BY PASSWORD '*INSERT'"


@pytest.mark.parametrize(
    ("grant", "state"),
    [
        ("GRANT SELECT ON `marketing`.* TO `reader`@`%`", State.OK),
        ("GRANT SELECT, SHOW VIEW ON `delete`.* TO `reader`@`%`", State.OK),
        ("GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION", State.WARN),
        ("GRANT SELECT, INSERT ON `marketing`.* TO `reader`@`%`", State.WARN),
        ("GRANT SELECT, UPDATE (`name`) ON `marketing`.`events` TO `reader`@`%`", State.WARN),
        ("GRANT DROP ON `marketing`.* TO `reader`@`%`", State.WARN),
    ],
)
def test_user_that_may_write_is_a_warning(grant: str, state: State) -> None:
    assert [finding.state for finding in _rights(Granted(USAGE, grant))] == [state]


@pytest.mark.parametrize(("ahead", "state"), [(0, State.OK), (3600, State.WARN), (-3600, State.WARN)])
def test_clock_of_the_database_is_compared(ahead: int, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 1_000_000.0)

    (only,) = _clock(Granted(now=(1_000_000 + ahead) * 1000))

    assert (only.check, only.state) == ("database clock", state)


def test_mariadb_is_looked_over(on_mariadb: Scratch, tmp_path: Path) -> None:
    on_mariadb.execute(*[f"CREATE TABLE `{name}` (id INTEGER)" for name in NAMES])

    findings = examined(tmp_path, on_mariadb.url)

    assert one(findings, "database clock").state is State.OK
    assert one(findings, "tables").state is State.OK
    assert one(findings, "database user").state is State.WARN
    assert "MariaDB" in one(findings, "database").found


def queue(folder: Path, url: str, exchange: str) -> Finding:
    folder.mkdir(exist_ok=True)
    environment = {**SIGN_IN, "DAB_MQ": url}
    profile = profile_of(folder, environment, messages={"url_env": "DAB_MQ", "exchange": exchange})
    return one(found(messages, profile), "messages")


def test_queue_that_is_not_known_is_a_warning(tmp_path: Path) -> None:
    assert one(found(messages, profile_of(tmp_path)), "messages").state is State.WARN


@pytest.mark.parametrize("url", [f"amqp://guest:{SECRET}@127.0.0.1:{{port}}/", f"http://{SECRET}"])
def test_queue_that_does_not_answer_fails_without_its_password(url: str, tmp_path: Path) -> None:
    with closed_port() as place:
        finding = queue(tmp_path, url.format(port=place.rpartition(":")[2]), "marketing")

    assert finding.state is State.FAILED
    assert SECRET not in str(finding)


def test_exchange_is_looked_for_and_never_declared(run: Run, tmp_path: Path) -> None:
    with scratch_exchange(run.rabbitmq) as there:
        names = (there.name, f"{there.name}_not", f"{there.name}_not")
        findings = [queue(tmp_path / str(n), run.rabbitmq, name) for n, name in enumerate(names)]

    assert [finding.state for finding in findings] == [State.OK, State.FAILED, State.FAILED]
    assert findings[1].mend == "check messages.exchange"
