"""The bus that is a real RabbitMQ: what it carries, and what it does when the broker goes away."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import make_url

from sandbox import running
from sandbox.brokers import RabbitBus
from sandbox.bus import BusError, MemoryBus, Message, Relay
from sandbox.db import Database
from sandbox.routes.context import transaction
from sandbox.rules.messages import tell
from sandbox.server import bus_at
from tests.sandbox.brokers import PATIENCE, Listener, Road, road
from tests.sandbox.crowds import CALLERS, at_once
from tests.sandbox.outboxes import TOPIC, Outbox, numbered
from tests.sandbox.services import SERVICES
from tests.sandbox.test_server import command

MESSAGE, NEXT, *_ = numbered(1, 2)
SILENCE_LIMIT = 12  # seconds; less than pika's own wait for a broker to let in
IDLE_LIMIT = 20  # seconds; a broker that wants a heartbeat each second waits a few


@pytest.fixture
def way() -> Iterator[Road]:
    with road() as way:
        yield way


@pytest.fixture
def bus(way: Road, listener: Listener) -> Iterator[RabbitBus]:
    with closing(RabbitBus(way.url, listener.exchange)) as bus:
        yield bus


def test_message_is_persistent_json_under_its_topic(bus: RabbitBus, listener: Listener) -> None:
    before = int(time.time())
    bus.publish(MESSAGE)
    (received,) = listener.received()
    properties = received.properties
    assert received.routing_key == TOPIC
    assert received.body == json.dumps(MESSAGE.body, ensure_ascii=False).encode()
    assert (properties.content_type, properties.content_encoding) == ("application/json", "utf-8")
    assert (properties.message_id, properties.app_id, properties.delivery_mode) == ("1", "sandbox", 2)
    assert before <= (properties.timestamp or 0) <= time.time()


def test_messages_keep_their_order(bus: RabbitBus, listener: Listener) -> None:
    for message in numbered(*range(30)):
        bus.publish(message)
    assert listener.ids() == [str(number) for number in range(30)]


def test_message_without_listener_is_no_error(bus: RabbitBus, listener: Listener) -> None:
    listener.channel.queue_unbind(listener.queue, listener.exchange, "#")
    bus.publish(MESSAGE)
    assert listener.ids() == []


def test_many_threads_publish_each_message_once(bus: RabbitBus, listener: Listener) -> None:
    messages = numbered(*range(CALLERS * 10))

    def publish(first: int) -> None:
        for message in messages[first::CALLERS]:
            bus.publish(message)

    at_once([partial(publish, first) for first in range(CALLERS)])
    assert sorted(map(int, listener.ids())) == list(range(len(messages)))


def test_one_connection_carries_all(bus: RabbitBus, way: Road) -> None:
    for message in numbered(1, 2, 3):
        bus.publish(message)
    assert way.travellers == 1


def test_exchange_is_durable_and_made_when_it_is_missing(listener: Listener) -> None:
    listener.channel.exchange_delete(listener.exchange)
    with closing(RabbitBus(SERVICES.rabbitmq, listener.exchange)):
        listener.channel.exchange_declare(listener.exchange, "topic", durable=True)


def test_exchange_that_is_deleted_meanwhile_is_made_anew(bus: RabbitBus, listener: Listener) -> None:
    listener.channel.exchange_delete(listener.exchange)
    bus.publish(MESSAGE)
    listener.channel.queue_bind(listener.queue, listener.exchange, "#")
    bus.publish(NEXT)
    assert listener.ids() == [NEXT.id]


def test_connection_that_was_cut_is_opened_anew(bus: RabbitBus, way: Road, listener: Listener) -> None:
    bus.publish(MESSAGE)
    way.cut()
    bus.publish(NEXT)
    assert listener.ids() == [MESSAGE.id, NEXT.id]
    assert way.travellers == 2


def test_connection_that_was_idle_for_too_long_is_opened_anew(way: Road, listener: Listener) -> None:
    with closing(RabbitBus(f"{way.url}?heartbeat=1", listener.exchange)) as bus:
        assert way.empty.wait(IDLE_LIMIT)
        bus.publish(MESSAGE)
    assert listener.ids() == [MESSAGE.id]


def test_message_whose_confirmation_is_lost_comes_again_with_its_id(
    bus: RabbitBus, way: Road, listener: Listener
) -> None:
    way.swallows_an_answer = True
    bus.publish(MESSAGE)
    assert listener.ids() == [MESSAGE.id, MESSAGE.id]


def test_broker_that_is_away_is_an_error_until_it_is_back(
    bus: RabbitBus, way: Road, listener: Listener
) -> None:
    way.open = False
    way.cut()
    for _ in range(2):
        with pytest.raises(BusError):
            bus.publish(MESSAGE)
    way.open = True
    bus.publish(NEXT)
    assert listener.ids() == [NEXT.id]


def test_broker_that_falls_silent_is_an_error_and_no_wait_without_end(
    way: Road, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.brokers.PATIENCE", 1)
    with closing(RabbitBus(way.url, listener.exchange)) as bus:
        way.frozen = True
        begun = time.monotonic()
        with pytest.raises(BusError):
            bus.publish(MESSAGE)
        assert time.monotonic() - begun < SILENCE_LIMIT


@pytest.mark.parametrize(("patience", "waits"), [(1, "heartbeat=60"), (60, "blocked_connection_timeout=1")])
def test_broker_that_takes_nothing_for_now_is_asked_anew_after_a_while(
    way: Road, listener: Listener, monkeypatch: pytest.MonkeyPatch, patience: int, waits: str
) -> None:
    monkeypatch.setattr("sandbox.brokers.PATIENCE", patience)
    with closing(RabbitBus(f"{way.url}?{waits}", listener.exchange)) as bus:
        way.says_blocked = True
        begun = time.monotonic()
        bus.publish(MESSAGE)
        assert 1 <= time.monotonic() - begun < IDLE_LIMIT
    assert way.travellers == 2


def test_outbox_waits_for_a_broker_that_is_away(bus: RabbitBus, way: Road, listener: Listener) -> None:
    with closing(Database(None)) as database:
        outbox = Outbox(database)
        relay = Relay(outbox.begin, bus)
        outbox.put(*numbered(1))
        relay.drain()
        way.open = False
        way.cut()
        outbox.put(*numbered(2, 3))
        relay.drain()
        assert outbox.waiting() == ["2", "3"]
        way.open = True
        relay.drain()
        assert outbox.waiting() == []
    assert listener.ids() == ["1", "2", "3"]


def test_message_that_cannot_be_sent_leaves_the_bus_usable(bus: RabbitBus, listener: Listener) -> None:
    with pytest.raises(BusError):
        bus.publish(Message("1", "t" * 300, {}))
    bus.publish(NEXT)
    assert listener.ids() == [NEXT.id]


def test_close_ends_the_connection(way: Road, listener: Listener) -> None:
    bus = RabbitBus(way.url, listener.exchange)
    bus.close()
    assert way.empty.wait(PATIENCE)


def test_close_of_a_connection_that_was_cut_is_no_error(bus: RabbitBus, way: Road) -> None:
    way.cut()
    bus.close()
    bus.close()


@pytest.mark.usefixtures("listener")
def test_exchange_of_another_kind_is_refused_and_the_connection_ended(way: Road) -> None:
    with pytest.raises(BusError, match=r"amq\.direct"):
        RabbitBus(way.url, "amq.direct")
    assert way.empty.wait(PATIENCE)


def test_no_url_is_a_bus_in_memory() -> None:
    assert isinstance(bus_at(None, "marketing"), MemoryBus)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://me:secret@127.0.0.1", "redis://me:***@127.0.0.1"),
        ("amqps://me:secret@127.0.0.1", "amqps://me:***@127.0.0.1"),
        ("me:secret@127.0.0.1", "me:***@127.0.0.1"),
        ("127.0.0.1:5672", "127.0.0.1:5672"),
        ("", ""),
        ("amqp://me:secret@127.0.0.1:port/", "amqp://me:***@127.0.0.1:port/"),
        ("amqp://me:sec/ret@127.0.0.1", "amqp://me:***@127.0.0.1"),
        ("amqp://me:sec@ret@127.0.0.1/?speed=9", "amqp://me:***@127.0.0.1/?speed=9"),
        ("amqp://me@127.0.0.1/", "amqp://me@127.0.0.1/"),
        ("amqp://me:secret@127.0.0.1/?client_properties=}", "amqp://me:***@127.0.0.1/?client_properties=}"),
    ],
)
def test_url_that_cannot_be_read_is_told_without_its_password(url: str, shown: str) -> None:
    with pytest.raises(BusError) as told:
        bus_at(url, "marketing")
    assert str(told.value) == (
        f"cannot read the URL of a message bus {shown}; give amqp://USER:PASSWORD@HOST:PORT/VHOST"
    )


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"password": "secret"}, "ACCESS_REFUSED"),
        ({"database": "nowhere"}, "nowhere"),
        ({"host": "no-such-host.invalid"}, "gaierror"),
    ],
)
@pytest.mark.usefixtures("listener")
def test_broker_that_does_not_let_in_is_told_in_one_line(wrong: dict[str, str], reason: str) -> None:
    url = make_url(SERVICES.rabbitmq).set(**wrong).render_as_string(hide_password=False)  # type: ignore[arg-type]  # three of its parts
    with pytest.raises(BusError) as told:
        bus_at(url, "marketing")
    (line,) = str(told.value).splitlines()
    assert line.startswith("cannot use the message bus amqp://guest:***@")
    assert reason in line
    assert line.endswith("start a RabbitMQ there that lets this user in, or give another URL")
    assert "secret" not in line


def test_command_tells_a_broker_that_is_away_in_one_line_and_wipes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "kept.sqlite"
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    options = (
        "--database",
        f"sqlite:///{file.as_posix()}",
        "--messages",
        f"amqp://me:secret@127.0.0.1:{port}/",
    )
    with command(*options) as process:
        output, errors = process.communicate(timeout=IDLE_LIMIT)
    assert (output, process.returncode) == ("", 2)
    (line,) = errors.splitlines()
    shown = f"amqp://me:***@127.0.0.1:{port}/"
    assert line.startswith(f"sandbox: cannot use the message bus {shown}: ConnectionRefusedError(")
    assert not file.exists()


def test_running_publishes_to_the_exchange_that_it_is_given(way: Road, listener: Listener) -> None:
    with running(messages=way.url, exchange=listener.exchange) as app:
        world = app.extensions["sandbox"]
        Outbox(world.database).put(MESSAGE)
        world.relay.drain()
        assert listener.ids() == [MESSAGE.id]
    assert way.empty.wait(PATIENCE)


def test_request_is_answered_while_the_broker_is_away(way: Road, listener: Listener) -> None:
    def change() -> str:
        tell(transaction(), TOPIC, {"calls": len(calls)})
        return "told"

    calls: list[str] = []
    with running(messages=way.url, exchange=listener.exchange) as app:
        app.add_url_rule("/change", view_func=change)
        way.open = False
        way.cut()
        calls.append(app.test_client().get("/change").text)
        way.open = True
        calls.append(app.test_client().get("/change").text)
    assert calls == ["told", "told"]
    assert [json.loads(message.body) for message in listener.received()] == [{"calls": 0}, {"calls": 1}]
