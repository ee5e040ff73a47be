"""Databases that cannot be read: one line, exit code 2, no secret, nothing half-written."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import make_url

from harness.database import Database
from tests.harness.drifting import COMMAND, Drift, Said, Scratch
from tests.harness.projects import PROJECT
from tests.harness.stub_platform import closed_port

SECRET = "pa55canary"


def told(said: Said) -> str:
    """The one line on stderr of a command that could not do its work."""
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert SECRET not in said.err
    return said.err


@pytest.fixture(params=["compared", "learned"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Path, Path]:
    """An option that writes, and the file or folder that it writes; in a folder that holds nothing else."""
    folder = tmp_path / "written"
    folder.mkdir()
    place = folder / "made"
    return ("--output" if request.param == "compared" else "--learn"), place, folder


def test_server_that_is_down_is_told(drift: Drift, files: tuple[str, Path, Path]) -> None:
    option, place, folder = files
    with closed_port() as url:
        said = drift(f"mysql+pymysql://root:{SECRET}@127.0.0.1:{urlsplit(url).port}/rows", option, place)

    assert "Can't connect to MySQL server" in told(said)
    assert list(folder.iterdir()) == []


def test_unknown_host_is_told(drift: Drift) -> None:
    said = drift(f"mysql+pymysql://root:{SECRET}@no-such-host.invalid/rows")

    assert "Can't connect to MySQL server on 'no-such-host.invalid'" in told(said)


def test_wrong_password_is_told(drift: Drift, on_mariadb: Scratch, files: tuple[str, Path, Path]) -> None:
    option, place, folder = files
    url = make_url(on_mariadb.url).set(username="nobody", password=SECRET)

    said = drift(url.render_as_string(hide_password=False), option, place)

    assert "Access denied for user 'nobody'" in told(said)
    assert list(folder.iterdir()) == []


def test_database_that_is_not_there_is_told(drift: Drift, on_mariadb: Scratch) -> None:
    assert "Unknown database" in told(drift(f"{on_mariadb.url}_not"))


def test_url_without_a_database_is_told(drift: Drift, on_mariadb: Scratch) -> None:
    said = drift(on_mariadb.url.rpartition("/")[0])

    assert "names no database; write its name at the end of the URL" in told(said)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "there is no such file"), (b"not a database\n" * 99, "file is not a database")],
)
def test_file_that_is_no_database_is_told(
    drift: Drift, tmp_path: Path, content: bytes | None, reason: str, files: tuple[str, Path, Path]
) -> None:
    option, place, folder = files
    file = tmp_path / "rows.sqlite"
    if content is not None:
        file.write_bytes(content)

    assert reason in told(drift(f"sqlite:///{file.as_posix()}", option, place))
    assert list(folder.iterdir()) == []
    assert file.exists() == (content is not None)


def test_url_that_is_none_is_told_without_its_secret(drift: Drift) -> None:
    assert "not a database URL that can be used" in told(drift(f"root:{SECRET}@host/rows"))


def cut_after(on_mariadb: Scratch, count: int) -> Callable[..., Any]:
    """`Database.read`, whose connection another one kills before a statement."""
    whole, done = Database.read, iter(range(count))

    def read(self: Database, *arguments: Any) -> Any:
        if next(done, None) is None:
            found = self.connection.exec_driver_sql("SELECT CONNECTION_ID()").scalar_one()
            on_mariadb.execute(f"KILL CONNECTION {found}")
        return whole(self, *arguments)

    return read


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_connection_that_drops_halfway_is_told(
    drift: Drift, on_mariadb: Scratch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, count: int
) -> None:
    on_mariadb.make("event_order")
    on_mariadb.make("member")
    monkeypatch.setattr(Database, "read", cut_after(on_mariadb, count))

    said = drift(on_mariadb.url, "--output", tmp_path / "report")

    assert any(reason in told(said) for reason in ("Lost connection", "server has gone away", "was killed"))
    assert list(tmp_path.iterdir()) == []


def test_connection_that_drops_leaves_nothing_learned(
    drift: Drift, on_mariadb: Scratch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    on_mariadb.execute("CREATE TABLE wx_pay_config (id int)")
    monkeypatch.setattr(Database, "read", cut_after(on_mariadb, 2))

    told(drift(on_mariadb.url, "--learn", tmp_path / "learned"))

    assert list(tmp_path.iterdir()) == []


def test_command_ends_with_its_code(on_sqlite: Scratch) -> None:
    def code(*arguments: str) -> int:
        command = [*COMMAND, *arguments]
        return subprocess.run(command, cwd=PROJECT, capture_output=True, check=False).returncode  # noqa: S603 - our own command

    assert [code(on_sqlite.url), code(f"{on_sqlite.url}x")] == [1, 2]
