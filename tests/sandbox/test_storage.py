"""Ids, and the databases a sandbox takes or refuses."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from sandbox import UnusableDatabaseError, create_app, running
from sandbox.clock import Clock
from sandbox.ids import Ids
from tests.sandbox.actors import Actor, tenant
from tests.sandbox.bodies import HOUR, START, make_event


def test_ids_follow_the_clock() -> None:
    clock = Clock(START)
    ids = Ids(clock)
    first = ids.new()
    clock.set(START + 1)
    assert first < ids.new()


def test_ids_are_unique_when_the_clock_is_set_back() -> None:
    clock = Clock(START)
    ids = Ids(clock)
    made = []
    for now in (START, START - HOUR, START, START + 1, START):
        clock.set(now)
        made += [ids.new() for _ in range(3)]
    assert made == sorted(set(made))


def test_ids_are_unique_under_threads() -> None:
    ids = Ids(Clock(START))
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: [ids.new() for _ in range(500)], range(8)))
    assert len({one for group in made for one in group}) == 4000


def test_two_sandboxes_start_alike_and_live_apart() -> None:
    with running() as one, running() as two:
        first, second = tenant(one, "admin"), tenant(two, "admin")
        assert first.get("/event/list").data == second.get("/event/list").data
        make_event(first)
        assert second.get("/event/list", searchWord="夏日").data == []


def test_temporary_storage_is_removed() -> None:
    with running() as app:
        file = Path(make_url(app.database_url).database or "")
        assert file.exists()
    assert not file.parent.exists()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "given.sqlite"


def url_of(file: Path) -> str:
    return f"sqlite:///{file.as_posix()}"


def test_given_database_is_started_at_the_seed_each_time(file: Path) -> None:
    for _ in range(2):
        with running(url_of(file)) as app:
            admin = tenant(app, "admin")
            assert admin.get("/event/list", searchWord="夏日").data == []
            make_event(admin)
    assert file.exists()


def test_database_with_tables_of_others_is_refused_untouched(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE member (name TEXT)")
    before = file.read_bytes()
    with pytest.raises(UnusableDatabaseError, match="tables of others"):
        create_app(url_of(file))
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "nosuch://host/name",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///no/such/folder/x.sqlite",
    ],
)
def test_unusable_database_is_told_in_one_line(url: str) -> None:
    with pytest.raises(UnusableDatabaseError) as caught:
        create_app(url)
    assert "\n" not in str(caught.value)


def test_unusable_database_does_not_tell_the_password() -> None:
    with pytest.raises(UnusableDatabaseError) as caught:
        create_app("nosuch://user:hush@host/name")
    assert "hush" not in str(caught.value)


def test_second_connection_sees_each_answered_change(
    admin: Actor, rows: Callable[..., list[dict[str, object]]]
) -> None:
    event_id = make_event(admin)
    assert rows("SELECT name FROM event WHERE id = ?", int(event_id)) == [{"name": "夏日体验课"}]
