"""The message oracle: the same messages by either way, in order, once each, and each judged by its schema."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pika
import pytest
import responses

from clients import PlatformFailure, SandboxClient, Transport
from harness import messages
from harness.brokers import Exchange, connected, scratch_exchange
from harness.messages import TOPIC, BrokerMessages, SandboxMessages, read_from
from harness.run import Run

GROUP, OTHER = "7000", "8000"
URL = "http://platform.test/_sandbox"


def body(group_id: str = GROUP, *, status: int = 0, enough: int = 0) -> dict[str, Any]:
    return {"groupId": group_id, "status": status, "isEnough": enough, "occurredAt": 1767196800000}


class Queue:
    """The platform's side of an exchange."""

    def __init__(self, exchange: Exchange, stack: ExitStack) -> None:
        self._exchange = exchange
        self._channel = stack.enter_context(connected(exchange.url)).channel()
        self._channel.confirm_delivery()

    def publish(self, content: Any, message_id: str | None = "1", *, topic: str = TOPIC) -> None:
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        properties = pika.BasicProperties(message_id=message_id)
        self._channel.basic_publish(self._exchange.name, topic, raw, properties)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def exchange(run: Run, stack: ExitStack) -> Exchange:
    return stack.enter_context(scratch_exchange(run.rabbitmq))


@pytest.fixture
def told(exchange: Exchange, stack: ExitStack) -> BrokerMessages:
    return stack.enter_context(read_from(exchange))


@pytest.fixture
def queue(exchange: Exchange, told: BrokerMessages, stack: ExitStack) -> Queue:  # noqa: ARG001 - bound first
    return Queue(exchange, stack)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "WAIT_SECONDS", 0.05)


def sandbox_telling(platform: responses.RequestsMock, *bodies: Any) -> SandboxMessages:
    data = [{"id": str(number), "topic": TOPIC, "body": one} for number, one in enumerate(bodies)]
    platform.get(f"{URL}/messages", json={"code": "0", "message": "", "data": data})
    return SandboxMessages(SandboxClient(Transport(URL)))


def test_messages_of_a_group_come_in_their_order(told: BrokerMessages, queue: Queue) -> None:
    queue.publish(body(), "1")
    queue.publish(body(OTHER), "2")
    queue.publish(body(enough=1), "3")

    assert told.of(GROUP, 2) == [body(), body(enough=1)]
    assert told.of(OTHER, 1) == [body(OTHER)]


def test_more_than_expected_are_told_too(told: BrokerMessages, queue: Queue) -> None:
    for message_id in "123":
        queue.publish(body(), message_id)

    assert len(told.of(GROUP, 1)) == 3


def test_message_delivered_twice_counts_once(told: BrokerMessages, queue: Queue) -> None:
    queue.publish(body(), "1")
    queue.publish(body(), "1")

    assert told.of(GROUP, 1) == [body()]


@pytest.mark.usefixtures("impatient")
def test_group_of_which_nothing_was_told_is_empty(told: BrokerMessages, queue: Queue) -> None:
    queue.publish(body(OTHER), "1")
    queue.publish(body(), "2", topic="another_topic")

    assert told.of(GROUP, 1) == []
    assert told.of(OTHER, 0) == [body(OTHER)]


def test_message_that_is_still_under_way_is_waited_for(
    told: BrokerMessages, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = told._take_what_is_there  # noqa: SLF001 - the moment between looking and waiting

    def look_before_it_comes() -> None:
        look()
        queue.publish(body(), "1")

    monkeypatch.setattr(told, "_take_what_is_there", look_before_it_comes)

    assert told.of(GROUP, 1) == [body()]


def test_two_readers_each_have_all(exchange: Exchange, told: BrokerMessages, queue: Queue) -> None:
    with read_from(exchange) as second:
        queue.publish(body(), "1")

        assert told.of(GROUP, 1) == second.of(GROUP, 1) == [body()]


@pytest.mark.parametrize(
    ("content", "message_id", "reason"),
    [
        (b"{", "1", "队列中的消息不是 JSON"),
        (b"\xff", "1", "队列中的消息不是 JSON"),
        ([], "1", "消息不符合其 JSON Schema"),
        ({**body(), "status": "0"}, "1", "消息不符合其 JSON Schema"),
        ({**body(), "groupId": 7000}, "1", "消息不符合其 JSON Schema"),
        ({**body(), "more": 1}, "1", "'more' was unexpected"),
        (body(), None, "没有 message_id"),
    ],
)
def test_message_that_is_not_as_it_should_be_is_told(
    told: BrokerMessages, queue: Queue, content: Any, message_id: str | None, reason: str
) -> None:
    queue.publish(content, message_id)

    with pytest.raises(PlatformFailure, match=reason):
        told.of(GROUP, 1)


def test_sandbox_s_messages_of_a_group_come_in_their_order() -> None:
    with responses.RequestsMock() as platform:
        told = sandbox_telling(platform, body(), body(OTHER), body(enough=1))

        assert told.of(GROUP, 2) == [body(), body(enough=1)]
        assert platform.calls[0].request.url == f"{URL}/messages?topic={TOPIC}"


def test_sandbox_s_messages_are_judged() -> None:
    with responses.RequestsMock() as platform:
        told = sandbox_telling(platform, {"groupId": GROUP})

        with pytest.raises(PlatformFailure, match="'status' is a required property"):
            told.of(GROUP, 1)
