"""The message oracle: what the platform told about a group, read from the sandbox or from RabbitMQ.

Every message is judged by its schema, however it was read.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol

from clients import PlatformFailure, SandboxClient
from clients.bodies import GroupMessage
from harness.answer_schemas import validator, verdict
from harness.brokers import Exchange, connected, declare

TOPIC: Final = "one_yuan_group"
SCHEMA: Final = "parts/one_yuan_group_message"
WAIT_SECONDS: Final = 5
"""How long a message may be under way; only a run in which one is missing waits so long."""


class Messages(Protocol):
    def of(self, group_id: str, expected: int) -> list[GroupMessage]:
        """All that was told of a group, in that order; waits for so many, and returns any more too."""


class SandboxMessages:
    """What a sandbox says that it has published; it has done so when a call has answered."""

    def __init__(self, sandbox: SandboxClient) -> None:
        self._sandbox = sandbox

    def of(self, group_id: str, expected: int) -> list[GroupMessage]:
        bodies = [told["body"] for told in self._sandbox.messages(TOPIC).require_data()]
        return [_judged(body) for body in bodies if body.get("groupId") == group_id]


class BrokerMessages:
    """A queue of this process's own, bound to the topic. A message delivered twice counts once."""

    def __init__(self, exchange: Exchange) -> None:
        self._connection = connected(exchange.url)
        self._channel = self._connection.channel()
        declare(self._channel, exchange.name)
        self._queue = str(self._channel.queue_declare("", exclusive=True).method.queue)
        self._channel.queue_bind(self._queue, exchange.name, TOPIC)
        self._seen: dict[str, GroupMessage] = {}

    def of(self, group_id: str, expected: int) -> list[GroupMessage]:
        self._take_what_is_there()
        while len(self._told(group_id)) < expected and self._one_more():
            pass
        return self._told(group_id)

    def close(self) -> None:
        self._connection.close()

    def _told(self, group_id: str) -> list[GroupMessage]:
        return [body for body in self._seen.values() if body["groupId"] == group_id]

    def _take_what_is_there(self) -> None:
        while True:
            method, properties, body = self._channel.basic_get(self._queue, auto_ack=True)
            if method is None or properties is None or body is None:
                return
            self._keep(properties.message_id, body)

    def _one_more(self) -> bool:
        """Wait for the next message; False when none came."""
        for method, properties, body in self._channel.consume(
            self._queue, auto_ack=True, inactivity_timeout=WAIT_SECONDS
        ):
            self._channel.cancel()
            if method is None or properties is None or body is None:
                return False
            self._keep(properties.message_id, body)
            return True
        return False

    def _keep(self, message_id: str | None, body: bytes) -> None:
        if message_id is None:
            raise PlatformFailure("队列中的消息没有 message_id，无法辨认重复投递")
        self._seen.setdefault(message_id, _judged(_parsed(body)))


@contextmanager
def read_from(exchange: Exchange) -> Iterator[BrokerMessages]:
    messages = BrokerMessages(exchange)
    try:
        yield messages
    finally:
        messages.close()


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        raise PlatformFailure(f"队列中的消息不是 JSON：{body[:120]!r}") from None


def _judged(body: Any) -> GroupMessage:
    found = verdict(validator(SCHEMA), body)
    if found.errors or found.extras:
        raise PlatformFailure(f"消息不符合其 JSON Schema：{body!r}\n{found.told()}")
    message: GroupMessage = body
    return message
