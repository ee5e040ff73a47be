"""A sandbox served by a process of its own, for runs on a real environment; scratch databases."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.run import Run
from harness.services import scratch_database
from tests.harness.audited import Audited
from tests.harness.drifting import Drift, Scratch
from tests.harness.projects import PROJECT


@pytest.fixture(scope="session")
def served_sandbox() -> Iterator[str]:
    """Its URL. What a test leaves there, the next one meets."""
    command = [sys.executable, "-m", "sandbox", "--port", "0"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8") as process:  # noqa: S603 - our own command
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture
def drift(capsys: pytest.CaptureFixture[str]) -> Drift:
    return Drift(capsys)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Scratch:
    made = Scratch(f"sqlite:///{(tmp_path / 'rows.sqlite').as_posix()}")
    made.execute()
    return made


@pytest.fixture
def on_mariadb(run: Run) -> Iterator[Scratch]:
    with scratch_database(run.mariadb) as url:
        yield Scratch(url)


@pytest.fixture(params=["on_sqlite", "on_mariadb"])
def scratch(request: pytest.FixtureRequest) -> Scratch:
    """An empty database, on SQLite and on MariaDB."""
    made: Scratch = request.getfixturevalue(request.param)
    return made


@pytest.fixture(params=["sqlite", "mariadb"])
def audited(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Audited]:
    """An empty database; the test on MariaDB is left out where there is none (or fails)."""
    if request.param == "sqlite":
        (tmp_path / "rows.sqlite").touch()
        yield Audited(f"sqlite:///{(tmp_path / 'rows.sqlite').as_posix()}")
    else:
        run: Run = request.getfixturevalue("run")
        with scratch_database(run.mariadb) as url:
            yield Audited(url)
