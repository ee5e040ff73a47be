"""Each message goes out once, also when the process dies on the way from the commit to the broker (Y-13)."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox.brokers import Listener
from tests.sandbox.databases import scratch_database
from tests.sandbox.dying import DEAD
from tests.sandbox.services import SERVICES
from tests.sandbox.test_server import PATIENCE, command


@pytest.fixture(params=["sqlite", "mariadb"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with scratch_database(request.param) as url:
        yield url or f"sqlite:///{(tmp_path / 'sandbox.sqlite').as_posix()}"


def die(moment: str, database: str, listener: Listener) -> None:
    arguments = [moment, database, SERVICES.rabbitmq, listener.exchange]
    died = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-m", "tests.sandbox.dying", *arguments], timeout=PATIENCE, check=False
    )
    assert died.returncode == DEAD


def restart(database: str, listener: Listener, *options: str) -> None:
    """As a user does; it serves when it has published what was left."""
    broker = ("--messages", SERVICES.rabbitmq, "--exchange", listener.exchange)
    with command("--database", database, *broker, *options) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://")


def steps(listener: Listener) -> list[tuple[int, str | None]]:
    """What has come since the last time, each with its message_id."""
    return [
        (json.loads(message.body)["step"], message.properties.message_id) for message in listener.received()
    ]


def test_death_between_commit_and_publish_loses_and_doubles_nothing(
    database: str, listener: Listener
) -> None:
    die("before-publish", database, listener)
    before = steps(listener)
    restart(database, listener, "--keep")
    after = steps(listener)
    assert [step for step, _ in before] == [1]
    assert [step for step, _ in after] == [2, 3]
    assert len({message_id for _, message_id in before + after}) == 3


def test_death_between_publish_and_mark_brings_the_message_again_with_its_id(
    database: str, listener: Listener
) -> None:
    die("before-mark", database, listener)
    before = steps(listener)
    restart(database, listener, "--keep")
    after = steps(listener)
    assert [step for step, _ in before] == [1, 2]
    assert [step for step, _ in after] == [2, 3]
    assert after[0] == before[1]
    assert len({message_id for _, message_id in before + after}) == 3


def test_death_before_the_commit_tells_nothing(database: str, listener: Listener) -> None:
    die("before-commit", database, listener)
    restart(database, listener, "--keep")
    assert steps(listener) == []


def test_what_has_gone_out_after_a_death_does_not_go_out_at_the_next_start(
    database: str, listener: Listener
) -> None:
    die("before-publish", database, listener)
    restart(database, listener, "--keep")
    listener.received()
    restart(database, listener, "--keep")
    assert steps(listener) == []


def test_start_that_keeps_nothing_forgets_what_was_left(database: str, listener: Listener) -> None:
    die("before-publish", database, listener)
    listener.received()
    restart(database, listener)
    assert steps(listener) == []


def test_what_a_broker_that_is_away_at_the_start_was_to_get_is_kept(
    database: str, listener: Listener
) -> None:
    die("before-publish", database, listener)
    listener.received()
    with command("--database", database, "--messages", "amqp://127.0.0.1:1/", "--keep") as process:
        process.communicate(timeout=PATIENCE)
    restart(database, listener, "--keep")
    assert [step for step, _ in steps(listener)] == [2, 3]
