"""From the outbox to a bus: after the commit, in order, each message once (Y-13)."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import event

from sandbox import UnusableDatabaseError, running
from sandbox.bus import BusError, MemoryBus, Message, Relay
from sandbox.db import Database
from sandbox.routes.context import transaction
from sandbox.rules.messages import tell
from sandbox.rules.refusals import invalid
from tests.sandbox.crowds import CALLERS, MOMENT, PATIENCE, at_once, meeting_before
from tests.sandbox.databases import scratch_database
from tests.sandbox.outboxes import TOPIC, Outbox, Recorder, as_row, numbered, refusing


@pytest.fixture(scope="module", params=["sqlite", "mariadb"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    with scratch_database(request.param) as url:
        database = Database(url)
        yield database
        database.close()


@pytest.fixture
def outbox(database: Database) -> Iterator[Outbox]:
    outbox = Outbox(database)
    yield outbox
    outbox.clear()


def test_message_goes_out_as_it_was_told(outbox: Outbox) -> None:
    told = numbered(2**62 + 1)
    outbox.put(*told)
    relay = Relay(outbox.begin, MemoryBus())
    relay.drain()
    assert relay.published() == told


def test_messages_go_out_in_the_order_of_their_ids(outbox: Outbox) -> None:
    outbox.put(*numbered(10, 9, 200, 1))
    bus = Recorder()
    Relay(outbox.begin, bus).drain()
    assert bus.taken == ["1", "9", "10", "200"]


def test_message_goes_out_once(outbox: Outbox) -> None:
    outbox.put(*numbered(1, 2))
    bus = Recorder()
    Relay(outbox.begin, bus).drain()
    Relay(outbox.begin, bus).drain()
    assert bus.taken == ["1", "2"]


def test_message_of_a_transaction_that_rolls_back_never_goes_out(outbox: Outbox) -> None:
    bus = Recorder()
    with outbox.begin() as tx:
        tx.add(as_row(numbered(1)[0]))
        tx.flush()
        tx.rollback()
    Relay(outbox.begin, bus).drain()
    assert bus.taken == []


def test_message_is_marked_when_the_bus_has_it_and_not_before(outbox: Outbox) -> None:
    outbox.put(*numbered(1, 2))
    waiting_while_published = []
    bus = Recorder(does=lambda _: waiting_while_published.append(outbox.waiting()))
    Relay(outbox.begin, bus).drain()
    assert waiting_while_published == [["1", "2"], ["2"]]
    assert outbox.waiting() == []


def test_failing_bus_fails_nobody_and_leaves_the_rest(
    outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    outbox.put(*numbered(1, 2, 3))
    bus = Recorder(does=refusing("2"))
    relay = Relay(outbox.begin, bus)
    relay.drain()
    assert bus.taken == ["1"]
    assert outbox.waiting() == ["2", "3"]
    assert relay.published() == numbered(1)
    assert caplog.messages == ["no room for 2; messages wait in the outbox"]


def test_next_drain_brings_what_a_failing_bus_left(outbox: Outbox) -> None:
    outbox.put(*numbered(1, 2, 3))
    bus = Recorder(does=refusing("2"))
    relay = Relay(outbox.begin, bus)
    relay.drain()
    bus.does = refusing()
    relay.drain()
    assert bus.taken == ["1", "2", "3"]
    assert relay.published() == numbered(1, 2, 3)


def test_error_of_the_bus_that_is_no_refusal_is_not_hidden(outbox: Outbox) -> None:
    outbox.put(*numbered(0))
    relay = Relay(outbox.begin, Recorder(does=lambda message: 1 // int(message.id)))
    with pytest.raises(ZeroDivisionError):
        relay.drain()
    assert outbox.waiting() == ["0"]


def test_drain_after_an_error_is_not_locked_out(outbox: Outbox) -> None:
    outbox.put(*numbered(0))
    bus = Recorder(does=lambda message: 1 // int(message.id))
    relay = Relay(outbox.begin, bus)
    with pytest.raises(ZeroDivisionError):
        relay.drain()
    bus.does = refusing()
    relay.drain()
    assert bus.taken == ["0"]


def test_many_drains_at_once_bring_each_message_once_and_in_order(outbox: Outbox) -> None:
    outbox.put(*numbered(*range(1, 9)))
    bus = Recorder()
    relay = Relay(outbox.begin, bus)
    with meeting_before(outbox.database.engine, "SELECT message_outbox"):
        at_once([relay.drain] * CALLERS)
    assert bus.taken == [str(number) for number in range(1, 9)]
    assert len(relay.published()) == len(bus.taken)


def test_whoever_tells_and_drains_finds_the_message_published(outbox: Outbox) -> None:
    relay = Relay(outbox.begin, MemoryBus())

    def tell(message: Message) -> bool:
        outbox.put(message)
        relay.drain()
        return message in relay.published()

    told = numbered(*range(1, CALLERS + 1))
    assert all(at_once([partial(tell, message) for message in told]))
    assert len(relay.published()) == CALLERS


def test_published_is_asked_for_by_topic(outbox: Outbox) -> None:
    others = numbered(2, topic="other")
    outbox.put(*numbered(1, 3), *others)
    relay = Relay(outbox.begin, MemoryBus())
    relay.drain()
    assert relay.published(TOPIC) == numbered(1, 3)
    assert relay.published("other") == others
    assert relay.published("none") == []
    assert [message.id for message in relay.published()] == ["1", "2", "3"]


def test_what_was_published_cannot_be_changed_by_who_asks(outbox: Outbox) -> None:
    outbox.put(*numbered(1))
    relay = Relay(outbox.begin, MemoryBus())
    relay.drain()
    relay.published().clear()
    assert relay.published() == numbered(1)


def test_clear_forgets_what_was_published(outbox: Outbox) -> None:
    outbox.put(*numbered(1))
    relay = Relay(outbox.begin, MemoryBus())
    relay.drain()
    relay.clear()
    assert relay.published() == []


def test_clear_forgets_also_what_a_drain_is_publishing(outbox: Outbox) -> None:
    outbox.put(*numbered(1))
    bus = Recorder()
    relay = Relay(outbox.begin, bus)
    clearing = Thread(target=relay.clear)

    def clear_meanwhile(_: Message) -> None:
        clearing.start()
        clearing.join(MOMENT)

    bus.does = clear_meanwhile
    relay.drain()
    clearing.join(PATIENCE)
    assert relay.published() == []


def test_row_that_a_reset_removes_meanwhile_is_no_error(outbox: Outbox) -> None:
    outbox.put(*numbered(1))
    bus = Recorder(does=lambda _: outbox.clear())
    Relay(outbox.begin, bus).drain()
    assert bus.taken == ["1"]


def test_close_closes_the_bus(outbox: Outbox) -> None:
    bus = Recorder()
    Relay(outbox.begin, bus).close()
    assert bus.closed


def test_bad_bus_leaves_the_database_alone(tmp_path: Path) -> None:
    file = tmp_path / "kept.sqlite"
    with pytest.raises(BusError), running(f"sqlite:///{file.as_posix()}", messages="nonsense"):
        pass
    assert not file.exists()


def test_bad_database_closes_the_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    bus = Recorder()
    monkeypatch.setattr("sandbox.server.bus_at", lambda *_: bus)
    with pytest.raises(UnusableDatabaseError), running("nonsense"):
        pass
    assert bus.closed


def test_bus_ends_with_its_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    bus = Recorder()
    monkeypatch.setattr("sandbox.server.bus_at", lambda *_: bus)
    with running():
        assert not bus.closed
    assert bus.closed


@pytest.mark.parametrize("end", ["view", "commit"])
def test_request_that_fails_tells_nothing(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def change() -> str:
        tell(transaction(), TOPIC, {})
        transaction().flush()
        if end == "commit":
            event.listen(transaction(), "before_commit", fail)
        return "told" if end == "commit" else fail()

    def fail(*_: object) -> str:
        raise invalid("end", end)

    bus = Recorder()
    monkeypatch.setattr("sandbox.server.bus_at", lambda *_: bus)
    with running() as app:
        app.add_url_rule("/change", view_func=change)
        answer = app.test_client().get("/change").text
        app.extensions["sandbox"].relay.drain()
    assert "told" not in answer
    assert bus.taken == []


def test_exchange_is_marketing_unless_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def bus_at(*given: object) -> MemoryBus:
        asked.append(given)
        return MemoryBus()

    monkeypatch.setattr("sandbox.server.bus_at", bus_at)
    with running(), running(messages="amqp://there", exchange="other"):
        pass
    assert asked == [(None, "marketing"), ("amqp://there", "other")]
